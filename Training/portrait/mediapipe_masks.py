"""MediaPipe's selfie segmentation of the held-out pictures, to measure it beside ours, or of the others, to learn from.

    python mediapipe_masks.py --cache CACHE --output FOLDER [--training]     (an environment with mediapipe 0.10.14)

Writes SET-STEM.png, the probability of a person in 256 levels at the picture's size.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import mediapipe
import numpy as np
from PIL import Image

from people import People


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["portrait-eg1800", "people-humanseg", "clothing-ccp"])
    parser.add_argument("--training", action="store_true", help="the pictures that are not held out")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    people = People(arguments.cache, held_out=not arguments.training)
    for name in arguments.sets:
        for entry in people.sets[name]:
            path = arguments.output / f"{name}-{entry.stem}.png"
            if path.exists():
                continue
            # A new graph for each picture: this solution smooths over time.
            with mediapipe.solutions.selfie_segmentation.SelfieSegmentation(model_selection=0) as solution:
                mask = solution.process(np.ascontiguousarray(people.image(entry))).segmentation_mask
            Image.fromarray(np.rint(255 * mask).astype(np.uint8)).save(path)


if __name__ == "__main__":
    main()
