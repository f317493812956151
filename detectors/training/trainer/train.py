"""Trains the head of NanoDet-g on labelled pictures; the rest of the network stays as it is.

Two rounds: the first on the labels as they are, the second also on what the head of the first finds unlabelled. A head
that was trained before takes the place of the first. Beside it a narrow branch learns what the original says of people.
Reads the network's weights, pictures and labels; writes the
head's weights and a log line every few steps. The same seed, pictures and one thread give the same weights.
"""

import argparse
import copy
import json
import math
import random
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from crops import SIDE, CropMaker, Recipe, normalised
from loss import Labels, loss_of
from network import COCO_INDEX, Head, Trunk, cell_centres
from people import narrowed, people_loss, people_teacher
from pictures import LabelledPicture, read_pictures
from tensors_file import read_tensors, write_tensors
from unlabelled import completed

LOG_EVERY = 10
PEOPLE = "people/"
"""Before the names of the branch's weights."""
AVERAGE_DECAY = 0.998
REMEMBERED = 16
"""Batches that may be learned from again: their features, which do not change, cost more than learning from them."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="all weights of the original network (safetensors)")
    parser.add_argument("--head", type=Path, help="a trained head to go on from, instead of a first round (safetensors)")
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True, help="CSV: image, class, x, y, w, h")
    parser.add_argument("--part", choices=("all", "first", "second"), default="all", help="half of the pictures by frame number")
    parser.add_argument("--first-steps", type=int, default=250, help="batches of the first round")
    parser.add_argument("--steps", type=int, default=100, help="batches of the second round")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="the head's weights (safetensors)")
    parser.add_argument("--log", type=Path, required=True, help="one JSON document a line")
    return parser.parse_args()


class Average:
    """Exponential moving average of a module's weights, with a short memory at the start."""

    def __init__(self, module: nn.Module):
        self.module = copy.deepcopy(module).requires_grad_(False)
        self.updates = 0

    def update(self, module: nn.Module) -> None:
        self.updates += 1
        decay = min(AVERAGE_DECAY, (1 + self.updates) / (10 + self.updates))
        with torch.no_grad():
            for mine, theirs in zip(self.module.parameters(), module.parameters()):
                mine.lerp_(theirs, 1 - decay)


class Log:
    """Means of the losses since the last line."""

    def __init__(self, path: Path):
        self.file = path.open("w")
        self.begun = time.monotonic()
        self.sums: dict[str, float] = {}

    def write(self, **line) -> None:
        self.file.write(json.dumps({"seconds": round(time.monotonic() - self.begun), **line}) + "\n")
        self.file.flush()

    def add(self, parts: dict[str, Tensor]) -> None:
        for name, value in parts.items():
            self.sums[name] = self.sums.get(name, 0.0) + value.item()

    def write_means(self, **line) -> None:
        self.write(**line, **{name: round(total / LOG_EVERY, 4) for name, total in self.sums.items()})
        self.sums = {}


def rate_at(step: int, steps: int, warm_up: int = 25) -> float:
    """Share of the full rate: linear warm-up, then half a cosine."""
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


def optimiser_of(modules: list[nn.Module], rate: float) -> torch.optim.Optimizer:
    parameters = [p for module in modules for p in module.parameters()]
    weights = [p for p in parameters if p.dim() > 1]
    biases = [p for p in parameters if p.dim() == 1]
    return torch.optim.AdamW(
        [{"params": weights, "weight_decay": 1e-4}, {"params": biases, "weight_decay": 0.0}], lr=rate
    )


def batches(pictures: list[LabelledPicture], seed: int, size: int) -> Iterator[tuple[Tensor, list[Labels]]]:
    maker = CropMaker(pictures, Recipe(), seed)
    while True:
        crops = [maker.next() for _ in range(size)]
        pixels = torch.from_numpy(np.stack([normalised(crop.pixels) for crop in crops]))
        yield pixels, [Labels(*(torch.from_numpy(a) for a in (c.boxes, c.classes, c.doubtful))) for c in crops]


@dataclass(frozen=True)
class Batch:
    """What the unchanging part of the network makes of crops, and what the original head says of them."""

    features: tuple[Tensor, ...]
    teacher: tuple[Tensor, Tensor]
    people_teacher: tuple[Tensor, Tensor]
    labelled: list[Labels]


