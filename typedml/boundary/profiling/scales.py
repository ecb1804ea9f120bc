"""Values as numbers that a histogram can be made over, and edges that a reader would have chosen."""

from __future__ import annotations

import datetime
import math
from typing import Any, final

import attrs

from typedml.boundary.families import Family
from typedml.renderings.profile import Scale

BINS = 40
_DAY = 86_400.0
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200)
_DAYS = (1, 2, 7, 14, 28, 91, 182, 365, 730, 1826, 3652, 18262, 36524)
_ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_FAMILIES: dict[Family, Scale] = {
    Family.INT: "numbers",
    Family.FLOAT: "numbers",
    Family.DECIMAL: "numbers",
    Family.DATETIME: "moments",
    Family.DATE: "moments",
    Family.TIMEDELTA: "spans",
}


@final
@attrs.frozen
class Line:
    """How the values of one column lie on a line of numbers, and how a number becomes a value again.

    `whole` is True where there is nothing between two neighbouring numbers; moments are seconds since 1970
    on their own clock, days are whole, spans are seconds.
    """

    scale: Scale
    family: Family
    whole: bool = False
    zone: datetime.tzinfo | None = None

    def number(self, value: Any) -> float:
        """A value as a number."""
        if self.scale == "moments":
            if self.family is Family.DATE:
                return float((value - _EPOCH.date()).days * _DAY)
            return float((value - _EPOCH.replace(tzinfo=value.tzinfo)).total_seconds())
        return float(value.total_seconds()) if self.scale == "spans" else float(value)

    def value(self, number: float) -> Any:
        """A number as a value, kept within what Python can hold."""
        if self.scale == "moments":
            moment = _clamped(number)
            return moment.date() if self.family is Family.DATE else moment.replace(tzinfo=self.zone)
        if self.scale == "spans":
            return datetime.timedelta(seconds=number)
        return int(number) if self.whole and abs(number) < _EXACT else number


_EPOCH = datetime.datetime(1970, 1, 1)
_EXACT = 2.0**53


def _clamped(number: float) -> datetime.datetime:
    try:
        return _EPOCH + datetime.timedelta(seconds=number)
    except OverflowError:
        return datetime.datetime.max if number > 0 else datetime.datetime.min


def line_of(family: Family, base: type) -> Line | None:
    """The line of a column's values, or None where they have none."""
    scale = _FAMILIES.get(family)
    return None if scale is None else Line(scale, family, base is int)


def edges(line: Line, least: float, greatest: float) -> tuple[float, ...]:
    """Some 40 edges around these two numbers, at round numbers or round times."""
    step = _step(line, greatest / BINS - least / BINS)
    if not step or not math.isfinite(step) or least + step == least or greatest - step == greatest:
        margin = max(abs(least) * 0.05, 0.5)
        return (least - margin, greatest + margin) if least == greatest else (least, greatest)
    first = math.floor(least / step)
    last = max(math.floor(greatest / step) + (1 if line.whole else 0), math.ceil(greatest / step), first + 1)
    return tuple(float(f"{number * step:.15g}") for number in range(first, last + 1))


def _step(line: Line, wanted: float) -> float:
    if line.family is Family.DATE:
        return _DAY * next((days for days in _DAYS if days * _DAY >= wanted), _DAYS[-1])
    if line.scale in ("moments", "spans") and wanted > 0.5:
        steps = (*_SECONDS, *(days * _DAY for days in _DAYS))
        return float(next((step for step in steps if step >= wanted), _nice(wanted)))
    if line.whole or line.scale == "lengths":
        return float(max(1, round(_nice(wanted)))) if wanted > 0 else 1.0
    return _nice(wanted)


def _nice(wanted: float) -> float:
    """The next greater round number."""
    if wanted <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(wanted))
    return float(next(each for each in _ROUND if each * power >= wanted * 0.999) * power)
