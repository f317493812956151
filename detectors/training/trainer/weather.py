"""Night and rain on daylight pictures: enough of what a lens sees then for the head to learn that it does not matter."""

import random

import numpy as np
from PIL import Image


def night(values: np.ndarray, chance: random.Random, noise: np.random.Generator) -> np.ndarray:
    """Dark, tinted by sodium or white lamps, grainy, with the brightest spots kept: values (height, width, 3), 0 to 255."""
    unit = np.clip(values, 0, 255) / 255
    dark = 255 * chance.uniform(0.3, 0.7) * unit ** chance.uniform(1.2, 2.0)
    lamp = np.float32([1, chance.uniform(0.75, 1), chance.uniform(0.5, 1)])
    grain = noise.normal(0, chance.uniform(3, 12), values.shape).astype(np.float32)
    bright = np.clip((unit.max(-1, keepdims=True) - 0.85) / 0.15, 0, 1) * 200
    return np.maximum(dark * lamp, bright) + grain


def rain(values: np.ndarray, chance: random.Random, noise: np.random.Generator) -> np.ndarray:
    """Haze that takes contrast, and short bright streaks that lean one way."""
    height, width, _ = values.shape
    haze = chance.uniform(0.15, 0.45)
    length = chance.randint(8, 20)
    drops = (noise.random((height, width)) < 0.003).astype(np.float32)
    run = np.cumsum(drops, 0)
    streaks = np.minimum(run - np.concatenate((np.zeros((length, width), np.float32), run[:-length])), 1)
    leaning = Image.fromarray((streaks * 255).astype(np.uint8)).rotate(chance.uniform(-25, 25), Image.BILINEAR)
    brightness = np.asarray(leaning)[..., None].astype(np.float32) * chance.uniform(0.1, 0.35)
    return values * (1 - haze) + haze * 150 + brightness
