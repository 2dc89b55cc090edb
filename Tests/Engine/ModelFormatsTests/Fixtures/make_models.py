"""Makes the ONNX models of these tests and what ONNX Runtime computes with them.

Usage: python make_models.py   (needs torch, onnx, onnxruntime, safetensors; writes beside itself)

Each model NAME becomes models/NAME.onnx; its inputs and outputs become the tensors "NAME/input/..." and
"NAME/output/..." of expected.safetensors. The models in hostile/ are ones that nobody may open. reference.safetensors, float64.safetensors and bfloat16.safetensors are
files of the Python package, which the Swift reader must read; the writer must reproduce the first byte by byte.
"""
import pathlib
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_torch_file

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).resolve().parent
(here / "models").mkdir(exist_ok=True)
random = np.random.default_rng(7)
torch.manual_seed(7)
expected = {}


def numbers(*shape, low=-1.0, high=1.0):
    return random.uniform(low, high, shape).astype(np.float32)


def finish(name, model, inputs):
    """Writes a model and what ONNX Runtime computes of `inputs`."""
    path = here / "models" / f"{name}.onnx"
    onnx.save(model, path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    outputs = session.run(None, inputs)
    for key, value in inputs.items():
        expected[f"{name}/input/{key}"] = np.ascontiguousarray(value)
    for output, value in zip(session.get_outputs(), outputs):
        value = value.astype(np.float32) if value.dtype in (np.float16, np.float64) else value
        expected[f"{name}/output/{output.name}"] = np.ascontiguousarray(value)


def graph(name, opset, nodes, inputs, outputs, weights=None, initializers=(), ir_version=8, listed_weights=False):
    """Makes a model of nodes given as (operator, inputs, outputs, attributes)."""
    made = [helper.make_node(o, i.split(), r.split(), name=f"{o}_{n}", **a) for n, (o, i, r, a) in enumerate(nodes)]
    tensors = [numpy_helper.from_array(v, k) for k, v in (weights or {}).items()] + list(initializers)
    declared = [helper.make_tensor_value_info(k, helper.np_dtype_to_tensor_dtype(v.dtype), list(v.shape)) for k, v in inputs.items()]
    if listed_weights:
        declared += [helper.make_tensor_value_info(t.name, t.data_type, list(t.dims)) for t in tensors]
    results = [helper.make_tensor_value_info(k, t, None) for k, t in outputs.items()]
    model = helper.make_model(helper.make_graph(made, name, declared, results, tensors), opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = ir_version
    finish(name, model, inputs)


def integers(*values):
    return np.array(values, np.int64)


FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64

# ---------------------------------------------------------------------------------------------- whole networks

graph(
    "residual_block", 11,
    [("Conv", "x w1 b1", "c1", dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1])),
     ("BatchNormalization", "c1 scale bias mean variance", "n1", dict(epsilon=1e-3)),
     ("Clip", "n1 zero six", "a1", {}),
     ("Conv", "a1 w2", "c2", dict(group=7, pads=[1, 0, 1, 2])),
     ("Slice", "c2 start end axis", "c3", {}),
     ("Add", "a1 c3", "s", {}),
     ("Concat", "s a1 x", "y", dict(axis=1))],
    {"x": numbers(2, 3, 9, 11)}, {"y": FLOAT},
    {"w1": numbers(7, 3, 3, 3), "b1": numbers(7), "scale": numbers(7, low=0.5), "bias": numbers(7), "mean": numbers(7),
     "variance": numbers(7, low=0.2), "zero": np.float32(0).reshape(()), "six": np.float32(6).reshape(()),
     "w2": numbers(7, 1, 3, 3), "start": integers(0), "end": integers(11), "axis": integers(3)})

