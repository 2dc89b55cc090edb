"""Several objects of each photo by U²-Net, on crops around sampled points: a cache to train on beside `prepare.py`'s.

    python pseudo_objects.py --data ../../../shared/data --teacher u2net.onnx --cache OBJECTS --minutes 40

A whole photo shows the teacher its one salient thing; a crop shows it the cup on the table. An object is kept where
two crops of different size agree on it, both are sure of it and neither cuts it. `OBJECTS` has the format of
`prepare.py`, with maps of the kind `objects`: 0 background, 1... the objects, 255 unsure. Stops after the minutes
given, photos in random order, and goes on where it stopped when run again.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import openvino
from PIL import Image
from scipy import ndimage

from prepare import is_held_out

SETS = {"photos-food": 5, "photos-objects": 3, "regions-bsds": 5, "driving-camvid": 5}
UNSURE = 255
SIDE = 320
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
CROP_SHARES = (0.25, 0.75)
LEAST_CROP = 64
LEAST_AREA = 400
AREA_SHARES = (0.03, 0.6)
GREATEST_BORDER = 0.02
LEAST_AGREEMENT = 0.82
LEAST_INSIDE = 0.85
GREATEST_UNSURE = 0.25


class Teacher:
    """U²-Net on crops of a photo, one thread."""

    def __init__(self, path: Path) -> None:
        core = openvino.Core()
        network = core.read_model(path)
        network.reshape([1, 3, SIDE, SIDE])
        self.network = core.compile_model(network, "CPU", {"INFERENCE_NUM_THREADS": 1})

    def look(self, image: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
        """Probabilities of the salient object of a crop, at the crop's size."""
        pixels = np.asarray(Image.fromarray(image).resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=box), np.float32)
        values = (pixels / max(pixels.max(), 1) - MEAN) / DEVIATION
        answer = self.network(values.transpose(2, 0, 1)[None].astype(np.float32))[0][0, 0]
        size = (box[2] - box[0], box[3] - box[1])
        return np.asarray(Image.fromarray(answer).resize(size, Image.Resampling.BILINEAR))


