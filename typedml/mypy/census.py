"""How much of a module's numbers is known: what `typedml check --coverage` counts.

A module is counted when mypy has checked it, and written to a folder that the command reads:

- every place that is declared: parameters, results, attributes and variables that hold floats, whatever
  holds them, and integers where somebody wrote the annotation;
- every computation: the outermost arithmetic, and calls, whose result is a float.

Literals, and names of literals, are not counted: what they mean is said where they are used. Nor is what
leaves its meaning by name, `raw(x)`, nor what mypy itself knows as `Any`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Expression,
    FuncDef,
    MemberExpr,
    NameExpr,
    Node,
    OpExpr,
    RefExpr,
    TypeInfo,
    UnaryExpr,
    Var,
)
from mypy.types import CallableType, Instance, TupleType, Type, UnionType, get_proper_type

from typedml.algebra.meaning import UNKNOWN, Literal, Meaning
from typedml.mypy.classes import BASES, CARRIERS
from typedml.mypy.index import index_of, span, walk
from typedml.mypy.literals import literal_of
from typedml.mypy.parts import operands_of
from typedml.mypy.settings import COVERAGE
from typedml.mypy.source import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typedml.mypy.places import IsOwn
    from typedml.mypy.session import Session

ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "//", "%", "**"})
INT: Final = "builtins.int"
# Text, flags and dates are mostly no measurements, and nobody need say so of each.
PLAIN: Final = frozenset(
    {INT, "builtins.float", "builtins.complex", "decimal.Decimal", "fractions.Fraction", "numpy.float64"}
) & frozenset(CARRIERS)
LEFT: Final = "typedml.declare.conversion.raw"

DECLARED: Final = "declared without a meaning"
ASSIGNED: Final = "assigned {}"
OPERAND: Final = "{} is unknown"
OWN: Final = "{} declares no meaning"
FOREIGN: Final = "no stub says what {} means"


class Place(NamedTuple):
    """A number in the source: what it is, how it is written, and why its meaning is unknown, if it is."""

    line: int
    column: int
    sort: str
    text: str
    known: bool
    why: str


def folder() -> Path | None:
    """Return where to write, if this run counts."""
    named = os.environ.get(COVERAGE)
    return Path(named) if named else None


def write(session: Session, into: Path, is_own: IsOwn) -> None:
    """Count a module, and write what was found."""
    places = sorted(Census(session, is_own).take())
    record = {
        "path": session.tree.path,
        "uses": session.uses_meanings or any(place.known for place in places),
        "places": [place._asdict() for place in places],
    }
    (into / f"{session.tree.fullname}.json").write_text(json.dumps(record), encoding="utf-8")


class Census:
    """Counts the numbers of one module; `is_own` tells by a full name what the project defines."""

    def __init__(self, session: Session, is_own: IsOwn) -> None:
        self.session, self.is_own = session, is_own
        self._annotated = {
            id(target)
            for statement in walk(session.tree, Node)
            if isinstance(statement, AssignmentStmt) and statement.unanalyzed_type is not None
            for target in statement.lvalues
        }

    def take(self) -> set[Place]:
        """Return the numbers of the module."""
        found: set[Place] = set()
        for node in walk(self.session.tree, Node):
            if isinstance(node, FuncDef) and isinstance(node.type, CallableType) and not node.is_dynamic():
                found.update(self._signature(node, node.type))
            elif isinstance(node, NameExpr | MemberExpr):
                found.update(self._variable(node))
            elif isinstance(node, OpExpr | UnaryExpr | CallExpr):
                found.update(self._computed(node))
        return found

    def _signature(self, function: FuncDef, typ: CallableType) -> Iterator[Place]:
        for parameter in function.arguments:
            variable = parameter.variable
            # What a decorator such as `dataclass` writes stands nowhere.
            if parameter.line > 0 and variable.type is not None and parameter.type_annotation is not None:
                text = source_of(self.session.tree.path).snippet(*span(parameter)) or variable.name
                yield from _place(parameter, "parameter", text, _is_known(variable.type, True), DECLARED)
        known = _is_known(typ.ret_type, by_hand=True)
        yield from _place(function, "return", f"def {function.name}", known, DECLARED)

    def _variable(self, name: NameExpr | MemberExpr) -> Iterator[Place]:
        variable = name.node
        if not name.is_new_def or not isinstance(variable, Var) or variable.type is None:
            return
        by_hand = id(name) in self._annotated
        values = index_of(self.session.tree).assigned.get(variable, ())
        if not by_hand and values and all(literal_of(value) or _is_left(value) for value in values):
            return
        sort = "attribute" if isinstance(name, MemberExpr) or bool(variable.info) else "variable"
        why = DECLARED if by_hand else ASSIGNED.format(self.session.text(values[0])) if values else ""
        yield from _place(name, sort, self.session.text(name), _is_known(variable.type, by_hand), why)

    def _computed(self, expression: OpExpr | UnaryExpr | CallExpr) -> Iterator[Place]:
        whole = index_of(self.session.tree).enclosing.get(expression)
        if not _computes(expression) or (isinstance(whole, OpExpr | UnaryExpr) and _computes(whole)):
            return
        typ = self.session.type_of(expression)
        known = _is_known(typ, by_hand=False) if typ is not None else None
        if known is False:
            operand = self.session.operand(expression, typ)
            known = None if isinstance(operand, Literal) else isinstance(operand, Meaning)
        why = self._reason(expression) if known is False else ""
        sort = "call" if isinstance(expression, CallExpr) else "arithmetic"
        yield from _place(expression, sort, self.session.text(expression), known, why)

    def _reason(self, expression: Expression) -> str:
        """Return why nothing is known of a computation: the first of its parts that is unknown itself."""
        parts = expression.args if isinstance(expression, CallExpr) else operands_of(expression)
        for part in parts:
            if self.session.type_of(part) is not None and self.session.operand(part) is UNKNOWN:
                inner = isinstance(part, OpExpr | UnaryExpr) and _computes(part)
                return (self._reason(part) if inner else "") or OPERAND.format(self.session.text(part))
        return self._silence(expression.callee) if isinstance(expression, CallExpr) else ""

    def _silence(self, callee: Expression) -> str:
        """Return who does not say what is returned: one's own function, or a library's without a stub."""
        typ = self.session.type_of(callee)
        proper = get_proper_type(typ) if typ is not None else None
        definition = proper.definition if isinstance(proper, CallableType) else None
        name = definition.fullname if definition is not None else getattr(callee, "fullname", "")
        # What is defined inside of a function has no dot in its full name.
        is_own = "." not in name or self.is_own(name)
        return OWN.format(self.session.text(callee)) if is_own else FOREIGN.format(name)


def _computes(expression: Expression) -> bool:
    """Whether an expression makes a number of others; neither a class that is called nor `raw` does."""
    if isinstance(expression, OpExpr | UnaryExpr):
        return expression.op in ARITHMETIC
    if not isinstance(expression, CallExpr) or expression.analyzed is not None:
        return False
    callee = expression.callee
    if isinstance(callee, RefExpr) and isinstance(callee.node, TypeInfo):
        return callee.fullname in PLAIN
    return not _is_left(expression)


def _is_left(expression: Expression) -> bool:
    """Whether a meaning is left here by name."""
    callee = expression.callee if isinstance(expression, CallExpr) else None
    return isinstance(callee, RefExpr) and callee.fullname == LEFT


def _place(node: Node, sort: str, text: str, known: bool | None, why: str) -> Iterator[Place]:
    if known is not None:
        line, column, *_ = span(node)
        yield Place(line, column + 1, sort, " ".join(text.split()), known, "" if known else why)


def _is_known(typ: Type, by_hand: bool) -> bool | None:
    """Return whether all numbers in a type have a meaning; None where there is none to be known."""
    numbers = list(_numbers([typ]))
    # Integers count and index, unless somebody declares what they are.
    others = [name for name in numbers if name != INT]
    if not others and not by_hand:
        return None
    relevant = others or numbers
    return all(name in BASES for name in relevant) if relevant else None


def _numbers(types: Sequence[Type]) -> Iterator[str]:
    """Yield the full names of the number types that a type is made of."""
    for each in types:
        typ = get_proper_type(each)
        if isinstance(typ, UnionType | TupleType):
            yield from _numbers(typ.items)
        elif isinstance(typ, Instance):
            if typ.type.fullname in PLAIN or typ.type.fullname in BASES:
                yield typ.type.fullname
            else:
                yield from _numbers(typ.args)
