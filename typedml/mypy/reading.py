"""An expression of mypy's tree as the algebra reads it: `w * t + (1 - w) * self.ema`, leaves by their text.

What is no arithmetic - a name, an attribute, a subscript, a call of which nothing is known - is a leaf with
the meaning of its type. What runs in a comprehension stands for all values of what it runs over, as it does
in `typedml.algebra.reading`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from mypy.literals import literal_hash
from mypy.nodes import (
    CallExpr,
    Context,
    Expression,
    GeneratorExpr,
    IndexExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    OperatorAssignmentStmt,
    OpExpr,
    RefExpr,
    TupleExpr,
    UnaryExpr,
    Var,
)
from mypy.types import AnyType, Instance, NoneType, Type, UnionType, get_proper_type

from typedml.algebra import expression as algebra
from typedml.algebra.meaning import UNKNOWN, Literal, Operand
from typedml.mypy.bindings import bindings_of
from typedml.mypy.carrier import is_truth, lower
from typedml.mypy.formulas import filled, is_read, known
from typedml.mypy.index import walk
from typedml.mypy.literals import CONSTANTS, literal_of
from typedml.mypy.loops import loop_of, sources_of, targets_of, variables_of
from typedml.mypy.operands import INDICATOR
from typedml.mypy.relabelled import item_of

if TYPE_CHECKING:
    from typedml.mypy.session import Session

ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "//", "%", "**"})
# Calls of these give another value each time.
DRAWING: Final = frozenset(
    {"random", "uniform", "gauss", "choice", "randint", "next", "pop", "popleft", "input"}
)
MOST: Final = 100
DEEPEST: Final = 40


class UnreadError(Exception):
    """What stands in an expression that is no arithmetic of numbers."""


class ExpressionReader:
    """Reads one expression, and remembers where each part of it stands.

    With `asks`, mypy is asked for the types of leaves that it has not come to yet; else those are taken that
    it found. `wild` is what a leaf means that is Any, of which nothing is said.
    """

    def __init__(self, session: Session, *, asks: bool, wild: Operand | None = None) -> None:
        self.session, self.asks, self.wild = session, asks, wild
        self.places: dict[algebra.Expression, Context] = {}
        # What a variable of a loop stands for, or the loop that tells it from others of its name.
        self._bound: dict[Var, algebra.Name | str] = {}
        self._mapped: dict[str, algebra.Expression] = {}
        self._loop = ""
        self._count = 0

    def read(self, node: Context, depth: int = 0) -> algebra.Expression:
        """Return what the algebra judges.

        Raises: UnreadError if something in it is no number, or if it is too large.
        """
        self._count += 1
        if self._count > MOST or depth > DEEPEST:
            raise UnreadError
        found = self._read(node, depth + 1)
        self.places.setdefault(found, node)
        return found

    def _read(self, node: Context, depth: int) -> algebra.Expression:
        if isinstance(node, OpExpr) and node.op in ARITHMETIC:
            return algebra.Operation(node.op, self.read(node.left, depth), self.read(node.right, depth))
        if isinstance(node, OperatorAssignmentStmt) and node.op in ARITHMETIC:
            return algebra.Operation(node.op, self.read(node.lvalue, depth), self.read(node.rvalue, depth))
        if isinstance(node, UnaryExpr) and node.op in "+-":
            of = self.read(node.expr, depth)
            negative = node.op == "-" and isinstance(of, algebra.Number) and of.value >= 0
            return algebra.Number(-of.value) if negative else algebra.Unary(node.op, of)  # type: ignore[union-attr]
        if isinstance(node, CallExpr) and is_read(node):
            return self._call(node, depth)
        if isinstance(node, Expression):
            return self._number(node) or self._given(node, depth) or self._leaf(node)
        raise UnreadError

    def _number(self, node: Expression) -> algebra.Number | None:
        if isinstance(node, RefExpr) and node.fullname in CONSTANTS:
            return algebra.Number(CONSTANTS[node.fullname], node.fullname)
        literal = literal_of(node, self.session.number)
        return algebra.Number(literal.value) if literal is not None else None

    def _given(self, node: Expression, depth: int) -> algebra.Expression | None:
        """Read what a name was given, if it stands for that alone and nothing is too much to read."""
        value = bindings_of(self.session.tree).value_of(node) if isinstance(node, NameExpr) else None
        # What is of several types, or was narrowed, says so where it is used.
        if value is None or self._loop or not self._is_alike(node, value):
            return None
        count = self._count
        try:
            return self.read(value, depth)
        except UnreadError:
            self._count = count
            return None

    def _is_alike(self, node: Expression, value: Expression) -> bool:
        """Say whether a name is of the type that its value had."""
        found, given = self.session.type_of(node), self.session.type_of(value)
        return given is not None and (found is None or get_proper_type(found) == get_proper_type(given))

    def _leaf(self, node: Expression) -> algebra.Name:
        bound = (
            self._bound.get(node.node) if isinstance(node, NameExpr) and isinstance(node.node, Var) else None
        )
        if isinstance(bound, algebra.Name):
            return bound
        return algebra.Name(self._text(node), self._operand(node, self._type(node)))

    def _call(self, call: CallExpr, depth: int) -> algebra.Expression:
        function = known(call)
        if function is None:
            chosen = loop_of(call.args[0])
            if chosen is not None and chosen.condlists[0]:
                return algebra.Call("sum", (self._chosen(chosen),))
            return algebra.Call("len", (self._size(call.args[0]),))
        formula, parameters = function.results[0].expression, function.parameters
        assert formula is not None
        found: dict[str, list[algebra.Expression]] = {}
        for place, each in enumerate(call.args):
            parameter = parameters[min(place, len(parameters) - 1)]
            adds = isinstance(formula, algebra.Call) and formula.function == "sum"
            read = self._items(each, depth, adds) if parameter.runs_over else self.read(each, depth)
            found.setdefault(parameter.name, []).append(read)
        return filled(formula, found)[0]

    def _items(self, node: Expression, depth: int, adds: bool) -> algebra.Expression:
        """Read what runs over values as one that stands for all of them."""
        generator = loop_of(node)
        if generator is not None:
            counts = adds and generator.condlists[0] and self._is_truth(generator.left_expr)
            return self._chosen(generator) if counts else self._looped(generator, depth)
        if isinstance(node, ListExpr | TupleExpr) and node.items:
            return algebra.Call("display", tuple(self.read(each, depth) for each in node.items))
        found = self._values(node, "")
        self._mapped[self._text(self._held_by(node))] = found
        return found

    def _held_by(self, node: Expression) -> Expression:
        """Return the mapping that a view is of, which holds as many: of `d.values()` it is `d`."""
        if isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr) and not node.args:
            with suppress(UnreadError):
                view = get_proper_type(self._type(node))
                if isinstance(view, Instance) and view.type.has_base("typing.MappingView"):
                    return node.callee.expr
        return node

    def _is_truth(self, node: Expression) -> bool:
        literal = literal_of(node)
        return literal.value == 1 if literal is not None else is_truth(self._type(node))

    def _chosen(self, generator: GeneratorExpr) -> algebra.Name:
        """Read what is counted where a condition holds as an indicator: of all values, chosen or not."""
        if len(generator.sequences) != 1 or generator.is_async[0]:
            raise UnreadError
        sources = " and ".join(map(self._text, sources_of(generator)))
        counted = f"{self.session.text(generator.left_expr)}{self._conditions(generator)}"
        found = algebra.Name(f"{counted} for {sources}{self._loop}", INDICATOR)
        for source in sources_of(generator):
            self._mapped[self._text(self._held_by(source))] = found
        return found

    def _size(self, node: Expression) -> algebra.Expression:
        """Read what is counted: as what a loop over it made of each, if it was read before."""
        counted = self._mapped.get(self._text(self._held_by(node)))
        if counted is not None:
            return counted
        try:
            return self._values(node, "")
        except UnreadError:
            return algebra.Name(self._text(node))

    def _values(self, node: Expression, conditions: str) -> algebra.Name:
        item = item_of(self._type(node))
        if item is None:
            raise UnreadError
        return algebra.Name(f"{self._text(node)}{conditions}", self._operand(node, item))

    def enter(self, generator: GeneratorExpr) -> None:
        """Bind the variables of a loop around what is read.

        Raises: UnreadError if it is more than one loop.
        """
        if len(generator.sequences) != 1 or generator.is_async[0]:
            raise UnreadError
        if self.asks and any(each.type is None for each in variables_of(generator)):
            self._type(generator)
        conditions = self._conditions(generator)
        self._loop = f" for {self.session.text(generator.sequences[0])}{conditions}{self._loop}"
        self._bound = {**self._bound, **self._variables(generator, conditions)}

    def _conditions(self, generator: GeneratorExpr) -> str:
        return "".join(f" if {self.session.text(each)}" for each in generator.condlists[0])

    def _looped(self, generator: GeneratorExpr, depth: int) -> algebra.Expression:
        outer, loop = self._bound, self._loop
        try:
            self.enter(generator)
            found = self.read(generator.left_expr, depth)
        finally:
            self._bound, self._loop = outer, loop
        for source in [] if generator.condlists[0] else sources_of(generator):
            self._mapped[self._text(self._held_by(source))] = found
        return found

    def _variables(self, generator: GeneratorExpr, conditions: str) -> dict[Var, algebra.Name | str]:
        """Return what each variable of a loop stands for: the values it runs over, or a text of its own."""
        found: dict[Var, algebra.Name | str] = dict.fromkeys(variables_of(generator), self._loop)
        targets, sources = targets_of(generator), sources_of(generator)
        for each, values in zip(targets, sources, strict=False) if len(targets) == len(sources) else ():
            if isinstance(each, NameExpr) and isinstance(each.node, Var):
                with suppress(UnreadError):
                    name = self._values(values, conditions)
                    found[each.node] = self._loop if self._pairs(name, generator) else name
        return found

    def _pairs(self, values: algebra.Name, generator: GeneratorExpr) -> bool:
        """Say whether a loop in a loop over the same values takes one beside another: `x - y`."""
        outer = {variable for variable, bound in self._bound.items() if bound == values}
        inside = walk(generator.left_expr, Expression) if outer else ()
        return any(isinstance(each, NameExpr) and each.node in outer for each in inside)

    def _type(self, node: Expression) -> Type:
        checker = self.session.checker
        if self.asks and checker is not None:
            with checker.msg.filter_errors(), checker.local_type_map:
                found: Type = checker.expr_checker.accept(node)
            return found
        known = self.session.type_of(node)
        if known is None:
            raise UnreadError
        return known

    def _operand(self, node: Expression, typ: Type) -> Operand:
        proper = get_proper_type(typ)
        if isinstance(proper, AnyType) and self.wild is not None:
            return self.wild
        members = proper.items if isinstance(proper, UnionType) else [proper]
        numbers = {lower(each) for each in members if not isinstance(get_proper_type(each), NoneType)}
        if len(numbers) != 1 or None in numbers:
            raise UnreadError
        (found,) = numbers
        if found is UNKNOWN:
            found = INDICATOR if is_truth(proper) else self.session.operand(node) or UNKNOWN
        return UNKNOWN if found is None or isinstance(found, Literal) else found

    def _text(self, node: Expression) -> str:
        """Return what tells a leaf from all others: its source, and the loop that it is in."""
        if isinstance(node, NameExpr):
            bound = self._bound.get(node.node, "") if isinstance(node.node, Var) else ""
            return f"{node.name}{bound if isinstance(bound, str) else f' of {bound}'}"
        if isinstance(node, MemberExpr):
            return f"{self._text(node.expr)}.{node.name}"
        if isinstance(node, IndexExpr) and literal_hash(node.index) is not None:
            return f"{self._text(node.base)}[{self.session.text(node.index)}]{self._loop}"
        place = f" at {node.line}:{node.column}" if _draws(node) else ""
        return f"({self.session.text(node)}){self._loop}{place}"


def _draws(node: Expression) -> bool:
    callee = node.callee if isinstance(node, CallExpr) else None
    return isinstance(callee, NameExpr | MemberExpr) and callee.name in DRAWING
