"""Clicks: the simulator of Sofiiuk et al. (RITM, 2021) and the prompt maps the network reads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

DISK_RADIUS = 5
PROBABILITY_THRESHOLD = 0.49


@dataclass
class Prompts:
    """Clicks as (x, y, positive) in pixels of the network's input, and a box (x0, y0, x1, y1)."""

    clicks: list[tuple[float, float, bool]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None


def draw_prompts(prompts: Prompts, size: int) -> np.ndarray:
    """Positive disks, negative disks and box mask (all ones without a box), 3 x size x size."""
    maps = np.zeros((3, size, size), np.float32)
    for x, y, positive in prompts.clicks:
        column, row = int(x), int(y)
        x0, x1 = max(column - DISK_RADIUS, 0), min(column + DISK_RADIUS + 1, size)
        y0, y1 = max(row - DISK_RADIUS, 0), min(row + DISK_RADIUS + 1, size)
        if x0 < x1 and y0 < y1:
            rows, columns = np.mgrid[y0:y1, x0:x1]
            disk = (rows - row) ** 2 + (columns - column) ** 2 <= DISK_RADIUS ** 2
            maps[0 if positive else 1, y0:y1, x0:x1][disk] = 1
    if prompts.box is None:
        maps[2] = 1
    else:
        x0, y0, x1, y1 = (int(round(value)) for value in prompts.box)
        maps[2, max(y0, 0):max(y1, 0), max(x0, 0):max(x1, 0)] = 1
    return maps


def depth(mask: np.ndarray) -> np.ndarray:
    """Distance to the mask's edge, the picture's border counting as edge."""
    return ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]


def random_deep_pixel(mask: np.ndarray, random: np.random.Generator, share: float) -> tuple[int, int] | None:
    """A random pixel (x, y) whose depth exceeds `share` of the greatest; none in an empty mask."""
    distances = depth(mask)
    limit = distances.max()
    if limit <= 0:
        return None
    rows, columns = np.nonzero(distances > limit * share if share < 1 else distances >= limit)
    index = random.integers(rows.size)
    return int(columns[index]), int(rows[index])


def next_click(predicted: np.ndarray, truth: np.ndarray, taken: np.ndarray,
               ignored: np.ndarray | None = None) -> tuple[int, int, bool] | None:
    """RITM's next click: the deepest pixel of the deepest error; none where nothing is wrong."""
    missed, excess = truth & ~predicted, predicted & ~truth
    if ignored is not None:
        missed, excess = missed & ~ignored, excess & ~ignored
    missed_depth, excess_depth = depth(missed) * ~taken, depth(excess) * ~taken
    positive = missed_depth.max() > excess_depth.max()
    distances = missed_depth if positive else excess_depth
    if distances.max() <= 0:
        return None
    row, column = divmod(int(distances.argmax()), distances.shape[1])
    return column, row, bool(positive)


def intersection_over_union(predicted: np.ndarray, truth: np.ndarray, ignored: np.ndarray | None = None) -> float:
    valid = np.ones_like(truth) if ignored is None else ~ignored
    union = ((predicted | truth) & valid).sum()
    return float((predicted & truth & valid).sum() / union) if union else 1.0
