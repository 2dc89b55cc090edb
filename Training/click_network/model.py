"""The click network: an image encoder that runs once, and a click trunk that runs for every click.

Late fusion. The trunk takes the encoder's pyramid and four prompt maps at the size of the input (positive
clicks, negative clicks, box, previous mask), joins them at 1/4, descends again to 1/32 with the encoder's
features added at every level, attends over the whole picture there, and climbs back to 1/2.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from configurations import STANDARD, Configuration, Level
from encoder import Encoder, convolve

PROMPT_CHANNELS = 4
ALTERNATIVES = 3


class Convolution(nn.Module):
    """Convolution, BatchNorm and, where asked, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1,
                 activation: bool = True) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.activation = activation

    def forward(self, x: Tensor) -> Tensor:
        layer, norm = self.convolution, self.norm
        if norm.training:
            x = norm(convolve(x, layer.weight, None, layer.stride[0], layer.padding[0], layer.groups))
        else:
            # Fixed statistics are a scale and a bias: folded, they cost nothing and leave no batch to depend on.
            scale = norm.weight * torch.rsqrt(norm.running_var + norm.eps)
            bias = norm.bias - norm.running_mean * scale
            x = convolve(x, layer.weight * scale.view(-1, 1, 1, 1), bias, layer.stride[0], layer.padding[0],
                         layer.groups)
        return functional.relu(x, inplace=True) if self.activation else x


def fix_norms(network: nn.Module) -> None:
    """Use every BatchNorm's statistics as they are, also in training."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()


class InvertedResidual(nn.Module):
    """Expand (1x1, ReLU), depthwise (ReLU), project (1x1), with a residual where shapes allow."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int = 1) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.expand = Convolution(inputs, hidden, 1)
        self.depthwise = Convolution(hidden, hidden, kernel, stride, hidden)
        self.project = Convolution(hidden, outputs, 1, activation=False)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = self.project(self.depthwise(self.expand(x)))
        return x + y if self.residual else y


class TransformerLayer(nn.Module):
    """Pre-norm self-attention and MLP (ReLU) over the positions of a map; no positional encoding."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.attention_norm = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attention_output = nn.Linear(width, width)
        self.mlp_norm = nn.LayerNorm(width)
        self.mlp_expand = nn.Linear(width, 2 * width)
        self.mlp_project = nn.Linear(2 * width, width)

    def forward(self, tokens: Tensor) -> Tensor:
        batch, count, width = tokens.shape
        joined = self.query_key_value(self.attention_norm(tokens))
        query, key, value = joined.view(batch, count, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = (query * (width // self.heads) ** -0.5) @ key.transpose(-2, -1)
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, count, width)
        tokens = tokens + self.attention_output(mixed)
        return tokens + self.mlp_project(functional.relu(self.mlp_expand(self.mlp_norm(tokens))))


def blocks(level: Level) -> nn.Sequential:
    return nn.Sequential(*[InvertedResidual(level.width, level.width, level.expansion, level.kernel)
                           for _ in range(level.blocks)])


class Descent(nn.Module):
    """One level down: stride-2 block, encoder features added, further blocks."""

    def __init__(self, inputs: int, features: int, down_expansion: int, level: Level) -> None:
        super().__init__()
        self.down = InvertedResidual(inputs, level.width, down_expansion, 3, 2)
        self.lateral = nn.Conv2d(features, level.width, 1)
        self.blocks = blocks(level)

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        return self.blocks(self.down(x) + self.lateral(features))


class Ascent(nn.Module):
    """One level up: 1x1 to the skip's width, bilinear doubling, skip added, further blocks."""

    def __init__(self, inputs: int, level: Level) -> None:
        super().__init__()
        self.reduce = nn.Conv2d(inputs, level.width, 1)
        self.blocks = blocks(level)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        return self.blocks(double(self.reduce(x)) + skip)


