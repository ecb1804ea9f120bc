"""Deliberate faults of the plugin, one at a time: a campaign that notices none of them proves nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import attrs

from typedml.algebra import conversion, functions, rules
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.mismatch import Mismatch

COMPARISONS: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})
Answer = Callable[..., Any]


@attrs.frozen
class Fault:
    """A function of the algebra, and what answers in its place: given its right answer and its arguments."""

    function: Answer
    instead: Answer


def _is_point(operand: object) -> bool:
    return isinstance(operand, Meaning) and operand.sort is Sort.TORSOR


def _quotient(answer: Any, op: str, left: Any, right: Any) -> Any:
    return left if op == "/" and isinstance(left, Meaning) and isinstance(answer, Meaning) else answer


def _product(answer: Any, op: str, left: Any, right: Any) -> Any:
    return left if op == "*" and isinstance(left, Meaning) and isinstance(answer, Meaning) else answer


def _compared(answer: Any, op: str, left: Any, right: Any) -> Any:
    return UNKNOWN if op in COMPARISONS and isinstance(answer, Mismatch) else answer


def _points_added(answer: Any, op: str, left: Any, right: Any) -> Any:
    return left if op == "+" and _is_point(left) and _is_point(right) else answer


def _difference(answer: Any, op: str, left: Any, right: Any) -> Any:
    return left if op == "-" and _is_point(left) and _is_point(right) else answer


def _exponent(answer: Any, op: str, left: Any, right: Any) -> Any:
    return left if op == "**" and isinstance(answer, Meaning) else answer


def _labelled(answer: Any, op: str, left: Any, right: Any) -> Any:
    opaque = any(isinstance(each, Meaning) and each.sort is Sort.OPAQUE for each in (left, right))
    return UNKNOWN if op not in COMPARISONS and opaque and isinstance(answer, Mismatch) else answer


def _sum(answer: Any, name: str, *operands: Any) -> Any:
    return UNKNOWN if name == "sum" else answer


def _largest(answer: Any, name: str, *operands: Any) -> Any:
    return operands[0] if name in ("max", "min") and isinstance(operands[0], Meaning) else answer


def _root(answer: Any, name: str, *operands: Any) -> Any:
    return operands[0] if name == "sqrt" and isinstance(operands[0], Meaning) else answer


def _converted(answer: Any, given: Any, source: Any, target: Any) -> Any:
    return UNKNOWN if isinstance(answer, Mismatch) else answer


FAULTS: Final = {
    "a quotient is in the unit of what is divided": Fault(rules.combine, _quotient),
    "a product is in the unit of its first factor": Fault(rules.combine, _product),
    "any two values compare": Fault(rules.combine, _compared),
    "points add": Fault(rules.combine, _points_added),
    "the difference of points is a point": Fault(rules.combine, _difference),
    "an exponent changes nothing": Fault(rules.combine, _exponent),
    "scores and labels have arithmetic": Fault(rules.combine, _labelled),
    "a sum is a plain number": Fault(functions.apply, _sum),
    "the largest of two is what the first is": Fault(functions.apply, _largest),
    "a root is in the unit of what it is of": Fault(functions.apply, _root),
    "convert takes any unit": Fault(conversion.converted, _converted),
}
"""What is wrong with the plugin, in words."""


@contextmanager
def put_in(fault: Fault) -> Iterator[None]:
    """Answer wrongly wherever the plugin has the function by name."""

    def answer(*arguments: Any, **options: Any) -> Any:
        return fault.instead(fault.function(*arguments, **options), *arguments)

    name = fault.function.__name__
    places = [m for m in list(sys.modules.values()) if getattr(m, name, None) is fault.function]
    for place in places:
        setattr(place, name, answer)
    try:
        yield
    finally:
        for place in places:
            setattr(place, name, fault.function)
