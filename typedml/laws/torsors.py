"""Torsors: points of which only differences mean something, so that all may be moved together.

Instants and epochs are points of one torsor, temperatures in degC and degF of another; so are longitudes,
the times of a day, levels re one reference, and the points of a kind that somebody declares.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any, final

import attrs
import numpy as np

from typedml.algebra.catalogue import KINDS
from typedml.algebra.clock import MINUTES_OF_DAY, minutes_of, written
from typedml.algebra.monomial import ANGLE
from typedml.laws.case import Case, Column, Values
from typedml.laws.grid import within
from typedml.laws.inputs import Input, is_point
from typedml.laws.physical import size
from typedml.laws.settings import INSTANTS

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

INSTANT = str(KINDS["Timestamp"].origin)
TIME_OF_DAY = "time of day"
SECOND = "s"
MINUTE = 60.0
# The Gregorian calendar repeats: after 28 years each day is the same day of week, month and year again.
CALENDAR = 10_227 * 86_400.0
UNEVEN = 317 * MINUTE
# Far enough that 40 degC and 40 degF, taken for one another, come to lie on other sides of a limit.
TEMPERATURE = 40.0
PARTS_OF_TURN = 32
DIGITS = 12


@final
@attrs.frozen
class Move:
    """All points of a torsor, `by` so many base units further; `name` is what people call them."""

    torsor: str
    by: float
    name: str

    def reversed(self) -> Move:
        """The same move backwards."""
        return attrs.evolve(self, by=-self.by)

    def moves(self, source: Input) -> bool:
        """True for an input of the torsor; a cut among its points is one too."""
        return torsor_of(source.base, source.meaning) == self.torsor

    def applied(self, case: Case, only: Input | None = None) -> Case:
        """The case with every point moved, or only those of one input."""
        return case.mapped(lambda column: self._moved(column) if only in (None, column.input) else column)

    def stays_inside(self, case: Case) -> bool:
        """Whether every value stays inside its kind and its rules."""
        moved = (column for column in self.applied(case).columns if self.moves(column.input))
        numbers = (column for column in moved if column.input.is_number)
        return all(bool((within(column.input, column.values) | column.null).all()) for column in numbers)

    def text(self, source: Input) -> str:
        """The move as people read it, in the notation of an input: "+ 9 degF"."""
        sign = "+" if self.by > 0 else "-"
        if source.is_instant:
            return f"{sign} {dt.timedelta(seconds=abs(self.by))}"
        if _is_encoded(source.meaning):
            return f"{sign} {abs(self.by) / MINUTE:g} minutes"
        assert source.meaning is not None
        return f"{sign} {abs(_in_unit(self.by, source.meaning.unit)):g} {source.meaning.unit.delta()}"

    def _moved(self, column: Column) -> Column:
        source = column.input
        if not self.moves(source):
            return column
        moved = shifted(column.values, source.meaning, self.by)
        # What stands in the place of a null is no point.
        return column.replaced(np.where(column.null, column.values, moved).astype(column.values.dtype))


def shifted(values: Values, meaning: Meaning | None, by: float) -> Values:
    """Points moved by so many base units, in their own notation; cyclic ones stay within one turn."""
    if values.dtype.kind == "M":
        return np.asarray(values + np.timedelta64(round(by * 1_000_000), "us")).astype(values.dtype)
    assert meaning is not None
    if _is_encoded(meaning):
        return np.asarray(written((minutes_of(values) + round(by / MINUTE)) % MINUTES_OF_DAY))
    moved = values + _in_unit(by, meaning.unit)
    kind = meaning.kind
    if kind is not None and kind.period is not None and np.isfinite(kind.range.low):
        low = kind.range.low
        moved = np.where((moved < low) | (moved > kind.range.high), (moved - low) % kind.period + low, moved)
    return np.asarray(moved.astype(values.dtype))


def torsor_of(base: type, meaning: Meaning | None) -> str | None:
    """The torsor of which values are points; None for what is no point, or must not be moved.

    A logit may be multiplied, a place in a sequence and a latitude are told by where the first one is or the
    equator: these have an origin after all.
    """
    if issubclass(base, INSTANTS):
        return INSTANT
    if meaning is None or not is_point(meaning.uncut):
        return None
    kind, unit = meaning.kind, meaning.unit
    if kind is None:
        return str(unit.origin) if isinstance(unit.origin, str) else f"zero of {unit.dimension}"
    if kind.scalable or (kind.integral and not kind.encoded):
        return None
    if kind.period is None and unit.dimension.items == ((ANGLE, 1),):
        return None
    return _torsor_of_kind(meaning)


def _torsor_of_kind(meaning: Meaning) -> str:
    kind, unit = meaning.kind, meaning.unit
    assert kind is not None
    if isinstance(unit.origin, Fraction):
        return f"zero of {unit.dimension}"
    if isinstance(unit.origin, str):
        return unit.origin
    if kind.encoded or (kind.period is not None and unit.dimension.items == ((SECOND, 1),)):
        return TIME_OF_DAY
    return kind.origin or kind.root.name


def moves(case: Case) -> list[Move]:
    """For each torsor with points among the inputs, the move of it that leaves all notations alone."""
    found: dict[str, Column] = {}
    for column in case.columns:
        torsor = torsor_of(column.input.base, column.input.meaning)
        if torsor is not None:
            found.setdefault(torsor, column)
    return [Move(torsor, _amount(torsor, column, case), _name(column)) for torsor, column in found.items()]


def _amount(torsor: str, column: Column, case: Case) -> float:
    """How far to move: so that calendars, turns and grids come out on values as plain as they were."""
    if torsor == INSTANT:
        return CALENDAR
    if torsor == TIME_OF_DAY:
        return _before_midnight(case)
    meaning = column.input.meaning
    assert meaning is not None
    if meaning.kind is not None and meaning.kind.period is not None:
        return meaning.kind.period / PARTS_OF_TURN * size(meaning.unit)
    if isinstance(meaning.unit.origin, Fraction):
        return TEMPERATURE * size(meaning.unit.delta()) / size(meaning.unit)
    return 8.0 * size(meaning.unit)


def _before_midnight(case: Case) -> float:
    """A move of all times of the day after which none is past midnight, in seconds."""
    latest = 0.0
    for column in case.columns:
        if torsor_of(column.input.base, column.input.meaning) == TIME_OF_DAY:
            numbers = column.numbers[~column.null]
            minutes = minutes_of(numbers) if _is_encoded(column.input.meaning) else numbers * MINUTE
            latest = max(latest, float(np.max(minutes, initial=0.0)))
    room = MINUTES_OF_DAY - 1 - latest
    return 45 * MINUTE if room >= 45 else -45 * MINUTE


def _name(column: Column) -> str:
    source = column.input
    if source.is_instant or source.meaning is None:
        return "every instant"
    torsor = torsor_of(source.base, source.meaning)
    plain = {INSTANT: "every instant", TIME_OF_DAY: "every time of the day"}
    kind = source.meaning.kind
    if torsor in plain:
        return plain[torsor]
    if source.absolute_zero is not None:
        return "every temperature"
    return f"every {kind.root.name}" if kind is not None else f"every level in {source.meaning.unit}"


def _in_unit(by: float, unit: Unit) -> float:
    """A difference in base units as one in a unit, without the last bit that the division leaves."""
    return float(f"{by / size(unit):.{DIGITS}g}")


def _is_encoded(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.kind is not None and meaning.kind.encoded


def is_same_point(left: Any, right: Any, meaning: Meaning | None, tolerance: float) -> Any:
    """Which points are the same, a turn apart where they come round."""
    apart = np.abs(left - right)
    period = meaning.kind.period if meaning is not None and meaning.kind is not None else None
    if period is not None:
        apart = np.minimum(apart % period, period - apart % period)
    return apart <= tolerance
