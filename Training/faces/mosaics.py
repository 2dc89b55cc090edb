"""Pictures to find faces in: one photograph, or a mosaic of several, so that faces of all sizes appear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from appearance import degraded, tinted
from labels import Picture

SET_SHARES = {"portrait-eg1800": 0.4, "faces-landmarks68": 0.15, "people-humanseg": 0.15, "clothing-ccp": 0.2,
              "faces-fasseg": 0.1}
# How often a picture is divided into so many rows and columns.
GRIDS, GRID_SHARES = (1, 2, 3, 4), (0.4, 0.27, 0.2, 0.13)
NOBODY_SHARE, UPSIDE_TURN = 0.15, 25
MIRRORED_POINTS = [1, 0, 2, 4, 3]


@dataclass
class Scene:
    """RGB bytes and what is in them."""

    image: np.ndarray
    boxes: np.ndarray
    points: np.ndarray
    known: np.ndarray
    doubtful: np.ndarray


class Mosaics:
    """Draws scenes."""

    def __init__(self, people: list[Picture], others: list[Picture], size: int, seed: int,
                 nobody_share: float = NOBODY_SHARE) -> None:
        self.sets = {name: [picture for picture in people if picture.name == name] for name in SET_SHARES}
        self.others, self.size, self.nobody_share = others, size, nobody_share
        self.random = np.random.default_rng(seed)

    def draw(self) -> Scene:
        """A scene of the size."""
        random = self.random
        count = random.choice(GRIDS, p=GRID_SHARES)
        edges = [np.round(np.linspace(0, self.size, count + 1)).astype(int) for _ in range(2)]
        for cuts in edges:
            if count > 1:
                cuts[1:-1] += random.integers(-self.size // (5 * count), self.size // (5 * count) + 1, count - 1)
        canvas = Image.new("RGB", (self.size, self.size))
        parts = []
        for top, bottom in zip(edges[1][:-1], edges[1][1:]):
            for left, right in zip(edges[0][:-1], edges[0][1:]):
                tile, *labels = self.tile(right - left, bottom - top)
                canvas.paste(tile, (int(left), int(top)))
                parts.append(shifted(labels, left, top))
        boxes, points, known, doubtful = (np.concatenate(arrays) for arrays in zip(*parts))
        image = np.asarray(degraded(tinted(canvas, random) if count == 1 else canvas, random))
        return Scene(image, boxes, points, known, doubtful)

    def tile(self, width: int, height: int) -> tuple:
        """One photograph, cut and scaled: image, boxes, points, known, doubtful."""
        random = self.random
        if random.random() < self.nobody_share:
            picture = self.others[random.integers(len(self.others))]
        else:
            entries = self.sets[random.choice(list(SET_SHARES), p=list(SET_SHARES.values()))]
            picture = entries[random.integers(len(entries))]
        image = Image.fromarray(picture.image())
        labels = [picture.boxes, picture.points, picture.known, picture.doubtful]
        if random.random() < 0.12:
            image, labels = turned(image, labels, random.uniform(-UPSIDE_TURN, UPSIDE_TURN))
        box = self.window(image.width, image.height, picture.boxes, width / height)
        scale = np.array([width / (box[2] - box[0]), height / (box[3] - box[1])], np.float32)
        labels = scaled(shifted(labels, -box[0], -box[1]), scale)
        tile = image.crop(tuple(int(value) for value in box)) if min(box[:2]) < 0 or box[2] > image.width \
            or box[3] > image.height else None
        # The gap lets large parts be averaged down fast before they are interpolated.
        tile = tile.resize((width, height), Image.BILINEAR, reducing_gap=1.2) if tile else \
            image.resize((width, height), Image.BILINEAR, tuple(box), reducing_gap=1.2)
        if random.random() < 0.5:
            tile, labels = tile.transpose(Image.FLIP_LEFT_RIGHT), mirrored(labels, width)
        return (tinted(tile, random), *clipped(labels, width, height))

    def window(self, width: int, height: int, boxes: np.ndarray, aspect: float) -> np.ndarray:
        """A part of the picture of the aspect, or the whole on a larger ground; often around a face."""
        random = self.random
        stretch = np.exp(random.normal(0, 0.08))
        down = max(height, width / aspect)
        if len(boxes) and random.random() < 0.7:
            face = boxes[random.integers(len(boxes))]
            wanted = (face[3] - face[1]) / np.exp(random.uniform(np.log(0.2), np.log(1.0)))
            down = min(wanted, down)
            center = (face[:2] + face[2:]) / 2
        else:
            down *= random.uniform(0.6, 1.0)
            center = np.array([width / 2, height / 2])
        across, down = down * aspect * stretch, down / stretch
        room = np.array([across, down])
        middle = center + room * random.uniform(-0.35, 0.35, 2)
        # What lies beyond the picture stays black, but no more of it than needed.
        for axis, size in enumerate((width, height)):
            half = room[axis] / 2
            middle[axis] = np.clip(middle[axis], half, size - half) if room[axis] <= size else \
                np.clip(middle[axis], size - half, half)
        return np.concatenate([middle - room / 2, middle + room / 2])


def shifted(labels: list, right: float, down: float) -> list:
    boxes, points, known, doubtful = labels
    step = np.array([right, down], np.float32)
    return [boxes + np.tile(step, 2), points + step, known, doubtful + np.tile(step, 2)]


def scaled(labels: list, scale: np.ndarray) -> list:
    boxes, points, known, doubtful = labels
    return [boxes * np.tile(scale, 2), points * scale, known, doubtful * np.tile(scale, 2)]


def mirrored(labels: list, width: int) -> list:
    boxes, points, known, doubtful = labels
    flip = lambda b: np.stack([width - b[:, 2], b[:, 1], width - b[:, 0], b[:, 3]], 1)
    points = points[:, MIRRORED_POINTS] * np.array([-1, 1], np.float32) + np.array([width, 0], np.float32)
    return [flip(boxes), points, known[:, MIRRORED_POINTS], flip(doubtful)]


def turned(image: Image.Image, labels: list, degrees: float) -> tuple[Image.Image, list]:
    """The picture turned counter-clockwise around its middle; boxes keep their size."""
    boxes, points, known, doubtful = labels
    angle = np.deg2rad(degrees)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    middle = np.array([image.width, image.height], np.float32) / 2
    turn = lambda p: (p - middle) @ matrix + middle

    def moved(b: np.ndarray) -> np.ndarray:
        step = turn((b[:, :2] + b[:, 2:]) / 2) - (b[:, :2] + b[:, 2:]) / 2
        return b + np.tile(step, 2)

    return image.rotate(degrees, Image.BILINEAR), [moved(boxes), turn(points), known, moved(doubtful)]


def clipped(labels: list, width: int, height: int) -> list:
    """Faces of which too little is left are doubtful if any; points beyond the tile are unknown."""
    boxes, points, known, doubtful = labels
    limit = np.array([width, height], np.float32)
    cut = np.clip(boxes, 0, np.tile(limit, 2))
    area = lambda b: (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    share = area(cut) / np.maximum(area(boxes), 1e-6)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    stays = (share > 0.6) & (middle > 0).all(1) & (middle < limit).all(1)
    inside = ((points > 0) & (points < limit)).all(2)
    partly = cut[~stays & (share > 0.1)]
    doubtful = np.clip(doubtful, 0, np.tile(limit, 2))
    return [boxes[stays], points[stays], (known & inside)[stays], np.concatenate([doubtful[area(doubtful) > 0], partly])]
