"""Expressions read from Python's own text: `np.log(p / (1 - p))`, `(w * x).sum() / w.sum()`.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> print(read("np.clip(p, 0, 1).mean()", {"p": Meaning(KINDS["Probability"])}))
mean(clip(p, 0, 1))

What is not an expression of numbers - a comprehension of two loops, an assignment, an unknown name - is
refused with its place in the text, never passed over.
"""

from __future__ import annotations

import ast

from typedml.algebra.arguments import (
    BESIDE_VALUES,
    BOUNDS,
    HIGH,
    LOW,
    axis_from,
    is_axis,
    is_none,
    is_truth,
)
from typedml.algebra.errors import AlgebraError
from typedml.algebra.expression import Call, Name, Number, Operation, Unary
from typedml.algebra.functions import ALIASES
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.syntax import BINARY, COMPARISONS, CONSTANTS, MODULES, SIGNS, SIZES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from typedml.algebra.expression import Expression

LONGEST = 10_000
DEEPEST = 60

OWN, CLIP, NORMAL = "builtins", "clip", "norm"


class ExpressionError(AlgebraError):
    """A text that is no expression of numbers: `text[position:]` begins with the mistake."""

    def __init__(self, fact: str, hint: str | None = None, *, text: str = "", position: int = 0) -> None:
        super().__init__(fact, hint)
        self.text = text
        self.position = position


