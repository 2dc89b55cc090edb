"""Train the click network; stop and go on at will.

    python train.py --cache CACHE --encoder efficientnet-lite0.pth --run RUN --hours 2 [--resume]

Each step encodes a few crops once and answers one to three rounds of clicks on two objects of each. Every
round is a training sample: its gradient reaches the encoder through the summed gradient of the features. The
rounds follow the network's own errors (RITM's iterative training), with its own mask as the previous mask.

The processes step by themselves and meet every few steps to average their weights (local SGD): on a busy machine
none waits for the other at every step, let alone at every layer.
"""

from __future__ import annotations

import argparse
import copy
import math
import os
import queue
import threading
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
import torch.nn.functional as functional
from torch import Tensor, nn

from clicks import Prompts, depth, draw_prompts
from configurations import CONFIGURATIONS
from distillation import pyramid_loss, soft_mask_loss
from early_fusion import EarlyFusionNetwork
from losses import click_loss, measured_quality
from memory import keep_memory
from model import ClickNetwork, fix_norms
from restore import load_exported, load_network
from samples import OBJECTS_PER_CROP, Sample, Sampler
from scenes import IGNORED, OBJECT
from validation import click_curve, held_out_objects, normalised

TRUNK_RATE, WEIGHT_DECAY = 1e-3, 0.02
# A thinned encoder has more to mend.
ENCODER_RATES = {"click": 1.5e-4, "tiny": 6e-4}
WARM_UP_STEPS = 50
AVERAGE_DECAY = 0.98
STEPS_BETWEEN_MEETINGS = 8
ROUND_SHARES = (0.3, 0.35, 0.35)


def sample_queue(cache: list[Path], size: int, seed: int, like_crowds: float) -> "queue.Queue[Sample]":
    """Samples drawn by a thread of their own."""
    samples: queue.Queue[Sample] = queue.Queue(24)
    sampler = Sampler(cache, size, seed, like_crowds=like_crowds)

    def work() -> None:
        while True:
            samples.put(sampler.draw())

    threading.Thread(target=work, daemon=True).start()
    return samples


def add_error_click(prompts: Prompts, probability: np.ndarray, mask: np.ndarray,
                    random: np.random.Generator) -> None:
    """A click in the deeper error of the prediction: its deepest pixel or a random deep one, at half scale."""
    if random.random() < 0.1:
        return
    predicted, truth, known = probability > 0.49, mask[::2, ::2] == OBJECT, mask[::2, ::2] != IGNORED
    missed, excess = depth(truth & ~predicted & known), depth(predicted & ~truth & known)
    positive = missed.max() > excess.max()
    distances = missed if positive else excess
    limit = distances.max()
    if limit < 1.5:
        return
    rows, columns = np.nonzero(distances >= limit if random.random() < 0.5 else distances > limit / 2)
    index = random.integers(rows.size)
    prompts.clicks.append((2 * columns[index] + 0.5, 2 * rows[index] + 0.5, bool(positive)))


