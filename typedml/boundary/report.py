"""What a boundary found: counts for every rule that ran, failures with their rows, rules that did not run.

A report never holds the frame. It keeps the failing rows that the caller asked for, and exact counts of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Literal, cast, final

import attrs

from typedml.boundary.notes import NO_ROWS, WITHHELD, Note, of_held, of_sample, of_split, typeless
from typedml.errors import TypedmlError
from typedml.renderings.profile import ColumnProfile

Key = tuple[str | None, str]


@final
@attrs.frozen
class FailingRow:
    """One row that breaks a rule: its position (from 0), the columns that name it, the values to blame.

    `position` is None where rows have no order: PySpark, DuckDB, Dask.
    """

    position: int | None
    keys: Mapping[str, object]
    values: Mapping[str, object]


@final
@attrs.frozen
class Failure:
    """A rule that does not hold: in how many rows, in words, with the first of them.

    `column` is None for a rule of the whole table; `code` is the code of the documentation page; `doc` is
    what the author of the rule wrote about it; one of `severity` "warn" is told and does not fail the frame.
    `condition` is the demand in words, of nothing but the declaration; `is_whole` says that no row is to
    blame, but the frame or the file.
    """

    column: str | None
    rule: str
    count: int
    reason: str
    hint: str
    code: str
    rows: tuple[FailingRow, ...] = ()
    doc: str = ""
    severity: Literal["fail", "warn"] = "fail"
    condition: str = ""
    is_whole: bool = False

    @property
    def more(self) -> int:
        """How many failing rows are not in `rows`."""
        return max(0, self.count - len(self.rows))


@final
@attrs.frozen
class NotRun:
    """A rule that did not run, and why; it `blocks` unless it does not apply to this frame at all.

    `hint` says what would make it run, where the reason alone does not.
    One that was left out because only a sample is judged does not block: the report says so by itself.
    """

    column: str | None
    rule: str
    because: str
    blocks: bool
    hint: str = ""


@final
@attrs.frozen
class Sample:
    """How many rows were drawn, of how many, by which seed."""

    rows: int
    of: int
    seed: int


@final
@attrs.frozen
class Report:
    """The outcome of checking one frame against one schema.

    `counts`: `{(column, rule): failing rows}` for every rule that ran, zeros included, in a fixed order.
    `rows`: how many rows were judged; `sample` says of how many, where these are not all; `typeless`: the
    columns of nulls that have no type to be judged; `profile` describes the columns, if it was asked for;
    `withheld` says that the values were left out; `held` are the rules that could not be streamed;
    `undivided` says what a split did not do.
    """

    schema: str
    rows: int
    counts: Mapping[Key, int]
    failures: tuple[Failure, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    engine: str = ""
    typeless: tuple[str, ...] = ()
    sample: Sample | None = None
    profile: tuple[ColumnProfile, ...] | None = None
    withheld: bool = False
    held: tuple[str, ...] = ()
    undivided: str = ""

    @property
    def ok(self) -> bool:
        """True where every rule ran and held: a rule that was skipped is never a rule that holds.

        Of a sample it says that the sample holds, and nothing of the other rows.
        """
        failed = any(failure.severity == "fail" for failure in self.failures)
        return not failed and not any(rule.blocks for rule in self.not_run)

    @property
    def warnings(self) -> tuple[Failure, ...]:
        """The failures that do not fail the frame."""
        return tuple(failure for failure in self.failures if failure.severity == "warn")

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What keeps the rows from being divided into good ones and bad ones, as "distance: dtype"."""
        failed = [(e.column, e.rule) for e in self.failures if e.is_whole and e.severity == "fail"]
        told = failed or [(each.column, each.rule) for each in self.not_run if each.blocks]
        return tuple(dict.fromkeys(f"{column}: {rule}" if column else rule for column, rule in told))

    @property
    def judged(self) -> str:
        """How many rows were judged, in words: "336,776 rows", "a sample of 1,000 of 336,776 rows"."""
        if self.sample is not None:
            return f"a sample of {self.sample.rows:,} of {self.sample.of:,} rows"
        return f"{self.rows:,} row" + ("" if self.rows == 1 else "s")

    @property
    def notes(self) -> tuple[Note, ...]:
        """What keeps `ok` from saying much: no rows at all, columns without a value that shows their type."""
        undivided = of_split(self.undivided, self.obstacles)
        if not self.rows:
            return (*undivided, NO_ROWS)
        withheld = (WITHHELD,) if self.withheld else ()
        sample = of_sample(self.sample.rows, self.sample.of) if self.sample is not None else ()
        return (*undivided, *withheld, *sample, *of_held(self.held), *map(typeless, self.typeless))

    def redacted(self) -> Report:
        """This report without a value of the frame: columns, rules, counts and positions of rows stay."""
        redaction = import_module("typedml.boundary.redaction")
        return cast(Report, redaction.redacted(self))

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data for JSON."""
        return {
            "schema": self.schema,
            "ok": self.ok,
            "rows": self.rows,
            "sample": None if self.sample is None else attrs.asdict(self.sample),
            "engine": self.engine,
            "counts": [
                {"column": column, "rule": rule, "failing": count}
                for (column, rule), count in self.counts.items()
            ],
            "failures": [_plain_failure(failure) for failure in self.failures],
            "notes": [attrs.asdict(note) for note in self.notes],
            "not_run": [attrs.asdict(rule) for rule in self.not_run],
            **({} if self.profile is None else {"profile": [attrs.asdict(each) for each in self.profile]}),
        }

    def __str__(self) -> str:
        return str(_terminal().as_text(self))

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Any]:
        yield from _terminal().render(self)


def _terminal() -> Any:
    # By name: a type checker that reads a user's schema follows no import into the drawing library.
    return import_module("typedml.boundary.terminal")


def _plain_failure(failure: Failure) -> dict[str, Any]:
    return {
        "column": failure.column,
        "rule": failure.rule,
        "code": failure.code,
        "severity": failure.severity,
        "count": failure.count,
        "reason": failure.reason,
        "hint": failure.hint,
        "doc": failure.doc,
        "rows": [
            {"position": row.position, "keys": _plain(row.keys), "values": _plain(row.values)}
            for row in failure.rows
        ],
    }


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: object) -> object:
    """A value as JSON can hold it: text for what is neither a finite number, text, truth value nor null."""
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


class BoundaryWarning(UserWarning):
    """A frame that is handed on though some rules do not hold, or could not run; `report` has them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        blocked = (f"{rule.rule} could not run" for rule in report.not_run if rule.blocks)
        super().__init__("; ".join([*(failure.reason for failure in report.failures), *blocked]))

    def __reduce__(self) -> tuple[type[BoundaryWarning], tuple[Report]]:
        return type(self), (self.report,)

    def __str__(self) -> str:
        return f"{self.report.schema}: {self.args[0]}"


class BoundaryError(TypedmlError):
    """A frame that breaks its schema; `report` has every failure, never the frame."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(*_summary(report))

    def __reduce__(self) -> tuple[type[BoundaryError], tuple[Report]]:
        return type(self), (self.report,)

    def __str__(self) -> str:
        return str(self.report)


def _summary(report: Report) -> tuple[str, str]:
    failed, ran = len(report.failures), len(report.counts)
    fact = f"{report.schema}: {failed} of {ran} rules failed in {report.judged}"
    if not failed:
        blocked = next(rule for rule in report.not_run if rule.blocks)
        fact = f"{report.schema}: {blocked.rule} could not run, because {blocked.because}"
        return fact, blocked.hint or "see the report"
    return fact, next((failure.hint for failure in report.failures if failure.hint), "see the report")


class FrameError(TypedmlError, TypeError):
    """Something that is not a frame, or a schema that is not one, was handed to a boundary."""
