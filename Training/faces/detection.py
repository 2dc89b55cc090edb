"""From faces to the detector's cells and back, and how well found faces agree with the true ones."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from face_detector import OUTPUTS, POINTS, STRIDES
from mosaics import Scene

SIZE_UNIT = 4
# Longer sides of boxes, in pixels, that belong to each level; those near a border belong to both.
SIZE_BORDERS, BORDER_REACH = (40, 88), 1.2
SMALLEST = 10
# Cells whose middles are nearer than this to a box's centre answer for it; only the nearest must be found.
REACH = 0.75
SAME_FACE = 0.3


def targets(scene: Scene, size: int) -> list[np.ndarray]:
    """Per level, (15 + 2 + 5) x rows x columns: the cell's truth, how much its score counts, whether its box does, which
    of its points do."""
    sides = np.maximum(scene.boxes[:, 2] - scene.boxes[:, 0], scene.boxes[:, 3] - scene.boxes[:, 1])
    levels = []
    lower = (0, *SIZE_BORDERS)
    upper = (*SIZE_BORDERS, np.inf)
    for stride, least, most in zip(STRIDES, lower, upper):
        count = size // stride
        maps = np.zeros((OUTPUTS + 2 + POINTS, count, count), np.float32)
        maps[OUTPUTS] = 1
        for box in scene.doubtful:
            left, top, right, bottom = np.clip(np.round(box / stride).astype(int), 0, count)
            maps[OUTPUTS, top:max(bottom, top + 1), left:max(right, left + 1)] = 0
        for box, points, known, side in zip(scene.boxes, scene.points, scene.known, sides):
            middle = (box[:2] + box[2:]) / 2
            cell = np.clip((middle / stride).astype(int), 0, count - 1)
            if side < SMALLEST or not least / BORDER_REACH <= side < most * BORDER_REACH:
                # Another level's face, of nearly this one's size: neither a face nor not.
                if least / 1.6 <= side < most * 1.6:
                    maps[OUTPUTS, cell[1], cell[0]] = 0
                continue
            for row in range(max(cell[1] - 1, 0), min(cell[1] + 2, count)):
                for column in range(max(cell[0] - 1, 0), min(cell[0] + 2, count)):
                    offset = middle / stride - (column + 0.5, row + 0.5)
                    is_nearest = column == cell[0] and row == cell[1]
                    if not is_nearest and (np.abs(offset).max() > REACH or maps[0, row, column] > 0):
                        continue
                    here = maps[:, row, column]
                    here[0] = is_nearest
                    here[1:3] = offset
                    here[3:5] = np.log(np.maximum(box[2:] - box[:2], 1) / (SIZE_UNIT * stride))
                    unit = (points - (np.array([column, row]) + 0.5) * stride) / (SIZE_UNIT * stride)
                    here[5:OUTPUTS] = unit.reshape(-1)
                    here[OUTPUTS:OUTPUTS + 2] = is_nearest, 1
                    here[OUTPUTS + 2:] = known
        levels.append(maps)
    return levels


def detection_loss(found: list[Tensor], truth: list[Tensor]) -> list[Tensor]:
    """Focal loss of the scores plus twice the smooth L1 of boxes and points; then the three alone."""
    guess = torch.cat([level.flatten(2) for level in found], 2)
    maps = torch.cat([level.flatten(2) for level in truth], 2)
    weight, has_box, known = maps[:, OUTPUTS], maps[:, OUTPUTS + 1], maps[:, OUTPUTS + 2:]
    label = maps[:, 0]
    probability = guess[:, 0].sigmoid()
    entropy = functional.binary_cross_entropy_with_logits(guess[:, 0], label, reduction="none")
    focus = torch.where(label > 0, (1 - probability) ** 2, 0.5 * probability ** 2)
    faces = label.sum().clamp(min=1)
    score = (entropy * focus * weight).sum() / faces
    boxes = functional.smooth_l1_loss(guess[:, 1:5], maps[:, 1:5], beta=0.1, reduction="none").sum(1)
    cells = has_box.sum().clamp(min=1)
    box = (boxes * has_box).sum() / cells
    points = functional.smooth_l1_loss(guess[:, 5:], maps[:, 5:OUTPUTS], beta=0.05, reduction="none")
    point = (points * known.repeat_interleave(2, 1) * has_box[:, None]).sum() / cells
    return [score + 2 * (box + point), score, box, point]


def decoded(levels: list[np.ndarray], least: float = 0.05) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, boxes (n x 4) and points (n x 5 x 2) in the input's pixels, the surest first, each face once."""
    scores, boxes, points = [], [], []
    for stride, level in zip(STRIDES, levels):
        score = 1 / (1 + np.exp(-level[0]))
        rows, columns = np.nonzero(score > least)
        cells = level[:, rows, columns].T
        middle = (np.stack([columns, rows], 1) + 0.5) * stride
        center = middle + cells[:, 1:3] * stride
        half = np.exp(cells[:, 3:5]) * SIZE_UNIT * stride / 2
        scores.append(score[rows, columns])
        boxes.append(np.concatenate([center - half, center + half], 1))
        points.append(middle[:, None] + cells[:, 5:].reshape(-1, POINTS, 2) * SIZE_UNIT * stride)
    scores, boxes, points = np.concatenate(scores), np.concatenate(boxes), np.concatenate(points)
    kept: list[int] = []
    for index in np.argsort(-scores):
        if not kept or overlaps(boxes[index], boxes[kept]).max() < SAME_FACE:
            kept.append(index)
    return scores[kept], boxes[kept], points[kept]


