"""The whole-person rule: one click at the middle of an upper garment must select the person.

    python whole_person.py --checkpoint RUN/checkpoint.pt --cache CACHE [--limit N]

On the tenth of clothing-ccp that training never sees; prints the mean and median IoU with the whole person.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np
import torch

from clicks import depth, intersection_over_union
from configurations import CONFIGURATIONS
from memory import keep_memory
from restore import load_network
from scenes import Scenes
from segmenter import ClickSegmenter

UPPER_GARMENTS = {"blazer", "blouse", "cardigan", "coat", "dress", "hoodie", "jacket", "jumper", "shirt", "suit",
                  "sweater", "sweatshirt", "t-shirt", "top", "vest"}


def garment_classes(path: Path) -> list[int]:
    """Numbers of the upper garments in classes.txt."""
    pairs = (line.split(maxsplit=1) for line in path.read_text().splitlines() if line.strip())
    return [int(number) for number, name in pairs if name.strip() in UPPER_GARMENTS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt or exported weights")
    parser.add_argument("--network", choices=list(CONFIGURATIONS), default="click")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("VIGNETTE_SHARED", "../shared")) / "data")
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    keep_memory()
    network = load_network(arguments.checkpoint, configuration=CONFIGURATIONS[arguments.network])
    garments = garment_classes(arguments.data / "train/clothing-ccp/classes.txt")
    scenes = Scenes(arguments.cache, held_out=True)
    scores: list[float] = []
    for entry in [entry for entry in scenes.entries if entry["set"] == "clothing-ccp"][:arguments.limit]:
        labels = scenes.label_map(entry, 0)
        areas = {value: int((labels == value).sum()) for value in garments}
        largest = max(areas, key=areas.get)
        if areas[largest] < 300:
            continue
        row, column = np.unravel_index(depth(labels == largest).argmax(), labels.shape)
        mask = ClickSegmenter(network, scenes.image(entry)).add(int(column), int(row), True)
        scores.append(intersection_over_union(mask, labels > 0))
    print(json.dumps({"people": len(scores), "meanIoU": round(float(np.mean(scores)), 4),
                      "medianIoU": round(float(np.median(scores)), 4),
                      "atLeast80": round(float(np.mean(np.array(scores) >= 0.8)), 4)}))


if __name__ == "__main__":
    main()
