"""Train the face detector; stop and go on at will.

    python train_detector.py --data ../../shared/data --teacher faces.npz --run RUN --hours 0.25 [--resume]
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from detection import Precision, decoded, detection_loss, targets
from face_detector import FaceDetector
from labels import OTHER_SETS, PEOPLE_SETS, pictures
from loop import Training, begin, parser_of_command
from mosaics import Mosaics, Scene

SIZE, RATE = 256, 4e-3
# More photographs of nobody than scenes usually have: food and tools look like faces to a network that saw few.
NOBODY_SHARE = 0.22
VALIDATION_SCENES, VALIDATION_SEED = 200, 777


def prepared(images: np.ndarray) -> Tensor:
    """RGB bytes N x H x W x 3 as the network wants them."""
    pixels = (torch.from_numpy(np.array(images)).float() - 127) / 128
    return pixels.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


def validation_scenes(data: Path, teacher: Path) -> list[Scene]:
    """Always the same scenes of held-out pictures."""
    mosaics = Mosaics(pictures(data, teacher, PEOPLE_SETS, True), pictures(data, teacher, OTHER_SETS, True), SIZE,
                      VALIDATION_SEED)
    return [mosaics.draw() for _ in range(VALIDATION_SCENES)]


@torch.no_grad()
def measured(network: nn.Module, scenes: list[Scene]) -> Precision:
    precision = Precision()
    for scene in scenes:
        levels = [level[0].numpy() for level in network(prepared(scene.image[None]))]
        precision.add(scene, *decoded(levels))
    return precision


def main() -> None:
    parser = parser_of_command(__doc__, hours=0.25, batch=16)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="written by teach_faces.py")
    arguments = parser.parse_args()
    begin(arguments)
    training = Training(FaceDetector(), arguments, RATE, False, longest_gradient=5.0)
    mosaics = Mosaics(pictures(arguments.data, arguments.teacher, PEOPLE_SETS, False),
                      pictures(arguments.data, arguments.teacher, OTHER_SETS, False), SIZE, training.seed, NOBODY_SHARE)
    scenes = validation_scenes(arguments.data, arguments.teacher)

    def losses(network: nn.Module) -> list[Tensor]:
        batch = [mosaics.draw() for _ in range(arguments.batch)]
        truth = [torch.from_numpy(np.stack(level)) for level in zip(*(targets(scene, SIZE) for scene in batch))]
        return detection_loss(network(prepared(np.stack([scene.image for scene in batch]))), truth)

    training.run(losses, lambda network, _: measured(network, scenes).figures())


if __name__ == "__main__":
    main()
