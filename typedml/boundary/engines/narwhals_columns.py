"""Columns and values as they are compared: what is missing is null, values are spelled as libraries need."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import narwhals as nw

from typedml.boundary.engines.narwhals_steps import Steps
from typedml.boundary.families import Family
from typedml.boundary.stage import Stage

Literal = Callable[[Any], nw.Expr]
_LARGEST = 2**64 - 1


def present(stage: Stage, name: str, steps: Steps) -> str:
    """The name of a column as rules compare it: NaN is null, decimals are floats, categories are text."""
    column, found = nw.col(name), stage.found[name]
    match found.family:
        case Family.FLOAT:
            # Zero has no sign here, also where rows are put into groups by it.
            zero = nw.when(column == 0).then(nw.lit(0.0)).otherwise(column)
            return steps.of(name, nw.when(~column.is_nan()).then(zero))
        case Family.DECIMAL | Family.NOTHING:
            return steps.of(name, column.cast(nw.Float64))
        case Family.STR if found.dtype != "String":
            return steps.of(name, column.cast(nw.String))
        case _:
            return name


def stored(stage: Stage, name: str, steps: Steps) -> str:
    """The name of a column as its cells are told from each other: two decimals may be one float."""
    return name if stage.found[name].family is Family.DECIMAL else present(stage, name, steps)


def all_present(stage: Stage, names: Iterable[str], steps: Steps) -> nw.Expr:
    """Whether no cell of a row is missing in these columns."""
    cells = [~nw.col(stored(stage, name, steps)).is_null() for name in names]
    return nw.all_horizontal(*cells, ignore_nulls=False)


def among(column: nw.Expr, members: Iterable[Any], literal: Literal) -> nw.Expr:
    """Whether a value that is there is one of the members."""
    listed = list(members)
    if listed and all(isinstance(each, (str, Decimal)) for each in listed):
        return column.is_in(listed)
    if len(listed) > _FEW and all(isinstance(each, (int, float)) for each in listed):
        return column.is_in(listed)
    found = nw.lit(False)
    for member in listed:
        found = found | (column == literal(member))
    return found


# Up to here one comparison after the other is said, as the types of values that are no numbers need it.
_FEW = 16


def literal(value: Any) -> nw.Expr:
    """A value as a column is compared with it."""
    if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) > _LARGEST):
        return nw.lit(float(value))
    return nw.lit(value)


def literal_in_spark(value: Any) -> nw.Expr:
    """The same for Spark, which takes a moment without a zone for one on the clock of this process."""
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        return nw.lit(value.isoformat(" ", "microseconds")).cast(nw.Datetime("us"))
    return literal(value)
