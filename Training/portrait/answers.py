"""What several networks make of the training pictures, to learn from: the mean of a network of ours and MediaPipe's.

    python answers.py --cache CACHE --network portrait=RUN/checkpoint.pt --mediapipe MASKS --output FOLDER

Writes SET-STEM.png as `mediapipe_masks.py` does; our network looks at the picture and at its mirror image.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from people import MIXTURES, People
from recipes import RECIPES, probability_of
from train import restored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--network", required=True, metavar="NAME=CHECKPOINT")
    parser.add_argument("--mediapipe", type=Path, required=True, help="folder written by mediapipe_masks.py --training")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.output.mkdir(parents=True, exist_ok=True)
    name, _, path = arguments.network.partition("=")
    probability = probability_of(RECIPES[name], restored(name, Path(path)))
    people = People(arguments.cache, held_out=False)
    for name in MIXTURES["people"].people:
        for entry in people.sets[name]:
            image, file = people.image(entry), f"{name}-{entry.stem}.png"
            ours = (probability(image) + probability(image[:, ::-1])[:, ::-1]) / 2
            soft = Image.fromarray(ours.astype(np.float32)).resize((entry.width, entry.height), Image.BILINEAR)
            theirs = np.asarray(Image.open(arguments.mediapipe / file)) / 255
            Image.fromarray(np.rint(255 * (np.asarray(soft) + theirs) / 2).astype(np.uint8)).save(arguments.output / file)


if __name__ == "__main__":
    main()
