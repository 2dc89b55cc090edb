"""A head on the click network's encoder that says where a photo's salient object is, at 1/8 of the input."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from configurations import STANDARD
from model import InvertedResidual, double

WIDTH = 48


class SalientHead(nn.Module):
    """The encoder's levels at 1/8, 1/16 and 1/32 to logits at 1/8."""

    def __init__(self) -> None:
        super().__init__()
        _, _, f8, f16, f32 = STANDARD.pyramid_channels
        self.lateral8 = nn.Conv2d(f8, WIDTH, 1)
        self.lateral16 = nn.Conv2d(f16, WIDTH, 1)
        self.lateral32 = nn.Conv2d(f32, WIDTH, 1)
        self.block8 = InvertedResidual(WIDTH, WIDTH, 2, 5)
        self.block16 = InvertedResidual(WIDTH, WIDTH, 2, 5)
        self.block32 = InvertedResidual(WIDTH, WIDTH, 2, 5)
        self.mask = nn.Conv2d(WIDTH, 1, 1)
        with torch.no_grad():
            for layer in (self.lateral8, self.lateral16, self.lateral32):
                layer.weight.mul_(0.25)

    def forward(self, f8: Tensor, f16: Tensor, f32: Tensor) -> Tensor:
        x = self.block32(self.lateral32(f32))
        x = self.block16(double(x) + self.lateral16(f16))
        x = self.block8(double(x) + self.lateral8(f8))
        return self.mask(x)
