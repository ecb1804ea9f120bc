"""Membership: `order in users` compares an order's number with those of users, which mean other things.

mypy asks about the container's `__contains__`, which takes any object; so what is sought is compared here
with what the container holds, as `==` would.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mypy.messages import format_type
from mypy.nodes import ComparisonExpr, Expression, ListExpr, SetExpr, TupleExpr
from mypy.types import UnionType, get_proper_type

from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.messages import render
from typedml.mypy.carrier import base_of, carries
from typedml.mypy.classes import TEXTS
from typedml.mypy.literals import literal_of
from typedml.mypy.relabelled import item_of
from typedml.mypy.reports import fail, past_filter
from typedml.mypy.shapes import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.plugin import MethodContext
    from mypy.types import Type

    from typedml.mypy.session import Session

CONTAINERS: Final = (
    *(f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict")),
    *(f"collections.{name}" for name in ("deque", "Counter", "defaultdict", "OrderedDict", "ChainMap")),
    *(f"_collections_abc.{name}" for name in ("dict_keys", "dict_values")),
    *(f"typing.{name}" for name in ("Container", "Collection", "Sequence", "MutableSequence")),
    *(f"typing.{name}" for name in ("AbstractSet", "MutableSet", "Mapping", "MutableMapping")),
    *(f"typing.{name}" for name in ("KeysView", "ValuesView")),
)
METHODS: Final = frozenset(f"{name}.__contains__" for name in CONTAINERS)


def contains(ctx: MethodContext, name: str, session: Session) -> Type:
    """Return the type of `x in xs`, and report where nothing in it can be what is sought."""
    if not ctx.arg_types or not ctx.arg_types[0] or not isinstance(ctx.context, ComparisonExpr):
        return ctx.default_return_type
    item, sought = item_of(ctx.type), ctx.arg_types[0][0]
    if item is None or not (carries(item) or carries(sought)):
        return ctx.default_return_type
    faults = list(_faults(ctx, item, session))
    if faults and all(isinstance(fault, Mismatch) for fault in faults):
        _report(ctx, next(fault for fault in faults if isinstance(fault, Mismatch)), session)
    return ctx.default_return_type


def _faults(ctx: MethodContext, item: Type, session: Session) -> Iterator[Mismatch | None]:
    """Yield for each value of a display, or once for all of a container, why it cannot be what is sought."""
    sought, expression = ctx.arg_types[0][0], ctx.args[0][0]
    values = _displayed(ctx.context, expression)
    # Zero has every unit: beside other values it says nothing of what they are.
    telling: list[Expression | None] = [value for value in values if not _is_generic(value)]
    for value in telling if values else [None]:
        held = (session.type_of(value) if value is not None else None) or item
        for left in _members(sought):
            for right in _members(held):
                yield _fault((left, right), (expression, value), session)


def _is_generic(value: Expression) -> bool:
    literal = literal_of(value)
    return literal is not None and literal.is_generic


def _displayed(context: object, sought: Expression) -> list[Expression]:
    """Return the values of a tuple, list or set that is written where it is searched."""
    operands = context.operands if isinstance(context, ComparisonExpr) else []
    container = next((after for each, after in pairwise(operands) if each is sought), None)
    return container.items if isinstance(container, TupleExpr | ListExpr | SetExpr) else []


def _fault(
    types: tuple[Type, Type], sides: tuple[Expression, Expression | None], session: Session
) -> Mismatch | None:
    if len({base_of(typ) in TEXTS for typ in types}) > 1 and not all(map(carries, types)):
        return None  # text and a number, of which mypy says all unless both have a meaning
    left, right = (session.operand(side, typ) for side, typ in zip(sides, types, strict=True))
    answer = (
        combine("==", left, right, level=session.level) if left is not None and right is not None else None
    )
    return answer if isinstance(answer, Mismatch) else None


def _report(ctx: MethodContext, fault: Mismatch, session: Session) -> None:
    carriers = tuple(
        base_of(typ).rpartition(".")[2] for typ in (ctx.arg_types[0][0], item_of(ctx.type) or ctx.type)
    )
    hint = render(
        fault.within("in"), names=(session.text(ctx.args[0][0]) or None, None), carriers=carriers
    ).hint
    shown = (spell(format_type(each, ctx.api.options)) for each in (ctx.arg_types[0][0], ctx.type))
    sentence = "Unsupported operand types for in ({} and {})".format(*shown)
    with past_filter(ctx.api.msg.errors):
        fail(ctx.api, fault.code, sentence, hint, ctx.context)


def _members(typ: Type) -> list[Type]:
    proper = get_proper_type(typ)
    return list(proper.items) if isinstance(proper, UnionType) else [proper]