graph(
    "reshape_resize", 17,
    [("Pad", "x pads value", "p", {}),
     ("Resize", "p empty scales", "r", dict(mode="linear", coordinate_transformation_mode="half_pixel")),
     ("Slice", "r starts ends axes steps", "s", {}),
     ("Transpose", "s", "t", dict(perm=[0, 2, 3, 1])),
     ("LayerNormalization", "t scale bias", "l", dict(axis=-1)),
     ("MatMul", "l weight", "m", {}),
     ("Softmax", "m", "y", dict(axis=2)),
     ("ReduceMean", "m", "z", dict(axes=[1, 2], keepdims=0))],
    {"x": numbers(1, 5, 6, 7)}, {"y": FLOAT, "z": FLOAT},
    {"pads": integers(0, 0, 1, 2, 0, 0, 0, 1), "value": np.array(0.25, np.float32), "empty": np.zeros(0, np.float32),
     "scales": np.array([1, 1, 2, 2], np.float32), "starts": integers(-1, 1), "ends": integers(-100, 100),
     "axes": integers(2, 3), "steps": integers(-2, 3), "scale": numbers(5), "bias": numbers(5), "weight": numbers(5, 4)})

# Everything that older operator sets wrote as attributes, weights listed as inputs, and every way to store them.
graph(
    "old_attributes", 7,
    [("Conv", "x w", "c", dict(auto_pad="SAME_UPPER", strides=[2, 2])),
     ("Clip", "c", "k", dict(min=-0.5, max=0.75)),
     ("Pad", "k", "p", dict(pads=[0, 0, 1, 0, 0, 0, 0, 1], value=0.5)),
     ("Slice", "p", "s", dict(starts=[0, 1], ends=[2, 6], axes=[1, 3])),
     ("Upsample", "s", "u", dict(mode="nearest", scales=[1.0, 1.0, 2.0, 3.0])),
     ("Dropout", "u", "d", {}),
     ("ReduceSum", "d", "r", dict(axes=[2], keepdims=0)),
     ("Softmax", "r", "f", dict(axis=1)),
     ("Unsqueeze", "f", "q", dict(axes=[0, 3])),
     ("Squeeze", "q", "e", dict(axes=[0])),
     ("Split", "e", "first second", dict(axis=3, split=[4, 11])),
     ("Flatten", "second", "y", {})],
    {"x": numbers(1, 3, 7, 9)}, {"first": FLOAT, "y": FLOAT}, {"w": numbers(4, 3, 3, 3)},
    ir_version=3, listed_weights=True)

weight = numbers(2, 3, 1, 1)
half = numbers(3, 3).astype(np.float16)
graph(
    "weight_types", 13,
    [("Conv", "x listed", "c", {}),
     ("Cast", "half", "h", dict(to=FLOAT)),
     ("Cast", "double", "d", dict(to=FLOAT)),
     ("Cast", "bytes", "b", dict(to=FLOAT)),
     ("MatMul", "c h", "m", {}),
     ("Mul", "m d", "n", {}),
     ("Add", "n b", "y", {}),
     ("Identity", "y", "same", {})],
    {"x": numbers(1, 3, 4, 3)}, {"y": FLOAT, "same": FLOAT},
    initializers=[
        helper.make_tensor("listed", FLOAT, [2, 3, 1, 1], weight.flatten()),
        helper.make_tensor("half", TensorProto.FLOAT16, [3, 3], half.flatten()),
        helper.make_tensor("double", TensorProto.DOUBLE, [3], [0.5, -2.0, 3.0]),
        helper.make_tensor("bytes", TensorProto.UINT8, [3], [0, 200, 7])])


class Block(nn.Module):
    """An inverted residual of MobileNetV2."""

    def __init__(self, i, o, stride, expand):
        super().__init__()
        h = i * expand
        self.layers = nn.Sequential(
            nn.Conv2d(i, h, 1, bias=False), nn.BatchNorm2d(h), nn.ReLU6(),
            nn.Conv2d(h, h, 3, stride, 1, groups=h, bias=False), nn.BatchNorm2d(h), nn.Hardswish(),
            nn.Conv2d(h, o, 1, bias=False), nn.BatchNorm2d(o))
        self.residual = stride == 1 and i == o

    def forward(self, x):
        return x + self.layers(x) if self.residual else self.layers(x)


class SqueezeExcite(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = nn.Conv2d(c, 4, 1), nn.Conv2d(4, c, 1)

    def forward(self, x):
        return x * F.hardsigmoid(self.b(F.silu(self.a(F.adaptive_avg_pool2d(x, 1)))))


class MobileNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2, 1), nn.PReLU(8), Block(8, 8, 1, 2), SqueezeExcite(8), Block(8, 12, 2, 3), nn.LeakyReLU(0.1))
        self.head = nn.Linear(12, 10)

    def forward(self, x):
        return self.head(torch.flatten(F.dropout(self.features(x).mean((2, 3)), 0.5, self.training), 1))


