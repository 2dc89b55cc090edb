"""Masks against the truth: intersection over union and the edge's F-score, at the picture's own size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from people import Entry, People

# The tolerance of an edge as a share of the picture's diagonal (Perazzi et al., "DAVIS", 2016).
EDGE_TOLERANCE = 0.008


def intersection_over_union(guess: np.ndarray, truth: np.ndarray) -> float:
    union = np.count_nonzero(guess | truth)
    return np.count_nonzero(guess & truth) / union if union else 1.0


def edge(mask: np.ndarray) -> np.ndarray:
    return mask & ~ndimage.binary_erosion(mask, border_value=1)


def edge_score(guess: np.ndarray, truth: np.ndarray) -> float:
    """F-score of the edge's pixels that have the other's edge near."""
    ours, theirs = edge(guess), edge(truth)
    if not ours.any() or not theirs.any():
        return float(ours.any() == theirs.any())
    reach = EDGE_TOLERANCE * np.hypot(*truth.shape)
    precision = (ndimage.distance_transform_edt(~theirs)[ours] <= reach).mean()
    recall = (ndimage.distance_transform_edt(~ours)[theirs] <= reach).mean()
    return 2 * precision * recall / max(precision + recall, 1e-9)


def measure(cache: Path, name: str, probability: Callable[[np.ndarray, str, Entry], np.ndarray],
            edges: bool = False) -> dict[str, float]:
    """Means over the held-out pictures of a set.

    `probability` takes RGB bytes, set and entry and returns probabilities of any size; they are enlarged linearly.
    """
    people = People(cache, held_out=True)
    ratios, foreground, background, scores = [], np.zeros(2), np.zeros(2), []
    for entry in people.sets[name]:
        truth = people.mask(entry) > 127
        soft = Image.fromarray(probability(people.image(entry), name, entry).astype(np.float32))
        guess = np.asarray(soft.resize((entry.width, entry.height), Image.BILINEAR)) > 0.5
        ratios.append(intersection_over_union(guess, truth))
        foreground += np.count_nonzero(guess & truth), np.count_nonzero(guess | truth)
        background += np.count_nonzero(~guess & ~truth), np.count_nonzero(~guess | ~truth)
        if edges:
            scores.append(edge_score(guess, truth))
    result = {"images": len(ratios), "meanIoU": float(np.mean(ratios)),
              "pooledMeanIoU": float((foreground[0] / foreground[1] + background[0] / background[1]) / 2)}
    return result | ({"boundaryF": float(np.mean(scores))} if edges else {})
