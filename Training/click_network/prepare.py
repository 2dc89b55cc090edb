"""Decode every training image and label map once into two flat files and an index.

    python prepare.py --data ../../shared/data --cache CACHE

`pixels.bin` holds RGB images and 8-bit label maps end to end, `index.json` their places. A map means, by kind:
`regions` region numbers of one annotator; `classes` class numbers; `mask` 0 or 255; `soft` a probability.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

DATASETS: list[tuple[str, str, str]] = [
    ("regions-bsds", "masks", "regions"),
    ("clothing-ccp", "masks", "classes"),
    ("people-humanseg", "masks", "mask"),
    ("portrait-eg1800", "masks", "mask"),
    ("driving-camvid", "masks", "classes"),
    ("faces-fasseg", "masks", "classes"),
    ("photos-objects", "pseudo", "soft"),
    ("photos-food", "pseudo", "soft"),
]
MINIMUM_CONFIDENCE = 0.8
COVERAGE = (0.01, 0.85)


def is_held_out(stem: str) -> bool:
    """The fixed validation tenth: by image stem, the same in every set."""
    return zlib.crc32(stem.encode()) % 10 == 0


def pseudo_confidence(folder: Path) -> dict[str, tuple[float, float]]:
    """Coverage and confidence of each image's pseudo mask."""
    with open(folder / "confidence.csv", newline="") as file:
        return {Path(row["image"]).stem: (float(row["coverage"]), float(row["confidence"]))
                for row in csv.DictReader(file)}


def map_paths(folder: Path, stem: str, kind: str) -> list[Path]:
    """Label maps of one image: one, or one for each annotator."""
    if kind == "regions":
        return sorted(folder.glob(f"{stem}-*.png"))
    path = folder / f"{stem}.png"
    return [path] if path.exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("VIGNETTE_SHARED", "../shared")) / "data")
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    entries: list[dict] = []
    with open(arguments.cache / "pixels.bin", "wb") as file:
        for name, labels, kind in DATASETS:
            folder = arguments.data / "train" / name
            confidence = pseudo_confidence(folder / labels) if kind == "soft" else {}
            for path in sorted((folder / "images").iterdir()):
                coverage, certainty = confidence.get(path.stem, (0.5, 1.0))
                usable = certainty >= MINIMUM_CONFIDENCE and COVERAGE[0] <= coverage <= COVERAGE[1]
                image = np.asarray(Image.open(path).convert("RGB"))
                entry = {"set": name, "kind": kind, "stem": path.stem, "height": image.shape[0],
                         "width": image.shape[1], "weight": certainty, "held_out": is_held_out(path.stem),
                         "image": file.tell(), "maps": []}
                file.write(image.tobytes())
                for mask in map_paths(folder / labels, path.stem, kind) if usable else []:
                    values = np.asarray(Image.open(mask).convert("L"))
                    if values.shape == image.shape[:2]:
                        entry["maps"].append(file.tell())
                        file.write(values.tobytes())
                if entry["maps"]:
                    entries.append(entry)
    (arguments.cache / "index.json").write_text(json.dumps(entries))
    print(f"{len(entries)} images, {sum(entry['held_out'] for entry in entries)} held out")


if __name__ == "__main__":
    main()
