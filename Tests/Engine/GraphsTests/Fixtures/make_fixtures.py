#!/usr/bin/env python3
"""Computes what the operators should give by PyTorch, numpy and ONNX Runtime.

    python3 make_fixtures.py        (needs torch, numpy, onnx and onnxruntime)

Writes one JSON file per operator beside this script: a list of cases, each with attributes, inputs and outputs.
Inputs are not stored but follow from their shape and seed (`values`); outputs are base64 of little-endian
float32. PyTorch computes in float64, ONNX Runtime in float32.
"""

import base64
import itertools
import json
import pathlib

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper

FOLDER = pathlib.Path(__file__).parent
CASES = {}


def values(shape, seed, offset=0.0, scale=1.0):
    """Numbers from -1 to 1, scaled and moved; FixtureCase.swift makes the same ones."""
    index = np.arange(int(np.prod(shape)), dtype=np.int64)
    number = (index * 7919 + seed * 104729 + (index % 13) * (index % 7) * 31) % 2003 - 1001
    return ((number.astype(np.float32) / np.float32(1001)) * np.float32(scale) + np.float32(offset)).reshape(shape)


def operand(*shape, offset=0.0, scale=1.0):
    operand.count += 1
    return {"shape": list(shape), "seed": operand.count, "offset": offset, "scale": scale}


operand.count = 0


def array(spec):
    return None if spec is None else values(spec["shape"], spec["seed"], spec["offset"], spec["scale"])


def double(spec):
    return None if spec is None else torch.from_numpy(array(spec)).double()


def case(operator, attributes, inputs, outputs):
    if not isinstance(outputs, (list, tuple)):
        outputs = [outputs]
    stored = []
    for output in outputs:
        output = np.asarray(output.numpy() if torch.is_tensor(output) else output)
        data = np.ascontiguousarray(output, dtype="<f4")
        stored.append({"shape": list(output.shape), "data": base64.b64encode(data.tobytes()).decode()})
    CASES.setdefault(operator, []).append({"attributes": attributes, "inputs": inputs, "outputs": stored})


def onnx(operator, inputs, opset=19, **attributes):
    """Runs one ONNX operator of float32 operands by ONNX Runtime."""
    arrays = {f"i{index}": value for index, value in enumerate(inputs) if value is not None}
    names = [f"i{index}" if value is not None else "" for index, value in enumerate(inputs)]
    types = {np.dtype("float32"): TensorProto.FLOAT, np.dtype("int64"): TensorProto.INT64}
    graph = helper.make_graph(
        [helper.make_node(operator, names, ["y"], **attributes)], "case",
        [helper.make_tensor_value_info(name, types[value.dtype], value.shape) for name, value in arrays.items()],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, arrays)[0]


ACTIVATIONS = {
    "identity": lambda x: x, "relu": F.relu, "relu6": F.relu6, "sigmoid": torch.sigmoid,
    "hardSigmoid": F.hardsigmoid, "hardSwish": F.hardswish, "silu": F.silu, "gelu": F.gelu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"), "tanh": torch.tanh, "exp": torch.exp,
    "leakyRelu": lambda x: F.leaky_relu(x, 0.125), "clip": lambda x: torch.clamp(x, -0.5, 0.75),
    "hardSigmoidSlope": lambda x: torch.clamp(x * 0.25 + 0.375, 0, 1),
    "negate": torch.neg, "absolute": torch.abs,
}
POSITIVE_ACTIVATIONS = {"sqrt": torch.sqrt, "reciprocal": torch.reciprocal}


def padded(image, padding, value=0.0):
    top, left, bottom, right = padding
    return F.pad(image, (left, right, top, bottom), value=value)


