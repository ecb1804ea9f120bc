"""How many bits the whole numbers in a rule can need: what 64 of them do not hold must not wrap around.

A product of two columns of 64 bits has 128. An engine asks before it computes, and computes exactly in wider
numbers, or in floats where there are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from typedml.declare.expression import Column, Constant, Expression

Leaf = Callable[[str], int]
SIXTY_FOUR = 64


class Width(NamedTuple):
    """Bits, with one for the sign: of a value itself, and the most that any step on the way to it needs."""

    own: int
    most: int


def bits(node: Expression, leaf: Leaf) -> int:
    """The most bits that a step of a rule needs; `leaf` gives those of a column, 0 for one of no integers."""
    return _width(node, leaf).most


def bits_of(dtype: str) -> int:
    """The bits of a type of whole numbers by its name, with a sign: "Int16" has 16, "uint8" 9.

    >>> bits_of("Int16"), bits_of("uint8[pyarrow]"), bits_of("object")
    (16, 9, 0)
    """
    found = re.search(r"(u?)int(\d+)", dtype.lower())
    return int(found.group(2)) + bool(found.group(1)) if found else 0


def bits_between(least: int, greatest: int) -> int:
    """The bits of whole numbers between two, with a sign."""
    return max(int(least).bit_length(), int(greatest).bit_length()) + 1


def _width(node: Expression, leaf: Leaf) -> Width:
    if isinstance(node, Column):
        return Width(leaf(str(node)), leaf(str(node)))
    if isinstance(node, Constant):
        value: Any = node.value
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return Width(value.bit_length() + 1 if is_whole else 0, 0)
    below = [_width(operand, leaf) for operand in node.operands]
    most = max((width.most for width in below), default=0)
    own = _OWN.get(getattr(node, "name", ""), _no_integer)([width.own for width in below])
    return Width(own, max(own, most))


def _no_integer(_: list[int]) -> int:
    return 0


def _sum(below: list[int]) -> int:
    # A float or a time beside an integer makes floats or times of both.
    return max(below) + 1 if all(below) else 0


def _product(below: list[int]) -> int:
    return sum(below) if all(below) else 0


_OWN: dict[str, Callable[[list[int]], int]] = {
    "+": _sum,
    "-": _sum,
    "*": _product,
    "//": _sum,
    "%": _sum,
    "negative": _sum,
    "abs": _sum,
    "count": lambda below: SIXTY_FOUR,
    "n_unique": lambda below: SIXTY_FOUR,
    "min": lambda below: below[0],
    "max": lambda below: below[0],
}
