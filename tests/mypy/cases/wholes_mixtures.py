"""Weights that add to one keep what they mix: averages, ensembles, smoothing, moving averages."""

import random
from dataclasses import dataclass
from typing import Annotated, Any

from typedml import (
    Bearing,
    Celsius,
    Count,
    EpochSeconds,
    Fahrenheit,
    Index,
    Logit,
    Probability,
    Proportion,
    Score,
    Unit,
    Weight,
    convert,
)

Degree = Annotated[float, Unit("degC")]
Warming = Annotated[float, Unit("delta_degC")]
Km = Annotated[float, Unit("km")]
Rating = Annotated[float, Score]


def temperatures(t: Celsius, u: Celsius, v: Celsius, w: float, d: Warming) -> None:
    reveal_type((t + u) / 2)  # R: float[Celsius]
    reveal_type((t + u + v) / 3)  # R: float[Celsius]
    reveal_type(0.3 * t + 0.7 * u)  # R: float[Celsius]
    reveal_type(0.2 * t + 0.3 * u + 0.5 * v)  # R: float[Celsius]
    reveal_type(w * t + (1 - w) * u)  # R: float[Celsius]
    reveal_type(t * w + u * (1 - w))  # R: float[Celsius]
    reveal_type(t + w * (u - t))  # R: float[Celsius]
    reveal_type(w * t + (1 - w) * u + d)  # R: float[Celsius]
    reveal_type(0.5 * t - 0.5 * u)  # R: float[delta_degC]
    reveal_type(round((t + u) / 2))  # R: int[Celsius]
    reveal_type(max((t + u) / 2, v))  # R: float[Celsius]
    reveal_type((t + u) / 2 > v)  # R: bool
    warm: Celsius = (t + u) / 2
    reveal_type(abs((t + u) / 2 - v))  # R: float[delta_degC]


def moments(start: EpochSeconds, end: EpochSeconds) -> EpochSeconds:
    return (start + end) / 2


def middle(low: Index, high: Index) -> None:
    reveal_type((low + high) // 2)  # R: int[Index]


def plain_points(t: Degree, u: Degree) -> Degree:
    return 0.9 * t + 0.1 * u


def chances(p: Probability, q: Probability, r: Probability, share: Proportion, e: float) -> None:
    reveal_type((p + q) / 2)  # R: float[Probability]
    reveal_type((p + q + r) / 3)  # R: float[Probability]
    reveal_type(0.3 * p + 0.7 * q)  # R: float[Probability]
    reveal_type(share * p + (1 - share) * q)  # R: float[Probability]
    reveal_type(p + share * (q - p))  # R: float[Probability]
    reveal_type(p * (1 - e) + e / 3)  # R: float[Probability]
    reveal_type(p + q - p * q)  # R: float[Probability]
    reveal_type(1 - (1 - p) * (1 - q))  # R: float[Probability]
    reveal_type(abs(p - q))  # R: float[Probability]
    reveal_type(min(1.0, p + q))  # R: float[Probability]


def pooled(n: Count, m: Count, p: Probability, q: Probability) -> Probability:
    return (n * p + m * q) / (n + m)


def shrunk(n: Count, mean: Probability, strength: Weight, prior: Probability) -> Probability:
    return (n * mean + strength * prior) / (n + strength)


def logits(z: Logit, y: Logit, temperature: float) -> None:
    reveal_type((z + y) / 2)  # R: float[Logit]
    reveal_type(-(z + y) / 2)  # R: float[Logit]
    reveal_type((z + y) / 2 / temperature)  # R: float[Logit]


@dataclass
class Ema:
    alpha: float
    ema: Celsius
    rate: Probability

    def update(self, x: Celsius) -> Celsius:
        self.ema = self.alpha * x + (1 - self.alpha) * self.ema
        return self.ema

    def step(self, x: Celsius, click: Probability) -> None:
        self.ema += self.alpha * (x - self.ema)
        self.rate += self.alpha * (click - self.rate)
        self.rate = self.alpha * click + (1 - self.alpha) * self.rate


def moving(readings: list[Celsius], alpha: float) -> list[Celsius]:
    level = readings[0]
    found = [level]
    for reading in readings[1:]:
        level = alpha * reading + (1 - alpha) * level
        found.append(level)
    return found


def smoothed(xs: list[Celsius], i: int) -> Celsius:
    return (xs[i - 1] + xs[i] + xs[i + 1]) / 3


def averages(ts: list[Celsius], ps: list[Probability], ws: list[float], chosen: dict[str, Celsius]) -> None:
    reveal_type(sum(ts) / len(ts))  # R: float[Celsius]
    reveal_type(sum(ps) / len(ps))  # R: float[Probability]
    reveal_type(sum(w * t for w, t in zip(ws, ts)) / sum(ws))  # R: float[Celsius]
    reveal_type(sum([w * p for w, p in zip(ws, ps)]) / sum(ws))  # R: float[Probability]
    reveal_type((chosen["a"] + chosen["b"]) / 2)  # R: float[Celsius]


@dataclass
class Day:
    mean: Celsius
    weight: float


def over(days: list[Day]) -> None:
    reveal_type(sum(day.mean for day in days) / len(days))  # R: float[Celsius]
    reveal_type(sum(day.weight * day.mean for day in days) / sum(day.weight for day in days))  # R: float[Celsius]
    reveal_type(sum(d.mean for d in days if d.weight > 0) / len(days))  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]  # R: Any


