"""Crops of pictures with people, their masks, and people over other photographs.

Reads the cache that `click_network/prepare.py` writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from appearance import degraded, tinted

BACKGROUNDS = ("photos-objects", "photos-food")


@dataclass(frozen=True)
class Mixture:
    """What a training sees: shares of the sets, and of samples that are over another photograph, that show nobody,
    that are the whole picture; the least share of a side that a part keeps; whether pictures may be turned and damaged."""

    people: dict[str, float]
    composites: float
    nobody: float
    whole: float
    least: float
    rough: bool


MIXTURES = {
    "people": Mixture({"portrait-eg1800": 0.72, "clothing-ccp": 0.18, "people-humanseg": 0.10}, 0.25, 0.03, 0.35, 0.55, True),
    # To finish with: nearly as pictures are when they are asked about.
    "portraits": Mixture({"portrait-eg1800": 0.88, "clothing-ccp": 0.08, "people-humanseg": 0.04}, 0.08, 0.01, 0.6, 0.75, False),
}


@dataclass
class Entry:
    """One picture of the cache."""

    stem: str
    height: int
    width: int
    image: int
    mask: int
    kind: str


class People:
    """The pictures of the cache by set, training part or held-out part."""

    def __init__(self, cache: Path, held_out: bool) -> None:
        self.pixels = np.memmap(cache / "pixels.bin", np.uint8, "r")
        self.sets: dict[str, list[Entry]] = {}
        for item in json.loads((cache / "index.json").read_text()):
            if item["held_out"] == held_out:
                self.sets.setdefault(item["set"], []).append(
                    Entry(item["stem"], item["height"], item["width"], item["image"], item["maps"][0], item["kind"]))

    def image(self, entry: Entry) -> np.ndarray:
        """RGB bytes, height x width x 3."""
        size = entry.height * entry.width * 3
        return self.pixels[entry.image:entry.image + size].reshape(entry.height, entry.width, 3)

    def mask(self, entry: Entry) -> np.ndarray:
        """255 where a person is, height x width."""
        values = self.pixels[entry.mask:entry.mask + entry.height * entry.width].reshape(entry.height, entry.width)
        return np.where(values > (0 if entry.kind == "classes" else 127), 255, 0).astype(np.uint8)


class Sampler:
    """Draws training samples: a crop of a person, at times over another photograph, at times nobody."""

    def __init__(self, cache: Path, size: int, seed: int, answers: Path | None = None, mixture: str = "people") -> None:
        """answers: folder of another network's masks, as mediapipe_masks.py writes them."""
        self.answers = answers
        self.mixture = MIXTURES[mixture]
        self.people = People(cache, held_out=False)
        self.size = size
        self.random = np.random.default_rng(seed)
        self.backgrounds = [entry for name in BACKGROUNDS for entry in self.people.sets[name]]

    def draw(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """RGB bytes size x size x 3, the mask's bytes size x size, 255 for a person, and the other network's answer, the
        mask where there is none."""
        random, mixture = self.random, self.mixture
        if random.random() < mixture.nobody:
            nobody = np.zeros((self.size, self.size), np.uint8)
            return np.asarray(tinted(self.background(), random)), nobody, nobody
        name = random.choice(list(mixture.people), p=list(mixture.people.values()))
        entries = self.people.sets[name]
        entry = entries[random.integers(len(entries))]
        maps = [Image.fromarray(self.people.image(entry)), Image.fromarray(self.people.mask(entry))]
        if self.answers is not None:
            maps.append(Image.open(self.answers / f"{name}-{entry.stem}.png"))
        image, mask, *answers = self.cropped(maps)
        if random.random() < mixture.composites:
            alpha = mask.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(0.7))
            image = Image.composite(tinted(image, random), self.background(), alpha)
            answers = []
        answer = answers[0] if answers else mask
        image = tinted(image, random)
        return np.asarray(degraded(image, random) if mixture.rough else image), np.asarray(mask), np.asarray(answer)

    def cropped(self, maps: list[Image.Image]) -> list[Image.Image]:
        """The same part of maps of one picture, at times turned or mirrored, squeezed to a square."""
        random = self.random
        if self.mixture.rough and random.random() < 0.3:
            angle = random.normal(0, 10)
            maps = [one.rotate(angle, Image.BILINEAR) for one in maps]
        if random.random() < 0.5:
            maps = [one.transpose(Image.FLIP_LEFT_RIGHT) for one in maps]
        box = self.box(maps[0].width, maps[0].height, self.mixture.least)
        return [one.resize((self.size, self.size), Image.BILINEAR, box) for one in maps]

    def box(self, width: int, height: int, least: float) -> tuple[float, float, float, float]:
        """The whole picture or a part of it, of another aspect."""
        random = self.random
        if random.random() < self.mixture.whole:
            return 0, 0, width, height
        share = random.uniform(least, 1)
        stretch = np.exp(random.uniform(-0.25, 0.25))
        across, down = min(width, width * share * stretch), min(height, height * share / stretch)
        left, top = random.uniform(0, width - across), random.uniform(0, height - down)
        return left, top, left + across, top + down

    def background(self) -> Image.Image:
        """A part of a photograph of something else."""
        entry = self.backgrounds[self.random.integers(len(self.backgrounds))]
        image = Image.fromarray(self.people.image(entry))
        return image.resize((self.size, self.size), Image.BILINEAR, self.box(image.width, image.height, 0.4))
