"""Which part of a face every pixel shows, as far as labels and teachers tell.

A label is a class of `face_parser.CLASSES` or the number of a union: one of several classes, nobody knows which.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from scipy import ndimage

from face_parser import CLASSES
from labels import Picture

BACKGROUND, SKIN, LEFT_BROW, RIGHT_BROW, LEFT_EYE, RIGHT_EYE, NOSE, UPPER_LIP, INNER_MOUTH, LOWER_LIP, HAIR = range(11)
EYES, MOUTH, HAIR_OR_BROW, BACKGROUND_OR_SKIN, ANYTHING = range(11, 16)
UNIONS = {EYES: (LEFT_EYE, RIGHT_EYE), MOUTH: (UPPER_LIP, INNER_MOUTH, LOWER_LIP),
          HAIR_OR_BROW: (HAIR, LEFT_BROW, RIGHT_BROW), BACKGROUND_OR_SKIN: (BACKGROUND, SKIN),
          ANYTHING: tuple(range(len(CLASSES)))}
# What a label becomes when the picture is mirrored.
MIRRORED = np.array([0, 1, 3, 2, 5, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], np.uint8)

# Contours on MediaPipe's mesh; left and right as the picture is seen.
OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
CONTOURS = {
    NOSE: (168, 193, 245, 188, 174, 217, 126, 209, 129, 98, 97, 2, 326, 327, 358, 429, 355, 437, 399, 412, 465, 417),
    LEFT_BROW: (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    RIGHT_BROW: (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
    LEFT_EYE: (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    RIGHT_EYE: (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
    UPPER_LIP: (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191, 78),
    LOWER_LIP: (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95, 78),
    INNER_MOUTH: (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95),
}
# Distances of a colour from the face's own, in deviations, below which it is skin and above which it is not.
SKIN_NEAR, SKIN_FAR = 2.0, 4.0


def allowed() -> torch.Tensor:
    """Labels x classes: which classes a label allows."""
    table = torch.zeros(len(CLASSES) + len(UNIONS), len(CLASSES))
    table[:len(CLASSES)] = torch.eye(len(CLASSES))
    for label, classes in UNIONS.items():
        table[label, list(classes)] = 1
    return table


def filled(points: np.ndarray, width: int, height: int) -> np.ndarray:
    """The inside of a polygon."""
    canvas = Image.new("1", (width, height))
    ImageDraw.Draw(canvas).polygon([tuple(point) for point in points], fill=1)
    return np.asarray(canvas)


def annotated(picture: Picture) -> np.ndarray:
    """Labels of a picture of FASSEG: background, skin (with neck and ears), hair (with brows), eyes, nose, mouth."""
    folder = picture.path.parent.parent / "masks"
    values = np.asarray(Image.open(folder / f"{picture.path.stem}.png"))
    height, width = values.shape
    labels = np.array([BACKGROUND, SKIN, HAIR, EYES, NOSE, MOUTH], np.uint8)[values]
    pieces, _ = ndimage.label(values == 2)
    sizes = np.bincount(pieces.ravel())
    head = sizes[1:].argmax() + 1 if len(sizes) > 1 else 0
    labels[(values == 2) & (pieces != head)] = HAIR_OR_BROW
    mesh = next((mesh for mesh in picture.meshes if mesh is not None), None)
    if mesh is None:
        labels[labels == HAIR] = HAIR_OR_BROW
        return labels
    shapes = {part: filled(mesh[list(contour)], width, height) for part, contour in CONTOURS.items()}
    middle = mesh[[168, 2]].mean(0)
    axis = mesh[473] - mesh[468] if len(mesh) > 473 else np.array([1, 0])
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    is_right = (columns - middle[0]) * axis[0] + (rows - middle[1]) * axis[1] > 0
    labels[labels == EYES] = np.where(is_right, RIGHT_EYE, LEFT_EYE)[labels == EYES]
    for brow in (LEFT_BROW, RIGHT_BROW):
        near = ndimage.binary_dilation(shapes[brow], iterations=max(2, height // 60))
        for piece in np.unique(pieces[near & (pieces > 0)]):
            share = near[pieces == piece].mean()
            labels[(pieces == piece) & near] = brow if piece != head and share > 0.6 else HAIR_OR_BROW
    for part in (UPPER_LIP, LOWER_LIP, INNER_MOUTH):
        labels[(values == 5) & shapes[part]] = part
    return labels


def taught(picture: Picture, hair_folder: Path) -> np.ndarray:
    """Labels from MediaPipe's mesh and hair, and where there is one from the person's mask and the skin's colour."""
    image = picture.image()
    height, width = image.shape[:2]
    hair = np.asarray(Image.open(hair_folder / f"{picture.name}-{picture.path.stem}.png"))
    person_path = picture.path.parent.parent / "masks" / f"{picture.path.stem}.png"
    labels = np.full((height, width), BACKGROUND_OR_SKIN, np.uint8)
    person = None
    if person_path.exists():
        person = np.asarray(Image.open(person_path)) > 127
        labels[~person] = BACKGROUND
    meshes = [mesh for mesh in picture.meshes if mesh is not None]
    ovals = [filled(mesh[list(OVAL)], width, height) for mesh in meshes]
    for oval in ovals:
        if person is not None:
            mark_by_colour(labels, image, oval, person, hair)
        labels[oval] = SKIN
    labels[hair > 150] = HAIR
    labels[(hair > 100) & (hair <= 150)] = ANYTHING
    for mesh, oval in zip(meshes, ovals):
        for part, contour in CONTOURS.items():
            shape = filled(mesh[list(contour)], width, height)
            labels[shape & ((labels != HAIR) | (part not in (LEFT_BROW, RIGHT_BROW)))] = part
    for box in [*picture.doubtful, *(box for box, mesh in zip(picture.boxes, picture.meshes) if mesh is None)]:
        left, top, right, bottom = np.maximum(np.round(box).astype(int), 0)
        labels[top:bottom, left:right] = ANYTHING
    return labels


