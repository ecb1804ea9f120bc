"""Numbers on an axis: where they stand, and how they are written."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable

from typedml.renderings.profile import Histogram

_MOST = 6
_EPOCH = datetime.datetime(1970, 1, 1)
# How a moment is written, by how many seconds an axis is long at least.
_DATES = ((8e7, "%Y"), (6e6, "%Y-%m"), (3e5, "%Y-%m-%d"), (0, "%m-%d %H:%M"))
_SPANS = ((172_800, 86_400, "d"), (7_200, 3_600, "h"), (120, 60, "min"), (0, 1, "s"))


def ticks(histogram: Histogram, low: float, high: float) -> list[tuple[float, str]]:
    """Where numbers stand between two ends of an axis, and the numbers."""
    write = writer(histogram, high - low)
    if histogram.scale == "moments":
        edges = [edge for edge in histogram.edges if low <= edge <= high]
        return _unlike((edge, write(edge)) for edge in edges[:: max(1, math.ceil(len(edges) / _MOST))])
    shift = 0.5 if histogram.whole else 0.0
    last = high - 1 if histogram.whole else high
    size = _span(high - low)[0] if histogram.scale == "spans" else 1
    found = (at * size for at in _round_numbers(low / size, last / size, whole=histogram.whole))
    return _unlike((at + shift, write(at)) for at in found)


def writer(histogram: Histogram, length: float) -> Callable[[float], str]:
    """How a value is written on an axis of some length."""
    if histogram.scale == "moments":
        style = next(style for least, style in _DATES if length >= least)
        return lambda number: _moment(number, style)
    if histogram.scale == "spans":
        size, unit = _span(length)
        return lambda number: f"{number_text(number / size)} {unit}"
    return number_text


def _span(length: float) -> tuple[int, str]:
    """The unit of time on an axis of so many seconds."""
    return next((size, unit) for least, size, unit in _SPANS if length >= least)


def value_text(histogram: Histogram, number: float) -> str:
    """One value in a sentence."""
    if histogram.scale == "moments":
        return _moment(number, "%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    return writer(histogram, abs(number))(number)


def number_text(number: float) -> str:
    """A number in few characters; four digits are as often a year or an hour as an amount.

    >>> number_text(2013.0), number_text(12340.0), number_text(0.25), number_text(-2.5e9), number_text(1e-7)
    ('2013', '12,340', '0.25', '−2.5e9', '1e-7')
    """
    if number and not 1e-4 <= abs(number) < 1e7:
        shown = f"{number:.3g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")
    else:
        grouped = "," if abs(number) >= 1e4 else ""
        shown = f"{number:{grouped}.6g}" if abs(number) < 1e5 else f"{number:,.0f}"
    return shown.replace("-", "−", 1) if shown.startswith("-") else shown


def _moment(number: float, style: str) -> str:
    try:
        return (_EPOCH + datetime.timedelta(seconds=number)).strftime(style)
    except OverflowError:
        return "beyond the calendar"


def _round_numbers(low: float, high: float, *, whole: bool) -> list[float]:
    wanted = high / _MOST - low / _MOST
    if not wanted > 0 or not math.isfinite(wanted):
        return [low]
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= wanted * 0.999)
    step = max(1.0, math.ceil(step)) if whole else step
    first, last = math.ceil(low / step), math.floor(high / step)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)] if step else [low]


def _unlike(found: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    """Without a number that is written like the one before it."""
    kept: list[tuple[float, str]] = []
    for at, said in found:
        if not kept or kept[-1][1] != said:
            kept.append((at, said))
    return kept
