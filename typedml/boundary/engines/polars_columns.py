"""Columns of a polars frame as rules compare them: NaN is null, times are whole numbers."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import polars as pl

from typedml.boundary.engines.decimals import DIGITS, as_stored, scale_of
from typedml.boundary.families import Family
from typedml.boundary.stage import Stage
from typedml.boundary.times import ticks

TIMES = (Family.DATETIME, Family.TIMEDELTA)
_BEYOND_INT64 = ("UInt64", "Int128", "UInt128")


def nulls(stage: Stage, name: str) -> pl.Expr:
    """How many cells of a column are missing."""
    column = pl.col(name)
    if stage.found[name].family is not Family.FLOAT:
        return column.null_count()
    return column.null_count() + column.is_nan().sum()


def present(stage: Stage, name: str) -> pl.Expr:
    """A column as its rules compare it: NaN is null, times are whole numbers, categories are text."""
    column, found = pl.col(name), stage.found[name]
    match found.family:
        case Family.FLOAT:
            return column.fill_nan(None)
        case Family.STR if found.dtype != "String":
            return column.cast(pl.String)
        case Family.DATETIME | Family.TIMEDELTA:
            return column.to_physical() * (1000 if "'ms'" in found.dtype else 1)
        case Family.NOTHING:
            return column.cast(pl.Float64)
        case _:
            return column


class Stored(NamedTuple):
    """A column in a type that values of Python are turned into exactly, and what turns them."""

    column: pl.Expr
    dtype: Any
    convert: Any


def stored(stage: Stage, name: str) -> Stored:
    """A column beside which values from another frame can stand."""
    found = stage.found[name]
    column = present(stage, name)
    match found.family:
        case Family.INT if found.dtype in _BEYOND_INT64:
            return Stored(column.cast(pl.String), pl.String, _digits)
        case Family.INT:
            return Stored(column.cast(pl.Int64), pl.Int64, _whole)
        case Family.DECIMAL:
            scale = scale_of(found)
            dtype = pl.Decimal(DIGITS, scale)
            return Stored(column.cast(dtype), dtype, partial(as_stored, scale=scale))
        case Family.FLOAT | Family.NOTHING:
            return Stored(column.cast(pl.Float64), pl.Float64, float)
        case Family.DATETIME | Family.TIMEDELTA:
            unit = "ns" if found.fine else "us"
            return Stored(column, pl.Int64, lambda value: ticks(value, unit))
        case _:
            return Stored(column, _PLAIN.get(found.family, pl.String), _as_it_is)


_PLAIN = {Family.BOOL: pl.Boolean, Family.DATE: pl.Date, Family.TIME: pl.Time}


def _as_it_is(value: Any) -> Any:
    return value


def _whole(value: Any) -> int | None:
    """The number as 64 bits hold it; None for a fraction and for what lies beyond, which no cell equals."""
    return int(value) if value % 1 == 0 and -(2**63) <= value < 2**63 else None


def _digits(value: Any) -> str | None:
    return str(int(value)) if value % 1 == 0 else None
