"""Faults put into the engines, one at a time: bugs that an engine might have, and the matrix must notice.

A row is a name, the engine that is asked, and what is patched. A replacement is made of what stood there, so
that a fault changes one thing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
import polars as pl
import pytest

from typedml.boundary import planning, session
from typedml.boundary.batches.order import Order
from typedml.boundary.batches.spilling import Heap
from typedml.boundary.engines import (
    array_rules,
    array_statistics,
    arrays,
    list_across,
    list_rules,
    lists,
    polars_across,
    polars_expressions,
    polars_rules,
)
from typedml.boundary.patterns import compiled


@attrs.frozen
class Fault:
    """A deliberate fault: `table` and `key` say where, `wrong` makes the faulty function of the right one."""

    name: str
    engine: str
    table: Any
    key: str
    wrong: Callable[[Any], Any]

    def plant(self, patch: pytest.MonkeyPatch) -> None:
        """Put the fault in, as long as the patch lasts."""
        if isinstance(self.table, dict):
            patch.setitem(self.table, self.key, self.wrong(self.table[self.key]))
        else:
            patch.setattr(self.table, self.key, self.wrong(getattr(self.table, self.key)))


def _instead(function: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda right: function


def _instead_value(value: float) -> Callable[[Any], Any]:
    return lambda right: value


def _not_among(columns: Any, known: Any) -> list[bool]:
    rows = list(zip(*columns, strict=True))
    return [(row if len(row) > 1 else row[0]) not in known for row in rows]


def _missing_fails(right: Any) -> Any:
    return lambda stage, rule: right(stage, rule).fill_null(True)


def _first_is_no_repetition(column: pl.Expr, _: object) -> pl.Expr:
    return ~column.is_first_distinct() & column.is_not_null()


def _nan_fails(right: Any) -> Any:
    def bad(stage: Any, rule: Any) -> Any:
        judged = right(stage, rule)
        if rule.column is None or rule.name not in ("gt", "ge", "lt", "le", "range"):
            return judged
        return judged | (pl.col(rule.column).cast(pl.Float64, strict=False).is_nan())

    return bad


def _one_row_late(right: Any) -> Any:
    def positions(stage: Any, rule: Any, limit: Any) -> Any:
        return right(stage, rule, limit).list.eval(pl.element() + 1)

    return positions


def _found_anywhere(pattern: str) -> Any:
    search = compiled(pattern).search
    return lambda value: search(value) is None


def _missing_is_a_failure(right: Any) -> Any:
    def broken_rows(expression: Any, columns: Any) -> Any:
        found = right(expression, columns)
        gone = [
            any(columns[name].values[place] is None for name in expression.columns)
            for place in range(len(found))
        ]
        return [one or other for one, other in zip(found, gone, strict=True)]

    return broken_rows


def _unknown_or_true(left: Any, right: Any) -> Any:
    def compute(row: Any) -> Any:
        sides = (left(row), right(row))
        return None if None in sides else True in sides

    return compute


FAULTS = [
    Fault("a bound is let through", "polars_lazy", polars_rules._BAD, "gt", _instead(operator.lt)),
    Fault("a bound is kept out", "polars_eager", polars_rules._BAD, "le", _instead(operator.ge)),
    Fault("a missing value breaks rules", "polars_lazy", polars_rules, "bad", _missing_fails),
    Fault("NaN breaks rules", "polars_lazy", polars_rules, "bad", _nan_fails),
    Fault(
        "repeated values count but for the first",
        "polars_lazy",
        polars_rules._BAD,
        "unique",
        _instead(_first_is_no_repetition),
    ),
    Fault("failing rows are named one too late", "polars_eager", polars_rules, "positions", _one_row_late),
    Fault(
        "ties are falls",
        "polars_lazy",
        polars_rules._BAD,
        "increasing",
        _instead(lambda column, _: column <= column.forward_fill().shift(1)),
    ),
    Fault(
        "a null between hides a fall",
        "polars_lazy",
        polars_rules._BAD,
        "increasing",
        _instead(lambda column, _: column < column.shift(1)),
    ),
    Fault(
        "a product wraps in its narrow type",
        "polars_lazy",
        polars_expressions._FUNCTIONS,
        "*",
        _instead(lambda left, right: left.cast(pl.Int16) * right.cast(pl.Int16)),
    ),
    Fault(
        "a list of values is read in another case",
        "polars_lazy",
        polars_rules._BAD,
        "isin",
        lambda right: (
            lambda column, members: right(
                column, tuple(each.lower() if isinstance(each, str) else each for each in members)
            )
        ),
    ),
    Fault(
        "small frames let a bound through",
        "pandas_arrow",
        lists._QUICK,
        "lt",
        _instead(lambda values, bound: max(values) <= bound),
    ),
    Fault("a pattern matches anywhere", "polars_eager", lists._TESTS, "pattern", _instead(_found_anywhere)),
    Fault(
        "missing values break rules across columns",
        "list_of_dicts",
        list_rules,
        "broken_rows",
        _missing_is_a_failure,
    ),
    Fault(
        "true or missing is missing", "pandas_objects", list_rules._WHOLE, "or", _instead(_unknown_or_true)
    ),
    Fault(
        "summer time ends in one hour",
        "polars_eager",
        lists,
        "comparable",
        _instead(lambda argument: argument),
    ),
    Fault(
        "arrays let a bound through",
        "pandas_numpy",
        arrays._BAD,
        "ge",
        _instead(lambda values, bound: values < bound - 1),
    ),
    Fault(
        "infinity is whole",
        "numpy_structured",
        arrays._BAD,
        "integral",
        _instead(lambda values, _: values != np.floor(values)),
    ),
    Fault(
        "the ends of a range are out of it",
        "pandas_nullable",
        arrays._BAD,
        "range",
        _instead(lambda values, allowed: ~((values > allowed.low) & (values < allowed.high))),
    ),
    Fault(
        "a repeated value counts once",
        "pandas_numpy",
        arrays,
        "_count_repeated",
        _instead(lambda values: len(values) - len(np.unique(values))),
    ),
    Fault("a remainder has the wrong sign", "pandas_arrow", array_rules._FUNCTIONS, "%", _instead(np.fmod)),
    Fault(
        "nulls at their limit are too many",
        "polars_lazy",
        session,
        "_few",
        _instead(lambda nulls, rows, rule: rows == 0 or nulls / rows < rule.argument),
    ),
    Fault(
        "a share of nulls is never too great",
        "pandas_text",
        session,
        "_few",
        _instead(lambda nulls, rows, rule: True),
    ),
    Fault(
        "a key may have missing parts",
        "polars_lazy",
        polars_across,
        "_whole",
        _instead(lambda stage, names: pl.lit(True)),
    ),
    Fault(
        "an order by a key is that of the rows",
        "polars_lazy",
        polars_across,
        "_sorted",
        _instead(lambda stage, rule: pl.int_range(pl.len())),
    ),
    Fault(
        "a missing value refers to nothing", "list_of_dicts", list_across, "_strangers", _instead(_not_among)
    ),
    Fault(
        "values of a group are counted for distinct ones",
        "pandas_numpy",
        array_statistics._STATISTICS,
        "n_unique",
        lambda right: array_statistics._STATISTICS["count"],
    ),
    Fault(
        "the least of a group is taken for the greatest",
        "numpy_structured",
        array_statistics._STATISTICS,
        "max",
        lambda right: array_statistics._STATISTICS["min"],
    ),
    Fault(
        "a fall between two files goes unseen",
        "parquet_folder",
        Order,
        "fall",
        _instead(lambda order, frame: None),
    ),
    Fault(
        "values are repeated in one file alone",
        "parquet_folder",
        Heap,
        "add",
        lambda right: lambda heap, frame: right(heap, frame.clear()),
    ),
    Fault("a sum is of a whole by a thousandth", "arrow_table", planning, "TOLERANCE", _instead_value(1e-2)),
]
