"""Export a face network's averaged weights, and an example for the parity test.

    python export.py --network faces --checkpoint RUN/checkpoint.pt --weights FaceDetector.safetensors \\
        --example Fixtures/faces-64x96.safetensors
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from exporting import example_image, folded_tensors, take_folded, write_example, write_weights
from face_detector import STRIDES, FaceDetector
from face_landmarks import SIZE, FaceLandmarks
from face_parser import FaceParser
from train_detector import prepared

# The network, the example's height and width, what its results are called.
NETWORKS = {"faces": (FaceDetector, (64, 96), [f"stride{stride}" for stride in STRIDES]),
            "parsing": (FaceParser, (64, 96), ["logits"]),
            "landmarks": (FaceLandmarks, (SIZE, SIZE), ["points"])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", choices=NETWORKS, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--example", type=Path)
    arguments = parser.parse_args()
    make, size, names = NETWORKS[arguments.network]
    network = make()
    network.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu")["average"])
    tensors = folded_tensors(network.eval())
    write_weights(tensors, arguments.weights, arguments.network)
    if arguments.example:
        image = prepared(example_image(*size, 0).numpy()).half().float()
        with torch.no_grad():
            results = take_folded(network, tensors)(image)
        results = [results] if isinstance(results, Tensor) else results
        write_example(arguments.example, image, dict(zip(names, results)))


if __name__ == "__main__":
    main()
