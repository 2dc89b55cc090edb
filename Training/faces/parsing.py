"""The parser's loss, and how well it does on held-out pictures at their own size."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from face_parser import CLASSES
from parts import ANYTHING, allowed
from portraits import Portraits, face_of, level_of
from warp import sampled

# FASSEG's six classes as unions of ours.
MERGED = {"background": (0,), "skin": (1,), "hair": (10, 2, 3), "eyes": (4, 5), "nose": (6,), "mouth": (7, 8, 9)}
CLASS_WEIGHTS = (0.7, 0.8, 2, 2, 2, 2, 1.2, 2, 2, 2, 1)


def parsing_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy with unions of classes, weighed by class, and the Dice loss of the classes a picture has.

    Parameters: logits N x 11 x H x W, labels N x H x W.
    """
    table = allowed()
    weights = (table * torch.tensor(CLASS_WEIGHTS)).sum(1) / table.sum(1)
    weights[ANYTHING] = 0
    sure = table[labels].permute(0, 3, 1, 2)
    shares = logits.log_softmax(1)
    entropy = -torch.logsumexp(shares + (sure - 1) * 1e4, 1)
    weight = weights[labels]
    loss = (entropy * weight).sum() / weight.sum().clamp(min=1)
    # A class's share of a union is what the network itself says, so only single labels teach the overlap.
    single = (labels < len(CLASSES))[:, None]
    guess = shares.exp() * single
    truth = sure * single
    common, sizes = (guess * truth).sum((2, 3)), (guess + truth).sum((2, 3))
    present = truth.sum((2, 3)) > 20
    dice = 1 - 2 * common / sizes.clamp(min=1)
    return loss + 0.5 * (dice * present).sum() / present.sum().clamp(min=1)


@torch.no_grad()
def parsed(network: nn.Module, image: np.ndarray, box: np.ndarray, angle: float, warp_kind: type, size: int) -> Tensor:
    """Probabilities 11 x H x W of the picture's pixels."""
    warp = warp_kind(tuple(box.astype(float)), angle, size)
    face = sampled(torch.from_numpy(image.copy()).permute(2, 0, 1), warp.picture_places()).round()
    probabilities = network(((face - 127) / 128)[None]).softmax(1)[0]
    parts = warp.restored(probabilities[1:], image.shape[1], image.shape[0])
    return torch.cat([1 - parts.sum(0, keepdim=True), parts])


def measured(network: nn.Module, portraits: Portraits, most: int = 1000) -> dict[str, dict[str, float]]:
    """F1 by class: FASSEG in its six classes, the portraits in eleven where the label is sure."""
    counts = {"faces-fasseg": np.zeros((len(MERGED), 3)), "portrait-eg1800": np.zeros((len(CLASSES), 3))}
    for name, table in counts.items():
        for picture in portraits.sets[name][:most]:
            index = face_of(picture)
            labels = portraits.labels(picture)
            guess = parsed(network, picture.image(), picture.boxes[index], level_of(picture.points[index]),
                           portraits.warp, portraits.size).argmax(0).numpy()
            groups = list(MERGED.values()) if name == "faces-fasseg" else [(c,) for c in range(len(CLASSES))]
            sure = np.ones(labels.shape, bool) if name == "faces-fasseg" else labels < len(CLASSES)
            truth = labels if name != "faces-fasseg" else merged(labels)
            for row, group in enumerate(groups):
                ours = np.isin(guess, group) & sure
                theirs = (truth == row if name == "faces-fasseg" else labels == row) & sure
                table[row] += (ours & theirs).sum(), ours.sum(), theirs.sum()
    names = {"faces-fasseg": list(MERGED), "portrait-eg1800": list(CLASSES)}
    result = {}
    for name, table in counts.items():
        scores = {part: float(2 * both / max(ours + theirs, 1)) for part, (both, ours, theirs) in zip(names[name], table)}
        result[name] = {"mean": float(np.mean(list(scores.values())))} | scores
    return result


def merged(labels: np.ndarray) -> np.ndarray:
    """FASSEG's six classes, by their rows in MERGED, of labels that `annotated` refined."""
    rows = np.array([0, 1, 2, 2, 3, 3, 4, 5, 5, 5, 2, 3, 5, 2, 0, 0])
    return rows[labels]
