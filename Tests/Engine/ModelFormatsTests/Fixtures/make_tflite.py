#!/usr/bin/env python3
"""Writes small TFLite models with the schema's own Python classes, and what LiteRT computes of them.

    python3 make_tflite.py        (needs ai-edge-litert, flatbuffers, numpy and safetensors)

Writes `tflite/NAME.tflite` and `tflite/expected.safetensors` beside this script: inputs as NAME/input and outputs as
NAME/output 0, NAME/output 1 and so on.
"""

import pathlib
import tempfile

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from safetensors.numpy import save_file

FOLDER = pathlib.Path(__file__).parent / "tflite"
TYPES = {np.dtype(np.float32): 0, np.dtype(np.float16): 1, np.dtype(np.int32): 2}
generator = np.random.default_rng(7)


def weights(*shape):
    return generator.uniform(-1, 1, shape).astype(np.float32)


class Network:
    """Builds a model of one network node by node; values are numbers."""

    def __init__(self, *input_shape):
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.description = b"made by make_tflite.py"
        self.model.buffers = [schema.BufferT()]
        self.model.operatorCodes = []
        self.graph = schema.SubGraphT()
        self.graph.name = b"main"
        self.graph.tensors, self.graph.operators = [], []
        self.model.subgraphs = [self.graph]
        self.input = self.value(input_shape, "image")
        self.graph.inputs = [self.input]

    def value(self, shape, name=None, array=None):
        tensor = schema.TensorT()
        tensor.shape = list(shape)
        tensor.type = TYPES[array.dtype] if array is not None else 0
        tensor.name = (name or f"value {len(self.graph.tensors)}").encode()
        tensor.buffer = 0
        if array is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(array.tobytes(), np.uint8)
            tensor.buffer = len(self.model.buffers)
            self.model.buffers.append(buffer)
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def constant(self, array):
        return self.value(array.shape, array=array)

    def add(self, operator, inputs, *output_shapes, kind=None, **options):
        code = getattr(schema.BuiltinOperator, operator)
        codes = [entry.builtinCode for entry in self.model.operatorCodes]
        if code not in codes:
            entry = schema.OperatorCodeT()
            entry.builtinCode, entry.deprecatedBuiltinCode, entry.version = code, min(code, 127), 1
            self.model.operatorCodes.append(entry)
            codes.append(code)
        node = schema.OperatorT()
        node.opcodeIndex = codes.index(code)
        node.inputs = [self.constant(value) if isinstance(value, np.ndarray) else value for value in inputs]
        node.outputs = [self.value(shape) for shape in output_shapes]
        if kind:
            node.builtinOptions = getattr(schema, kind + "T")()
            node.builtinOptionsType = getattr(schema.BuiltinOptions, kind)
            for name, value in options.items():
                assert hasattr(node.builtinOptions, name), name
                setattr(node.builtinOptions, name, value)
        self.graph.operators.append(node)
        return node.outputs[0] if len(node.outputs) == 1 else node.outputs

    def finish(self, *outputs):
        self.graph.outputs = list(outputs)
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def images():
    """Convolutions of all kinds, pooling, padding, resizing, joining: what happens to images."""
    net = Network(1, 9, 8, 3)
    same, valid = schema.Padding.SAME, schema.Padding.VALID
    x = net.add("CONV_2D", [net.input, weights(4, 3, 3, 3), weights(4)], (1, 5, 4, 4), kind="Conv2DOptions",
                padding=same, strideW=2, strideH=2, dilationWFactor=1, dilationHFactor=1, fusedActivationFunction=3)
    half = weights(1, 3, 3, 4).astype(np.float16)
    wide = net.add("DEQUANTIZE", [half], (1, 3, 3, 4), kind="DequantizeOptions")
    y = net.add("DEPTHWISE_CONV_2D", [x, wide, weights(4)], (1, 5, 4, 4), kind="DepthwiseConv2DOptions",
                padding=same, strideW=1, strideH=1, dilationWFactor=1, dilationHFactor=1, depthMultiplier=1,
                fusedActivationFunction=0)
    y = net.add("PRELU", [y, weights(1, 1, 4)], (1, 5, 4, 4))
    y = net.add("ADD", [y, x], (1, 5, 4, 4), kind="AddOptions", fusedActivationFunction=1)
    y = net.add("PAD", [y, np.array([[0, 0], [1, 0], [0, 2], [0, 1]], np.int32)], (1, 6, 6, 5), kind="PadOptions")
    pooled = net.add("MAX_POOL_2D", [y], (1, 3, 3, 5), kind="Pool2DOptions", padding=valid, strideW=2, strideH=2,
                     filterWidth=2, filterHeight=2)
    mean = net.add("AVERAGE_POOL_2D", [y], (1, 3, 3, 5), kind="Pool2DOptions", padding=same, strideW=2, strideH=2,
                   filterWidth=3, filterHeight=3)
    both = net.add("CONCATENATION", [pooled, mean], (1, 3, 3, 10), kind="ConcatenationOptions", axis=3)
    large = net.add("RESIZE_BILINEAR", [both, np.array([7, 5], np.int32)], (1, 7, 5, 10),
                    kind="ResizeBilinearOptions", halfPixelCenters=True)
    near = net.add("RESIZE_NEAREST_NEIGHBOR", [both, np.array([7, 5], np.int32)], (1, 7, 5, 10),
                   kind="ResizeNearestNeighborOptions")
    mixed = net.add("MUL", [large, near], (1, 7, 5, 10), kind="MulOptions")
    back = net.add("TRANSPOSE_CONV", [np.array([1, 14, 10, 2], np.int32), weights(2, 3, 3, 10), mixed, weights(2)],
                   (1, 14, 10, 2), kind="TransposeConvOptions", padding=same, strideW=2, strideH=2)
    return net.finish(net.add("LOGISTIC", [back], (1, 14, 10, 2)), both)


