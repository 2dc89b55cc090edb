"""Export the averaged weights: fp16 safetensors with BatchNorm folded, their names, parity examples, ONNX.

    python export.py --checkpoint RUN/checkpoint.pt --weights ClickNetwork.safetensors \
        [--names ClickNetworkTensors.md] [--examples FOLDER] [--onnx click.onnx]

The examples hold fp16 inputs (exact) and the fp32 outputs of the fp16-rounded weights.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from configurations import CONFIGURATIONS
from encoder import FrozenNormConvolution
from model import ClickNetwork, Convolution
from restore import load_network

EXAMPLE_SIZES = ((128, 128), (96, 160))
ONNX_SIZE = 320
ONNX_OPSET = 17


def folded(layer: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Weight and bias of one convolution that does what convolution and BatchNorm do."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return layer.weight * scale.view(-1, 1, 1, 1), norm.bias - norm.running_mean * scale


@torch.no_grad()
def exported_tensors(network: ClickNetwork) -> dict[str, Tensor]:
    """Every weight by the path of its layer, fp16: convolutions OIHW, linear layers output x input."""
    tensors: dict[str, Tensor] = {}
    inside: set[str] = set()
    for path, module in network.named_modules():
        if isinstance(module, Convolution):
            weight, bias = folded(module.convolution, module.norm)
            inside |= {path + ".convolution", path + ".norm"}
        elif isinstance(module, FrozenNormConvolution):
            weight, bias = module.folded_weight(), module.bias
        elif isinstance(module, (nn.Conv2d, nn.Linear, nn.LayerNorm)) and path not in inside:
            weight, bias = module.weight, module.bias
        else:
            continue
        tensors[path + ".weight"] = weight.half().contiguous()
        tensors[path + ".bias"] = bias.half().contiguous()
    return tensors


class FoldedConvolution(nn.Module):
    """What a Convolution becomes: one convolution with a bias, and its ReLU."""

    def __init__(self, source: Convolution, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        layer = source.convolution
        self.layer = nn.Conv2d(layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride,
                               layer.padding, groups=layer.groups)
        self.layer.weight.data, self.layer.bias.data = weight.float(), bias.float()
        self.activation = source.activation

    def forward(self, x: Tensor) -> Tensor:
        x = self.layer(x)
        return torch.relu(x) if self.activation else x


@torch.no_grad()
def rounded_network(network: ClickNetwork, tensors: dict[str, Tensor]) -> ClickNetwork:
    """The network with the exported weights widened to fp32, in place."""
    for path, module in list(network.named_modules()):
        if path + ".weight" not in tensors:
            continue
        weight, bias = tensors[path + ".weight"], tensors[path + ".bias"]
        if isinstance(module, Convolution):
            parent, _, name = path.rpartition(".")
            setattr(network.get_submodule(parent), name, FoldedConvolution(module, weight, bias))
        else:
            module.weight.data, module.bias.data = weight.float(), bias.float()
            if isinstance(module, FrozenNormConvolution):
                module.scale.fill_(1)
    return network.eval()


def example_inputs(height: int, width: int, seed: int) -> tuple[Tensor, Tensor]:
    """A smooth random picture with two clicks and a coarse previous mask, exact in fp16."""
    random = np.random.default_rng(seed)
    coarse = torch.from_numpy(random.integers(0, 256, (1, 3, 8, 8)).astype(np.float32))
    pixels = torch.nn.functional.interpolate(coarse, (height, width), mode="bilinear").round()
    prompts = torch.zeros(1, 4, height, width)
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    for channel, row, column in ((0, height // 2, width // 3), (1, height // 5, 4 * width // 5)):
        prompts[0, channel] = ((rows - row) ** 2 + (columns - column) ** 2 <= 25).float()
    prompts[0, 2, height // 8:, : width - width // 10] = 1
    prompts[0, 3] = (16 * (1 - (rows - height / 2).abs() / height - (columns - width / 3).abs() / width)
                     .clamp(0, 1)).round() / 16
    return (pixels - 127) / 128, prompts


@torch.no_grad()
def write_examples(network: ClickNetwork, name: str, folder: Path) -> None:
    """One safetensors file for each size: image, prompts, logits, quality, two levels of the pyramid."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (height, width) in enumerate(EXAMPLE_SIZES):
        image, prompts = example_inputs(height, width, seed)
        pyramid = network.encode(image)
        logits, quality = network.decode(pyramid, prompts)
        tensors = {"image": image.half(), "prompts": prompts.half(), "logits": logits, "quality": quality,
                   "pyramid.4": pyramid[4]}
        save_file({name: value.contiguous() for name, value in tensors.items()},
                  folder / f"{name}-{height}x{width}.safetensors")


def write_onnx(network: ClickNetwork, path: Path) -> None:
    """ONNX at a fixed size, compared with onnxruntime."""
    import onnxruntime

    image, prompts = example_inputs(ONNX_SIZE, ONNX_SIZE, 9)
    torch.onnx.export(network, (image, prompts), str(path), opset_version=ONNX_OPSET, dynamo=False,
                      input_names=["image", "prompts"], output_names=["logits", "quality"])
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, {"image": image.numpy(), "prompts": prompts.numpy()})
    with torch.no_grad():
        expected = network(image, prompts)
    for name, one, other in zip(("logits", "quality"), found, expected):
        print(f"onnxruntime {name}: largest difference {np.abs(one - other.numpy()).max():.2e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt or exported weights")
    parser.add_argument("--network", choices=list(CONFIGURATIONS), default="click")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="Markdown table of tensor names and shapes")
    parser.add_argument("--examples", type=Path, help="folder for parity examples")
    parser.add_argument("--onnx", type=Path)
    arguments = parser.parse_args()
    network = load_network(arguments.checkpoint, configuration=CONFIGURATIONS[arguments.network])
    tensors = exported_tensors(network)
    save_file(tensors, arguments.weights, metadata={"format": "pt", "network": arguments.weights.stem})
    size = arguments.weights.stat().st_size
    print(f"{sum(t.numel() for t in tensors.values())} weights in {len(tensors)} tensors, {size} bytes")
    if arguments.names:
        rows = [f"| `{name}` | {' x '.join(map(str, tensor.shape))} |" for name, tensor in tensors.items()]
        arguments.names.write_text("\n".join(["| tensor | shape |", "|---|---|", *rows]) + "\n")
    network = rounded_network(network, tensors)
    if arguments.examples:
        write_examples(network, arguments.network, arguments.examples)
    if arguments.onnx:
        write_onnx(network, arguments.onnx)


if __name__ == "__main__":
    main()
