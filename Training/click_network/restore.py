"""Weights, exported or of a checkpoint, back into a network."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file

from configurations import STANDARD, Configuration
from encoder import FrozenNormConvolution
from model import ClickNetwork, Convolution


@torch.no_grad()
def load_exported(network: ClickNetwork, path: Path) -> None:
    """The inverse of `export.exported_tensors`, but for fp16: every BatchNorm becomes a scale of one and a bias.

    The encoder must hold its ImageNet weights already: their scale stays what training steps are measured by.
    """
    tensors = {name: value.float() for name, value in load_file(path).items()}
    for name, module in network.named_modules():
        if name + ".weight" not in tensors:
            continue
        weight, bias = tensors[name + ".weight"], tensors[name + ".bias"]
        if isinstance(module, Convolution):
            norm = module.norm
            module.convolution.weight.copy_(weight)
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            norm.weight.fill_(1)
            norm.bias.copy_(bias)
        elif isinstance(module, FrozenNormConvolution):
            module.scale[module.scale.abs() < 1e-4] = 1
            module.weight.copy_(weight / module.scale)
            module.bias.copy_(bias)
        else:
            module.weight.copy_(weight)
            module.bias.copy_(bias)


def load_network(path: Path, encoder: str | None = None, configuration: Configuration = STANDARD) -> ClickNetwork:
    """A network for inference, from a checkpoint's average or from exported weights.

    `encoder` is the path of the ImageNet weights; of those only the scales matter, and only to train on.
    """
    network = ClickNetwork(configuration)
    if path.suffix == ".pt":
        network.load_state_dict(torch.load(path, map_location="cpu")["average"])
    else:
        if encoder is not None and configuration is STANDARD:
            network.encoder.load_imagenet(encoder)
        load_exported(network, path)
    return network.eval().requires_grad_(False)
