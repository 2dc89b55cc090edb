"""The landmark network: the 68 points of a face in a square cut around it.

    image [N, 3, 128, 128], (byte - 127) / 128    -> points [N, 136]: x0, y0, x1, ... as shares of the square's side
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from encoder import Encoder
from layers import Convolution, Separable

POINTS = 68
SIZE = 128
ENCODER_BLOCKS = (1, 2, 2, 3, 1)
HIDDEN, FLAT = 64, 32


class FaceLandmarks(nn.Module):
    """A slice of EfficientNet-Lite0, some context, and one linear layer over all places."""

    def __init__(self, frozen_stages: int = 1) -> None:
        super().__init__()
        self.encoder = Encoder(frozen_stages, ENCODER_BLOCKS)
        self.top = Convolution(112, HIDDEN)
        self.context = Separable(HIDDEN, HIDDEN, 5)
        self.flat = Convolution(HIDDEN, FLAT)
        self.points = nn.Linear(FLAT * (SIZE // 16) ** 2, 2 * POINTS)

    def forward(self, image: Tensor) -> Tensor:
        x = self.flat(self.context(self.top(self.encoder(image)[-1])))
        with torch.autocast("cpu", enabled=False):
            return self.points(x.float().flatten(1))
