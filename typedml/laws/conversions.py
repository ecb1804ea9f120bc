"""What a map from one notation to another must give, and what people give instead.

Between units it is one factor and one offset; between kinds the edges of the algebra, or two of them in a
row; between instants and epochs a count of units; a clock is written in hours and minutes; a level is a
logarithm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from typedml.algebra.clock import MINUTES_OF_DAY, minutes_of, written
from typedml.algebra.decibels import is_decibel_level, reference
from typedml.algebra.edge_table import crossing, edges_from
from typedml.algebra.edge_values import crossed
from typedml.algebra.levels import BASES, is_level, logarithm_of, quantity
from typedml.laws.inputs import is_point
from typedml.laws.monomials import Floats
from typedml.laws.physical import size, zero
from typedml.laws.torsors import MINUTE, torsor_of

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

TENS = (10, 20)
SECOND = "s"


def exact(values: Floats, source: Meaning, target: Meaning) -> list[Floats]:
    """What the values are in the other notation; several where it is not said which, none where none is."""
    with np.errstate(all="ignore"):
        return [found for found in _exact(values, source, target) if found is not None]


def _exact(values: Floats, source: Meaning, target: Meaning) -> Iterator[Floats | None]:
    if source.cut or target.cut:
        return
    if _is_encoded(source) or _is_encoded(target):
        yield _clock(values, source, target)
    elif is_level(source.unit) != is_level(target.unit):
        yield from _level(values, source.unit, target.unit)
    elif source.unit.is_number and target.unit.is_number:
        yield _across(values, source, target)
    elif source.unit.dimension == target.unit.dimension:
        yield _affine(values, source, target)


def _affine(values: Floats, source: Meaning, target: Meaning) -> Floats | None:
    """One factor and one offset, between points of one zero or between quantities; kelvins are both."""
    if source.unit == target.unit:
        return None
    left, right = torsor_of(float, source), torsor_of(float, target)
    both = left is not None and right is not None
    if both and left != right:
        return None
    if is_point(source) != is_point(target) and not (_has_zero(source.unit) or _has_zero(target.unit)):
        return None
    base = values * size(source.unit) + zero(source.unit)
    return np.asarray((base - zero(target.unit)) / size(target.unit))


def _has_zero(unit: Unit) -> bool:
    return unit.origin is not None and not isinstance(unit.origin, str)


def _across(values: Floats, source: Meaning, target: Meaning) -> Floats | None:
    """Across an edge of the algebra, or two."""
    if source.kind is None or target.kind is None or source.kind == target.kind:
        return None
    direct = crossing(source.kind, target.kind)
    if direct is not None:
        return _apply(direct.function, values)
    for first in edges_from(source.kind):
        second = crossing(first.reached, target.kind)
        if second is not None and first.monotone and second.monotone:
            halfway = _apply(first.function, values)
            return None if halfway is None else _apply(second.function, halfway)
    return None


def _apply(function: str, values: Floats) -> Floats | None:
    found = crossed(function, values)
    return None if found is None else np.asarray(found)


def _clock(values: Floats, source: Meaning, target: Meaning) -> Floats | None:
    """Between the notation of a clock and a time since midnight."""
    other = target if _is_encoded(source) else source
    if other.unit.dimension.items != ((SECOND, 1),) or _is_encoded(other):
        return None
    if _is_encoded(source):
        return np.asarray(minutes_of(values) * MINUTE / size(other.unit))
    return np.asarray(written(np.floor(values * size(other.unit) / MINUTE) % MINUTES_OF_DAY))


def _level(values: Floats, source: Unit, target: Unit) -> Iterator[Floats]:
    """Between a quantity and its logarithm; a gain in decibels may be one of powers or of amplitudes."""
    level, other = (target, source) if is_level(target) else (source, target)
    for factor, base, unit in _logarithms(level):
        if unit.dimension != other.dimension:
            continue
        if level is target:
            yield np.asarray(factor * np.log(values * size(other) / size(unit)) / math.log(base))
        else:
            yield np.asarray(base ** (values / factor) * size(unit) / size(other))


def _logarithms(level: Unit) -> Iterator[tuple[float, float, Unit]]:
    """How a level is made: so many times the logarithm to a base of a quantity in a unit."""
    name = logarithm_of(level)
    if name is not None:
        of = quantity(name, level)
        if of is not None:
            yield 1.0, BASES[name], of
        return
    for factor in TENS:
        of = reference(level, factor) if is_decibel_level(level) else level.delta() / level.delta()
        if of is not None:
            yield float(factor), 10.0, of


def confusions(values: Floats, source: Meaning, target: Meaning) -> Iterator[tuple[str, Floats]]:
    """What is given in the place of a conversion, each with its name."""
    with np.errstate(all="ignore"):
        yield "nothing is converted", values
        for right in exact(values, source, target):
            yield "the sign is turned", -right
            yield "it is one minus the conversion", 1 - right
            yield "a logarithm to the base 10 stands for the natural one", right / math.log(10)
            yield "a natural logarithm stands for one to the base 10", right * math.log(10)
            yield "20 log10 stands for 10 log10", 2 * right
            yield "10 log10 stands for 20 log10", right / 2
            yield "a percentage stands for a share", 100 * right
            yield "a share stands for a percentage", right / 100
        for back in exact(values, target, source):
            yield "the way back is gone", back
        for back in exact(-values, source, target):
            yield "the sign of what goes in is turned", back
        if _is_encoded(source):
            yield "hours and minutes are read as a decimal number", values / 100
            yield "hours and minutes are read as a decimal number", values


def _is_encoded(meaning: Any) -> bool:
    return meaning.kind is not None and bool(meaning.kind.encoded)
