"""Reads markers out of source code: `Unit("km")`, `KM`, `U**2`, `Kind("Price", parent=MONEY)`.

There is one reader of declarations. Where the arguments are constants, a marker is *made* here by the same
constructors that make it at run time, so both always agree; a name is followed to what defines it.
"""

from __future__ import annotations

import ast
import importlib
import math
import operator
import sys
from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import Block, MypyFile, Statement, SymbolTableNode, TypeAlias, TypeInfo, Var

from typedml.algebra.meaning import Meaning
from typedml.algebra.ranges import Range
from typedml.declare.markers import Marker
from typedml.declare.metadata import claim_of
from typedml.errors import TypedmlError
from typedml.mypy.carrier import carries, lower
from typedml.mypy.index import walk
from typedml.mypy.known import is_marker, known, payload_of
from typedml.mypy.names import CONSTRUCTORS, Scope, around, symbol_of
from typedml.mypy.ours import makes_ours
from typedml.mypy.source import source_of
from typedml.mypy.subjects import Unplaced

if TYPE_CHECKING:
    from collections.abc import Callable

    Resolve = Callable[[str], SymbolTableNode | None]

# What stands among the arguments of a marker, and is none itself.
RANGE: Final = "typedml.algebra.ranges.Range"
CONSTANTS: Final = {"math.inf": math.inf, "math.pi": math.pi}
OPERATIONS: Final = {ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: operator.pow}
DEPTH: Final = 20


class Unreadable(Exception):
    """A declaration of ours that cannot be read: the fact and a hint."""

    def __init__(self, fact: str, hint: str) -> None:
        super().__init__(fact)
        self.fact, self.hint = fact, hint


class Foreign(Exception):
    """Metadata that belong to somebody else."""


