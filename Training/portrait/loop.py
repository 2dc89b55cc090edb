"""The loop that trainings share: stop with a signal, go on with --resume; the schedule follows the time spent.

A run's folder holds `checkpoint.pt` (weights, their average, the optimizer; written whole every few minutes), `log.csv`
(step, hours, rate, mean losses, every 20 steps), `curve.jsonl` (figures of the average on held-out pictures) and `pid`.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from memory import keep_memory
from schedule import groups_of, learning_rate, save, update_average

LOG_STEPS, SAVE_SECONDS = 20, 150
# A step that took longer was stopped in between.
LONGEST_STEP = 60.0


def parser_of_command(description: str, hours: float, batch: int) -> argparse.ArgumentParser:
    """The arguments that trainings share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder of checkpoints and logs")
    parser.add_argument("--start", type=Path, help="checkpoint whose average to start a new schedule from; it may lack blocks")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--hours", type=float, default=hours, help="length of the learning-rate schedule")
    parser.add_argument("--steps", type=int, help="length of the schedule in steps instead")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--validate-minutes", type=float, default=6)
    return parser


def begin(arguments: argparse.Namespace) -> None:
    """One thread, a seed, the run's folder."""
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "pid").write_text(str(os.getpid()))


class Training:
    """A network, the average of its weights, and how far both have come."""

    def __init__(self, network: nn.Module, arguments: argparse.Namespace, rate: float, pretrained: bool,
                 longest_gradient: float) -> None:
        self.arguments, self.rate, self.longest_gradient = arguments, rate, longest_gradient
        if arguments.start:
            network.load_state_dict(torch.load(arguments.start, map_location="cpu")["average"], strict=False)
        self.network = network.to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(network).eval()
        self.optimizer = torch.optim.AdamW(groups_of(network, pretrained), lr=1.0)
        self.checkpoint = arguments.run / "checkpoint.pt"
        self.step, self.seconds = 0, 0.0
        if arguments.resume and self.checkpoint.exists():
            state = torch.load(self.checkpoint)
            for name in ("network", "average", "optimizer"):
                getattr(self, name).load_state_dict(state[name])
            self.step, self.seconds = state["step"], state["seconds"]

    @property
    def progress(self) -> float:
        """From 0 to 1 and beyond."""
        if self.arguments.steps:
            return self.step / self.arguments.steps
        return self.seconds / (self.arguments.hours * 3600)

    @property
    def seed(self) -> int:
        """For what draws samples: another one after every resumption."""
        return self.arguments.seed + self.step

    def run(self, losses_of: Callable[[nn.Module], list[Tensor]],
            figures_of: Callable[[nn.Module, bool], dict]) -> None:
        """Trains until the schedule ends.

        losses_of: draws a batch; the loss, then parts of it for the log.
        figures_of: figures of a network on held-out pictures; whether the training has ended.
        """
        log = open(self.arguments.run / "log.csv", "a", buffering=1)
        curve = open(self.arguments.run / "curve.jsonl", "a", buffering=1)
        last = saved = validated = time.monotonic()
        losses: list[list[float]] = []
        while self.progress < 1:
            factor = self.arguments.rate * learning_rate(self.progress, self.step)
            losses.append(self.learn(losses_of, factor))
            now = time.monotonic()
            self.seconds, last = self.seconds + min(now - last, LONGEST_STEP), now
            finished = self.progress >= 1
            if self.step % LOG_STEPS == 0:
                values = ",".join(f"{value:.4f}" for value in np.mean(losses, 0))
                log.write(f"{self.step},{self.seconds / 3600:.4f},{factor:.4f},{values}\n")
                losses = []
            if now - validated > self.arguments.validate_minutes * 60 or finished:
                figures = figures_of(self.average, finished)
                curve.write(json.dumps({"step": self.step, "hours": round(self.seconds / 3600, 4)} | figures) + "\n")
                validated = last = time.monotonic()
            if now - saved > SAVE_SECONDS or finished:
                self.save()
                saved = last = time.monotonic()

    def learn(self, losses_of: Callable[[nn.Module], list[Tensor]], factor: float) -> list[float]:
        """One step."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * group["share"] * factor
        self.network.train()
        losses = losses_of(self.network)
        losses[0].backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.longest_gradient)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        update_average(self.average, self.network, self.step)
        return [loss.item() for loss in losses]

    def save(self) -> None:
        """Writes the checkpoint."""
        save(self.checkpoint, {name: getattr(self, name).state_dict() for name in ("network", "average", "optimizer")}
             | {"step": self.step, "seconds": self.seconds})
