"""How an expression is spelled, and what its operators do beside plain text."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from typedml.declare.operators import Operators

if TYPE_CHECKING:
    from typedml.declare.expression import Expression

SPELLINGS = {
    "negative": "-{}",
    "abs": "{}.abs()",
    "is_in": "{}.is_in({})",
    "is_null": "{}.is_null()",
    "==": "{}.equals({})",
    "and": "{} & {}",
    "or": "{} | {}",
    "not": "~{}",
}

# How tightly each operator of Python binds: from conditions to what stands behind a point.
_COMPARED, _OR, _AND, _SUM, _PRODUCT, _SIGNED, _POWER, _NUMBER, _ATTRIBUTE = range(1, 10)
_BINDING = {
    **dict.fromkeys(("<", "<=", ">", ">="), _COMPARED),
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(("+", "-"), _SUM),
    **dict.fromkeys(("*", "/", "//", "%"), _PRODUCT),
    **dict.fromkeys(("negative", "not"), _SIGNED),
    "**": _POWER,
    **dict.fromkeys(("abs", "is_in", "is_null", "=="), _ATTRIBUTE),
}
_ANY = 0
# How tightly both sides have to bind to stand without parentheses, where they are not left to right.
_SIDES = {
    **dict.fromkeys(("<", "<=", ">", ">="), (_OR, _OR)),
    **dict.fromkeys(("negative", "not"), (_POWER, _ANY)),
    "**": (_NUMBER, _SIGNED),
    **dict.fromkeys(("abs", "is_in", "is_null", "=="), (_ATTRIBUTE, _ANY)),
}


def spelled(name: str, operands: Sequence[Expression]) -> str:
    """An operator between its operands, with no parentheses that Python does not need."""
    least = _SIDES.get(name, (_BINDING[name], _BINDING[name] + 1))
    inner = [enclosed(operand, side) for operand, side in zip(operands, least, strict=False)]
    return SPELLINGS.get(name, "{} " + name + " {}").format(*inner)


def enclosed(node: Expression, least: int = _ATTRIBUTE) -> str:
    """An expression as it stands before a point, or elsewhere: in parentheses, if it binds less tightly."""
    return node.shown if _binding(node) >= least else f"({node.shown})"


def _binding(node: Expression) -> int:
    if node.operands:
        return _BINDING.get(getattr(node, "name", ""), _ATTRIBUTE)
    first = node.shown[:1]
    return _SIGNED if first == "-" else _NUMBER if first.isdigit() else _ATTRIBUTE


_TEXT: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "%": operator.mod,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def is_text(value: object) -> bool:
    """True for text that is not the name of a column."""
    return isinstance(value, str) and not isinstance(value, Operators)


def as_text(sign: str, left: object, right: object) -> Any:
    """What `str` makes of both sides."""
    return _TEXT[sign](_plain(left), _plain(right))


def _plain(value: object) -> object:
    return str.__str__(value) if isinstance(value, str) else value