def train_step(network: nn.Module, samples: list[Sample], random: np.random.Generator,
               teacher: nn.Module | None = None) -> tuple[float, float]:
    """Forward and backward of all rounds of a batch; mean loss and mean IoU of the last round.

    A teacher's pyramid is imitated, and its masks in the first round.
    """
    size = samples[0].image.shape[0]
    images = torch.stack([normalised(sample.image) for sample in samples]).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        features = network.encode(images)
        with torch.no_grad():
            wanted = [] if teacher is None else teacher.encode(images)
    leaves = [feature.detach().requires_grad_(feature.requires_grad) for feature in features]
    repeated = [leaf.repeat_interleave(OBJECTS_PER_CROP, 0) for leaf in leaves]
    branches = [branch.detach().requires_grad_(branch.requires_grad) for branch in repeated]
    masks = np.stack([mask for sample in samples for mask in sample.masks])
    prompts = [Prompts(list(p.clicks), p.box) for sample in samples for p in sample.prompts]
    truth = functional.avg_pool2d(torch.from_numpy((masks == OBJECT).astype(np.float32))[:, None], 2)
    valid = torch.from_numpy((masks[:, ::2, ::2] != IGNORED).astype(np.float32))[:, None]
    shown = torch.tensor([share for sample in samples for share in sample.shown])
    previous = torch.zeros(len(masks), 1, size, size)
    for index, coarse in enumerate(look for sample in samples for look in sample.previous):
        if coarse is not None:
            previous[index, 0] = torch.from_numpy(coarse)
    rounds = 1 + random.choice(len(ROUND_SHARES), p=ROUND_SHARES)
    total, quality = 0.0, 0.0
    for step in range(rounds):
        maps = torch.from_numpy(np.stack([draw_prompts(prompt, size) for prompt in prompts]))
        single = [len(p.clicks) == 1 and p.box is None and step == 0 for p in prompts]
        inputs = torch.cat([maps, previous], 1).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits, predicted = network.decode(branches, inputs)
        loss = click_loss(logits, predicted, truth, valid, shown, torch.tensor(single, dtype=torch.float32))
        if teacher is not None and step == 0:
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                taught, _ = teacher.decode([level.repeat_interleave(OBJECTS_PER_CROP, 0) for level in wanted], inputs)
            loss = loss + soft_mask_loss(logits, taught)
        (loss / rounds).backward()
        total += loss.item() / rounds
        with torch.no_grad():
            probability = logits[:, :1].float().sigmoid()
            quality = measured_quality(logits[:, :1], truth, valid, torch.ones_like(shown)).mean().item()
            if step + 1 < rounds:
                previous = functional.interpolate(probability, scale_factor=2, mode="bilinear")
                for index, prompt in enumerate(prompts):
                    add_error_click(prompt, probability[index, 0].numpy(), masks[index], random)
    pairs = [(feature, branch.grad) for feature, branch in zip(features, branches) if branch.grad is not None]
    if pairs:
        summed = [gradient.unflatten(0, (-1, OBJECTS_PER_CROP)).sum(1) for _, gradient in pairs]
        roots, gradients = [feature for feature, _ in pairs], list(summed)
        if teacher is not None:
            roots, gradients = roots + [pyramid_loss(features, wanted)], gradients + [None]
        torch.autograd.backward(roots, gradients)
    return total, quality


def learning_rate(progress: float, step: int) -> float:
    """Factor of the rates: linear warm-up, then a cosine to 2 % over the hours given."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0))))


@torch.no_grad()
def update_average(average: nn.Module, network: nn.Module, step: int) -> None:
    """Exponential moving average of all weights and statistics, one turn for each meeting."""
    decay = min(AVERAGE_DECAY, (1 + step) / (100 + step))
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


def arguments_of_command() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, nargs="+",
                        help="folder written by prepare.py; further ones by pseudo_objects.py")
    parser.add_argument("--encoder", required=True, help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--weights", type=Path, help="exported weights to go on from; their norms stay folded")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--hours", type=float, default=2.0, help="length of the learning-rate schedule")
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--like-crowds", type=float, default=0.0, help="share of crowds that are of like things")
    parser.add_argument("--batch", type=int, default=4, help="crops in a step, for each process")
    parser.add_argument("--processes", type=int, default=2, help="each of one thread, averaging weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--network", choices=list(CONFIGURATIONS), default="click")
    parser.add_argument("--teacher", type=Path, help="weights of the default network, which a tiny one imitates")
    parser.add_argument("--fusion", choices=["late", "early"], default="late")
    parser.add_argument("--validate-minutes", type=float, default=10)
    return parser.parse_args()


@torch.no_grad()
def average_parameters(parameters: list[nn.Parameter]) -> None:
    """The mean of all processes' parameters, in place."""
    joined = torch.cat([parameter.flatten() for parameter in parameters])
    distributed.all_reduce(joined)
    joined /= distributed.get_world_size()
    start = 0
    for parameter in parameters:
        parameter.copy_(joined[start:start + parameter.numel()].view_as(parameter))
        start += parameter.numel()


def main() -> None:
    arguments = arguments_of_command()
    arguments.run.mkdir(parents=True, exist_ok=True)
    meeting = arguments.run / "meeting"
    meeting.unlink(missing_ok=True)
    if arguments.processes == 1:
        train(0, arguments)
    else:
        multiprocessing.start_processes(train, (arguments,), arguments.processes, start_method="spawn")


