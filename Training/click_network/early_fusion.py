"""The ablation's rival: the same graph, with the prompts also added to the encoder's stem.

Nothing can be kept from one click to the next then: every click runs the encoder, forward and backward.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from encoder import STEM_CHANNELS, Encoder
from model import PROMPT_CHANNELS, Trunk


class EarlyFusionNetwork(nn.Module):
    """Image and prompt maps to logits at 1/2 and predicted IoUs, prompts entering at stem and trunk."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder(frozen_stages=0)
        self.trunk = Trunk()
        self.stem_prompt = nn.Conv2d(PROMPT_CHANNELS, STEM_CHANNELS, 3, 2, 1)
        nn.init.zeros_(self.stem_prompt.weight)
        nn.init.zeros_(self.stem_prompt.bias)

    def encode(self, image: Tensor) -> list[Tensor]:
        return [image]

    def decode(self, features: list[Tensor], prompts: Tensor) -> tuple[Tensor, Tensor]:
        stem = self.stem_prompt(torch.cat([prompts[:, :2], 1 - prompts[:, 2:3], prompts[:, 3:]], 1))
        return self.trunk(self.encoder(features[0], stem), prompts)
