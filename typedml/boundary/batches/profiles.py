"""What each column of some files looks like: the answers of all batches, added up.

Every question reads the files once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, final

from typedml.boundary.batches import readers, ways
from typedml.boundary.batches.judging import Judge
from typedml.boundary.engines import polars as engine
from typedml.boundary.plan import Rule
from typedml.boundary.profiling.asked import MOST_SHOWN, Between, Bounds, Corner, Extremes, Texts
from typedml.boundary.profiling.columns import MOST_LOCATED, describe, stretched
from typedml.boundary.profiling.narwhals import NarwhalsSource
from typedml.boundary.profiling.scales import Line
from typedml.boundary.report import Report
from typedml.boundary.stage import Stage, only, prepare

if TYPE_CHECKING:
    import polars as pl

    from typedml.renderings.profile import ColumnProfile

_MOST_TEXTS = 100_000
"""Of a column of more different texts the lengths are shown: to count them all would take their memory."""


def profile(judge: Judge, report: Report) -> tuple[ColumnProfile, ...]:
    """The profiles of what a judge has judged."""
    source = BatchSource(judge)
    stage = source.stage()
    if stage is None:
        return ()
    return describe(stage, report.rows, source, None, _failing(judge, source, stage, report))


@final
class BatchSource:
    """The columns of all batches of the files that a judge has judged."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def stage(self) -> Stage | None:
        """The stage of the first batch, which says what the columns are."""
        for frame in self.frames(None):
            return prepare(self.judge.plan, engine.survey(self.judge.plan, frame))
        return None

    def frames(self, names: Sequence[str] | None) -> Iterator[pl.DataFrame]:
        """The batches again, of these columns; a file that broke off is read as far as it goes."""
        for part, _, rows in self.judge.judged:
            try:
                reader = readers.open_part(part, self.judge.plan)
                there = [name for name in reader.names if names is None or name in names]
                for frame in readers.frames_of(reader, there):
                    yield frame.head(rows)
                    rows -= frame.height
            except readers.Unreadable:
                continue

    def extremes(self, lines: Mapping[str, Line], within: Mapping[str, Corner]) -> dict[str, Extremes]:
        """The extremes of each column, of some only within two values."""
        found: dict[str, Extremes] = {}
        for frame in self.frames(list(lines)):
            for name, new in NarwhalsSource(frame).extremes(lines, within).items():
                found[name] = _wider(found[name], new) if name in found else new
        return found

    def between(
        self, lines: Mapping[str, Line], cuts: Mapping[str, Sequence[Any]], bounds: Mapping[str, Bounds]
    ) -> dict[str, Between]:
        """The counts between the edges of each column."""
        found: dict[str, Between] = {}
        for frame in self.frames(list(lines)):
            for name, new in NarwhalsSource(frame).between(lines, cuts, bounds).items():
                found[name] = _added(found[name], new) if name in found else new
        return found

    def texts(self, name: str) -> Texts:
        """The most frequent values of a column."""
        times: Counter[str] = Counter()
        present, kept = 0, True
        for frame in self.frames([name]):
            here = NarwhalsSource(frame).times(name)
            present += sum(here.values())
            kept = kept and len(times) + len(here) <= _MOST_TEXTS
            if kept:
                times.update(here)
        if not kept:
            return Texts((), None, present)
        top = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHOWN]
        return Texts(tuple(top), len(times), present)


def _wider(one: Extremes, other: Extremes) -> Extremes:
    least = [each.least for each in (one, other) if each.least is not None]
    greatest = [each.greatest for each in (one, other) if each.greatest is not None]
    present = one.present + other.present
    return Extremes(min(least, default=None), max(greatest, default=None), present)


def _added(one: Between, other: Between) -> Between:
    return Between(
        tuple(a + b for a, b in zip(one.below, other.below, strict=True)),
        one.up_to_last + other.up_to_last,
        tuple(a + b for a, b in zip(one.refused_below, other.refused_below, strict=True)),
        one.refused_up_to_last + other.refused_up_to_last,
        one.refused + other.refused,
    )


def _failing(judge: Judge, source: BatchSource, stage: Stage, report: Report) -> dict[str, tuple[int, ...]]:
    """How many rows of each stretch break a rule of each column."""
    broken = [
        rule for rule in stage.rules if rule.column and 0 < report.counts.get(rule.key, 0) <= MOST_LOCATED
    ]
    places: dict[str, set[int]] = {}
    for rule in broken:
        # Rules of groups were located when all their rows were there, if not only the first were wanted.
        known = judge.places.get(rule, [])
        if rule.column and len(known) == report.counts[rule.key]:
            places.setdefault(rule.column, set()).update(known)
    near = tuple(rule for rule in broken if ways.way_of(rule) in ("row", "order"))
    for rule, place in _located(source, stage, near):
        if rule.column:
            places.setdefault(rule.column, set()).add(place)
    return {name: stretched(found, report.rows) for name, found in places.items()}


def _located(source: BatchSource, stage: Stage, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, int]]:
    offset, alone = 0, only(stage, rules)
    for frame in source.frames([rule.column for rule in rules if rule.column]) if rules else ():
        for rule, found in zip(rules, engine.locate(alone, frame, rules, None), strict=True):
            yield from ((rule, offset + row) for row in found)
        offset += frame.height
