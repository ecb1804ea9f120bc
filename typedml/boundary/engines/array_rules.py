"""Cross-column rules over numpy arrays, each beside a mask of what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from typedml.boundary.engines import array_texts
from typedml.boundary.engines.array_groups import coded, groups_of
from typedml.boundary.engines.array_statistics import Masked, statistic
from typedml.boundary.engines.arrays import Array, Cells, Mask, NumberCells, TextCells
from typedml.boundary.engines.lists import ListCells
from typedml.boundary.engines.widths import SIXTY_FOUR, bits, bits_between, bits_of
from typedml.boundary.times import in_utc
from typedml.declare.expression import Aggregate, Column, Constant, Expression, Operation


def broken_rows(expression: Expression, columns: Mapping[str, Cells], rows: int) -> Mask:
    """Whether each row makes the condition false."""
    whole = np.int64 if _fits(expression, columns) else object
    read = _Read(columns, whole)
    with np.errstate(all="ignore"):
        for node in expression.nodes():
            if isinstance(node, Aggregate):
                keys = [coded(columns[str(name)]) for name in node.by]
                read[node] = statistic(node.name, _lower(node.value, read), groups_of(keys, rows))
        judged = _lower(expression, read)
    return np.broadcast_to(~np.asarray(judged.values, np.bool_) & ~np.asarray(judged.missing), (rows,))


class _Read(dict[object, Masked]):
    """The columns and statistics of an expression; a column is read when its values are asked for."""

    def __init__(self, columns: Mapping[str, Cells], whole: Any) -> None:
        super().__init__()
        self.columns, self.whole = columns, whole

    def __missing__(self, name: object) -> Masked:
        self[name] = read = _read(self.columns[str(name)], self.whole)
        return read


def _fits(expression: Expression, columns: Mapping[str, Cells]) -> bool:
    """Whether 64 bits hold every step: told by the types of the columns, or else by what is in them."""

    def bits_at_most(name: str) -> int:
        cells = columns[name]
        if isinstance(cells, NumberCells):
            return bits_of(cells.values.dtype.name)
        return 2 * SIXTY_FOUR if isinstance(cells, ListCells) and cells.numeric else 0

    if bits(expression, bits_at_most) <= SIXTY_FOUR:
        return True
    return bits(expression, _bits_of(columns)) <= SIXTY_FOUR


def _bits_of(columns: Mapping[str, Cells]) -> Callable[[str], int]:
    """The bits of the whole numbers that are in a column, not of all that its type could hold."""

    def bits_in(name: str) -> int:
        cells = columns[name]
        if isinstance(cells, NumberCells):
            return bits_between(*cells.extremes) if cells.kind in "iu" and cells.extremes else 0
        if isinstance(cells, ListCells) and cells.numeric and not cells.decimal:
            whole = [value for value in cells.present if isinstance(value, int)]
            return bits_between(min(whole), max(whole)) if whole else 0
        return 0

    return bits_in


def _lower(node: Expression, columns: _Read) -> Masked:
    match node:
        case Column():
            return columns[str(node)]
        case Aggregate():
            return columns[node]
        case Constant():
            return Masked(_constant(node.value), False)
        case Operation():
            told = array_texts.answer(node, columns.columns)
            if told is not None:
                return told
            return _operate(node.name, [_lower(operand, columns) for operand in node.operands])
        case _:
            raise AssertionError(node)


def _read(cells: Any, whole: Any) -> Masked:
    if isinstance(cells, NumberCells):
        return Masked(_widened(cells.values, whole), False if cells.missing is None else cells.missing)
    if isinstance(cells, TextCells):
        values = cells.as_objects()
    else:
        values = np.empty(len(cells.values), dtype=object)
        values[:] = cells.values
    missing: Mask = np.array([value is None for value in values], np.bool_)
    if missing.any():
        present = values[~missing]
        values[missing] = present[0] if len(present) else 0
    floats = not isinstance(cells, TextCells) and cells.numeric and not all(type(v) is int for v in values)
    return Masked(values.astype(np.float64) if floats else values, missing)


def _widened(values: Array, whole: Any) -> Array:
    """Numbers as 64 bits, whole ones as Python's where 64 are too few, so that arithmetic never wraps."""
    if values.dtype.kind in "iu":
        return values.astype(whole, copy=False)
    return values.astype(np.float64, copy=False) if values.dtype.kind == "f" else values


