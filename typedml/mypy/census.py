"""How much of a module's numbers is known: what `typedml check --coverage` counts.

A module is counted when mypy has checked it, and written to a folder that the command reads:

- every place that is declared: parameters, results, attributes and variables that hold floats, whatever
  holds them, and integers where somebody wrote the annotation;
- every computation: the outermost arithmetic, and calls, whose result is a float.

Literals, and names of literals, are not counted: what they mean is said where they are used.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import (
    Argument,
    AssignmentStmt,
    CallExpr,
    Expression,
    FuncDef,
    MemberExpr,
    NameExpr,
    Node,
    OpExpr,
    UnaryExpr,
    Var,
)
from mypy.types import CallableType, Instance, TupleType, Type, UnionType, get_proper_type

from typedml.algebra.meaning import Literal, Meaning
from typedml.mypy.carrier import BASES, CARRIERS
from typedml.mypy.index import index_of, span, walk
from typedml.mypy.operands import literal_of
from typedml.mypy.source import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typedml.mypy.session import Session

FOLDER: Final = "TYPEDML_COVERAGE"
"""The variable of the environment that names the folder to write to, for workers as well."""

ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "//", "%", "**"})
FLOAT, INT = CARRIERS


class Place(NamedTuple):
    """A number in the source: what it is, how it is written, and whether its meaning is known."""

    line: int
    column: int
    sort: str
    text: str
    is_known: bool


def folder() -> Path | None:
    """Return where to write, if this run counts."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def write(session: Session, into: Path) -> None:
    """Count a module, and write what was found."""
    places = sorted(take(session))
    record = {
        "module": session.tree.fullname,
        "path": session.tree.path,
        "uses": session.uses_meanings or any(place.is_known for place in places),
        "places": places,
    }
    (into / f"{session.tree.fullname}.json").write_text(json.dumps(record), encoding="utf-8")


def take(session: Session) -> set[Place]:
    """Return the numbers of a module."""
    by_hand = {
        id(target)
        for statement in walk(session.tree, Node)
        if isinstance(statement, AssignmentStmt) and statement.unanalyzed_type is not None
        for target in statement.lvalues
    }
    found: set[Place] = set()
    for node in walk(session.tree, Node):
        if isinstance(node, FuncDef) and isinstance(node.type, CallableType) and not node.is_dynamic():
            found.update(_signature(node, node.type, session))
        elif isinstance(node, NameExpr | MemberExpr):
            found.update(_variable(node, id(node) in by_hand, session))
        elif isinstance(node, OpExpr | UnaryExpr | CallExpr):
            found.update(_computed(node, session))
    return found


def _signature(function: FuncDef, typ: CallableType, session: Session) -> Iterator[Place]:
    for parameter in function.arguments:
        if parameter.variable.type is not None and parameter.type_annotation is not None:
            known = _is_known(parameter.variable.type, by_hand=True)
            yield from _place(parameter, "parameter", _written(parameter, session), known)
    known = _is_known(typ.ret_type, by_hand=True)
    yield from _place(function, "return", f"def {function.name}", known)


def _variable(name: NameExpr | MemberExpr, by_hand: bool, session: Session) -> Iterator[Place]:
    variable = name.node
    if not name.is_new_def or not isinstance(variable, Var) or variable.type is None:
        return
    values = index_of(session.tree).assigned.get(variable, ())
    if not by_hand and values and all(literal_of(value) for value in values):
        return
    attribute = isinstance(name, MemberExpr) or bool(variable.info)
    sort = "attribute" if attribute else "variable"
    yield from _place(name, sort, session.text(name), _is_known(variable.type, by_hand))


def _computed(expression: OpExpr | UnaryExpr | CallExpr, session: Session) -> Iterator[Place]:
    whole = index_of(session.tree).enclosing.get(expression)
    if not _computes(expression) or (isinstance(whole, OpExpr | UnaryExpr) and _computes(whole)):
        return
    typ = session.type_of(expression)
    known = _is_known(typ, by_hand=False) if typ is not None else None
    if known is False:
        operand = session.operand(expression, typ)
        known = None if isinstance(operand, Literal) else isinstance(operand, Meaning)
    sort = "call" if isinstance(expression, CallExpr) else "arithmetic"
    yield from _place(expression, sort, session.text(expression), known)


def _computes(expression: Expression) -> bool:
    if isinstance(expression, OpExpr | UnaryExpr):
        return expression.op in ARITHMETIC
    return isinstance(expression, CallExpr) and expression.analyzed is None


def _place(node: Node, sort: str, text: str, known: bool | None) -> Iterator[Place]:
    if known is not None:
        line, column, *_ = span(node)
        yield Place(line, column + 1, sort, text, known)


def _written(parameter: Argument, session: Session) -> str:
    return source_of(session.tree.path).snippet(*span(parameter)) or parameter.variable.name


def _is_known(typ: Type, by_hand: bool) -> bool | None:
    """Return whether all numbers in a type have a meaning; None where there is none to be known."""
    numbers = list(_numbers([typ]))
    # Integers count and index, unless somebody declares what they are.
    floats = [name for name in numbers if name != INT]
    if not floats and not by_hand:
        return None
    relevant = floats or numbers
    return all(name in BASES for name in relevant) if relevant else None


def _numbers(types: Sequence[Type]) -> Iterator[str]:
    """Yield the full names of the number types that a type is made of."""
    for each in types:
        typ = get_proper_type(each)
        if isinstance(typ, UnionType | TupleType):
            yield from _numbers(typ.items)
        elif isinstance(typ, Instance):
            if typ.type.fullname in CARRIERS or typ.type.fullname in BASES:
                yield typ.type.fullname
            else:
                yield from _numbers(typ.args)