def evaluate(node: ast.expr, scope: Scope, depth: int = 0) -> Any:
    """Return the marker, number or text that an expression stands for.

    Raises: Unreadable if it is a declaration of ours that only running the code would tell; Foreign if it
    is somebody else's.
    """
    if depth > DEPTH:
        raise Unreadable("The definition of this meaning is circular", "define it by a constant")
    if isinstance(node, ast.Name | ast.Attribute):
        return _named(node, scope, depth)
    if isinstance(node, ast.Call):
        return _made(node, scope, depth)
    if isinstance(node, ast.Subscript):
        return _indexed(node, scope, depth)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        left, right = evaluate(node.left, scope, depth + 1), evaluate(node.right, scope, depth + 1)
        return _operate(OPERATIONS[type(node.op)], left, right, node)
    if isinstance(node, ast.Tuple):
        return tuple(evaluate(each, scope, depth + 1) for each in node.elts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _operate(operator.sub, 0, evaluate(node.operand, scope, depth + 1), node)
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise Foreign from None


def _operate(operation: Callable[[Any, Any], Any], left: Any, right: Any, node: ast.expr) -> Any:
    if not isinstance(left, Marker | int | float) or not isinstance(right, Marker | int | float):
        raise Foreign
    try:
        return operation(left, right)
    except (TypedmlError, TypeError, ArithmeticError) as error:
        raise _refusal(error, node) from None


def _refusal(error: Exception, node: ast.expr) -> Unreadable:
    if isinstance(error, TypedmlError):
        return Unreadable(error.fact.rstrip("."), error.hint or "")
    return Unreadable(f'Cannot read "{ast.unparse(node)}": {error}', "")


def _made(node: ast.Call, scope: Scope, depth: int) -> Any:
    symbol = symbol_of(node.func, scope)
    name = symbol.fullname if symbol is not None else None
    if name == "fractions.Fraction":
        raise Unreadable("An exponent that is computed cannot be read", "write it as a number: U**0.5")
    if name == "builtins.float":
        return _float(node)
    constructor = Range if name == RANGE else CONSTRUCTORS.get(name or "")
    if constructor is None:
        raise Foreign
    try:
        arguments = [_argument(a, scope, depth) for a in node.args]
        keywords = {k.arg: _argument(k.value, scope, depth) for k in node.keywords if k.arg}
        return constructor(*arguments, **keywords)
    except (TypedmlError, TypeError, ValueError) as error:
        raise _refusal(error, node) from None


def _float(node: ast.Call) -> float:
    """Return what `float("inf")` is, the free end of a range."""
    value = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    if not isinstance(value, str | int | float):
        raise Foreign
    try:
        return float(value)
    except ValueError as error:
        raise _refusal(error, node) from None


def _argument(node: ast.expr, scope: Scope, depth: int) -> Any:
    try:
        return evaluate(node, scope, depth + 1)
    except Foreign:
        raise Unreadable(
            f'"{ast.unparse(node)}" is known only at run time, and mypy must read it',
            "write it as a constant",
        ) from None


def _indexed(node: ast.Subscript, scope: Scope, depth: int) -> Any:
    """`Unit["km"]`, which other type checkers accept where a call is not allowed."""
    symbol = symbol_of(node.value, scope)
    if symbol is None or symbol.fullname not in CONSTRUCTORS:
        raise Foreign
    return _made(ast.copy_location(ast.Call(node.value, [node.slice], []), node), scope, depth)


def _named(node: ast.Name | ast.Attribute, scope: Scope, depth: int) -> Any:
    symbol = symbol_of(node, scope)
    target = symbol.node if symbol is not None else None
    if isinstance(target, TypeAlias):
        return _of_alias(target)
    if isinstance(target, TypeInfo):
        if target.fullname in CONSTRUCTORS and target.fullname.startswith("typedml."):
            raise Unreadable(
                f'"{target.name}" stands here without saying which', f'write {target.name}("...")'
            )
        raise Foreign
    if not isinstance(target, Var):
        raise Foreign
    if target.fullname in CONSTANTS:
        return CONSTANTS[target.fullname]
    if target.fullname.startswith("typedml."):
        return shipped(target.fullname)
    declared = payload_of(target)
    return _defined(target, node, scope, depth) if declared is None else declared


def shipped(fullname: str) -> Any:
    """Return the object of ours that has this full name.

    Raises: Foreign if it is no marker.
    """
    module, _, name = fullname.rpartition(".")
    found = getattr(importlib.import_module(module), name, None)
    if not isinstance(found, Marker):
        raise Foreign
    return found


def _of_alias(alias: TypeAlias) -> Marker:
    meaning = lower(alias.target) if carries(alias.target) else None
    if not isinstance(meaning, Meaning):
        raise Foreign
    return known(meaning)


def _defined(target: Var, node: ast.expr, scope: Scope, depth: int) -> Any:
    """Follow a variable to the assignment that defines it."""
    module, _, name = target.fullname.rpartition(".")
    if module in scope.modules:
        inner = scope.of_module(module)
    else:
        module = around(target.fullname, scope)
        inner = scope
    if module:
        source = source_of(scope.modules[module].path)
        key = source.place(target.name, target.line)
        if key in source.rebound:
            return _agreed(target, _reached(source.rebound[key], scope.modules[module]), inner, depth)
        value = source.assigned.get(key)
        if value is not None:
            return evaluate(value, inner, depth + 1)
        if source.is_newer and source.uses_typedml:
            raise _too_new(target, module)
    if is_marker(target):
        raise Unreadable(
            f'"{ast.unparse(node)}" is a marker that mypy cannot read',
            f'define it at once: {name} = Unit("...")',
        )
    raise Foreign


def _reached(values: list[tuple[int, ast.expr]], tree: MypyFile) -> list[ast.expr]:
    """Return what is assigned where mypy looks: not beneath `if not TYPE_CHECKING`."""
    blocks = (each for each in walk(tree, Statement) if isinstance(each, Block) and each.is_unreachable)
    skipped = [(each.line, each.end_line or each.line) for each in blocks]
    return [value for at, value in values if not any(first <= at <= last for first, last in skipped)]


def _agreed(target: Var, values: list[ast.expr], scope: Scope, depth: int) -> Any:
    """Return what all assignments of a variable give it; which is the last one shows at run time only."""
    found: list[Any] = []
    for value in values:
        try:
            found.append(evaluate(value, scope, depth + 1))
        except Foreign:
            if makes_ours(value, scope):
                raise _unknown(value) from None
            found.append(None)
    claimed = [each.claim if isinstance(each, Marker) else each for each in found]
    if found and found[0] is not None and all(each == claimed[0] for each in claimed):
        return found[0]
    if any(isinstance(each, Marker) for each in found):
        raise Unreadable(
            f'"{target.name}" is assigned more than one meaning', "give each meaning a name of its own"
        )
    raise Foreign


def claims(metadata: tuple[ast.expr, ...], scope: Scope) -> list[Marker]:
    """Return the markers among metadata; what belongs to others is passed over.

    Raises: Unreadable if one of ours cannot be read.
    """
    found: list[Marker] = []
    for node in metadata:
        if isinstance(node, Unplaced):
            _refuse_unplaced(node, scope)
            continue
        try:
            value = evaluate(node, scope)
        except Foreign:
            if makes_ours(node, scope):
                raise _unknown(node) from None
            continue
        if isinstance(value, Marker):
            found.append(value)
        elif isinstance(value, tuple) and any(isinstance(each, Marker) for each in value):
            raise _unknown(node)
    return found


def _too_new(target: Var, module: str) -> Unreadable:
    version = ".".join(map(str, sys.version_info[:2]))
    fact = f'Python {version}, which runs mypy, cannot read how "{target.name}" is defined in "{module}"'
    return Unreadable(fact, "run mypy with the newest Python that the code is for")


def _refuse_unplaced(node: Unplaced, scope: Scope) -> None:
    if claims(tuple(node.elts), scope):
        raise Unreadable(
            "Several meanings stand in one quoted annotation",
            "drop the quotation marks, or name each with an alias",
        )


def _unknown(node: ast.expr) -> Unreadable:
    fact = f'"{ast.unparse(node)}" is known only at run time, and mypy must read it'
    return Unreadable(fact, "write it as a constant")


def is_declared(markers: list[Marker]) -> bool:
    """Whether markers say anything of a value at all; a role alone does not."""
    claim = claim_of(markers)
    return claim.kind is not None or claim.unit is not None or claim.cut
