"""How strict: the three levels, and what each says to numbers whose meaning nobody declared, as one table.

>>> accepts(Level.STANDARD, Given.LITERAL, Place.BESIDE), accepts(Level.STRICT, Given.LITERAL, Place.BESIDE)
(True, False)
"""

from __future__ import annotations

from enum import Enum


class Level(Enum):
    """How strictly numbers without a meaning are treated; the names are those of the configuration."""

    # Members are singletons; the hash of Enum itself goes through their names, in Python.
    __hash__ = object.__hash__

    GRADUAL = "gradual"
    STANDARD = "standard"
    STRICT = "strict"


class Place(Enum):
    """Where a value meets a declaration."""

    # As of Level: both are part of what is asked in every flow.
    __hash__ = object.__hash__

    BESIDE = "beside its own annotation"
    ELSEWHERE = "passed, returned or stored"
    LIBRARY = "where a library's stub gives the meaning"


class Given(Enum):
    """What is given where a unit is declared."""

    LITERAL = "a literal"
    UNKNOWN = "a plain variable"


GRADUAL, STANDARD, STRICT = Level.GRADUAL, Level.STANDARD, Level.STRICT

ACCEPTED: dict[tuple[Given, Place], frozenset[Level]] = {
    (Given.UNKNOWN, Place.BESIDE): frozenset({GRADUAL}),
    (Given.UNKNOWN, Place.ELSEWHERE): frozenset({GRADUAL}),
    (Given.UNKNOWN, Place.LIBRARY): frozenset({GRADUAL, STANDARD}),
    (Given.LITERAL, Place.BESIDE): frozenset({GRADUAL, STANDARD}),
    (Given.LITERAL, Place.ELSEWHERE): frozenset({GRADUAL}),
    (Given.LITERAL, Place.LIBRARY): frozenset({GRADUAL, STANDARD}),
}
"""The levels at which a number without a unit may stand where one is declared."""

MEANING_DROPPED = frozenset({GRADUAL, STANDARD})
"""The levels at which a value with a meaning may stand where a plain number is declared."""

UNKNOWN_ADDED = frozenset({GRADUAL})
"""The levels at which `distance + x` is accepted, x a plain variable."""

UNKNOWN_FACTOR_KEEPS = frozenset({STANDARD, STRICT})
"""The levels at which `distance * x` is still a distance; at the others it is unknown."""

FACTORS_NOTED = frozenset({STANDARD, STRICT})
"""The levels at which a number that looks like a conversion is noted: `hours * 60`, which are hours still."""


def accepts(level: Level, given: Given, place: Place) -> bool:
    """Say whether a number without a unit may stand where one is declared."""
    return level in ACCEPTED[given, place]
