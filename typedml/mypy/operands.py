"""What an expression means: its declared meaning, a literal number, or a number of which nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    AssignmentExpr,
    BytesExpr,
    CallExpr,
    ConditionalExpr,
    Expression,
    GeneratorExpr,
    IndexExpr,
    ListComprehension,
    MemberExpr,
    NameExpr,
    Node,
    OpExpr,
    RefExpr,
    SetComprehension,
    StrExpr,
    UnaryExpr,
    Var,
)
from mypy.types import Instance, LiteralType, Type, TypeType, TypeVarType, UnionType, get_proper_type

from typedml.algebra.catalogue import KINDS
from typedml.algebra.flow import join
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine, unary
from typedml.mypy.applied import called
from typedml.mypy.begun import held, holder_of, taken_out
from typedml.mypy.carrier import carries, is_truth, lower
from typedml.mypy.classes import TEXTS
from typedml.mypy.instant_methods import said
from typedml.mypy.literals import WRITTEN, is_none, literal_of
from typedml.mypy.relabelled import item_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy.nodes import TypeInfo

    from typedml.algebra.strictness import Level
    from typedml.mypy.stored import Put

DEPTH: Final = 30
MOST: Final = 1000
SUMS: Final = ("+", "-")
# What a truth value means among numbers: `cost * is_late`, `mean([p > 0.5 for p in ps])`.
INDICATOR: Final = Meaning(KINDS["Binary"])


class Reader:
    """Tells the operand that an expression stands for, given its type where mypy knows it.

    `type_of` looks up the type of an expression that was checked already; `assigned` lists what a variable
    without annotation was assigned, which is how `total = 0.0` becomes whatever is added to it.
    """

    def __init__(
        self,
        type_of: Callable[[Expression], Type | None],
        assigned: Callable[[Var], Sequence[Expression]],
        stored: Callable[[Var], Sequence[Put]],
        number: Callable[[RefExpr], Literal | None],
        level: Level,
    ) -> None:
        self.level, self.number = level, number
        self.stored = stored
        self.type_of = type_of
        self.assigned = assigned
        # How far it was looked for what is asked: names of names that stand in each other have no end.
        self._looked = 0
        # Those whose values are being looked at.
        self.open: set[Var] = set()

    def operand(self, expression: Expression, typ: Type | None = None, depth: int = 0) -> Operand | None:
        """Return what the value of an expression means; None where it is no number."""
        known = typ if typ is not None else self.type_of(expression)
        found = _of_type(known) if known is not None else UNKNOWN
        if found is not UNKNOWN:
            return found
        literal = _text_of(expression, known) if known is not None else None
        literal = literal or literal_of(expression)
        if literal is not None:
            return literal
        if depth == 0 and not self.open:
            self._looked = 0
        self._looked += 1
        return self._inner(expression, depth + 1) if depth < DEPTH and self._looked <= MOST else UNKNOWN

    def each(self, values: Expression, depth: int = 0) -> Operand:
        """Return what the values mean that a comprehension makes, or a container holds."""
        if isinstance(values, ListComprehension | SetComprehension):
            values = values.generator
        if isinstance(values, GeneratorExpr):
            return self.operand(values.left_expr, depth=depth) or UNKNOWN
        known = self.type_of(values)
        item = item_of(known) if known is not None else None
        if item is not None and is_truth(item):
            return INDICATOR
        return held(self, values, 1, depth) if item is not None and lower(item) is not None else UNKNOWN

    def beside(self, expression: Expression, *, depth: int = 0) -> Operand | None:
        """Return what stands beside other numbers; what scales a variable that is looked at is of any unit.

        `level = w * level + (1 - w) * reading` says by the reading alone what the level is.
        """
        return (
            Literal(0.0) if self.open and self._scales(expression) else self.operand(expression, depth=depth)
        )

    def _scales(self, expression: Expression) -> bool:
        if isinstance(expression, UnaryExpr):
            return self._scales(expression.expr)
        if isinstance(expression, OpExpr) and expression.op in ("*", "/"):
            return self._scales(expression.left) or (expression.op == "*" and self._scales(expression.right))
        return isinstance(expression, NameExpr | MemberExpr) and self.named(expression) in self.open

    def _inner(self, expression: Expression, depth: int) -> Operand:
        """Look into an expression whose type alone says nothing."""
        if isinstance(expression, NameExpr | MemberExpr):
            return self._name(expression, depth)
        if isinstance(expression, IndexExpr):
            return taken_out(self, expression, depth)
        if isinstance(expression, ConditionalExpr | AssignmentExpr):
            return self._joined(_values(expression), depth)
        if isinstance(expression, OpExpr) and expression.op not in ("and", "or"):
            look = self.beside if expression.op in SUMS else self.operand
            left, right = look(expression.left, depth=depth), look(expression.right, depth=depth)
            if not left or not right:
                return UNKNOWN
            return _answer(combine(expression.op, left, right, level=self.level))
        if isinstance(expression, OpExpr):
            return self._joined([expression.left, expression.right], depth)
        if isinstance(expression, UnaryExpr) and expression.op in "+-":
            inner = self.operand(expression.expr, depth=depth)
            return _answer(unary(expression.op, inner)) if inner else UNKNOWN
        if not isinstance(expression, CallExpr):
            return UNKNOWN
        found = said(expression, self.type_of)
        if found is UNKNOWN and holder_of(expression) is not None:
            return taken_out(self, expression, depth)
        return found if found is not UNKNOWN else called(expression, self, depth)

    def _name(self, expression: NameExpr | MemberExpr, depth: int) -> Operand:
        variable = self.named(expression)
        found = self._variable(variable, depth) if variable is not None else UNKNOWN
        if not isinstance(found, Literal) or _says_unit(found):
            return found
        # A number that is written elsewhere is a plain variable here, unless the name is for that alone.
        return self.number(expression) or UNKNOWN

    def named(self, expression: NameExpr | MemberExpr) -> Var | None:
        """Return the variable or attribute that an expression names."""
        found = self._attribute(expression) if expression.node is None else expression.node
        return found if isinstance(found, Var) else None

    def _attribute(self, expression: Expression) -> Node | None:
        """Return what an attribute of an object stands for, `self.total`."""
        owner = self.type_of(expression.expr) if isinstance(expression, MemberExpr) else None
        info = class_of_object(owner) if owner is not None else None
        if not isinstance(expression, MemberExpr) or info is None:
            return None
        symbol = info.get(expression.name)
        found = symbol.node if symbol is not None else None
        # What a declared one means is in its type, with the units of the object that it belongs to.
        is_open = isinstance(found, Var) and found.type is not None and not carries(found.type)
        return found if is_open else None

    def _variable(self, variable: Var, depth: int) -> Operand:
        declared = lower(variable.type) if variable.type is not None else None
        if isinstance(declared, Meaning):
            return declared
        if not variable.is_inferred:
            return UNKNOWN
        if variable in self.open:
            return Literal(0.0)  # `total = total + leg`: whatever the rest of the sum is
        self.open.add(variable)
        try:
            found = self._joined(self.assigned(variable), depth)
        finally:
            self.open.discard(variable)
        if variable.info and (isinstance(found, Literal) or _is_of_any_unit(found)):
            # What nothing gives a meaning to here may be assigned one elsewhere; what is of the unit of the
            # class is of another one in each object.
            return UNKNOWN
        return found

    def _joined(self, expressions: Sequence[Expression], depth: int) -> Operand:
        """Return what several alternatives have in common; numbers such as 0.0 take part in any unit."""
        present = [each for each in expressions if not is_none(each)] or expressions
        return self.common([self.operand(e, depth=depth) or UNKNOWN for e in present])

    def common(self, found: Sequence[Operand]) -> Operand:
        """Return what several operands have in common, whatever numbers of every unit are among them."""
        specific = [o for o in found if not (isinstance(o, Literal) and o.is_generic)] or found[:1]
        result = specific[0] if specific else UNKNOWN
        for other in specific[1:]:
            result = join(result, other)
        return result


def class_of_object(typ: Type) -> TypeInfo | None:
    """Return the class of `self`, whatever it is annotated with, and of `cls`."""
    proper = get_proper_type(typ)
    if isinstance(proper, TypeType):
        proper = get_proper_type(proper.item)
    if isinstance(proper, TypeVarType):
        proper = get_proper_type(proper.upper_bound)
    return proper.type if isinstance(proper, Instance) else None


def may_be_of(place: Expression, info: TypeInfo, type_of: Callable[[Expression], Type | None]) -> bool:
    """Whether a place may be an attribute of a class: `self.total` is one of the class around."""
    owner: TypeInfo | None = None
    if isinstance(place, NameExpr) and isinstance(place.node, Var):
        owner = place.node.info or None
    elif isinstance(place, MemberExpr):
        typ = type_of(place.expr)
        owner = class_of_object(typ) if typ is not None else None
    return owner is None or info in owner.mro or owner in info.mro


def _is_of_any_unit(operand: Operand) -> bool:
    return isinstance(operand, Meaning) and bool(operand.unit.variables)


def _values(expression: ConditionalExpr | AssignmentExpr) -> list[Expression]:
    if isinstance(expression, AssignmentExpr):
        return [expression.value]
    return [expression.if_expr, expression.else_expr]


def _says_unit(literal: Literal) -> bool:
    return literal.is_generic or literal.is_angle


def _text_of(expression: Expression, typ: Type) -> Literal | None:
    """Return what stands for a text that is written in the source, which is any name that is wanted."""
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and proper.type.fullname not in TEXTS:
        return None
    members = proper.items if isinstance(proper, UnionType) else [proper]
    written = isinstance(expression, StrExpr | BytesExpr) or all(map(_is_literal_text, members))
    if isinstance(expression, RefExpr) and isinstance(expression.node, Var):
        written = written or isinstance(expression.node.final_value, str)
    return WRITTEN if written else None


def _is_literal_text(typ: Type) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, LiteralType) and isinstance(proper.value, str)


def _answer(result: Operand | Mismatch) -> Operand:
    return UNKNOWN if isinstance(result, Mismatch) else result


def _of_type(typ: Type) -> Operand | None:
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        members = [m for m in map(lower, proper.items) if m is not None]
        result = members[0] if members else None
        for other in members[1:]:
            result = join(result, other) if result is not None else other
        return result
    return lower(proper)
