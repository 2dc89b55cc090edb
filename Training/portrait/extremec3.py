"""ExtremeC3Net (Park et al., 2019) as its authors released it, to measure their weights beside ours.

    image [N, 3, H, W], prepared as SINet's    -> logit of the person [N, 1, H, W]
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from sinet import EPSILON, Rectified, convolution, enlarged

WIDTHS = (24, 48, 56, 24)
LEVEL2_MODULES, LEVEL3_MODULES = 1, 5


class Dilated(nn.Module):
    """A depthwise convolution of some dilation, after two long thin ones that gather what it steps over."""

    def __init__(self, inputs: int, outputs: int, dilation: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        if dilation > 1:
            long, pad = 2 * dilation - 1, dilation - 1
            layers = [nn.Conv2d(inputs, inputs, (long, 1), padding=(pad, 0), groups=inputs, bias=False),
                      nn.BatchNorm2d(inputs), nn.PReLU(inputs),
                      nn.Conv2d(inputs, inputs, (1, long), padding=(0, pad), groups=inputs, bias=False),
                      nn.BatchNorm2d(inputs)]
        layers += [nn.Conv2d(inputs, inputs, 3, padding=dilation, dilation=dilation, groups=inputs, bias=False),
                   convolution(inputs, outputs)]
        self.conv = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x)


class Module(nn.Module):
    """The C3 module: a third of the channels through each of three dilations."""

    def __init__(self, inputs: int, outputs: int, dilations: tuple[int, int, int], adds: bool = True,
                 halves: bool = False) -> None:
        super().__init__()
        third = outputs // 3
        self.c1 = nn.Module()
        self.c1.conv = convolution(inputs, third, 3, 2) if halves else convolution(inputs, third)
        self.d1, self.d2, self.d3 = (Dilated(third, third if index else outputs - 2 * third, dilation)
                                     for index, dilation in enumerate(dilations))
        self.adds, self.halves = adds and not halves, halves
        if halves:
            self.bn, self.act = nn.BatchNorm2d(outputs, EPSILON), nn.PReLU(outputs)
        else:
            self.bn = Rectified(outputs)

    def forward(self, x: Tensor) -> Tensor:
        y = self.c1.conv(x)
        y = torch.cat([self.d1(y), self.d2(y), self.d3(y)], 1)
        y = self.bn(x + y if self.adds else y)
        return self.act(y) if self.halves else y


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        first, second, third, _ = WIDTHS
        self.level1 = Rectified(first, convolution(3, first, 3, 2))
        self.b1 = Rectified(first + 3)
        self.level2_0 = Module(first + 3, second, (1, 2, 3), halves=True)
        self.level2 = nn.Sequential(*(Module(second, second, (1, 3, 4)) for _ in range(LEVEL2_MODULES)))
        self.b2 = Rectified(2 * second + 3)
        self.level3_0 = Module(2 * second + 3, third, (1, 3, 5), adds=False)
        self.level3 = nn.Sequential(*(Module(third, third, (2, 4, 8)) for _ in range(LEVEL3_MODULES)))
        self.b3 = Rectified(2 * third)

    def forward(self, image: Tensor) -> Tensor:
        half = functional.avg_pool2d(image, 2)
        quarter = self.level2_0(self.b1(torch.cat([self.level1(image), half], 1)))
        x = self.b2(torch.cat([self.level2(quarter), quarter, functional.avg_pool2d(half, 2)], 1))
        x = self.level3_0(x)
        return self.b3(torch.cat([x, self.level3(x)], 1))


class ExtremeC3(nn.Module):
    """Encoder at a quarter of the size and a fine branch at half."""

    def __init__(self) -> None:
        super().__init__()
        fine = WIDTHS[3]
        self.encoder = Encoder()
        self.upsample = nn.Sequential(convolution(2 * WIDTHS[2], fine), nn.BatchNorm2d(fine))
        shallow = nn.Module()
        shallow.conv = convolution(3, fine, 3, 2)
        self.Fine = nn.ModuleList([shallow, Module(fine, fine, (2, 4, 8))])
        self.classifier = nn.ModuleList([Rectified(fine), nn.Identity(), convolution(fine, 1)])

    def forward(self, image: Tensor) -> Tensor:
        x = enlarged(self.upsample(self.encoder(image))) + self.Fine[1](self.Fine[0].conv(image))
        return self.classifier[2](enlarged(self.classifier[0](x)))
