"""Points counted from different zeros, which no name alone makes one another: places from 0 and from 1.

>>> from typedml.algebra.catalogue import KINDS
>>> base_shift(Meaning(KINDS["IndexFromOne"]), Meaning(KINDS["Index"]))
' - 1'
"""

from __future__ import annotations

from math import isfinite

from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Meaning, Operand


def _points(operand: Operand | None) -> Kind | None:
    kind = operand.kind if isinstance(operand, Meaning) and not operand.cut else None
    return kind if kind is not None and kind.sort is Sort.TORSOR else None


def is_based_otherwise(left: Operand | None, right: Operand | None) -> bool:
    """Say whether two points declare different zeros."""
    one, other = _points(left), _points(right)
    if one is None or other is None:
        return False
    return one.origin is not None and other.origin is not None and one.origin != other.origin


def base_shift(source: Operand | None, target: Operand | None) -> str | None:
    """Return what leads from a place in a sequence to that from another base; None of other points."""
    one, other = _points(source), _points(target)
    if one is None or other is None or not is_based_otherwise(source, target):
        return None
    first, wanted = one.range.low, other.range.low
    whole = one.integral and other.integral and isfinite(first) and isfinite(wanted)
    if not whole or first == wanted or one.unit != other.unit:
        return None
    return f" {'-' if first > wanted else '+'} {abs(wanted - first):g}"


def bases(left: Operand | None, right: Operand | None) -> str:
    """Return the fact that two points are counted from different zeros."""
    one, other = _points(left), _points(right)
    assert one is not None
    assert other is not None
    return f'{one} and {other} count from different zeros: "{one.origin}" and "{other.origin}"'
