"""The face parser: classes of a face on its tanh-polar map.

    map [N, 3, angles, radii], (byte - 127) / 128    -> logits [N, 11, angles, radii]

A map's rows are angles, so its last row is followed by its first: the map is extended by a sixteenth of a turn at both
ends before the first layer, and cut back after the last.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from layers import PyramidNetwork

CLASSES = ("background", "skin", "left brow", "right brow", "left eye", "right eye", "nose", "upper lip",
           "inner mouth", "lower lip", "hair")
ENCODER_BLOCKS = (1, 2, 2, 3, 3)
DECODER_CHANNELS = (24, 40, 64, 96)
CONTEXT_CHANNELS = 128
EXTENSION = 16


class FaceParser(PyramidNetwork):
    """Encoder, context, decoder and a head; `turns` says that the rows join at the full turn."""

    def __init__(self, frozen_stages: int = 1, turns: bool = True) -> None:
        super().__init__(ENCODER_BLOCKS, DECODER_CHANNELS, CONTEXT_CHANNELS, frozen_stages)
        self.head = nn.Conv2d(DECODER_CHANNELS[0], len(CLASSES), 3, padding=1)
        self.turns = turns

    def forward(self, image: Tensor) -> Tensor:
        if self.turns:
            image = torch.cat([image[:, :, -EXTENSION:], image, image[:, :, :EXTENSION]], 2)
        logits = self.head(self.features(image)).float()
        logits = functional.interpolate(logits, scale_factor=2, mode="bilinear")
        return logits[:, :, EXTENSION:-EXTENSION] if self.turns else logits
