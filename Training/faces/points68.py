"""Faces cut out for the landmark network, with their 68 points: annotated ones, and MediaPipe's as a teacher.

The teacher's mesh has points near iBUG's 68, but a convention of its own (the jaw runs closer to the ears, brows are
drawn at their lower edge); a linear map fitted on annotated training faces brings it to theirs.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from appearance import degraded, tinted
from face_landmarks import POINTS, SIZE
from labels import Picture
from portraits import face_of, level_of
from warp import turned

# Points of the mesh next to iBUG's: jaw, brows, nose, eyes, lips.
NEAR = np.array([
    127, 234, 93, 132, 58, 172, 150, 176, 152, 400, 379, 397, 288, 361, 323, 454, 356,
    70, 63, 105, 66, 107, 336, 296, 334, 293, 300,
    168, 197, 5, 4, 75, 97, 2, 326, 305,
    33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,
    61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87])
# What every point becomes in a mirrored picture.
MIRRORED = np.array([*range(16, -1, -1), *range(26, 16, -1), 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46,
                     39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66,
                     65])
OUTER_EYES = (36, 45)
CROP_SCALE = 1.5
RIDGE = 1.0
ANNOTATED_SHARE = 0.5


@dataclass
class Face:
    """A face of a picture, its annotated points if there are any, and its teacher's."""

    picture: Picture
    box: np.ndarray
    angle: float
    points: np.ndarray | None
    near: np.ndarray | None


def faces(pictures: list[Picture], annotations: Path) -> list[Face]:
    """The largest face of every picture that is annotated or has a mesh."""
    with open(annotations, newline="") as file:
        rows = list(csv.reader(file))[1:]
    known = {Path(row[0]).stem: np.array(row[1:], np.float32).reshape(POINTS, 2) for row in rows}
    result = []
    for picture in pictures:
        if len(picture.boxes) == 0:
            continue
        index = face_of(picture)
        mesh = picture.meshes[index]
        points = known.get(picture.stem) if picture.name == "faces-landmarks68" else None
        if points is not None:
            # Another face of the picture may be larger than the annotated one.
            middles = (picture.boxes[:, :2] + picture.boxes[:, 2:]) / 2
            index = int(np.linalg.norm(middles - points.mean(0), axis=1).argmin())
            mesh = picture.meshes[index]
            if np.abs(middles[index] - points.mean(0)).max() > 0.5 * (picture.boxes[index, 2] - picture.boxes[index, 0]):
                continue
        if points is not None or mesh is not None:
            result.append(Face(picture, picture.boxes[index], level_of(picture.points[index]), points,
                               None if mesh is None else mesh[NEAR]))
    return result


def to_square(points: np.ndarray, box: np.ndarray, angle: float) -> np.ndarray:
    """Points in the picture as shares of the square's side."""
    side = CROP_SCALE * max(box[2] - box[0], box[3] - box[1])
    return turned(points - (box[:2] + box[2:]) / 2, -angle) / side + 0.5


def from_square(shares: np.ndarray, box: np.ndarray, angle: float) -> np.ndarray:
    """The inverse of `to_square`."""
    side = CROP_SCALE * max(box[2] - box[0], box[3] - box[1])
    return turned((shares - 0.5) * side, angle) + (box[:2] + box[2:]) / 2


def square(image: np.ndarray, box: np.ndarray, angle: float) -> np.ndarray:
    """The square around a box, turned: RGB bytes SIZE x SIZE x 3, black beyond the picture."""
    side = CROP_SCALE * max(box[2] - box[0], box[3] - box[1])
    step = side / SIZE
    across, down = turned(np.array([step, 0.0]), angle), turned(np.array([0.0, step]), angle)
    corner = (box[:2] + box[2:]) / 2 - (across + down) * (SIZE - 1) / 2
    # Pillow's places are corners of pixels, ours are their middles.
    origin = corner + 0.5 - (across + down) / 2
    matrix = (across[0], down[0], origin[0], across[1], down[1], origin[1])
    source = Image.fromarray(image)
    return np.asarray(source.transform((SIZE, SIZE), Image.AFFINE, matrix, Image.BILINEAR))


class Convention:
    """A linear map from the mesh's points to the annotators', in shares of the square."""

    def __init__(self, faces: list[Face]) -> None:
        both = [face for face in faces if face.points is not None and face.near is not None]
        source = np.stack([self.row(to_square(face.near, face.box, face.angle)) for face in both])
        change = np.stack([(to_square(face.points, face.box, face.angle)
                            - to_square(face.near, face.box, face.angle)).ravel() for face in both])
        penalty = RIDGE * np.eye(source.shape[1])
        penalty[-1, -1] = 0
        self.weights = np.linalg.solve(source.T @ source + penalty, source.T @ change)

    @staticmethod
    def row(shares: np.ndarray) -> np.ndarray:
        return np.append(shares.ravel(), 1)

    def apply(self, shares: np.ndarray) -> np.ndarray:
        return shares + (self.row(shares) @ self.weights).reshape(POINTS, 2)


class Landmarks:
    """Draws squares with the points to learn and the teacher's."""

    def __init__(self, faces: list[Face], convention: Convention, seed: int) -> None:
        self.annotated = [face for face in faces if face.points is not None]
        self.others = [face for face in faces if face.points is None]
        self.convention = convention
        self.random = np.random.default_rng(seed)

    def draw(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """RGB bytes, points, and the teacher's points, as shares of the square's side; a little off, at times mirrored."""
        random = self.random
        pool = self.annotated if random.random() < ANNOTATED_SHARE else self.others
        face = pool[random.integers(len(pool))]
        side = face.box[2:] - face.box[:2]
        middle = (face.box[:2] + face.box[2:]) / 2 + side * random.normal(0, 0.04, 2)
        half = side / 2 * np.exp(random.normal(0, 0.07))
        box, angle = np.concatenate([middle - half, middle + half]), face.angle + random.normal(0, np.deg2rad(8))
        image = square(face.picture.image(), box, angle)
        teacher = None
        if face.near is not None:
            # The convention holds for the box and angle it was fitted with.
            exact = self.convention.apply(to_square(face.near, face.box, face.angle))
            teacher = to_square(from_square(exact, face.box, face.angle), box, angle)
        truth = teacher if face.points is None else to_square(face.points, box, angle)
        teacher = truth if teacher is None else teacher
        if random.random() < 0.5:
            image = image[:, ::-1]
            truth, teacher = (np.stack([1 - p[MIRRORED, 0], p[MIRRORED, 1]], 1) for p in (truth, teacher))
        picture = degraded(tinted(Image.fromarray(np.ascontiguousarray(image)), random), random)
        return np.asarray(picture), truth.astype(np.float32), teacher.astype(np.float32)
