"""What begins as zero, or may be missing, is of the unit of what it stands beside."""

from typing import Annotated

from typedml import COUNT, Probability, Proportion, Unit

Mm = Annotated[float, Unit("mm")]
Hour = Annotated[float, Unit("hour")]


class Reading:
    rain: Mm | None = None


# Nothing before it asks about a number: mypy's checker is known all the same.
def missing(reading: Reading) -> Mm:
    return reading.rain or 0.0


def mistaken(reading: Reading) -> Hour:
    return reading.rain or 0.0  # E: Incompatible return value type (got "float[mm]", expected "float[hour]")  [typedml-unit]


def smoothed(readings: list[Mm], w: Proportion) -> Mm:
    level = 0.0
    for each in readings:
        level = w * level + (1 - w) * each
    reveal_type(level)  # R: float[mm]
    return level


def smoothed_by_a_plain_weight(readings: list[Mm], w: float) -> Mm:
    level = 0.0
    for each in readings:
        level = (1 - w) * each + level * w
    return level


def smoothed_into_another_unit(readings: list[Mm], w: Proportion) -> Hour:
    level = 0.0
    for each in readings:
        level = -w * level / 2 + (1 - w) * each
    return level  # E: Incompatible return value type (got "float[mm]", expected "float[hour]")  [typedml-unit]


def decaying(readings: list[Mm], decay: Proportion) -> Mm:
    level = 0.0
    for each in readings:
        level = max(each, level * decay)
    return level


def mixed(readings: list[Mm], waits: list[Hour], w: Proportion) -> None:
    level = 0.0
    for each, wait in zip(readings, waits):
        level = w * level + (1 - w) * each
        level + wait  # E: Unsupported operand types for + ("float[mm]" and "float[hour]")  [typedml-unit]


def survival(hazards: list[Probability]) -> Probability:
    alive = 1.0
    for each in hazards:
        alive = alive * (1 - each)
    return alive


Vehicles = Annotated[int, COUNT, Unit("vehicle")]


def queue(arriving: list[Vehicles], leaving: list[Vehicles]) -> list[Vehicles]:
    found: list[Vehicles] = []
    n = 0
    for a, b in zip(arriving, leaving):
        n = max(0, n + a - b)
        found.append(n)
    return found