def maybe(t: Celsius | None, u: Celsius, w: float, warm: bool) -> Celsius:
    if t is None:
        return u
    return w * t + (1 - w) * u if warm else (t + u) / 2


def chosen(t: Celsius, u: Celsius, v: Celsius, w: float, warm: bool) -> None:
    reveal_type(w * (t if warm else u) + (1 - w) * v)  # R: float[Celsius]
    reveal_type([w * t + (1 - w) * u, v])  # R: list[float[Celsius]]


def anything(t: Celsius, other: Any, w: float) -> Celsius:
    return w * t + (1 - w) * other


def refused(t: Celsius, u: Celsius, f: Fahrenheit, w: float, v: float, km: Km, d: Warming, x: float) -> None:
    w * t + w * u  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    w * t + (1 - v) * u  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    w * t + (1 + w) * u  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    0.5 * t + 0.6 * u  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    (t + u) / 3  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    (t + u) // 2  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    t + u  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    t * 1.8 + 32  # E: Unsupported operand types for * ("float[Celsius]" and "float")  [typedml-kind]
    w * t + (1 - w) * f  # E: Unsupported operand types for + ("float[Celsius]" and "float[Fahrenheit]")  [typedml-unit]  # N: Hint: convert(f, "degF", "degC") makes it "float[Celsius]"
    (t + u) / 2 + km  # E: Unsupported operand types for + ("float[Celsius]" and "float[km]")  [typedml-unit]
    (t + u) / 2 + u  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]
    2 * ((t + u) / 2)  # E: Unsupported operand types for * ("int" and "float[Celsius]")  [typedml-kind]
    wrong: Fahrenheit = (t + u) / 2  # E: Incompatible types in assignment (expression has type "float[Celsius]", variable has type "float[Fahrenheit]")  [typedml-unit]
    w * t + (1 - w) * x  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    random.random() * t + (1 - random.random()) * u  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    w * t + (1 - w) * convert(f, "degF", "degC")


def refused_chances(p: Probability, q: Probability, w: float, v: float, z: Logit, y: Logit) -> None:
    a: Probability = w * p + v * q  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Probability]")  [typedml-kind]
    b: Probability = 0.7 * p + 0.5 * q  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Probability]")  [typedml-kind]
    c: Probability = 1.5 * p - 0.5 * q  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Probability]")  [typedml-kind]
    d: Probability = (p + q) / 1.5  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Probability]")  [typedml-kind]
    e: Probability = p + q  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Probability]")  [typedml-kind]
    (z + y) / 2 + p  # E: Unsupported operand types for + ("float[Logit]" and "float[Probability]")  [typedml-kind]
    z + y  # E: Unsupported operand types for + ("float[Logit]" and "float[Logit]")  [typedml-kind]


def refused_sums(ts: list[Celsius], us: list[Celsius], ws: list[float], vs: list[float]) -> None:
    sum(ts) / len(us)  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    sum(w * t for w, t in zip(ws, ts)) / sum(vs)  # E: Unsupported operand types for * ("float" and "float[Celsius]")  [typedml-kind]
    sum(ts) / 7  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]


def refused_bearings(a: Bearing, b: Bearing, i: Index, j: Index) -> None:
    (a + b) / 2  # E: Unsupported operand types for + ("float[Bearing]" and "float[Bearing]")  [typedml-kind]
    (i + j) // 3  # E: Unsupported operand types for + ("int[Index]" and "int[Index]")  [typedml-kind]
