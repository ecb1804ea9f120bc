"""The same values in other dtypes: what a smaller file, a newer pandas or a column of whole numbers gives.

A column that declares its dtype (`width`) stays as it is, and so does an array whose annotation names one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, final

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.admission import admits
from typedml.laws.build import arguments, library
from typedml.laws.case import Case, Column
from typedml.laws.cross_rules import holds
from typedml.laws.inputs import Input

LARGEST = {"int16": 2.0**15 - 1, "int32": 2.0**31 - 1}
_BITS = re.compile(r"(float|int)\d+")


@final
@attrs.frozen
class Storage:
    """A way to store numbers: the dtypes of whole numbers and of others, by library; "" where they stay.

    `whole` stores what is declared a float as whole numbers, as a file does in which all happen to be. A
    `partial` one lacks operations that the library has for others; `needs` is a library that it stands on.
    """

    name: str
    of_whole: str
    of_float: str
    libraries: frozenset[str]
    whole: bool = False
    nulls: bool = False
    single: bool = False
    partial: bool = False
    needs: str = ""


EVERY = frozenset({"pandas", "polars", "numpy", "scalar"})
PANDAS = frozenset({"pandas"})
STORAGES: tuple[Storage, ...] = (
    Storage("16 bits", "int16", "", EVERY - {"scalar"}),
    Storage("single precision", "", "float32", EVERY - {"scalar"}, nulls=True, single=True),
    Storage("whole numbers", "int32", "int64", EVERY, whole=True),
    Storage("the nullable dtypes of pandas", "Int64", "Float64", PANDAS, partial=True),
    Storage(
        "the dtypes of Arrow", "int64[pyarrow]", "double[pyarrow]", PANDAS, partial=True, needs="pyarrow"
    ),
    # Of the scalars of numpy only a float64 is a float of Python as well.
    Storage("numpy scalars", "", "float64", frozenset({"scalar"})),
)


def whole(case: Case) -> Case:
    """The case with every float rounded to a whole number, where the rules admit that."""

    def rounded(column: Column) -> Column:
        if column.values.dtype.kind != "f" or column.input.several:
            return column
        values = np.round(column.values)
        good = admits(column.input, np.where(column.null, column.values, values)) | column.null
        return column.replaced(values) if good.all() else column

    found = case.mapped(rounded)
    return found if all(holds(found, table).all() for table in found.tables) else case


def stored(declared: DeclaredFunction, case: Case, storage: Storage) -> dict[str, Any] | None:
    """The arguments of a call with their numbers stored so; None where no column may be."""
    if storage.needs and find_spec(storage.needs) is None:
        return None
    chosen: dict[str, dict[str, str]] = {}
    fixed = _fixed(declared)
    for column in case.columns:
        dtype = _dtype(column, storage)
        if dtype and column.input.parameter.name not in fixed:
            chosen.setdefault(column.input.parameter.name, {})[column.input.name] = dtype
    if not chosen:
        return None
    built = arguments(case)
    return {name: _restored(built[name], case, name, chosen.get(name)) for name in built}


def _dtype(column: Column, storage: Storage) -> str:
    """The dtype of a column, "" where it stays: it must hold every value, and the library know it."""
    source = column.input
    if source.base not in (int, float) or source.rules.width is not None:
        return ""
    if _library(source) not in storage.libraries or (column.null.any() and not storage.nulls):
        return ""
    numbers = column.numbers[~column.null]
    if source.base is int:
        fits = bool((np.abs(numbers) <= LARGEST.get(storage.of_whole, np.inf)).all())
        return storage.of_whole if fits and not column.null.any() else ""
    if storage.whole and not bool((numbers == np.round(numbers)).all()):
        return ""
    exact = not storage.single or bool((numbers == numbers.astype(np.float32)).all())
    return storage.of_float if exact else ""


def _library(source: Input) -> str:
    carrier = source.parameter.carrier
    if carrier in ("frame", "series"):
        return source.parameter.library or "pandas"
    return "numpy" if carrier == "array" else "scalar" if carrier == "scalar" else ""


def _fixed(declared: DeclaredFunction) -> set[str]:
    """The arrays whose annotations name a dtype."""
    try:
        written = inspect.signature(declared.source).parameters
    except (TypeError, ValueError):
        return set()
    arrays = {parameter.name for parameter in declared.parameters if parameter.carrier == "array"}
    named = {name for name, parameter in written.items() if _BITS.search(str(parameter.annotation))}
    return arrays & named


def _restored(value: Any, case: Case, name: str, dtypes: Mapping[str, str] | None) -> Any:
    if not dtypes:
        return value
    source = next(column.input for column in case.columns if column.input.parameter.name == name)
    if source.parameter.carrier in ("frame", "series"):
        return library(source.parameter.library or "pandas").restored(value, dtypes)
    dtype = next(iter(dtypes.values()))
    if source.parameter.carrier == "array":
        return value.astype(dtype)
    return int(value) if dtype in ("int32", "int64") else np.dtype(dtype).type(value)