class Attention(nn.Module):
    """A transformer over the pixels of an image whose size is read from its shape, then resized to the input's size."""

    def __init__(self, d=12, heads=3):
        super().__init__()
        self.stem, self.heads = nn.Conv2d(3, d, 4, 4), heads
        self.first, self.second = nn.LayerNorm(d), nn.LayerNorm(d)
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, 2 * d), nn.Linear(2 * d, d)

    def forward(self, x):
        y = self.stem(x)
        n, c, h, w = y.shape
        t = y.flatten(2).transpose(1, 2)
        q, k, v = self.qkv(self.first(t)).reshape(n, h * w, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v)
        t = t + self.out(a.transpose(1, 2).reshape(n, h * w, c))
        t = t + self.down(F.gelu(self.up(self.second(t))))
        y = t.transpose(1, 2).reshape(n, c, h, w)
        y = F.interpolate(y, size=x.shape[2:], mode="bilinear", align_corners=False)
        return torch.cat([y, x], 1)[:, ::2]


class Decoder(nn.Module):
    """Transposed convolution, poolings and a channel shuffle."""

    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(4, 6, 3, 2, 1, output_padding=1)

    def forward(self, x):
        y = self.up(x)
        n, c, h, w = y.shape
        y = y.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)
        a = F.avg_pool2d(y, 3, 2, 1, ceil_mode=True, count_include_pad=False)
        b = F.max_pool2d(y, 3, 2, 1, ceil_mode=True)
        return F.pixel_shuffle(F.pad(torch.cat([a, b], 1), (1, 2, 0, 1), mode="reflect"), 2)


def export(name, module, opset, x, **options):
    module.eval()
    for m in module.modules():
        if isinstance(m, nn.BatchNorm2d):
            nn.init.uniform_(m.running_mean, -0.2, 0.2)
            nn.init.uniform_(m.running_var, 0.5, 1.5)
    path = here / "models" / f"{name}.onnx"
    torch.onnx.export(
        module, torch.from_numpy(x), str(path), opset_version=opset, input_names=["image"], output_names=["result"],
        dynamo=False, **options)
    finish(name, onnx.load(path), {"image": x})


export("mobilenet", MobileNet(), 13, numbers(1, 3, 33, 30), dynamic_axes={"image": {0: "batch"}})
export("attention", Attention(), 17, numbers(1, 3, 16, 24), dynamic_axes={"image": {0: "batch", 2: "height", 3: "width"}})
export("decoder", Decoder(), 11, numbers(2, 4, 5, 7), dynamic_axes={"image": {2: "height", 3: "width"}})

# ------------------------------------------------------------------------------------------- single operators

