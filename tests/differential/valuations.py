"""Values of the inputs: ordinary ones, and those at the ends of their ranges."""

from __future__ import annotations

from math import isinf
from random import Random
from typing import Final

import numpy as np

from tests.differential.facts import Fact
from tests.differential.transformations import ITEMS, VALUATIONS, Array, as_array, transformed

LONGEST_NAME: Final = 97
PLAIN: Final = Fact("float")


def values_of(fact: Fact, rng: Random, *, items: int = 1) -> Array:
    """Return values of an input under every transformation; those of a list have lengths of their own."""
    draws = [[draw(fact, rng) for _ in range(VALUATIONS)] for _ in range(items)]
    base = as_array(draws)
    if items > 1:
        lengths = np.array([2 + (v % (ITEMS - 1)) for v in range(VALUATIONS)])
        base = np.where(np.arange(items)[:, None] < lengths, base, np.nan)
    return transformed(base, fact.exponents, fact.origin, fact.labels)


def draw(fact: Fact, rng: Random) -> float:
    """Return one value, quite often an end of the range."""
    if fact.labels == "score":
        return round(rng.uniform(-3, 3), 1)
    if fact.labels is not None:
        return float(rng.randrange(12))
    if fact.origin is not None:
        value = rng.uniform(-50, 50)
        return float(round(value)) if fact.integral else value
    if not isinf(fact.low) and not isinf(fact.high):
        return rng.choice(
            (fact.low, fact.high, rng.uniform(fact.low, fact.high), rng.uniform(fact.low, fact.high))
        )
    size = 10 ** rng.uniform(-1, 1.3)
    if fact.integral:
        size = float(round(size))
    if fact.low == 0:
        return size
    if fact.high == 0:
        return -size
    return rng.choice((size, -size))
