"""Fit the box of a face to its 68 points: the detector's boxes are rough, those that the parser learnt from are not.

    python fit_box.py --data ../../shared/data --teacher faces.npz faces=FaceDetector.safetensors \\
        landmarks=FaceLandmarks.safetensors

Prints the weights that `Sources/Vision/VisionTasks/LandmarkGeometry.swift` holds, and the mean overlap with the teacher's boxes of
the detector's and of the fitted ones, after one and two looks at the points, on training people and on held-out ones.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from detection import decoded, overlaps
from evaluate import fitted, loaded
from labels import Picture, pictures
from points68 import from_square, square
from portraits import SET_SHARES
from train_detector import SIZE, prepared
from warp import turned

RIDGE, LEAST_OVERLAP = 1e-2, 0.3
EYES, LEFT_EYE, RIGHT_EYE, MOUTH, NOSE_TIP = slice(36, 48), slice(36, 42), slice(42, 48), slice(48, 68), 30


@dataclass
class Sample:
    """A picture, the teacher's box, the detector's and the direction of its eyes."""

    picture: Picture
    truth: np.ndarray
    box: np.ndarray
    angle: float


def direction(line: np.ndarray) -> float:
    return float(np.arctan2(line[1], line[0]))


def described(points: np.ndarray) -> tuple[np.ndarray, float, float, np.ndarray]:
    """Middle, direction of the eyes, size, and where eyes, mouth and nose lie from the middle in units of the size."""
    middle, angle = points.mean(0), direction(points[RIGHT_EYE].mean(0) - points[LEFT_EYE].mean(0))
    level = turned(points - middle, -angle)
    across, down = np.ptp(level, 0)
    size = np.sqrt(across * down)
    places = [level[EYES].mean(0), level[MOUTH].mean(0), level[NOSE_TIP]]
    return middle, angle, size, np.concatenate([np.concatenate(places) / size, [across / size, 1]])


def box_of(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    middle, angle, size, row = described(points)
    across, down, side = row @ weights
    center = middle + turned(np.array([across, down]) * size, angle)
    half = np.exp(side) * size / 2
    return np.concatenate([center - half, center + half])


@torch.no_grad()
def sample(picture: Picture, detector: nn.Module) -> Sample | None:
    """The detector's answer for the largest face, if it found it."""
    scene = fitted(picture, SIZE)
    if not len(scene.boxes):
        return None
    index = int(np.argmax(scene.boxes[:, 2] - scene.boxes[:, 0]))
    _, boxes, points = decoded([level[0].numpy() for level in detector(prepared(scene.image[None]))])
    shares = overlaps(scene.boxes[index], boxes) if len(boxes) else np.zeros(1)
    best = int(shares.argmax())
    if shares[best] < LEAST_OVERLAP:
        return None
    truth, seen = picture.boxes[index], scene.boxes[index]
    scale = (truth[2] - truth[0]) / (seen[2] - seen[0])
    box = boxes[best] * scale + np.tile(truth[:2] - seen[:2] * scale, 2)
    return Sample(picture, truth, box, direction(points[best][1] - points[best][0]))


@torch.no_grad()
def points_of(network: nn.Module, image: np.ndarray, box: np.ndarray, angle: float) -> np.ndarray:
    shares = network(prepared(square(image, box, angle)[None]))[0].numpy().reshape(-1, 2)
    return from_square(shares, box, angle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--every", type=int, default=5, help="of the training pictures only every so manieth")
    parser.add_argument("networks", nargs=2, metavar="NAME=PATH")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    paths = dict(text.split("=", 1) for text in arguments.networks)
    detector, landmarks = loaded("faces", paths["faces"]), loaded("landmarks", paths["landmarks"])
    parts = {}
    for held_out in (False, True):
        for name in SET_SHARES:
            entries = pictures(arguments.data, arguments.teacher, (name,), held_out)
            found = (sample(picture, detector) for picture in entries[::1 if held_out else arguments.every])
            parts[held_out, name] = [one for one in found if one is not None]
    training = [one for (held_out, _), samples in parts.items() if not held_out for one in samples]
    rows, wanted = [], []
    for one in training:
        middle, angle, size, row = described(points_of(landmarks, one.picture.image(), one.box, one.angle))
        rows.append(row)
        offset = turned((one.truth[:2] + one.truth[2:]) / 2 - middle, -angle) / size
        wanted.append([*offset, np.log(np.sqrt(np.prod(one.truth[2:] - one.truth[:2])) / size)])
    rows, wanted = np.array(rows), np.array(wanted)
    weights = np.linalg.solve(rows.T @ rows + RIDGE * np.eye(rows.shape[1]), rows.T @ wanted)
    print(np.array2string(weights, separator=", ", precision=3, suppress_small=True))
    for (held_out, name), samples in parts.items():
        shares = []
        for one in samples:
            first = points_of(landmarks, one.picture.image(), one.box, one.angle)
            box = box_of(first, weights)
            second = points_of(landmarks, one.picture.image(), box, described(first)[1])
            shares.append([overlaps(one.truth, other[None])[0] for other in (one.box, box, box_of(second, weights))])
        print("held out" if held_out else "training", name, len(samples), np.mean(shares, 0).round(3))


if __name__ == "__main__":
    main()
