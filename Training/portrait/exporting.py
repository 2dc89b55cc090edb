"""Trained networks as the workbench reads them: fp16 safetensors, BatchNorm folded, and examples to check it by."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from encoder import FrozenNormConvolution
from layers import Convolution


@torch.no_grad()
def folded_tensors(network: nn.Module) -> dict[str, Tensor]:
    """Every weight by the path of its layer, fp16: convolutions OIHW, linear layers output x input."""
    tensors: dict[str, Tensor] = {}
    inside: set[str] = set()
    for path, module in network.named_modules():
        if isinstance(module, Convolution):
            layer, norm = module.convolution, module.norm
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            weight, bias = layer.weight * scale.view(-1, 1, 1, 1), norm.bias - norm.running_mean * scale
            inside |= {path + ".convolution", path + ".norm"}
        elif isinstance(module, FrozenNormConvolution):
            weight, bias = module.folded_weight(), module.bias
        elif isinstance(module, (nn.Conv2d, nn.Linear)) and path not in inside:
            weight, bias = module.weight, module.bias
        else:
            continue
        tensors[path + ".weight"] = weight.half().contiguous()
        tensors[path + ".bias"] = bias.half().contiguous()
    return tensors


@torch.no_grad()
def take_folded(network: nn.Module, tensors: dict[str, Tensor]) -> nn.Module:
    """The inverse of `folded_tensors`, in place: the network with the rounded weights, every BatchNorm only a bias."""
    for path, module in network.named_modules():
        if path + ".weight" not in tensors:
            continue
        weight, bias = tensors[path + ".weight"].float(), tensors[path + ".bias"].float()
        if isinstance(module, Convolution):
            module.convolution.weight.copy_(weight)
            module.norm.running_mean.zero_()
            module.norm.running_var.fill_(1 - module.norm.eps)
            module.norm.weight.fill_(1)
            module.norm.bias.copy_(bias)
            continue
        if isinstance(module, FrozenNormConvolution):
            module.scale.fill_(1)
        module.weight.copy_(weight)
        module.bias.copy_(bias)
    return network.eval()


@torch.no_grad()
def plain_tensors(network: nn.Module) -> dict[str, Tensor]:
    """Weights and statistics under their own names, fp16, for a network whose norms are kept."""
    return {name: value.half().contiguous() for name, value in network.state_dict().items()
            if value.dtype.is_floating_point}


@torch.no_grad()
def take_plain(network: nn.Module, tensors: dict[str, Tensor]) -> nn.Module:
    """The inverse of `plain_tensors`, in place."""
    network.load_state_dict({name: value.float() for name, value in tensors.items()}, strict=False)
    return network.eval()


def example_image(height: int, width: int, seed: int) -> Tensor:
    """A smooth random picture, bytes 1 x H x W x 3."""
    random = np.random.default_rng(seed)
    coarse = torch.from_numpy(random.integers(0, 256, (1, 3, 8, 8)).astype(np.float32))
    pixels = nn.functional.interpolate(coarse, (height, width), mode="bilinear").round()
    return pixels.permute(0, 2, 3, 1).byte()


def write_weights(tensors: dict[str, Tensor], path: Path, name: str) -> None:
    """The file of the weights, its size told."""
    save_file(tensors, path, metadata={"format": "pt", "network": name})
    count = sum(tensor.numel() for tensor in tensors.values())
    print(f"{path.name}: {count} weights in {len(tensors)} tensors, {path.stat().st_size} bytes")


def write_example(path: Path, image: Tensor, results: dict[str, Tensor]) -> None:
    """An input, exact in fp16, and the fp32 results of the rounded weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({"image": image.half().contiguous()} | {name: value.float().contiguous() for name, value in results.items()},
              path)