def crop_around(x: float, y: float, width: float, height: float, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a crop of a photo with (x, y) as near its middle as it can be."""
    width, height = min(int(width), shape[1]), min(int(height), shape[0])
    left = int(np.clip(x - width / 2, 0, shape[1] - width))
    top = int(np.clip(y - height / 2, 0, shape[0] - height))
    return left, top, left + width, top + height


def found(values: np.ndarray, box: tuple[int, int, int, int], shape: tuple[int, int],
          x: float, y: float) -> np.ndarray | None:
    """Probabilities of the thing nearest to (x, y), at the photo's size; none where it is unsure, cut or too small."""
    parts, count = ndimage.label(values > 0.5)
    if count == 0:
        return None
    sizes = np.bincount(parts.ravel())
    rows, columns = np.nonzero(sizes[parts] * (parts > 0) > 0.05 * sizes[1:].sum())
    nearest = np.hypot(columns + box[0] - x, rows + box[1] - y).argmin()
    thing = parts == parts[rows[nearest], columns[nearest]]
    share = thing.mean()
    if thing.sum() < LEAST_AREA or not AREA_SHARES[0] < share < AREA_SHARES[1]:
        return None
    sides = ((box[0] > 0, thing[:, 0]), (box[1] > 0, thing[0]),
             (box[2] < shape[1], thing[:, -1]), (box[3] < shape[0], thing[-1]))
    if any(is_inner and side.mean() > GREATEST_BORDER for is_inner, side in sides):
        return None
    near = ndimage.binary_dilation(thing, iterations=max(thing.shape) // 40 + 1) & ((parts == 0) | thing)
    unsure = ((values > 0.25) & (values < 0.75) & near).sum()
    if values[thing].mean() < LEAST_INSIDE or unsure > GREATEST_UNSURE * thing.sum():
        return None
    whole = np.zeros(shape, np.float32)
    whole[box[1]:box[3], box[0]:box[2]] = values * near
    return whole


def object_at(teacher: Teacher, image: np.ndarray, x: float, y: float, random: np.random.Generator) -> np.ndarray | None:
    """0, 1 or UNSURE for each pixel: the object at a place, if two crops agree on one."""
    shape = image.shape[:2]
    side = max(random.uniform(*CROP_SHARES) * min(shape), LEAST_CROP)
    first_box = crop_around(x, y, side, side, shape)
    first = found(teacher.look(image, first_box), first_box, shape, x, y)
    if first is None:
        return None
    rows, columns = np.nonzero(first > 0.5)
    x, y = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
    margin = random.uniform(1.5, 2.0)
    second_box = crop_around(x, y, max(margin * np.ptp(columns), LEAST_CROP), max(margin * np.ptp(rows), LEAST_CROP), shape)
    second = found(teacher.look(image, second_box), second_box, shape, columns.mean(), rows.mean())
    if second is None:
        return None
    both, either = (first > 0.5) & (second > 0.5), (first > 0.5) | (second > 0.5)
    if both.sum() < LEAST_AGREEMENT * either.sum():
        return None
    mean = (first + second) / 2
    result = (mean > 0.5).astype(np.uint8)
    result[(mean > 0.25) & (mean < 0.75) | (both != either)] = UNSURE
    return result


def busy_places(image: np.ndarray) -> np.ndarray:
    """How much happens around each pixel, as weights that add to one."""
    grey = image.mean(2)
    slope = np.hypot(ndimage.sobel(grey, 0), ndimage.sobel(grey, 1))
    weights = ndimage.uniform_filter(np.minimum(slope, 200), max(min(grey.shape) // 12, 3)) + 1
    return (weights / weights.sum()).ravel()


def objects_of(teacher: Teacher, image: np.ndarray, points: int, random: np.random.Generator) -> tuple[np.ndarray, int]:
    """A map of the objects found at some points, and their number."""
    labels, count = np.zeros(image.shape[:2], np.uint8), 0
    weights = busy_places(image)
    for _ in range(points):
        y, x = divmod(int(random.choice(weights.size, p=weights)), image.shape[1])
        if labels[y, x]:
            continue
        thing = object_at(teacher, image, x, y, random)
        if thing is None or (labels[thing == 1] > 0).mean() > 0.1:
            continue
        count += 1
        labels[(thing == 1) & (labels == 0)] = count
        labels[(thing == UNSURE) & (labels == 0)] = UNSURE
    return labels, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("VIGNETTE_SHARED", "../shared")) / "data")
    parser.add_argument("--teacher", type=Path, required=True, help="u2net.onnx")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    (arguments.cache / "pid").write_text(str(os.getpid()))
    index, done = arguments.cache / "index.json", arguments.cache / "done.json"
    entries = json.loads(index.read_text()) if index.exists() else []
    seen = set(json.loads(done.read_text())) if done.exists() else set()
    paths = sorted((name, path) for name in SETS for path in (arguments.data / "train" / name / "images").iterdir())
    random = np.random.default_rng(arguments.seed + len(seen))
    order = np.random.default_rng(arguments.seed).permutation(len(paths))
    teacher, end = Teacher(arguments.teacher), time.monotonic() + 60 * arguments.minutes
    with open(arguments.cache / "pixels.bin", "ab") as file:
        for name, path in (paths[place] for place in order):
            if time.monotonic() > end:
                break
            if path.name in seen:
                continue
            image = np.asarray(Image.open(path).convert("RGB"))
            labels, count = objects_of(teacher, image, SETS[name], random)
            seen.add(path.name)
            if count:
                entry = {"set": "pseudo-objects", "kind": "objects", "stem": path.stem, "height": image.shape[0],
                         "width": image.shape[1], "weight": float(count) ** 0.5, "held_out": is_held_out(path.stem),
                         "image": file.tell(), "maps": [file.tell() + image.size]}
                file.write(image.tobytes() + labels.tobytes())
                entries.append(entry)
            if len(seen) % 20 == 0:
                save(file, {index: entries, done: sorted(seen)})
        save(file, {index: entries, done: sorted(seen)})
    print(f"{len(entries)} of {len(seen)} photos have objects")


def save(pixels: object, files: dict[Path, list]) -> None:
    """Write the lists whole, after the pixels that they tell of."""
    pixels.flush()
    for path, values in files.items():
        temporary = path.with_suffix(".partial")
        temporary.write_text(json.dumps(values))
        os.replace(temporary, path)


if __name__ == "__main__":
    main()
