"""What the head is taught: labelled boxes where there are any, and what the original head says everywhere else."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from assignment import assign
from boxes import area, intersection, iou, paired_giou
from network import BINS, CLASSES, boxes_of

PEDESTRIAN, BICYCLE = CLASSES.index("pedestrian"), CLASSES.index("bicycle")
MOTORCYCLE = CLASSES.index("motorcycle")
FOUR_WHEELS = [CLASSES.index(name) for name in ("car", "bus", "truck")]
VEHICLES = [*FOUR_WHEELS, MOTORCYCLE]

LEAST_TARGET = 0.3
TEACHER_VEHICLE = 0.2
TEACHER_PERSON = 0.3


@dataclass(frozen=True)
class Teaching:
    """What one crop asks of each cell."""

    target: Tensor
    """(cells, classes): the score wanted."""
    weight: Tensor
    """(cells, classes): how much it matters."""
    positive: Tensor
    """Cells that answer for a box."""
    boxes: Tensor
    """(positives, 4): their boxes."""
    keep: Tensor
    """Cells whose bins stay as the teacher's."""


def teach(scores, bins, teacher_scores, teacher_bins, labels, classes, grid) -> Teaching:
    """One crop's cells; `labels` (n, 4) and `classes` (n) may hold nothing. No gradients flow through the answer."""
    centres, strides = grid
    known = torch.tensor([int(c) not in (PEDESTRIAN, BICYCLE) for c in classes], dtype=torch.bool)
    labels, classes = labels[known], classes[known]
    with torch.no_grad():
        owner, overlap = assign(scores, boxes_of(bins, centres, strides), centres, strides, labels, classes)
        seen = boxes_of(teacher_bins, centres, strides)
        teacher = teacher_scores.sigmoid()
        target, weight = torch.zeros_like(teacher), torch.ones_like(teacher)
        target[:, [PEDESTRIAN, BICYCLE]] = teacher[:, [PEDESTRIAN, BICYCLE]]
        unlabelled = (teacher[:, VEHICLES].amax(1) > TEACHER_VEHICLE) & ~covered(seen, labels)
        weight[unlabelled, MOTORCYCLE] = 0
        for vehicle in FOUR_WHEELS:
            target[unlabelled, vehicle] = teacher[unlabelled, vehicle]
        positive = (owner >= 0).nonzero().squeeze(1)
        own = owner[positive]
        target[positive[:, None], torch.tensor(VEHICLES)[None]] = 0
        weight[positive, MOTORCYCLE] = 1
        if len(positive) > 0:
            target[positive, classes[own]] = overlap[positive].clamp(min=LEAST_TARGET)
            weight[positive[classes[own] == MOTORCYCLE], PEDESTRIAN] = 0
        keep = (teacher[:, PEDESTRIAN] > TEACHER_PERSON) & (owner < 0)
    return Teaching(target, weight, positive, labels[own], keep)


def covered(seen: Tensor, labels: Tensor) -> Tensor:
    """Which boxes (cells, 4) a label explains: IoU of 0.3 with one, or half of the box inside one."""
    if len(labels) == 0:
        return torch.zeros(len(seen), dtype=torch.bool)
    inside = intersection(seen, labels) / area(seen)[:, None].clamp(min=1e-6)
    return ((iou(seen, labels) >= 0.3) | (inside >= 0.5)).any(1)


def quality_focal(scores: Tensor, teaching: Teaching) -> Tensor:
    """Sum over cells and classes (Li et al. 2020, "Generalized Focal Loss", eq. 7, beta 2)."""
    entropy = F.binary_cross_entropy_with_logits(scores, teaching.target, reduction="none")
    return (entropy * (teaching.target - scores.sigmoid()).abs() ** 2 * teaching.weight).sum()


def distribution_focal(bins: Tensor, distances: Tensor) -> Tensor:
    """Mean over sides (the same, eq. 6): the two bins around a distance share its weight. bins (n, 4, 11), distances (n, 4) in strides."""
    distances = distances.clamp(0, BINS - 1.01)
    low = distances.floor()
    share = distances - low
    logs = bins.log_softmax(-1)
    at_low = logs.gather(-1, low.long()[..., None]).squeeze(-1)
    at_high = logs.gather(-1, low.long()[..., None] + 1).squeeze(-1)
    return -(at_low * (1 - share) + at_high * share).mean()


def loss_of(scores, bins, teacher_scores, teacher_bins, labelled, grid) -> dict[str, Tensor]:
    """The parts of a batch's loss. scores (batch, cells, 6), bins (batch, cells, 4, 11); labelled: (boxes, classes) of each crop."""
    centres, strides = grid
    focal = scores.new_zeros(())
    kept, taught, places, wanted = [], [], [], []
    for i, (labels, classes) in enumerate(labelled):
        teaching = teach(scores[i], bins[i], teacher_scores[i], teacher_bins[i], labels, classes, grid)
        focal = focal + quality_focal(scores[i], teaching)
        kept.append((bins[i][teaching.keep], teacher_bins[i][teaching.keep]))
        taught.append(bins[i][teaching.positive])
        places.append(teaching.positive)
        wanted.append(teaching.boxes)
    place, box, own = torch.cat(places), torch.cat(wanted), torch.cat(taught)
    parts = {"score": focal / max(len(place), 1)}
    if len(place) > 0:
        centre, stride = centres[place], strides[place]
        steps = torch.arange(BINS, dtype=own.dtype)
        reach = (own.softmax(-1) * steps).sum(-1) * stride[:, None]
        predicted = torch.cat((centre - reach[:, :2], centre + reach[:, 2:]), 1)
        parts["box"] = 2 * (1 - paired_giou(predicted, box)).mean()
        distances = torch.cat((centre - box[:, :2], box[:, 2:] - centre), 1) / stride[:, None]
        parts["bins"] = 0.25 * distribution_focal(own, distances)
    mine, theirs = (torch.cat(side) for side in zip(*kept))
    if len(mine) > 0:
        parts["teacher"] = 0.15 * F.kl_div(mine.log_softmax(-1), theirs.softmax(-1), reduction="none").sum(-1).mean()
    return parts
