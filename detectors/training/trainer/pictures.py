"""Labelled pictures: a folder of images and a CSV of boxes (image, class, x, y, w, h; pixels from the top left)."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from network import CLASSES


@dataclass(frozen=True)
class LabelledPicture:
    name: str
    image: Image.Image
    boxes: np.ndarray
    """(boxes, 4): left, top, right, bottom in pixels of `image`."""
    classes: np.ndarray
    """(boxes): index into CLASSES."""


def frame_number(name: str) -> int:
    """The last number in a file's name orders the pictures of one drive."""
    digits = re.findall(r"\d+", Path(name).stem)
    return int(digits[-1]) if digits else 0


def split_by_frame(names: list[str], part: str) -> list[str]:
    """`first` and `second` half in the order of frame numbers, so that neighbours in time stay on one side."""
    ordered = sorted(names, key=lambda name: (frame_number(name), name))
    half = (len(ordered) + 1) // 2
    return {"all": ordered, "first": ordered[:half], "second": ordered[half:]}[part]


def read_pictures(folder: Path, labels: Path, part: str, height_px: int) -> list[LabelledPicture]:
    """Pictures of the chosen part, scaled down to at most `height_px`; rows of unknown classes are left out."""
    rows: dict[str, list[tuple[int, list[float]]]] = {}
    with labels.open(newline="") as file:
        for row in csv.DictReader(file):
            boxes = rows.setdefault(row["image"], [])
            if row["class"] in CLASSES:
                x, y, w, h = (float(row[k]) for k in "xywh")
                boxes.append((CLASSES.index(row["class"]), [x, y, x + w, y + h]))
    return [read_picture(folder / name, rows[name], height_px) for name in split_by_frame(list(rows), part)]


def read_picture(path: Path, rows: list[tuple[int, list[float]]], height_px: int) -> LabelledPicture:
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    scale = min(1.0, height_px / image.height)
    if scale < 1:
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.BOX)
    boxes = np.array([box for _, box in rows], np.float32).reshape(-1, 4) * scale
    return LabelledPicture(path.name, image, boxes, np.array([c for c, _ in rows], np.int64))
