"""Training samples: a crop of a scene, objects in it, and the first prompts for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import crowds
from clicks import Prompts, depth, random_deep_pixel
from scenes import IGNORED, OBJECT, Scenes, Target

OBJECTS_PER_CROP = 3
LEAST_SIDE = 48.0
CROWD_SHARE = 0.45
# How much of a crowd of like things is like an earlier thing of it.
LIKENESS = 0.7
# Objects whose first look is given the mask of a coarser one, as after a focus crop.
COARSE_SHARE = 0.2
PASTE_SHARE = {"photos-objects": 0.55, "photos-food": 0.5, "regions-bsds": 0.1, "driving-camvid": 0.1}
CUT_OUT_SETS = ("clothing-ccp", "portrait-eg1800", "photos-objects", "photos-food", "people-humanseg")
# What crowds are made of; regions of photos stand for all that has no salient shape.
CROWD_SHARES = {"photos-objects": 0.5, "photos-food": 0.12, "clothing-ccp": 0.1, "people-humanseg": 0.06,
                "portrait-eg1800": 0.04, "regions-bsds": 0.18}


@dataclass
class Sample:
    """Crop (size x size x 3 bytes), and for each object its mask, how much of it the crop shows, first prompts and the
    mask of a coarser look."""

    image: np.ndarray
    masks: list[np.ndarray]
    shown: list[float]
    prompts: list[Prompts]
    previous: list[np.ndarray | None]


def resized(values: np.ndarray, box: tuple[float, float, float, float], size: int, nearest: bool) -> np.ndarray:
    """The box of an image, stretched to a square."""
    method = Image.Resampling.NEAREST if nearest else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(values).resize((size, size), method, box=box))


def object_box(mask: np.ndarray) -> tuple[int, int, int, int]:
    """x0, y0, x1, y1 of the object's pixels, ends excluded."""
    rows, columns = np.flatnonzero((mask == OBJECT).any(1)), np.flatnonzero((mask == OBJECT).any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def first_look(mask: np.ndarray, random: np.random.Generator) -> tuple[float, float, float, float]:
    """A window of a half or a quarter of the image around a click on an object, as the workbench looks at it first."""
    height, width = mask.shape
    x, y = random_deep_pixel(mask == OBJECT, random, random.choice([1.0, 0.5]))
    zoom = random.choice([0.5, 0.25]) if min(width, height) >= 4 * LEAST_SIDE else 0.5
    w, h = zoom * width, zoom * height
    left, top = np.clip(x - w / 2, 0, width - w), np.clip(y - h / 2, 0, height - h)
    return left, top, left + w, top + h


def share_shown(mask: np.ndarray, box: tuple[float, float, float, float]) -> float:
    """How much of an object lies in a crop."""
    left, top, right, bottom = (int(round(value)) for value in box)
    inside = mask == OBJECT
    return float(inside[top:bottom, left:right].sum() / max(inside.sum(), 1))


def random_crop(mask: np.ndarray, random: np.random.Generator) -> tuple[float, float, float, float]:
    """A crop for an object: the whole image, a focus crop around it, a first look, or a free zoom that may cut it."""
    height, width = mask.shape
    kind = random.random()
    if kind < 0.25:
        return 0.0, 0.0, float(width), float(height)
    if kind > 0.82:
        return first_look(mask, random)
    x0, y0, x1, y1 = object_box(mask)
    if kind < 0.68:
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        w, h = (x1 - x0) * random.uniform(1.1, 2.2), (y1 - y0) * random.uniform(1.1, 2.2)
        x, y = x + random.uniform(-0.15, 0.15) * w, y + random.uniform(-0.15, 0.15) * h
    else:
        rows, columns = np.nonzero(mask == OBJECT)
        index = random.integers(rows.size)
        side = np.sqrt(rows.size / np.exp(random.uniform(np.log(0.012), np.log(0.8))))
        w, h = side * random.uniform(0.8, 1.25), side * random.uniform(0.8, 1.25)
        x, y = columns[index] + random.uniform(-0.4, 0.4) * w, rows[index] + random.uniform(-0.4, 0.4) * h
    least = LEAST_SIDE
    w, h = max(w, h / 2, least), max(h, w / 2, least)
    left, top = max(x - w / 2, 0.0), max(y - h / 2, 0.0)
    right, bottom = min(x + w / 2, float(width)), min(y + h / 2, float(height))
    if right - left < least or bottom - top < least:
        return 0.0, 0.0, float(width), float(height)
    return left, top, right, bottom


def recoloured(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Random brightness, contrast, saturation and tint; now and then grey."""
    values = image.astype(np.float32)
    grey = values.mean(2, keepdims=True)
    saturation = 0.0 if random.random() < 0.04 else random.uniform(0.6, 1.4)
    values = grey + (values - grey) * saturation
    mean = values.mean()
    values = (values - mean) * random.uniform(0.7, 1.3) + mean * random.uniform(0.75, 1.25)
    values = values * random.uniform(0.94, 1.06, 3).astype(np.float32)
    return values.clip(0, 255).astype(np.uint8)


class Sampler:
    """Draws samples of one split."""

    def __init__(self, cache: Path | list[Path], size: int, seed: int, held_out: bool = False,
                 like_crowds: float = 0.0) -> None:
        """`like_crowds` is the share of crowds in which the same few things come again and again."""
        self.scenes = Scenes(cache, held_out)
        self.size = size
        self.random = np.random.default_rng(seed)
        self.like_crowds = like_crowds
        self.cut_outs = [entry for entry in self.scenes.entries if entry["set"] in CUT_OUT_SETS]
        self.crowd_sets = {name: [entry for entry in self.scenes.entries if entry["set"] == name]
                           for name in CROWD_SHARES}

    def draw(self) -> Sample:
        """One crop with its objects."""
        while True:
            entry = self.scenes.draw(self.random)
            first = self.scenes.target(entry, self.random)
            if first is None:
                continue
            image, targets = self.scenes.image(entry), [first]
            # Photos with several objects are crowds by themselves.
            if entry["kind"] != "objects" and self.random.random() < CROWD_SHARE:
                image, targets = self.crowded(image)
                if not targets:
                    continue
            elif self.random.random() < PASTE_SHARE.get(entry["set"], 0.0):
                image, targets = self.pasted(image, first)
            else:
                second = self.scenes.target(entry, self.random)
                targets.append(first if second is None else second)
            sample = self.cropped(image, targets)
            if sample is not None:
                return sample

    def crowded(self, image: np.ndarray) -> tuple[np.ndarray, list[Target]]:
        """Many cut-outs over this photo; up to OBJECTS_PER_CROP of those that are seen well enough."""
        random, image = self.random, image.copy()
        height, width = image.shape[:2]
        owners, full, used = np.zeros((height, width), np.uint8), [], []
        likeness = LIKENESS if self.like_crowds and random.random() < self.like_crowds else 0.0
        names, shares = list(CROWD_SHARES), list(CROWD_SHARES.values())
        # Far things first, near and on the whole larger ones over them.
        sides = np.exp(random.uniform(np.log(crowds.LEAST_SHARE), np.log(crowds.GREATEST_SHARE),
                                      random.integers(*crowds.CUT_OUTS)))
        for share in sorted(sides, key=lambda side: side * random.uniform(0.5, 2)):
            if used and likeness and random.random() < likeness:
                entry, source = used[random.integers(len(used))]
            else:
                entries = self.crowd_sets[names[random.choice(len(names), p=shares)]]
                entry = entries[random.integers(len(entries))]
                source = self.scenes.target(entry, random)
            if source is None or source.whole is not None:
                continue
            used.append((entry, source))
            thing = crowds.cut_out(self.scenes.image(entry), source.mask, share * min(height, width), random)
            thing.pixels = recoloured(thing.pixels, random)
            full.append(crowds.lay(image, owners, thing, len(full) + 1, random))
        masks = crowds.visible_objects(owners, full)
        random.shuffle(masks)
        return image, [Target(mask) for mask in masks[:OBJECTS_PER_CROP]]

    def pasted(self, image: np.ndarray, under: Target) -> tuple[np.ndarray, list[Target]]:
        """A cut-out of another image laid over this one; both are objects then."""
        entry = self.cut_outs[self.random.integers(len(self.cut_outs))]
        source = self.scenes.target(entry, self.random)
        if source is None or source.whole is not None:
            return image, [under, under]
        x0, y0, x1, y1 = object_box(source.mask)
        height, width = image.shape[:2]
        scale = self.random.uniform(0.15, 0.75) * min(width / (x1 - x0), height / (y1 - y0))
        w, h = max(int((x1 - x0) * scale), 12), max(int((y1 - y0) * scale), 12)
        w, h = min(w, width), min(h, height)
        alpha = np.asarray(Image.fromarray((source.mask == OBJECT).astype(np.uint8) * 255)
                           .resize((w, h), Image.Resampling.BILINEAR, box=(x0, y0, x1, y1)))
        patch = np.asarray(Image.fromarray(self.scenes.image(entry)).resize((w, h), Image.Resampling.BILINEAR,
                                                                            box=(x0, y0, x1, y1)))
        if self.random.random() < 0.5:
            alpha, patch = alpha[:, ::-1], patch[:, ::-1]
        patch = recoloured(patch, self.random)
        left, top = self.random.integers(width - w + 1), self.random.integers(height - h + 1)
        image = image.copy()
        window = image[top:top + h, left:left + w]
        share = alpha[..., None].astype(np.float32) / 255
        window[:] = (patch * share + window * (1 - share)).astype(np.uint8)
        over = np.zeros((height, width), np.uint8)
        over[top:top + h, left:left + w] = alpha > 127
        remaining = under.mask.copy()
        remaining[over > 0] = 0
        targets = [Target(over)]
        if (remaining == OBJECT).sum() > 0.3 * (under.mask == OBJECT).sum() and under.whole is None:
            targets.append(Target(remaining))
        return image, [targets[0], targets[-1]]

    def cropped(self, image: np.ndarray, targets: list[Target]) -> Sample | None:
        """The crop chosen for the first target, flipped and recoloured, with prompts for each target."""
        box = random_crop(targets[0].mask, self.random)
        flip = self.random.random() < 0.5
        crop = recoloured(resized(image, box, self.size, False), self.random)
        masks, prompts, wholes, shown = [], [], [], []
        for target in targets:
            mask = resized(target.mask, box, self.size, True)
            whole = None if target.whole is None else resized(target.whole, box, self.size, True)
            if flip:
                mask, whole = mask[:, ::-1], None if whole is None else whole[:, ::-1]
            if (mask == OBJECT).sum() < 0.0025 * self.size ** 2:
                continue
            masks.append(np.ascontiguousarray(mask))
            wholes.append(whole)
            shown.append(share_shown(target.mask, box))
            prompts.append(self.first_prompts(mask, whole))
        if not masks:
            return None
        for index in range(OBJECTS_PER_CROP - len(masks)):
            masks.append(masks[index])
            wholes.append(wholes[index])
            shown.append(shown[index])
            prompts.append(self.first_prompts(masks[index], wholes[index]))
        previous = [crowds.degraded(mask, self.random) if self.random.random() < COARSE_SHARE else None
                    for mask in masks]
        return Sample(np.ascontiguousarray(crop[:, ::-1] if flip else crop), masks, shown, prompts, previous)

    def first_prompts(self, mask: np.ndarray, whole: np.ndarray | None) -> Prompts:
        """Mostly one click; sometimes several, or a box. A part also gets a negative click on the rest."""
        random, inside = self.random, mask == OBJECT
        kind = random.random()
        prompts = Prompts()
        if kind < 0.12 or (whole is not None and kind < 0.25):
            x0, y0, x1, y1 = object_box(mask)
            spread = 0.08 * np.array([x1 - x0, y1 - y0, x1 - x0, y1 - y0])
            prompts.box = tuple(np.array([x0, y0, x1, y1]) + random.uniform(-1, 1, 4) * spread)
            if random.random() < 0.5:
                return prompts
        positives = 1 if kind < 0.8 else random.integers(1, 5)
        negatives = 0 if kind < 0.8 else random.integers(0, 4)
        for index in range(positives):
            share = 1.0 if index == 0 and random.random() < 0.5 else random.choice([0.7, 0.4, 0.1])
            self.add_click(prompts, inside, share, True)
        outside = mask == 0
        near = outside & (depth(outside) < 0.12 * self.size) if negatives else outside
        for _ in range(negatives):
            self.add_click(prompts, near if random.random() < 0.7 else outside, 0.1, False)
        if whole is not None and prompts.box is None:
            self.add_click(prompts, (whole == OBJECT) & outside, random.choice([1.0, 0.3]), False)
        return prompts

    def add_click(self, prompts: Prompts, region: np.ndarray, share: float, positive: bool) -> None:
        place = random_deep_pixel(region, self.random, share)
        if place is not None:
            prompts.clicks.append((place[0], place[1], positive))