def mark_by_colour(labels: np.ndarray, image: np.ndarray, oval: np.ndarray, person: np.ndarray, hair: np.ndarray) -> None:
    """Neck and ears: pixels of the person near the face that have its colour are skin, those far from it are not."""
    inner = ndimage.binary_erosion(oval, iterations=3) & (hair < 50)
    if inner.sum() < 100:
        return
    colours = chroma(image)
    middle = np.median(colours[inner], 0)
    spread = np.median(np.abs(colours[inner] - middle), 0) * 1.5 + 0.01
    distance = np.sqrt((((colours - middle) / spread) ** 2).mean(-1))
    rows = np.nonzero(oval.any(1))[0]
    columns = np.nonzero(oval.any(0))[0]
    reach = len(rows)
    near = np.zeros_like(oval)
    near[max(rows[0], 0):rows[-1] + reach, max(columns[0] - reach // 3, 0):columns[-1] + reach // 3] = True
    outside = person & ~oval & (hair < 100)
    forehead = np.zeros_like(oval)
    forehead[max(rows[0] - reach // 2, 0):rows[0] + reach // 4, columns[0]:columns[-1]] = True
    labels[outside & near & (distance < SKIN_NEAR)] = SKIN
    labels[outside & forehead & (hair < 100) & (distance < SKIN_FAR)] = SKIN
    labels[outside & ~forehead & (distance > SKIN_FAR)] = BACKGROUND


def chroma(image: np.ndarray) -> np.ndarray:
    """Brightness and two shares of colour, from 0 to 1."""
    values = image.astype(np.float32) + 1
    total = values.sum(-1, keepdims=True)
    return np.concatenate([total / 768, values[..., :1] / total, values[..., 1:2] / total], -1)
