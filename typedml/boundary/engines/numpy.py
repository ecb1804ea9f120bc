"""numpy arrays with named fields: structured, record and masked arrays, read where they lie."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from typedml.boundary.engines import array_across
from typedml.boundary.engines.arrays import Cells, NumberCells
from typedml.boundary.engines.lists import ListCells, clean, find
from typedml.boundary.families import Family, Found
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey

NAME = "numpy"
Structured = npt.NDArray[np.void]
_FAMILIES = {
    "b": Family.BOOL,
    "i": Family.INT,
    "u": Family.INT,
    "f": Family.FLOAT,
    "M": Family.DATETIME,
    "m": Family.TIMEDELTA,
    "U": Family.STR,
}
# Units whose moments 64 bits of nanoseconds do not hold.
_TOO_FINE = ("ps", "fs", "as")


def takes(frame: object) -> bool:
    """Whether the object is an array with named fields.

    Raises: FrameError if it is an array without names, or one whose rows are not in a single line.
    """
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(frame, numpy.ndarray):
        return False
    if frame.dtype.names is None:
        hint = 'pd.DataFrame(array, columns=["x", "y"]), or np.rec.fromarrays([x, y], names="x,y")'
        raise FrameError("an array without named fields has no columns", hint)
    if frame.ndim != 1:
        raise FrameError(f"a structured array of {frame.ndim} dimensions has no rows", "array.ravel() has")
    return True


def survey(plan: Plan, frame: Structured) -> Survey:
    """What the array's fields are found to be."""
    names = frame.dtype.names or ()
    found = {column.column: _found(frame, column.column) for column in plan.columns if column.column in names}
    return Survey(names, found)


def lists(stage: Stage, frame: Structured, names: Sequence[str]) -> dict[str, list[Any]] | None:
    """The fields as lists of Python values, or None where that would lose something."""
    if any(stage.found[name].family in (Family.DATETIME, Family.TIMEDELTA) for name in names):
        return None
    return {name: values(frame, name) for name in names}


def values(frame: Structured, name: str) -> list[Any]:
    """One field as a list of Python values, None where one is missing."""
    # A masked array turns to None what it masks.
    return clean(_readable(frame[name]).tolist())


def count(stage: Stage, frame: Structured) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage."""
    fields = _Fields(stage, frame)
    return len(frame), [fields.count(rule) for rule in stage.rules]


def hold(frame: Structured, columns: Sequence[str]) -> Structured:
    """The array as its rows can be asked for twice: itself."""
    return frame


def locate(stage: Stage, frame: Structured, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """The positions of the first rows that break each of the rules."""
    fields = _Fields(stage, frame)
    return [[int(row) for row in np.flatnonzero(fields.bad(rule))[:limit]] for rule in rules]


def fetch(frame: Structured, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some fields in some rows."""
    picked = {name: values(frame[list(positions)], name) for name in columns}
    return [{name: cells[row] for name, cells in picked.items()} for row in range(len(positions))]


def divide(
    stage: Stage, frame: Structured, rules: Sequence[Rule], label: str
) -> tuple[Structured, Structured]:
    """The rows that keep every rule, and the others with one more field for their reasons."""
    fields = _Fields(stage, frame)
    masks = [np.asarray(fields.bad(rule), np.bool_) for rule in rules]
    broken = np.logical_or.reduce(masks) if masks else np.zeros(len(frame), np.bool_)
    bad, names = frame[broken], frame.dtype.names or ()
    told: Any = np.empty(len(bad), [*((name, frame.dtype[name]) for name in names), (label, object)])
    for name in names:
        told[name] = bad[name]
    for row, at in enumerate(np.flatnonzero(broken)):
        told[label][row] = [rule.reason for rule, mask in zip(rules, masks, strict=True) if mask[at]]
    return frame[~broken], _like(frame, bad, told)


def size(frame: Structured) -> int:
    """How many rows there are."""
    return len(frame)


def pick(frame: Structured, positions: Sequence[int]) -> Structured:
    """Some rows, in this order."""
    return frame[list(positions)]


def distinct(frame: Structured, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some fields, each once."""
    return list(dict.fromkeys(zip(*(values(frame, name) for name in names), strict=True)))


def _like(frame: Any, bad: Any, told: Any) -> Any:
    """The rows with their reasons as an array of the kind that was handed in."""
    if not isinstance(frame, np.ma.MaskedArray):
        return told.view(type(frame))
    mask = np.zeros(len(told), [(name, np.bool_) for name in told.dtype.names])
    for name in frame.dtype.names or ():
        mask[name] = np.ma.getmaskarray(bad[name])
    return np.ma.MaskedArray(told, mask)


class _Fields(Mapping[str, Cells]):
    """The cells of an array's fields, each made when it is first asked for."""

    def __init__(self, stage: Stage, frame: Structured) -> None:
        self.stage, self.frame = stage, frame
        self.made: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self.made:
            self.made[name] = _cells(self.frame[name], self.stage.found[name])
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.stage.found)

    def __len__(self) -> int:
        return len(self.stage.found)

    def count(self, rule: Rule) -> int:
        if rule.is_across or rule.column is None:
            return array_across.count(self.stage, rule, self, len(self.frame))
        return self[rule.column].count(rule)

    def bad(self, rule: Rule) -> Any:
        if rule.is_across or rule.column is None:
            return array_across.broken_rows(self.stage, rule, self, len(self.frame))
        return self[rule.column].bad(rule)


def _found(frame: Structured, name: str) -> Found:
    field: Any = frame.dtype[name]
    if field.kind == "O":
        return find(clean(frame[name].tolist()), "object")
    family = _FAMILIES.get(field.kind, Family.OTHER)
    unit = np.datetime_data(field)[0] if field.kind in "mM" else ""
    family = Family.OTHER if unit in _TOO_FINE else family
    note = f"values are {field}" if family is Family.OTHER else ""
    fine = unit == "ns"
    return Found(family, str(field), note, single=field.kind == "f" and field.itemsize < 8, fine=fine)


def _readable(values: Any) -> Any:
    """Times in microseconds where that loses nothing, so that they become Python's own."""
    if values.dtype.kind in "mM" and np.datetime_data(values.dtype)[0] != "us":
        return values.astype(f"{values.dtype.kind}8[us]")
    return values


def _cells(values: Any, found: Found) -> Cells:
    masked = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    if values.dtype.kind not in "biufmM":
        return ListCells(clean(values.tolist()), found)
    plain = np.asarray(values)
    if values.dtype.kind in "mM":
        unit = "ns" if found.fine else "us"
        plain = plain.astype(f"{values.dtype.kind}8[{unit}]")
    # Other byte orders are put into this machine's, for times are read as the whole numbers that they are.
    return NumberCells(plain.astype(plain.dtype.newbyteorder("="), copy=False), masked)
