"""Rules across columns: evaluated on a generated table, and met by bounded repair.

A row that breaks a rule is mended by exchanging the two columns that a comparison names, which keeps both on
their grids; the generator draws more rows for those that still break one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from typedml.declare.declared import DeclaredRule
from typedml.declare.expression import Aggregate, Constant, Expression, Operation
from typedml.declare.expression import Column as Name
from typedml.laws.case import Case, Column, Mask, Values
from typedml.laws.grid import within
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable

OPERATORS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "negative": operator.neg,
    "abs": np.abs,
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.invert,
}
COMPARISONS = frozenset({"<", "<=", ">", ">=", "=="})


def mended(case: Case) -> Case:
    """The case with broken comparisons of two columns mended; other broken rows stay as they are."""
    for rule, parameter in _checks(case):
        case = _mended(case, parameter, rule.expression)
    for column in case.columns:
        early = _known_early(case, column)
        time = case.column(column.input.after or "")
        if time is not None and early.any():
            case = _exchanged(case, time, column, early, equal=False)
    return case


def holds(case: Case, table: str = BASE) -> Mask:
    """Which rows of a table keep every cross-column rule; a comparison with a null is kept."""
    good = np.ones(case.rows_of(table), dtype=np.bool_)
    for rule, parameter in _checks(case):
        columns = _columns(case, parameter)
        if any(column.input.table == table for column in columns.values()):
            good &= _truth(rule.expression, columns, len(good))
    for column in case.columns_of(table):
        good &= ~_known_early(case, column)
    return good


def _known_early(case: Case, column: Column) -> Mask:
    """Where an outcome is said to be known before its row's own event, which no table can hold."""
    time = case.column(column.input.after or "")
    if time is None or time.values.dtype != column.values.dtype:
        return np.zeros(len(column.values), dtype=np.bool_)
    return np.asarray((column.values < time.values) & ~time.null & ~column.null)


def broken_rules(case: Case, table: str = BASE) -> Iterator[tuple[str, Mask]]:
    """Each cross-column rule of a table by its name, with the rows that break it."""
    for rule, parameter in _checks(case):
        columns = _columns(case, parameter)
        if any(column.input.table == table for column in columns.values()):
            yield f"`{rule.name}` broken", ~_truth(rule.expression, columns, case.rows_of(table))


def _checks(case: Case) -> list[tuple[DeclaredRule, str]]:
    found: dict[str, tuple[DeclaredRule, ...]] = {}
    for column in case.columns:
        schema = column.input.parameter.schema
        if schema is not None:
            found[column.input.parameter.name] = schema.checks
    return [(rule, parameter) for parameter, rules in found.items() for rule in rules]


def _columns(case: Case, parameter: str) -> dict[str, Column]:
    mine = (column for column in case.columns if column.input.parameter.name == parameter)
    return {column.input.name: column for column in mine}


def _truth(expression: Expression, columns: Mapping[str, Column], rows: int) -> Mask:
    """The truth of a condition in each row; true where a null leaves it open."""
    unknown = np.zeros(rows, dtype=np.bool_)
    for name in expression.columns:
        unknown |= columns[name].null
    if any(isinstance(node, Operation) and node.name == "is_null" for node in expression.nodes()):
        unknown[:] = False
    with np.errstate(all="ignore"):
        value = np.asarray(_value(expression, columns), dtype=np.bool_)
    return np.asarray(np.broadcast_to(value, (rows,)) | unknown)


def _value(expression: Expression, columns: Mapping[str, Column]) -> Any:
    if isinstance(expression, Name):
        column = columns[str.__str__(expression)]
        return column.numbers if column.input.is_number else column.values
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Aggregate):
        raise Unfillable(f"a rule without `.{expression.name}()`, which the generator cannot evaluate")
    assert isinstance(expression, Operation)
    if expression.name == "is_null":
        return _missing(expression.operands[0], columns)
    left, *rest = (_value(operand, columns) for operand in expression.operands)
    if expression.name == "is_in":
        return np.isin(left, np.asarray(list(rest[0])))
    if expression.name not in OPERATORS:
        raise Unfillable(f"a rule without `{expression.name}`, which the generator cannot evaluate")
    return OPERATORS[expression.name](left, *rest)


def _missing(expression: Expression, columns: Mapping[str, Column]) -> Mask:
    nulls = [columns[name].null for name in sorted(expression.columns)]
    return np.asarray(np.logical_or.reduce(nulls))


def _mended(case: Case, parameter: str, expression: Expression) -> Case:
    """Exchange, or make equal, the two columns of a broken comparison."""
    columns = _columns(case, parameter)
    for node in expression.nodes():
        if not (isinstance(node, Operation) and node.name in COMPARISONS):
            continue
        names = [str.__str__(side) for side in node.operands if isinstance(side, Name)]
        if len(names) == 2 and columns[names[0]].values.dtype == columns[names[1]].values.dtype:
            bad = ~_truth(expression, columns, len(columns[names[0]].values))
            case = _exchanged(case, columns[names[0]], columns[names[1]], bad, equal=node.name == "==")
            columns = _columns(case, parameter)
    return case


def _exchanged(case: Case, left: Column, right: Column, bad: Mask, *, equal: bool) -> Case:
    bad = bad & _admits(left, right.values) & (equal | _admits(right, left.values))
    left_values = np.where(bad, right.values, left.values)
    right_values = right.values if equal else np.where(bad, left.values, right.values)
    return case.with_column(left.replaced(left_values)).with_column(right.replaced(right_values))


def _admits(column: Column, values: Values) -> Mask:
    return within(column.input, values) if column.input.is_number else np.ones(len(values), dtype=np.bool_)
