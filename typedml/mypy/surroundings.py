"""What a hint takes from around an error: code for all of many values, a formula, a marker's own name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.nodes import (
    CallExpr,
    ConditionalExpr,
    Context,
    Decorator,
    Expression,
    FuncDef,
    GeneratorExpr,
    LambdaExpr,
    ListComprehension,
    ListExpr,
    MypyFile,
    OpExpr,
    RefExpr,
    SetComprehension,
    SetExpr,
    SymbolNode,
    SymbolTable,
    TupleExpr,
    Var,
)
from mypy.types import CallableType, Instance, UnionType, get_proper_type

from typedml.algebra.catalogue import KINDS
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Reason
from typedml.messages import describe
from typedml.mypy.carrier import base_of, lower
from typedml.mypy.index import index_of
from typedml.mypy.known import payload_of
from typedml.mypy.literals import literal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typedml.algebra.mismatch import Mismatch
    from typedml.mypy.session import Session

EACH_OF: Final = "[{} for each in %s]"
FOLDS: Final = frozenset({"functools.reduce", "_functools.reduce", "itertools.accumulate"})
FOLDED: Final = "the unit would depend on how many there are: divide each by a reference first"


def each_of(values: Expression, session: Session) -> tuple[str | None, str]:
    """Return the source of one of many values, and code for all of them where it does not stand there yet."""
    if isinstance(values, ListComprehension | SetComprehension):
        values = values.generator
    if isinstance(values, GeneratorExpr):
        return session.text(values.left_expr) or None, ""
    if isinstance(values, ListExpr | TupleExpr | SetExpr) and values.items:
        return session.text(values.items[0]) or None, ""
    text = session.text(values)
    return None, EACH_OF % text if text else ""


def undecided(sides: Iterable[Expression | None], session: Session) -> str:
    """Say of an operand that may mean several things that no conversion fits them all."""
    for side in sides:
        found = session.type_of(side) if side is not None else None
        proper = get_proper_type(found) if found is not None else None
        if side is None or not isinstance(proper, UnionType):
            continue
        shown = dict.fromkeys(_meant(proper))
        if len(shown) > 1:
            return f"{session.text(side)} is {' or '.join(shown)}: give it one meaning where it comes from"
    return ""


def _meant(union: UnionType) -> Iterator[str]:
    for each in union.items:
        operand = lower(each)
        if isinstance(operand, Meaning):
            yield describe(operand, base_of(each).rpartition(".")[2])


def branch(expression: Expression | None, given: Operand, session: Session) -> Expression | None:
    """Return the branch of a ternary, or the item of a tuple, that means what is at fault; else the whole."""
    parts: list[Expression] = []
    if isinstance(expression, ConditionalExpr):
        parts = [expression.if_expr, expression.else_expr]
    elif isinstance(expression, TupleExpr):
        parts = expression.items
    for part in parts:
        inner = branch(part, given, session)
        if inner is not None and session.operand(inner) == given:
            return inner
    return expression


def folded(expression: Expression | None, mismatch: Mismatch, session: Session) -> str:
    """Return the hint for the function of `reduce`, or for what that gives: a product has no one unit."""
    if expression is None or mismatch.reason is not Reason.DIMENSIONS_DIFFER:
        return ""
    for part, around in index_of(session.tree).enclosing.items():
        is_it = part is expression or (isinstance(part, LambdaExpr) and part.expr() is expression)
        if is_it and isinstance(around, CallExpr) and isinstance(around.callee, RefExpr):
            return FOLDED if around.callee.fullname in FOLDS and around.args[0] is part else ""
    return ""


def formula(node: Context, session: Session) -> str:
    """Return the source of a call, or of a product with the number that is added to it: `t * 1.8 + 32`."""
    if isinstance(node, CallExpr):
        return session.text(node)
    if not isinstance(node, OpExpr):
        return ""
    around = index_of(session.tree).enclosing.get(node)
    shifted = isinstance(around, OpExpr) and around.op in ("+", "-") and literal_of(around.right) is not None
    return session.text(around if shifted and isinstance(around, OpExpr) else node)


def own_name(meaning: Meaning, session: Session) -> str | None:
    """Return the name of a marker of this module that gives a meaning: `KM`, with `KM = Unit("km")`.

    Of the author's own kinds it may be another module's: `bm.SOC`, or `battery:SOC` where it is not imported.
    """
    names = session.tree.names
    found = _marker_among(names, meaning)
    if found is not None or meaning.kind is None or KINDS.get(meaning.kind.name) == meaning.kind:
        return found[0] if found is not None else None
    for name, symbol in names.items():
        inner = _marker_among(symbol.node.names, meaning) if isinstance(symbol.node, MypyFile) else None
        if inner is not None:
            return f"{name}.{inner[0]}"
    for module in session.program().values():
        found = _marker_among(module.names, meaning)
        if found is not None:
            return ":".join(found[1].fullname.rsplit(".", 1))
    return None


def _marker_among(names: SymbolTable, meaning: Meaning) -> tuple[str, Var] | None:
    for name, symbol in names.items():
        marker = payload_of(symbol.node) if isinstance(symbol.node, Var) else None
        if marker is not None and isinstance(symbol.node, Var) and marker.meaning == meaning:
            return name, symbol.node
    return None


def own_function(
    source: Meaning, target: Meaning, name: str, place: Context | None, session: Session
) -> str | None:
    """Return a function of this module, or one that it imports, that leads from one kind to another.

    Its signature says so; `@edge` adds nothing here. The function that the place is in is none: what is wrong
    there is how it does it. One that is known by name may be another module's: `risk:expit`.
    """
    if not name:
        return _leading(session.tree, source, target, place, session)
    for called, node in _in_sight(name, session.tree):
        if _may_lead(node, source, target, session):
            return called
    for fullname, module in session.program().items():
        symbol = module.names.get(name)
        node = symbol.node if symbol is not None else None
        node = node.func if isinstance(node, Decorator) else node
        if (
            isinstance(node, FuncDef)
            and node.fullname == f"{fullname}.{name}"
            and _leads(node, source, target)
        ):
            return f"{fullname}:{name}"
    return None


def _in_sight(name: str, tree: MypyFile) -> Iterator[tuple[str, SymbolNode | None]]:
    """Yield what bears a name in a module, and in the modules that it imports: `log`, `math.log`."""
    if name in tree.names:
        yield name, tree.names[name].node
    for module, symbol in tree.names.items():
        if isinstance(symbol.node, MypyFile) and name in symbol.node.names:
            yield f"{module}.{name}", symbol.node.names[name].node


def _may_lead(node: SymbolNode | None, source: Meaning, target: Meaning, session: Session) -> bool:
    """Say whether what bears the name of an edge may be it: a function of a library, or one that says so."""
    function = node.func if isinstance(node, Decorator) else node
    if isinstance(function, FuncDef):
        module = session.modules.get(function.fullname.rpartition(".")[0])
        return (module is not None and module.is_stub) or _leads(function, source, target)
    declared = get_proper_type(node.type) if isinstance(node, Var) and node.type is not None else None
    return not isinstance(declared, Instance) or declared.type.has_readable_member("__call__")


def _leading(
    tree: MypyFile, source: Meaning, target: Meaning, place: Context | None, session: Session
) -> str | None:
    for name, symbol in tree.names.items():
        node = symbol.node
        if isinstance(node, Decorator):
            node = node.func
        if (
            isinstance(node, FuncDef)
            and not _is_around(node, place, session)
            and _leads(node, source, target)
        ):
            return name
    return None


def _is_around(function: FuncDef, place: Context | None, session: Session) -> bool:
    inside = function.fullname == f"{session.tree.fullname}.{function.name}"
    return place is None or (inside and function.line <= place.line <= (function.end_line or function.line))


def _leads(function: FuncDef, source: Meaning, target: Meaning) -> bool:
    """Say whether a function of one argument takes the one kind, and gives the other."""
    typ = get_proper_type(function.type) if function.type is not None else None
    if not isinstance(typ, CallableType) or not typ.arg_types or typ.min_args > 1 or typ.variables:
        return False
    taken, given = lower(typ.arg_types[0]), lower(typ.ret_type)
    if (
        not (isinstance(taken, Meaning) and isinstance(given, Meaning))
        or given.kind is None
        or taken.kind is None
    ):
        return False
    crosses = not taken.kind.is_named(given.kind.name) and not given.kind.is_named(taken.kind.name)
    return crosses and flow(source, taken) is None and flow(given, target) is None
