"""Writes what AnnotationsTests checks against: masks as pycocotools encodes and measures them.

Usage: make_fixtures.py   (needs numpy and pycocotools; writes beside itself)
"""

import json
from pathlib import Path

import numpy as np
from pycocotools import mask as coco

FOLDER = Path(__file__).parent
rng = np.random.default_rng(11)


def masks() -> dict[str, np.ndarray]:
    """Small masks [height, width] of every kind that formats tend to lose."""
    result = {"empty": np.zeros((5, 7)), "full": np.ones((5, 7)), "single": np.ones((1, 1)), "none": np.zeros((1, 1))}
    ring = np.zeros((12, 9))
    ring[2:10, 1:8] = 1
    ring[4:8, 3:6] = 0
    ring[5:7, 4] = 1
    result["ring with an island"] = ring
    parts = np.zeros((9, 14))
    parts[1:4, 1:5] = parts[6:8, 2:12] = parts[0, 13] = 1
    result["parts"] = parts
    pixel = np.zeros((6, 8))
    pixel[3, 5] = 1
    result["one pixel"] = pixel
    border = np.zeros((6, 8))
    border[0, :] = border[-1, :] = border[:, 0] = border[:, -1] = 1
    result["border"] = border
    corners = np.zeros((5, 4))
    corners[0, 0] = corners[0, -1] = corners[-1, 0] = corners[-1, -1] = 1
    result["corners"] = corners
    result["checkerboard"] = np.indices((7, 6)).sum(0) % 2
    result["row"] = (np.arange(40) % 7 < 3)[None, :]
    result["column"] = (np.arange(40) % 7 < 3)[:, None]
    for density in (5, 50, 95):
        result[f"noise {density}"] = rng.random((13, 17)) * 100 < density
    y, x = np.mgrid[:240, :320]
    result["disc"] = (x - 150) ** 2 + (y - 110) ** 2 < 90**2
    result["large blocks"] = (x // 80 + y // 60) % 2
    return {name: mask.astype(np.uint8) for name, mask in result.items()}


def encoded(mask: np.ndarray) -> dict:
    """What pycocotools says of a mask."""
    runs = coco.encode(np.asfortranarray(mask))
    packed = np.packbits(mask.ravel())
    return {
        "width": mask.shape[1],
        "height": mask.shape[0],
        "pixels": packed.tobytes().hex(),
        "counts": runs["counts"].decode("ascii"),
        "area": int(coco.area(runs)),
        "box": [int(side) for side in coco.toBbox(runs)],
    }


if __name__ == "__main__":
    cases = {name: encoded(mask) for name, mask in masks().items()}
    (FOLDER / "masks.json").write_text(json.dumps(cases, indent=1) + "\n")
