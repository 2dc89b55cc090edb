"""What the tiny network learns from the default one, beside the truth: its pyramid and its soft masks."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

PYRAMID_SHARE, MASK_SHARE = 0.3, 0.5


def pyramid_loss(features: list[Tensor], wanted: list[Tensor]) -> Tensor:
    """Mean squared difference over the levels of the same width, each by the teacher's variance."""
    losses = [(mine.float() - theirs.float()).square().mean() / theirs.float().var().clamp_min(1e-3)
              for mine, theirs in zip(features, wanted) if mine.shape == theirs.shape]
    return PYRAMID_SHARE * torch.stack(losses).mean()


def soft_mask_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy of all alternatives with the teacher's probabilities."""
    return MASK_SHARE * functional.binary_cross_entropy_with_logits(logits.float(), wanted.float().sigmoid())
