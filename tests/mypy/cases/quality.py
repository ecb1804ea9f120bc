# mypy: warn-return-any
"""What pairs of modules, one with a reported bug and one without, showed of right code."""

import math
from dataclasses import dataclass
from typing import Annotated, assert_type

from typedml import Count, Index, Kind, Probability, Proportion, Unit

Km = Annotated[float, Unit("km")]
Seconds = Annotated[float, Unit("second")]

GAIN = Kind("Gain", range=(-1.0, float("inf")))
LOSS = Kind("Loss", range=(0, math.inf))
DEPTH = Kind("Depth", range=(-float("inf"), 0.0))
NOWHERE = Kind("Nowhere", range=(0.0, float(max("2"))))  # E: "(0.0, float(max('2')))" is known only at run time, and mypy must read it  [typedml-unread]  # N: Hint: write it as a constant

Gain = Annotated[float, GAIN]
Loss = Annotated[float, LOSS]
Depth = Annotated[float, DEPTH]


def ranges(gain: Gain, loss: Loss, depth: Depth) -> Loss:
    reveal_type(gain + gain)  # R: float[1]
    reveal_type(loss + loss)  # R: float[Loss]
    reveal_type(depth + depth)  # R: float[Depth]
    return gain  # E: Incompatible return value type (got "float[Gain]", expected "float[Loss]")  [typedml-kind]  # N: Hint: LOSS(raw(gain)) makes it "float[Loss]", if the two may really be mixed


@dataclass
class Mark:
    """A literal is an index, and zero is in seconds: nothing in a call of one is to be minded."""

    first: Index
    since: Seconds = 0.0

    def at(self, p: Probability) -> list[float]:
        return [p]


def words(first: Index) -> list[str]:
    return ["word"] * (first + 1 - first)


def legs(start: Km) -> list[Km]:
    return [start]


def chances(p: Probability) -> list[float]:
    return [p]


# What mypy tries of an overloaded function does not fail because of a literal, or of zero, in a call inside it.
def tried(mark: Mark, lost: Seconds, p: Probability) -> None:
    assert_type(sum(chances(0.5), 0.0), float)
    assert_type(sum(len(word) for word in words(2)), int)
    assert_type(sum([len(word) for word in words(2)]), int)
    assert_type(sum(map(abs, chances(0.5)), 0.0), float)
    assert_type(sum(mark.at(0.5), 0.0), float)
    assert_type(sum(Mark(2).at(0.5), 0.0), float)
    assert_type(max(sum(chances(0.25), 0.0), sum(chances(p), 0.0)), float)
    reveal_type(sum(legs(0.0)))  # R: float[km]
    reveal_type(sum(leg for leg in legs(0)))  # R: float[km]
    round(chances(1.5)[0], 2)  # E: Argument 1 to "chances" has incompatible type "float"; expected "float[Probability]"  [typedml-value]  # N: Hint: "float[Probability]" takes a number in [0, 1]
    round(chances("0.5")[0], 2)  # E: Argument 1 to "chances" has incompatible type "str"; expected "float[Probability]"  [arg-type]
    sum(legs(lost))  # E: Argument 1 to "legs" has incompatible type "float[second]"; expected "float[km]"  [typedml-unit]  # N: Hint: no conversion leads from "second" to "km"
    sum(leg for leg in legs(lost))  # E: Argument 1 to "legs" has incompatible type "float[second]"; expected "float[km]"  [typedml-unit]  # N: Hint: no conversion leads from "second" to "km"


def counted(ways: list[str]) -> Count:
    return sum(len(way) for way in ways)


def counted_at_once(ways: list[str]) -> Count:
    return sum([len(way) for way in ways])


def decayed(distance: Km, factor: float, exponent: float) -> Km:
    return distance * factor**exponent  # E: Returning Any from function declared to return "float[km]"  [no-any-return]


# The mean of truth values is a proportion, also where no part of it carries a meaning.
def hit(hits: list[bool]) -> Proportion:
    return sum(hits) / len(hits)


def positive(values: list[float]) -> Proportion:
    return sum(value > 0 for value in values) / len(values)


def positive_listed(values: list[float]) -> Proportion:
    positives = [value > 0 for value in values]
    return sum(positives) / len(positives)


def agreed(ways: list[str], others: list[str]) -> Proportion:
    return sum(way == other for way, other in zip(ways, others, strict=True)) / len(ways)


def elsewhere(hits: list[bool], others: list[bool]) -> Proportion:
    return sum(hits) / len(others)  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]  # N: Hint: PROPORTION(sum(hits) / len(others)) makes it "float[Proportion]" after checking that it is in [0, 1]


def of_numbers(sizes: list[int]) -> Proportion:
    return sum(sizes) / len(sizes)  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]  # N: Hint: PROPORTION(sum(sizes) / len(sizes)) makes it "float[Proportion]" after checking that it is in [0, 1]