def vectors():
    """Reductions, products, shapes and elementwise functions: what happens to vectors."""
    net = Network(1, 4, 4, 6)
    spread = net.add("SPACE_TO_DEPTH", [net.input], (1, 2, 2, 24), kind="SpaceToDepthOptions", blockSize=2)
    joined = net.add("DEPTH_TO_SPACE", [spread], (1, 4, 4, 6), kind="DepthToSpaceOptions", blockSize=2)
    x = net.add("HARD_SWISH", [joined], (1, 4, 4, 6), kind="HardSwishOptions")
    x = net.add("CONV_2D", [x, weights(6, 1, 1, 6), weights(6)], (1, 4, 4, 6), kind="Conv2DOptions",
                padding=schema.Padding.VALID, strideW=1, strideH=1, dilationWFactor=1, dilationHFactor=1)
    mean = net.add("MEAN", [x, np.array([1, 2], np.int32)], (1, 6), kind="ReducerOptions", keepDims=False)
    kept = net.add("MEAN", [x, np.array([3], np.int32)], (1, 4, 4, 1), kind="ReducerOptions", keepDims=True)
    scaled = net.add("SUB", [x, kept], (1, 4, 4, 6), kind="SubOptions")
    part = net.add("STRIDED_SLICE", [scaled, np.array([0, 1, 0, 0], np.int32), np.array([1, 4, 4, 6], np.int32),
                                     np.array([1, 2, 1, 1], np.int32)], (1, 2, 4, 6), kind="StridedSliceOptions")
    turned = net.add("TRANSPOSE", [part, np.array([0, 2, 1, 3], np.int32)], (1, 4, 2, 6), kind="TransposeOptions")
    flat = net.add("RESHAPE", [turned, np.array([1, 48], np.int32)], (1, 48), kind="ReshapeOptions")
    dense = net.add("FULLY_CONNECTED", [flat, weights(6, 48), weights(6)], (1, 6), kind="FullyConnectedOptions",
                    fusedActivationFunction=0)
    sum_ = net.add("ADD", [dense, mean], (1, 6), kind="AddOptions")
    return net.finish(net.add("SOFTMAX", [sum_], (1, 6), kind="SoftmaxOptions", beta=1.0), scaled)


def main():
    FOLDER.mkdir(exist_ok=True)
    expected = {}
    for make in (images, vectors):
        name, content = make.__name__, make()
        (FOLDER / f"{name}.tflite").write_bytes(content)
        interpreter = Interpreter(model_content=content)
        interpreter.allocate_tensors()
        detail = interpreter.get_input_details()[0]
        array = generator.uniform(-1, 1, detail["shape"]).astype(np.float32)
        interpreter.set_tensor(detail["index"], array)
        interpreter.invoke()
        expected[f"{name}/input"] = array
        for index, detail in enumerate(interpreter.get_output_details()):
            expected[f"{name}/output {index}"] = interpreter.get_tensor(detail["index"])
    save_file(expected, str(FOLDER / "expected.safetensors"))


main()