def read(text: str, names: Mapping[str, Operand]) -> Expression:
    """Return the expression that `text` is, each name with what it means.

    Raises:
        ExpressionError: if it cannot be read, names something unknown, or is too long or too deep.
    """
    if len(text) > LONGEST:
        raise ExpressionError(
            f"The expression has {len(text)} characters.", f"write one of at most {LONGEST}."
        )
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(
            f"This is no Python expression: {error.msg}.",
            'write one as in code, such as "w * a + (1 - w) * b".',
            text=text,
            position=max((error.offset or 1) - 1, 0),
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("This is no Python expression.", "write one as in code.", text=text) from None
    return _Reader(text.strip(), names).expression(tree.body, 0)


class _Reader:
    """Reads one text; what a loop binds is one of the values of what it runs over, and stands for all."""

    def __init__(self, text: str, names: Mapping[str, Operand], bound: Mapping[str, Name] = {}) -> None:
        self.text = text
        self.names = names
        self.bound = bound

    def expression(self, node: ast.expr, depth: int) -> Expression:
        if depth > DEEPEST:
            raise self.error(
                node, "The expression is nested too deeply.", f"at most {DEEPEST} levels are read."
            )
        read = _READERS.get(type(node))
        if read is None:
            raise self.error(
                node, f'"{ast.unparse(node)}" is not read.', "numbers, operators, calls and names are."
            )
        return read(self, node, depth + 1)

    def name(self, node: ast.Name, depth: int) -> Expression:
        if node.id in self.bound:
            return self.bound[node.id]
        if node.id in self.names:
            return Name(node.id, self.names[node.id])
        if node.id in CONSTANTS:
            return Number(CONSTANTS[node.id], node.id)
        raise self.error(
            node, f'Nothing is known of "{node.id}".', f"say what it means: {node.id} = Probability, or = km."
        )

    def number(self, node: ast.Constant, depth: int) -> Expression:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.error(node, f"{node.value!r} is not a number.", "only numbers have meanings.")
        return Number(node.value)

    def operation(self, node: ast.BinOp, depth: int) -> Expression:
        left, right = self.expression(node.left, depth), self.expression(node.right, depth)
        op = BINARY[type(node.op)]
        return Call("dot", (left, right)) if op == "@" else Operation(op, left, right)

    def sign(self, node: ast.UnaryOp, depth: int) -> Expression:
        of, op = self.expression(node.operand, depth), SIGNS[type(node.op)]
        if op == "~" and is_truth(node.operand):
            return Unary("not", of)
        if op == "-" and isinstance(node.operand, ast.Constant) and isinstance(of, Number):
            return Number(-of.value)
        return Unary(op.strip(), of)

    def comparison(self, node: ast.Compare, depth: int) -> Expression:
        sides = [self.expression(side, depth) for side in (node.left, *node.comparators)]
        pairs = []
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if type(op) not in COMPARISONS:
                raise self.error(node, f'"{ast.unparse(node)}" is not read.', "write < <= > >= == or !=.")
            pairs.append(Operation(COMPARISONS[type(op)], left, right))
        return pairs[0] if len(pairs) == 1 else Call("all", tuple(pairs))

    def logic(self, node: ast.BoolOp, depth: int) -> Expression:
        word = "all" if isinstance(node.op, ast.And) else "any"
        return Call(word, tuple(self.expression(value, depth) for value in node.values))

    def choice(self, node: ast.IfExp, depth: int) -> Expression:
        parts = (node.test, node.body, node.orelse)
        return Call("where", tuple(self.expression(part, depth) for part in parts))

    def subscript(self, node: ast.Subscript, depth: int) -> Expression:
        of = self.expression(node.value, depth)
        if isinstance(of, Name):
            return Name(ast.unparse(node), _part(of.operand))
        return of if isinstance(node.slice, ast.Slice | ast.Constant | ast.Tuple) else Call("take", (of,))

    def attribute(self, node: ast.Attribute, depth: int) -> Expression:
        if self.is_module(node.value):
            if node.attr in CONSTANTS:
                return Number(CONSTANTS[node.attr], ast.unparse(node))
            raise self.error(node, f'"{ast.unparse(node)}" is no number.', "call it, or name what it means.")
        of = self.expression(node.value, depth)
        if node.attr in SIZES:
            return Call("len", (of,))
        return Name(ast.unparse(node), of.operand) if isinstance(of, Name) else of

    def call(self, node: ast.Call, depth: int) -> Expression:
        function, receiver = self.callee(node.func, depth)
        if ALIASES.get(function, function) == CLIP and len(receiver) + len(node.args):
            return self.clipped(node, function, receiver, depth)
        values = self.values(node, function, len(receiver))
        given = [*receiver, *(self.argument(each, depth) for each in values)]
        words = tuple(
            (word.arg, self.argument(word.value, depth))
            for word in node.keywords
            if word.arg is not None and word.arg not in BESIDE_VALUES and not is_none(word.value)
        )
        if not given and not words:
            raise self.error(node, f'"{ast.unparse(node)}" is given nothing.', "name what it is called with.")
        return Call(function, tuple(given), words)

    def values(self, node: ast.Call, function: str, start: int) -> list[ast.expr]:
        """Return the arguments by place that hold values: those from `start`, but for the axis."""
        axis = axis_from(function, bare=self.is_bare(node.func))
        if axis is None:
            return node.args
        return [each for place, each in enumerate(node.args, start) if place < axis or not self.is_how(each)]

    def is_how(self, node: ast.expr) -> bool:
        """Say whether what stands at the place of an axis is one: no name of an axis has a meaning."""
        if isinstance(node, ast.Attribute) and self.is_module(node.value):
            return node.attr not in CONSTANTS
        named = isinstance(node, ast.Name) and not self.is_known(node.id) and node.id not in CONSTANTS
        return named or is_axis(node)

    def clipped(self, node: ast.Call, function: str, receiver: list[Expression], depth: int) -> Expression:
        """Read the bounds of `clip`, by place or by name, one of them perhaps None."""
        values = receiver or [self.argument(node.args[0], depth)]
        ends = dict(zip((LOW, HIGH), node.args[1 - len(receiver) :], strict=False))
        ends |= {BOUNDS[word.arg]: word.value for word in node.keywords if word.arg in BOUNDS}
        low, high = (
            [self.argument(ends[end], depth)] if end in ends and not is_none(ends[end]) else []
            for end in (LOW, HIGH)
        )
        # Nothing but an upper bound is the smaller of two.
        return Call(function if low or not high else "minimum", (*values, *low, *high))

    def callee(self, node: ast.expr, depth: int) -> tuple[str, list[Expression]]:
        """Return the name of what is called, and the value whose method it is."""
        if isinstance(node, ast.Name):
            return node.id, []
        if isinstance(node, ast.Attribute):
            if self.is_distribution(node.value):
                return f"{NORMAL}.{node.attr}", []
            return node.attr, [] if self.is_module(node.value) else [self.expression(node.value, depth)]
        raise self.error(node, f'"{ast.unparse(node)}" is not called by a name.', "call a named function.")

    def argument(self, node: ast.expr, depth: int) -> Expression:
        if isinstance(node, ast.GeneratorExp | ast.ListComp):
            return self.comprehension(node, depth)
        if isinstance(node, ast.List | ast.Tuple) and node.elts:
            return Call("display", tuple(self.expression(each, depth + 1) for each in node.elts))
        return self.expression(node, depth)

    def comprehension(self, node: ast.GeneratorExp | ast.ListComp, depth: int) -> Expression:
        """Read `f(x) for x in xs` as f of xs: an array of values means what one of them means."""
        if len(node.generators) != 1 or node.generators[0].ifs:
            raise self.error(node, f'"{ast.unparse(node)}" is not read.', "one loop without `if` is.")
        loop = node.generators[0]
        bound = {**self.bound, **dict(self.loop(loop.target, loop.iter, depth))}
        return _Reader(self.text, self.names, bound).expression(node.elt, depth)

    def loop(self, target: ast.expr, source: ast.expr, depth: int) -> list[tuple[str, Name]]:
        targets = target.elts if isinstance(target, ast.Tuple) else [target]
        zipped = isinstance(source, ast.Call) and ast.unparse(source.func) == "zip"
        sources = source.args if zipped and isinstance(source, ast.Call) else [source]
        pairs = []
        for name, each in zip(targets, sources, strict=False):
            found = self.expression(each, depth)
            named = isinstance(name, ast.Name) and len(targets) == len(sources)
            if not (named and isinstance(name, ast.Name) and isinstance(found, Name)):
                raise self.error(
                    source, "This loop is not read.", "write `for x in xs`, or over zip(xs, ys)."
                )
            pairs.append((name.id, found))
        return pairs

    def is_known(self, name: str) -> bool:
        return name in self.names or name in self.bound

    def is_module(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and not self.is_known(node.id) and node.id in MODULES

    def is_bare(self, node: ast.expr) -> bool:
        """Say whether a function is Python's own."""
        own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == OWN
        return own or isinstance(node, ast.Name)

    def is_distribution(self, node: ast.expr) -> bool:
        """Say whether functions of the normal distribution are taken from here: `stats.norm.cdf`."""
        if isinstance(node, ast.Attribute):
            return node.attr == NORMAL and self.is_module(node.value)
        return isinstance(node, ast.Name) and node.id == NORMAL and not self.is_known(NORMAL)

    def error(self, node: ast.expr, fact: str, hint: str) -> ExpressionError:
        return ExpressionError(fact, hint, text=self.text, position=node.col_offset)


def _part(operand: Operand) -> Operand:
    """Return what some of the values mean: what they are all together, they need not be any longer."""
    if not isinstance(operand, Meaning) or operand.kind is None or not operand.kind.collective:
        return operand
    kind = next((each for each in operand.kind.lineage if not each.collective), None)
    return Meaning(kind, operand.unit, operand.cut, operand.roles)


_READERS: dict[type[ast.expr], Callable[[_Reader, Any, int], Expression]] = {
    ast.Name: _Reader.name,
    ast.Constant: _Reader.number,
    ast.BinOp: _Reader.operation,
    ast.UnaryOp: _Reader.sign,
    ast.Compare: _Reader.comparison,
    ast.BoolOp: _Reader.logic,
    ast.IfExp: _Reader.choice,
    ast.Subscript: _Reader.subscript,
    ast.Attribute: _Reader.attribute,
    ast.Call: _Reader.call,
}
