"""A part by its whole is a share, where nothing in it is negative: the names say so, not two operands."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Count, Kind, Odds, Probability, Proportion, Unit

LENGTH = Kind("Length", unit="km", range=(0, None))
Length = Annotated[float, LENGTH]
Km = Annotated[float, Unit("km")]
Metres = Annotated[float, Unit("m")]
Clicks = Annotated[int, Count, Unit("click")]
Views = Annotated[int, Count, Unit("view")]


@dataclass
class Confusion:
    tp: Count
    fp: Count
    fn: Count
    tn: Count

    def precision(self) -> Proportion:
        return self.tp / (self.tp + self.fp)

    def recall(self) -> Proportion:
        return self.tp / (self.tp + self.fn)

    def accuracy(self) -> Proportion:
        total = self.tp + self.fp + self.fn + self.tn
        reveal_type(self.tp / total)  # R: float[Proportion]
        return (self.tp + self.tn) / (self.tp + self.fp + self.fn + self.tn)

    def f1(self) -> Proportion:
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn)

    def f_beta(self) -> Proportion:
        precision, recall = self.precision(), self.recall()
        return 5 * precision * recall / (4 * precision + recall)

    def wrong_denominator(self) -> Proportion:
        return self.tp / (self.tp - self.fp)  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]

    def other_part(self) -> Proportion:
        return self.tp / (self.fp + self.fn)  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]

    def upside_down(self) -> Proportion:
        return (self.tp + self.fp) / self.tp  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def harmonic(p: Proportion, r: Proportion) -> None:
    reveal_type(2 * p * r / (p + r))  # R: float[Proportion]
    reveal_type(3 * p * r / (p + r))  # R: float[1]


def bayes(prior: Probability, hit: Probability, false_alarm: Probability) -> None:
    reveal_type(hit * prior / (hit * prior + false_alarm * (1 - prior)))  # R: float[Proportion]
    reveal_type(hit * prior / (false_alarm * (1 - prior)))  # R: float[1]
    evidence = hit * prior + false_alarm * (1 - prior)
    reveal_type(evidence)  # R: float[Probability]


def odds(p: Probability, q: Probability, o: Odds, n: Count) -> None:
    reveal_type(p / (1 - p))  # R: float[Odds]
    reveal_type(p / (1 - q))  # R: float[1]
    reveal_type(o / (1 + o))  # R: float[Probability]
    reveal_type(1 / (1 + o))  # R: float[Probability]
    reveal_type(o / (2 + o))  # R: float[Odds]
    reveal_type(n / (1 - n))  # R: float[1]


def shares(part: Length, rest: Length, x: Km, y: Km, m: Metres) -> None:
    reveal_type(part / (part + rest))  # R: float[Proportion]
    reveal_type(x / (x + y))  # R: float[1]
    reveal_type(x**2 / (x**2 + y**2))  # R: float[1]
    x / (x + m)  # E: Unsupported operand types for + ("float[km]" and "float[m]")  [typedml-unit]


def smoothed(clicks: Clicks, views: Views, n: Count, k: Count) -> None:
    reveal_type((n + 1) / (n + k + 2))  # R: float[Proportion]
    clicks / (clicks + views)  # E: Unsupported operand types for + ("int[Count, click]" and "int[Count, view]")  [typedml-unit]