def _constant(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_constant(each) for each in value)
    if isinstance(value, datetime.datetime):
        return np.datetime64(in_utc(value), "us")
    if isinstance(value, datetime.timedelta):
        return np.timedelta64(value, "us")
    # numpy takes the member of an enumeration by its name.
    return str.__str__(value) if isinstance(value, str) and type(value) is not str else value


def _operate(name: str, operands: list[Masked]) -> Masked:
    if name in _LOGIC:
        return _LOGIC[name](*operands)
    values = _alike(name, [operand.values for operand in operands])
    missing: Any = False
    for operand in operands:
        missing = missing | operand.missing
    if any(np.all(operand.missing) for operand in operands):
        # What is missing in every row has no type to compute with.
        return Masked(np.zeros(np.shape(missing)), np.ones(np.shape(missing), np.bool_))
    if name in ("//", "%"):
        nothing = np.asarray(values[1]) == 0
        missing = missing | nothing
        values[1] = np.where(nothing, 1, values[1])
    result = np.asarray(_FUNCTIONS[name](*values))
    if result.dtype.kind == "f":
        missing = missing | np.isnan(result)
    elif result.dtype.kind in "mM":
        missing = missing | np.isnat(result)
    return Masked(result, missing)


def _alike(name: str, values: list[Any]) -> list[Any]:
    """Operands of one type: whole numbers of Python become floats where floats are beside or come out."""
    whole = [_is_whole(each) for each in values]
    if not any(whole) or not (name in ("/", "**") or any(_is_float(each) for each in values)):
        return values
    return [
        np.asarray(each, np.float64) if is_whole else each
        for each, is_whole in zip(values, whole, strict=True)
    ]


def _is_whole(values: Any) -> bool:
    array = np.asarray(values)
    return array.dtype.kind == "O" and array.size > 0 and isinstance(array.flat[0], int)


def _is_float(values: Any) -> bool:
    return bool(np.asarray(values).dtype.kind == "f")


def _true(side: Masked) -> Any:
    return np.asarray(side.values, np.bool_) & ~np.asarray(side.missing)


def _false(side: Masked) -> Any:
    return ~np.asarray(side.values, np.bool_) & ~np.asarray(side.missing)


def _and(left: Masked, right: Masked) -> Masked:
    true, false = _true(left) & _true(right), _false(left) | _false(right)
    return Masked(true, ~(true | false))


def _or(left: Masked, right: Masked) -> Masked:
    true, false = _true(left) | _true(right), _false(left) & _false(right)
    return Masked(true, ~(true | false))


_LOGIC: dict[str, Callable[..., Masked]] = {
    "and": _and,
    "or": _or,
    "is_null": lambda operand: Masked(
        np.broadcast_to(np.asarray(operand.missing, np.bool_), np.shape(operand.values)), False
    ),
    "not": lambda operand: Masked(~np.asarray(operand.values, np.bool_), operand.missing),
}


def _is_in(values: Array, members: tuple[Any, ...]) -> Mask:
    found = np.zeros(np.shape(values), np.bool_)
    for member in members:
        found |= np.asarray(values == member, np.bool_)
    return found


def _floor(left: Any, right: Any) -> Any:
    if _are_whole(left, right):
        return np.floor_divide(left, right)
    return np.floor(np.true_divide(left, right))


def _rest(left: Any, right: Any) -> Any:
    """What is left of a division; of floats by their rounded quotient, as every engine can compute it."""
    if _are_whole(left, right):
        return np.mod(left, right)
    return left - _floor(left, right) * right


def _are_whole(left: Any, right: Any) -> bool:
    return all(np.asarray(side).dtype.kind in "iu" or _is_whole(side) for side in (left, right))


def _power(left: Any, right: Any) -> Any:
    """A power: no root of a negative number, and zero has no sign."""
    root_of_negative = np.less(left, 0) & (np.mod(right, 1) != 0)
    return np.where(root_of_negative, np.nan, np.float_power(np.add(left, 0.0), right))


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
    "//": _floor,
    "%": _rest,
    "**": _power,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "negative": np.negative,
    "abs": np.abs,
    "is_in": _is_in,
}
