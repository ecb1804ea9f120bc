"""The two ends that bounds leave to the values of a column, and what can stand in it at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from typedml.declare.declared import DeclaredField, Rules
from typedml.declare.fitting import NUMBERS, is_nominal


class End(NamedTuple):
    """One end of what the bounds allow."""

    value: Any
    is_open: bool
    rule: str


def low_end(rules: Rules) -> End | None:
    """The lower bound, if there is one."""
    return _end(rules, ("gt", True), ("ge", False))


def high_end(rules: Rules) -> End | None:
    """The upper bound, if there is one."""
    return _end(rules, ("lt", True), ("le", False))


def _end(rules: Rules, *candidates: tuple[str, bool]) -> End | None:
    for rule, is_open in candidates:
        value = getattr(rules, rule)
        if value is not None:
            return End(value, is_open, rule)
    return None


def is_nominal_field(declared: DeclaredField) -> bool:
    """True where the values are names: a label, a category, or text."""
    kind = None if declared.meaning is None else declared.meaning.kind
    return is_nominal(kind) and kind is not None and not kind.ordered


def has_type(value: object, base: type) -> bool:
    """True where `value` can stand in a column of that plain type; an int can in one of floats."""
    if isinstance(value, bool):
        return base in (bool, object)
    if base in (int, float):
        return isinstance(value, int | float)
    if base in NUMBERS:
        return isinstance(value, NUMBERS)
    if base in (date, datetime):
        return isinstance(value, base) and isinstance(value, datetime) == (base is datetime)
    return isinstance(value, base)