def convolution():
    # batch, channels, outputs, groups, height, width, kernel, strides, dilations, (top, left, bottom, right)
    table = [
        (1, 1, 1, 1, 5, 7, (1, 1), (1, 1), (1, 1), (0, 0, 0, 0)),
        (1, 3, 13, 1, 7, 5, (1, 1), (1, 1), (1, 1), (0, 0, 0, 0)),
        (1, 13, 7, 1, 3, 5, (1, 1), (2, 2), (1, 1), (0, 0, 0, 0)),
        (2, 3, 7, 1, 6, 5, (3, 3), (1, 1), (1, 1), (1, 1, 1, 1)),
        (1, 3, 8, 1, 9, 11, (3, 3), (2, 2), (1, 1), (0, 0, 1, 1)),
        (1, 7, 5, 1, 8, 7, (3, 3), (2, 1), (1, 1), (1, 0, 0, 1)),
        (1, 7, 3, 1, 9, 9, (3, 3), (1, 1), (2, 3), (2, 3, 2, 3)),
        (1, 13, 17, 1, 5, 3, (3, 1), (1, 1), (1, 1), (1, 0, 1, 0)),
        (1, 3, 2, 1, 5, 12, (1, 5), (1, 3), (1, 2), (0, 3, 0, 1)),
        (1, 17, 17, 17, 6, 5, (3, 3), (1, 1), (1, 1), (1, 1, 1, 1)),
        (1, 13, 13, 13, 7, 8, (5, 5), (2, 2), (1, 1), (2, 1, 2, 3)),
        (1, 7, 14, 7, 5, 5, (3, 3), (1, 1), (2, 2), (2, 2, 2, 2)),
        (2, 6, 9, 3, 5, 4, (3, 2), (1, 2), (1, 1), (1, 0, 1, 1)),
        (1, 12, 8, 4, 4, 5, (1, 1), (1, 1), (1, 1), (0, 0, 0, 0)),
        (1, 3, 4, 1, 7, 7, (7, 7), (4, 4), (1, 1), (3, 3, 3, 3)),
        (1, 2, 3, 1, 4, 4, (2, 2), (2, 2), (1, 1), (0, 0, 0, 0)),
        (1, 2, 3, 1, 2, 3, (3, 3), (3, 2), (1, 1), (4, 1, 0, 5)),
    ]
    names = list(ACTIVATIONS)
    for index, (n, c, o, g, h, w, kernel, strides, dilations, padding) in enumerate(table):
        image, weight = operand(n, c, h, w), operand(o, c // g, *kernel, scale=0.5)
        bias = operand(o) if index % 3 else None
        slope = operand(o, scale=0.5) if index % 5 == 3 else None
        y = F.conv2d(padded(double(image), padding), double(weight), double(bias), strides, 0, dilations, g)
        residual = operand(*y.shape) if index % 4 == 1 or index % 5 == 3 else None
        if residual:
            y = y + double(residual)
        activation = "identity" if slope or index < 2 else names[index % len(names)]
        y = ACTIVATIONS[activation](y) if slope is None else F.prelu(y, double(slope))
        case("Convolution",
             {"strides": strides, "dilations": dilations, "padding": padding, "groups": g, "activation": activation},
             [image, weight, bias, slope, residual], y)


def convolution_transpose():
    table = [
        (1, 1, 1, 1, 3, 4, (2, 2), (2, 2), (1, 1), 0, (0, 0)),
        (1, 3, 5, 1, 4, 3, (3, 3), (2, 2), (1, 1), 1, (1, 1)),
        (2, 7, 3, 1, 3, 5, (4, 4), (2, 2), (1, 1), 1, (0, 0)),
        (1, 6, 9, 3, 4, 4, (3, 2), (1, 3), (1, 1), 0, (0, 2)),
        (1, 13, 13, 13, 3, 3, (3, 3), (2, 1), (1, 2), 1, (1, 0)),
        (1, 2, 3, 1, 1, 5, (5, 1), (1, 1), (2, 1), 0, (1, 0)),
    ]
    for index, (n, c, o, g, h, w, kernel, strides, dilations, crop, extra) in enumerate(table):
        image, weight = operand(n, c, h, w), operand(c, o // g, *kernel)
        bias = operand(o) if index % 2 else None
        y = F.conv_transpose2d(double(image), double(weight), double(bias), strides, crop, extra, g, dilations)
        activation = list(ACTIVATIONS)[index]
        case("ConvolutionTranspose",
             {"strides": strides, "dilations": dilations, "padding": [crop] * 4, "outputPadding": extra,
              "groups": g, "activation": activation}, [image, weight, bias], ACTIVATIONS[activation](y))
    # PyTorch crops all sides alike; other crops are parts of the uncropped result.
    image, weight = operand(1, 3, 4, 5), operand(3, 2, 3, 3)
    y = F.conv_transpose2d(double(image), double(weight), None, (2, 3))[:, :, 1:, 2:-1]
    case("ConvolutionTranspose",
         {"strides": [2, 3], "dilations": [1, 1], "padding": [1, 2, 0, 1], "outputPadding": [0, 0], "groups": 1,
          "activation": "identity"}, [image, weight], y)


def normalization():
    for shape, epsilon in [((1, 1, 2, 3), 1e-5), ((2, 7, 3, 5), 1e-3), ((3, 13), 0.1), ((1, 17, 4), 1e-5)]:
        x, c = operand(*shape), shape[1]
        scale, bias, mean, variance = operand(c), operand(c), operand(c), operand(c, offset=1.5)
        y = F.batch_norm(double(x), double(mean), double(variance), double(scale), double(bias), eps=epsilon)
        case("BatchNormalization", {"epsilon": epsilon}, [x, scale, bias, mean, variance], y)
    for shape, axis, epsilon in [((1, 5, 13), -1, 1e-5), ((2, 3, 7), 1, 1e-6), ((17,), 0, 1e-2), ((2, 1, 3, 4), -2, 1e-5)]:
        tail = shape[axis:]
        x, scale, bias = operand(*shape), operand(*tail), operand(*tail)
        for operands in ([x, scale, bias], [x, scale]):
            y = F.layer_norm(double(x), tail, *[double(o) for o in operands[1:]], eps=epsilon)
            case("LayerNormalization", {"axis": axis, "epsilon": epsilon}, operands, y)


def activations():
    for name, function in ACTIVATIONS.items():
        x = operand(3, 29, scale=8)
        case("Activation", {"function": name}, [x], function(double(x)))
    for name, function in POSITIVE_ACTIVATIONS.items():
        x = operand(3, 29, offset=1.25)
        case("Activation", {"function": name}, [x], function(double(x)))
    for shape, slope in [((2, 7, 3, 5), (7,)), ((1, 3, 2, 2), (1,)), ((4, 5), (5,)), ((2, 13, 4), (13,))]:
        x, s = operand(*shape), operand(*slope)
        case("ParametricRelu", {}, [x, s], F.prelu(double(x), double(s)))
    for shape, slope in [((2, 3, 4, 5), (3, 1, 1)), ((2, 3, 4, 5), (4, 1)), ((2, 3), (2, 3)), ((2, 3, 3), ())]:
        x, s = operand(*shape), operand(*slope)
        case("ParametricRelu", {}, [x, s], np.where(array(x) < 0, array(x).astype("f8") * array(s), array(x)))


def arithmetic():
    functions = {"add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide,
                 "maximum": np.maximum, "minimum": np.minimum, "power": np.power}
    shapes = [((2, 3, 5), (2, 3, 5)), ((1, 7, 3, 2), (7, 1, 1)), ((5,), ()), ((), (3, 1)), ((4, 1, 3), (1, 5, 1)),
              ((1, 13, 1, 1), (2, 13, 3, 2)), ((0, 3), (1, 3)), ((1, 3), (0, 1))]
    for (name, function), (left, right) in itertools.product(functions.items(), shapes):
        a = operand(*left, offset=1.5) if name == "power" else operand(*left)
        b = operand(*right, offset=1.25) if name == "divide" else operand(*right)
        case("BinaryArithmetic", {"operation": name}, [a, b], function(array(a).astype("f8"), array(b).astype("f8")))


def movement():
    for axis, shapes in [(1, [(1, 3, 2, 5), (1, 7, 2, 5), (1, 1, 2, 5)]), (-1, [(3, 2), (3, 0), (3, 5)]),
                         (0, [(1, 13), (2, 13)]), (2, [(2, 1, 3, 2), (2, 1, 1, 2)]), (0, [(4,)])]:
        parts = [operand(*shape) for shape in shapes]
        case("Concatenation", {"axis": axis}, parts, np.concatenate([array(part) for part in parts], axis))
    for shape, axis, sizes in [((1, 13, 2, 3), 1, (3, 1, 9)), ((4, 6), -1, (3, 3)), ((5, 2), 0, (0, 4, 1)), ((3,), 0, (3,))]:
        x = operand(*shape)
        case("Split", {"axis": axis, "sizes": sizes}, [x], np.split(array(x), np.cumsum(sizes)[:-1], axis))
    for shape, starts, ends, axes, steps in [
        ((1, 7, 4, 5), (1,), (-1,), (1,), (2,)), ((5, 6), (0, 1), (99, 5), (1, 0), (3, 2)),
        ((9,), (-2,), (-99,), (0,), (-3,)), ((3, 8), (7,), (2,), (-1,), (-2,)), ((4, 3), (2,), (2,), (0,), (1,)),
        ((6, 2), (-99,), (3,), (0,), (1,)), ((5,), (4,), (1,), (0,), (1,)), ((3, 3), (99,), (-2,), (1,), (-1,)),
    ]:
        x = operand(*shape)
        y = onnx("Slice", [array(x)] + [np.array(v, dtype=np.int64) for v in (starts, ends, axes, steps)])
        case("Slice", {"starts": starts, "ends": ends, "axes": axes, "steps": steps}, [x], y)
    for shape, permutation in [((2, 3, 5), (2, 0, 1)), ((1, 7, 2, 3), (0, 2, 3, 1)), ((4, 13), (1, 0)),
                               ((3,), (0,)), ((), ()), ((2, 1, 3, 2, 2), (4, 2, 0, 3, 1)), ((2, 0, 3), (2, 1, 0))]:
        x = operand(*shape)
        case("Transpose", {"permutation": permutation}, [x], np.transpose(array(x), permutation))
    for mode, shape, before, after in [
        ("constant", (2, 3), (1, 0), (0, 2)), ("constant", (1, 3, 4, 5), (0, 1, 2, 0), (0, 0, 1, 3)),
        ("constant", (5, 4), (-1, 2), (1, -2)), ("reflect", (4, 3), (3, 1), (2, 2)), ("reflect", (1, 2, 5, 4), (0, 0, 2, 1), (0, 0, 4, 3)),
        ("edge", (3, 2), (2, 0), (1, 5)), ("edge", (1, 1, 2, 2), (0, 0, 1, 2), (0, 0, 3, 1)), ("constant", (3,), (-2,), (-1,)),
        ("edge", (4, 4), (-1, 3), (2, -1)), ("reflect", (5, 4), (-2, 1), (2, 0)),
    ]:
        x = operand(*shape)
        constant = np.array(0.5, dtype=np.float32) if mode == "constant" else None
        y = onnx("Pad", [array(x), np.array(before + after, dtype=np.int64), constant], mode=mode)
        case("Pad", {"mode": mode, "constant": 0.5, "before": before, "after": after}, [x], y)


def pooling():
    # batch, channels, height, width, kernel, strides, (top, left, bottom, right), ceil mode
    table = [
        (1, 3, 6, 7, (2, 2), (2, 2), (0, 0, 0, 0), False), (1, 3, 7, 6, (2, 2), (2, 2), (0, 0, 0, 0), True),
        (2, 7, 5, 5, (3, 3), (1, 1), (1, 1, 1, 1), False), (1, 13, 7, 9, (3, 3), (2, 2), (0, 0, 1, 1), False),
        (1, 1, 8, 8, (3, 2), (2, 3), (1, 0, 0, 1), True), (1, 5, 6, 5, (5, 5), (1, 2), (2, 2, 2, 2), False),
        (1, 2, 9, 9, (2, 2), (3, 3), (0, 1, 1, 0), True), (1, 2, 4, 4, (4, 4), (4, 4), (0, 0, 0, 0), False),
        (1, 3, 6, 6, (3, 3), (2, 2), (1, 1, 1, 1), True),
    ]
    for n, c, h, w, kernel, strides, padding, ceil in table:
        x = operand(n, c, h, w)
        shared = {"kernel_shape": kernel, "strides": strides, "pads": padding, "ceil_mode": int(ceil)}
        attributes = {"kernel": kernel, "strides": strides, "padding": padding, "ceilMode": ceil}
        symmetric = padding[:2] == padding[2:]
        y = onnx("MaxPool", [array(x)], **shared)
        if symmetric:
            assert np.array_equal(y, F.max_pool2d(double(x), kernel, strides, padding[:2], ceil_mode=ceil).float().numpy())
        case("MaxPool", attributes | {"dilations": [1, 1]}, [x], y)
        for include in (False, True):
            if symmetric:
                y = F.avg_pool2d(double(x), kernel, strides, padding[:2], ceil, include)
            elif include:
                # The divisor counts padding but nothing beyond: pool the padded image and exclude the overhang.
                y = F.avg_pool2d(padded(double(x), padding), kernel, strides, 0, ceil, True)
            else:
                ones = F.avg_pool2d(padded(torch.ones_like(double(x)), padding), kernel, strides, 0, ceil, True)
                y = F.avg_pool2d(padded(double(x), padding), kernel, strides, 0, ceil, True) / ones
            rows, columns = onnx("MaxPool", [array(x)], **shared).shape[2:]
            y = y[:, :, :rows, :columns]
            case("AveragePool", attributes | {"countIncludesPadding": include}, [x], y)
    for n, c, h, w, kernel, strides, padding, dilations in [
        (1, 3, 7, 8, (3, 3), (1, 1), (0, 0, 0, 0), (2, 2)), (1, 2, 9, 5, (2, 3), (2, 1), (1, 1, 0, 2), (3, 1))]:
        x = operand(n, c, h, w)
        y = onnx("MaxPool", [array(x)], kernel_shape=kernel, strides=strides, pads=padding, dilations=dilations)
        case("MaxPool", {"kernel": kernel, "strides": strides, "padding": padding, "ceilMode": False,
                         "dilations": dilations}, [x], y)
    for shape in [(1, 1, 1, 1), (2, 13, 3, 5), (1, 17, 7, 1)]:
        x = operand(*shape)
        case("GlobalPool", {"kind": "average"}, [x], double(x).mean((2, 3), keepdim=True))
        case("GlobalPool", {"kind": "maximum"}, [x], double(x).amax((2, 3), keepdim=True))
    functions = {"mean": np.mean, "sum": np.sum, "maximum": np.max, "minimum": np.min}
    for (name, function), (shape, axes), keeps in itertools.product(
        functions.items(), [((2, 3, 5), (1,)), ((1, 7, 3, 2), (-1, -2)), ((4, 3), ()), ((2, 3, 2, 3), (0, 2))], (True, False)):
        x = operand(*shape)
        y = function(array(x).astype("f8"), axis=axes or None, keepdims=keeps)
        case("Reduce", {"kind": name, "axes": axes, "keepsDimensions": keeps}, [x], y)


def resize():
    sizes = [((1, 3, 4, 5), (8, 10)), ((1, 2, 7, 6), (3, 5)), ((2, 1, 3, 3), (7, 4)), ((1, 1, 5, 1), (1, 3)), ((1, 7, 2, 2), (2, 2))]
    transformations = {"halfPixel": "half_pixel", "pytorchHalfPixel": "pytorch_half_pixel",
                       "alignCorners": "align_corners", "asymmetric": "asymmetric"}
    roundings = {"roundPreferFloor": "round_prefer_floor", "roundPreferCeiling": "round_prefer_ceil",
                 "floor": "floor", "ceiling": "ceil"}

    def add(x, mode, rounding, coordinates, size, y):
        case("Resize", {"mode": mode, "rounding": rounding, "coordinates": coordinates, "height": size[0],
                        "width": size[1]}, [x], y)

    for (shape, size), (ours, theirs) in itertools.product(sizes, transformations.items()):
        x = operand(*shape)
        target = np.array(shape[:2] + size, dtype=np.int64)
        y = onnx("Resize", [array(x), None, None, target], mode="linear", coordinate_transformation_mode=theirs)
        if ours in ("halfPixel", "alignCorners"):
            exact = F.interpolate(double(x), size, mode="bilinear", align_corners=ours == "alignCorners")
            assert np.allclose(exact.numpy(), y, atol=1e-5), (shape, size, ours)
            y = exact
        add(x, "bilinear", "floor", ours, size, y)
        for rounding, name in roundings.items():
            y = onnx("Resize", [array(x), None, None, target], mode="nearest", nearest_mode=name,
                     coordinate_transformation_mode=theirs)
            add(x, "nearest", rounding, ours, size, y)
    for shape, size in sizes:
        x = operand(*shape)
        add(x, "nearest", "floor", "asymmetric", size, F.interpolate(double(x), size, mode="nearest"))
        add(x, "nearest", "roundPreferCeiling", "halfPixel", size, F.interpolate(double(x), size, mode="nearest-exact"))


def products():
    for left, right in [((3, 5), (5, 7)), ((2, 3, 13), (2, 13, 4)), ((1, 7, 1, 3), (2, 1, 3, 5)), ((5,), (5, 3)),
                        ((2, 4, 3), (3,)), ((6,), (6,)), ((2, 3), (4, 3, 2)), ((3, 0), (0, 2)), ((17, 1), (1, 13))]:
        a, b = operand(*left), operand(*right)
        case("MatrixProduct", {}, [a, b], np.matmul(array(a).astype("f8"), array(b).astype("f8")))
    for m, k, n, left, right, alpha, beta, bias, activation in [
        (3, 5, 7, False, False, 1, 1, (7,), "identity"), (1, 13, 3, False, True, 1, 1, (3,), "relu"),
        (4, 3, 5, True, False, 0.5, 2, (4, 5), "silu"), (2, 7, 1, True, True, -1.5, 0.25, (2, 1), "identity"),
        (3, 2, 4, False, True, 1, 1, None, "gelu"), (2, 3, 3, False, False, 1, 3, (), "relu6")]:
        a, b = operand(*((k, m) if left else (m, k))), operand(*((n, k) if right else (k, n)))
        c = None if bias is None else operand(*bias)
        y = alpha * (double(a).T if left else double(a)) @ (double(b).T if right else double(b))
        y = y if c is None else y + beta * double(c)
        case("Linear", {"transposesLeft": left, "transposesRight": right, "alpha": alpha, "beta": beta,
                        "activation": activation}, [a, b, c], ACTIVATIONS[activation](y))
    a, b, c = operand(2, 3, 5), operand(7, 5), operand(7)
    case("Linear", {"transposesLeft": False, "transposesRight": True, "alpha": 1, "beta": 1, "activation": "identity"},
         [a, b, c], F.linear(double(a), double(b), double(c)))
    for shape, axis in [((3, 7), -1), ((1, 13, 2, 3), 1), ((5,), 0), ((2, 3, 4), -3), ((17, 1), 1)]:
        x = operand(*shape, scale=20)
        case("Softmax", {"axis": axis}, [x], torch.softmax(double(x), axis))


for group in (convolution, convolution_transpose, normalization, activations, arithmetic, movement, pooling, resize, products):
    group()
for operator, cases in CASES.items():
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (FOLDER / f"{operator}.json").write_text(f"[\n{lines}\n]\n")
    print(f"{operator}: {len(cases)} cases")
