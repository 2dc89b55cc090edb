"""Layers that the portrait network and the face networks share."""

from __future__ import annotations

from collections.abc import Sequence

import torch.nn.functional as functional
from torch import Tensor, nn

from encoder import Encoder

PYRAMID_CHANNELS = (16, 24, 40, 112)


class Convolution(nn.Module):
    """Convolution, BatchNorm and, if wanted, ReLU; exported as one convolution."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1,
                 activation: bool = True) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.activation = activation

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(self.convolution(x))
        return functional.relu(x, inplace=True) if self.activation else x


class Separable(nn.Module):
    """A depthwise and a pointwise convolution."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.depthwise = Convolution(inputs, inputs, kernel, stride, inputs)
        self.pointwise = Convolution(inputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.pointwise(self.depthwise(x))


class Context(nn.Module):
    """Looks at the whole picture at half the resolution it is given, and adds what it saw."""

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.down = Separable(channels, hidden, 5, 2)
        self.first = Separable(hidden, hidden, 5)
        self.second = Separable(hidden, channels, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.down(x)
        y = self.second(y + self.first(y))
        return x + functional.interpolate(y, scale_factor=2, mode="bilinear")


class Rise(nn.Module):
    """From one level of the pyramid to the next larger one."""

    def __init__(self, inputs: int, skipped: int, outputs: int) -> None:
        super().__init__()
        self.reduce = Convolution(inputs, outputs, activation=False)
        self.skip = Convolution(skipped, outputs, activation=False)
        self.first = Separable(outputs, outputs)
        self.second = Separable(outputs, outputs)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        x = functional.interpolate(self.reduce(x), scale_factor=2, mode="bilinear")
        x = functional.relu(x + self.skip(skip), inplace=True)
        return self.second(x + self.first(x))


class PyramidNetwork(nn.Module):
    """A slice of EfficientNet-Lite0 down to 1/16, some context at 1/32, and a thin decoder up to half the size."""

    def __init__(self, blocks: Sequence[int], widths: Sequence[int], context: int, frozen_stages: int) -> None:
        """Parameters: the encoder's blocks by stage; the decoder's channels at 1/2, 1/4, 1/8 and 1/16; the context's."""
        super().__init__()
        self.encoder = Encoder(frozen_stages, blocks)
        half, quarter, eighth, sixteenth = PYRAMID_CHANNELS
        self.top = Convolution(sixteenth, widths[3])
        self.context = Context(widths[3], context)
        self.rise8 = Rise(widths[3], eighth, widths[2])
        self.rise4 = Rise(widths[2], quarter, widths[1])
        self.rise2 = Rise(widths[1], half, widths[0])

    def features(self, image: Tensor) -> Tensor:
        """The decoder's result, at half the image's size."""
        half, quarter, eighth, sixteenth = self.encoder(image)
        x = self.context(self.top(sixteenth))
        return self.rise2(self.rise4(self.rise8(x, eighth), quarter), half)
