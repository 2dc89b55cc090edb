"""Reads what the formats wrote with the libraries that others read it with, and writes files for them to read.

    other_readers.py probe          # exits with 0 when the libraries are there
    other_readers.py read FOLDER    # compares FOLDER/{coco,polygons,labelme,yolo,voc,png} with FOLDER/truth.json
    other_readers.py write FOLDER   # writes FOLDER/others.json (COCO) and FOLDER/others/*.json (LabelMe), and what
                                    # their libraries make of them: FOLDER/expected.json

truth.json and expected.json: {"PHOTO": {"size": [height, width], "objects": [{"class", "counts"}]}}, counts being COCO's
compressed text. Needs numpy, Pillow, pycocotools and labelme, without what labelme opens windows with; where Ultralytics
and what it needs are there, its data sets are loaded too.
"""

import contextlib
import importlib.util
import io
import json
import os
import pathlib
import sys
import unittest.mock

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pycocotools.mask
from pycocotools.coco import COCO

for name in ("PyQt5", "PyQt5.QtCore", "PyQt5.QtGui", "PyQt5.QtWidgets", "onnxruntime", "imgviz", "imgviz.io", "tifffile",
             "loguru"):
    sys.modules.setdefault(name, unittest.mock.MagicMock())
import labelme  # noqa: E402
import labelme.utils  # noqa: E402

# The first four of VOC's palette: the background, aeroplane, bicycle, bird.
VOC_COLOURS = [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]
failures = []
compared = {}


def decode(size, counts):
    return pycocotools.mask.decode({"size": size, "counts": counts.encode()}).astype(bool)


def encode(mask):
    return pycocotools.mask.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode()


def check(what, photo, objects, expected, exact=lambda _: True):
    """Compares (class, mask) pairs with a photo's truth; what is not exact must at least hold it."""
    truth = [(o["class"] or "object", decode(expected["size"], o["counts"])) for o in expected["objects"]]
    compared[what] = compared.get(what, 0) + len(truth)
    if len(objects) != len(truth):
        failures.append(f"{what}: {photo}: {len(objects)} objects, not {len(truth)}")
        return
    for number, ((name, mask), (true_name, true_mask)) in enumerate(zip(objects, truth), 1):
        if name is not None and name != true_name:
            failures.append(f"{what}: {photo}: object {number} is {name!r}, not {true_name!r}")
        wrong = mask != true_mask if exact(true_mask) else true_mask & ~mask
        if wrong.any():
            failures.append(f"{what}: {photo}: object {number} differs in {int(wrong.sum())} pixels")


def read_coco(path, what, truth):
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(path))
    names = {image["file_name"]: image["id"] for image in coco.imgs.values()}
    for photo, expected in truth.items():
        annotations = coco.loadAnns(coco.getAnnIds(imgIds=[names[photo]]))
        masks = [coco.annToMask(annotation).astype(bool) for annotation in annotations]
        for annotation, mask in zip(annotations, masks):
            rows, columns = np.nonzero(mask)
            box = [columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1]
            if annotation["area"] != mask.sum() or annotation["bbox"] != box:
                failures.append(f"{what}: {photo}: area or box of annotation {annotation['id']}")
        classes = [coco.cats[annotation["category_id"]]["name"] for annotation in annotations]
        check(what, photo, list(zip(classes, masks)), expected)


def labelme_objects(path, size):
    file = labelme.LabelFile(str(path))
    objects = {}
    for number, shape in enumerate(file.shapes):
        group = shape["group_id"]
        objects.setdefault((shape["label"], ("shape", number) if group is None else group), []).append(shape)
    result = []
    for (label, _), shapes in objects.items():
        _, instances = labelme.utils.shapes_to_label(tuple(size), shapes, {label: 1})
        result.append((label, instances > 0))
    return result


def parts(mask):
    """The number of parts of a mask whose pixels share edges."""
    rest = set(zip(*(axis.tolist() for axis in np.nonzero(mask))))
    count = 0
    while rest:
        count += 1
        waiting = [rest.pop()]
        while waiting:
            y, x = waiting.pop()
            for other in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if other in rest:
                    rest.remove(other)
                    waiting.append(other)
    return count


def read_yolo(folder, truth):
    """As Ultralytics' polygon2mask does it: corners cut to whole pixels, polygons filled with their lines."""
    for photo, expected in truth.items():
        height, width = expected["size"]
        objects = []
        for line in (folder / "labels" / f"{pathlib.Path(photo).stem}.txt").read_text().splitlines():
            numbers = [float(word) for word in line.split()[1:]]
            corners = [(int(x * width), int(y * height)) for x, y in zip(numbers[::2], numbers[1::2])]
            picture = PIL.Image.new("L", (width, height))
            PIL.ImageDraw.Draw(picture).polygon(corners, fill=1, outline=1)
            objects.append((None, np.array(picture) > 0))
        # The lines between parts are drawn too.
        check("yolo", photo, objects, expected, exact=lambda mask: parts(mask) == 1)


def read_ultralytics(folder, photos, truth):
    """As Ultralytics loads a data set to learn from, from any working folder; it takes no photo below 10 pixels."""
    import ultralytics.data.utils as utils
    from ultralytics.data.dataset import YOLODataset

    utils.check_font = lambda name: None  # which would fetch one
    truth = {photo: expected for photo, expected in truth.items() if min(expected["size"]) >= 10}
    (folder / "images").mkdir()
    for photo in truth:
        os.link(photos / photo, folder / "images" / photo)
    os.chdir("/")
    data = utils.check_det_dataset(str(folder / "data.yaml"), autodownload=False)
    labels = {pathlib.Path(label["im_file"]).name: label for label in
              YOLODataset(img_path=data["train"], data=data, task="segment", augment=False).labels}
    for photo, expected in truth.items():
        if photo not in labels:
            failures.append(f"ultralytics: {photo}: not loaded")
            continue
        height, width = expected["size"]
        classes = [data["names"][int(number)] for number in labels[photo]["cls"].ravel()]
        masks = [utils.polygon2mask((height, width), [(segment * [width, height]).ravel()]) > 0
                 for segment in labels[photo]["segments"]]
        check("ultralytics", photo, list(zip(classes, masks)), expected, exact=lambda mask: parts(mask) == 1)


