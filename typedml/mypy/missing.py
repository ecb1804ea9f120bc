"""What may be missing is looked at first: `None if x is None else convert(x, "m", "km")`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import MemberExpr, NameExpr
from mypy.types import NoneType, UnionType, get_proper_type

from typedml.mypy.shapes import members

if TYPE_CHECKING:
    from mypy.nodes import Expression

    from typedml.mypy.session import Session

FIRST: Final = "handle None first, then "


def places(expression: Expression | None, wanted: str, session: Session) -> tuple[bool, str]:
    """Return whether a hint lets None be None, and the words before a hint for what is left without it.

    None may stay only where it is wanted too, and in code only of what mypy narrows by a look at it.
    """
    if expression is None or not _may_be_missing(expression, session):
        return False, ""
    kept = "None" in members(wanted) and isinstance(expression, NameExpr | MemberExpr)
    return kept, "" if kept else FIRST


def _may_be_missing(expression: Expression, session: Session) -> bool:
    found = get_proper_type(session.type_of(expression))
    items = found.items if isinstance(found, UnionType) else ()
    return any(isinstance(get_proper_type(each), NoneType) for each in items)
