"""A program for a robot, as the block editor generates it: pauses are given in milliseconds."""

from dataclasses import dataclass, field
from typing import Annotated

from typedml import Unit, convert

Seconds = Annotated[float, Unit("second")]
Milliseconds = Annotated[float, Unit("millisecond")]

SECOND, MILLISECOND = Unit("second"), Unit("millisecond")


@dataclass
class Robot:
    waits: list[Seconds] = field(default_factory=list)

    def wait(self, pause: Seconds) -> None:
        self.waits.append(pause)


def blink(robot: Robot, pauses: list[Milliseconds]) -> Seconds:
    for pause in pauses:
        robot.wait(convert(pause, "millisecond", "second"))
    return sum(robot.waits)


def main() -> float:
    return blink(Robot(), [MILLISECOND(500.0), MILLISECOND(250.0)])
