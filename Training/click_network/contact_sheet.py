"""A sheet of the objects that stay worst after five clicks, for the model card.

    python contact_sheet.py --checkpoint ClickNetwork.safetensors --directory DIR --output SHEET.jpg [--every 8]

Truth in green, the mask after one and after five simulated clicks in orange, with the IoU.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from clicks import intersection_over_union, next_click
from configurations import CONFIGURATIONS
from evaluate import objects_of
from memory import keep_memory
from restore import load_network
from segmenter import ClickSegmenter

CLICKS, SHOWN, HEIGHT = 5, 6, 150
TRUTH_COLOUR, MASK_COLOUR = (40, 220, 90), (255, 140, 0)


def painted(image: np.ndarray, mask: np.ndarray, colour: tuple[int, int, int], text: str) -> Image.Image:
    """The photo with a mask over it, HEIGHT pixels high."""
    pixels = image.astype(np.float32)
    pixels[mask] = 0.45 * pixels[mask] + 0.55 * np.array(colour, np.float32)
    picture = Image.fromarray(pixels.astype(np.uint8))
    picture = picture.resize((HEIGHT * picture.width // picture.height, HEIGHT))
    ImageDraw.Draw(picture).text((4, 3), text, fill=(255, 255, 255), stroke_width=2, stroke_fill=(0, 0, 0))
    return picture


def row_of(network, image: np.ndarray, truth: np.ndarray, ignored: np.ndarray) -> tuple[float, list[Image.Image]]:
    """The IoU after the last click, and the pictures of an object."""
    segmenter = ClickSegmenter(network, image)
    predicted, taken = np.zeros(truth.shape, bool), np.zeros(truth.shape, bool)
    pictures, score = [painted(image, truth, TRUTH_COLOUR, "truth")], 0.0
    for count in range(1, CLICKS + 1):
        click = next_click(predicted, truth, taken, ignored)
        if click is not None:
            taken[click[1], click[0]] = True
            predicted = segmenter.add(*click)
            score = intersection_over_union(predicted, truth, ignored)
        if count in (1, CLICKS):
            pictures.append(painted(image, predicted, MASK_COLOUR, f"{count} click{'s' * (count > 1)}: {score:.2f}"))
    return score, pictures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt or exported weights")
    parser.add_argument("--network", choices=list(CONFIGURATIONS), default="click")
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--every", type=int, default=8, help="every which object is tried")
    arguments = parser.parse_args()
    keep_memory()
    network = load_network(arguments.checkpoint, configuration=CONFIGURATIONS[arguments.network])
    rows, number = [], 0
    for path in sorted((arguments.directory / "images").iterdir()):
        mask = np.asarray(Image.open(arguments.directory / "masks" / f"{path.stem}.png"))
        for truth, ignored in objects_of(mask):
            if number % arguments.every == 0:
                rows.append(row_of(network, np.asarray(Image.open(path).convert("RGB")), truth, ignored))
            number += 1
    worst = [pictures for _, pictures in sorted(rows, key=lambda row: row[0])[:SHOWN]]
    sheet = Image.new("RGB", (max(sum(p.width for p in row) for row in worst), HEIGHT * len(worst)))
    for index, row in enumerate(worst):
        left = 0
        for picture in row:
            sheet.paste(picture, (left, HEIGHT * index))
            left += picture.width
    sheet.save(arguments.output, quality=80)


if __name__ == "__main__":
    main()
