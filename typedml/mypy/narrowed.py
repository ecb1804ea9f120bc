"""What a variable is once it is assigned a number that is written: `if distance is None: distance = 0.0`.

mypy narrows a variable to what it is assigned, but not where it finds the value wrong for it; that 0.0 is a
distance only the algebra knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import MemberExpr, NameExpr
from mypy.typeops import make_simplified_union
from mypy.types import UnionType, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Literal, Meaning
from typedml.mypy.carrier import carries, lower
from typedml.mypy.index import index_of

if TYPE_CHECKING:
    from mypy.nodes import Expression
    from mypy.plugin import AttributeContext
    from mypy.types import Type

    from typedml.mypy.session import Session


def narrow(value: Expression | None, session: Session) -> None:
    """Make what a value is assigned to a number where it is declared as one or nothing."""
    for target in index_of(session.tree).targets.get(value, ()) if value is not None else ():
        found = _number(session.type_of(target))
        if found is not None and session.checker is not None and isinstance(target, NameExpr | MemberExpr):
            session.checker.binder.put(target, found)


def attribute(ctx: AttributeContext, name: str, session: Session) -> Type:
    """Return the type of an attribute that is a number or nothing; what it is where it is assigned one.

    Before mypy narrows an attribute it asks what reading it would give.
    """
    typ, number = ctx.default_attr_type, _number(ctx.default_attr_type)
    value = index_of(session.tree).values.get(ctx.context) if isinstance(ctx.context, MemberExpr) else None
    if ctx.is_lvalue or value is None or number is None:
        return typ
    given, meaning = session.operand(value), lower(number)
    if not isinstance(given, Literal | Meaning) or not isinstance(meaning, Meaning):
        return typ
    return number if flow(given, meaning, level=session.level) is None else typ


def may_be_missing(typ: Type) -> bool:
    """Whether a type is that of a number with a meaning, or of nothing."""
    return _number(typ) is not None


def _number(typ: Type | None) -> Type | None:
    declared = get_proper_type(typ)
    numbers = [each for each in declared.items if carries(each)] if isinstance(declared, UnionType) else []
    return make_simplified_union(numbers) if numbers else None
