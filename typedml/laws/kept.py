"""What a returned value is made of, against the plain type that its signature declares."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from typedml.declare.declared import DeclaredParameter
from typedml.declare.fitting import misfit
from typedml.declare.plain import plain_base

if TYPE_CHECKING:
    from typedml.laws.outcome import Output

_OF_DTYPE: dict[str, type] = {
    "b": bool,
    "i": int,
    "u": int,
    "f": float,
    "c": complex,
    "M": dt.datetime,
    "m": dt.timedelta,
    "U": str,
    "S": bytes,
}
# Types that stand for one another: a float may be whole, a date may come back with its midnight.
_ALIKE: tuple[frozenset[type], ...] = (
    frozenset({int, float, Decimal, Fraction}),
    frozenset({dt.date, dt.datetime}),
)


class Unknown:
    """In the place of a class of which nothing is known."""


def foreign(output: Output) -> str | None:
    """What an output is made of in a few words, where its declaration says otherwise."""
    declared = output.declared
    if declared is None or declared.base in (object, type(None)) or output.null.all():
        return None
    for made in _bases(output):
        if not _fits(output, made):
            return made.__name__
    if declared.base is int and _has_fractions(output):
        return "fraction"
    return None


def _bases(output: Output) -> list[type]:
    if output.values.dtype.kind != "O":
        return [_OF_DTYPE.get(output.values.dtype.kind, object)]
    return list(dict.fromkeys(_base(type(cell)) for cell in output.values[~output.null]))


def _base(cls: type) -> type:
    base = plain_base(cls)
    return cls if base is object else base


def _fits(output: Output, made: type) -> bool:
    declared = output.declared
    assert declared is not None
    if declared.base is complex and made in (int, float):
        return True
    if made is declared.base or any({made, declared.base} <= alike for alike in _ALIKE):
        return True
    # Beside an array or a column the declared type is often only what its meaning suggests.
    held = not isinstance(declared, DeclaredParameter) or declared.carrier != "scalar"
    # A bare object is nothing at all, though a declaration that says `object` admits it.
    if declared.meaning is None or made is object:
        return False
    return held and misfit(declared.meaning, made) is None


def _has_fractions(output: Output) -> bool:
    # Where the kind itself is whole, the law `range` says so with the value.
    if not output.is_number or (output.meaning is not None and output.meaning.integral):
        return False
    numbers = output.numbers
    return bool((np.isfinite(numbers) & (numbers != np.round(numbers))).any())
