"""The pictures of columns: histograms that one far value does not flatten, or the most frequent texts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import final

import attrs

from typedml.boundary.families import Family
from typedml.boundary.profiling.asked import MOST_SHOWN, Asked, Between, Bounds, Extremes, Source, Texts
from typedml.boundary.profiling.scales import Line, edges
from typedml.renderings.profile import Bar, Histogram

_TEXTS = frozenset({Family.STR, Family.BOOL})
_ZOOMS = 4
_BINS_TO_ZOOM = 10


@final
@attrs.frozen
class Picture:
    """What there is to see of a column; `present` values are there, None where nobody could count them."""

    present: int | None
    histogram: Histogram | None = None
    bars: tuple[Bar, ...] = ()
    others: int = 0
    distinct: int | None = None


def pictures(asked: Mapping[str, Asked], source: Source | None, lists: Source | None) -> dict[str, Picture]:
    """What there is to see of each column; one that a source cannot be asked about is read as a list."""
    made: dict[str, Picture] = {}
    lined = {name: each for name, each in asked.items() if each.line is not None}
    # First all columns in few queries; where one of them stops a query, each on its own, then as a list.
    if not _answered(source, lined, made):
        for name, each in lined.items():
            alone = {name: each}
            if not _answered(source, alone, made):
                _answered(lists, alone, made)
    for name, each in asked.items():
        if each.family in _TEXTS and not _told(source, name, each, made):
            _told(lists, name, each, made)
    return made


def _answered(source: Source | None, columns: Mapping[str, Asked], made: dict[str, Picture]) -> bool:
    """Add the histograms of columns; False where the source cannot be asked about them."""
    if source is None:
        return False
    try:
        lines = {name: each.line for name, each in columns.items() if each.line is not None}
        made |= _histograms(source, lines, {name: columns[name].bounds for name in lines})
    except Exception:  # noqa: BLE001  # each engine raises its own for a question that it cannot answer
        return False
    return True


def _told(source: Source | None, name: str, column: Asked, made: dict[str, Picture]) -> bool:
    """Add the most frequent texts of a column, or the lengths of texts that hardly repeat."""
    if source is None:
        return False
    try:
        told = source.texts(name)
        if _repeats(told):
            bars = tuple(_bar(value, times, column) for value, times in told.top)
            others = told.present - sum(bar.count for bar in bars)
            made[name] = Picture(told.present, bars=bars, others=others, distinct=told.distinct)
        else:
            line = Line("lengths", Family.INT, whole=True)
            lengths = _histograms(source, {name: line}, {name: {}})[name]
            made[name] = attrs.evolve(lengths, distinct=told.distinct)
    except Exception:  # noqa: BLE001  # each engine raises its own for a question that it cannot answer
        return False
    return True


def _repeats(told: Texts) -> bool:
    if told.distinct is not None and told.distinct <= MOST_SHOWN:
        return True
    return bool(told.top) and told.top[0][1] > max(2, told.present / 1000)


def _bar(value: str, times: int, column: Asked) -> Bar:
    # A truth value is written "true" by one engine and "True" by another.
    value = value.title() if column.family is Family.BOOL else value
    return Bar(value, times, column.members is not None and value not in column.members)


def _histograms(
    source: Source, lines: Mapping[str, Line], bounds: Mapping[str, Bounds]
) -> dict[str, Picture]:
    """The histograms of columns; where almost all lies in a corner of one, that corner is looked at again."""
    extremes = source.extremes(lines, {})
    asked = {name: each for name, each in extremes.items() if each.least is not None}
    lines = {name: _zoned(lines[name], each) for name, each in asked.items()}
    windows = {
        name: (lines[name].number(each.least), lines[name].number(each.greatest))
        for name, each in asked.items()
    }
    made: dict[str, Histogram] = {}
    for _ in range(_ZOOMS):
        cut = {name: edges(lines[name], *window) for name, window in windows.items()}
        cuts = {name: [lines[name].value(edge) for edge in each] for name, each in cut.items()}
        chosen = {name: lines[name] for name in cuts}
        answers = source.between(chosen, cuts, bounds) if chosen else {}
        for name, between in answers.items():
            made[name] = _histogram(lines[name], cut[name], between, asked[name])
        corners = {name: corner for name in answers if (corner := _corner(made[name])) is not None}
        windows = _windows(source, {name: lines[name] for name in corners}, corners)
    return {name: Picture(each.present, made.get(name)) for name, each in extremes.items()}


def _windows(
    source: Source, lines: Mapping[str, Line], corners: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """The extremes of what lies in some corners: the next edges are around those."""
    if not corners:
        return {}
    within = {
        name: (lines[name].value(low), lines[name].value(high)) for name, (low, high) in corners.items()
    }
    return {
        name: (lines[name].number(each.least), lines[name].number(each.greatest))
        for name, each in source.extremes(lines, within).items()
    }


def _zoned(line: Line, extremes: Extremes) -> Line:
    return attrs.evolve(line, zone=getattr(extremes.least, "tzinfo", None))


def _histogram(line: Line, cut: tuple[float, ...], told: Between, extremes: Extremes) -> Histogram:
    # The last interval holds its right edge as well.
    totals = (*told.below[:-1], told.up_to_last)
    refused = (*told.refused_below[:-1], told.refused_up_to_last)
    return Histogram(
        edges=cut,
        counts=tuple(b - a for a, b in pairwise(totals)),
        refused=tuple(b - a for a, b in pairwise(refused)),
        below=(totals[0], refused[0]),
        above=(extremes.present - totals[-1], told.refused - refused[-1]),
        least=line.number(extremes.least),
        greatest=line.number(extremes.greatest),
        scale=line.scale,
        whole=line.whole and cut[1] - cut[0] == 1,
    )


def _corner(histogram: Histogram) -> tuple[float, float] | None:
    """The few neighbouring intervals that hold all but some thousandths of the values, if they are few."""
    counts, few = histogram.counts, max(1, len(histogram.counts) // 10)
    total = sum(counts) + histogram.below[0] + histogram.above[0]
    if len(counts) < _BINS_TO_ZOOM or total < 20:
        return None
    spare = max(1, total // 1000)
    for width in range(1, few + 1):
        for first in range(len(counts) - width + 1):
            if sum(counts[first : first + width]) >= total - spare:
                return histogram.edges[first], histogram.edges[first + width]
    return None