def overlaps(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Intersection over union of one box with each of others."""
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    common = np.prod(np.maximum(sides, 0), 1)
    area = lambda b: (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    return common / (area(box) + area(others) - common)


def without_specks(scene: Scene) -> Scene:
    """Faces too small to be learnt count as doubtful."""
    small = np.max(scene.boxes[:, 2:] - scene.boxes[:, :2], 1, initial=0) < SMALLEST
    return Scene(scene.image, scene.boxes[~small], scene.points[~small], scene.known[~small],
                 np.concatenate([scene.doubtful, scene.boxes[small]]))


class Precision:
    """Average precision at an overlap of one half, misses, and the distance of the points."""

    SURE = 0.5

    def __init__(self) -> None:
        self.scores: list[float] = []
        self.hits: list[bool] = []
        self.faces, self.missed, self.extra = 0, 0, 0
        self.missed_sizes: list[float] = []
        self.point_errors: list[float] = []

    def add(self, scene: Scene, scores: np.ndarray, boxes: np.ndarray, points: np.ndarray) -> None:
        """A picture's true faces and what was found; finds in doubtful places do not count."""
        scene = without_specks(scene)
        free = np.ones(len(scene.boxes), bool)
        sure = np.zeros(len(scene.boxes), bool)
        self.faces += len(free)
        for score, box, five in zip(scores, boxes, points):
            shares = overlaps(box, scene.boxes) * free if len(free) else np.zeros(0)
            best = int(shares.argmax()) if len(shares) else -1
            hit = best >= 0 and shares[best] >= 0.5
            if not hit and len(scene.doubtful) and overlaps(box, scene.doubtful).max() > 0.2:
                continue
            self.scores.append(float(score))
            self.hits.append(hit)
            if not hit:
                self.extra += score >= self.SURE
                continue
            free[best], sure[best] = False, score >= self.SURE
            truth, known = scene.points[best], scene.known[best]
            eyes = np.linalg.norm(truth[0] - truth[1])
            if known.all() and eyes > 0:
                self.point_errors.append(float(np.linalg.norm(five - truth, axis=1).mean() / eyes))
        self.missed += int((~sure).sum())
        self.missed_sizes += list(np.max(scene.boxes[~sure, 2:] - scene.boxes[~sure, :2], 1))

    def figures(self) -> dict[str, float]:
        """The figures so far; misses and false finds at a score of one half."""
        order = np.argsort(-np.array(self.scores))
        hits = np.array(self.hits)[order]
        precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        return {"faces": self.faces, "averagePrecision": float((envelope * hits).sum() / max(self.faces, 1)),
                "missed": self.missed, "falseFinds": int(self.extra),
                "pointError": float(np.mean(self.point_errors)) if self.point_errors else float("nan")}
