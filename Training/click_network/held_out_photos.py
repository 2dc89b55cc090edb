"""Write photos of the held-out tenth with several of their objects, as `held_out_scenes.py` writes scenes of cut-outs.

    python held_out_photos.py --cache CACHE --output DIR [--seed 7]

Regions that people drew, cars and cyclists, people, and the salient thing of a photo: nothing is pasted. An object has at
least 800 pixels and at most half of the photo.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from held_out_scenes import IGNORED_VALUE, OBJECT_VALUE
from scenes import IGNORED, OBJECT, Scenes, Target

# Photos of each set at most, and objects of a photo.
SHARES = {"regions-bsds": (99, 4), "driving-camvid": (99, 3), "clothing-ccp": (25, 1), "people-humanseg": (12, 1),
          "photos-objects": (14, 1), "photos-food": (14, 1)}
SOFT_SETS = ("photos-objects", "photos-food")
DRAWS = 12
LEAST_AREA, GREATEST_SHARE = 800, 0.5
GREATEST_BORDER, LEAST_CONNECTED = 0.15, 0.9


def is_thing(mask: np.ndarray) -> bool:
    """Whether a region is of one piece and not what the photo's frame cuts off."""
    parts, _ = ndimage.label(mask)
    frame = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    return np.bincount(parts.ravel())[1:].max() >= LEAST_CONNECTED * mask.sum() and frame.mean() <= GREATEST_BORDER


def wanted(target: Target | None, taken: np.ndarray, is_region: bool) -> np.ndarray | None:
    """The whole object drawn, unless it is too small, too large, or lies over one taken before."""
    if target is None:
        return None
    mask = target.mask if target.whole is None else target.whole
    inside = mask == OBJECT
    if inside.sum() < LEAST_AREA or inside.mean() > GREATEST_SHARE or (taken[inside] > 0).any():
        return None
    return mask if not is_region or is_thing(inside) else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    for folder in ("images", "masks"):
        (arguments.output / folder).mkdir(parents=True, exist_ok=True)
    scenes, random, objects = Scenes(arguments.cache, held_out=True), np.random.default_rng(arguments.seed), 0
    for name, (photos, most) in SHARES.items():
        entries = [entry for entry in scenes.entries if entry["set"] == name]
        random.shuffle(entries)
        written = 0
        for entry in entries:
            if written == photos:
                break
            values, count = np.zeros((entry["height"], entry["width"]), np.uint8), 0
            for _ in range(DRAWS):
                mask = wanted(scenes.target(entry, random), values, name == "regions-bsds")
                if mask is None:
                    continue
                count += 1
                values[mask == OBJECT] = OBJECT_VALUE if name in SOFT_SETS else count
                if name in SOFT_SETS:
                    values[mask == IGNORED] = IGNORED_VALUE
                if count == most:
                    break
            if count:
                for folder, pixels in (("images", scenes.image(entry)), ("masks", values)):
                    Image.fromarray(pixels).save(arguments.output / folder / f"{name}-{entry['stem']}.png")
                written, objects = written + 1, objects + count
    print(f"{objects} objects")


if __name__ == "__main__":
    main()
