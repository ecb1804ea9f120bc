"""Values at hand in a unit: where kilometres are wanted and hours given, a speed that the author has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import Context, FuncDef, Node, Var

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning
from typedml.mypy.bindings import bindings_of
from typedml.mypy.carrier import lower
from typedml.mypy.index import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.algebra.unit import Unit
    from typedml.mypy.session import Session


def value_in(unit: Unit, at: Context | None, session: Session) -> str | None:
    """Return the name of a variable in just this unit that is bound at a place, None if there is none."""
    if at is None or unit.is_number or unit.variables:
        return None
    return next((name for name, variable in _in_scope(at, session) if _is_in(variable, unit)), None)


def _is_in(variable: Var, unit: Unit) -> bool:
    meaning = lower(variable.type) if variable.type is not None else None
    if not isinstance(meaning, Meaning) or meaning.cut or meaning.sort is not Sort.VECTOR:
        return False
    return meaning.unit == unit


def _in_scope(at: Context, session: Session) -> Iterator[tuple[str, Var]]:
    """Yield what is bound at a place: in the functions around it, innermost first, and then in the module."""
    every = sorted(
        (node for node in walk(session.tree, Node) if isinstance(node, FuncDef)), key=lambda each: each.line
    )
    functions = [each for each in every if _holds(each, at.line)]
    places = bindings_of(session.tree).variables
    for function in sorted(functions, key=lambda each: -each.line):
        for argument in function.arguments:
            yield argument.variable.name, argument.variable
        for variable, bound in places.items():
            around = [each for each in every if _holds(each, bound[0][0])]
            inside = bound[0][0] < at.line and not variable.info and around and around[-1] is function
            if inside and variable.fullname == variable.name:
                yield variable.name, variable
    for name, symbol in session.tree.names.items():
        if isinstance(symbol.node, Var):
            yield name, symbol.node


def _holds(function: FuncDef, line: int) -> bool:
    return function.line <= line <= (function.end_line or function.line)
