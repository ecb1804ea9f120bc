"""Where expressions stand in a module's syntax tree, and what its variables are assigned."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from mypy.nodes import (
    AssertStmt,
    AssignmentExpr,
    AssignmentStmt,
    Block,
    BreakStmt,
    CallExpr,
    Context,
    ContinueStmt,
    Decorator,
    DelStmt,
    DictExpr,
    Expression,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    GlobalDecl,
    IfStmt,
    Import,
    ImportAll,
    ImportFrom,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    NonlocalDecl,
    OperatorAssignmentStmt,
    OpExpr,
    PassStmt,
    RaiseStmt,
    RefExpr,
    ReturnStmt,
    Statement,
    TryStmt,
    TypeAlias,
    TypeInfo,
    Var,
    WhileStmt,
    WithStmt,
)
from mypy.traverser import all_return_statements

from typedml.mypy.assigned import attributes, beside
from typedml.mypy.parts import operands_of
from typedml.mypy.source import source_of_tree
from typedml.mypy.stored import Put, each_of, key_of, pairs, puts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typedml.algebra.kind import Kind

Span = tuple[int, int, int, int]
CONVERSION: Final = "typedml.declare.conversion.conversion"

# These lead from a use to its definition or repeat what stands elsewhere; all others lead further down.
ELSEWHERE: Final = frozenset(
    "analyzed as_type deleted fallback imports info last_value metaclass method_type names node "
    "original_def original_first_arg special_alias type unanalyzed_items unanalyzed_type var".split()
)
# Where other statements stand in the commonest ones; of all others each part is looked at.
LEAVES: Final = (
    AssertStmt,
    AssignmentStmt,
    BreakStmt,
    ContinueStmt,
    DelStmt,
    ExpressionStmt,
    GlobalDecl,
    NonlocalDecl,
    OperatorAssignmentStmt,
    PassStmt,
    RaiseStmt,
    ReturnStmt,
)
INNER: Final[dict[type, tuple[str, ...]]] = {
    **dict.fromkeys(LEAVES, ()),
    **dict.fromkeys((Import, ImportAll, ImportFrom), ("assignments",)),
    MypyFile: ("defs",),
    Block: ("body",),
    FuncDef: ("body", "expanded"),
    ForStmt: ("body", "else_body"),
    WhileStmt: ("body", "else_body"),
    IfStmt: ("body", "else_body"),
    TryStmt: ("body", "handlers", "else_body", "finally_body"),
    WithStmt: ("body",),
}


class TreeIndex:
    """The expressions of one module by position, and the values each variable is assigned.

    What variables are assigned is asked for often, and found among the statements alone; positions are asked
    for only where an error is judged.
    """

    def __init__(self, tree: MypyFile) -> None:
        self._tree = tree
        # What `wholes` remembers of nodes: which are parts of a whole that is right, at which it is looking,
        # and the kinds beneath them.
        self.awaited: set[Context] = set()
        self.looked_at: set[Context] = set()
        self.kinds: dict[Context, frozenset[Kind]] = {}
        # What stands for `a += b`: its source is that of the statement.
        self.steps: set[Context] = set()

    @cached_property
    def assigned(self) -> dict[Var, list[Expression]]:
        """The values that a variable is assigned, in the order of the source."""
        found: dict[Var, list[Expression]] = {}
        for statement in sorted(self._assignments, key=lambda each: (each.line, each.column)):
            for target in statement.lvalues:
                for place, value in pairs(target, statement.rvalue):
                    if isinstance(place, NameExpr | MemberExpr) and isinstance(place.node, Var):
                        found.setdefault(place.node, []).append(value)
        for variable, value in self._named_within:
            values = found.setdefault(variable, [])
            values.append(value)
            values.sort(key=lambda value: (value.line, value.column))
        return found

    @property
    def _named_within(self) -> Iterator[tuple[Var, Expression]]:
        """What loops and expressions name: `for leg in legs`, `(n := 1)`."""
        for loop in self._loops:
            if isinstance(loop.index, NameExpr) and isinstance(loop.index.node, Var):
                yield loop.index.node, each_of(loop.expr)
        for each in walk(self._tree, Node) if source_of_tree(self._tree).names_within else ():
            if isinstance(each, AssignmentExpr) and isinstance(each.target.node, Var):
                yield each.target.node, each.value

    @cached_property
    def targets(self) -> dict[Expression, list[Expression]]:
        """What a value is assigned to, where it is assigned as a whole: `x = 0.0`, `(x := 0.0)`."""
        found: dict[Expression, list[Expression]] = {}
        for target, value in self.values.items():
            found.setdefault(value, []).append(target)
        for each in self.expressions.values():
            if isinstance(each, AssignmentExpr):
                found.setdefault(each.value, []).append(each.target)
        return found

    @cached_property
    def values(self) -> dict[Expression, Expression]:
        """What each place in an assignment is assigned."""
        targets = ((target, each.rvalue) for each in self._assignments for target in each.lvalues)
        return {place: value for target, whole in targets for place, value in pairs(target, whole)}

    @cached_property
    def attributes(self) -> dict[str, list[tuple[NameExpr | MemberExpr, Expression]]]:
        """The values that attributes of any class are assigned, by name, in the order of the source."""
        found: dict[str, list[tuple[NameExpr | MemberExpr, Expression]]] = {}
        for node in walk(self._tree, Statement):
            if isinstance(node, AssignmentStmt):
                pairs = [pair for target in node.lvalues for pair in attributes(target, node.rvalue)]
            elif isinstance(node, OperatorAssignmentStmt):
                # What is added is of the attribute's unit; what is made otherwise is asked for as it stands.
                value = node.rvalue if node.op in ("+", "-") else self._step(node)
                pairs = [*attributes(node.lvalue, value)]
            else:
                continue
            for place, value in pairs:
                found.setdefault(place.name, []).append((place, value))
        return found

    @cached_property
    def stored(self) -> dict[object, list[tuple[Expression, Put]]]:
        """What is put into containers after they were made, by their variables or the names of attributes."""
        found: dict[object, list[tuple[Expression, Put]]] = {}
        for node in walk(self._tree, Node):
            for holder, put in puts(node, self._step):
                found.setdefault(key_of(holder), []).append((holder, put))
        return found

    @cached_property
    def beside(self) -> set[Span]:
        """Where values stand beside their own annotation."""
        annotated = (each for each in self._assignments if each.unanalyzed_type is not None)
        return {span(value) for statement in annotated for value in beside(statement.rvalue)}

    @cached_property
    def converting(self) -> list[FuncDef]:
        """The functions that are marked with `@conversion`."""
        marked = [node for node in walk(self._tree, Node) if isinstance(node, Decorator)]
        return [each.func for each in marked if any(map(_marks_conversion, each.original_decorators))]

    @cached_property
    def conversions(self) -> set[Span]:
        """What is returned by functions that are marked with `@conversion`."""
        returned = (each.expr for function in self.converting for each in all_return_statements(function))
        return {span(value) for value in returned if value is not None}

    @cached_property
    def expressions(self) -> dict[Span, Expression]:
        """The outermost expression at each position, which is the one that errors are about."""
        found: dict[Span, Expression] = {}
        for node in walk(self._tree, Node):
            if isinstance(node, OperatorAssignmentStmt):
                found.setdefault(span(node), self._step(node))
            elif isinstance(node, Expression):
                found.setdefault(span(node), node)
        return found

    def _step(self, statement: OperatorAssignmentStmt) -> OpExpr:
        """Return what `a += b` computes, which mypy has no expression for."""
        made = OpExpr(statement.op, statement.lvalue, statement.rvalue)
        made.set_line(statement)
        self.steps.add(made)
        return made

    @cached_property
    def enclosing(self) -> dict[Context, Context]:
        """What each operand or argument stands in."""
        return {part: node for node in walk(self._tree, Node) for part in operands_of(node)}

    @cached_property
    def entries(self) -> dict[Span, Expression]:
        """The values of dict displays, by the positions of their entries."""
        displays = (each for each in self.expressions.values() if isinstance(each, DictExpr))
        return {_across(key, value): value for each in displays for key, value in each.items if key}

    @cached_property
    def _statements(self) -> list[Node]:
        return [node for node in walk(self._tree, Statement) if isinstance(node, AssignmentStmt | ForStmt)]

    @cached_property
    def _assignments(self) -> list[AssignmentStmt]:
        return [node for node in self._statements if isinstance(node, AssignmentStmt)]

    @property
    def _loops(self) -> list[ForStmt]:
        return [node for node in self._statements if isinstance(node, ForStmt)]


def _marks_conversion(decorator: Expression) -> bool:
    callee = decorator.callee if isinstance(decorator, CallExpr) else decorator
    return isinstance(callee, RefExpr) and callee.fullname == CONVERSION


def walk(root: Node, sort: type[Node]) -> Iterator[Node]:
    """Yield the nodes of one sort from the outside in; mypy's own traversers cannot be extended."""
    waiting, seen = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        yield node
        parts = INNER.get(type(node)) if sort is Statement else None
        for name in _children(type(node).__mro__) if parts is None else parts:
            found = [n for n in _nodes(getattr(node, name, None), sort) if id(n) not in seen]
            seen.update(map(id, found))
            waiting.extend(found)


@cache
def _children(bases: tuple[type, ...]) -> tuple[str, ...]:
    names = (name for base in bases for name in getattr(base, "__mypyc_attrs__", ()))
    return tuple(sorted({name for name in names if not name.startswith("__")} - ELSEWHERE))


def _nodes(value: object, sort: type[Node]) -> Iterator[Node]:
    if isinstance(value, sort) and not isinstance(value, TypeInfo | TypeAlias | Var):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _nodes(item, sort)


def _across(first: Node, last: Node) -> Span:
    return (*span(first)[:2], *span(last)[2:])


def span(node: Node) -> Span:
    """Return where a node begins and ends."""
    return node.line, node.column, node.end_line or node.line, node.end_column or node.column


Made = TypeVar("Made")


def kept(make: Callable[[MypyFile], Made]) -> Callable[[MypyFile], Made]:
    """Make something of each module once, and anew where the daemon gives a module other definitions."""
    known: dict[str, tuple[object, Made]] = {}

    def of(tree: MypyFile) -> Made:
        found = known.get(tree.fullname)
        if found is None or found[0] is not tree.defs:
            found = known[tree.fullname] = (tree.defs, make(tree))
        return found[1]

    return of


index_of: Final = kept(TreeIndex)
