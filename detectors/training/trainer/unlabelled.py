"""Completes labels: what a slow, close look finds that nobody labelled. A rider left out would be taught as background."""

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from boxes import area, intersection, iou
from crops import GREY, normalised
from network import CLASSES, Head, Trunk, boxes_of, cell_centres
from pictures import LabelledPicture

MOTORCYCLE = CLASSES.index("motorcycle")
TWO_WHEELS = [CLASSES.index("bicycle"), MOTORCYCLE]
SCALES = (1.25,)
"""Of the picture (720 lines): small road users are seen at the size at which the network knows them."""
SURE, DOUBTFUL = 0.5, 0.35
"""Score from which a find is a label, and from which it may be there."""
SAME = 0.5
"""IoU from which two finds are one."""


def completed(pictures: list[LabelledPicture], trunk: Trunk, head: Head) -> list[LabelledPicture]:
    return [complete(picture, trunk, head) for picture in pictures]


def complete(picture: LabelledPicture, trunk: Trunk, head: Head) -> LabelledPicture:
    boxes, scores, classes = look(picture.image, trunk, head)
    labels, kinds = torch.from_numpy(picture.boxes), torch.from_numpy(picture.classes)
    is_two, label_is_two = two_wheels(classes), two_wheels(kinds)
    new = torch.ones(len(boxes), dtype=torch.bool)
    sure = scores >= SURE
    if len(labels) > 0 and len(boxes) > 0:
        shared = intersection(boxes, labels)
        alike = is_two[:, None] == label_is_two[None]
        smaller = torch.minimum(area(boxes)[:, None], area(labels)[None]).clamp(min=1e-6)
        new = ~(((iou(boxes, labels) >= 0.3) | (shared / smaller > 0.5)) & alike).any(1)
        # A motorcycle before a bus is there all the same, but so are the bus's own lamps and wheels.
        sure &= ~((shared / area(boxes)[:, None].clamp(min=1e-6) > 0.5) & ~alike).any(1)
    found = (boxes[new].numpy(), classes[new].numpy(), ~sure[new].numpy())
    known = (picture.boxes, picture.classes, picture.doubtful)
    return LabelledPicture(picture.name, picture.image, *(np.concatenate(pair) for pair in zip(known, found)))


def two_wheels(classes: Tensor) -> Tensor:
    return torch.isin(classes, torch.tensor(TWO_WHEELS))


def look(image: Image.Image, trunk: Trunk, head: Head) -> tuple[Tensor, Tensor, Tensor]:
    """Boxes (n, 4) in pixels of the picture, scores and classes of all scales, each road user once, by falling score."""
    parts = [look_at(image, scale, trunk, head) for scale in SCALES]
    boxes, scores, classes = (torch.cat(column) for column in zip(*parts))
    kept: list[int] = []
    for i in scores.argsort(descending=True).tolist():
        rivals = torch.tensor(kept, dtype=torch.long)
        rivals = rivals[two_wheels(classes[rivals]) == two_wheels(classes[i])]
        shared = intersection(boxes[i][None], boxes[rivals])[0]
        contained = shared / torch.minimum(area(boxes[i]), area(boxes[rivals])).clamp(min=1e-6)
        if not ((contained > 0.6) | (iou(boxes[i][None], boxes[rivals])[0] > SAME)).any():
            kept.append(i)
    return boxes[kept], scores[kept], classes[kept]


def look_at(image: Image.Image, scale: float, trunk: Trunk, head: Head) -> tuple[Tensor, Tensor, Tensor]:
    size = (round(image.width * scale), round(image.height * scale))
    width, height = (-(-side // 32) * 32 for side in size)
    canvas = Image.new("RGB", (width, height), (GREY, GREY, GREY))
    canvas.paste(image.resize(size, Image.BILINEAR), (0, 0))
    with torch.no_grad():
        scores, bins = head(trunk(torch.from_numpy(normalised(np.asarray(canvas)))[None]))
        best, classes = scores[0].sigmoid().max(1)
        seen = best >= DOUBTFUL
        boxes = boxes_of(bins[0], *cell_centres(height, width))[seen] / scale
    limits = torch.tensor([image.width, image.height] * 2, dtype=torch.float32)
    return torch.minimum(boxes.clamp(min=0), limits), best[seen], classes[seen]
