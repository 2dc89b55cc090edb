"""How a picture may look otherwise without showing anything else."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter


def tinted(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """Another exposure, contrast, gamma and balance of colours; at times grey."""
    if random.random() < 0.2:
        return image
    if random.random() < 0.07:
        return image.convert("L").convert("RGB")
    levels = np.arange(256) / 255
    tables = []
    gain, gamma = np.exp(random.normal(0, 0.18)), np.exp(random.normal(0, 0.2))
    for _ in range(3):
        tables.append(np.clip(255 * gain * np.exp(random.normal(0, 0.05)) * levels ** gamma, 0, 255))
    return image.point(np.concatenate(tables).astype(np.uint8).tolist())


def degraded(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """At times blurred, noisy or compressed hard."""
    choice = random.random()
    if choice < 0.08:
        return image.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 1.2)))
    if choice < 0.16:
        noise = random.normal(0, random.uniform(2, 10), (image.height, image.width, 3))
        return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    if choice < 0.24:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=int(random.integers(30, 80)))
        return Image.open(file)
    return image
