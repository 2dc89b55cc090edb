"""The loss of a mask: cross-entropy that weighs the edge more, and the soft intersection over union."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

EDGE_WIDTH, EDGE_WEIGHT = 7, 4.0


def edge_weights(truth: Tensor) -> Tensor:
    """1, and more within a few pixels of the mask's edge."""
    most = functional.max_pool2d(truth, EDGE_WIDTH, 1, EDGE_WIDTH // 2)
    least = -functional.max_pool2d(-truth, EDGE_WIDTH, 1, EDGE_WIDTH // 2)
    return 1 + EDGE_WEIGHT * (most - least)


def mask_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Parameters: logits and probabilities, both N x 1 x H x W."""
    weights = edge_weights(truth)
    entropy = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    entropy = (entropy * weights).sum((1, 2, 3)) / weights.sum((1, 2, 3))
    guess = logits.sigmoid()
    common = (guess * truth).sum((1, 2, 3))
    union = (guess + truth - guess * truth).sum((1, 2, 3))
    return (entropy + 0.5 * (1 - (common + 1) / (union + 1))).mean()
