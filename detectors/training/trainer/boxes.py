"""Overlap of boxes: left, top, right, bottom in pixels."""

import torch
from torch import Tensor


def intersection(a: Tensor, b: Tensor) -> Tensor:
    """Areas shared by boxes a (n, 4) and b (m, 4): (n, m)."""
    low = torch.maximum(a[:, None, :2], b[None, :, :2])
    high = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    return (high - low).clamp(min=0).prod(-1)


def area(boxes: Tensor) -> Tensor:
    return (boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(-1)


def iou(a: Tensor, b: Tensor) -> Tensor:
    """Intersection over union (n, m)."""
    shared = intersection(a, b)
    return shared / (area(a)[:, None] + area(b)[None] - shared).clamp(min=1e-6)


def paired_giou(a: Tensor, b: Tensor) -> Tensor:
    """Generalised IoU of a[i] and b[i], -1 to 1 (Rezatofighi et al. 2019)."""
    low, high = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    union = (area(a) + area(b) - shared).clamp(min=1e-6)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).clamp(min=0).prod(-1).clamp(min=1e-6)
    return shared / union - (hull - union) / hull
