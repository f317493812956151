"""Training crops: parts of pictures at the sizes at which a pole camera shows vehicles, disturbed as a camera disturbs."""

import io
import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from network import CLASSES, MEAN_BGR, STD_BGR
from pictures import LabelledPicture
from weather import haze, night, rain

SIDE = 416
GREY = 114
MOTORCYCLE = CLASSES.index("motorcycle")
BASE_HEIGHT = 540
"""Scales below are of a picture of this height."""
LEAST_CUT_OUT = 40
"""Smaller motorcycles are too coarse to be put elsewhere: height in pixels of their picture."""


@dataclass
class Crop:
    pixels: np.ndarray
    """(SIDE, SIDE, 3) RGB bytes."""
    boxes: np.ndarray
    classes: np.ndarray
    doubtful: np.ndarray


@dataclass(frozen=True)
class Recipe:
    """Shares of crops that are bent in each way."""

    crowd: float = 0.25
    blur: float = 0.45
    jpeg: float = 0.4
    grain: float = 0.15
    haze: float = 0.1
    grey: float = 0.06
    night: float = 0.05
    rain: float = 0.05


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
        self.riders = [
            (picture, box)
            for picture in pictures
            for box, kind, doubt in zip(picture.boxes, picture.classes, picture.doubtful)
            if kind == MOTORCYCLE and not doubt and box[3] - box[1] >= LEAST_CUT_OUT
        ]

    def next(self) -> Crop:
        kind = self.chance.random()
        if kind < 0.45:
            crop = self._mosaic(2, (0.18, 0.6))
        elif kind < 0.8:
            crop = self._mosaic(3, (0.13, 0.36))
        else:
            crop = self._mosaic(1, (0.3, 1.0))
        if self.riders and self.chance.random() < self.recipe.crowd:
            self._crowd(crop)
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
        parts = []
        for top, bottom in zip(ys, ys[1:]):
            for left, right in zip(xs, xs[1:]):
                parts.append(self._paste(canvas, (left, top, right, bottom), scales))
        return Crop(np.array(canvas), *(np.concatenate(column) for column in zip(*parts)))

    def _paste(self, canvas: Image.Image, cell: tuple[int, int, int, int], scales: tuple[float, float]):
        """Fills a cell of the canvas with a part of a picture; boxes and classes seen in it."""
        picture = self.chance.choice(self.pictures)
        left, top, right, bottom = cell
        scale = math.exp(self.chance.uniform(*map(math.log, scales))) * BASE_HEIGHT / picture.image.height
        # From a pole a rider is shorter for the width than from the road.
        aspect = math.exp(self.chance.uniform(math.log(0.8), math.log(1.35)))
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
        return visible(moved, picture.classes, picture.doubtful, frame)

    def _crowd(self, crop: Crop) -> None:
        """Puts a few motorcycles of other pictures beside and before those that are there, the nearer over the farther."""
        chance = self.chance
        guides = crop.boxes[crop.classes == MOTORCYCLE]
        placed = []
        for _ in range(chance.randint(2, 6)):
            picture, box = chance.choice(self.riders)
            height = math.exp(chance.uniform(math.log(16), math.log(90)))
            if len(guides) > 0 and chance.random() < 0.6:
                guide = guides[chance.randrange(len(guides))]
                height = min(max((guide[3] - guide[1]) * chance.uniform(0.8, 1.3), 14), 140)
                x = guide[0] + chance.uniform(-1.2, 1.2) * (guide[2] - guide[0])
                bottom = guide[3] + chance.uniform(-0.3, 0.7) * height
            else:
                x, bottom = chance.uniform(0, SIDE), chance.uniform(height, SIDE)
            width = height * (box[2] - box[0]) / (box[3] - box[1]) * chance.uniform(0.9, 1.2)
            placed.append((bottom, picture, box, np.float32([x, bottom - height, x + width, bottom])))
        canvas = Image.fromarray(crop.pixels)
        for _, picture, box, at in sorted(placed, key=lambda each: each[0]):
            size = (max(3, round(float(at[2] - at[0]))), max(6, round(float(at[3] - at[1]))))
            at = np.float32([round(float(at[0])), round(float(at[1])), 0, 0])
            at[2:] = at[:2] + np.float32(size)
            cut = picture.image.resize(size, Image.BOX, tuple(float(side) for side in box))
            canvas.paste(cut, (int(at[0]), int(at[1])), feathered(size))
            hide(crop, at)
            seen = visible(at[None], np.array([MOTORCYCLE]), np.zeros(1, bool), np.float32([0, 0, SIDE, SIDE]))
            crop.boxes, crop.classes, crop.doubtful = (
                np.concatenate(pair) for pair in zip((crop.boxes, crop.classes, crop.doubtful), seen)
            )
        crop.pixels = np.array(canvas)

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
        image = ImageEnhance.Color(image).enhance(0 if chance.random() < recipe.grey else chance.uniform(0.4, 1.4))
        values = np.asarray(image).astype(np.float32) * chance.uniform(0.6, 1.35) + chance.uniform(-25, 25)
        if chance.random() < recipe.haze:
            values = haze(values, chance)
        if chance.random() < recipe.night:
            values = night(values, chance, self.noise)
        if chance.random() < recipe.rain:
            values = rain(values, chance, self.noise)
        image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
        if chance.random() < recipe.blur:
            small = round(SIDE * chance.uniform(0.4, 0.9))
            image = image.resize((small, small), Image.BOX).resize((SIDE, SIDE), Image.BILINEAR)
        if chance.random() < recipe.grain:
            grain = self.noise.normal(0, chance.uniform(2, 9), (SIDE, SIDE, 3))
            image = Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))
        if chance.random() < recipe.jpeg:
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=chance.randint(25, 70))
            image = Image.open(buffer)
        return np.asarray(image)


def visible(
    boxes: np.ndarray, classes: np.ndarray, doubtful: np.ndarray, frame: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Boxes cut to the frame: those of which more than 35 % shows and that are large enough to be seen."""
    cut = np.concatenate((np.maximum(boxes[:, :2], frame[:2]), np.minimum(boxes[:, 2:], frame[2:])), 1)
    size = np.maximum(cut[:, 2:] - cut[:, :2], 0)
    whole = boxes[:, 2:] - boxes[:, :2]
    seen = size.prod(1) > 0.35 * whole.prod(1)
    kept = seen & (size[:, 0] >= 3) & (size[:, 1] >= 6)
    return cut[kept], classes[kept], doubtful[kept]


def feathered(size: tuple[int, int]) -> Image.Image:
    """How much of a cut-out covers what is behind it: all in the middle, little at the edge."""
    width, height = size
    border = max(1, min(size) // 10)
    mask = Image.new("L", size, 0)
    mask.paste(255, (border, border, width - border, height - border))
    return mask.filter(ImageFilter.GaussianBlur(border))


def hide(crop: Crop, cover: np.ndarray) -> None:
    """Boxes of which a cut-out covers more than half are in doubt from now on."""
    low, high = np.maximum(crop.boxes[:, :2], cover[:2]), np.minimum(crop.boxes[:, 2:], cover[2:])
    hidden = np.maximum(high - low, 0).prod(1)
    crop.doubtful = crop.doubtful | (hidden > 0.5 * (crop.boxes[:, 2:] - crop.boxes[:, :2]).prod(1))


def mirrored(crop: Crop) -> Crop:
    boxes = crop.boxes.copy()
    boxes[:, [0, 2]] = SIDE - crop.boxes[:, [2, 0]]
    return Crop(crop.pixels[:, ::-1].copy(), boxes, crop.classes, crop.doubtful)
