"""Edges and cycles written out: `1 / (1 + exp(-z))` is a probability, `(b + 180) % 360` a bearing."""

import math
from typing import Annotated

from typedml import Bearing, HourOfDay, LogProbability, Logit, Odds, Probability, Unit
from typedml.declare.aliases import Pixel255

Km = Annotated[float, Unit("km")]
Minutes = Annotated[float, Unit("minute")]


def crossings(z: Logit, p: Probability, q: Probability) -> None:
    reveal_type(1 / (1 + math.exp(-z)))  # R: float[Probability]
    reveal_type(1.0 / (math.exp(-z) + 1.0))  # R: float[Probability]
    reveal_type(math.exp(z) / (1 + math.exp(z)))  # R: float[Probability]
    reveal_type(math.log(p / (1 - p)))  # R: float[Logit]
    reveal_type(math.log(p) - math.log(1 - p))  # R: float[Logit]
    reveal_type(math.log(p) - math.log1p(-p))  # R: float[Logit]
    reveal_type(math.log(p) - math.log(1 - q))  # R: float[1]
    1 / (1 + math.exp(-p))  # E: Argument 1 to "expit", which this spells out, has incompatible type "float[Probability]"; expected "float[Logit]"  [typedml-kind]


def calibrated(z: Logit, temperature: float) -> Probability:
    return 1 / (1 + math.exp(-z / temperature))


def ensemble(z: Logit, y: Logit) -> Probability:
    return 1 / (1 + math.exp(-(z + y) / 2))


def squashed_twice(z: Logit) -> Probability:
    p = 1 / (1 + math.exp(-z))
    return 1 / (1 + math.exp(-p))  # E: Argument 1 to "expit", which this spells out, has incompatible type "float[Probability]"; expected "float[Logit]"  [typedml-kind]


def pixels(x: Pixel255) -> None:
    reveal_type(x / 255)  # R: float[UnitInterval]


def hours(h: HourOfDay, b: Bearing) -> None:
    reveal_type(2 * math.pi * h / 24)  # R: float[radian]
    reveal_type(math.sin(2 * math.pi * h / 24))  # R: float[1]
    reveal_type(math.cos(2 * math.pi * h / 24))  # R: float[1]
    reveal_type(math.cos(b * math.pi / 180))  # R: float[1]
    reveal_type((b + 180) % 360)  # R: float[Bearing]
    reveal_type((h - 6) % 24)  # R: float[HourOfDay]
    math.sin(2 * math.pi * h / 60)  # E: Unsupported operand types for * ("float" and "float[HourOfDay]")  [typedml-kind]
    (b + 180) % 400  # E: Unsupported operand types for + ("float[Bearing]" and "int")  [typedml-unit]
    (h - 6) % 12  # E: Unsupported operand types for - ("float[HourOfDay]" and "int")  [typedml-unit]
    b + 180  # E: Unsupported operand types for + ("float[Bearing]" and "int")  [typedml-unit]


def turned(a: Bearing, b: Bearing, minutes: Minutes, d: Km) -> None:
    reveal_type((a - b + 180) % 360 - 180)  # R: float[degree]
    reveal_type(minutes % 60)  # R: float[minute]
    d % 360  # E: Unsupported operand types for % ("float[km]" and "int")  [typedml-unit]
