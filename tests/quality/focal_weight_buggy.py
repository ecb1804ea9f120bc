"""The weights that a focal loss gives to easy and to hard examples."""

from dataclasses import dataclass

from typedml import LogProbability, Probability


@dataclass
class Example:
    name: str
    log_p: LogProbability


def focal_weight(p: Probability, gamma: float) -> float:
    return (1 - p) ** gamma


def loss(example: Example, gamma: float = 2.0) -> float:
    weight = focal_weight(example.log_p, gamma)  # the bug
    return -weight * example.log_p


def batch_loss(batch: list[Example]) -> float:
    return sum(loss(example) for example in batch) / len(batch)


def main() -> float:
    return batch_loss([Example("easy", -0.1), Example("hard", -2.0)])
