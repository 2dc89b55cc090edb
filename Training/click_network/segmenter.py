"""Clicks on a photo to a mask at the photo's size: crops, prompts, the network, the mask carried on.

The policy the workbench follows: the first run sees the whole photo; where its mask is small the same clicks are
answered again on a crop around it; later clicks see a crop around the mask and the clicks (FocalClick's focus
crop, ratio 1.4), and a crop once encoded serves as long as it still fits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image
from torch import Tensor

from clicks import PROBABILITY_THRESHOLD, Prompts, draw_prompts
from model import ClickNetwork
from samples import resized
from validation import normalised

FOCUS_RATIO = 1.4
LEAST_SIDE = 48.0
REFINE_BELOW = 0.5
KEEP_ABOVE = 0.4


@dataclass
class Crop:
    """A rectangle of the photo, ends excluded, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.top, self.right, self.bottom

    def holds(self, other: "Crop") -> bool:
        """Whether the other lies inside, but for 2 % of this one's sides."""
        x, y = 0.02 * (self.right - self.left), 0.02 * (self.bottom - self.top)
        return (other.left >= self.left - x and other.right <= self.right + x
                and other.top >= self.top - y and other.bottom <= self.bottom + y)


def focus_crop(mask: np.ndarray, prompts: Prompts) -> Crop | None:
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
    w, h = (x1 - x0) * FOCUS_RATIO, (y1 - y0) * FOCUS_RATIO
    w, h = max(w, h / 2, LEAST_SIDE), max(h, w / 2, LEAST_SIDE)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return Crop(max(x - w / 2, 0), max(y - h / 2, 0), min(x + w / 2, width), min(y + h / 2, height))


class ClickSegmenter:
    """One photo and its prompts; every click gives a new mask."""

    def __init__(self, network: ClickNetwork, image: np.ndarray, size: int = 320, focus: bool = True) -> None:
        self.network, self.image, self.size, self.focus = network, image, size, focus
        height, width = image.shape[:2]
        self.whole = Crop(0, 0, width, height)
        self.prompts = Prompts()
        self.probability = np.zeros((height, width), np.float32)
        self.crop: Crop | None = None
        self.features: list[Tensor] = []

    def add(self, x: float, y: float, positive: bool) -> np.ndarray:
        """The mask after one more click at pixel (x, y)."""
        self.prompts.clicks.append((x, y, positive))
        if self.crop is None:
            self.run(self.whole)
            focus = focus_crop(self.mask, self.prompts) if self.focus else None
            if focus is not None and focus.area < REFINE_BELOW * self.whole.area:
                self.run(focus)
            return self.mask
        focus = focus_crop(self.mask, self.prompts) if self.focus else None
        if focus is None or (self.crop.holds(focus) and focus.area >= KEEP_ABOVE * self.crop.area):
            focus = self.crop
        self.run(focus)
        return self.mask

    @property
    def mask(self) -> np.ndarray:
        return self.probability > PROBABILITY_THRESHOLD

    @torch.no_grad()
    def run(self, crop: Crop) -> None:
        """Answer the prompts on a crop, with the present mask as the previous one."""
        if crop is not self.crop:
            pixels = resized(self.image, crop.box, self.size, False)
            self.features = self.network.encode(normalised(pixels)[None])
            self.crop = crop
        scale_x, scale_y = self.size / (crop.right - crop.left), self.size / (crop.bottom - crop.top)
        clicks = [((x + 0.5 - crop.left) * scale_x, (y + 0.5 - crop.top) * scale_y, positive)
                  for x, y, positive in self.prompts.clicks]
        box = self.prompts.box
        if box is not None:
            box = ((box[0] - crop.left) * scale_x, (box[1] - crop.top) * scale_y,
                   (box[2] - crop.left) * scale_x, (box[3] - crop.top) * scale_y)
        previous = resized(self.probability, crop.box, self.size, False)
        maps = np.concatenate([draw_prompts(Prompts(clicks, box), self.size), previous[None]])
        logits, _ = self.network.decode(self.features, torch.from_numpy(maps.astype(np.float32))[None])
        self.paste(logits[0, 0].sigmoid().numpy(), crop)

    def paste(self, probability: np.ndarray, crop: Crop) -> None:
        """Resize to the crop's place in the photo; what is outside it stays."""
        left, top = int(np.floor(crop.left)), int(np.floor(crop.top))
        right, bottom = int(np.ceil(crop.right)), int(np.ceil(crop.bottom))
        side = probability.shape[0]
        # Pixel centres of the photo, in the coordinates of grid_sample (-1..1 from edge to edge of the crop).
        x = (np.arange(left, right) + 0.5 - crop.left) / (crop.right - crop.left) * 2 - 1
        y = (np.arange(top, bottom) + 0.5 - crop.top) / (crop.bottom - crop.top) * 2 - 1
        grid = np.stack(np.meshgrid(x, y), -1).astype(np.float32)[None]
        values = functional.grid_sample(torch.from_numpy(probability.reshape(1, 1, side, side)),
                                        torch.from_numpy(grid), padding_mode="border", align_corners=False)
        self.probability[top:bottom, left:right] = values[0, 0].numpy()
