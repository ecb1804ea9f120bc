"""The numbers that are written in the source: `5.0`, `-1`, `float("inf")`, `math.pi`, a `Final`."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import (
    AssignmentExpr,
    CallExpr,
    ComplexExpr,
    Expression,
    FloatExpr,
    IntExpr,
    OpExpr,
    RefExpr,
    StrExpr,
    TypeAlias,
    UnaryExpr,
    Var,
)
from mypy.types import Instance, get_proper_type

from typedml.algebra.meaning import Literal, Meaning
from typedml.algebra.rules import combine
from typedml.declare.fitting import NUMBERS
from typedml.mypy.carrier import lower
from typedml.mypy.classes import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    Named = Callable[[RefExpr], Literal | None]

GENERIC_CONSTANTS: Final = {
    "math.inf": math.inf,
    "math.nan": math.nan,
    "numpy.inf": math.inf,
    "numpy.nan": math.nan,
}
CONSTANTS: Final = GENERIC_CONSTANTS | {
    f"{module}.{name}": value
    for module in ("math", "numpy")
    for name, value in (("pi", math.pi), ("e", math.e), ("tau", math.tau))
}
# A text is no number: this one is in every range, and of every kind that is not measured.
WRITTEN: Final = Literal(math.nan)
GENERIC_TEXTS: Final = frozenset({"inf", "-inf", "+inf", "nan", "infinity", "-infinity"})
# Calls that leave a literal what it is; a threshold of 0.5 is of whatever kind is wanted.
TRANSPARENT: Final = frozenset(
    {"typedml.declare.aliases.THRESHOLD", *(row.plain for row in ROWS if row.stands_for in NUMBERS)}
)
# Numbers of these are written as text.
EXACT: Final = ("decimal.", "fractions.")


def constant(expression: RefExpr) -> Literal | None:
    """Return the number that a name stands for everywhere: `math.nan`, a `Final`."""
    if expression.fullname in CONSTANTS:
        return Literal(CONSTANTS[expression.fullname])
    value = expression.node.final_value if isinstance(expression.node, Var) else None
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    if not numeric or not _is_plain(expression.node):
        return None
    return Literal(value)  # type: ignore[arg-type]  # numeric says so


def literal_of(expression: Expression, named: Named = constant) -> Literal | None:
    """Return the number that is written in the source: `5.0`, `-1`, `float("inf")`, or what is named so."""
    if isinstance(expression, FloatExpr | IntExpr):
        return Literal(expression.value)
    if isinstance(expression, ComplexExpr):
        return Literal(abs(expression.value))
    if isinstance(expression, UnaryExpr) and expression.op in "+-":
        inner = literal_of(expression.expr, named)
        return Literal(-inner.value if expression.op == "-" else inner.value) if inner else None
    if isinstance(expression, RefExpr):
        return named(expression)
    if isinstance(expression, AssignmentExpr):
        return literal_of(expression.value, named)
    if isinstance(expression, OpExpr):
        left, right = literal_of(expression.left, named), literal_of(expression.right, named)
        result = (
            combine(expression.op, left, right) if left and right and expression.op in "+-*/**//" else None
        )
        return result if isinstance(result, Literal) else None
    return _converted(expression) if isinstance(expression, CallExpr) else None


def is_none(expression: Expression) -> bool:
    """Whether `None` is written."""
    return isinstance(expression, RefExpr) and expression.fullname == "builtins.None"


def _is_plain(node: Any) -> bool:
    declared = get_proper_type(node.type) if node.type is not None else None
    return not isinstance(declared, Instance) or not isinstance(lower(declared), Meaning)


def _converted(call: CallExpr) -> Literal | None:
    """`float("inf")`, `Decimal("9.99")`, and a number or a threshold of a literal."""
    name = _class_of(call.callee)
    if name not in TRANSPARENT or len(call.args) > len(call.arg_names) or any(call.arg_names):
        return None
    if not call.args:
        return Literal(0)
    if isinstance(call.args[0], StrExpr):
        return _parsed(call.args[0].value.strip().lower(), name) if len(call.args) == 1 else None
    found = [literal_of(each) for each in call.args]
    if len(found) == 2 and name == "fractions.Fraction" and found[0] and found[1]:
        answer = combine("/", found[0], found[1])
        return answer if isinstance(answer, Literal) else None
    return found[0] if len(found) == 1 else None


def _class_of(callee: Expression) -> str:
    """Return the full name of what is called, of an alias that of its class: `np.float32`."""
    if not isinstance(callee, RefExpr):
        return ""
    target = get_proper_type(callee.node.target) if isinstance(callee.node, TypeAlias) else None
    return target.type.fullname if isinstance(target, Instance) else callee.fullname


def _parsed(text: str, name: str) -> Literal | None:
    if text in GENERIC_TEXTS:
        return Literal(float(text))
    if not name.startswith(EXACT):
        return None  # `float(text)` reads what comes from elsewhere
    try:
        return Literal(float(Fraction(text)))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