def double(x: Tensor) -> Tensor:
    """Twice the size, bilinear with half-pixel centres."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class Trunk(nn.Module):
    """Pyramid and prompt maps to mask logits (alternatives, at 1/2) and predicted IoUs."""

    def __init__(self, configuration: Configuration = STANDARD) -> None:
        super().__init__()
        f2, f4, f8, f16, f32 = configuration.pyramid_channels
        width2, width4 = configuration.width2, configuration.width4
        level8, level16, level32 = configuration.descent
        level16up, level8up, level4up = configuration.ascent
        expansion = configuration.down_expansion
        self.prompt = nn.Conv2d(PROMPT_CHANNELS, width4, 4, 4)
        self.lateral4 = nn.Conv2d(f4, width4, 1)
        self.block4 = InvertedResidual(width4, width4, 2, 3)
        self.down8 = Descent(width4, f8, expansion, level8)
        self.down16 = Descent(level8.width, f16, expansion, level16)
        self.down32 = Descent(level16.width, f32, expansion, level32)
        self.transformer = nn.ModuleList([TransformerLayer(level32.width, configuration.heads)
                                          for _ in range(configuration.transformer_layers)])
        self.up16 = Ascent(level32.width, level16up)
        self.up8 = Ascent(level16up.width, level8up)
        self.up4 = Ascent(level8up.width, level4up)
        self.reduce2 = nn.Conv2d(width4, width2, 1)
        self.lateral2 = nn.Conv2d(f2, width2, 1)
        self.depthwise2 = Convolution(width2, width2, 3, groups=width2)
        self.pointwise2 = Convolution(width2, width2, 1)
        self.mask = nn.Conv2d(width2, ALTERNATIVES, 3, padding=1)
        self.quality_hidden = nn.Linear(level32.width + width4, configuration.quality_hidden)
        self.quality = nn.Linear(configuration.quality_hidden, ALTERNATIVES)
        self.balance()

    @torch.no_grad()
    def balance(self) -> None:
        """Start with prompts as loud as the encoder's features, whose standard deviation is about 6."""
        nn.init.normal_(self.prompt.weight, std=0.35)
        for layer in (self.lateral2, self.lateral4, self.down8.lateral, self.down16.lateral, self.down32.lateral):
            layer.weight.mul_(0.25)

    def forward(self, pyramid: list[Tensor], prompts: Tensor) -> tuple[Tensor, Tensor]:
        f2, f4, f8, f16, f32 = pyramid
        skip4 = self.block4(functional.relu(self.prompt(prompts) + self.lateral4(f4)))
        skip8 = self.down8(skip4, f8)
        skip16 = self.down16(skip8, f16)
        x = self.down32(skip16, f32)
        batch, width, height, columns = x.shape
        tokens = x.flatten(2).transpose(1, 2)
        for layer in self.transformer:
            tokens = layer(tokens)
        x = tokens.transpose(1, 2).reshape(batch, width, height, columns)
        deep = x.mean((2, 3))
        x = self.up16(x, skip16)
        x = self.up8(x, skip8)
        x = self.up4(x, skip4)
        fine = x.mean((2, 3))
        x = functional.relu(double(self.reduce2(x)) + self.lateral2(f2))
        logits = self.mask(self.pointwise2(self.depthwise2(x)))
        hidden = functional.relu(self.quality_hidden(torch.cat([deep, fine], 1)))
        return logits, torch.sigmoid(self.quality(hidden))


class ClickNetwork(nn.Module):
    """Encoder and trunk together: image and prompt maps to logits at 1/2 and predicted IoUs."""

    def __init__(self, configuration: Configuration = STANDARD) -> None:
        super().__init__()
        self.encoder = Encoder(configuration.frozen_stages, stages=configuration.stages,
                               pyramid_stages=configuration.pyramid_stages)
        self.trunk = Trunk(configuration)

    def encode(self, image: Tensor) -> list[Tensor]:
        """What does not depend on the clicks: run once for a crop."""
        return self.encoder(image)

    def decode(self, features: list[Tensor], prompts: Tensor) -> tuple[Tensor, Tensor]:
        """What does: run for every click."""
        return self.trunk(features, prompts)

    def forward(self, image: Tensor, prompts: Tensor) -> tuple[Tensor, Tensor]:
        return self.decode(self.encode(image), prompts)
