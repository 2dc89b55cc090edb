"""Clicks: the simulator of Sofiiuk et al. (RITM, 2021) and the prompt maps the network reads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

DISK_RADIUS = 5
TAIL_LENGTH = 20
PROBABILITY_THRESHOLD = 0.49


@dataclass
class Prompts:
    """Clicks as (x, y, positive) in pixels of the network's input, and a box (x0, y0, x1, y1)."""

    clicks: list[tuple[float, float, bool]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None


def draw_prompts(prompts: Prompts, size: int) -> np.ndarray:
    """Positive clicks, negative clicks and box mask (all ones without a box), 3 x size x size.

    A click's map is 1 up to DISK_RADIUS pixels from the nearest click of its sign and falls as
    1 / (1 + (distance - DISK_RADIUS) / TAIL_LENGTH) beyond: a disk that is felt everywhere. Without clicks it is 0.
    """
    maps = np.zeros((3, size, size), np.float32)
    places = np.arange(size, dtype=np.float32)
    for x, y, positive in prompts.clicks:
        distance = np.hypot(places[None, :] - np.floor(x), places[:, None] - np.floor(y))
        value = 1 / (1 + np.maximum(distance - DISK_RADIUS, 0) / TAIL_LENGTH)
        channel = maps[0 if positive else 1]
        np.maximum(channel, value, out=channel)
    if prompts.box is None:
        maps[2] = 1
    else:
        x0, y0, x1, y1 = (int(round(value)) for value in prompts.box)
        maps[2, max(y0, 0):max(y1, 0), max(x0, 0):max(x1, 0)] = 1
    return maps


def depth(mask: np.ndarray) -> np.ndarray:
    """Distance to the mask's edge, the picture's border counting as edge; only the mask's box is worked on."""
    distances = np.zeros(mask.shape)
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if rows.size:
        window = np.s_[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        distances[window] = ndimage.distance_transform_edt(np.pad(mask[window], 1))[1:-1, 1:-1]
    return distances


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
