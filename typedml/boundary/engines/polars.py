"""polars frames, eager and lazy: one select of aggregates, run by the in-memory engine."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from typedml.boundary.engines import polars_rules, polars_select
from typedml.boundary.engines.lists import clean, find
from typedml.boundary.engines.records import FEW_ROWS
from typedml.boundary.families import FAMILIES_BY_NAME, Family, Found
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey

if TYPE_CHECKING:
    import polars as pl

    Frame: TypeAlias = pl.DataFrame | pl.LazyFrame

NAME = "polars"


def takes(frame: object) -> bool:
    """Whether the object is a frame of this library."""
    polars = sys.modules.get("polars")
    return polars is not None and isinstance(frame, (polars.DataFrame, polars.LazyFrame))


def survey(plan: Plan, frame: Frame) -> Survey:
    """What the frame's columns are found to be."""
    schema = _schema(frame)
    there = [column.column for column in plan.columns if column.column in schema]
    found = {name: _found(frame, name, schema[name]) for name in there}
    return Survey(tuple(schema), found)


def lists(stage: Stage, frame: Frame, names: Sequence[str]) -> dict[str, list[Any]] | None:
    """The columns as lists of Python values, or None where that would lose something."""
    import polars as pl

    if any(stage.found[name].fine for name in names) or isinstance(frame, pl.LazyFrame):
        return None
    floats = (Family.FLOAT, Family.OTHER, Family.MIXED, Family.NOTHING)
    columns = {name: frame.get_column(name).to_list() for name in names}
    return {
        name: clean(values) if stage.found[name].family in floats else values
        for name, values in columns.items()
    }


def values(frame: Frame, name: str) -> list[Any]:
    """One column as a list of Python values, None where one is missing."""
    return clean(_run(frame.lazy().select(name)).get_column(name).to_list())


def count(stage: Stage, frame: Frame) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage."""
    select = stage.compiled.get(NAME)
    if select is None:
        select = stage.compiled[NAME] = polars_select.compile_rules(stage)
    row = _collect(frame, select.aggregates)
    open_questions = select.open_questions(row)
    if open_questions:
        row |= _collect(frame, open_questions)
    return row["rows"], select.settle(row)


def hold(frame: Frame, columns: Sequence[str]) -> pl.DataFrame:
    """The frame as its rows can be asked for twice: a query may give them in another order each time."""
    import polars as pl

    return frame if isinstance(frame, pl.DataFrame) else _run(frame.select(columns))


def locate(stage: Stage, frame: Frame, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """The positions of the first rows that break each of the rules."""
    found = {str(number): polars_rules.positions(stage, rule, limit) for number, rule in enumerate(rules)}
    row = _collect(frame, found)
    return [list(row[number]) for number in found]


def fetch(frame: Frame, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some columns in some rows."""
    import polars as pl

    picked = _run(frame.lazy().select(pl.col(list(columns)).gather(list(positions)))).to_dict(as_series=False)
    values = {name: clean(cells) for name, cells in picked.items()}
    return [{name: cells[row] for name, cells in values.items()} for row in range(len(positions))]


def divide(stage: Stage, frame: Frame, rules: Sequence[Rule], label: str) -> tuple[Frame, Frame]:
    """The rows that keep every rule, and the others with their reasons; lazy frames stay lazy."""
    import polars as pl

    if not rules:
        return frame, frame.head(0).with_columns(pl.lit(None, dtype=pl.List(pl.String)).alias(label))
    bad = [polars_rules.bad(stage, rule).fill_null(False) for rule in rules]
    given = [pl.when(mask).then(pl.lit(rule.reason)) for mask, rule in zip(bad, rules, strict=True)]
    reasons = pl.concat_list(given).list.drop_nulls().alias(label)
    # Masks are columns first: a rule like `unique` sees all rows, also where rows are filtered.
    marked = frame.lazy().with_columns(reasons)
    broken = pl.col(label).list.len() > 0
    good, rest = marked.filter(~broken).drop(label), marked.filter(broken)
    if isinstance(frame, pl.LazyFrame):
        return good, rest
    return _run(good, frame), _run(rest, frame)


def size(frame: Frame) -> int:
    """How many rows there are."""
    import polars as pl

    return frame.height if isinstance(frame, pl.DataFrame) else int(_run(frame.select(pl.len())).item())


def pick(frame: Frame, positions: Sequence[int]) -> pl.DataFrame:
    """Some rows, in this order."""
    import polars as pl

    return _run(frame.lazy().select(pl.all().gather(list(positions))))


def distinct(frame: Frame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some columns, each once where there are many of them."""
    import polars as pl

    if isinstance(frame, pl.DataFrame) and frame.height <= FEW_ROWS[NAME]:
        # To ask a query for a few codes costs more than to check a small frame.
        return list(zip(*(frame.get_column(name).to_list() for name in names), strict=True))
    return _run(frame.lazy().select(pl.col(list(names))).unique()).rows()


def _schema(frame: Frame) -> Any:
    import polars as pl

    if isinstance(frame, pl.DataFrame):
        return frame.schema
    with plain_errors():
        return frame.collect_schema()


def _found(frame: Frame, name: str, dtype: Any) -> Found:
    kind = type(dtype).__name__
    if kind == "Object":
        held = find(clean(frame.lazy().collect().get_column(name).to_list()), "Object")
        return Found(Family.OTHER, "Object", held.note or f"Python objects, each {held.family.value}")
    family, shown = FAMILIES_BY_NAME.get(kind, Family.OTHER), str(dtype)
    unit = getattr(dtype, "time_unit", None)
    zoned = getattr(dtype, "time_zone", None) is not None
    note = f"values are {shown}" if family is Family.OTHER else ""
    return Found(family, shown, note, zoned, kind in ("Float16", "Float32"), unit == "ns")


def _collect(frame: Frame, aggregates: dict[str, Any]) -> dict[str, Any]:
    selected = [expression.alias(name) for name, expression in aggregates.items()]
    return _run(frame.lazy().select(selected), frame).row(0, named=True)


def _run(frame: pl.LazyFrame, given: Frame | None = None) -> pl.DataFrame:
    """The rows of a query; where the frame `given` is no query of the caller's, an error is not his."""
    import polars as pl

    with contextlib.nullcontext() if isinstance(given, pl.DataFrame) else plain_errors():
        # The default engine costs 1.5 to 1.9 times the CPU of this one for a select of aggregates.
        return frame.collect(engine="in-memory")


class plain_errors:
    """Turns an error of the caller's own lazy query into one that says so."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: object) -> None:
        import polars.exceptions

        if isinstance(error, (polars.exceptions.PolarsError, OSError)):
            first = str(error).split("\n", 1)[0]
            raise FrameError(f"the lazy frame cannot be collected: {first}", _HINT) from None


_HINT = "run its collect() to see where the query fails; no row was judged"
