"""Faces on their maps, with labels: what the parser learns from."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from appearance import degraded, tinted
from labels import Picture
from parts import ANYTHING, MIRRORED, annotated, taught
from warp import PolarWarp, SquareCut, nearest, sampled

SET_SHARES = {"portrait-eg1800": 0.55, "faces-fasseg": 0.33, "faces-landmarks68": 0.12}
WARPS = {"polar": PolarWarp, "square": SquareCut}


def has_labels(picture: Picture) -> bool:
    """FASSEG is annotated by people; elsewhere the teacher must have found the mesh."""
    return len(picture.boxes) > 0 and (picture.name == "faces-fasseg" or any(m is not None for m in picture.meshes))


def face_of(picture: Picture) -> int:
    """The largest face with a mesh, or the largest."""
    sizes = picture.boxes[:, 2] - picture.boxes[:, 0]
    return int((sizes + 1e4 * np.array([mesh is not None for mesh in picture.meshes])).argmax())


def level_of(points: np.ndarray) -> float:
    """The angle of the line between the eyes."""
    across, down = points[1] - points[0]
    return float(np.arctan2(down, across))


class Portraits:
    """Draws faces on maps."""

    def __init__(self, pictures: list[Picture], hair: Path, warp: str, size: int, seed: int) -> None:
        self.sets = {name: [picture for picture in pictures if picture.name == name and has_labels(picture)]
                     for name in SET_SHARES}
        self.hair, self.warp, self.size = hair, WARPS[warp], size
        self.random = np.random.default_rng(seed)
        self.known: dict[str, np.ndarray] = {}

    def labels(self, picture: Picture) -> np.ndarray:
        """The picture's labels, made once and kept beside the hair."""
        key = f"{picture.name}-{picture.stem}"
        if key not in self.known:
            path = self.hair / "labels" / f"{key}.png"
            if not path.exists():
                values = annotated(picture) if picture.name == "faces-fasseg" else taught(picture, self.hair)
                path.parent.mkdir(exist_ok=True)
                partial = path.with_suffix(f".{os.getpid()}")
                Image.fromarray(values).save(partial, "PNG")
                os.replace(partial, path)
            self.known[key] = np.asarray(Image.open(path))
        return self.known[key]

    def draw(self) -> tuple[np.ndarray, np.ndarray]:
        """RGB bytes size x size x 3 and labels size x size of a map a little off and turned, at times mirrored."""
        random = self.random
        entries = self.sets[random.choice(list(SET_SHARES), p=list(SET_SHARES.values()))]
        picture = entries[random.integers(len(entries))]
        index = face_of(picture)
        image, labels = picture.image(), self.labels(picture)
        box, angle = picture.boxes[index].astype(float), level_of(picture.points[index])
        if random.random() < 0.5:
            width = image.shape[1]
            image, labels = image[:, ::-1], MIRRORED[labels[:, ::-1]]
            box = np.array([width - 1 - box[2], box[1], width - 1 - box[0], box[3]])
            angle = -angle
        angle += random.normal(0, np.deg2rad(6 if random.random() < 0.85 else 25))
        side = box[2:] - box[:2]
        middle = (box[:2] + box[2:]) / 2 + side * random.normal(0, 0.04, 2)
        half = side / 2 * np.exp(random.normal(0, 0.08) + random.normal(0, 0.04, 2))
        warp = self.warp(tuple(np.concatenate([middle - half, middle + half])), angle, self.size)
        places = warp.picture_places()
        values = sampled(torch.from_numpy(image.copy()).permute(2, 0, 1), places)
        face = Image.fromarray(values.permute(1, 2, 0).round().byte().numpy())
        return np.asarray(degraded(tinted(face, random), random)), nearest(labels, places, ANYTHING)
