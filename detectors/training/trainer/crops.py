"""Training crops: parts of pictures at the sizes at which a pole camera shows vehicles, disturbed as a camera disturbs."""

import io
import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageEnhance

from network import CLASSES, MEAN_BGR, STD_BGR
from pictures import LabelledPicture
from weather import night, rain

SIDE = 416
GREY = 114
MOTORCYCLE = CLASSES.index("motorcycle")
BASE_HEIGHT = 540
"""Scales below are of a picture of this height."""


@dataclass
class Crop:
    pixels: np.ndarray
    """(SIDE, SIDE, 3) RGB bytes."""
    boxes: np.ndarray
    classes: np.ndarray


@dataclass(frozen=True)
class Recipe:
    """Shares of crops that are bent in each way."""

    blur: float = 0.4
    jpeg: float = 0.3
    night: float = 0.0
    rain: float = 0.0


def normalised(pixels: np.ndarray) -> np.ndarray:
    """RGB bytes (height, width, 3) to the network's planes (3, height, width)."""
    bgr = pixels[..., ::-1].astype(np.float32)
    return ((bgr - np.float32(MEAN_BGR)) / np.float32(STD_BGR)).transpose(2, 0, 1)


class CropMaker:
    """An endless, seeded source of crops."""

    def __init__(self, pictures: list[LabelledPicture], recipe: Recipe, seed: int):
        self.pictures = pictures
        self.recipe = recipe
        self.chance = random.Random(seed)
        self.noise = np.random.default_rng(seed)

    def next(self) -> Crop:
        kind = self.chance.random()
        if kind < 0.5:
            crop = self._mosaic(2, (0.13, 0.6))
        elif kind < 0.7:
            crop = self._mosaic(3, (0.13, 0.36))
        else:
            crop = self._mosaic(1, (0.25, 1.0))
        if self.chance.random() < 0.5:
            crop = mirrored(crop)
        crop.pixels = self._disturbed(crop.pixels)
        return crop

    def _cuts(self, cells: int) -> list[int]:
        """Where the mosaic is cut: evenly, moved by up to a quarter of a cell."""
        step = SIDE / cells
        inner = [round(step * (i + self.chance.uniform(-0.25, 0.25))) for i in range(1, cells)]
        return [0, *inner, SIDE]

    def _mosaic(self, cells: int, scales: tuple[float, float]) -> Crop:
        canvas = Image.new("RGB", (SIDE, SIDE), (GREY, GREY, GREY))
        xs, ys = self._cuts(cells), self._cuts(cells)
        boxes, classes = [], []
        for top, bottom in zip(ys, ys[1:]):
            for left, right in zip(xs, xs[1:]):
                found, names = self._paste(canvas, (left, top, right, bottom), scales)
                boxes.append(found)
                classes.append(names)
        return Crop(np.asarray(canvas), np.concatenate(boxes), np.concatenate(classes))

    def _paste(self, canvas: Image.Image, cell: tuple[int, int, int, int], scales: tuple[float, float]):
        """Fills a cell of the canvas with a part of a picture; boxes and classes seen in it."""
        picture = self.chance.choice(self.pictures)
        left, top, right, bottom = cell
        scale = math.exp(self.chance.uniform(*map(math.log, scales))) * BASE_HEIGHT / picture.image.height
        aspect = self.chance.uniform(0.85, 1.15)
        scale_x, scale_y = scale * math.sqrt(aspect), scale / math.sqrt(aspect)
        target = self._target(picture)
        from_x, at_x, width = self._window(picture.image.width, scale_x, right - left, target[0])
        from_y, at_y, height = self._window(picture.image.height, scale_y, bottom - top, target[1])
        region = (from_x, from_y, from_x + width / scale_x, from_y + height / scale_y)
        region = (region[0], region[1], min(region[2], picture.image.width), min(region[3], picture.image.height))
        canvas.paste(picture.image.resize((width, height), Image.BOX, region), (left + at_x, top + at_y))
        moved = (picture.boxes - np.float32([from_x, from_y] * 2)) * np.float32([scale_x, scale_y] * 2)
        moved += np.float32([left + at_x, top + at_y] * 2)
        frame = np.float32([left + at_x, top + at_y, left + at_x + width, top + at_y + height])
        return visible(moved, picture.classes, frame)

    def _target(self, picture: LabelledPicture) -> tuple[float | None, float | None]:
        """A motorcycle that the part must show, for half of the pictures that have one."""
        motorcycles = picture.boxes[picture.classes == MOTORCYCLE]
        if len(motorcycles) == 0 or self.chance.random() < 0.5:
            return None, None
        left, top, right, bottom = motorcycles[self.chance.randrange(len(motorcycles))]
        return (left + right) / 2, (top + bottom) / 2

    def _window(self, length: int, scale: float, room: int, target: float | None) -> tuple[float, int, int]:
        """Along one axis: first pixel of the part, where it goes in its cell, and its length there."""
        scaled = max(1, round(length * scale))
        if scaled <= room:
            return 0.0, self.chance.randint(0, room - scaled), scaled
        most = length - room / scale
        if target is None:
            return self.chance.uniform(0, most), 0, room
        return min(max(target - self.chance.uniform(0.1, 0.9) * room / scale, 0.0), most), 0, room

    def _disturbed(self, pixels: np.ndarray) -> np.ndarray:
        chance, recipe = self.chance, self.recipe
        image = Image.fromarray(pixels)
        image = ImageEnhance.Color(image).enhance(chance.uniform(0.5, 1.4))
        values = np.asarray(image).astype(np.float32) * chance.uniform(0.6, 1.35) + chance.uniform(-25, 25)
        if chance.random() < recipe.night:
            values = night(values, chance, self.noise)
        if chance.random() < recipe.rain:
            values = rain(values, chance, self.noise)
        image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
        if chance.random() < recipe.blur:
            small = round(SIDE * chance.uniform(0.4, 0.9))
            image = image.resize((small, small), Image.BOX).resize((SIDE, SIDE), Image.BILINEAR)
        if chance.random() < recipe.jpeg:
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=chance.randint(25, 70))
            image = Image.open(buffer)
        return np.asarray(image)


def visible(boxes: np.ndarray, classes: np.ndarray, frame: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Boxes cut to the frame: those of which more than 35 % shows and that are large enough to be seen."""
    cut = np.concatenate((np.maximum(boxes[:, :2], frame[:2]), np.minimum(boxes[:, 2:], frame[2:])), 1)
    size = np.maximum(cut[:, 2:] - cut[:, :2], 0)
    whole = boxes[:, 2:] - boxes[:, :2]
    seen = size.prod(1) > 0.35 * whole.prod(1)
    kept = seen & (size[:, 0] >= 3) & (size[:, 1] >= 6)
    return cut[kept], classes[kept]


def mirrored(crop: Crop) -> Crop:
    boxes = crop.boxes.copy()
    boxes[:, [0, 2]] = SIDE - crop.boxes[:, [2, 0]]
    return Crop(crop.pixels[:, ::-1].copy(), boxes, crop.classes)
