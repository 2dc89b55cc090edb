"""MediaPipe's hair segmentation of pictures, run by a small interpreter of its TFLite file.

    python teach_hair.py --data ../../shared/data --model hair_segmentation.tflite --output FOLDER

The file has three operators of MediaPipe's own (pooling that remembers places, its inverse, a transposed convolution
with a bias), so the common runtimes refuse it. Writes SET-STEM.png, the probability of hair in 256 levels.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from ai_edge_litert import schema_py_generated as schema
from PIL import Image
from torch import Tensor

SIZE = 512
SETS = ("portrait-eg1800", "faces-landmarks68")
SAME = 0


def padded(x: Tensor, kernel: tuple[int, int], stride: int, dilation: int) -> Tensor:
    """TensorFlow's SAME padding."""
    amounts: list[int] = []
    for size, extent in zip(reversed(x.shape[2:]), reversed(kernel)):
        total = max((-(-size // stride) - 1) * stride + (extent - 1) * dilation + 1 - size, 0)
        amounts += [total // 2, total - total // 2]
    return functional.pad(x, amounts)


class Network:
    """The operators of a TFLite file in order, on images N x C x H x W."""

    def __init__(self, path: Path) -> None:
        model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(path.read_bytes(), 0))
        graph = model.subgraphs[0]
        self.constants: dict[int, Tensor] = {}
        for index, tensor in enumerate(graph.tensors):
            data = model.buffers[tensor.buffer].data
            if data is not None and len(data):
                kind = {0: np.float32, 1: np.float16}[tensor.type]
                values = np.frombuffer(bytes(data), kind).astype(np.float32).reshape(tensor.shape)
                self.constants[index] = torch.from_numpy(values)
        names = {value: name for name, value in vars(schema.BuiltinOperator).items() if isinstance(value, int)}
        codes = [code.customCode.decode() if code.customCode else names[max(code.builtinCode, code.deprecatedBuiltinCode)]
                 for code in model.operatorCodes]
        self.steps = [(codes[step.opcodeIndex], step) for step in graph.operators]
        self.input, self.output = graph.inputs[0], graph.outputs[0]

    @torch.no_grad()
    def __call__(self, image: Tensor) -> Tensor:
        values: dict[int, Tensor] = {self.input: image}
        for code, step in self.steps:
            operands = [values.get(i, self.constants.get(i)) for i in step.inputs]
            results = OPERATORS[code](operands, step.builtinOptions)
            values.update(zip(step.outputs, results))
        return values[self.output]


def convolution(operands: list[Tensor], options) -> list[Tensor]:
    x, weight, bias = operands
    weight = weight.permute(0, 3, 1, 2)
    if options.padding == SAME:
        x = padded(x, tuple(weight.shape[2:]), options.strideH, options.dilationHFactor)
    return [functional.conv2d(x, weight, bias, options.strideH, 0, options.dilationHFactor)]


def depthwise(operands: list[Tensor], options) -> list[Tensor]:
    x, weight, bias = operands
    weight = weight.permute(3, 0, 1, 2)
    if options.padding == SAME:
        x = padded(x, tuple(weight.shape[2:]), options.strideH, options.dilationHFactor)
    return [functional.conv2d(x, weight, bias, options.strideH, 0, options.dilationHFactor, weight.shape[0])]


def transposed(operands: list[Tensor], _) -> list[Tensor]:
    x, weight, bias = operands
    weight = weight.permute(3, 0, 1, 2)
    y = functional.conv_transpose2d(x, weight, bias, 2)
    return [y[:, :, :2 * x.shape[2], :2 * x.shape[3]]]


OPERATORS: dict[str, Callable[[list[Tensor], object], list[Tensor]]] = {
    "CONV_2D": convolution,
    "DEPTHWISE_CONV_2D": depthwise,
    "Convolution2DTransposeBias": transposed,
    "PRELU": lambda operands, _: [functional.prelu(operands[0], operands[1].flatten())],
    "ADD": lambda operands, _: [operands[0] + operands[1]],
    "CONCATENATION": lambda operands, _: [torch.cat(operands, 1)],
    "MaxPoolingWithArgmax2D": lambda operands, _: list(functional.max_pool2d(operands[0], 2, return_indices=True)),
    "MaxUnpooling2D": lambda operands, _: [functional.max_unpool2d(operands[0], operands[1], 2)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.output.mkdir(parents=True, exist_ok=True)
    network = Network(arguments.model)
    for name in SETS:
        for path in sorted((arguments.data / "train" / name / "images").iterdir()):
            image = Image.open(path).convert("RGB")
            pixels = np.zeros((SIZE, SIZE, 4), np.float32)
            pixels[..., :3] = np.asarray(image.resize((SIZE, SIZE), Image.BILINEAR), np.float32) / 255
            logits = network(torch.from_numpy(pixels).permute(2, 0, 1)[None])
            hair = np.rint(255 * logits.softmax(1)[0, 1].numpy()).astype(np.uint8)
            Image.fromarray(hair).resize(image.size, Image.BILINEAR).save(arguments.output / f"{name}-{path.stem}.png")


if __name__ == "__main__":
    main()
