"""IoU and the edge's F-score of portrait networks on held-out pictures.

    python evaluate.py --cache CACHE portrait=RUN/checkpoint.pt sinet=SINet.safetensors
    python evaluate.py --cache CACHE teacher:sinet=SINet.pth teacher:extremec3=ExtremeC3.pth mediapipe=FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import nn

import sinet
from exporting import take_folded, take_plain
from extremec3 import ExtremeC3
from measure import measure
from people import Entry
from recipes import RECIPES, Recipe, probability_of
from train import restored

TEACHERS = {"sinet": RECIPES["sinet"],
            "extremec3": Recipe(ExtremeC3, 224, sinet.prepared, lambda logits: logits, 0, False)}


def stored_masks(folder: Path) -> Callable[[np.ndarray, str, Entry], np.ndarray]:
    """Probabilities that `mediapipe_masks.py` wrote."""
    def probability(_: np.ndarray, name: str, entry: Entry) -> np.ndarray:
        return np.asarray(Image.open(folder / f"{name}-{entry.stem}.png")) / 255
    return probability


def shipped(name: str, path: str) -> nn.Module:
    """A network with exported weights."""
    network, tensors = RECIPES[name].make(), load_file(path)
    return take_plain(network, tensors) if name == "sinet" else take_folded(network, tensors)


def contender(text: str) -> Callable[[np.ndarray, str, Entry], np.ndarray]:
    """What a word of the command means: a function of RGB bytes, set and entry."""
    name, _, path = text.partition("=")
    if name == "mediapipe":
        return stored_masks(Path(path))
    if name.startswith("teacher:"):
        recipe = TEACHERS[name.removeprefix("teacher:")]
        network = recipe.make()
        network.load_state_dict(torch.load(path, map_location="cpu"))
    else:
        recipe, network = RECIPES[name], shipped(name, path) if path.endswith("safetensors") else restored(name, Path(path))
    probability = probability_of(recipe, network.eval(), exact=True)
    return lambda image, *_: probability(image)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["portrait-eg1800", "people-humanseg", "clothing-ccp"])
    parser.add_argument("contenders", nargs="+", metavar="NAME=PATH")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for text in arguments.contenders:
        for name in arguments.sets:
            figures = measure(arguments.cache, name, contender(text), edges=True)
            print(text.partition("=")[0], name, json.dumps({key: round(value, 4) for key, value in figures.items()}))


if __name__ == "__main__":
    main()
