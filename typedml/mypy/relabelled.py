"""The type of a result with meanings put in: `list[float]` of quantiles of distances is `list[float[km]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Expression, ListExpr, SetExpr, StarExpr, TupleExpr, TypeInfo
from mypy.typeops import make_simplified_union, tuple_fallback
from mypy.types import AnyType, Instance, TupleType, Type, UninhabitedType, UnionType, get_proper_type

from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.mypy.carrier import base_of, carries, is_number, is_truth, lift, lift_as, lower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typedml.mypy.carrier import Lookup

# Absolute values and sums of these are of another class.
BUILT_IN: Final = frozenset({"builtins.float", "builtins.int"})
UNKEPT: Final = frozenset({"builtins.bool", "builtins.complex"})


@attrs.frozen
class Label:
    """What one number of a result means, None where nothing is said.

    `like` is a type of the class of all that was given, which the result has too if it keeps it.
    """

    operand: Operand | None
    like: Type | None = None
    keeps_class: bool = False


def relabelled(typ: Type, labels: Sequence[Label], lookup: Lookup) -> Type:
    """Return a type whose numbers mean what the labels say, in their order; one label is for them all."""
    if all(label.operand is None for label in labels):
        return typ
    return _Relabelling(labels, lookup).relabel(typ)


class _Relabelling:
    def __init__(self, labels: Sequence[Label], lookup: Lookup) -> None:
        self.labels, self.lookup = labels, lookup
        self.place = 0

    def relabel(self, typ: Type) -> Type:
        proper = get_proper_type(typ)
        if isinstance(proper, UnionType):
            return self._union(proper)
        if isinstance(proper, AnyType | UninhabitedType):
            # What a library does not say itself, as of `operator.add`, or says by what was not solved.
            known = self._next()
            return self._number(typ, known, is_said=False) if isinstance(known.operand, Meaning) else typ
        if lower(proper) is not None:
            return self._number(typ, self._next())
        if isinstance(proper, TupleType):
            return proper.copy_modified(items=[self.relabel(each) for each in proper.items])
        if isinstance(proper, Instance) and proper.args:
            return proper.copy_modified(args=[self.relabel(each) for each in proper.args])
        return typ

    def _union(self, union: UnionType) -> Type:
        """Relabel one number that may be of several classes, or nothing."""
        start, members = self.place, []
        for each in union.items:
            self.place = start
            members.append(self.relabel(each))
        self.place = start + 1
        return make_simplified_union(members)

    def _next(self) -> Label:
        label = self.labels[0] if len(self.labels) == 1 else Label(None)
        if len(self.labels) > 1 and self.place < len(self.labels):
            label = self.labels[self.place]
        self.place += 1
        return label

    def _number(self, typ: Type, label: Label, *, is_said: bool = True) -> Type:
        if label.operand is None or is_truth(typ):
            return typ
        operand = label.operand if isinstance(label.operand, Meaning) else UNKNOWN
        like = typ if is_said else None
        if label.like is not None and (label.keeps_class or (not is_said and _is_exact(label.like))):
            like = label.like
        found = lift_as(self.lookup, operand, like) if like is not None else None
        return found or lift(self.lookup, operand, "builtins.float") or typ


def common_class(types: Sequence[Type]) -> Type | None:
    """Return one of several types if all are of one class, or a float among integers.

    Of truth values nothing is kept.
    """
    bases = [base_of(typ) for typ in types]
    if BUILT_IN.issuperset(bases) and "builtins.float" in bases:
        return types[bases.index("builtins.float")]
    return types[0] if len(set(bases)) == 1 and UNKEPT.isdisjoint(bases) else None


def _is_exact(typ: Type) -> bool:
    return base_of(typ) != "builtins.int"


def item_of(typ: Type) -> Type | None:
    """Return what iterating over a value gives; None where it is one number."""
    proper = get_proper_type(typ)
    if isinstance(proper, TupleType):
        proper = tuple_fallback(proper)
    if not isinstance(proper, Instance):
        return None
    iterable = next((base for base in proper.type.mro if base.fullname == "typing.Iterable"), None)
    return map_instance_to_supertype(proper, iterable).args[0] if isinstance(iterable, TypeInfo) else None


def concerns(typ: Type) -> bool:
    """Whether a type is a number with a meaning, or something that runs over such."""
    if carries(typ):
        return isinstance(typ, Instance) or is_number(typ)
    item = item_of(typ)
    return item is not None and carries(item) and is_number(item)


def displayed(expression: Expression) -> list[Expression]:
    """Return the items of a list, tuple or set that is written out."""
    if not isinstance(expression, ListExpr | TupleExpr | SetExpr):
        return []
    return [] if any(isinstance(each, StarExpr) for each in expression.items) else expression.items