x4 = numbers(2, 6, 7, 5)
single = [
    # name, opset, operator, inputs, attributes, constant inputs
    ("pool_same_lower", 11, "AveragePool", [x4], dict(kernel_shape=[3, 2], strides=[2, 1], auto_pad="SAME_LOWER"), []),
    ("pool_dilated", 12, "MaxPool", [x4], dict(kernel_shape=[2, 3], dilations=[2, 2], pads=[1, 1, 0, 1]), []),
    ("global_maximum", 11, "GlobalMaxPool", [x4], {}, []),
    ("transposed_output_shape", 11, "ConvTranspose", [x4], dict(strides=[2, 3], output_shape=[14, 16], group=2), [numbers(6, 2, 3, 4)]),
    ("transposed_same", 11, "ConvTranspose", [x4], dict(strides=[2, 2], auto_pad="SAME_UPPER"), [numbers(6, 3, 3, 3), numbers(3)]),
    ("transposed_beyond_kernels", 11, "ConvTranspose", [numbers(1, 1, 3, 3)], dict(strides=[3, 2], output_shape=[10, 8]), [numbers(1, 2, 3, 3)]),
    ("convolution_dilated", 11, "Conv", [x4], dict(dilations=[2, 1], pads=[0, 2, 3, 1]), [numbers(4, 6, 3, 2)]),
    ("resize_sizes", 13, "Resize", [x4], dict(mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="ceil"), [None, None, integers(2, 6, 10, 4)]),
    ("resize_corners", 18, "Resize", [x4], dict(mode="linear", coordinate_transformation_mode="align_corners", axes=[2, 3]), [None, np.array([2, 0.6], np.float32)]),
    ("resize_pytorch", 11, "Resize", [x4], dict(mode="linear", coordinate_transformation_mode="pytorch_half_pixel"), [np.zeros(0, np.float32), np.zeros(0, np.float32), integers(2, 6, 1, 9)]),
    ("softmax_joint", 11, "Softmax", [x4], dict(axis=2), []),
    ("pad_axes", 18, "Pad", [x4], dict(mode="edge"), [integers(2, 1, 0, 3), None, integers(-1, 1)]),
    ("split_uneven", 18, "Split", [x4], dict(axis=-2, num_outputs=3), []),
    ("gather_scalar", 13, "Gather", [x4], dict(axis=1), [np.array(-2, np.int64)]),
    ("gather_scattered", 13, "Gather", [x4], dict(axis=3), [np.array([[0, 4, 1], [2, 3, 3]], np.int64)]),
    ("gather_reverse", 13, "Gather", [x4], dict(axis=2), [integers(6, 5, 4, 3, 2, 1, 0)]),
    ("expand", 13, "Expand", [numbers(3, 1)], {}, [integers(2, 1, 4)]),
    ("tile", 13, "Tile", [numbers(2, 3)], {}, [integers(2, 3)]),
    ("linear", 13, "Gemm", [numbers(4, 3)], dict(transA=1, transB=1, alpha=0.5, beta=2.0), [numbers(5, 4), numbers(1, 5)]),
    ("maximum_of_three", 13, "Max", [x4], {}, [numbers(5), numbers(6, 1, 1)]),
    ("mean_of_two", 13, "Mean", [x4], {}, [numbers(5)]),
    ("power", 13, "Pow", [numbers(3, 4, low=0.1)], {}, [integers(2)]),
    ("slope_of_last_axis", 16, "PRelu", [x4], {}, [numbers(5)]),
    ("hard_sigmoid", 13, "HardSigmoid", [x4], dict(alpha=0.3, beta=0.4), []),
    ("gelu_tanh", 20, "Gelu", [x4], dict(approximate="tanh"), []),
    ("reduce_operand_axes", 18, "ReduceMax", [x4], dict(keepdims=0), [integers(-1, 1)]),
    ("space_to_depth", 13, "SpaceToDepth", [numbers(1, 3, 4, 6)], dict(blocksize=2), []),
    ("depth_to_space", 13, "DepthToSpace", [numbers(1, 8, 2, 3)], dict(blocksize=2), []),
]
for name, opset, operator, inputs, attributes, constants in single:
    names = [f"x{n}" for n in range(len(inputs))] + ["" if c is None else f"c{n}" for n, c in enumerate(constants)]
    outputs = ["y0", "y1", "y2"] if operator == "Split" else ["y0"]
    made = helper.make_graph(
        [helper.make_node(operator, names, outputs, **attributes)], name,
        [helper.make_tensor_value_info(f"x{n}", FLOAT, list(v.shape)) for n, v in enumerate(inputs)],
        [helper.make_tensor_value_info(o, FLOAT, None) for o in outputs],
        [numpy_helper.from_array(c, f"c{n}") for n, c in enumerate(constants) if c is not None])
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    finish(name, model, {f"x{n}": v for n, v in enumerate(inputs)})

# ---------------------------------------------------------------------------------------------- external data

(here / "external" / "weights").mkdir(parents=True, exist_ok=True)
stored = numbers(2, 3, 1, 1)
(here / "external" / "weights" / "data.bin").write_bytes(b"\0" * 8 + stored.tobytes())


