"""The hint that declares a container where it is made: `declare cum: list[Km] = [1.0]`.

A marker around what is read from it, `KM(cum[-1])`, would have to stand at each place that reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.messages import format_type
from mypy.nodes import Expression, MemberExpr, NameExpr, TypeAlias
from mypy.types import Instance, Type, get_proper_type

from typedml.algebra.meaning import Meaning
from typedml.mypy.begun import holder_of, innermost
from typedml.mypy.carrier import base_of, lower
from typedml.mypy.shapes import spell
from typedml.mypy.stored import is_display, root
from typedml.mypy.surroundings import own_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typedml.algebra.mismatch import Mismatch
    from typedml.mypy.session import Session


def beside(sides: Iterable[Expression | None], mismatch: Mismatch, session: Session) -> str:
    """Return the hint for an item of a plain container that stands beside a number with a meaning."""
    operands = (mismatch.left, mismatch.right)
    for side, own, other in zip(sides, operands, reversed(operands), strict=True):
        if side is None or not isinstance(other, Meaning) or isinstance(own, Meaning):
            continue
        holder = holder_of(side)
        found = declaration(root(holder).value, other, session) if holder is not None else ""
        if found:
            return found
    return ""


def declaration(holder: Expression | None, meaning: Meaning, session: Session) -> str:
    """Return the hint to declare a variable that holds plain numbers as a container of others."""
    variable = session.reader.named(holder) if isinstance(holder, NameExpr | MemberExpr) else None
    values = session.reader.assigned(variable) if variable is not None and variable.is_inferred else ()
    found = innermost(variable.type) if variable is not None else None
    if variable is None or variable.type is None or found is None or not found[1] or not values:
        return ""
    if isinstance(lower(found[0]), Meaning) or not is_display(values[0]):
        return ""
    number = annotation(meaning, base_of(found[0]).rpartition(".")[2], session)
    shown = _shown(variable.type, number, session)
    return f"declare {session.text(holder)}: {shown} = {session.text(values[0])}"


def annotation(meaning: Meaning, carrier: str, session: Session) -> str:
    """Return how a number with a meaning is declared: by the author's own alias, where there is one."""
    for name, symbol in session.tree.names.items():
        if isinstance(symbol.node, TypeAlias) and _is_of(symbol.node.target, meaning, carrier):
            return name
    return f"Annotated[{carrier}, {own_name(meaning, session) or _marker(meaning)}]"


def _is_of(target: Type, meaning: Meaning, carrier: str) -> bool:
    return lower(target) == meaning and base_of(target).rpartition(".")[2] == carrier


def _marker(meaning: Meaning) -> str:
    return f'Unit("{meaning.unit}")' if meaning.kind is None else meaning.kind.name.upper()


def _shown(typ: Type, number: str, session: Session) -> str:
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or lower(proper) is not None or not proper.args:
        return number
    options = session.checker.options
    before = [spell(format_type(each, options)).strip('"') for each in proper.args[:-1]]
    return f"{proper.type.name}[{', '.join([*before, _shown(proper.args[-1], number, session)])}]"
