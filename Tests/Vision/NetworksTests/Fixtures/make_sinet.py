"""Writes sinet-64x96.safetensors: what PyTorch makes of SINet with pseudo-random weights and input; given the weights
that its authors released, sinet-released-64x96.safetensors too.

The network is written here from its description, function by function; weights and input follow from their names by
the rule of RandomWeights.swift, so the file holds the result alone.

Usage: make_sinet.py [SINet.pth]   (needs torch and safetensors; writes beside itself)
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from safetensors.torch import save_file
from torch import Tensor

HEIGHT, WIDTH = 64, 96
LEVEL2 = [((3, 1), (5, 1)), ((3, 1), (3, 1))]
LEVEL3 = [((3, 1), (5, 1)), ((3, 1), (3, 1)), ((5, 1), (3, 2)), ((5, 2), (3, 4)),
          ((3, 1), (3, 1)), ((5, 1), (5, 1)), ((3, 2), (3, 4)), ((3, 1), (5, 2))]
MASK = (1 << 64) - 1
count = 0
released: dict[str, Tensor] = {}


def numbers(name: str, shape: tuple[int, ...]) -> Tensor:
    """The released weight of a name, or one by the rule of RandomWeights.swift."""
    if name in released:
        return released[name]
    state = 1469
    for byte in name.encode():
        state = (state ^ byte) * 1099511628211 & MASK
    size = int(np.prod(shape))
    values = np.empty(size, np.float32)
    for index in range(size):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        values[index] = np.float32(state >> 40) / np.float32(1 << 23) - np.float32(1)
    is_scale = len(shape) == 1 and name.endswith(("weight", "running_var"))
    reach = np.sqrt(np.float32(3) / np.float32(max(size // shape[0], 1)))
    middle, reach = (0, reach) if len(shape) > 1 else (0.75, 0.25) if is_scale else (0, 0.1)
    return torch.from_numpy(np.float32(middle) + np.float32(reach) * values).reshape(shape)


def weight(name: str, *shape: int) -> Tensor:
    """A trained weight, counted."""
    global count
    count += int(np.prod(shape))
    return numbers(name, shape)


def convolution(x: Tensor, path: str, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> Tensor:
    return functional.conv2d(x, weight(f"{path}.weight", outputs, x.shape[1] // groups, kernel, kernel), None, stride,
                             kernel // 2, 1, groups)


def norm(x: Tensor, path: str) -> Tensor:
    c = x.shape[1]
    return functional.batch_norm(x, numbers(f"{path}.running_mean", (c,)), numbers(f"{path}.running_var", (c,)),
                                 weight(f"{path}.weight", c), weight(f"{path}.bias", c), eps=1e-3)


def prelu(x: Tensor, path: str) -> Tensor:
    return functional.prelu(x, weight(f"{path}.weight", x.shape[1]))


def up(x: Tensor, factor: int = 2) -> Tensor:
    return functional.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=True)


def squeezed(x: Tensor, path: str, outputs: int, divide: int) -> Tensor:
    x = convolution(x, f"{path}.conv.0", x.shape[1], 3, 2, x.shape[1])
    row, channels = x.mean((2, 3)), x.shape[1]
    for index, width in enumerate([channels // divide, channels] if divide > 1 else [channels]):
        layer = f"{path}.conv.1.dense.{2 * index}"
        row = functional.linear(row, weight(f"{layer}.weight", width, row.shape[1]), weight(f"{layer}.bias", width))
        row = prelu(row, f"{path}.conv.1.dense.{2 * index + 1}")
    x = convolution(x * row[:, :, None, None], f"{path}.conv.2", outputs)
    return prelu(norm(x, f"{path}.bn"), f"{path}.act")


def branch(x: Tensor, path: str, outputs: int, kernel: int, pooling: int) -> Tensor:
    if pooling > 1:
        x = functional.avg_pool2d(x, pooling, pooling)
    x = norm(convolution(x, f"{path}.conv.0", x.shape[1], kernel, 1, x.shape[1]), f"{path}.conv.1")
    x = convolution(prelu(x, f"{path}.act_conv1x1.0"), f"{path}.act_conv1x1.1", outputs)
    return norm(up(x, pooling) if pooling > 1 else x, f"{path}.bn")


def module(x: Tensor, path: str, outputs: int, branches, adds: bool) -> Tensor:
    y = functional.channel_shuffle(convolution(x, f"{path}.c1.conv", outputs // 2, groups=2), 2)
    y = torch.cat([branch(y, f"{path}.d{i + 1}", outputs // 2, *b) for i, b in enumerate(branches)], 1)
    return prelu(norm(x + y if adds else y, f"{path}.BR.bn"), f"{path}.BR.act")


def level(x: Tensor, name: str, outputs: int, modules) -> tuple[Tensor, Tensor]:
    y = x
    for index, branches in enumerate(modules):
        y = module(y, f"encoder.level{name}.{index}", outputs, branches, index > 0)
    return y, prelu(norm(torch.cat([x, y], 1), f"encoder.BR{name}.bn"), f"encoder.BR{name}.act")


def sinet(x: Tensor) -> Tensor:
    x = convolution(x, "encoder.level1.conv", 12, 3, 2)
    x = prelu(norm(x, "encoder.level1.bn"), "encoder.level1.act")
    fine, joined = level(squeezed(x, "encoder.level2_0", 16, 1), "2", 48, LEVEL2)
    _, joined = level(squeezed(joined, "encoder.level3_0", 48, 2), "3", 96, LEVEL3)
    first = norm(up(convolution(joined, "encoder.classifier.conv", 2)), "bn_3")
    gate = 1 - first.softmax(1).max(1, keepdim=True)[0]
    details = prelu(norm(convolution(fine, "level2_C.conv", 2), "level2_C.bn"), "level2_C.act")
    return convolution(up(norm(up(details * gate + first), "bn_2")), "classifier.1", 2, 3)


def main() -> None:
    folder = Path(__file__).parent
    logits = sinet(numbers("image", (1, 3, HEIGHT, WIDTH)))
    save_file({"logits": logits.contiguous()}, folder / f"sinet-{HEIGHT}x{WIDTH}.safetensors")
    print(f"{count} parameters, logits from {logits.min():.3f} to {logits.max():.3f}")
    if len(sys.argv) > 1:
        released.update(torch.load(sys.argv[1], map_location="cpu"))
        logits = sinet(numbers("image", (1, 3, HEIGHT, WIDTH)))
        save_file({"logits": logits.contiguous()}, folder / f"sinet-released-{HEIGHT}x{WIDTH}.safetensors")
        print(f"released: logits from {logits.min():.3f} to {logits.max():.3f}")


if __name__ == "__main__":
    main()
