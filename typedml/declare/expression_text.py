"""How an expression is spelled, and what its operators do beside plain text."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from typedml.declare.operators import Operators

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
