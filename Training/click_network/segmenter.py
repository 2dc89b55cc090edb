"""Clicks on a photo to a mask at the photo's size: crops, prompts, the network, the mask carried on.

The policy the workbench follows (`ClickSegmenter.swift`). A first click is answered on the whole photo and on windows
of a half and a quarter of it around the click; the best answer is looked at again on a crop around its mask
(FocalClick's focus crop). Further clicks see a crop around mask and positive clicks, a crop once encoded serves as
long as it fits, and of what they change only what touches the click is kept (FocalClick's progressive merge). The first
of them are also answered as a first click is, with all clicks, and the likelier answer is taken: an early click often
tells that another thing was meant. The workbench also brings the mask's edges to the picture's by a guided filter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy import ndimage
from torch import Tensor

from clicks import PROBABILITY_THRESHOLD, Prompts, draw_prompts
from model import ClickNetwork
from samples import resized
from validation import normalised


@dataclass(frozen=True)
class Policy:
    """What the workbench does; the figures of the model card change one thing at a time."""

    zooms: tuple[float, ...] = (1.0, 0.5, 0.25)
    border_weight: float = 0.75
    missed_weight: float = 1.0
    refines: bool = True
    refine_above: float = 0.7
    margin: float = 1.4
    least_side: float = 48.0
    keep_above: float = 0.4
    merges: bool = True
    reconsiders: int = 3
    mirrors: bool = True
    focus: bool = True


@dataclass(frozen=True)
class Crop:
    """A rectangle of the photo in whole pixels, ends excluded."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom

    def holds(self, other: "Crop") -> bool:
        """Whether the other lies inside, but for 2 % of this one's sides."""
        x, y = int(0.02 * self.width), int(0.02 * self.height)
        return (other.left >= self.left - x and other.right <= self.right + x
                and other.top >= self.top - y and other.bottom <= self.bottom + y)


