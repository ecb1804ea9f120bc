"""Containers that begin as zeros: `best = [0.0] * n` and then `best[i] = leg` is a list of distances.

mypy gives the list its type at the zeros. What is read before the first distance is stored is judged by all
that is known to be stored; with that one the variable's type becomes `list[float[km]]`, and mypy checks what
comes after by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mypy.nodes import (
    CallExpr,
    Expression,
    IndexExpr,
    MemberExpr,
    NameExpr,
    OperatorAssignmentStmt,
    TupleExpr,
    Var,
)
from mypy.types import AnyType, Instance, Type, TypeOfAny, UnionType, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.messages import argument, describe
from typedml.mypy.carrier import base_of, carries, lift_as, lower
from typedml.mypy.classes import TEXTS
from typedml.mypy.reports import fail
from typedml.mypy.stored import HOLDERS, STORING, Put, is_display, is_each, root, text_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy.plugin import MethodContext

    from typedml.mypy.operands import Reader
    from typedml.mypy.session import Session

METHODS: Final = frozenset(f"{holder}.{method}" for holder in HOLDERS for method in STORING)
# Methods that give what stands one level down; beside it their second argument, where it is missing.
TAKING: Final = frozenset({"get", "pop", "popleft", "setdefault"})
DEEPEST: Final = 8
ASSIGNED: Final = "Incompatible types in assignment (expression has type {}, target has type {})"


def innermost(typ: Type | None) -> tuple[Type, int] | None:
    """Return the number that a container holds, and how many levels down; None where it holds none."""
    proper = get_proper_type(typ) if typ is not None else None
    for level in range(DEEPEST):
        if isinstance(proper, UnionType) and all(lower(each) is not None for each in proper.items):
            # Zeros beside distances, `[0.0] + legs`, are plain numbers or distances.
            return next((each for each in proper.items if not carries(each)), proper.items[0]), level
        if not isinstance(proper, Instance):
            return None
        if lower(proper) is not None:
            return proper, level
        proper = get_proper_type(proper.args[-1]) if proper.args else None
    return None


def holder_of(expression: Expression) -> Expression | None:
    """Return the container that a number is taken out of: `dist[name]`, `dist.get(name, 0.0)`."""
    if isinstance(expression, IndexExpr):
        return expression.base
    callee = expression.callee if isinstance(expression, CallExpr) else None
    return callee.expr if isinstance(callee, MemberExpr) and callee.name in TAKING else None


def taken_out(reader: Reader, expression: Expression, depth: int) -> Operand:
    """Return what a number means that is taken out of a container whose type is plain."""
    holder = holder_of(expression)
    found: Operand = UNKNOWN
    if isinstance(expression, IndexExpr):
        found = held(reader, expression, 0, depth)
    elif holder is not None and isinstance(expression, CallExpr):
        found = held(reader, holder, 1, depth, text_of(expression.args[0]) if expression.args else None)
    defaults = expression.args[1:2] if isinstance(expression, CallExpr) else []
    return reader.common([found, *(reader.operand(each, None, depth) or UNKNOWN for each in defaults)])


def held(reader: Reader, holder: Expression, level: int, depth: int = 0, key: str | None = None) -> Operand:
    """Return what the numbers mean that stand in a container, a number of levels down.

    Its type tells; where that is plain, what is written there and what is stored into it, under a key.
    """
    if is_each(holder) and _is_mapping(reader.type_of(holder.base)):
        return UNKNOWN  # a loop over it gives its keys
    holder, above, own = root(holder)
    level, key = level + above, own if above else key
    found = innermost(reader.type_of(holder))
    if found is not None and found[1] != level:
        return UNKNOWN
    said = lower(found[0]) if found is not None else None
    if isinstance(said, Meaning):
        return said
    if not isinstance(holder, NameExpr | MemberExpr):
        written_out = is_display(holder) or isinstance(holder, TupleExpr)
        return _common(reader, [Put(holder, 0)], level, depth, key) if written_out else UNKNOWN
    variable = reader.named(holder)
    begun = _displays(reader, variable) if variable is not None else []
    if variable is None or not begun or variable in reader.open:
        return Literal(0.0) if begun else UNKNOWN
    reader.open.add(variable)
    try:
        return _common(reader, [*begun, *_earlier(reader, variable, holder.line + 1)], level, depth, key)
    finally:
        reader.open.discard(variable)


def _is_mapping(typ: Type | None) -> bool:
    proper = get_proper_type(typ) if typ is not None else None
    return isinstance(proper, Instance) and proper.type.has_base("typing.Mapping")


def _displays(reader: Reader, variable: Var) -> list[Put]:
    """Return what a variable without declaration is assigned that begins as a display."""
    begun = reader.assigned(variable) if variable.is_inferred else ()
    return [Put(value, 0) for value in begun] if begun and is_display(begun[0]) else []


def _earlier(reader: Reader, variable: Var, line: int) -> list[Put]:
    """Return what is stored before a line; into attributes other methods store too, in any order."""
    return [put for put in reader.stored(variable) if variable.info or put.value.line < line]


def _common(reader: Reader, puts: Sequence[Put], level: int, depth: int, key: str | None = None) -> Operand:
    return reader.common([operand for _, operand in _operands(reader, puts, level, depth, key)])


def _operands(
    reader: Reader, puts: Sequence[Put], level: int, depth: int = 0, key: str | None = None
) -> Iterator[tuple[Expression, Operand]]:
    """Yield what the parts of values mean, but for those that mypy has yet to come to."""
    for value, above, own in puts:
        if level < above or (key is not None and own not in (None, key)):
            continue
        for part, below, _ in written(value, level - above, None if above else key):
            operand = held(reader, part, below, depth + 1) if below else reader.operand(part, None, depth + 1)
            if operand is not None and (operand is not UNKNOWN or reader.type_of(part) is not None):
                yield part, operand


def stored(ctx: MethodContext, name: str, session: Session) -> Type:
    """Give what begins as zeros the meaning of what is put in, `cum.append(leg)`; refuse any other."""
    place, found = _receiver(ctx.context), innermost(ctx.type)
    which, _ = STORING[name]
    if place is None or found is None or not _is_plain(found[0]) or len(ctx.args) <= which:
        return ctx.default_return_type
    for value, typ in zip(ctx.args[which], ctx.arg_types[which], strict=True):
        number = innermost(typ)
        if number is not None:
            reader, puts = session.reader, [Put(value, 0)]
            said = reader.common(_declared(reader, puts, number[1]))
            given = _common(reader, puts, number[1], 0)
            _store(ctx, place, value, (said, given), session)
    return ctx.default_return_type


def _is_plain(number: Type) -> bool:
    return not isinstance(lower(number), Meaning) and base_of(number) not in TEXTS


def _receiver(context: object) -> Expression | None:
    if isinstance(context, CallExpr) and isinstance(context.callee, MemberExpr):
        return context.callee.expr
    if isinstance(context, OperatorAssignmentStmt):
        return context.lvalue
    return context.base if isinstance(context, IndexExpr) else None


def _store(
    ctx: Any, place: Expression, value: Expression, stored: tuple[Operand, Operand], session: Session
) -> None:
    """Settle what a container holds by what is declared of a value; refuse what is read of it otherwise."""
    said, given = stored
    meaning = settle(ctx.api, place, said if isinstance(said, Meaning) else None, session)
    mismatch = flow(given, meaning, level=session.level) if meaning is not None else None
    if mismatch is None:
        return
    carriers = (session.carrier(value), "float")
    sentence = ASSIGNED.format(describe(given, carriers[0]), describe(meaning or UNKNOWN, carriers[0]))
    if isinstance(ctx.context, CallExpr) and isinstance(ctx.context.callee, MemberExpr):
        method = f'{ctx.context.callee.name}" of "{get_proper_type(ctx.type).type.name}'
        sentence = argument(mismatch, len(ctx.context.args), method, carriers)
    rendered = session.rendered(
        mismatch, ctx.context, names=(session.text(value) or None, None), carriers=carriers, sentence=sentence
    )
    fail(ctx.api, mismatch.code, rendered.text, rendered.hint, value)


def given(session: Session, holder: Expression | None, level: int, wanted: Operand) -> Operand:
    """Return what a container holds that is given where these are wanted; zeros are made such."""
    if holder is None or not isinstance(wanted, Meaning):
        return UNKNOWN
    said = held(session.reader, holder, level)
    if _is_generic(said) and session.checker is not None:
        settle(session.checker, holder, wanted, session)
    return said


def settle(api: Any, place: Expression, meaning: Meaning | None, session: Session) -> Meaning | None:
    """Give the variable of a container the meaning of its numbers: of those it began with, or this one.

    Return which it is; None where the variable is declared, or begins as other numbers.
    """
    holder, reader = root(place).value, session.reader
    variable = reader.named(holder) if isinstance(holder, NameExpr | MemberExpr) else None
    found = innermost(variable.type) if variable is not None else None
    said = lower(found[0]) if found is not None else None
    if variable is None or found is None or isinstance(said, Meaning):
        # mypy may come back to one call, with the type that the container had.
        return said if variable is not None and variable.is_inferred and isinstance(said, Meaning) else None
    number, level = found
    own = _begun(reader, variable, level, place.line)
    chosen = own if isinstance(own, Meaning) else meaning
    if own is None or chosen is None or not level or _is_record(reader, variable, level):
        return None
    if not session.may_retype(api, variable):
        return chosen if isinstance(own, Meaning) else _first(reader, variable, level) or chosen
    settled = _with(variable.type, lift_as(session.lookup, chosen, number), level)
    session.retype(api, holder, variable, settled)
    return chosen


def _first(reader: Reader, variable: Var, level: int) -> Meaning | None:
    """Return what is stored first, in the order of the source, that was declared to mean something."""
    puts = sorted(reader.stored(variable), key=lambda put: (put.value.line, put.value.column))
    return next((each for each in _declared(reader, puts, level) if isinstance(each, Meaning)), None)


def _begun(reader: Reader, variable: Var, level: int, line: int) -> Operand | None:
    """Return what all have in common that a container begins with; None where a plain number is in it."""
    begun = _displays(reader, variable)
    operands = _declared(reader, begun, level)
    if not begun or any(map(_is_unsaid, operands)):
        return None
    later = _declared(reader, _earlier(reader, variable, line), level)
    # What begins empty begins with the first that is stored, of which mypy has its type.
    own = operands or later[:1]
    return None if not own or any(map(_is_unsaid, later)) else reader.common(own)


def _is_record(reader: Reader, variable: Var, level: int) -> bool:
    """Whether a dict holds several meanings, one under each text: `{"length": 0.0, "time": 0.0}`."""
    puts = [*_displays(reader, variable), *reader.stored(variable)]
    keys = {put.key for put in puts if put.level}
    if len(keys) < 2 or None in keys:
        return False
    found = [reader.common(_declared(reader, puts, level, key)) for key in keys]
    meant = {each for each in found if isinstance(each, Meaning)}
    return len(meant) > 1 and not any(map(_is_unsaid, found))


def _declared(reader: Reader, puts: Sequence[Put], level: int, key: str | None = None) -> list[Operand]:
    """Return what the parts of values were declared to mean: of a length nobody said that it is a count."""
    found = []
    for part, operand in _operands(reader, puts, level, key=key):
        known = reader.type_of(part) if isinstance(operand, Meaning) else None
        number = innermost(known)
        is_said = known is None or (number is not None and carries(number[0]))
        found.append(operand if is_said else UNKNOWN)
    return found


def _is_unsaid(operand: Operand) -> bool:
    return not (isinstance(operand, Meaning) or _is_generic(operand))


def _is_generic(operand: Operand) -> bool:
    return isinstance(operand, Literal) and operand.is_generic


def _with(typ: Type | None, number: Type | None, level: int) -> Type:
    """Return the type of a container with another number in it."""
    proper = get_proper_type(typ) if typ is not None else None
    if not level or not isinstance(proper, Instance):
        return number or typ or AnyType(TypeOfAny.special_form)
    return proper.copy_modified(args=[*proper.args[:-1], _with(proper.args[-1], number, level - 1)])
