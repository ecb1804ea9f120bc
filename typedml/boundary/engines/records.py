"""Frames of few rows, as lists of Python values: building a query would cost more than answering it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typedml.boundary.engines import list_across
from typedml.boundary.engines.lists import ListCells
from typedml.boundary.stage import Stage

# Up to here plain Python is faster than numpy calls and polars queries, in rows of eight columns; measured.
FEW_ROWS = {"polars": 400, "pandas": 80, "pyarrow": 400, "numpy": 80}


def count(stage: Stage, columns: Mapping[str, list[Any]]) -> list[int]:
    """How many rows break each rule of the stage."""
    cells = {name: ListCells(values, stage.found[name]) for name, values in columns.items()}
    counts = []
    for rule in stage.rules:
        if rule.is_across or rule.column is None:
            counts.append(sum(list_across.broken_rows(stage, rule, cells)))
        else:
            counts.append(cells[rule.column].count(rule))
    return counts
