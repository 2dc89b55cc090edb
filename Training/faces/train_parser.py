"""Train the face parser; stop and go on at will.

    python train_parser.py --data ../../shared/data --teacher faces.npz --hair FOLDER --encoder efficientnet-lite0.pth \\
        --run RUN --hours 0.35 [--resume]
    python train_parser.py … --warp square --size 128 --steps 200       # the ablation: a plain square cut, equal steps
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from face_parser import FaceParser
from labels import pictures
from loop import Training, begin, parser_of_command
from parsing import measured, parsing_loss
from portraits import SET_SHARES, WARPS, Portraits
from train_detector import prepared

RATE = 2.5e-3
# Held-out pictures of each set on the way.
FEW = 20


def main() -> None:
    parser = parser_of_command(__doc__, hours=0.35, batch=8)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="written by teach_faces.py")
    parser.add_argument("--hair", type=Path, required=True, help="folder written by teach_hair.py")
    parser.add_argument("--encoder", required=True, help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--warp", choices=WARPS, default="polar")
    parser.add_argument("--size", type=int, default=160, help="radii and angles of a map")
    parser.add_argument("--small", type=float, default=0.0, help="share of the time on maps of half the size")
    arguments = parser.parse_args()
    begin(arguments)
    network = FaceParser(turns=arguments.warp == "polar")
    network.encoder.load_imagenet(arguments.encoder)
    training = Training(network, arguments, RATE, True, longest_gradient=3.0)
    sets = tuple(SET_SHARES)
    portraits = Portraits(pictures(arguments.data, arguments.teacher, sets, False), arguments.hair, arguments.warp,
                          arguments.size, training.seed)
    held_out = Portraits(pictures(arguments.data, arguments.teacher, sets, True), arguments.hair, arguments.warp,
                         arguments.size, 0)

    def losses(network: nn.Module) -> list[Tensor]:
        portraits.size = arguments.size // (2 if training.progress < arguments.small else 1)
        samples = [portraits.draw() for _ in range(arguments.batch)]
        labels = torch.from_numpy(np.stack([labels for _, labels in samples])).long()
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(prepared(np.stack([image for image, _ in samples])))
        return [parsing_loss(logits, labels)]

    training.run(losses, lambda network, finished: measured(network, held_out, 1000 if finished else FEW))


if __name__ == "__main__":
    main()
