"""What differs between the networks: how each is made, what it is given, what its answer means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

import sinet
from portrait_network import PortraitNetwork


@dataclass(frozen=True)
class Recipe:
    """A network that answers where a person is."""

    make: Callable[[], nn.Module]
    size: int
    prepare: Callable[[Tensor], Tensor]
    person_logit: Callable[[Tensor], Tensor]
    rate: float
    # bfloat16 pays where pointwise convolutions are wide.
    reduced: bool


def centred(images: Tensor) -> Tensor:
    """RGB bytes N x H x W x 3 as EfficientNet-Lite0 wants them."""
    return ((images.float() - 127) / 128).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


RECIPES = {
    "portrait": Recipe(PortraitNetwork, 256, centred, lambda logits: logits, 2e-3, True),
    "sinet": Recipe(sinet.SINet, 224, sinet.prepared, lambda logits: logits[:, 1:] - logits[:, :1], 4e-3, False),
}


@torch.no_grad()
def answer(recipe: Recipe, network: nn.Module, images: Tensor, exact: bool = False) -> Tensor:
    """The person's logit for RGB bytes N x H x W x 3; exact: in float32."""
    with torch.autocast("cpu", torch.bfloat16, enabled=recipe.reduced and not exact):
        return recipe.person_logit(network(recipe.prepare(images)))


def probability_of(recipe: Recipe, network: nn.Module, exact: bool = False) -> Callable[[np.ndarray], np.ndarray]:
    """A function of RGB bytes: the picture squeezed to the network's size and answered."""

    def probability(image: np.ndarray) -> np.ndarray:
        square = np.array(Image.fromarray(image).resize((recipe.size, recipe.size), Image.BILINEAR))
        return answer(recipe, network, torch.from_numpy(square)[None], exact)[0, 0].sigmoid().numpy()

    return probability
