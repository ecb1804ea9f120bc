"""Comparisons of Arrow text within rules across columns: asked of Arrow, without texts of Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from typedml.boundary.engines.array_statistics import Masked
from typedml.boundary.engines.arrays import Cells, TextCells
from typedml.declare.expression import Column, Constant, Expression, Operation

_COMPARISONS = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal", "==": "equal"}


def answer(node: Operation, columns: Mapping[str, Cells]) -> Masked | None:
    """Whether the condition holds in each row; None where it is no comparison of Arrow text alone."""
    sides = [_side(each, columns) for each in node.operands]
    if not isinstance(sides[0], TextCells) and not isinstance(sides[-1], TextCells):
        return None
    match node.name, sides:
        case "is_null", [TextCells() as cells]:
            return Masked(_numpy(cells.values.is_null()), False)
        case "is_in", [TextCells() as cells, tuple() as members]:
            return _is_in(cells, members)
        case name, [TextCells() | str() as left, TextCells() | str() as right] if name in _COMPARISONS:
            return _compared(_COMPARISONS[name], left, right)
        case _:
            return None


def _side(node: Expression, columns: Mapping[str, Cells]) -> Any:
    match node:
        case Column():
            return columns[str(node)]
        case Constant(value=str() as text):
            return text if _is_storable(text) else None
        case Constant():
            return node.value
        case _:
            return None


def _is_storable(text: str) -> bool:
    """Whether Arrow can hold a text, and any cell equal it: half a surrogate pair has no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_in(cells: TextCells, members: tuple[Any, ...]) -> Masked:
    import pyarrow

    known = [each for each in members if isinstance(each, str) and _is_storable(each)]
    texts = pyarrow.array(known, cells.values.type)
    missing = _numpy(cells.values.is_null()) if cells.nulls else False
    return Masked(_numpy(cells.compute.is_in(cells.values, texts)), missing)


def _compared(name: str, left: TextCells | str, right: TextCells | str) -> Masked:
    import pyarrow
    import pyarrow.compute as compute

    large = pyarrow.large_string()
    values = [side.values if isinstance(side, TextCells) else pyarrow.scalar(side) for side in (left, right)]
    if values[0].type != values[1].type:
        values = [each.cast(large) for each in values]
    judged = getattr(compute, name)(*values)
    missing = _numpy(judged.is_null()) if judged.null_count else False
    return Masked(_numpy(judged.fill_null(False)), missing)


def _numpy(truth: Any) -> Any:
    return np.asarray(truth.to_numpy() if hasattr(truth, "chunks") else truth.to_numpy(zero_copy_only=False))
