"""The loss of an epoch, from the mean losses of its batches."""

import statistics
from dataclasses import dataclass
from typing import Annotated

from typedml import Count, Kind

LOSS = Kind("Loss", range=(0.0, float("inf")))
Loss = Annotated[float, LOSS]


@dataclass
class Batch:
    losses: list[Loss]

    def mean(self) -> Loss:
        return statistics.mean(self.losses)

    def size(self) -> Count:
        return len(self.losses)


def epoch_loss(batches: list[Batch]) -> Loss:
    return sum(each.mean() * each.size() for each in batches) / sum(each.size() for each in batches)


def main() -> float:
    return epoch_loss([Batch([0.2, 0.4, 0.3, 0.3]), Batch([1.8])])
