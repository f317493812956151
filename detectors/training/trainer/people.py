"""The branch for people: a narrow copy of what the original head says of them, so that nothing is lost on the vehicles' account."""

import torch
from torch import Tensor
from torch.nn import functional as F

from network import COCO_PERSON, PEOPLE_CHANNELS, SLOPE, Head

LEAST_LOGIT = -6.0
"""Two scores below 0.25 % are alike."""
SURE_WEIGHT = 30.0
BOX_WEIGHT = 2.0
SEEN = 0.05
"""Cells where the teacher's score is higher teach boxes as well."""


def people_teacher(weights: dict[str, Tensor]) -> Head:
    """The original head, cut to people."""
    return Head(weights, (COCO_PERSON,))


def narrowed(weights: dict[str, Tensor], features: tuple[Tensor, ...]) -> Head:
    """The branch to start from: the original's channels that move its answer about people most on these pictures."""
    teacher = people_teacher(weights)
    channels = []
    with torch.no_grad():
        for x, (wide, narrow) in zip(features, teacher.levels):
            spread = F.leaky_relu(wide(x), SLOPE).var((0, 2, 3))
            pull = narrow.weight.flatten(1) ** 2
            # What all 44 bins of one side say together is worth about one score.
            worth = (pull[0] + pull[1:].sum(0) / len(pull)) * spread
            channels.append(worth.topk(PEOPLE_CHANNELS).indices.sort().values)
    return Head(weights, (COCO_PERSON,), channels)


def people_loss(scores: Tensor, bins: Tensor, teacher_scores: Tensor, teacher_bins: Tensor) -> dict[str, Tensor]:
    """Squared distance of logits, people weighing more than background, and divergence of the boxes of people."""
    probability = teacher_scores.sigmoid()
    gap = scores.clamp(min=LEAST_LOGIT) - teacher_scores.clamp(min=LEAST_LOGIT)
    weight = 1 + SURE_WEIGHT * probability
    parts = {"people": (weight * gap**2).sum() / weight.sum()}
    seen = probability[..., 0] > SEEN
    if bool(seen.any()):
        divergence = F.kl_div(bins[seen].log_softmax(-1), teacher_bins[seen].softmax(-1), reduction="none").sum((-1, -2))
        parts["people_boxes"] = BOX_WEIGHT * (probability[seen][:, 0] * divergence).sum() / probability[seen].sum()
    return parts
