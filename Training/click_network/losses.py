"""Losses of the click network, over the alternatives of a batch."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

GAMMA = 2.0


def mask_loss(logits: Tensor, truth: Tensor, valid: Tensor) -> Tensor:
    """Normalised focal loss (RITM) plus half a Dice loss, for each sample and alternative: B x A.

    `logits` B x A x H x W; `truth` (soft) and `valid` B x 1 x H x W.
    """
    logits = logits.float()
    probability = logits.sigmoid()
    wrong = (truth - probability).abs().clamp(1e-6, 1 - 1e-6)
    focus = wrong.pow(GAMMA) * valid
    count = valid.sum((2, 3))
    scale = (count / focus.sum((2, 3)).clamp_min(1e-3)).detach()
    entropy = functional.binary_cross_entropy_with_logits(logits, truth.expand_as(logits), reduction="none")
    focal = 0.5 * scale.clamp_max(50.0) * (focus * entropy).sum((2, 3)) / count.clamp_min(1)
    overlap = (probability * truth * valid).sum((2, 3))
    total = ((probability + truth) * valid).sum((2, 3))
    dice = 1 - (2 * overlap + 1) / (total + 1)
    return focal + 0.5 * dice


def measured_quality(logits: Tensor, truth: Tensor, valid: Tensor, shown: Tensor) -> Tensor:
    """Intersection over union of each alternative at threshold 0 with the whole object, also where the crop cuts it: B x A.

    `shown` is the share of the object that the crop shows: B. What it does not show counts as missed, so that the
    estimate says which of several zooms to believe.
    """
    predicted, inside, counted = logits > 0, truth > 0.5, valid > 0.5
    intersection = (predicted & inside & counted).sum((2, 3)).float()
    union = ((predicted | inside) & counted).sum((2, 3)).float()
    beyond = (inside & counted).sum((2, 3)) * (1 / shown.clamp_min(0.01) - 1).view(-1, 1)
    return intersection / (union + beyond).clamp_min(1)


def click_loss(logits: Tensor, quality: Tensor, truth: Tensor, valid: Tensor, shown: Tensor,
               ambiguous: Tensor) -> Tensor:
    """The first alternative always learns; of the others the better one does where the prompts are ambiguous.

    `ambiguous` is 1 where a sample has a single positive click and nothing else: B.
    """
    losses = mask_loss(logits, truth, valid)
    others = losses[:, 1:]
    freedom = 0.4 * others.min(1).values + 0.05 * others.mean(1)
    firm = 0.15 * others.mean(1)
    masks = losses[:, 0] + ambiguous * freedom + (1 - ambiguous) * firm
    error = (quality.float() - measured_quality(logits, truth, valid, shown)).square().mean(1)
    return (masks + error).mean()