class Training:
    """The original network, and the head and the branch for people that learn from it and from labels."""

    def __init__(self, weights: dict[str, Tensor], options: argparse.Namespace, log: Log):
        self.trunk, self.teacher = Trunk(weights), Head(weights, COCO_INDEX)
        self.people_teacher = people_teacher(weights)
        self.options, self.log = options, log
        self.chance = random.Random(options.seed)
        self.head = Head(weights, COCO_INDEX)
        self.average = Average(self.head)
        first, _ = next(batches(self.pictures(), options.seed, options.batch))
        with torch.no_grad():
            self.people = narrowed(weights, self.trunk(first))
        if options.head is not None:
            trained = {name: torch.from_numpy(tensor) for name, tensor in read_tensors(options.head).items()}
            self.head.load(trained)
            self.average.module.load(trained)
            if any(name.startswith(PEOPLE) for name in trained):
                self.people.load(trained, PEOPLE)
        self.people_average = Average(self.people)
        self.grid = cell_centres(SIDE, SIDE)

    def pictures(self) -> list[LabelledPicture]:
        return read_pictures(self.options.images, self.options.labels, self.options.part, height_px=720)

    def round(self, number: int, pictures: list[LabelledPicture], steps: int) -> None:
        """Each step learns from a new batch, and the head for vehicles from one of the last batches again."""
        source = batches(pictures, self.options.seed + number, self.options.batch)
        remembered: deque[Batch] = deque(maxlen=REMEMBERED)
        optimisers = [optimiser_of([module], self.options.rate) for module in (self.head, self.people)]
        for step in range(steps):
            for group in (group for optimiser in optimisers for group in optimiser.param_groups):
                group["lr"] = self.options.rate * rate_at(step, steps)
            batch = self.look(*next(source))
            remembered.append(batch)
            self.log.add(self.learn_vehicles(batch, optimisers[0]))
            self.learn_vehicles(self.chance.choice(remembered), optimisers[0])
            self.log.add(self.learn_people(batch, optimisers[1]))
            if (step + 1) % LOG_EVERY == 0:
                self.log.write_means(round=number, step=step + 1)

    def look(self, pixels: Tensor, labelled: list[Labels]) -> Batch:
        with torch.no_grad():
            features = self.trunk(pixels)
            return Batch(features, self.teacher(features), self.people_teacher(features), labelled)

    def learn_vehicles(self, batch: Batch, optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
        parts = loss_of(*self.head(batch.features), *batch.teacher, batch.labelled, self.grid)
        descend(parts, self.head, optimiser)
        self.average.update(self.head)
        return parts

    def learn_people(self, batch: Batch, optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
        parts = people_loss(*self.people(batch.features), *batch.people_teacher)
        descend(parts, self.people, optimiser)
        self.people_average.update(self.people)
        return parts

    def learned(self) -> dict[str, Tensor]:
        return {**self.average.module.named(), **self.people_average.module.named(PEOPLE)}


def descend(parts: dict[str, Tensor], module: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    optimiser.zero_grad()
    torch.stack(list(parts.values())).sum().backward()
    nn.utils.clip_grad_norm_(module.parameters(), 10)
    optimiser.step()


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    weights = {name: torch.from_numpy(tensor) for name, tensor in read_tensors(options.weights).items()}
    log = Log(options.log)
    training = Training(weights, options, log)
    pictures = training.pictures()
    asked = {k: v for k, v in vars(options).items() if isinstance(v, (int, float)) or k == "part"}
    log.write(pictures=len(pictures), torch=torch.__version__, **asked)
    if options.head is None:
        training.round(1, pictures, options.first_steps)
    pictures = completed(pictures, training.trunk, training.average.module)
    log.write(labels=labels_of(pictures, False), doubtful=labels_of(pictures, True))
    training.round(2, pictures, options.steps)
    write_tensors(options.out, {k: v.numpy() for k, v in training.learned().items()})


def labels_of(pictures: list[LabelledPicture], doubtful: bool) -> int:
    return sum(int((picture.doubtful == doubtful).sum()) for picture in pictures)


if __name__ == "__main__":
    main()
