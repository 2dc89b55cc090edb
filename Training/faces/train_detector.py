"""Train the face detector; stop and go on at will.

    python train_detector.py --data ../../shared/data --teacher faces.npz --run RUN --hours 0.25 [--resume]
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

from detection import Precision, decoded, detection_loss, targets
from face_detector import FaceDetector
from labels import OTHER_SETS, PEOPLE_SETS, pictures
from memory import keep_memory
from mosaics import Mosaics, Scene
from schedule import groups_of, learning_rate, save, update_average

SIZE, RATE = 256, 4e-3
VALIDATION_SCENES, VALIDATION_SEED = 200, 777


def prepared(images: np.ndarray) -> Tensor:
    """RGB bytes N x H x W x 3 as the network wants them."""
    pixels = (torch.from_numpy(np.array(images)).float() - 127) / 128
    return pixels.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


def validation_scenes(data: Path, teacher: Path) -> list[Scene]:
    """Always the same scenes of held-out pictures."""
    mosaics = Mosaics(pictures(data, teacher, PEOPLE_SETS, True), pictures(data, teacher, OTHER_SETS, True), SIZE,
                      VALIDATION_SEED)
    return [mosaics.draw() for _ in range(VALIDATION_SCENES)]


@torch.no_grad()
def measured(network: nn.Module, scenes: list[Scene]) -> Precision:
    precision = Precision()
    for scene in scenes:
        levels = [level[0].numpy() for level in network(prepared(scene.image[None]))]
        precision.add(scene, *decoded(levels))
    return precision


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="written by teach_faces.py")
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("--start", type=Path, help="checkpoint whose average to start a new schedule from")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--hours", type=float, default=0.25, help="length of the learning-rate schedule")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "pid").write_text(str(os.getpid()))
    network = FaceDetector().to(memory_format=torch.channels_last)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start, map_location="cpu")["average"])
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(groups_of(network, False), lr=1.0)
    checkpoint = arguments.run / "checkpoint.pt"
    step, seconds = 0, 0.0
    if arguments.resume and checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds = state["step"], state["seconds"]
    mosaics = Mosaics(pictures(arguments.data, arguments.teacher, PEOPLE_SETS, False),
                      pictures(arguments.data, arguments.teacher, OTHER_SETS, False), SIZE, arguments.seed + step)
    scenes = validation_scenes(arguments.data, arguments.teacher)
    log = open(arguments.run / "log.csv", "a", buffering=1)
    curve = open(arguments.run / "curve.csv", "a", buffering=1)
    total = arguments.hours * 3600
    last = saved = validated = time.monotonic()
    losses: list[list[float]] = []
    while seconds < total:
        factor = arguments.rate * learning_rate(seconds / total, step)
        for group in optimizer.param_groups:
            group["lr"] = RATE * factor
        network.train()
        batch = [mosaics.draw() for _ in range(arguments.batch)]
        truth = [torch.from_numpy(np.stack(level)) for level in zip(*(targets(scene, SIZE) for scene in batch))]
        loss, parts = detection_loss(network(prepared(np.stack([scene.image for scene in batch]))), truth)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        update_average(average, network, step)
        losses.append(list(parts.values()))
        now = time.monotonic()
        seconds, last = seconds + min(now - last, 60.0), now
        finished = seconds >= total
        if step % 20 == 0:
            values = ",".join(f"{value:.4f}" for value in np.mean(losses, 0))
            log.write(f"{step},{seconds / 3600:.4f},{factor:.4f},{values}\n")
            losses = []
        if now - validated > 240 or finished:
            figures = measured(average, scenes).figures()
            curve.write(f"{step},{seconds / 3600:.4f}," + ",".join(f"{value:.4f}" for value in figures.values()) + "\n")
            validated = last = time.monotonic()
        if now - saved > 150 or finished:
            save(checkpoint, {"network": network.state_dict(), "average": average.state_dict(),
                              "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds})
            saved = last = time.monotonic()


if __name__ == "__main__":
    main()
