"""Train a portrait network; stop and go on at will.

    python train.py --network portrait --cache CACHE --encoder efficientnet-lite0.pth --run RUN --hours 0.6 [--resume]
    python train.py --network sinet --cache CACHE --teacher portrait=CHECKPOINT --run RUN --hours 0.4

The schedule follows the time spent: a first part on small crops, the rest at the network's own size.
"""

from __future__ import annotations

import argparse
import copy
import math
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

WEIGHT_DECAY = 0.02
WARM_UP_STEPS = 60
AVERAGE_DECAY = 0.995
ENCODER_SHARE = 0.25
TEACHER_WEIGHT = 0.5


def learning_rate(progress: float, step: int) -> float:
    """Factor of the rates: linear warm-up, then a cosine to 1 % over the hours given."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0))))


@torch.no_grad()
def update_average(average: nn.Module, network: nn.Module, step: int) -> None:
    """Exponential moving average of all weights and statistics."""
    decay = min(AVERAGE_DECAY, (1 + step) / (20 + step))
    for mine, theirs in zip(average.state_dict().values(), network.state_dict().values()):
        if mine.dtype.is_floating_point:
            mine.lerp_(theirs, 1 - decay)
        else:
            mine.copy_(theirs)


def save(path: Path, state: dict) -> None:
    """Write a checkpoint whole or not at all."""
    temporary = path.with_suffix(".partial")
    torch.save(state, temporary)
    os.replace(temporary, path)


def restored(name: str, checkpoint: Path) -> nn.Module:
    """The averaged network of a checkpoint."""
    network = RECIPES[name].make()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return network.eval()


def batch_of(sampler: Sampler, count: int) -> tuple[Tensor, Tensor]:
    samples = [sampler.draw() for _ in range(count)]
    images = torch.from_numpy(np.stack([image for image, _ in samples]))
    return images, torch.from_numpy(np.stack([mask for _, mask in samples]))[:, None].float() / 255


def groups_of(network: nn.Module, pretrained: bool) -> list[dict]:
    """Pretrained layers learn slower than new ones; norms, slopes and biases do not decay."""
    groups: dict[tuple[bool, bool], list] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            slow = pretrained and name.startswith("encoder.")
            groups.setdefault((slow, parameter.ndim > 1), []).append(parameter)
    return [{"params": parameters, "share": ENCODER_SHARE if slow else 1.0,
             "weight_decay": WEIGHT_DECAY if decays else 0.0} for (slow, decays), parameters in groups.items()]


def arguments_of_command() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", choices=RECIPES, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="folder written by click_network/prepare.py")
    parser.add_argument("--encoder", help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--teacher", help="NETWORK=CHECKPOINT whose answers are learnt beside the masks")
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
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
