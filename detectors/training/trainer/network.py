"""NanoDet-g in torch: the trunk, which stays as it is, and the head, which learns.

Convolutions are numbered as in the source graph: 0-24 backbone, 25-27 laterals, 28-33 head.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)
BINS = 11
SLOPE = 0.1
CLASSES = ("pedestrian", "bicycle", "car", "motorcycle", "bus", "truck")
"""The head's scores, in this order."""
COCO_INDEX = (0, 1, 2, 3, 5, 7)
COCO_CLASSES = 80

MEAN_BGR = (103.53, 116.28, 123.675)
STD_BGR = (57.375, 57.12, 58.395)


class Trunk(nn.Module):
    """Picture (batch, 3, height, width; normalised BGR) to P3, N4, N5 (batch, 128, height / stride, width / stride)."""

    def __init__(self, weights: dict[str, Tensor]):
        super().__init__()
        self.weights = {k: v.contiguous(memory_format=torch.channels_last) if v.dim() == 4 else v for k, v in weights.items()}

    def _plain(self, n: int, x: Tensor, stride: int = 1) -> Tensor:
        weight = self.weights[f"{n}.weight"]
        return F.conv2d(x, weight, self.weights[f"{n}.bias"], stride, weight.shape[-1] // 2)

    def _conv(self, n: int, x: Tensor, stride: int = 1) -> Tensor:
        return F.leaky_relu(self._plain(n, x, stride), SLOPE)

    def _stage(self, first: int, pairs: int, x: Tensor) -> Tensor:
        entry = x = self._conv(first, x, 2)
        for pair in range(pairs):
            a = self._conv(first + 1 + 2 * pair, x)
            x = torch.cat((self._conv(first + 2 + 2 * pair, a), a), 1)
        return torch.cat((self._conv(first + 1 + 2 * pairs, x), entry), 1)

    def forward(self, picture: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = F.max_pool2d(self._conv(0, picture.contiguous(memory_format=torch.channels_last), 2), 3, 2, 1)
        a = self._conv(1, x)
        b = self._conv(2, a)
        x = torch.cat((self._conv(4, torch.cat((self._conv(3, b), b), 1)), a), 1)
        c3 = self._stage(5, 2, x)
        c4 = self._stage(11, 2, c3)
        c5 = self._stage(17, 3, c4)
        l3, l4, l5 = self._plain(25, c3), self._plain(26, c4), self._plain(27, c5)
        p4 = l4 + F.interpolate(l5, scale_factor=2, mode="bilinear", align_corners=False)
        p3 = l3 + F.interpolate(p4, scale_factor=2, mode="bilinear", align_corners=False)
        n4 = p4 + F.avg_pool2d(p3, 2)
        return p3, n4, l5 + F.avg_pool2d(n4, 2)


class Head(nn.Module):
    """P3, N4, N5 to scores before the sigmoid (batch, cells, 6) and bins before the softmax (batch, cells, 4, 11)."""

    def __init__(self, weights: dict[str, Tensor]):
        super().__init__()
        self.levels = nn.ModuleList()
        for level in range(3):
            first, last = 28 + 2 * level, 29 + 2 * level
            wide = nn.Conv2d(128, 128, 3, padding=1)
            narrow = nn.Conv2d(128, len(CLASSES) + 4 * BINS, 1)
            rows = kept_rows(weights[f"{last}.weight"].shape[0])
            wide.weight.data.copy_(weights[f"{first}.weight"])
            wide.bias.data.copy_(weights[f"{first}.bias"])
            narrow.weight.data.copy_(weights[f"{last}.weight"][rows])
            narrow.bias.data.copy_(weights[f"{last}.bias"][rows])
            self.levels.append(nn.ModuleList((wide, narrow)))
        self.to(memory_format=torch.channels_last)

    def forward(self, features: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
        flat = []
        for x, (wide, narrow) in zip(features, self.levels):
            flat.append(narrow(F.leaky_relu(wide(x), SLOPE)).flatten(2).transpose(1, 2))
        out = torch.cat(flat, 1)
        scores, bins = out[..., : len(CLASSES)], out[..., len(CLASSES) :]
        return scores, bins.unflatten(-1, (4, BINS))

    def numbered(self) -> dict[str, Tensor]:
        """Weights under the numbers of their convolutions."""
        named = {}
        for level, (wide, narrow) in enumerate(self.levels):
            for number, conv in ((28 + 2 * level, wide), (29 + 2 * level, narrow)):
                named[f"{number}.weight"] = conv.weight.detach()
                named[f"{number}.bias"] = conv.bias.detach()
        return named


def kept_rows(outputs: int) -> list[int]:
    """Rows of a head's last convolution that we keep: all of one that is cut already, six classes and the bins of COCO's."""
    if outputs == len(CLASSES) + 4 * BINS:
        return list(range(outputs))
    return [*COCO_INDEX, *range(COCO_CLASSES, COCO_CLASSES + 4 * BINS)]


def cell_centres(height: int, width: int) -> tuple[Tensor, Tensor]:
    """Centres (cells, 2) in input pixels and strides (cells) of all cells, in the order of the head's output."""
    centres, strides = [], []
    for stride in STRIDES:
        y, x = torch.meshgrid(torch.arange(height // stride), torch.arange(width // stride), indexing="ij")
        centres.append((torch.stack((x.flatten(), y.flatten()), 1) + 0.5) * stride)
        strides.append(torch.full((x.numel(),), float(stride)))
    return torch.cat(centres), torch.cat(strides)


def boxes_of(bins: Tensor, centres: Tensor, strides: Tensor) -> Tensor:
    """Bins (..., cells, 4, 11) to boxes (..., cells, 4): left, top, right, bottom in input pixels."""
    steps = torch.arange(BINS, dtype=bins.dtype)
    distances = (bins.softmax(-1) * steps).sum(-1) * strides[:, None]
    return torch.cat((centres - distances[..., :2], centres + distances[..., 2:]), -1)
