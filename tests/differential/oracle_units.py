"""The oracle for units: the same expressions on quantities of Pint.

Typedml converts nothing silently and Pint does, so a sum or a comparison is wrong here unless both sides have
one dimension *and* one scale: `km + mile` is refused, `newton` beside `kg*m/s**2` is not. What Pint itself
refuses (`DimensionalityError`, `OffsetUnitCalculusError`) is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import isclose
from typing import Any, Final

import pint

from tests.differential.expressions import COMPARISONS, JOINS, Node
from tests.differential.facts import UNITS, Fact
from tests.differential.generate import Program

BESIDE: Final = JOINS | COMPARISONS | {"+", "-", "%"}
KEPT: Final = frozenset({"neg", "pos", "abs", "fabs", "round", "int", "float", "item", "fmin", "fmax", "sum"})


class Refused(Exception):
    """Units that do not fit."""


@cache
def registry() -> Any:
    """Return Pint's own registry, with the currencies that programs use."""
    found: Any = pint.UnitRegistry(autoconvert_offset_to_baseunit=False)
    found.define("USD = [dollars]")
    found.define("EUR = [euros]")
    return found


@cache
def unit(text: str) -> Any:
    """Return a quantity of one of a unit."""
    return registry().Quantity(1.0, text)


def concerns(program: Program) -> bool:
    """Say whether a program is about units and numbers alone."""
    return all(
        _is_of_units(statement.node) and (statement.fact is None or _is_unit(statement.fact))
        for statement in program.statements
    )


def _is_unit(fact: Fact) -> bool:
    return fact.is_unit and fact.annotation not in ("Gain", "Warming")


def _is_of_units(node: Node) -> bool:
    if node.op == "local":
        return isinstance(node.data, Node) and _is_of_units(node.data)
    if node.op == "name":
        return node.fact is None or _is_unit(node.fact)
    return (node.op in KNOWN or node.op in BESIDE) and all(map(_is_of_units, node.parts))


def is_wrong(program: Program) -> bool:
    """Say whether Pint, strictly, finds a program wrong."""
    try:
        for statement in program.statements:
            value = quantity(statement.node)
            author = statement.node.op == "literal" and ": " in statement.text
            if statement.fact is not None and statement.fact.annotation and not author:
                _same(value, unit(UNITS[statement.fact.annotation][0]))
    except (Refused, pint.DimensionalityError, pint.OffsetUnitCalculusError):
        return True
    return False


def quantity(node: Node) -> Any:
    """Return an expression as a quantity, of which only the unit counts; None is a zero, of every unit."""
    if node.op == "local":
        assert isinstance(node.data, Node)
        return quantity(node.data)
    if node.op == "name":
        return unit(UNITS[node.fact.annotation][0]) if node.fact is not None else unit("")
    if node.op == "literal":
        return None if node.law.zero else unit("")
    parts = [quantity(part) for part in node.parts]
    if node.op in BESIDE:
        return _beside(node.op, *parts[-2:])
    if node.op == "pair" or node.op in KEPT:
        return parts[0]
    return CALLED[node.op](node, *(unit("") if part is None else part for part in parts))


def _beside(op: str, left: Any, right: Any) -> Any:
    if left is not None and right is not None:
        _same(left, right)
    return unit("") if op in COMPARISONS else right if left is None else left


def _same(left: Any, right: Any) -> None:
    """Refuse other units: of another dimension, or of another scale."""
    if left is None:
        return
    ratio = (left / right).to_root_units()
    if not ratio.dimensionless or not isclose(ratio.magnitude, 1.0, rel_tol=1e-9):
        raise Refused


def _floored(node: Node, left: Any, right: Any) -> Any:
    if not right.unitless:
        _same(left, right)
    return left / right


def _power(node: Node, base: Any, exponent: Any) -> Any:
    if node.parts[1].op == "literal":
        return base ** float(node.parts[1].values.flat[0])
    _same(base, unit(""))
    _same(exponent, unit(""))
    return base


CALLED: Final[dict[str, Callable[..., Any]]] = {
    "*": lambda node, left, right: left * right,
    "/": lambda node, left, right: left / right,
    "//": _floored,
    "**": _power,
    "sqrt": lambda node, part: part**0.5,
    "len": lambda node, part: unit(""),
    "raw": lambda node, part: unit(""),
}
KNOWN: Final = frozenset({"literal", "pair", *KEPT, *CALLED})
