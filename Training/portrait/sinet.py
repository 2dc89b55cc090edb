"""SINet (Park et al., 2020) as its authors released it: the same layers under the same names, so their weights load.

    image [N, 3, H, W], blue, green, red, ((byte - mean) / deviation) / 255    -> logits [N, 2, H, W]
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

MEAN = (107.304565, 115.69884, 132.35703)
DEVIATION = (63.97182, 65.1337, 68.29726)
EPSILON = 1e-3
# kernel and pooling of each module's two branches
LEVEL2 = [((3, 1), (5, 1)), ((3, 1), (3, 1))]
LEVEL3 = [((3, 1), (5, 1)), ((3, 1), (3, 1)), ((5, 1), (3, 2)), ((5, 2), (3, 4)),
          ((3, 1), (3, 1)), ((5, 1), (5, 1)), ((3, 2), (3, 4)), ((3, 1), (5, 2))]


def enlarged(x: Tensor, factor: int = 2) -> Tensor:
    return functional.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=True)


def convolution(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class Rectified(nn.Module):
    """A convolution if there is one, BatchNorm and PReLU."""

    def __init__(self, channels: int, conv: nn.Module | None = None) -> None:
        super().__init__()
        if conv is not None:
            self.conv = conv
        self.bn = nn.BatchNorm2d(channels, EPSILON)
        self.act = nn.PReLU(channels)

    def forward(self, x: Tensor) -> Tensor:
        if hasattr(self, "conv"):
            x = self.conv(x)
        return self.act(self.bn(x))


class Weighing(nn.Module):
    """Weighs channels by what they hold on the whole picture; no sigmoid."""

    def __init__(self, channels: int, divisor: int) -> None:
        super().__init__()
        widths = [channels // divisor, channels] if divisor > 1 else [channels]
        layers: list[nn.Module] = []
        for before, after in zip([channels, *widths], widths):
            layers += [nn.Linear(before, after), nn.PReLU(after)]
        self.dense = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return x * self.dense(x.mean((2, 3)))[:, :, None, None]


def squeezed(inputs: int, outputs: int, divisor: int) -> Rectified:
    return Rectified(outputs, nn.Sequential(
        convolution(inputs, inputs, 3, 2, inputs), Weighing(inputs, divisor), convolution(inputs, outputs)))


class Branch(nn.Module):
    def __init__(self, inputs: int, outputs: int, kernel: int, pooling: int) -> None:
        super().__init__()
        self.pooling = pooling
        self.conv = nn.Sequential(convolution(inputs, inputs, kernel, groups=inputs), nn.BatchNorm2d(inputs, EPSILON))
        self.act_conv1x1 = nn.Sequential(nn.PReLU(inputs), convolution(inputs, outputs))
        self.bn = nn.BatchNorm2d(outputs, EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        if self.pooling > 1:
            x = functional.avg_pool2d(x, self.pooling)
        x = self.act_conv1x1(self.conv(x))
        return self.bn(enlarged(x, self.pooling) if self.pooling > 1 else x)


class Squeeze(nn.Module):
    """The spatial squeeze module: half the channels through each of two branches."""

    def __init__(self, inputs: int, outputs: int, branches: tuple, adds: bool) -> None:
        super().__init__()
        part = outputs // 2
        self.c1 = nn.Module()
        self.c1.conv = convolution(inputs, part, groups=2)
        self.d1, self.d2 = (Branch(part, part, *branch) for branch in branches)
        self.BR = Rectified(outputs)
        self.adds = adds

    def forward(self, x: Tensor) -> Tensor:
        y = functional.channel_shuffle(self.c1.conv(x), 2)
        y = torch.cat([self.d1(y), self.d2(y)], 1)
        return self.BR(x + y if self.adds else y)


def level(inputs: int, outputs: int, modules: list) -> nn.Sequential:
    return nn.Sequential(*(Squeeze(outputs if index else inputs, outputs, branches, index > 0)
                           for index, branches in enumerate(modules)))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.level1 = Rectified(12, convolution(3, 12, 3, 2))
        self.level2_0 = squeezed(12, 16, 1)
        self.level2 = level(16, 48, LEVEL2)
        self.BR2 = Rectified(64)
        self.level3_0 = squeezed(64, 48, 2)
        self.level3 = level(48, 96, LEVEL3)
        self.BR3 = Rectified(144)
        self.classifier = nn.Module()
        self.classifier.conv = convolution(144, 2)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        quarter = self.level2_0(self.level1(x))
        fine = self.level2(quarter)
        eighth = self.level3_0(self.BR2(torch.cat([quarter, fine], 1)))
        joined = self.BR3(torch.cat([eighth, self.level3(eighth)], 1))
        return fine, self.classifier.conv(joined)


class SINet(nn.Module):
    """Encoder and information blocking decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.bn_3 = nn.BatchNorm2d(2, EPSILON)
        self.level2_C = Rectified(2, convolution(48, 2))
        self.bn_2 = nn.BatchNorm2d(2, EPSILON)
        self.classifier = nn.Sequential(nn.Identity(), convolution(2, 2, 3))

    def forward(self, image: Tensor) -> Tensor:
        fine, coarse = self.encoder(image)
        first = self.bn_3(enlarged(coarse))
        gate = 1 - first.softmax(1).amax(1, keepdim=True)
        second = self.bn_2(enlarged(self.level2_C(fine) * gate + first))
        return self.classifier(enlarged(second)).float()


def prepared(images: Tensor) -> Tensor:
    """RGB bytes N x H x W x 3 as the network wants them."""
    blue_first = images.flip(-1).float()
    return ((blue_first - torch.tensor(MEAN)) / torch.tensor(DEVIATION) / 255).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
