"""A focal loss on the answers of a binary classifier."""

import math

from typedml import Binary, Logit, Probability, edge, raw


@edge
def sigmoid(z: Logit) -> Probability:
    return 1 / (1 + math.exp(-z))


def cross_entropy_with_logits(z: Logit, y: Binary) -> float:
    x = raw(z)
    return max(x, 0.0) - x * y + math.log1p(math.exp(-abs(x)))


def focal_loss(z: Logit, y: Binary, gamma: float = 2.0) -> float:
    p = sigmoid(z)
    p_true = p if y else 1 - p
    entropy = cross_entropy_with_logits(p, y)  # the bug
    return (1 - p_true) ** gamma * entropy


def mean_loss(logits: list[Logit], labels: list[Binary]) -> float:
    return sum(focal_loss(z, y) for z, y in zip(logits, labels, strict=True)) / len(logits)


def main() -> float:
    return mean_loss([0.0, 2.0], [1, 0])
