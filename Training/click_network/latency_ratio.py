"""How much longer the image encoders of SAM and MobileSAM take than a first click of ours, in ONNX Runtime.

    python latency_ratio.py --click click.onnx --tiny tiny.onnx [--threads 2]

The encoders are built by shape with random weights; the time does not depend on them. SAM's ViT-H (Kirillov et al., 2023):
1024 pixels, patches of 16, width 1280, 32 blocks with 16 heads, windows of 14 but for 4 global blocks. Its blocks are of
two kinds, so that one of each is measured and the sum of 28 and 4 is told, with patches and neck. MobileSAM
(Zhang et al., 2023): TinyViT-5M at 1024 pixels whose last stage keeps its resolution, and the same neck. Relative
positions of ViT-H's attention are left out, which makes it a little faster than it is.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

WIDTH, HEADS, WINDOW, PLACES = 1280, 16, 14, 64
# Of TinyViT-5M: width, blocks, heads, window and places of the stages with attention.
TINY_STAGES = ((128, 2, 4, 7, 128), (160, 6, 5, 14, 64), (320, 2, 10, 7, 64))
TINY_FIRST = 64
WINDOWED_BLOCKS, GLOBAL_BLOCKS = 28, 4
INPUT, NECK = 1024, 256


class Block(nn.Module):
    """A transformer block over `places` x `places` places: attention in windows or everywhere, and a perceptron."""

    def __init__(self, window: int, width: int = WIDTH, heads: int = HEADS, places: int = PLACES) -> None:
        super().__init__()
        self.window, self.width, self.heads, self.places = window, width, heads, places
        self.attention_norm, self.mlp_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query_key_value, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def attend(self, x: Tensor) -> Tensor:
        windows, count, _ = x.shape
        joined = self.query_key_value(x).view(windows, count, 3, self.heads, self.width // self.heads)
        query, key, value = joined.permute(2, 0, 3, 1, 4)
        scores = (query * (self.width // self.heads) ** -0.5) @ key.transpose(-2, -1)
        return self.output((scores.softmax(-1) @ value).transpose(1, 2).reshape(windows, count, self.width))

    def forward(self, x: Tensor) -> Tensor:
        places, side = self.places, self.window or self.places
        count = -(-places // side)
        beyond = count * side - places
        y = functional.pad(self.attention_norm(x), (0, 0, 0, beyond, 0, beyond))
        y = y.view(count, side, count, side, self.width).permute(0, 2, 1, 3, 4)
        y = self.attend(y.reshape(count * count, side * side, self.width))
        y = y.view(count, count, side, side, self.width).permute(0, 2, 1, 3, 4)
        x = x + y.reshape(1, count * side, count * side, self.width)[:, :places, :places]
        return x + self.mlp(self.mlp_norm(x))


class InvertedBottleneck(nn.Module):
    """1x1, depthwise 3x3, 1x1, with GELU."""

    def __init__(self, inputs: int, outputs: int, hidden: int, stride: int, residual: bool) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(inputs, hidden, 1), nn.GELU(),
                                    nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden), nn.GELU(),
                                    nn.Conv2d(hidden, outputs, 1))
        self.residual = residual

    def forward(self, x: Tensor) -> Tensor:
        return functional.gelu(x + self.layers(x)) if self.residual else self.layers(x)


class TinyBlock(nn.Module):
    """A block of TinyViT: attention in windows, a depthwise 3x3 convolution, a perceptron."""

    def __init__(self, width: int, heads: int, window: int, places: int) -> None:
        super().__init__()
        self.block = Block(window, width, heads, places)
        self.local = nn.Conv2d(width, width, 3, padding=1, groups=width)

    def forward(self, x: Tensor) -> Tensor:
        return self.local(self.block(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2))


def neck(inputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, NECK, 1, bias=False), nn.GroupNorm(1, NECK),
                         nn.Conv2d(NECK, NECK, 3, padding=1, bias=False), nn.GroupNorm(1, NECK))


def mobile_sam() -> nn.Module:
    """TinyViT-5M without classifier; the last stage keeps 64 x 64 places."""
    layers: list[nn.Module] = [nn.Conv2d(3, TINY_FIRST // 2, 3, 2, 1), nn.GELU(),
                               nn.Conv2d(TINY_FIRST // 2, TINY_FIRST, 3, 2, 1)]
    layers += [InvertedBottleneck(TINY_FIRST, TINY_FIRST, 4 * TINY_FIRST, 1, True) for _ in range(2)]
    width, seen = TINY_FIRST, INPUT // 4
    for outputs, blocks, heads, window, places in TINY_STAGES:
        layers.append(InvertedBottleneck(width, outputs, outputs, seen // places, False))
        layers += [TinyBlock(outputs, heads, window, places) for _ in range(blocks)]
        width, seen = outputs, places
    return nn.Sequential(*layers, neck(width))


class Milliseconds:
    """Measures networks in ONNX Runtime: medians of a few runs."""

    def __init__(self, threads: int) -> None:
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.folder = tempfile.TemporaryDirectory()

    def of_module(self, module: nn.Module, *inputs: Tensor, runs: int = 3) -> float:
        path = Path(self.folder.name) / "network.onnx"
        with torch.no_grad():
            torch.onnx.export(module.eval(), inputs, str(path), opset_version=17, dynamo=False)
        return self.of_file(path, runs)

    def of_file(self, path: Path, runs: int = 30) -> float:
        session = onnxruntime.InferenceSession(str(path), self.options, providers=["CPUExecutionProvider"])
        random = np.random.default_rng(1)
        feeds = {value.name: random.standard_normal(value.shape, np.float32) for value in session.get_inputs()}
        session.run(None, feeds)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            session.run(None, feeds)
            times.append(1e3 * (time.perf_counter() - start))
        return float(np.median(times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--click", type=Path, required=True, help="ONNX file of the default network, by export.py")
    parser.add_argument("--tiny", type=Path, help="ONNX file of the tiny network")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    measure = Milliseconds(arguments.threads)
    image, places = torch.randn(1, 3, INPUT, INPUT), torch.randn(1, PLACES, PLACES, WIDTH)
    parts = {"patches": measure.of_module(nn.Conv2d(3, WIDTH, 16, 16), image),
             "windowedBlock": measure.of_module(Block(WINDOW), places),
             "globalBlock": measure.of_module(Block(0), places),
             "neck": measure.of_module(neck(WIDTH), torch.randn(1, WIDTH, PLACES, PLACES))}
    vit_h = (parts["patches"] + WINDOWED_BLOCKS * parts["windowedBlock"] + GLOBAL_BLOCKS * parts["globalBlock"]
             + parts["neck"])
    milliseconds = {"click": measure.of_file(arguments.click), "vitHParts": parts, "vitH": vit_h,
                    "mobileSAM": measure.of_module(mobile_sam(), image)}
    if arguments.tiny:
        milliseconds["tiny"] = measure.of_file(arguments.tiny)
    ratios = {f"{large} / {small}": round(milliseconds[large] / milliseconds[small], 1)
              for large in ("vitH", "mobileSAM") for small in ("click", "tiny") if small in milliseconds}
    print(json.dumps({"threads": arguments.threads, "milliseconds": milliseconds, "ratios": ratios}, indent=1))


if __name__ == "__main__":
    main()
