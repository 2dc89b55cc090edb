"""Train the landmark network; stop and go on at will.

    python train_landmarks.py --data ../../shared/data --teacher faces.npz --encoder efficientnet-lite0.pth --run RUN \\
        --hours 0.15 [--resume]

The loss is the assistive one of Fard and Mahoor, "Facial Landmark Points Detection Using Knowledge Distillation-Based
Neural Networks" (2021), with one tolerant teacher: where the network is nearer to the truth than the teacher is, the
error counts linearly and steeply, elsewhere quadratically; a second term pulls towards the teacher.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from face_landmarks import POINTS, FaceLandmarks
from labels import pictures
from loop import Training, begin, parser_of_command
from points68 import OUTER_EYES, Convention, Face, Landmarks, faces, square, to_square
from train_detector import prepared

RATE = 2e-3
SETS = ("faces-landmarks68", "portrait-eg1800", "faces-fasseg", "people-humanseg")
# Errors are measured in hundredths of the square's side.
UNIT, TEACHER_WEIGHT = 100.0, 0.5


def assistive_loss(guess: Tensor, truth: Tensor, teacher: Tensor) -> Tensor:
    """Parameters: N x 68 x 2, shares of the square's side."""
    error = (guess - truth).abs() * UNIT
    tolerance = (teacher - truth).abs() * UNIT
    main = torch.where(error <= tolerance, 3 * error, error ** 2 + 3 * tolerance - tolerance ** 2)
    # Far errors count linearly, so that one bad label does not rule a batch.
    main = torch.where(error > 6, 12 * (error - 6) + 36 + 3 * tolerance - tolerance ** 2, main)
    towards = (guess - teacher).abs() * UNIT
    return (main + TEACHER_WEIGHT * towards).mean()


@torch.no_grad()
def measured(network: nn.Module, held_out: list[Face]) -> dict[str, float]:
    """Mean distance of the points of annotated faces over the distance of the outer corners of the eyes, in per cent."""
    errors = []
    for face in held_out:
        if face.points is None:
            continue
        image = square(face.picture.image(), face.box, face.angle)
        guess = network(prepared(image[None]))[0].numpy().reshape(POINTS, 2)
        truth = to_square(face.points, face.box, face.angle)
        errors.append(distance(guess, truth))
    return {"faces": len(errors), "normalisedMeanError": float(np.mean(errors)), "median": float(np.median(errors))}


def distance(guess: np.ndarray, truth: np.ndarray) -> float:
    eyes = np.linalg.norm(truth[OUTER_EYES[0]] - truth[OUTER_EYES[1]])
    return 100 * np.linalg.norm(guess - truth, axis=1).mean() / eyes


def main() -> None:
    parser = parser_of_command(__doc__, hours=0.15, batch=16)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="written by teach_faces.py")
    parser.add_argument("--encoder", required=True, help="ImageNet weights of EfficientNet-Lite0")
    arguments = parser.parse_args()
    begin(arguments)
    annotations = arguments.data / "train" / "faces-landmarks68" / "landmarks68.csv"
    training_faces = faces(pictures(arguments.data, arguments.teacher, SETS, False), annotations)
    held_out = faces(pictures(arguments.data, arguments.teacher, SETS, True), annotations)
    network = FaceLandmarks()
    network.encoder.load_imagenet(arguments.encoder)
    with torch.no_grad():
        shapes = [to_square(face.points, face.box, face.angle) for face in training_faces if face.points is not None]
        network.points.weight.mul_(0.1)
        network.points.bias.copy_(torch.from_numpy(np.mean(shapes, 0).ravel()))
    training = Training(network, arguments, RATE, True, longest_gradient=10.0)
    source = Landmarks(training_faces, Convention(training_faces), training.seed)

    def losses(network: nn.Module) -> list[Tensor]:
        images, truth, teacher = (np.stack(values) for values in zip(*(source.draw() for _ in range(arguments.batch))))
        with torch.autocast("cpu", torch.bfloat16):
            guess = network(prepared(images)).view(-1, POINTS, 2)
        return [assistive_loss(guess, torch.from_numpy(truth), torch.from_numpy(teacher))]

    training.run(losses, lambda network, _: measured(network, held_out))


if __name__ == "__main__":
    main()
