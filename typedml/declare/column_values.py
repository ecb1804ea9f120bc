"""Checks arrays and Series against a meaning, by numpy where it is loaded and without importing it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from typedml.declare.fitting import is_instant, is_nominal
from typedml.declare.plain import top_names
from typedml.declare.values import (
    Failure,
    first_failure,
    missing_value,
    not_whole,
    outside,
    tolerates_missing,
)

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning

# What numpy's one-letter kinds of dtype hold: b bool, i u f numbers, O objects, the rest is named.
_NAMES = {"U": "text", "S": "bytes", "T": "text", "M": "datetimes", "m": "durations", "c": "complex numbers"}


def is_column(x: object) -> bool:
    """True for a numpy array, a pandas or polars Series, and what turns into an array: a tensor."""
    if ("numpy", "ndarray") in top_names(type(x)):
        return True
    return hasattr(x, "__array__") and hasattr(x, "shape") and x.shape != () and "numpy" in sys.modules


class _Present(NamedTuple):
    """The values that are not missing, where each of them stands, and where the missing ones do."""

    values: Any
    places: Any
    gaps: Any


def column_failure(x: Any, meaning: Meaning, nullable: bool) -> Failure | None:
    """The first value that fails, with its position and how many do."""
    present = _present(x)
    if len(present.gaps) and not tolerates_missing(meaning, nullable):
        return missing_value(None)._replace(place=f"position {present.gaps[0]}", failing=len(present.gaps))
    kind = present.values.dtype.kind
    if kind in "iuf" and not is_nominal(meaning.kind):
        return _numbers_failure(present, meaning)
    if kind == "O":
        return _objects_failure(present, meaning, nullable)
    return _kind_failure(kind, meaning)


def _present(x: Any) -> _Present:
    numpy = sys.modules["numpy"]
    names = top_names(type(x))
    if ("pandas", "Series") in names or ("pandas", "Index") in names:
        missing = numpy.asarray(x.isna())
        values = numpy.asarray(x[~missing] if missing.any() else x)
    elif ("polars", "Series") in names:
        missing = (
            (x.is_null() | x.is_nan()).fill_null(True).to_numpy()
            if x.dtype.is_float()
            else x.is_null().to_numpy()
        )
        values = x.filter(~missing).to_numpy() if missing.any() else x.to_numpy()
    else:
        flat = numpy.asarray(x).ravel()
        missing = flat != flat
        values = flat[~missing] if missing.any() else flat
    return _Present(values, numpy.flatnonzero(~missing), numpy.flatnonzero(missing))


def _numbers_failure(present: _Present, meaning: Meaning) -> Failure | None:
    numpy, values, allowed = sys.modules["numpy"], present.values, meaning.range
    if not allowed.is_unbounded:
        above = values > allowed.low if allowed.low_open else values >= allowed.low
        below = values < allowed.high if allowed.high_open else values <= allowed.high
        failure = _first(present, ~(above & below))
        if failure is not None:
            return outside(failure.value, meaning)._replace(place=failure.place, failing=failure.failing)
    if meaning.integral and values.dtype.kind == "f":
        failure = _first(present, ~(numpy.isfinite(values) & (values == numpy.floor(values))))
        if failure is not None:
            return not_whole(failure.value, meaning)._replace(place=failure.place, failing=failure.failing)
    return None


def _first(present: _Present, fails: Any) -> Failure | None:
    where = sys.modules["numpy"].flatnonzero(fails)
    if not len(where):
        return None
    value = present.values[where[0]].item()
    return Failure(value, "", "", f"position {present.places[where[0]]}", len(where))


def _objects_failure(present: _Present, meaning: Meaning, nullable: bool) -> Failure | None:
    for place, value in zip(present.places, present.values, strict=True):
        failure = first_failure(value, meaning, nullable)
        if failure is not None:
            return failure._replace(place=f"position {place}")
    return None


def _kind_failure(kind: str, meaning: Meaning) -> Failure | None:
    if is_nominal(meaning.kind):
        return None
    if kind == "M" and is_instant(meaning.kind) and meaning.kind is not None and meaning.kind.unit is None:
        return None
    if kind == "m" and meaning.kind is not None and meaning.kind.is_named("Duration"):
        return None
    if kind == "b" and meaning.kind is not None and meaning.kind.is_named("Binary"):
        return None
    name = "truth values" if kind == "b" else _NAMES.get(kind, f"values of kind {kind!r}")
    return Failure(_Words(f"an array of {name}"), f'cannot be "{meaning}"', "Give an array of numbers.")


class _Words(str):
    """What is shown in the place of a value."""

    __slots__ = ()
    __repr__ = str.__str__
