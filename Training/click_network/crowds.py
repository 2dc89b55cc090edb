"""Crowded scenes: many cut-outs laid over one photo, hiding one another and leaving it at the border.

Single salient things teach little about a table full of cups. Here what lies in front of an object is not the object,
parts that something in front separates still are, and most objects are small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from scenes import OBJECT

CUT_OUTS = (3, 9)
LEAST_SHARE, GREATEST_SHARE = 0.07, 0.6
LEAST_SEEN = 0.3
LEAST_PIXELS = 150


@dataclass
class CutOut:
    """An object's pixels and their opacity, as large as the object's box."""

    pixels: np.ndarray
    opacity: np.ndarray


def cut_out(image: np.ndarray, mask: np.ndarray, side: float, random: np.random.Generator) -> CutOut:
    """The object of a photo with its longer side as asked, turned and mirrored now and then."""
    rows, columns = np.flatnonzero((mask == OBJECT).any(1)), np.flatnonzero((mask == OBJECT).any(0))
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    scale = side / max(box[2] - box[0], box[3] - box[1])
    size = tuple(max(int(round(length * scale)), 8) for length in (box[2] - box[0], box[3] - box[1]))
    opacity = Image.fromarray((mask == OBJECT).astype(np.uint8) * 255).resize(size, Image.Resampling.BOX, box=box)
    pixels = Image.fromarray(image).resize(size, Image.Resampling.BILINEAR, box=box)
    if random.random() < 0.5:
        opacity, pixels = (picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for picture in (opacity, pixels))
    if random.random() < 0.3:
        angle = random.uniform(-35, 35)
        opacity, pixels = (picture.rotate(angle, Image.Resampling.BILINEAR, expand=True)
                           for picture in (opacity, pixels))
    if random.random() < 0.3:
        pixels = pixels.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.2)))
    return CutOut(np.asarray(pixels), np.asarray(opacity))


def places(count: int, start: float, limit: int) -> tuple[slice, slice]:
    """Where `count` pixels from `start` on lie in 0..<limit, and which of them do."""
    first = int(round(start))
    low, high = max(first, 0), min(first + count, limit)
    return slice(low, max(low, high)), slice(low - first, max(low, high) - first)


def lay(image: np.ndarray, owners: np.ndarray, thing: CutOut, number: int, random: np.random.Generator) -> int:
    """Lay a cut-out over the image, a fifth of them partly beyond its border; the pixels it would cover unhidden."""
    height, width = owners.shape
    h, w = thing.opacity.shape
    beyond = 0.45 if random.random() < 0.2 else 0.0
    left = random.uniform(-beyond * w, max(width - w * (1 - beyond), 1))
    # Things stand rather low than high in photos.
    top = -beyond * h + (max(height - h * (1 - beyond), 1) + beyond * h) * random.beta(2.0, 1.5)
    columns, across = places(w, left, width)
    rows, down = places(h, top, height)
    share = thing.opacity[down, across, None].astype(np.float32) / 255
    if random.random() < 0.3:
        image[rows, columns] = (image[rows, columns] * (1 - 0.25 * share)).astype(np.uint8)
    window = image[rows, columns]
    image[rows, columns] = (thing.pixels[down, across] * share + window * (1 - share)).astype(np.uint8)
    covered = thing.opacity[down, across] > 127
    owners[rows, columns][covered] = number
    return int(covered.sum())


def visible_objects(owners: np.ndarray, full: list[int]) -> list[np.ndarray]:
    """Masks (0, 1) of the cut-outs that are seen well enough to be meant."""
    counts = np.bincount(owners.ravel(), minlength=len(full) + 1)[1:]
    return [(owners == number + 1).astype(np.uint8) for number, (seen, all_) in enumerate(zip(counts, full))
            if seen >= max(LEAST_PIXELS, LEAST_SEEN * all_)]


def degraded(mask: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """What a coarse look may have said of an object: probabilities of few pixels, moved, swollen or shrunk."""
    side = int(random.integers(10, 40))
    size = mask.shape[0]
    coarse = Image.fromarray((mask == OBJECT).astype(np.uint8) * 255).resize((side, side), Image.Resampling.BOX)
    values = np.asarray(coarse.resize((size, size), Image.Resampling.BILINEAR), np.float32) / 255
    shift = random.integers(-size // 40, size // 40 + 1, 2)
    values = np.roll(values, tuple(shift), (0, 1))
    middle, slope = random.uniform(0.2, 0.8), random.uniform(3, 12)
    return 1 / (1 + np.exp(-slope * (values - middle)))

