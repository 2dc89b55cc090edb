"""Train the landmark network; stop and go on at will.

    python train_landmarks.py --data ../../shared/data --teacher faces.npz --encoder efficientnet-lite0.pth --run RUN \\
        --hours 0.15 [--resume]

The loss is the assistive one of Fard and Mahoor, "Facial Landmark Points Detection Using Knowledge Distillation-Based
Neural Networks" (2021), with one tolerant teacher: where the network is nearer to the truth than the teacher is, the
error counts linearly and steeply, elsewhere quadratically; a second term pulls towards the teacher.
"""

from __future__ import annotations

import argparse
import copy
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from face_landmarks import POINTS, FaceLandmarks
from labels import pictures
from memory import keep_memory
from points68 import OUTER_EYES, Convention, Face, Landmarks, faces, square, to_square
from schedule import groups_of, learning_rate, save, update_average
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="written by teach_faces.py")
    parser.add_argument("--encoder", required=True, help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--hours", type=float, default=0.15, help="length of the learning-rate schedule")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "pid").write_text(str(os.getpid()))
    annotations = arguments.data / "train" / "faces-landmarks68" / "landmarks68.csv"
    training = faces(pictures(arguments.data, arguments.teacher, SETS, False), annotations)
    held_out = faces(pictures(arguments.data, arguments.teacher, SETS, True), annotations)
    convention = Convention(training)
    network = FaceLandmarks()
    network.encoder.load_imagenet(arguments.encoder)
    with torch.no_grad():
        shapes = [to_square(face.points, face.box, face.angle) for face in training if face.points is not None]
        network.points.weight.mul_(0.1)
        network.points.bias.copy_(torch.from_numpy(np.mean(shapes, 0).ravel()))
    network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(groups_of(network, True), lr=1.0)
    checkpoint = arguments.run / "checkpoint.pt"
    step, seconds = 0, 0.0
    if arguments.resume and checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds = state["step"], state["seconds"]
    source = Landmarks(training, convention, arguments.seed + step)
    log = open(arguments.run / "log.csv", "a", buffering=1)
    curve = open(arguments.run / "curve.csv", "a", buffering=1)
    total = arguments.hours * 3600
    last = saved = validated = time.monotonic()
    losses = []
    while seconds < total:
        factor = arguments.rate * learning_rate(seconds / total, step)
        for group in optimizer.param_groups:
            group["lr"] = RATE * group["share"] * factor
        network.train()
        images, truth, teacher = (np.stack(values) for values in zip(*(source.draw() for _ in range(arguments.batch))))
        with torch.autocast("cpu", torch.bfloat16):
            guess = network(prepared(images)).view(-1, POINTS, 2)
        loss = assistive_loss(guess, torch.from_numpy(truth), torch.from_numpy(teacher))
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 10.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        update_average(average, network, step)
        losses.append(loss.item())
        now = time.monotonic()
        seconds, last = seconds + min(now - last, 60.0), now
        finished = seconds >= total
        if step % 20 == 0:
            log.write(f"{step},{seconds / 3600:.4f},{factor:.4f},{np.mean(losses):.4f}\n")
            losses = []
        if now - validated > 120 or finished:
            figures = measured(average, held_out)
            curve.write(f"{step},{seconds / 3600:.4f}," + ",".join(f"{value:.4f}" for value in figures.values()) + "\n")
            validated = last = time.monotonic()
        if now - saved > 150 or finished:
            save(checkpoint, {"network": network.state_dict(), "average": average.state_dict(),
                              "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds})
            saved = last = time.monotonic()


if __name__ == "__main__":
    main()
