"""Mean IoU by number of clicks and NoC, with RITM's simulated clicks and the workbench's crops.

    python evaluate.py --checkpoint RUN/checkpoint.pt [--directory DIR] [--clicks 20] [--no-focus] [--limit N]

DIR holds `images/` and `masks/` of the same stem: 0/255 with 128 ignored, or numbered objects; objects under
300 pixels are skipped.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from clicks import intersection_over_union, next_click
from configurations import CONFIGURATIONS
from memory import keep_memory
from restore import load_network
from segmenter import ClickSegmenter, Policy

LEAST_AREA = 300


def objects_of(mask: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Object and ignored pixels of each object in a mask file."""
    values = set(np.unique(mask).tolist())
    if values <= {0, 128, 255}:
        pairs = [(mask == 255, mask == 128)]
    else:
        pairs = [(mask == value, np.zeros(mask.shape, bool)) for value in sorted(values - {0})]
    return [pair for pair in pairs if pair[0].sum() >= LEAST_AREA]


def click_scores(segmenter: ClickSegmenter, truth: np.ndarray, ignored: np.ndarray, clicks: int) -> list[float]:
    """IoU after each simulated click; the last is repeated where no error is left."""
    predicted, taken = np.zeros(truth.shape, bool), np.zeros(truth.shape, bool)
    scores: list[float] = []
    for _ in range(clicks):
        click = next_click(predicted, truth, taken, ignored)
        if click is None:
            break
        taken[click[1], click[0]] = True
        predicted = segmenter.add(*click)
        scores.append(intersection_over_union(predicted, truth, ignored))
    return scores + [scores[-1]] * (clicks - len(scores))


def clicks_to_reach(scores: np.ndarray, target: float) -> np.ndarray:
    """First click (from 1) reaching the target, the number of columns where none does."""
    reached = scores >= target
    return np.where(reached.any(1), reached.argmax(1) + 1, scores.shape[1])


def main() -> None:
    shared = Path(os.environ.get("VIGNETTE_SHARED", "../shared"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt or exported weights")
    parser.add_argument("--network", choices=list(CONFIGURATIONS), default="click")
    parser.add_argument("--directory", type=Path, default=shared / "data/validation/clicks-coco60")
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--no-focus", action="store_true", help="always the whole photo")
    arguments = parser.parse_args()
    keep_memory()
    network = load_network(arguments.checkpoint, configuration=CONFIGURATIONS[arguments.network])
    rows: list[list[float]] = []
    started = time.monotonic()
    for path in sorted((arguments.directory / "images").iterdir()):
        image = np.asarray(Image.open(path).convert("RGB"))
        mask = np.asarray(Image.open(arguments.directory / "masks" / f"{path.stem}.png"))
        for truth, ignored in objects_of(mask):
            if arguments.limit is None or len(rows) < arguments.limit:
                segmenter = ClickSegmenter(network, image, arguments.size, Policy(focus=not arguments.no_focus))
                rows.append(click_scores(segmenter, truth, ignored, arguments.clicks))
    scores = np.array(rows)
    steps = np.diff(scores, axis=1)
    result = {"objects": len(scores),
              "meanIoU": {str(n): round(float(scores[:, n - 1].mean()), 4) for n in (1, 3, 5) if n <= scores.shape[1]},
              "noc85": round(float(clicks_to_reach(scores, 0.85).mean()), 3),
              "noc90": round(float(clicks_to_reach(scores, 0.90).mean()), 3),
              "failures90": int((scores.max(1) < 0.90).sum()),
              "stepsNotWorse": round(float((steps >= -0.005).mean()), 4) if steps.size else None,
              "seconds": round(time.monotonic() - started, 1)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
