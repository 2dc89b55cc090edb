"""The validation curve: mean IoU after 1, 3 and 5 simulated clicks on fixed held-out objects."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from clicks import Prompts, draw_prompts, intersection_over_union, next_click
from samples import Sampler, object_box, resized
from scenes import IGNORED, OBJECT

OBJECTS = 120
CLICKS = 5


def normalised(image: np.ndarray) -> Tensor:
    """Bytes, height x width x 3, to the encoder's input, 3 x height x width."""
    return torch.from_numpy(image.astype(np.float32)).permute(2, 0, 1).sub(127).div(128)


def held_out_objects(cache: Path, size: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Fixed crops and masks: whole images and focus crops in turn, whole objects only."""
    sampler = Sampler(cache, size, seed=20, held_out=True)
    objects: list[tuple[np.ndarray, np.ndarray]] = []
    while len(objects) < OBJECTS:
        entry = sampler.scenes.draw(sampler.random)
        target = sampler.scenes.target(entry, sampler.random)
        if target is None or target.whole is not None:
            continue
        height, width = target.mask.shape
        box = (0.0, 0.0, float(width), float(height))
        if len(objects) % 2:
            x0, y0, x1, y1 = object_box(target.mask)
            w, h = (x1 - x0) * 0.3, (y1 - y0) * 0.3
            box = (max(x0 - w, 0), max(y0 - h, 0), min(x1 + w, width), min(y1 + h, height))
        mask = resized(target.mask, box, size, True)
        if (mask == OBJECT).sum() >= 100:
            objects.append((resized(sampler.scenes.image(entry), box, size, False), mask))
    return objects


@torch.no_grad()
def click_curve(network: nn.Module, objects: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, float]:
    """Mean IoU after each of CLICKS clicks, and the first click's with the best of the alternatives."""
    size = objects[0][1].shape[0]
    scores = np.zeros((len(objects), CLICKS))
    best_first: list[float] = []
    for start in range(0, len(objects), 20):
        chunk = objects[start:start + 20]
        images = torch.stack([normalised(image) for image, _ in chunk]).contiguous(memory_format=torch.channels_last)
        features = network.encode(images)
        prompts = [Prompts() for _ in chunk]
        predicted = [np.zeros((size, size), bool) for _ in chunk]
        taken = [np.zeros((size, size), bool) for _ in chunk]
        previous = np.zeros((len(chunk), 1, size, size), np.float32)
        for step in range(CLICKS):
            for index, (_, mask) in enumerate(chunk):
                click = next_click(predicted[index], mask == OBJECT, taken[index], mask == IGNORED)
                if click is not None:
                    prompts[index].clicks.append(click)
                    taken[index][click[1], click[0]] = True
            maps = np.stack([draw_prompts(prompt, size) for prompt in prompts])
            logits, quality = network.decode(features, torch.from_numpy(np.concatenate([maps, previous], 1)))
            full = torch.nn.functional.interpolate(logits.float(), scale_factor=2, mode="bilinear").sigmoid().numpy()
            previous = full[:, :1]
            for index, (_, mask) in enumerate(chunk):
                ious = [intersection_over_union(map_ > 0.49, mask == OBJECT, mask == IGNORED) for map_ in full[index]]
                predicted[index] = full[index, 0] > 0.49
                scores[start + index, step] = ious[0]
                if step == 0:
                    best_first.append(max(ious))
    return scores.mean(0), float(np.mean(best_first))