def focus_crop(mask: np.ndarray, prompts: Prompts, policy: Policy) -> Crop | None:
    """The crop around mask, positive clicks and box; none where there is no mask and no box."""
    height, width = mask.shape
    if not mask.any() and prompts.box is None:
        return None
    boxes = [(x, y, x + 1, y + 1) for x, y, positive in prompts.clicks if positive]
    if prompts.box is not None:
        boxes.append(prompts.box)
    if mask.any():
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        boxes.append((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    w, h = (x1 - x0) * policy.margin, (y1 - y0) * policy.margin
    w, h = max(w, h / 2, policy.least_side), max(h, w / 2, policy.least_side)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return Crop(int(np.floor(max(x - w / 2, 0))), int(np.floor(max(y - h / 2, 0))),
                int(np.ceil(min(x + w / 2, width))), int(np.ceil(min(y + h / 2, height))))


def window(whole: Crop, x: float, y: float, zoom: float) -> Crop:
    """The part of a photo of `zoom` times its sides that has (x, y) as near its middle as it can."""
    w, h = round(whole.width * zoom), round(whole.height * zoom)
    left = min(max(int(x - w / 2), 0), whole.width - w)
    top = min(max(int(y - h / 2), 0), whole.height - h)
    return Crop(left, top, left + w, top + h)


@dataclass
class Look:
    """What the network says of a crop: probabilities at half its input's size, and how far to trust them."""

    values: np.ndarray
    crop: Crop
    quality: float
    others: np.ndarray
    score: float = 0.0

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a photo's pixel."""
        side = self.values.shape[0]
        column = int((x + 0.5 - self.crop.left) * side // self.crop.width)
        row = int((y + 0.5 - self.crop.top) * side // self.crop.height)
        return (row, column) if 0 <= row < side and 0 <= column < side else None

    def resampled(self, crop: Crop, side: int) -> np.ndarray:
        """Probabilities over another crop, bilinear; 0 beyond this one."""
        def places(start: int, length: int, mine: int, my_length: int) -> tuple[np.ndarray, np.ndarray]:
            pixels = start - mine + (np.arange(side) + 0.5) * length / side
            count = self.values.shape[0]
            return np.clip(pixels * count / my_length - 0.5, 0, count - 1), (pixels >= 0) & (pixels <= my_length)

        x, across = places(crop.left, crop.width, self.crop.left, self.crop.width)
        y, down = places(crop.top, crop.height, self.crop.top, self.crop.height)
        return blended(self.values, y, x) * (down[:, None] & across[None, :])

    def mask(self, height: int, width: int) -> np.ndarray:
        """The mask of the photo; nothing beyond the crop is inside."""
        side = self.values.shape[0]
        x = np.clip((np.arange(self.crop.width) + 0.5) * side / self.crop.width - 0.5, 0, side - 1)
        y = np.clip((np.arange(self.crop.height) + 0.5) * side / self.crop.height - 0.5, 0, side - 1)
        mask = np.zeros((height, width), bool)
        mask[self.crop.top:self.crop.bottom, self.crop.left:self.crop.right] = \
            blended(self.values, y, x) > PROBABILITY_THRESHOLD
        return mask

    def border_share(self, whole: Crop) -> float:
        """How much of the crop's border inside the photo lies in the mask: an object that the crop cuts."""
        inside = self.values > PROBABILITY_THRESHOLD
        sides = [(self.crop.left > whole.left, inside[:, 0]), (self.crop.top > whole.top, inside[0]),
                 (self.crop.right < whole.right, inside[:, -1]), (self.crop.bottom < whole.bottom, inside[-1])]
        inner = [values for is_inner, values in sides if is_inner]
        return float(np.concatenate(inner).mean()) if inner else 0.0


def blended(values: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Bilinear samples at fractional rows and columns."""
    top, left = rows.astype(int), columns.astype(int)
    bottom, right = np.minimum(top + 1, values.shape[0] - 1), np.minimum(left + 1, values.shape[1] - 1)
    down, across = (rows - top)[:, None], (columns - left)[None, :]
    upper = values[np.ix_(top, left)] * (1 - across) + values[np.ix_(top, right)] * across
    lower = values[np.ix_(bottom, left)] * (1 - across) + values[np.ix_(bottom, right)] * across
    return upper * (1 - down) + lower * down


def merged(new: Look, previous: Look, click: tuple[float, float, bool]) -> np.ndarray:
    """Of the changes only the connected ones under the click; the rest as it was."""
    before = previous.resampled(new.crop, new.values.shape[0])
    changed = (new.values > PROBABILITY_THRESHOLD) != (before > PROBABILITY_THRESHOLD)
    parts, _ = ndimage.label(changed)
    cell = new.cell(click[0], click[1])
    kept = np.zeros_like(changed)
    if cell is not None:
        near = parts[max(cell[0] - 1, 0):cell[0] + 2, max(cell[1] - 1, 0):cell[1] + 2]
        kept = np.isin(parts, near[near > 0])
    return np.where(changed & ~kept, before, new.values)


class ClickSegmenter:
    """One photo and its prompts; every click gives a new mask."""

    def __init__(self, network: ClickNetwork, image: np.ndarray, size: int = 320,
                 policy: Policy = Policy()) -> None:
        self.network, self.image, self.size, self.policy = network, image, size, policy
        self.height, self.width = image.shape[:2]
        self.whole = Crop(0, 0, self.width, self.height)
        self.prompts = Prompts()
        self.answer: Look | None = None
        self.encodings: dict[tuple[Crop, bool], list[Tensor]] = {}

    def add(self, x: float, y: float, positive: bool) -> np.ndarray:
        """The mask after one more click at pixel (x, y)."""
        self.prompts.clicks.append((x, y, positive))
        self.answer = self.first(x, y) if self.answer is None else self.further(self.answer)
        return self.mask

    @property
    def mask(self) -> np.ndarray:
        if self.answer is None:
            return np.zeros((self.height, self.width), bool)
        return self.answer.mask(self.height, self.width)

    def first(self, x: float, y: float) -> Look:
        """The best of several zooms, and a second look around its mask."""
        return self.closer(self.widely(x, y)) if self.policy.focus else self.look([(self.whole, None)])[0]

    def widely(self, x: float, y: float) -> Look:
        """The best look at the photo and at windows around the first click."""
        crops = [window(self.whole, x + 0.5, y + 0.5, zoom) for zoom in self.policy.zooms]
        crops = [crop for index, crop in enumerate(crops)
                 if index == 0 or min(crop.width, crop.height) >= self.policy.least_side]
        return max(self.look([(crop, None) for crop in crops]), key=lambda look: look.score)

    def closer(self, seen: Look) -> Look:
        """A look around a mask that is cut or small in what was seen."""
        focus = focus_crop(seen.mask(self.height, self.width), self.prompts, self.policy)
        if not self.policy.refines or focus is None:
            return seen
        if seen.crop.holds(focus) and focus.area > self.policy.refine_above * seen.crop.area:
            return seen
        return self.look([(focus, seen)], self.policy.mirrors)[0]

    def further(self, previous: Look) -> Look:
        """A look around mask and clicks, merged with the answer before; early ones against a fresh answer."""
        policy, crop = self.policy, previous.crop
        focus = focus_crop(self.mask, self.prompts, policy) if policy.focus else None
        if focus is not None and not (crop.holds(focus) and focus.area >= policy.keep_above * crop.area):
            crop = focus
        look = self.look([(crop, previous)], policy.mirrors)[0]
        if policy.merges:
            look.values = merged(look, previous, self.prompts.clicks[-1])
        if policy.focus and len(self.prompts.clicks) <= policy.reconsiders:
            look.score = self.score(look)
            fresh = self.widely(*self.prompts.clicks[0][:2])
            if fresh.score > look.score:
                fresh = self.closer(fresh)
            if fresh.score > look.score:
                return fresh
        return look

    @torch.no_grad()
    def look(self, wanted: list[tuple[Crop, Look | None]], careful: bool = False) -> list[Look]:
        """Answer the prompts on crops, each with a previous answer or none; if careful, mirrored crops as well."""
        maps = torch.from_numpy(np.stack([self.maps(crop, previous) for crop, previous in wanted]).astype(np.float32))
        crops = [crop for crop, _ in wanted]
        logits, qualities = self.network.decode(self.encoded(crops, False), maps)
        if careful:
            mirrored, others = self.network.decode(self.encoded(crops, True), maps.flip(3))
            logits, qualities = (logits + mirrored.flip(3)) / 2, (qualities + others) / 2
        values = logits.sigmoid().numpy()
        looks = [Look(values[index, 0], crop, float(qualities[index, 0]), values[index, 1:])
                 for index, crop in enumerate(crops)]
        for look in looks:
            look.score = self.score(look)
        return looks

    def encoded(self, crops: list[Crop], mirrored: bool) -> list[Tensor]:
        """The pyramid of each crop, kept from one click to the next."""
        new = [crop for crop in crops if (crop, mirrored) not in self.encodings]
        if new:
            pixels = torch.stack([normalised(resized(self.image, crop.box, self.size, False)) for crop in new])
            levels = self.network.encode(pixels.flip(3) if mirrored else pixels)
            self.encodings.update({(crop, mirrored): [level[index:index + 1] for level in levels]
                                   for index, crop in enumerate(new)})
        return [torch.cat(levels) for levels in zip(*(self.encodings[crop, mirrored] for crop in crops))]

    def score(self, look: Look) -> float:
        """Predicted IoU, less for a mask that the crop cuts or that contradicts clicks."""
        missed = 0
        for x, y, positive in self.prompts.clicks:
            cell = look.cell(x, y)
            inside = cell is not None and look.values[cell] > PROBABILITY_THRESHOLD
            missed += inside != positive
        return (look.quality - self.policy.border_weight * look.border_share(self.whole)
                - self.policy.missed_weight * missed / max(len(self.prompts.clicks), 1))

    def maps(self, crop: Crop, previous: Look | None) -> np.ndarray:
        """The four prompt maps of a crop."""
        scale_x, scale_y = self.size / crop.width, self.size / crop.height
        clicks = [((x + 0.5 - crop.left) * scale_x, (y + 0.5 - crop.top) * scale_y, positive)
                  for x, y, positive in self.prompts.clicks]
        box = self.prompts.box
        if box is not None:
            box = ((box[0] - crop.left) * scale_x, (box[1] - crop.top) * scale_y,
                   (box[2] - crop.left) * scale_x, (box[3] - crop.top) * scale_y)
        before = np.zeros((self.size, self.size)) if previous is None else previous.resampled(crop, self.size)
        return np.concatenate([draw_prompts(Prompts(clicks, box), self.size), before[None]])
