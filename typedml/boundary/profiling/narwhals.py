"""Answers from the user's own engine, by expressions that mean the same on all of them.

Failures and values are counted by `when(...).then(1).otherwise(0).sum()`: not every engine adds truth values,
and a null is neither below an edge nor above it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final

from typedml.boundary.families import Family
from typedml.boundary.profiling.asked import MOST_SHOWN, Between, Bounds, Corner, Extremes, Texts
from typedml.boundary.profiling.scales import Line

# So many columns in one query: an engine that compiles queries has its limits.
_TOGETHER = 8
_GREATEST = 1.7976931348623157e308


@final
class NarwhalsSource:
    """The columns of a frame that narwhals knows."""

    def __init__(self, frame: Any) -> None:
        import narwhals

        self.nw = narwhals
        self.frame = narwhals.from_native(frame).lazy()

    def extremes(self, lines: Mapping[str, Line], within: Mapping[str, Corner]) -> dict[str, Extremes]:
        """The extremes of each column, of some only within two values."""
        answers: dict[str, Extremes] = {}
        for names in _together(lines):
            asked: dict[str, Any] = {}
            for number, name in enumerate(names):
                values = self._values(name, lines[name])
                finite = self._finite(values, lines[name], within.get(name))
                asked |= {f"least{number}": finite.min(), f"greatest{number}": finite.max()}
                asked[f"present{number}"] = self._number(~values.is_null() & ~self._nan(values, lines[name]))
            row = self._row(asked)
            for number, name in enumerate(names):
                least, greatest = (_plain(row[f"{end}{number}"]) for end in ("least", "greatest"))
                answers[name] = Extremes(least, greatest, int(row[f"present{number}"] or 0))
        return answers

    def between(
        self, lines: Mapping[str, Line], cuts: Mapping[str, Sequence[Any]], bounds: Mapping[str, Bounds]
    ) -> dict[str, Between]:
        """The counts between the edges of each column."""
        answers: dict[str, Between] = {}
        for names in _together(lines):
            asked: dict[str, Any] = {}
            for number, name in enumerate(names):
                found = self._cut(lines[name], name, cuts[name], bounds[name])
                asked |= {f"{number}.{place}": expression for place, expression in enumerate(found)}
            row = self._row(asked)
            for number, name in enumerate(names):
                told = [int(each or 0) for key, each in row.items() if key.startswith(f"{number}.")]
                answers[name] = _between(told, len(cuts[name]))
        return answers

    def _cut(self, line: Line, name: str, cuts: Sequence[Any], bounds: Bounds) -> Iterator[Any]:
        """Counts below each cut and up to the last; then, and of all, of what the bounds refuse."""
        values = self._values(name, line)
        present = ~values.is_null() & ~self._nan(values, line)
        refused = self._refused(values, bounds)
        yield from (self._number(present & (values < cut)) for cut in cuts)
        yield self._number(present & (values <= cuts[-1]))
        if refused is not None:
            yield from (self._number(present & refused & (values < cut)) for cut in cuts)
            yield self._number(present & refused & (values <= cuts[-1]))
            yield self._number(present & refused)

    def times(self, name: str) -> dict[str, int]:
        """Every value of a column as text, and how often it occurs."""
        counted = self._counted(name).collect()
        values, times = (counted.get_column(each).to_list() for each in ("value", "times"))
        return {str(value): int(number) for value, number in zip(values, times, strict=True)}

    def texts(self, name: str) -> Texts:
        """The most frequent values of a column."""
        nw, counted = self.nw, self._counted(name)
        top = counted.sort("times", "value", descending=[True, False]).head(MOST_SHOWN).collect()
        total = counted.select(nw.len().alias("distinct"), nw.col("times").sum().alias("present")).collect()
        distinct, present = (total.get_column(each).to_list()[0] for each in ("distinct", "present"))
        values, times = (top.get_column(each).to_list() for each in ("value", "times"))
        pairs = tuple((str(value), int(number)) for value, number in zip(values, times, strict=True))
        return Texts(pairs, int(distinct or 0), int(present or 0))

    def _counted(self, name: str) -> Any:
        nw = self.nw
        values = self.frame.select(nw.col(name).cast(nw.String).alias("value"))
        present = values.filter(~nw.col("value").is_null())
        return present.group_by("value").agg(nw.len().alias("times"))

    def _values(self, name: str, line: Line) -> Any:
        column = self.nw.col(name)
        return column.cast(self.nw.String).str.len_chars() if line.scale == "lengths" else column

    def _finite(self, values: Any, line: Line, corner: Corner | None) -> Any:
        if corner is None and line.family is not Family.FLOAT:
            return values
        low, high = corner or (-_GREATEST, _GREATEST)
        return self.nw.when((values >= low) & (values <= high)).then(values)

    def _nan(self, values: Any, line: Line) -> Any:
        return values.is_nan() if line.family is Family.FLOAT else values.is_null()

    def _refused(self, values: Any, bounds: Bounds) -> Any:
        found = None
        for name, bound in bounds.items():
            bad = {
                "gt": lambda: values <= bound,  # noqa: B023  # called before the loop goes on
                "ge": lambda: values < bound,  # noqa: B023
                "lt": lambda: values >= bound,  # noqa: B023
                "le": lambda: values > bound,  # noqa: B023
            }[name]()
            found = bad if found is None else found | bad
        return found

    def _number(self, condition: Any) -> Any:
        return self.nw.when(condition).then(1).otherwise(0).sum()

    def _row(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        # One name is needed once: engines differ in what they make of an expression without a column.
        found = self.frame.select(**asked).collect()
        return {name: found.get_column(name).to_list()[0] for name in asked}


def _together(lines: Mapping[str, Line]) -> Iterator[list[str]]:
    names = list(lines)
    for start in range(0, len(names), _TOGETHER):
        yield names[start : start + _TOGETHER]


def _between(told: list[int], cuts: int) -> Between:
    below, up_to_last, refused = tuple(told[:cuts]), told[cuts], told[cuts + 1 :] or [0] * (cuts + 2)
    return Between(below, up_to_last, tuple(refused[:cuts]), refused[cuts], refused[cuts + 1])


def _plain(value: Any) -> Any:
    """A value as Python has it; pandas has moments and spans of its own, and NaT for a missing one."""
    if value is None or value != value:
        return None
    if type(value).__name__ == "MonthDayNano" and not value.months:
        # How Arrow holds the spans of DuckDB.
        return datetime.timedelta(days=value.days, microseconds=value.nanoseconds / 1000)
    for method in ("to_pydatetime", "to_pytimedelta", "item"):
        if hasattr(value, method):
            return getattr(value, method)()
    return value
