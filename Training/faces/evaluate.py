"""Figures of the face networks on held-out people.

    python evaluate.py --data ../../shared/data --teacher faces.npz --hair FOLDER faces=FaceDetector.safetensors \\
        parsing=FaceParser.safetensors landmarks=FaceLandmarks.safetensors

Paths may also be checkpoints. The detector is measured on whole pictures, fitted into its square, and on mosaics of them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import nn

import train_detector
import train_landmarks
from exporting import take_folded
from face_detector import FaceDetector
from face_landmarks import FaceLandmarks
from face_parser import FaceParser
from labels import PEOPLE_SETS, Picture, pictures
from mosaics import Scene, scaled
from parsing import measured
from points68 import faces
from portraits import SET_SHARES, Portraits

NETWORKS = {"faces": FaceDetector, "parsing": FaceParser, "landmarks": FaceLandmarks}


def loaded(name: str, path: str, **options) -> nn.Module:
    """A network with exported weights, or a checkpoint's average."""
    network = NETWORKS[name](**options)
    if path.endswith("safetensors"):
        return take_folded(network, load_file(path))
    network.load_state_dict(torch.load(path, map_location="cpu")["average"])
    return network.eval()


def fitted(picture: Picture, size: int) -> Scene:
    """A whole picture in the middle of a black square."""
    image = Image.fromarray(picture.image())
    scale = size / max(image.size)
    width, height = round(image.width * scale), round(image.height * scale)
    left, top = (size - width) // 2, (size - height) // 2
    canvas = Image.new("RGB", (size, size))
    canvas.paste(image.resize((width, height), Image.BILINEAR), (left, top))
    boxes, points, known, doubtful = scaled([picture.boxes, picture.points, picture.known, picture.doubtful],
                                            np.array([scale, scale]))
    step = np.array([left, top])
    return Scene(np.asarray(canvas), boxes + np.tile(step, 2), points + step, known, doubtful + np.tile(step, 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--hair", type=Path, required=True)
    parser.add_argument("--warp", choices=("polar", "square"), default="polar", help="what the parser was trained with")
    parser.add_argument("--size", type=int, default=160, help="radii and angles of the parser's map")
    parser.add_argument("networks", nargs="+", metavar="NAME=PATH")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    data, teacher = arguments.data, arguments.teacher
    for text in arguments.networks:
        name, _, path = text.partition("=")
        figures: dict[str, object] = {}
        if name == "faces":
            network = loaded(name, path)
            for set_name in PEOPLE_SETS:
                scenes = [fitted(picture, train_detector.SIZE) for picture in pictures(data, teacher, (set_name,), True)]
                figures[set_name] = train_detector.measured(network, scenes).figures()
            precision = train_detector.measured(network, train_detector.validation_scenes(data, teacher))
            sizes = np.array(precision.missed_sizes)
            figures["mosaics"] = precision.figures() | {"missedBelow21": int((sizes < 21).sum())}
        elif name == "parsing":
            network = loaded(name, path, turns=arguments.warp == "polar")
            held_out = Portraits(pictures(data, teacher, tuple(SET_SHARES), True), arguments.hair, arguments.warp,
                                 arguments.size, 0)
            figures = measured(network, held_out)
        else:
            annotations = data / "train" / "faces-landmarks68" / "landmarks68.csv"
            held_out = faces(pictures(data, teacher, train_landmarks.SETS, True), annotations)
            figures = train_landmarks.measured(loaded(name, path), held_out)
        for key, value in figures.items():
            print(name, key, json.dumps(value))


if __name__ == "__main__":
    main()
