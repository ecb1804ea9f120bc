"""Columns that add to one: the members of a simplex."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from typedml.laws.case import Column, Values
from typedml.laws.inputs import Input

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning

PARTS = 256


def is_simplex(source: Input) -> bool:
    """True where the values of an input are shares of one whole."""
    return is_share(source.meaning)


def is_share(meaning: Meaning | None) -> bool:
    """True where values are shares of one whole."""
    return (
        meaning is not None
        and meaning.kind is not None
        and meaning.kind.is_named("Simplex")
        and not meaning.cut
    )


def normalised(columns: Sequence[Column]) -> list[Column]:
    """The columns with simplexes made to add to one: an array along itself, columns of a frame across."""
    members = [column for column in columns if is_simplex(column.input) and column.input.kept is None]
    changed: dict[Input, Column] = {}
    for column in members:
        if column.input.several or (column.input.tabular and column.input.field is None):
            changed[column.input] = column.replaced(_shares(column.values[None, :])[0])
    across = [column for column in members if column.input not in changed]
    if len(across) > 1 and len({len(column.values) for column in across}) == 1:
        shares = _shares(np.stack([column.values for column in across], axis=1))
        changed |= {column.input: column.replaced(shares[:, place]) for place, column in enumerate(across)}
    return [changed.get(column.input, column) for column in columns]


def _shares(values: Values) -> Values:
    """Rows of non-negative numbers as shares on the grid of 1/256 that add to exactly one."""
    parts = np.floor(values / values.sum(axis=1, keepdims=True) * PARTS)
    parts[:, 0] += PARTS - parts.sum(axis=1)
    return np.asarray(parts / PARTS)
