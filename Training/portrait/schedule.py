"""What every training loop needs: rates over time, an average of the weights, checkpoints that are whole."""

from __future__ import annotations

import math
import os
from pathlib import Path

import torch
from torch import nn

WEIGHT_DECAY = 0.02
WARM_UP_STEPS = 60
AVERAGE_DECAY = 0.995
ENCODER_SHARE = 0.25


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


def groups_of(network: nn.Module, pretrained: bool) -> list[dict]:
    """Pretrained layers learn slower than new ones; norms, slopes and biases do not decay."""
    groups: dict[tuple[bool, bool], list] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            slow = pretrained and name.startswith("encoder.")
            groups.setdefault((slow, parameter.ndim > 1), []).append(parameter)
    return [{"params": parameters, "share": ENCODER_SHARE if slow else 1.0,
             "weight_decay": WEIGHT_DECAY if decays else 0.0} for (slow, decays), parameters in groups.items()]
