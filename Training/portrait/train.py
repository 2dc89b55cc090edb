"""Train a portrait network; stop and go on at will.

    python train.py --network portrait --cache CACHE --encoder efficientnet-lite0.pth --run RUN --hours 0.6 [--resume]
    python train.py … --start OTHER/checkpoint.pt --rate 0.6       # goes on from another run's average, a new schedule
    python train.py … --answers MASKS                            # learns MediaPipe's answers beside the masks
    python train.py --network sinet --cache CACHE --teacher portrait=CHECKPOINT --run RUN --hours 0.4

The schedule follows the time spent: a first part on small crops, the rest at the network's own size.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from loop import Training, begin, parser_of_command
from losses import mask_loss
from measure import measure
from people import MIXTURES, Sampler
from recipes import RECIPES, answer, probability_of

TEACHER_WEIGHT = 0.5


def restored(name: str, checkpoint: Path) -> nn.Module:
    """The averaged network of a checkpoint."""
    network = RECIPES[name].make()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return network.eval()


def batch_of(sampler: Sampler, count: int) -> tuple[Tensor, Tensor, Tensor]:
    images, *masks = (torch.from_numpy(np.stack(values)) for values in zip(*(sampler.draw() for _ in range(count))))
    return images, *(mask[:, None].float() / 255 for mask in masks)


def arguments_of_command() -> argparse.Namespace:
    parser = parser_of_command(__doc__, hours=0.6, batch=8)
    parser.add_argument("--network", choices=RECIPES, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="folder written by click_network/prepare.py")
    parser.add_argument("--encoder", help="ImageNet weights of EfficientNet-Lite0")
    parser.add_argument("--teacher", help="NETWORK=CHECKPOINT whose answers are learnt beside the masks")
    parser.add_argument("--answers", type=Path, help="folder of another network's masks, learnt beside the sets' own")
    parser.add_argument("--small", type=float, default=0.5, help="share of the time on crops of three quarters the size")
    parser.add_argument("--mixture", choices=MIXTURES, default="people", help="what is seen: all, or nearly whole portraits")
    return parser.parse_args()


def main() -> None:
    arguments = arguments_of_command()
    begin(arguments)
    recipe = RECIPES[arguments.network]
    network = recipe.make()
    if arguments.encoder:
        network.encoder.load_imagenet(arguments.encoder)
    training = Training(network, arguments, recipe.rate, bool(arguments.encoder), longest_gradient=3.0)
    teacher = None
    if arguments.teacher:
        name, _, path = arguments.teacher.partition("=")
        teacher = RECIPES[name], restored(name, Path(path))
    sampler = Sampler(arguments.cache, recipe.size, training.seed, arguments.answers, arguments.mixture)

    def losses(network: nn.Module) -> list[Tensor]:
        sampler.size = recipe.size if training.progress > arguments.small else recipe.size * 3 // 4 // 32 * 32
        images, truth, answered = batch_of(sampler, arguments.batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.reduced):
            logits = recipe.person_logit(network(recipe.prepare(images)))
        loss = mask_loss(logits, truth)
        if arguments.answers:
            loss = loss + TEACHER_WEIGHT * mask_loss(logits, answered)
        if teacher is not None:
            loss = loss + TEACHER_WEIGHT * mask_loss(logits, answer(*teacher, images).sigmoid())
        return [loss]

    def figures(network: nn.Module, finished: bool) -> dict:
        probability = probability_of(recipe, network)
        return measure(arguments.cache, "portrait-eg1800", lambda image, *_: probability(image))

    training.run(losses, figures)


if __name__ == "__main__":
    main()
