"""Train a portrait network; stop and go on at will.

    python train.py --network portrait --cache CACHE --encoder efficientnet-lite0.pth --run RUN --hours 0.6 [--resume]
    python train.py … --start OTHER/checkpoint.pt --rate 0.6       # goes on from another run's average, a new schedule
    python train.py --network sinet --cache CACHE --teacher portrait=CHECKPOINT --run RUN --hours 0.4

The schedule follows the time spent: a first part on small crops, the rest at the network's own size.
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

from losses import mask_loss
from measure import measure
from memory import keep_memory
from people import Sampler
from recipes import RECIPES, answer, probability_of
from schedule import groups_of, learning_rate, save, update_average

TEACHER_WEIGHT = 0.5


def restored(name: str, checkpoint: Path) -> nn.Module:
    """The averaged network of a checkpoint."""
    network = RECIPES[name].make()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return network.eval()


def batch_of(sampler: Sampler, count: int) -> tuple[Tensor, Tensor]:
    samples = [sampler.draw() for _ in range(count)]
    images = torch.from_numpy(np.stack([image for image, _ in samples]))
    return images, torch.from_numpy(np.stack([mask for _, mask in samples]))[:, None].float() / 255


def arguments_of_command() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", choices=RECIPES, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="folder written by click_network/prepare.py")
    parser.add_argument("--encoder", help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--teacher", help="NETWORK=CHECKPOINT whose answers are learnt beside the masks")
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("--start", type=Path, help="checkpoint whose average to start from; it may lack blocks")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--hours", type=float, default=0.6, help="length of the learning-rate schedule")
    parser.add_argument("--small", type=float, default=0.5, help="share of the time on crops of three quarters the size")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--validate-minutes", type=float, default=6)
    return parser.parse_args()


def main() -> None:
    arguments = arguments_of_command()
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "pid").write_text(str(os.getpid()))
    recipe = RECIPES[arguments.network]
    network = recipe.make()
    if arguments.encoder:
        network.encoder.load_imagenet(arguments.encoder)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start, map_location="cpu")["average"], strict=False)
    network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(groups_of(network, bool(arguments.encoder)), lr=1.0)
    checkpoint = arguments.run / "checkpoint.pt"
    step, seconds = 0, 0.0
    if arguments.resume and checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds = state["step"], state["seconds"]
    teacher = None
    if arguments.teacher:
        name, _, path = arguments.teacher.partition("=")
        teacher = RECIPES[name], restored(name, Path(path))
    sampler = Sampler(arguments.cache, recipe.size, arguments.seed + step)
    log = open(arguments.run / "log.csv", "a", buffering=1)
    curve = open(arguments.run / "curve.csv", "a", buffering=1)
    total = arguments.hours * 3600
    last = saved = validated = time.monotonic()
    losses = []
    while seconds < total:
        sampler.size = recipe.size if seconds > arguments.small * total else recipe.size * 3 // 4 // 32 * 32
        factor = arguments.rate * learning_rate(seconds / total, step)
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * group["share"] * factor
        network.train()
        images, truth = batch_of(sampler, arguments.batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.reduced):
            logits = recipe.person_logit(network(recipe.prepare(images)))
        loss = mask_loss(logits, truth)
        if teacher is not None:
            loss = loss + TEACHER_WEIGHT * mask_loss(logits, answer(*teacher, images).sigmoid())
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 3.0)
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
        if now - validated > arguments.validate_minutes * 60 or finished:
            probability = probability_of(recipe, average)
            figures = measure(arguments.cache, "portrait-eg1800", lambda image, *_: probability(image))
            curve.write(f"{step},{seconds / 3600:.4f},{figures['meanIoU']:.4f},{figures['pooledMeanIoU']:.4f}\n")
            validated = last = time.monotonic()
        if now - saved > 150 or finished:
            save(checkpoint, {"network": network.state_dict(), "average": average.state_dict(),
                              "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds})
            saved = last = time.monotonic()


if __name__ == "__main__":
    main()
