"""Write scenes of the held-out tenth as a folder that `evaluate.py` and `vignette evaluate clicks` read.

    python held_out_scenes.py --cache CACHE --output DIR [--scenes 90] [--seed 5]

Two thirds are crowds of cut-outs, the rest photos as they are. What the workbench does with a network's answers is
chosen on them, never on the validation sets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from samples import Sampler
from scenes import IGNORED, OBJECT

CROWDS_IN_THREE = 2
LEAST_AREA = 1000
GREATEST_SHARE = 0.6
IGNORED_VALUE, OBJECT_VALUE = 128, 255


def scene(sampler: Sampler, is_crowd: bool) -> tuple[np.ndarray, np.ndarray] | None:
    """A photo and its mask file's values; none where the draw found nothing large enough."""
    entry = sampler.scenes.draw(sampler.random)
    target = sampler.scenes.target(entry, sampler.random)
    image = sampler.scenes.image(entry)
    if target is None or (not is_crowd and target.whole is not None):
        return None
    if not is_crowd:
        if not LEAST_AREA <= (target.mask == OBJECT).sum() <= GREATEST_SHARE * target.mask.size:
            return None
        values = (target.mask == OBJECT).astype(np.uint8) * OBJECT_VALUE
        values[target.mask == IGNORED] = IGNORED_VALUE
        return image, values
    image, targets = sampler.crowded(image)
    values = np.zeros(image.shape[:2], np.uint8)
    for number, target in enumerate((t for t in targets if (t.mask == OBJECT).sum() >= LEAST_AREA), 1):
        values[target.mask == OBJECT] = number
    return (image, values) if values.any() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=90)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    sampler = Sampler(arguments.cache, 256, arguments.seed, held_out=True)
    for folder in ("images", "masks"):
        (arguments.output / folder).mkdir(parents=True, exist_ok=True)
    written = 0
    while written < arguments.scenes:
        made = scene(sampler, written % 3 < CROWDS_IN_THREE)
        if made is not None:
            for folder, pixels in zip(("images", "masks"), made):
                Image.fromarray(pixels).save(arguments.output / folder / f"scene-{written:04}.png")
            written += 1


if __name__ == "__main__":
    main()
