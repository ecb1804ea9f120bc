"""What calls of known functions compute, as the algebra reads it: of `mean(xs)` the formula of its stub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import ARG_POS, CallExpr, RefExpr

from typedml.algebra import expression as algebra
from typedml.mypy.stubs import LibraryFunction, find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZE: Final = "builtins.len"


def is_read(call: CallExpr) -> bool:
    """Say whether the algebra knows what a call makes of its arguments."""
    plain = call.args and all(kind is ARG_POS for kind in call.arg_kinds)
    if not plain or not isinstance(call.callee, RefExpr):
        return False
    return call.callee.fullname == SIZE or known(call) is not None


def known(call: CallExpr) -> LibraryFunction | None:
    """Return what a stub says of a function of numbers, the overload that takes so many arguments."""
    name = call.callee.fullname if isinstance(call.callee, RefExpr) else ""
    for function in find(name):
        required = sum(each.is_required for each in function.parameters)
        starred = any(each.takes_rest for each in function.parameters)
        fits = required <= len(call.args) and (starred or len(call.args) <= len(function.parameters))
        told = [each.holds_number or each.runs_over for each in function.parameters[: len(call.args)]]
        if fits and all(told) and len(function.results) == 1 and function.results[0].expression is not None:
            return function
    return None


def filled(
    formula: algebra.Expression, given: Mapping[str, Sequence[algebra.Expression]]
) -> list[algebra.Expression]:
    """Return the expression of a stub with what is given for its names; nothing for what is not given."""
    if isinstance(formula, algebra.Name):
        return [*given.get(formula.text, ())]
    parts = [found for part in formula.parts for found in filled(part, given)]
    if isinstance(formula, algebra.Call):
        return [algebra.Call(formula.function, tuple(parts))]
    if isinstance(formula, algebra.Operation):
        return parts if len(parts) == 1 else [algebra.Operation(formula.op, parts[0], parts[1])]
    return [algebra.Unary(formula.op, parts[0])] if isinstance(formula, algebra.Unary) else [formula]


def is_called(call: CallExpr, function: str) -> bool:
    """Say whether a call is of this function of the algebra's."""
    found = known(call)
    formula = found.results[0].expression if found is not None else None
    if isinstance(formula, algebra.Call):
        return formula.function == function
    return function == "len" and isinstance(call.callee, RefExpr) and call.callee.fullname == SIZE


def is_of_many(call: CallExpr) -> bool:
    """Say whether a call makes one number of many: `sum(xs)`, but not `max(a, b)`."""
    found = known(call) if is_read(call) else None
    return is_called(call, "len") or (found is not None and found.runs_over)
