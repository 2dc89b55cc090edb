"""Objects of a training image: what a person may mean by a click, by data set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

BACKGROUND, OBJECT, IGNORED = 0, 1, 255
MINIMUM_AREA = 150
# Share of training draws by set.
SET_WEIGHTS = {
    "regions-bsds": 0.20, "clothing-ccp": 0.15, "people-humanseg": 0.06, "portrait-eg1800": 0.08,
    "driving-camvid": 0.08, "faces-fasseg": 0.02, "photos-objects": 0.27, "photos-food": 0.14, "pseudo-objects": 0.35,
}
CAMVID_THINGS = (6, 8, 9, 10)
CAMVID_STUFF = (1, 3, 5)


@dataclass
class Target:
    """A mask (0, 1, 255 = ignored) and, for a part, the whole that a lone click would mean."""

    mask: np.ndarray
    whole: np.ndarray | None = None


class Scenes:
    """The prepared images of one cache or several, one split of them."""

    def __init__(self, cache: Path | list[Path], held_out: bool) -> None:
        caches = [cache] if isinstance(cache, Path) else cache
        self.pixels = [np.memmap(cache / "pixels.bin", np.uint8, "r") for cache in caches]
        self.entries = [{**entry, "cache": number} for number, cache in enumerate(caches)
                        for entry in json.loads((cache / "index.json").read_text()) if entry["held_out"] == held_out]
        weights = np.array([entry["weight"] ** 2 for entry in self.entries])
        names = np.array([entry["set"] for entry in self.entries])
        for name, share in SET_WEIGHTS.items():
            weights[names == name] *= share / max(weights[names == name].sum(), 1e-9)
        self.weights = weights / weights.sum()

    def draw(self, random: np.random.Generator) -> dict:
        return self.entries[random.choice(len(self.entries), p=self.weights)]

    def image(self, entry: dict) -> np.ndarray:
        """RGB, height x width x 3."""
        height, width = entry["height"], entry["width"]
        pixels = self.pixels[entry["cache"]]
        return pixels[entry["image"]:entry["image"] + height * width * 3].reshape(height, width, 3)

    def label_map(self, entry: dict, index: int) -> np.ndarray:
        height, width = entry["height"], entry["width"]
        start = entry["maps"][index]
        return self.pixels[entry["cache"]][start:start + height * width].reshape(height, width)

    def target(self, entry: dict, random: np.random.Generator) -> Target | None:
        """One object of the image, or none where the draw found nothing large enough."""
        maps = entry["maps"]
        if entry["kind"] == "regions":
            target = region(self.label_map(entry, random.integers(len(maps))), random)
        elif entry["kind"] == "objects":
            target = numbered_object(self.label_map(entry, 0), random)
        elif entry["kind"] == "soft":
            target = Target(soft_mask(self.label_map(entry, 0)))
        elif entry["kind"] == "mask":
            target = person(self.label_map(entry, 0) > 127, random)
        elif entry["set"] == "clothing-ccp":
            target = whole_or_part(self.label_map(entry, 0), random, 0.25)
        elif entry["set"] == "faces-fasseg":
            target = whole_or_part(self.label_map(entry, 0), random, 0.5)
        else:
            target = street_object(self.label_map(entry, 0), random)
        if target is None or (target.mask == OBJECT).sum() < MINIMUM_AREA:
            return None
        return target


def soft_mask(values: np.ndarray) -> np.ndarray:
    """Pseudo mask with an ignored band where the teacher is unsure."""
    mask = (values > 127).astype(np.uint8)
    mask[(values > 76) & (values < 178)] = IGNORED
    return mask


def numbered_object(labels: np.ndarray, random: np.random.Generator) -> Target:
    """One of several objects; what nobody is sure of stays ignored."""
    mask = np.zeros_like(labels)
    mask[labels == IGNORED] = IGNORED
    mask[labels == random.choice(np.setdiff1d(labels, (BACKGROUND, IGNORED)))] = OBJECT
    return Target(mask)


def region(labels: np.ndarray, random: np.random.Generator) -> Target | None:
    """A region under a random pixel, often merged with neighbours into something larger."""
    mask = labels == labels[random.integers(labels.shape[0]), random.integers(labels.shape[1])]
    if mask.mean() > 0.6:
        return None
    for _ in range(random.choice(4, p=[0.5, 0.25, 0.15, 0.1])):
        ring = ndimage.binary_dilation(mask, iterations=2) & ~mask
        around = labels[ring]
        if around.size == 0:
            break
        grown = mask | (labels == around[random.integers(around.size)])
        if grown.mean() > 0.6:
            break
        mask = grown
    return Target(mask.astype(np.uint8))


def person(mask: np.ndarray, random: np.random.Generator) -> Target | None:
    """All people, or the connected one under a random pixel of them."""
    parts, count = ndimage.label(mask)
    if count > 1:
        inside = parts[mask]
        chosen = parts == inside[random.integers(inside.size)]
        if chosen.sum() > 0.1 * mask.sum():
            mask = chosen
    return Target(mask.astype(np.uint8))


def whole_or_part(labels: np.ndarray, random: np.random.Generator, part_share: float) -> Target:
    """The whole person (all that is not class 0) or, less often, one class of it."""
    whole = (labels > 0).astype(np.uint8)
    if random.random() < part_share:
        inside = labels[whole > 0]
        if inside.size:
            part = (labels == inside[random.integers(inside.size)]).astype(np.uint8)
            if MINIMUM_AREA <= part.sum() < 0.8 * whole.sum():
                return Target(part, whole)
    return Target(whole)


def street_object(labels: np.ndarray, random: np.random.Generator) -> Target | None:
    """A connected car, pedestrian, bicyclist or sign; now and then road, building or tree."""
    classes = CAMVID_STUFF if random.random() < 0.1 else CAMVID_THINGS
    chosen = labels == random.choice(classes)
    parts, count = ndimage.label(chosen)
    sizes = np.bincount(parts.ravel())[1:]
    large = np.flatnonzero(sizes >= MINIMUM_AREA)
    if large.size == 0:
        return None
    return Target((parts == 1 + random.choice(large)).astype(np.uint8))