def read(folder):
    truth = json.loads((folder / "truth.json").read_text())
    read_coco(folder / "coco/instances.json", "coco", truth)
    read_coco(folder / "polygons/instances.json", "coco polygons", truth)
    read_yolo(folder / "yolo", truth)
    if importlib.util.find_spec("ultralytics"):
        read_ultralytics(folder / "yolo", folder, truth)
    for photo, expected in truth.items():
        stem = pathlib.Path(photo).stem
        check("labelme", photo, labelme_objects(folder / "labelme" / f"{stem}.json", expected["size"]), expected)
        files = sorted((folder / "png" / photo).glob("*.png")) if expected["objects"] else []
        check("png", photo, [(None, np.array(PIL.Image.open(file)) == 255) for file in files], expected)
        numbers = np.array(PIL.Image.open(folder / "voc/SegmentationObject" / f"{stem}.png"))
        classes = np.array(PIL.Image.open(folder / "voc/SegmentationClass" / f"{stem}.png"))
        top = np.zeros(expected["size"], int)
        for number, item in enumerate(expected["objects"], 1):
            top[decode(expected["size"], item["counts"])] = number
        compared["voc"] = compared.get("voc", 0) + len(expected["objects"])
        pictures = [PIL.Image.open(folder / f"voc/{kind}" / f"{stem}.png") for kind in ("SegmentationObject",
                                                                                      "SegmentationClass")]
        if any(picture.mode != "P" or picture.getpalette()[:12] != VOC_COLOURS for picture in pictures):
            failures.append(f"voc: {photo}: no picture with VOC's palette")
        if (numbers != top).any() or ((classes > 0) != (top > 0)).any():
            failures.append(f"voc: {photo}: differs")


def write(folder):
    random = np.random.default_rng(3)
    expected, images, annotations = {}, [], []
    (folder / "others").mkdir()
    for number in range(24):
        height, width = (int(side) for side in random.integers(8, 60, 2))
        name = f"other {number} é.png"
        PIL.Image.new("RGB", (width, height), "gray").save(folder / name)
        images.append({"id": 70 + number, "file_name": f"train/{name}", "width": width, "height": height})
        objects, shapes, masks = [], [], []
        for kind in range(6):
            corners = random.uniform(0, 1, (int(random.integers(3, 9)), 2)) * [width, height]
            mask = random.uniform(0, 1, (height, width)) > 0.6
            if kind % 3 == 0:
                segmentation = [np.round(corners, 2).ravel().tolist()]
                runs = pycocotools.mask.merge(pycocotools.mask.frPyObjects(segmentation, height, width))
            elif kind % 3 == 1:
                runs = pycocotools.mask.encode(np.asfortranarray(mask.astype(np.uint8)))
                segmentation = {"size": [height, width], "counts": runs["counts"].decode()}
            else:
                flat = mask.ravel(order="F").astype(int)
                changes = np.flatnonzero(np.diff(np.concatenate([[0], flat])))
                counts = np.diff(np.concatenate([[0], changes, [flat.size]])).tolist()
                segmentation = {"size": [height, width], "counts": counts}
                runs = pycocotools.mask.frPyObjects(segmentation, height, width)
            objects.append({"class": f"class {kind % 2}", "counts": runs["counts"].decode()})
            annotations.append({"id": len(annotations), "image_id": 70 + number, "category_id": kind % 2 + 5,
                                "iscrowd": int(kind % 3 == 2), "area": 0, "bbox": [0, 0, 1, 1],
                                "segmentation": segmentation})
        # A mask of LabelMe, as LabelMe writes it.
        left, top = (int(place) for place in (random.integers(0, width // 2), random.integers(0, height // 2)))
        part = random.uniform(0, 1, (height - top, width - left)) > 0.5
        shape = {"label": "mask", "points": [[left, top], [width - 1, height - 1]], "group_id": None, "flags": {},
                 "description": "", "shape_type": "mask", "mask": labelme.utils.img_arr_to_b64(part.astype(np.uint8))}
        path = folder / "others" / f"{number}.json"
        labelme_writer(path, [shape], f"../{name}", height, width)
        masks = [mask for _, mask in labelme_objects(path, (height, width))]
        expected[name] = {"size": [height, width], "objects": objects, "labelme": [encode(mask) for mask in masks]}
    categories = [{"id": 5, "name": "class 0"}, {"id": 6, "name": "class 1"}]
    (folder / "others.json").write_text(
        json.dumps({"images": images, "categories": categories, "annotations": annotations}))
    (folder / "expected.json").write_text(json.dumps(expected))


def labelme_writer(path, shapes, image_path, height, width):
    if hasattr(labelme, "_label_file"):
        labelme._label_file.write_label_file(
            str(path), shapes=shapes, image_path=image_path, image_height=height, image_width=width)
    else:
        labelme.LabelFile().save(
            str(path), shapes=shapes, imagePath=image_path, imageHeight=height, imageWidth=width)


if sys.argv[1] == "read":
    read(pathlib.Path(sys.argv[2]))
    print("\n".join(failures[:20]) or f"compared: {compared}")
    sys.exit(1 if failures else 0)
if sys.argv[1] == "write":
    write(pathlib.Path(sys.argv[2]))
