"""Trains the head of NanoDet-g on labelled pictures; the rest of the network stays as it is.

Reads the network's weights, pictures and labels; writes the head's weights and a log line every few steps. The same
seed, pictures and one thread give the same weights.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from crops import SIDE, CropMaker, Recipe, normalised
from loss import loss_of
from network import Head, Trunk, cell_centres
from pictures import read_pictures
from tensors_file import read_tensors, write_tensors


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="all weights of the network (safetensors)")
    parser.add_argument("--head", type=Path, help="a trained head to go on from")
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True, help="CSV: image, class, x, y, w, h")
    parser.add_argument("--part", choices=("all", "first", "second"), default="all", help="half of the pictures by frame number")
    parser.add_argument("--steps", type=int, default=450)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--night", type=float, default=0.0, help="share of crops made dark")
    parser.add_argument("--rain", type=float, default=0.0, help="share of crops made wet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="the head's weights (safetensors)")
    parser.add_argument("--log", type=Path, required=True, help="one JSON document a line")
    return parser.parse_args()


class Average:
    """Exponential moving average of a module's weights, with a short memory at the start."""

    def __init__(self, module: nn.Module, decay: float):
        self.module = copy.deepcopy(module).requires_grad_(False)
        self.decay = decay
        self.updates = 0

    def update(self, module: nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        with torch.no_grad():
            for mine, theirs in zip(self.module.parameters(), module.parameters()):
                mine.lerp_(theirs, 1 - decay)


def rate_at(step: int, steps: int, warm_up: int = 50) -> float:
    """Share of the full rate: linear warm-up, then half a cosine."""
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


def optimiser_of(head: Head, rate: float) -> torch.optim.Optimizer:
    weights = [p for p in head.parameters() if p.dim() > 1]
    biases = [p for p in head.parameters() if p.dim() == 1]
    return torch.optim.AdamW(
        [{"params": weights, "weight_decay": 1e-4}, {"params": biases, "weight_decay": 0.0}], lr=rate
    )


def batch_of(maker: CropMaker, size: int) -> tuple[Tensor, list[tuple[Tensor, Tensor]]]:
    crops = [maker.next() for _ in range(size)]
    pixels = torch.from_numpy(np.stack([normalised(crop.pixels) for crop in crops]))
    return pixels, [(torch.from_numpy(crop.boxes), torch.from_numpy(crop.classes)) for crop in crops]


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    weights = {name: torch.from_numpy(tensor) for name, tensor in read_tensors(options.weights).items()}
    trunk, teacher = Trunk(weights), Head(weights)
    started = weights
    if options.head is not None:
        started = {name: torch.from_numpy(tensor) for name, tensor in read_tensors(options.head).items()}
    head = Head(started)
    average = Average(head, 0.998)
    optimiser = optimiser_of(head, options.rate)
    pictures = read_pictures(options.images, options.labels, options.part, height_px=720)
    maker = CropMaker(pictures, Recipe(night=options.night, rain=options.rain), options.seed)
    grid = cell_centres(SIDE, SIDE)
    begun = time.monotonic()
    sums: dict[str, float] = {}
    with options.log.open("w") as log:
        asked = {k: v for k, v in vars(options).items() if isinstance(v, (int, float)) or k == "part"}
        log.write(json.dumps({"pictures": len(pictures), "torch": torch.__version__, **asked}) + "\n")
        for step in range(options.steps):
            for group in optimiser.param_groups:
                group["lr"] = options.rate * rate_at(step, options.steps)
            pixels, labelled = batch_of(maker, options.batch)
            with torch.no_grad():
                features = trunk(pixels)
                teacher_scores, teacher_bins = teacher(features)
            scores, bins = head(features)
            parts = loss_of(scores, bins, teacher_scores, teacher_bins, labelled, grid)
            optimiser.zero_grad()
            torch.stack(list(parts.values())).sum().backward()
            nn.utils.clip_grad_norm_(head.parameters(), 10)
            optimiser.step()
            average.update(head)
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if (step + 1) % 10 == 0:
                line = {"step": step + 1, "seconds": round(time.monotonic() - begun)}
                line.update({name: round(total / 10, 4) for name, total in sums.items()})
                log.write(json.dumps(line) + "\n")
                log.flush()
                sums = {}
            if (step + 1) % 100 == 0 or step + 1 == options.steps:
                write_tensors(options.out, {k: v.numpy() for k, v in average.module.numbered().items()})


if __name__ == "__main__":
    main()