def external(location, **entries):
    tensor = TensorProto(name="w", data_type=FLOAT, dims=[2, 3, 1, 1], data_location=TensorProto.EXTERNAL)
    for key, value in dict(location=location, **entries).items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def plain(nodes, initializers=(), outputs=("y",), inputs=None, opset=13, domain=""):
    """Makes a model that need not be valid, of nodes given as (operator, inputs, outputs, attributes)."""
    made = [helper.make_node(o, i.split(), r.split(), name=f"{o}_{n}", domain=domain, **a) for n, (o, i, r, a) in enumerate(nodes)]
    declared = inputs if inputs is not None else [helper.make_tensor_value_info("x", FLOAT, [1, 3, 4, 4])]
    results = [helper.make_tensor_value_info(o, FLOAT, None) for o in outputs]
    model = helper.make_model(helper.make_graph(made, "plain", declared, results, list(initializers)), opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    return model


convolve = [("Conv", "x w", "y", {})]
(here / "external" / "inside.onnx").write_bytes(plain(convolve, [external("weights/data.bin", offset=8, length=24)]).SerializeToString())
x = numbers(1, 3, 4, 4)
expected["external/input/x"] = x
expected["external/output/y"] = np.einsum("oi,nihw->nohw", stored[:, :, 0, 0], x).astype(np.float32)

# Nodes listed after those that read them, as converters leave them.
graph("nodes_out_of_order", 13,
      [("Add", "c a", "y", {}), ("Mul", "b b", "c", {}), ("Relu", "a", "b", {}), ("Neg", "x", "a", {})],
      {"x": np.array([[-3, -2, -1], [0, 1, 2]], np.float32)}, {"y": TensorProto.FLOAT})

# ---------------------------------------------------------------------------------------------- hostile models


def tensor(dims, count, data_type=FLOAT, name="w"):
    return TensorProto(name=name, data_type=data_type, dims=dims, raw_data=b"\0" * count)


def nested(depth):
    """The bytes of a graph in an attribute of a node of a graph in an attribute..., deeper than any library writes."""

    def field(number, content):
        length, size = b"", len(content)
        while size >= 0x80:
            length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
        return bytes([number << 3 | 2]) + length + bytes([size]) + content

    graph = b""
    for _ in range(depth):
        graph = field(1, field(4, b"If") + field(5, field(1, b"then_branch") + field(6, graph)))
    return field(8, b"\x10\x0d") + field(7, graph)


def dynamic(*dims):
    return [helper.make_tensor_value_info("x", FLOAT, dims)]


hostile = {
    "unknown_operator": plain([("Frobnicate", "x", "y", {})]),
    "unknown_domain": plain([("Relu", "x", "y", {})], domain="com.example"),
    "operator_set_6": plain([("Relu", "x", "y", {})], opset=6),
    "operator_set_99": plain([("Relu", "x", "y", {})], opset=99),
    "cycle": plain([("Add", "x b", "a", {}), ("Relu", "a", "b", {}), ("Relu", "b", "y", {})]),
    "missing_value": plain([("Add", "x nothing", "y", {})]),
    "missing_output": plain([("Relu", "x", "z", {})]),
    "no_outputs": plain([("Relu", "x", "y", {})], outputs=()),
    "duplicate_value": plain([("Relu", "x", "y", {}), ("Sigmoid", "x", "y", {})]),
    "duplicate_weight": plain(convolve, [tensor([2, 3, 1, 1], 24), tensor([2, 3, 1, 1], 24)]),
    "duplicate_output": plain([("Relu", "x", "y", {})], outputs=("y", "y")),
    "duplicate_input": plain([("Relu", "x", "y", {})], inputs=dynamic(1) + dynamic(1)),
    "weight_too_short": plain(convolve, [tensor([2, 3, 1, 1], 23)]),
    "weight_negative": plain(convolve, [tensor([2, -3, 1, 1], 24)]),
    "weight_overflow": plain(convolve, [tensor([1 << 62, 4, 1 << 62], 0)]),
    "weight_overflow_of_none": plain([("Flatten", "w", "y", dict(axis=2))], [tensor([0, 1 << 62, 1 << 62], 0)]),
    "weight_strings": plain(convolve, [tensor([2, 3, 1, 1], 24, TensorProto.STRING)]),
    "weight_list_too_short": plain(convolve, [TensorProto(name="w", data_type=FLOAT, dims=[2, 3, 1, 1], float_data=[1.0])]),
    "huge_constant": plain([("ConstantOfShape", "w", "y", {})], [numpy_helper.from_array(integers(1 << 20, 1 << 19), "w")]),
    "huge_range": plain([("Range", "a b c", "y", {})], [numpy_helper.from_array(np.array(v, np.int64), k) for k, v in dict(a=0, b=1 << 45, c=1).items()]),
    "huge_tile": plain([("Tile", "x w", "y", {})], [numpy_helper.from_array(integers(1, 1 << 20, 1 << 20, 1), "w")]),
    "huge_resize": plain([("Resize", "x e w", "y", {})], [numpy_helper.from_array(np.array([1, 1, 2e5, 2e5], np.float32), "w"), numpy_helper.from_array(np.zeros(0, np.float32), "e")]),
    "huge_input": plain([("Relu", "x", "y", {})], inputs=dynamic(1, 3, 1 << 18, 1 << 18)),
    "huge_padding": plain([("Conv", "x w", "y", dict(pads=[1 << 62, 1 << 62, 1 << 62, 1 << 62]))], [tensor([2, 3, 1, 1], 24)]),
    "huge_stride": plain([("Conv", "x w", "y", dict(strides=[1 << 62, -1]))], [tensor([2, 3, 1, 1], 24)]),
    "zero_groups": plain([("Conv", "x w", "y", dict(group=0))], [tensor([2, 3, 1, 1], 24)]),
    "division_by_zero": plain([("Div", "a b", "y", {})], [numpy_helper.from_array(integers(v), k) for k, v in dict(a=1, b=0).items()]),
    "remainder_by_zero": plain([("Mod", "a b", "y", {})], [numpy_helper.from_array(integers(v), k) for k, v in dict(a=1, b=0).items()]),
    "far_axis": plain([("Concat", "x x", "y", dict(axis=1 << 62))]),
    "far_index": plain([("Gather", "x w", "y", {})], [numpy_helper.from_array(integers(1 << 62), "w")]),
    "attribute_of_another_type": plain([("Concat", "x x", "y", dict(axis=1.5))]),
    "too_few_operands": plain([("Conv", "x", "y", {})]),
    "shape_at_run_time": plain([("Cast", "x", "s", dict(to=INT64)), ("Reshape", "x s", "y", {})]),
    "dynamic_input": plain([("Relu", "x", "y", {})], inputs=dynamic("batch", 3, "height", "width")),
    "line_break_in_name": plain([("Bad\nOperator\x1b[2J", "x", "y", {})]),
    "nested_graphs": nested(2000),
    "external_outside": plain(convolve, [external("../expected.safetensors")]),
    "external_absolute": plain(convolve, [external("/etc/hostname")]),
    "external_absent": plain(convolve, [external("nothing.bin")]),
    "external_folder": plain(convolve, [external(".")]),
    "external_past_end": plain(convolve, [external("cycle.onnx", offset=1 << 40, length=24)]),
    "external_negative": plain(convolve, [external("cycle.onnx", offset=-8, length=24)]),
    "external_overflow": plain(convolve, [external("cycle.onnx", offset=(1 << 63) - 1, length=(1 << 63) - 1)]),
}
(here / "hostile").mkdir(exist_ok=True)
for name, model in hostile.items():
    (here / "hostile" / f"{name}.onnx").write_bytes(model if isinstance(model, bytes) else model.SerializeToString())

save_file(expected, here / "expected.safetensors")

# ------------------------------------------------------------------------------------------------- safetensors

reference = {
    "matrix": np.arange(6, dtype=np.float32).reshape(2, 3) / 4, "half": np.array([0.5, -2, 65504], np.float16),
    "scalar": np.array(3.25, np.float32), "empty": np.zeros((0, 4), np.float32), "flags": np.array([True, False]),
    "long": np.array([-1, 1 << 40], np.int64), "bytes": np.array([0, 255], np.uint8),
    'quoted "name"\n': np.array([7], np.int32)}
save_file(reference, here / "reference.safetensors", metadata={"source": "numpy"})
save_file({"double": np.array([0.1, 1e300])}, here / "float64.safetensors")
save_torch_file({"brain": torch.tensor([1.0, -3.5, 1e30], dtype=torch.bfloat16)}, here / "bfloat16.safetensors")
print(sum(p.stat().st_size for p in here.rglob("*") if p.is_file()), "bytes")
