"""Which cells answer for which labelled box (SimOTA: Ge et al. 2021, "YOLOX", section 2.1)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from boxes import iou

REACH_STRIDES = 2.0
BEST_OVERLAPS = 10


def assign(scores: Tensor, predicted: Tensor, centres: Tensor, strides: Tensor, boxes: Tensor, classes: Tensor):
    """Box of each cell (cells), -1 for none, and the IoU of its prediction with it (cells).

    scores (cells, classes) before the sigmoid; predicted (cells, 4); boxes (n, 4); classes (n). No gradients.
    """
    owner = torch.full((len(centres),), -1)
    overlap = torch.zeros(len(centres))
    if len(boxes) == 0:
        return owner, overlap
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    near = (centres[:, None] - middle[None]).abs().amax(-1) <= REACH_STRIDES * strides[:, None]
    cells = near.any(1).nonzero().squeeze(1)
    if len(cells) == 0:
        return owner, overlap
    near, ious = near[cells], iou(predicted[cells], boxes)
    cost = class_cost(scores[cells], classes, ious) - 3 * (ious + 1e-7).log() + 1e5 * (~near)
    wanted = matches(cost, near, ious)
    # A cell wanted by several boxes goes to the cheapest.
    cheapest = cost.masked_fill(~wanted, float("inf")).argmin(1)
    taken = wanted.any(1)
    owner[cells[taken]] = cheapest[taken]
    overlap[cells[taken]] = ious[taken, cheapest[taken]]
    return owner, overlap


def class_cost(scores: Tensor, classes: Tensor, ious: Tensor) -> Tensor:
    """Soft cross-entropy of the box's class with the IoU as target (candidates, boxes)."""
    score = scores[:, classes]
    return F.binary_cross_entropy_with_logits(score, ious, reduction="none") * (ious - score.sigmoid()).abs() ** 2 * 4


def matches(cost: Tensor, near: Tensor, ious: Tensor) -> Tensor:
    """For each box its k cheapest cells, k the sum of its ten best overlaps (candidates, boxes)."""
    count = min(BEST_OVERLAPS, len(ious))
    k = (ious * near).topk(count, dim=0).values.sum(0).int().clamp(min=1)
    wanted = torch.zeros_like(near)
    for box in range(cost.shape[1]):
        cheapest = cost[:, box].topk(min(int(k[box]), len(cost)), largest=False).indices
        wanted[cheapest, box] = True
    return wanted & near
