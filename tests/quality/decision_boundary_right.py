"""The accuracy of a classifier trained on the cross-entropy of its logits."""

import math
from dataclasses import dataclass

from typedml import Binary, Logit, Probability, Proportion, Threshold, edge

CUT: Threshold[Probability] = 0.5


@edge(monotone="rising")
def sigmoid(z: Logit) -> Probability:
    return 1 / (1 + math.exp(-z))


@dataclass
class Example:
    logit: Logit
    label: Binary


def predicted(example: Example, cut: Threshold[Probability]) -> bool:
    return sigmoid(example.logit) > cut


def accuracy(examples: list[Example]) -> Proportion:
    hits = [predicted(example, CUT) == bool(example.label) for example in examples]
    return sum(hits) / len(hits)


def main() -> float:
    examples = [Example(-1.5, 0), Example(0.2, 1), Example(0.4, 1), Example(3.0, 1)]
    return accuracy(examples)
