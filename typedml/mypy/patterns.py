"""Patterns: `case 5.0` compares a distance with a number, and is refused as `distance == 5.0` is.

No hook is asked about a pattern, so a module that has some is looked at once it has been checked.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.checkpattern import self_match_type_names
from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    Block,
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    MatchStmt,
    MemberExpr,
    Node,
    RefExpr,
    Statement,
    StrExpr,
    TupleExpr,
    TypeAlias,
    TypeInfo,
    Var,
)
from mypy.patterns import (
    AsPattern,
    ClassPattern,
    MappingPattern,
    OrPattern,
    Pattern,
    SequencePattern,
    StarredPattern,
    ValuePattern,
)
from mypy.typeops import make_simplified_union
from mypy.types import CallableType, Instance, LiteralType, TupleType, Type, TypedDictType, UnionType
from mypy.types import get_proper_type as proper

from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.messages import fact
from typedml.mypy.carrier import base_of, carries
from typedml.mypy.index import walk
from typedml.mypy.relabelled import item_of
from typedml.mypy.reports import record
from typedml.mypy.results import is_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy.errors import Errors
    from mypy.options import Options

    from typedml.mypy.session import Session

EQUAL: Final = "=="
# A pattern calls nothing: the marker goes into a guard.
MARKED: Final = re.compile(r'^(?P<code>.+?) makes it "[^"]*"')


class Subject(NamedTuple):
    """What a pattern is held against: its type, and its source where it has one."""

    type: Type | None
    expression: Expression | None = None


class Fault(NamedTuple):
    """A value in a pattern that cannot be compared with some of what it is held against."""

    value: Expression
    subject: Subject
    types: tuple[Type, Type]
    mismatch: Mismatch


def report_all(session: Session, errors: Errors, options: Options) -> None:
    """Report each value in a pattern that is compared with a number of another meaning."""
    for fault in _faults(session, options):
        _report(fault, session, errors)


def _faults(session: Session, options: Options) -> Iterator[Fault]:
    statements = [*walk(session.tree, Statement)]
    unchecked = [each for each in statements if _is_unchecked(each, options)]
    for statement in statements:
        if not isinstance(statement, MatchStmt) or any(_is_within(statement, each) for each in unchecked):
            continue
        subject = Subject(_type(statement.subject, session), statement.subject)
        for pattern in statement.patterns:
            for value, against in _values(pattern, subject, session):
                fault = _fault(value, against, session)
                if fault is not None:
                    yield fault


def _type(expression: Expression, session: Session) -> Type | None:
    """Return the type of what is matched; where no hook was called in its module, that of its declaration."""
    found = session.type_of(expression)
    if found is None and isinstance(expression, MemberExpr):
        owner = _members(_type(expression.expr, session))
        infos = [each.type for each in owner if isinstance(each, Instance)]
        return _attribute(infos[0], expression.name, Subject(owner[0])) if len(infos) == 1 else None
    if found is None and isinstance(expression, CallExpr) and isinstance(expression.callee, RefExpr):
        declared: Type | None = getattr(expression.callee.node, "type", None)
        function = proper(declared) if declared is not None else None
        return function.ret_type if isinstance(function, CallableType) else None
    return found


def _is_unchecked(node: Node, options: Options) -> bool:
    if isinstance(node, Block):
        return node.is_unreachable
    return isinstance(node, FuncDef) and node.is_dynamic() and not options.check_untyped_defs


def _is_within(statement: Node, other: Node) -> bool:
    return other.line <= statement.line <= (other.end_line or other.line)


def _values(pattern: Pattern, subject: Subject, session: Session) -> Iterator[tuple[Expression, Subject]]:
    """Yield the values in a pattern, each with what it is compared with."""
    if isinstance(pattern, ValuePattern):
        yield pattern.expr, subject
    for inner, against in _parts(pattern, subject, session):
        yield from _values(inner, against, session)


def _parts(pattern: Pattern, subject: Subject, session: Session) -> Iterator[tuple[Pattern, Subject]]:
    if isinstance(pattern, AsPattern) and pattern.pattern is not None:
        yield pattern.pattern, subject
    elif isinstance(pattern, OrPattern):
        yield from ((each, subject) for each in pattern.patterns)
    elif isinstance(pattern, SequencePattern):
        yield from _items(pattern.patterns, subject, session)
    elif isinstance(pattern, MappingPattern):
        for key, value in zip(pattern.keys, pattern.values, strict=True):
            held, by = _entry(key, subject)
            yield from ((ValuePattern(key), Subject(by)), (value, Subject(held)))
    elif isinstance(pattern, ClassPattern):
        yield from _attributes(pattern, subject)


def _items(
    patterns: Sequence[Pattern], subject: Subject, session: Session
) -> Iterator[tuple[Pattern, Subject]]:
    written = subject.expression.items if isinstance(subject.expression, TupleExpr) else []
    star = next((i for i, each in enumerate(patterns) if isinstance(each, StarredPattern)), None)
    for place, pattern in enumerate(patterns):
        # What follows the starred one is counted from the end.
        at = place if star is None or place < star else place - len(patterns)
        found = [_item(each, at, len(patterns) if star is None else None) for each in _members(subject.type)]
        typ = _joined(found)
        source = written[at] if -len(written) <= at < len(written) else None
        known = session.type_of(source) if source is not None else None
        if place != star:
            yield pattern, Subject(known or typ, source)


def _item(holder: Type, place: int, count: int | None) -> Type | None:
    if not isinstance(holder, TupleType):
        return item_of(holder)
    fits = count in (None, len(holder.items)) and -len(holder.items) <= place < len(holder.items)
    return holder.items[place] if fits else None


def _entry(key: Expression, subject: Subject) -> tuple[Type | None, Type | None]:
    """Return what stands in a mapping under a key, and what its keys are."""
    held: list[Type | None] = []
    keys: list[Type | None] = []
    for each in _members(subject.type):
        if isinstance(each, TypedDictType):
            held.append(each.items.get(key.value) if isinstance(key, StrExpr) else None)
        elif isinstance(each, Instance) and each.type.has_base("typing.Mapping"):
            mapping = next(base for base in each.type.mro if base.fullname == "typing.Mapping")
            arguments = map_instance_to_supertype(each, mapping).args
            keys.append(arguments[0])
            held.append(arguments[1])
    return _joined(held), _joined(keys)


def _attributes(pattern: ClassPattern, subject: Subject) -> Iterator[tuple[Pattern, Subject]]:
    """Yield what a class pattern holds attributes against: `Leg(5.0)`, `Leg(length=5.0)`, `float(5.0)`."""
    node = pattern.class_ref.node
    target = proper(node.target) if isinstance(node, TypeAlias) else None
    info = target.type if isinstance(target, Instance) else node
    if not isinstance(info, TypeInfo):
        return
    if info.get("__match_args__") is None and any(map(info.has_base, self_match_type_names)):
        yield from ((each, subject) for each in pattern.positionals[:1])
    else:
        for name, each in zip(_positional(info), pattern.positionals, strict=False):
            yield each, Subject(_attribute(info, name, subject))
    for name, each in zip(pattern.keyword_keys, pattern.keyword_values, strict=True):
        yield each, Subject(_attribute(info, name, subject))


def _positional(info: TypeInfo) -> list[str]:
    symbol = info.get("__match_args__")
    typ = proper(symbol.node.type) if symbol is not None and isinstance(symbol.node, Var) else None
    items = [proper(each) for each in typ.items] if isinstance(typ, TupleType) else []
    values = [proper(each.last_known_value) if isinstance(each, Instance) else each for each in items]
    return [each.value for each in values if isinstance(each, LiteralType) and isinstance(each.value, str)]


def _attribute(info: TypeInfo, name: str, subject: Subject) -> Type | None:
    symbol = info.get(name)
    node = symbol.node if symbol is not None else None
    typ = proper(node.var.type if isinstance(node, Decorator) else getattr(node, "type", None))
    if isinstance(node, Decorator) and isinstance(typ, CallableType):
        typ = proper(typ.ret_type)
    owners = (each for each in _members(subject.type) if isinstance(each, Instance))
    owner = next((each for each in owners if each.type.has_base(info.fullname)), None)
    if typ is None or owner is None:
        return typ
    return expand_type_by_instance(typ, map_instance_to_supertype(owner, info))


def _members(typ: Type | None) -> list[Type]:
    found = proper(typ) if typ is not None else None
    if isinstance(found, UnionType):
        return [proper(each) for each in found.items]
    return [found] if found is not None else []


def _joined(types: Sequence[Type | None]) -> Type | None:
    found = [each for each in types if each is not None]
    return make_simplified_union(found) if found else None


def _fault(value: Expression, subject: Subject, session: Session) -> Fault | None:
    typ = session.type_of(value)
    others: list[Type | None] = [*_members(typ)] or [None]
    for left, right in product(_members(subject.type), others):
        if not carries(left) and (right is None or not carries(right)):
            continue
        if right is not None and is_written(EQUAL, (left, right)):
            continue
        given, wanted = session.operand(subject.expression, left), session.operand(value, right)
        answer = combine(EQUAL, given, wanted, level=session.level) if given and wanted else None
        if isinstance(answer, Mismatch):
            return Fault(value, subject, (left, right or left), answer)
    return None


def _report(fault: Fault, session: Session, errors: Errors) -> None:
    mismatch = fault.mismatch.within(EQUAL)
    carriers = tuple(base_of(typ).rpartition(".")[2] for typ in fault.types)
    sides = (fault.subject.expression, fault.value)
    rendered = session.rendered(
        mismatch,
        fault.value,
        names=tuple(session.text(side) or None for side in sides),
        carriers=carriers,
        sentence=fact(mismatch, (carriers[0], carriers[1])),
    )
    marked = MARKED.match(rendered.hint)
    hint = f"case each if each == {marked['code']}" if marked is not None else rendered.hint
    record(errors, mismatch.code, rendered.text, hint, fault.value)
