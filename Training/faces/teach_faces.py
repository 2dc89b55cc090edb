"""MediaPipe's faces in every picture: boxes, and 478 points of each.

    python teach_faces.py --data ../../shared/data --output faces.npz     (an environment with mediapipe 0.10.14)

Boxes come from both detectors, on the picture and on four overlapping quarters of it (small faces of street scenes);
each box is then cut out with room around it, enlarged, and given to the face mesh. `faces.npz` holds one row for each
face: `image` (set/file), `box` (left, top, right, bottom), `score`, `keypoints` (6 x 2: eyes, nose, mouth, ears; image
side first), `mesh` (478 x 3, zeros where the mesh found nothing) and `has_mesh`; `images` lists every picture looked at.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("GLOG_minloglevel", "3")

import mediapipe
import numpy as np
from PIL import Image

SETS = ("portrait-eg1800", "faces-fasseg", "faces-landmarks68", "people-humanseg", "clothing-ccp",
        "photos-objects", "photos-food", "driving-camvid", "regions-bsds")
LEAST_SCORE, SAME_FACE, ROOM, CUT_SIZE = 0.5, 0.3, 0.75, 320


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    """Intersection over union of two boxes."""
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    common = max(sides[0], 0) * max(sides[1], 0)
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    return common / (area(one) + area(other) - common)


def windows(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """The whole picture, and four overlapping parts of six tenths."""
    across, down = round(0.6 * width), round(0.6 * height)
    return [(0, 0, width, height)] + [(x, y, x + across, y + down) for y in (0, height - down)
                                      for x in (0, width - across)]


def detections(detectors: list, image: np.ndarray) -> list[tuple[float, np.ndarray, np.ndarray]]:
    """Score, box and keypoints of each face, the surest first, each face once."""
    found = []
    for left, top, right, bottom in windows(image.shape[1], image.shape[0]):
        part = np.ascontiguousarray(image[top:bottom, left:right])
        size = np.array([right - left, bottom - top])
        for detector in detectors:
            for face in detector.process(part).detections or []:
                data = face.location_data
                box = data.relative_bounding_box
                corner = np.array([box.xmin, box.ymin])
                box = np.concatenate([corner, corner + (box.width, box.height)]) * np.tile(size, 2)
                points = np.array([(p.x, p.y) for p in data.relative_keypoints]) * size
                whole = (left, top, right, bottom) == (0, 0, image.shape[1], image.shape[0])
                cut = not whole and (box[:2].min() < 2 or (box[2:] > size - 2).any())
                if face.score[0] >= LEAST_SCORE and not cut:
                    found.append((face.score[0] + (0.05 if whole else 0), box + (left, top, left, top),
                                  points + (left, top)))
    found.sort(key=lambda item: -item[0])
    kept = []
    for item in found:
        if all(overlap(item[1], other[1]) < SAME_FACE for other in kept):
            kept.append(item)
    return kept


def mesh_of(mesher, image: np.ndarray, box: np.ndarray) -> np.ndarray | None:
    """478 points in the picture's pixels (depth in the same unit), or nothing."""
    room = ROOM * (box[2:] - box[:2]).max()
    left, top, right, bottom = (int(value) for value in np.concatenate([box[:2] - room, box[2:] + room]))
    cut = Image.fromarray(image).crop((left, top, right, bottom))
    scale = CUT_SIZE / max(cut.size)
    enlarged = cut.resize((round(cut.width * scale), round(cut.height * scale)), Image.BICUBIC)
    faces = mesher.process(np.asarray(enlarged)).multi_face_landmarks
    if not faces:
        return None
    points = np.array([(p.x, p.y, p.z) for p in faces[0].landmark])
    points *= (cut.width, cut.height, cut.width)
    return points + (left, top, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    solutions = mediapipe.solutions
    detectors = [solutions.face_detection.FaceDetection(LEAST_SCORE, model) for model in (0, 1)]
    mesher = solutions.face_mesh.FaceMesh(static_image_mode=True, max_num_faces=1, refine_landmarks=True,
                                          min_detection_confidence=0.3)
    rows: dict[str, list] = {name: [] for name in ("image", "box", "score", "keypoints", "mesh", "has_mesh")}
    looked = []
    for name in SETS:
        for path in sorted((arguments.data / "train" / name / "images").iterdir()):
            image = np.asarray(Image.open(path).convert("RGB"))
            looked.append(f"{name}/{path.name}")
            for score, box, keypoints in detections(detectors, image):
                mesh = mesh_of(mesher, image, box)
                values = (looked[-1], box, score, keypoints, np.zeros((478, 3)) if mesh is None else mesh,
                          mesh is not None)
                for column, value in zip(rows.values(), values):
                    column.append(value)
        print(name, len(looked), len(rows["image"]), sum(rows["has_mesh"]), flush=True)
    columns = {key: np.array(value) if key == "image" else np.array(value, np.float32)
               for key, value in rows.items()}
    np.savez_compressed(arguments.output, images=np.array(looked), **columns)


if __name__ == "__main__":
    main()
