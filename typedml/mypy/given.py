"""What a call is given, and for which of its parameters: `f(k, *legs, **named)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mypy.nodes import ARG_STAR, ARG_STAR2, CallExpr, Expression
from mypy.types import CallableType, Instance, TupleType, Type, TypedDictType, get_proper_type

from typedml.mypy.relabelled import item_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class Given(NamedTuple):
    """An argument: the parameter that it is for, by number, and how it is written."""

    formal: int
    expression: Expression
    kind: Any
    offset: int

    def part(self, typ: Type, signature: CallableType) -> Type | None:
        """Return what of an argument goes into its parameter: of `*legs` one leg."""
        proper = get_proper_type(typ)
        if self.kind == ARG_STAR and isinstance(proper, TupleType):
            return proper.items[self.offset] if self.offset < len(proper.items) else None
        if self.kind == ARG_STAR:
            return item_of(proper)
        if self.kind == ARG_STAR2 and isinstance(proper, TypedDictType):
            return proper.items.get(signature.arg_names[self.formal] or "")
        if self.kind == ARG_STAR2:
            # A mapping of text to what is given by name.
            return proper.args[-1] if isinstance(proper, Instance) and proper.args else None
        return proper


def given(context: Any, args: list[list[Expression]]) -> Iterator[Given]:
    """Yield the arguments of a call, those of one parameter after those of another."""
    kinds = {}
    if isinstance(context, CallExpr):
        kinds = {id(each): kind for each, kind in zip(context.args, context.arg_kinds, strict=True)}
    first: dict[int, int] = {}
    for formal, expressions in enumerate(args):
        for expression in expressions:
            start = first.setdefault(id(expression), formal)
            yield Given(formal, expression, kinds.get(id(expression)), formal - start)
