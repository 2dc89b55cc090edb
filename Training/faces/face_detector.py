"""The face detector: a small separable backbone, a thin feature pyramid, and one head without anchors for each level.

    image [N, 3, H, W], (byte - 127) / 128    -> [N, 15, H/s, W/s] for s = 8, 16, 32

Channels of a cell: the logit of a face whose box has its centre here; the box centre's offset from the cell's middle,
in cells; the logarithms of the box's width and height over 4 s; five points (the eyes, the nose, the corners of the
mouth, the picture's left first), each as an offset from the cell's middle over 4 s.
"""

from __future__ import annotations

import torch.nn.functional as functional
from torch import Tensor, nn

from layers import Convolution, Separable

STRIDES = (8, 16, 32)
POINTS = 5
OUTPUTS = 5 + 2 * POINTS
# Outputs, blocks, kernel of each stage; every stage halves the resolution first.
STAGES = ((24, 1, 3), (40, 2, 5), (88, 2, 5), (128, 2, 5))
STEM_CHANNELS, PYRAMID_CHANNELS = 8, 32


class Residual(Separable):
    """A separable convolution whose input is added."""

    def forward(self, x: Tensor) -> Tensor:
        return x + super().forward(x)


class FaceDetector(nn.Module):
    """Backbone, pyramid, heads."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Convolution(3, STEM_CHANNELS, 3, 2)
        self.stages = nn.ModuleList()
        inputs = STEM_CHANNELS
        for outputs, blocks, kernel in STAGES:
            self.stages.append(nn.Sequential(Separable(inputs, outputs, 3, 2),
                                             *(Residual(outputs, outputs, kernel) for _ in range(blocks))))
            inputs = outputs
        self.laterals = nn.ModuleList(Convolution(stage[0], PYRAMID_CHANNELS, activation=False)
                                      for stage in STAGES[1:])
        self.smooth = nn.ModuleList(Separable(PYRAMID_CHANNELS, PYRAMID_CHANNELS) for _ in STRIDES)
        self.heads = nn.ModuleList(nn.Conv2d(PYRAMID_CHANNELS, OUTPUTS, 1) for _ in STRIDES)
        for head in self.heads:
            nn.init.constant_(head.bias, 0)
            nn.init.constant_(head.bias[:1], -4)

    def forward(self, image: Tensor) -> list[Tensor]:
        x = self.stem(image)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        results: list[Tensor] = []
        above = None
        for lateral, smooth, head, level in reversed(list(zip(self.laterals, self.smooth, self.heads, levels[1:]))):
            y = lateral(level)
            if above is not None:
                y = y + functional.interpolate(above, scale_factor=2, mode="bilinear")
            above = functional.relu(y)
            results.insert(0, head(smooth(above)).float())
        return results
