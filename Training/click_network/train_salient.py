"""Train the salient-object head on the frozen encoder of the click network; a few minutes.

    python train_salient.py --cache CACHE --click ClickNetwork.safetensors --run RUN \
        --weights SalientHead.safetensors [--examples Fixtures]

Photos are encoded once; then only the head learns. Prints the mean IoU on the held-out tenth and how often the first
proposed click, the deepest place of the mask, lies on the object.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from clicks import depth, intersection_over_union
from export import example_inputs, exported_tensors, rounded_network
from memory import keep_memory
from model import ClickNetwork
from restore import load_network
from salient_head import SalientHead
from samples import resized
from scenes import Scenes
from validation import normalised

SIZE = 320
# Photos of each set, at most.
COUNTS = {"photos-objects": 400, "photos-food": 260, "clothing-ccp": 80, "people-humanseg": 100,
          "portrait-eg1800": 60}
STEPS, BATCH, RATE = 900, 32, 2e-3
EXAMPLE = (96, 160)


def truth_of(scenes: Scenes, entry: dict) -> np.ndarray:
    """How much of each place belongs to the object, 0 to 1: SIZE / 8 on a side."""
    values = scenes.label_map(entry, 0)
    if entry["kind"] == "classes":
        values = (values > 0).astype(np.uint8) * 255
    side = SIZE // 8
    return np.asarray(Image.fromarray(values).resize((side, side), Image.Resampling.BOX), np.float32) / 255


@torch.no_grad()
def encoded(cache: Path, network: ClickNetwork, held_out: bool) -> tuple[list[Tensor], Tensor]:
    """The three deeper levels of every photo, fp16, and the truth."""
    scenes = Scenes(cache, held_out)
    random = np.random.default_rng(3)
    levels: list[list[Tensor]] = [[], [], []]
    truths: list[Tensor] = []
    for name, count in COUNTS.items():
        entries = [entry for entry in scenes.entries if entry["set"] == name]
        for index in random.permutation(len(entries))[:count if not held_out else max(count // 9, 20)]:
            image = scenes.image(entries[index])
            height, width = image.shape[:2]
            pixels = resized(image, (0, 0, width, height), SIZE, False)
            truth = truth_of(scenes, entries[index])
            if random.random() < 0.5:
                pixels, truth = pixels[:, ::-1], truth[:, ::-1]
            with torch.autocast("cpu", torch.bfloat16):
                pyramid = network.encode(normalised(np.ascontiguousarray(pixels))[None])
            for kept, level in zip(levels, pyramid[2:]):
                kept.append(level[0].half())
            truths.append(torch.from_numpy(np.ascontiguousarray(truth)))
    return [torch.stack(kept) for kept in levels], torch.stack(truths)[:, None]


def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross entropy with the soft truth, and Dice."""
    probability = logits.sigmoid()
    overlap = (probability * truth).sum((2, 3))
    dice = 1 - (2 * overlap + 1) / (probability.sum((2, 3)) + truth.sum((2, 3)) + 1)
    return functional.binary_cross_entropy_with_logits(logits, truth) + 0.5 * dice.mean()


@torch.no_grad()
def measure(head: SalientHead, levels: list[Tensor], truth: Tensor) -> dict[str, float]:
    """Mean IoU, mean absolute error and the share of first clicks on the object."""
    predicted = torch.cat([head(*(level[start:start + 64].float() for level in levels))
                           for start in range(0, len(truth), 64)]).sigmoid()
    ious, hits = [], []
    for mine, wanted in zip(predicted[:, 0].numpy(), truth[:, 0].numpy()):
        ious.append(intersection_over_union(mine > 0.5, wanted > 0.5))
        distances = depth(mine > 0.5)
        hits.append(bool(distances.max() > 0 and wanted.flat[distances.argmax()] > 0.5))
    return {"photos": len(ious), "meanIoU": round(float(np.mean(ious)), 4),
            "meanAbsoluteError": round(float((predicted - truth).abs().mean()), 4),
            "firstClickOnObject": round(float(np.mean(hits)), 4)}


def fit(head: SalientHead, levels: list[Tensor], truth: Tensor) -> None:
    random = np.random.default_rng(1)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=STEPS)
    head.train()
    for _ in range(STEPS):
        chosen = torch.from_numpy(random.integers(len(truth), size=BATCH))
        batch, wanted = [level[chosen].float() for level in levels], truth[chosen]
        if random.random() < 0.5:
            # The features of a mirrored photo are nearly the mirrored features.
            batch, wanted = [level.flip(3) for level in batch], wanted.flip(3)
        loss = loss_of(head(*batch), wanted)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(head.parameters(), 5.0)
        optimizer.step()
        schedule.step()
    head.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--click", type=Path, required=True, help="weights of the click network whose encoder is used")
    parser.add_argument("--run", type=Path, required=True, help="folder for the encoded photos")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--examples", type=Path, help="folder for the parity example")
    arguments = parser.parse_args()
    keep_memory()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    network = load_network(arguments.click)
    arguments.run.mkdir(parents=True, exist_ok=True)
    sets = {}
    for held_out in (False, True):
        path = arguments.run / ("held-out.pt" if held_out else "train.pt")
        if not path.exists():
            torch.save(encoded(arguments.cache, network, held_out), path)
        sets[held_out] = torch.load(path)
    head = SalientHead()
    fit(head, *sets[False])
    print(json.dumps({"train": measure(head, *sets[False]), "heldOut": measure(head, *sets[True])}, indent=1))
    tensors = {f"salient.{name}": tensor for name, tensor in exported_tensors(head).items()}
    save_file(tensors, arguments.weights, metadata={"format": "pt", "network": arguments.weights.stem})
    print(f"{sum(t.numel() for t in tensors.values())} weights in {len(tensors)} tensors")
    if arguments.examples:
        rounded_network(head, {name.removeprefix("salient."): tensor for name, tensor in tensors.items()})
        with torch.no_grad():
            pyramid = network.encode(example_inputs(*EXAMPLE, 5)[0])
            levels = {f"pyramid.{index}": level.half() for index, level in enumerate(pyramid) if index >= 2}
            logits = head(*(level.float() for level in levels.values()))
        save_file({**levels, "logits": logits}, arguments.examples / "salient-96x160.safetensors")


if __name__ == "__main__":
    main()
