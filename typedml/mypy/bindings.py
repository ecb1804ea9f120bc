"""Names that stand for what they were given: `total` for `tp + fp`, where `total = tp + fp` comes before.

That is so where nothing else is ever bound to the name, and nothing anew to what the value is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    AssignmentExpr,
    AssignmentStmt,
    Block,
    CallExpr,
    Context,
    DelStmt,
    Expression,
    ForStmt,
    ListExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    OpExpr,
    RefExpr,
    StarExpr,
    TryStmt,
    TupleExpr,
    UnaryExpr,
    Var,
    WithStmt,
)
from mypy.patterns import AsPattern, MappingPattern, StarredPattern

from typedml.mypy.index import index_of, kept, walk
from typedml.mypy.literals import constant, literal_of

if TYPE_CHECKING:
    from typedml.algebra.meaning import Literal

Place = tuple[int, int]

# Where the names stand that a node binds.
BINDING: Final[dict[type, str]] = {
    AssignmentStmt: "lvalues",
    OperatorAssignmentStmt: "lvalue",
    AssignmentExpr: "target",
    ForStmt: "index",
    WithStmt: "target",
    TryStmt: "vars",
    DelStmt: "expr",
    AsPattern: "name",
    StarredPattern: "capture",
    MappingPattern: "rest",
}


class Bindings:
    """Where each variable of a module is bound, and attributes of each name."""

    def __init__(self, tree: MypyFile) -> None:
        self._tree = tree
        self.variables: dict[Var, list[Place]] = {}
        self.attributes: dict[str, list[Place]] = {}
        self._blocks: list[tuple[int, int]] = []
        for node in walk(tree, Node):
            if isinstance(node, Block) and node.end_line is not None:
                self._blocks.append((node.line, node.end_line))
            for target in _targets(node):
                self._add(target)

    def _add(self, target: Expression) -> None:
        if isinstance(target, TupleExpr | ListExpr):
            for each in target.items:
                self._add(each)
        elif isinstance(target, StarExpr):
            self._add(target.expr)
        elif isinstance(target, NameExpr) and isinstance(target.node, Var):
            self.variables.setdefault(target.node, []).append(_place(target))
        elif isinstance(target, MemberExpr):
            self.attributes.setdefault(target.name, []).append(_place(target))

    def value_of(self, name: NameExpr) -> Expression | None:
        """Return what a name stands for where it is used, None if that may be something else."""
        value = _only(name.node, self._tree)
        made = isinstance(value, OpExpr | CallExpr | UnaryExpr) and self.is_bound_once(name.node)
        return value if value is not None and made and self._holds(value, _place(name)) else None

    def is_bound_once(self, node: object) -> bool:
        """Whether one place alone gives a variable a value."""
        return isinstance(node, Var) and len(self.variables.get(node, ())) == 1

    def _holds(self, value: Expression, used: Place) -> bool:
        """Say whether a value would be the same if it were worked out where it is used."""
        given = _place(value)
        # What stands in a branch may be left from the round before.
        if given >= used or not self._is_within_block(given, used):
            return False
        for part in walk(value, Expression):
            places: list[Place] = []
            if isinstance(part, NameExpr) and isinstance(part.node, Var):
                places = self.variables.get(part.node, [])
            elif isinstance(part, MemberExpr):
                places = [place for place in self.attributes.get(part.name, ()) if place <= used]
            if any(place > given for place in places):
                return False
        return True

    def _is_within_block(self, given: Place, used: Place) -> bool:
        """Say whether a place is in the innermost block around another one; a module has none."""
        around = [lines for lines in self._blocks if lines[0] <= given[0] <= lines[1]]
        first, last = min(around, key=lambda lines: lines[1] - lines[0], default=(used[0], used[0]))
        return first <= used[0] <= last


def _targets(node: Node) -> list[Expression]:
    """Return what a node binds, in a function or anywhere else."""
    bound = getattr(node, BINDING[type(node)]) if type(node) in BINDING else None
    return [each for each in (bound if isinstance(bound, list) else [bound]) if each is not None]


def _place(node: Context) -> Place:
    return node.line, node.column


bindings_of: Final = kept(Bindings)


def number_of(name: RefExpr, tree: MypyFile, before: Place | None = None) -> Literal | None:
    """Return the number that a name stands for, `HALF = 0.5`, if it is bound to that one alone."""
    found = constant(name)
    value = _only(name.node, tree) if found is None else None
    if value is None or (before is not None and _place(value) >= before):
        return found
    found = literal_of(value, lambda inner: number_of(inner, tree, _place(value)))
    return found if found is not None and bindings_of(tree).is_bound_once(name.node) else None


def _only(variable: object, tree: MypyFile) -> Expression | None:
    """Return what a variable without declaration is assigned, if that is one value."""
    if not isinstance(variable, Var) or not variable.is_inferred or variable.info:
        return None
    values = index_of(tree).assigned.get(variable, ())
    return values[0] if len(values) == 1 else None
