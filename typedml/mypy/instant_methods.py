"""What the methods and attributes of instants and spans mean: `(b - a).total_seconds()` is in seconds.

The stub of the carriers cannot say it: every declaration needs the carriers, so they can import none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import CallExpr, Expression, MemberExpr
from mypy.types import Instance, get_proper_type

from typedml.algebra.catalogue import DAY, KINDS, MICROSECOND, SECOND
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.mypy.carrier import carries, lift_as
from typedml.mypy.classes import PANDAS, STUB, family

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy.plugin import AttributeContext
    from mypy.types import Type

    from typedml.mypy.session import Session


def said_by_method(base: str, name: str) -> Meaning | None:
    """Return what a method of a plain class gives: seconds, of `datetime.timestamp`."""
    return _METHODS.get(f"{STUB}.{base.removeprefix('datetime.')}.{name}")


_METHODS: Final[Mapping[str, Meaning]] = {
    f"{STUB}.datetime.timestamp": Meaning(KINDS["EpochSeconds"]),
    f"{PANDAS}.Timestamp.timestamp": Meaning(KINDS["EpochSeconds"]),
    f"{STUB}.datetime.date": Meaning(KINDS["Date"]),
    f"{PANDAS}.Timestamp.date": Meaning(KINDS["Date"]),
    f"{STUB}.timedelta.total_seconds": Meaning(None, SECOND),
}
# A point in time without a declaration counts from any zero: only spans say their unit by themselves.
_NAMES: Final = frozenset({"total_seconds"})
# mypy asks about attributes by the class that defines them.
_ATTRIBUTES: Final = {
    "datetime.timedelta.days": Meaning(None, DAY),
    "datetime.timedelta.seconds": Meaning(None, SECOND),
    "datetime.timedelta.microseconds": Meaning(None, MICROSECOND),
}


def _method(meaning: Meaning) -> Callable[[Any, str, Session], Type]:
    def answer(ctx: Any, name: str, session: Session) -> Type:
        return lift_as(session.lookup, meaning, ctx.default_return_type) or ctx.default_return_type

    return answer


def said(call: CallExpr, type_of: Callable[[Expression], Type | None]) -> Operand:
    """Return what `(b - a).total_seconds()` is where it meets a declaration, if nobody declared a and b.

    Alone it stays plain: `waited.total_seconds() > 30` is everybody's code.
    """
    if not isinstance(call.callee, MemberExpr) or call.callee.name not in _NAMES:
        return UNKNOWN
    owner = get_proper_type(type_of(call.callee.expr))
    row = family(owner.type) if isinstance(owner, Instance) else None
    return _METHODS.get(f"{row.carrier}.{call.callee.name}", UNKNOWN) if row is not None else UNKNOWN


def attribute(ctx: AttributeContext, name: str, session: Session) -> Type:
    """Return the type of an attribute in the table."""
    if not carries(ctx.type):
        return ctx.default_attr_type
    return lift_as(session.lookup, _ATTRIBUTES[name], ctx.default_attr_type) or ctx.default_attr_type


METHODS: Final = {name: _method(meaning) for name, meaning in _METHODS.items()}
ATTRIBUTES: Final = frozenset(_ATTRIBUTES)
