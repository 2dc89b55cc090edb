"""Writes squeezesam-256x256.safetensors: what PyTorch makes of SqueezeSAM with pseudo-random weights and input.

The network is written here from the description of its release; weights and input follow from their names by the rule
of RandomWeights.swift, so the file holds the results alone.

Usage: make_squeezesam.py   (needs torch and safetensors; writes beside itself)
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from safetensors.torch import save_file
from torch import Tensor

SIZE = 256
WIDTHS = [64, 128, 128, 128, 128, 164, 256, 256]
MASK = (1 << 64) - 1
MULTIPLIER, INCREMENT = 6364136223846793005, 1442695040888963407
BLOCK = 4096
count = 0


def states(first: int, size: int) -> np.ndarray:
    """`size` further states of the generator, by blocks: numpy's 64 bits wrap as Swift's do."""
    block = np.empty(BLOCK, np.uint64)
    state, multiplier, increment = first, 1, 0
    for index in range(BLOCK):
        state = (state * MULTIPLIER + INCREMENT) & MASK
        block[index] = state
        multiplier, increment = multiplier * MULTIPLIER & MASK, (increment * MULTIPLIER + INCREMENT) & MASK
    found = [block]
    with np.errstate(over="ignore"):
        for _ in range((size - 1) // BLOCK):
            found.append(found[-1] * np.uint64(multiplier) + np.uint64(increment))
    return np.concatenate(found)[:size]


def numbers(name: str, shape: tuple[int, ...]) -> Tensor:
    """The weight of a name, by the rule of RandomWeights.swift."""
    state = 1469
    for byte in name.encode():
        state = (state ^ byte) * 1099511628211 & MASK
    size = int(np.prod(shape))
    values = (states(state, size) >> np.uint64(40)).astype(np.float32) / np.float32(1 << 23) - np.float32(1)
    is_scale = len(shape) == 1 and name.endswith(("weight", "running_var"))
    reach = np.sqrt(np.float32(3) / np.float32(max(size // shape[0], 1)))
    middle, reach = (0, reach) if len(shape) > 1 else (0.75, 0.25) if is_scale else (0, 0.1)
    return torch.from_numpy(np.float32(middle) + np.float32(reach) * values).reshape(shape)


def weight(name: str, *shape: int) -> Tensor:
    """A trained weight, counted."""
    global count
    count += int(np.prod(shape))
    return numbers(name, shape)


def linear(x: Tensor, path: str, outputs: int) -> Tensor:
    return functional.linear(x, weight(f"{path}.weight", outputs, x.shape[-1]), weight(f"{path}.bias", outputs))


def layer_norm(x: Tensor, path: str) -> Tensor:
    c = x.shape[-1]
    return functional.layer_norm(x, (c,), weight(f"{path}.weight", c), weight(f"{path}.bias", c))


def batch_norm(x: Tensor, path: str) -> Tensor:
    c = x.shape[1]
    return functional.batch_norm(x, numbers(f"{path}.running_mean", (c,)), numbers(f"{path}.running_var", (c,)),
                                 weight(f"{path}.weight", c), weight(f"{path}.bias", c))


def double_convolution(x: Tensor, path: str, outputs: int) -> Tensor:
    for index in range(2):
        layer = f"{path}.double_conv.{index}"
        x = functional.conv2d(x, weight(f"{layer}.conv.0.weight", outputs, x.shape[1], 3, 3),
                              weight(f"{layer}.conv.0.bias", outputs), padding=1).relu()
        x = batch_norm(x, f"{layer}.norm")
    return x


def up(x: Tensor, skip: Tensor, path: str) -> Tensor:
    channels = x.shape[1]
    rows = linear(x.permute(0, 2, 3, 1), f"{path}.up.upsampler_linear.0", 4 * (channels // 2)).relu()
    x = functional.pixel_shuffle(batch_norm(rows.permute(0, 3, 1, 2), f"{path}.up.norm"), 2)
    return double_convolution(torch.cat([skip, x], 1), f"{path}.conv", skip.shape[1])


def attention(path: str, q: Tensor, k: Tensor, v: Tensor, inner: int) -> Tensor:
    def heads(x: Tensor, part: str) -> Tensor:
        return linear(x, f"{path}.{part}_proj", inner).reshape(len(x), 8, inner // 8).transpose(0, 1)

    mixed = functional.scaled_dot_product_attention(heads(q, "q"), heads(k, "k"), heads(v, "v"))
    return linear(mixed.transpose(0, 1).reshape(len(q), inner), f"{path}.out_proj", q.shape[1])


def transformer(x: Tensor) -> tuple[Tensor, Tensor]:
    path = "get_iou_predictions_and_mask_tokens"
    _, c, h, w = x.shape
    places = x.flatten(2)[0].T
    first = torch.cat([weight(f"{path}.iou_token.weight", 1, c), weight(f"{path}.mask_tokens.weight", 4, c),
                       torch.zeros(1, c)])
    tokens = first
    for index in range(2):
        layer = f"{path}.transformer.layers.{index}"
        if index:
            tokens = tokens + first
        tokens = layer_norm(tokens + attention(f"{layer}.self_attn", tokens, tokens, tokens, c), f"{layer}.norm1")
        looked = attention(f"{layer}.cross_attn_token_to_image", tokens + first, places, places, c // 2)
        tokens = layer_norm(tokens + looked, f"{layer}.norm2")
        hidden = linear(tokens, f"{layer}.mlp.layers.0.0", c).relu()
        tokens = layer_norm(tokens + linear(hidden, f"{layer}.mlp.fc", c), f"{layer}.norm3")
        seen = attention(f"{layer}.cross_attn_image_to_token", places, tokens + first, tokens, c // 2)
        places = layer_norm(places + seen, f"{layer}.norm4")
    last = f"{path}.transformer"
    looked = attention(f"{last}.final_attn_token_to_image", tokens + first, places, places, c // 2)
    return layer_norm(tokens + looked, f"{last}.norm_final_attn"), places.T.reshape(1, c, h, w)


def perceptron(x: Tensor, path: str, outputs: int) -> Tensor:
    for index in range(2):
        x = linear(x, f"{path}.layers.{index}.0", x.shape[1]).relu()
    return linear(x, f"{path}.fc", outputs)


def squeeze_sam(image: Tensor) -> tuple[Tensor, Tensor]:
    path = "patch_embed.proj"
    x = functional.conv2d(image, weight(f"{path}.0.weight", 64, 5, 2, 2), weight(f"{path}.0.bias", 64), 2)
    x = functional.group_norm(x, 1, weight(f"{path}.1.weight", 64), weight(f"{path}.1.bias", 64))
    levels = []
    for index, width in enumerate(WIDTHS):
        path = f"unet_encoder.down_layers.{index}"
        x = (double_convolution(functional.max_pool2d(x, 2), f"{path}.maxpool_conv.1", width) if index
             else double_convolution(x, path, width))
        levels.append(x)
    tokens, x = transformer(levels.pop())
    for index, skip in enumerate(reversed(levels)):
        x = up(x, skip, f"unet_decoder.unet_upscaling_layers.{index}")
    weights = [perceptron(tokens[i + 1:i + 2], f"mask_decoder.output_hypernetworks_mlps.{i}", 64) for i in range(4)]
    masks = (torch.cat(weights) @ x.flatten(2)).reshape(1, 4, *x.shape[2:])
    quality = perceptron(tokens[:1], "mask_decoder.iou_prediction_head", 4)
    return masks[:, 1:], quality[:, 1:]


def main() -> None:
    logits, quality = squeeze_sam(numbers("image", (1, 5, SIZE, SIZE)))
    # Every fourth pixel of each row and column is enough to tell two networks apart.
    save_file({"logits": logits[..., ::4, ::4].contiguous(), "quality": quality.contiguous()},
              Path(__file__).parent / f"squeezesam-{SIZE}x{SIZE}.safetensors")
    print(f"{count} parameters, logits from {logits.min():.3f} to {logits.max():.3f}, quality {quality}")


if __name__ == "__main__":
    main()
