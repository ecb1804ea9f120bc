"""Which parameter of a library function each argument of a call is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from mypy.nodes import (
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    CallExpr,
    ComparisonExpr,
    Expression,
    MemberExpr,
    OpExpr,
)
from mypy.plugin import MethodContext
from mypy.types import NoneType, Type, get_proper_type

from typedml.mypy.carrier import carries, lower
from typedml.mypy.relabelled import item_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import ArgKind
    from mypy.plugin import FunctionContext

    from typedml.mypy.stubs import LibraryFunction, Parameter

    Context = FunctionContext | MethodContext


@attrs.frozen
class Argument:
    """One argument of a call: which parameter it is for, its type and its source."""

    name: str | None
    position: int
    type: Type
    expression: Expression
    kind: ArgKind = ARG_POS


Bound = dict[str, list[Argument]]


def arguments_of(ctx: Context) -> Iterator[Argument]:
    """Yield the arguments of a call; what is given with a star once, as what it holds."""
    rows = zip(ctx.callee_arg_names, ctx.arg_types, ctx.args, ctx.arg_kinds, strict=True)
    seen: set[Expression] = set()
    for position, (name, types, expressions, kinds) in enumerate(rows):
        for typ, expression, kind in zip(types, expressions, kinds, strict=True):
            # What is given with a star may be for several parameters.
            if kind is ARG_STAR and expression not in seen:
                seen.add(expression)
                yield Argument(name, position, item_of(typ) or typ, expression, kind)
            elif kind is not ARG_STAR:
                yield Argument(name, position, typ, expression, kind)


def bound_to(function: LibraryFunction, arguments: list[Argument], ctx: Context) -> Bound | None:
    """Return what is given for each parameter; None where the function takes something else."""
    found: Bound = {}
    shift = 0
    if isinstance(ctx, MethodContext) and function.parameters and function.parameters[0].name == "self":
        found["self"] = [Argument("self", 0, ctx.type, _owner(ctx))]
        shift = 1
    for each in arguments:
        parameter = function.parameter(each.name, each.position + shift)
        if parameter is None or each.kind is ARG_STAR2 or not _takes(parameter, each):
            return None
        found.setdefault(parameter.name, []).append(each)
    starred = any(each.kind is ARG_STAR for each in arguments)
    missing = [each for each in function.parameters if each.is_required and each.name not in found]
    return found if starred or not missing else None


def _owner(ctx: MethodContext) -> Expression:
    """Return the source of what a method belongs to, of an operator that on its left."""
    node = ctx.context
    if isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr):
        return node.callee.expr
    if isinstance(node, OpExpr):
        return node.left
    return node.operands[0] if isinstance(node, ComparisonExpr) else ctx.args[0][0]


def _takes(parameter: Parameter, each: Argument) -> bool:
    proper = get_proper_type(each.type)
    if isinstance(proper, NoneType) and not parameter.is_required:
        return True
    if parameter.holds_number:
        return lower(each.type) is not None or carries(each.type)
    return not parameter.runs_over or item_of(each.type) is not None