def train(rank: int, arguments: argparse.Namespace) -> None:
    """One process's part; the first (rank 0) also validates, logs and saves."""
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    alone = arguments.processes == 1
    if not alone:
        distributed.init_process_group("gloo", init_method=f"file://{(arguments.run / 'meeting').resolve()}",
                                       rank=rank, world_size=arguments.processes, timeout=timedelta(hours=12))
    if rank == 0:
        (arguments.run / "pid").write_text(str(os.getpid()))
    configuration = CONFIGURATIONS[arguments.network]
    network = ClickNetwork(configuration) if arguments.fusion == "late" else EarlyFusionNetwork()
    teacher = None
    if arguments.teacher:
        teacher = load_network(arguments.teacher, arguments.encoder).to(memory_format=torch.channels_last)
        network.encoder.load_thinned(teacher.encoder)
    else:
        network.encoder.load_imagenet(arguments.encoder)
    if arguments.weights:
        load_exported(network, arguments.weights)
    network.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in network.encoder.parameters()}
    others = [p for p in network.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW([{"params": others, "rate": TRUNK_RATE}, {"params": encoder, "rate": ENCODER_RATES[arguments.network]}],
                                  lr=1.0, weight_decay=WEIGHT_DECAY)
    checkpoint = arguments.run / "checkpoint.pt"
    step, seconds = 0, 0.0
    if arguments.resume and checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds = state["step"], state["seconds"]
    random = np.random.default_rng(arguments.seed + step)
    samples = sample_queue(arguments.cache, arguments.size, arguments.seed + 1000 * (rank + 1) + step,
                           arguments.like_crowds)
    objects = held_out_objects(arguments.cache[0], 256) if rank == 0 else []
    log = Log(arguments.run) if rank == 0 else None
    total = arguments.hours * 3600
    last = saved = validated = time.monotonic()
    while seconds < total:
        factor = arguments.rate * learning_rate(seconds / total, step)
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * factor
        network.train()
        if arguments.weights:
            fix_norms(network)
        scores = []
        for _ in range(STEPS_BETWEEN_MEETINGS):
            scores.append(train_step(network, [samples.get() for _ in range(arguments.batch)], random, teacher))
            nn.utils.clip_grad_norm_(others + encoder, 5.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step += STEPS_BETWEEN_MEETINGS
        if not alone:
            average_parameters(others + encoder)
        now = time.monotonic()
        seconds, last = shared_clock(seconds + min(now - last, 120.0), alone), now
        if log is None:
            continue
        update_average(average, network, step)
        log.steps(step, seconds, factor, scores)
        finished = seconds >= total
        if now - validated > arguments.validate_minutes * 60 or finished:
            log.validation(step, seconds, *click_curve(average, objects))
            validated = last = time.monotonic()
        if now - saved > 180 or finished:
            save(checkpoint, {"network": network.state_dict(), "average": average.state_dict(),
                              "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds})
            saved = last = time.monotonic()


def shared_clock(seconds: float, alone: bool) -> float:
    """The first process's clock, so that all stop at the same step."""
    if alone:
        return seconds
    clock = torch.tensor([seconds], dtype=torch.float64)
    distributed.broadcast(clock, 0)
    return clock.item()


class Log:
    """`log.csv`, a line for every meeting, and `curve.csv`, a line for each validation."""

    def __init__(self, run: Path) -> None:
        new = not (run / "log.csv").exists()
        self.lines = open(run / "log.csv", "a", buffering=1)
        self.curve = open(run / "curve.csv", "a", buffering=1)
        if new:
            self.lines.write("step,hours,rate,loss,iou\n")
            self.curve.write("step,hours,iou1,iou2,iou3,iou4,iou5,best_of_alternatives1\n")

    def steps(self, step: int, seconds: float, factor: float, scores: list[tuple[float, float]]) -> None:
        loss, quality = np.mean(scores, 0)
        self.lines.write(f"{step},{seconds / 3600:.4f},{factor:.4f},{loss:.4f},{quality:.4f}\n")

    def validation(self, step: int, seconds: float, scores: np.ndarray, best: float) -> None:
        values = ",".join(f"{score:.4f}" for score in scores)
        self.curve.write(f"{step},{seconds / 3600:.4f},{values},{best:.4f}\n")


if __name__ == "__main__":
    main()
