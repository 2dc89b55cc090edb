"""The portrait network: two thirds of EfficientNet-Lite0, some context at 1/32, and a thin decoder to full size.

    image [N, 3, H, W], (byte - 127) / 128    -> logit of the person [N, 1, H, W]

The decoder's last layer makes the four pixels of every square at half the size (depth to space), so that the edge
follows the pixels and costs no convolution at full size.
"""

from __future__ import annotations

import torch.nn.functional as functional
from torch import Tensor, nn

from layers import PyramidNetwork

ENCODER_BLOCKS = (1, 2, 2, 3, 2)
DECODER_CHANNELS = (16, 32, 48, 64)
CONTEXT_CHANNELS = 96


class PortraitNetwork(PyramidNetwork):
    """Encoder, context, decoder and a head of four pixels for every place at half the size."""

    def __init__(self, frozen_stages: int = 2) -> None:
        super().__init__(ENCODER_BLOCKS, DECODER_CHANNELS, CONTEXT_CHANNELS, frozen_stages)
        self.head = nn.Conv2d(DECODER_CHANNELS[0], 4, 3, padding=1)

    def forward(self, image: Tensor) -> Tensor:
        return functional.pixel_shuffle(self.head(self.features(image)).float(), 2)
