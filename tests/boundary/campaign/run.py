"""One case on one library: every count, row, value, key and reason of a report, and both parts of a division.

>>> judged(1).disagreements
[]
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache
from random import Random
from typing import Any

import attrs
import pandas as pd

from tests.boundary.campaign.generate import Case, Row, case
from tests.boundary.campaign.plant import plant, spoil
from tests.boundary.conformance.frames import LOCAL, TYPES, Stored, plain, plain_rows
from tests.boundary.conformance.oracle import Verdict, columns_of, judge
from tests.boundary.conformance.specs import Known, TableSpec
from tests.boundary.tables import only_native
from typedml.boundary import BoundaryError, Report
from typedml.errors import DeclarationError

ROUNDING = frozenset({"pandas_numpy", "pandas_text", "pandas_categorical"})


@attrs.define
class Outcome:
    """What a case showed: which rules it planted, and where a library and the oracle differ."""

    number: int
    planted: list[str] = attrs.field(factory=list)
    checks: int = 0
    disagreements: list[str] = attrs.field(factory=list)
    told: str = ""


def numbers(frames: int, seed: int) -> range:
    """The numbers of that many frames; two seeds have none in common."""
    return range(seed * 10_000_000, seed * 10_000_000 + frames)


FRAMES_OF_A_SCHEMA = 4


def judged(number: int) -> Outcome:
    """Make the frame of a number and judge it on polars and on pandas."""
    made, schema = declared(number // FRAMES_OF_A_SCHEMA)
    random = Random(number)
    bed = plant(random, made)
    stored = spoil(random, bed)
    expected = judge(made.spec, bed.rows, {name: TYPES[each].base for name, each in stored.items()})
    outcome = Outcome(number, [key[1] for key, _ in bed.planted])
    _compare_planted(outcome, bed.planted, expected, stored)
    for library in ("polars", "pandas"):
        name = random.choice([each for each in _makers(made) if each.startswith(library)])
        native = random.random() < 0.5
        outcome.checks += 1
        try:
            frame = LOCAL[name](_table(bed.rows, stored))
            other = _other(made.spec, random)
            with only_native() if native else nullcontext():
                found = [*_differences(made.spec, schema, frame, other, bed.rows, expected)]
        except Exception as error:  # noqa: BLE001 - an engine that falls over is a finding with a seed, not the end
            found = [f"{type(error).__name__}: {error}"]
        outcome.disagreements += [f"{name}{' native' if native else ''}: {each}" for each in found]
    if outcome.disagreements:
        outcome.told = f"{made.spec}\n{_table(bed.rows, stored)}"
    return outcome


@lru_cache(maxsize=2)
def declared(number: int) -> tuple[Case, Any]:
    """A case whose schema is not refused as a contradiction, and the class of it."""
    random = Random(number)
    while True:
        made = case(random)
        try:
            return made, made.spec.schema()
        except DeclarationError:
            continue


def _makers(made: Case) -> list[str]:
    """The frames that can hold the case: numpy turns whole numbers with a null into floats."""
    huge = any(column.huge for column in made.columns)
    return [name for name in LOCAL if not huge or name not in ROUNDING]


def _compare_planted(outcome: Outcome, planted: Any, expected: Verdict, stored: dict[str, str]) -> None:
    for key, place in planted:
        if key in expected.at and place not in expected.at[key]:
            outcome.disagreements.append(f"oracle: planted {key} in row {place} and did not see it")


def _other(spec: TableSpec, random: Random) -> dict[Any, Any] | None:
    """The other table as a frame of either library, where a reference looks into it."""
    if not any("references" in column.rules for column in spec.columns):
        return None
    known = {name: Stored(kind, spec.foreign[name]) for name, kind in (("text", "str"), ("number", "int"))}
    return {Known: random.choice((LOCAL["polars_eager"], LOCAL["pandas_nullable"]))(known)}


def _table(rows: Sequence[Row], stored: dict[str, str]) -> dict[str, Stored]:
    return {name: Stored(base, [row[name] for row in rows]) for name, base in stored.items()}


def _differences(
    spec: TableSpec, schema: Any, frame: Any, other: Any, rows: list[Row], expected: Verdict
) -> Any:
    report = schema.check(frame, rows=None, references=other)
    if dict(report.counts) != expected.counts:
        yield f"counts {_unlike(report.counts, expected.counts)}"
    if report.ok is not (expected.ok and not any(rule.blocks for rule in report.not_run)):
        yield f"ok is {report.ok}"
    if report.rows != len(rows):
        yield f"{report.rows} rows"
    yield from _rows_differ(spec, frame, report, rows, expected)
    yield from _division_differs(schema, frame, other, rows, expected)


def _unlike(found: Any, expected: Any) -> dict[Any, Any]:
    keys = [*expected, *(key for key in found if key not in expected)]
    return {key: (found.get(key), expected.get(key)) for key in keys if found.get(key) != expected.get(key)}


def _rows_differ(spec: TableSpec, frame: Any, report: Report, rows: list[Row], expected: Verdict) -> Any:
    unique = tuple(column.name for column in spec.columns if column.rules.get("unique"))
    names = [each for each in spec.key or unique if _is_usable(each, expected)]
    for failure in report.failures:
        places = expected.at.get((failure.column, failure.rule))
        if places is None:
            continue
        blamed = _blamed(spec, failure.column, failure.rule)
        found = [(row.position, plain(row.values), plain(row.keys)) for row in failure.rows]
        keys = [name for name in names if name not in blamed]
        wanted = [
            (place, _cells(rows[place], blamed), _index(frame, place) | _cells(rows[place], keys))
            for place in places
        ]
        if found != wanted:
            yield f"rows of {failure.column} {failure.rule}: {found} instead of {wanted}"


def _blamed(spec: TableSpec, column: str | None, rule: str) -> list[str]:
    """The columns whose values break a rule."""
    if column is None:
        of_table = {"key": list(spec.key), "simplex": ["part_a", "part_b", "part_c"]}
        return of_table[rule] if rule in of_table else columns_of(spec.checks[rule])
    said = spec.column(column).rules.get(rule)
    return [column, said] if rule in ("increasing", "decreasing") and isinstance(said, str) else [column]


def _cells(row: Row, names: Sequence[str]) -> Row:
    return plain({name: row[name] for name in names})


def _index(frame: Any, place: int) -> Row:
    """A row of pandas is known by its index, too, where that is more than its position."""
    index = getattr(frame, "index", None)
    return {} if index is None or isinstance(index, pd.RangeIndex) else {"index": index[place]}


def _is_usable(name: str, expected: Verdict) -> bool:
    return not expected.counts.get((name, "missing")) and expected.counts.get((name, "dtype")) == 0


def _division_differs(schema: Any, frame: Any, other: Any, rows: list[Row], expected: Verdict) -> Any:
    try:
        good, bad = (plain_rows(each) for each in schema.split(frame, references=other))
    except BoundaryError:
        if not expected.shape_is_wrong:
            yield "split refused"
        return
    if expected.shape_is_wrong:
        yield "split judged rows of a frame of the wrong shape"
        return
    reasons = [row.pop("__reasons__") for row in bad]
    kept = [plain(row) for place, row in enumerate(rows) if place not in expected.reasons]
    broken = [plain(rows[place]) for place in expected.reasons]
    if reasons != list(expected.reasons.values()):
        yield f"reasons {reasons} instead of {list(expected.reasons.values())}"
    if good != kept:
        yield f"good rows {good} instead of {kept}"
    if bad != broken:
        yield f"bad rows {bad} instead of {broken}"
