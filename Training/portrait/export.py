"""Export a portrait network's averaged weights, and an example for the parity test.

    python export.py --network portrait --checkpoint RUN/checkpoint.pt --weights PortraitNetwork.safetensors \\
        --example Fixtures/portrait-64x96.safetensors
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from exporting import (example_image, folded_tensors, plain_tensors, take_folded, take_plain, write_example,
                       write_weights)
from recipes import RECIPES
from train import restored

EXAMPLE_SIZE = (64, 96)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", choices=RECIPES, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--example", type=Path)
    arguments = parser.parse_args()
    recipe, network = RECIPES[arguments.network], restored(arguments.network, arguments.checkpoint)
    keeps_norms = arguments.network == "sinet"
    tensors = plain_tensors(network) if keeps_norms else folded_tensors(network)
    write_weights(tensors, arguments.weights, arguments.network)
    if arguments.example:
        network = (take_plain if keeps_norms else take_folded)(network, tensors)
        image = recipe.prepare(example_image(*EXAMPLE_SIZE, 0)).half().float()
        with torch.no_grad():
            write_example(arguments.example, image, {"logits": network(image)})


if __name__ == "__main__":
    main()
