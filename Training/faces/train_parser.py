"""Train the face parser; stop and go on at will.

    python train_parser.py --data ../../shared/data --teacher faces.npz --hair FOLDER --encoder efficientnet-lite0.pth \\
        --run RUN --hours 0.35 [--resume]
    python train_parser.py … --warp square --size 128 --steps 200       # the ablation: a plain square cut, equal steps
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from face_parser import FaceParser
from labels import pictures
from memory import keep_memory
from parsing import measured, parsing_loss
from portraits import SET_SHARES, WARPS, Portraits
from schedule import groups_of, learning_rate, save, update_average
from train_detector import prepared

RATE = 2.5e-3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="written by teach_faces.py")
    parser.add_argument("--hair", type=Path, required=True, help="folder written by teach_hair.py")
    parser.add_argument("--encoder", required=True, help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("--start", type=Path, help="checkpoint whose average to start a new schedule from")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--warp", choices=WARPS, default="polar")
    parser.add_argument("--size", type=int, default=160, help="radii and angles of a map")
    parser.add_argument("--small", type=float, default=0.0, help="share of the time on maps of half the size")
    parser.add_argument("--hours", type=float, default=0.35, help="length of the learning-rate schedule")
    parser.add_argument("--steps", type=int, help="length of the schedule in steps instead")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "pid").write_text(str(os.getpid()))
    network = FaceParser(turns=arguments.warp == "polar")
    network.encoder.load_imagenet(arguments.encoder)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start, map_location="cpu")["average"])
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
    sets = tuple(SET_SHARES)
    portraits = Portraits(pictures(arguments.data, arguments.teacher, sets, False), arguments.hair, arguments.warp,
                          arguments.size, arguments.seed + step)
    held_out = Portraits(pictures(arguments.data, arguments.teacher, sets, True), arguments.hair, arguments.warp,
                         arguments.size, 0)
    log = open(arguments.run / "log.csv", "a", buffering=1)
    curve = open(arguments.run / "curve.jsonl", "a", buffering=1)
    last = saved = validated = time.monotonic()
    losses = []
    progress = 0.0
    while progress < 1:
        progress = step / arguments.steps if arguments.steps else seconds / (arguments.hours * 3600)
        portraits.size = arguments.size // (2 if progress < arguments.small else 1)
        factor = arguments.rate * learning_rate(progress, step)
        for group in optimizer.param_groups:
            group["lr"] = RATE * group["share"] * factor
        network.train()
        samples = [portraits.draw() for _ in range(arguments.batch)]
        labels = torch.from_numpy(np.stack([labels for _, labels in samples])).long()
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(prepared(np.stack([image for image, _ in samples])))
        loss = parsing_loss(logits, labels)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 3.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        update_average(average, network, step)
        losses.append(loss.item())
        now = time.monotonic()
        seconds, last = seconds + min(now - last, 60.0), now
        if step % 20 == 0:
            log.write(f"{step},{seconds / 3600:.4f},{factor:.4f},{np.mean(losses):.4f}\n")
            losses = []
        if now - validated > 400 or progress >= 1:
            figures = measured(average, held_out, 1000 if progress >= 1 else 20)
            curve.write(json.dumps({"step": step, "hours": round(seconds / 3600, 4)} | figures) + "\n")
            validated = last = time.monotonic()
        if now - saved > 150 or progress >= 1:
            save(checkpoint, {"network": network.state_dict(), "average": average.state_dict(),
                              "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds})
            saved = last = time.monotonic()


if __name__ == "__main__":
    main()
