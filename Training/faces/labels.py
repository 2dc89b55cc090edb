"""The teacher's faces by picture, what of them is believed, and who is held out."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

PEOPLE_SETS = ("portrait-eg1800", "faces-fasseg", "faces-landmarks68", "people-humanseg", "clothing-ccp")
OTHER_SETS = ("photos-objects", "photos-food")
# A face is believed when its mesh was found and its score is the first, or its score is the second; one without a mesh
# between the third and the second may be one or not.
WITH_MESH, WITHOUT_MESH, DOUBTFUL = 0.6, 0.8, 0.65
# Points of MediaPipe's mesh: irises, tip of the nose, corners of the mouth; the picture's left first.
FIVE_OF_MESH = (468, 473, 1, 61, 291)
FIVE_OF_KEYPOINTS = (0, 1, 2)


def person_of(name: str, stem: str) -> str:
    """Who is seen, as far as the name of a picture tells; else the picture itself."""
    if name == "faces-landmarks68":
        return stem.rsplit("_", 1)[0]
    match = re.search(r"personne(\d+)", stem)
    return match.group(1) if match else stem


def is_held_out(name: str, stem: str) -> bool:
    """The fixed validation tenth, by person."""
    return zlib.crc32(person_of(name, stem).encode()) % 10 == 0


@dataclass
class Picture:
    """A picture and its faces, in its pixels."""

    name: str
    stem: str
    path: Path
    boxes: np.ndarray  # n x 4: left, top, right, bottom
    points: np.ndarray  # n x 5 x 2
    known: np.ndarray  # n x 5, whether a point is known
    doubtful: np.ndarray  # m x 4
    meshes: list = field(default_factory=list)  # n of 478 x 2, or None
    pixels: np.ndarray | None = None

    def image(self) -> np.ndarray:
        """RGB bytes, read once."""
        if self.pixels is None:
            self.pixels = np.asarray(Image.open(self.path).convert("RGB"))
        return self.pixels


def pictures(data: Path, teacher: Path, sets: tuple[str, ...], held_out: bool) -> list[Picture]:
    """The pictures of the sets with their faces."""
    table = np.load(teacher)
    columns = {key: table[key] for key in table.files}
    rows: dict[str, list[int]] = {}
    for index, image in enumerate(columns["image"]):
        rows.setdefault(str(image), []).append(index)
    result = []
    for image in map(str, columns["images"]):
        name, _, file = image.partition("/")
        stem = Path(file).stem
        if name in sets and is_held_out(name, stem) == held_out:
            path = data / "train" / name / "images" / file
            result.append(picture(name, stem, path, columns, rows.get(image, [])))
    return result


def picture(name: str, stem: str, path: Path, columns: dict[str, np.ndarray], rows: list[int]) -> Picture:
    """Sorts the teacher's faces into believed and doubtful ones. Where no people are expected, none is believed."""
    boxes, points, known, meshes, doubtful = [], [], [], [], []
    for row in rows:
        box, score, has_mesh = columns["box"][row], columns["score"][row], columns["has_mesh"][row] > 0
        if name in OTHER_SETS:
            doubtful += [box] if score >= WITH_MESH else []
        elif score >= WITHOUT_MESH or (has_mesh and score >= WITH_MESH):
            five, sure = np.zeros((5, 2), np.float32), np.zeros(5, bool)
            if has_mesh:
                five, sure = columns["mesh"][row][list(FIVE_OF_MESH), :2], ~sure
            else:
                five[:3], sure[:3] = columns["keypoints"][row][list(FIVE_OF_KEYPOINTS)], True
            boxes.append(box)
            points.append(five)
            known.append(sure)
            meshes.append(columns["mesh"][row][:, :2] if has_mesh else None)
        elif score >= DOUBTFUL or has_mesh:
            doubtful.append(box)
    return Picture(name, stem, path, np.array(boxes, np.float32).reshape(-1, 4),
                   np.array(points, np.float32).reshape(-1, 5, 2), np.array(known, bool).reshape(-1, 5),
                   np.array(doubtful, np.float32).reshape(-1, 4), meshes)
