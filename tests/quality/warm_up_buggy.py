"""A learning rate that warms up over the first steps; users think in epochs."""

from dataclasses import dataclass
from typing import Annotated

from typedml import PROPORTION, Proportion, Unit

Steps = Annotated[int, Unit("step")]
Epochs = Annotated[int, Unit("epoch")]
StepsPerEpoch = Annotated[int, Unit("step/epoch")]

STEP, EPOCH, STEPS_PER_EPOCH = Unit("step"), Unit("epoch"), Unit("step/epoch")


@dataclass
class Schedule:
    warmup: Steps
    peak: float

    def rate(self, step: Steps) -> float:
        share: Proportion = PROPORTION(min(step / self.warmup, 1.0))
        return self.peak * share


def schedule(warmup: Epochs, per_epoch: StepsPerEpoch, peak: float) -> Schedule:
    return Schedule(warmup, peak)  # the bug


def main() -> float:
    return schedule(EPOCH(5), STEPS_PER_EPOCH(100), peak=0.01).rate(STEP(50))
