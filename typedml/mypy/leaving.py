"""Where a value with a meaning is left in what is declared as a plain number, which the strict level refuses.

    def plain(x: float) -> None: ...
    plain(distance)    # error: leave by name, plain(raw(distance))

mypy sees nothing wrong there, because what has a meaning is a float. So each module is walked once it has
been checked, and what the user's own code declares is compared with what it is given.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.maptype import map_instance_to_supertype
from mypy.messages import format_type
from mypy.subtypes import is_subtype
from mypy.typeops import tuple_fallback
from mypy.types import Instance, TupleType, Type, UnionType, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.messages import render
from typedml.mypy.carrier import base_of, carries, lower
from typedml.mypy.classes import BASES, CARRIERS
from typedml.mypy.index import span
from typedml.mypy.reports import record
from typedml.mypy.shapes import spell
from typedml.mypy.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy.errors import Errors
    from mypy.nodes import TypeInfo
    from mypy.options import Options

    from typedml.mypy.places import IsOwn, Target
    from typedml.mypy.session import Session

DEEPEST: Final = 8


class Loss(NamedTuple):
    """A meaning that goes into a plain number: where, and what mypy found there."""

    target: Target
    given: Type
    meaning: Meaning


def losses(session: Session, is_own: IsOwn) -> Iterator[Loss]:
    """Yield where a module leaves a meaning in a plain number, in the order of the source."""
    # The daemon gives a class other bases.
    _inherits.cache_clear()
    if not _has_meanings(session):
        return
    for target in sorted(targets(session, is_own), key=lambda each: span(each.value)):
        given = session.type_of(target.value)
        meaning = lost(given, target.wanted) if given is not None else None
        if given is not None and meaning is not None:
            yield Loss(target, given, meaning)


def _has_meanings(session: Session) -> bool:
    """Whether an expression of the module has one; without a checker, nothing tells but to look at each."""
    maps = getattr(session.checker, "_type_maps", None)
    if maps is None:
        return True
    types = {id(typ): typ for types in maps for typ in types.values()}
    return any(_holds(typ) for typ in types.values())


def _holds(typ: Type, depth: int = 0) -> bool:
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType | TupleType):
        # A recursive alias has no end.
        return depth > DEEPEST or any(_holds(item, depth + 1) for item in proper.items)
    if not isinstance(proper, Instance):
        return False
    if proper.type.fullname in BASES or depth > DEEPEST:
        return True
    return any(_holds(argument, depth + 1) for argument in proper.args) or _inherits(proper.type)


@lru_cache(maxsize=4096)
def _inherits(info: TypeInfo) -> bool:
    """Whether a class is derived from a container of meanings: `class Legs(list[Km])`."""
    waiting, seen = [info], {info}
    while waiting:
        above = (base for each in waiting.pop().mro for base in each.bases)
        held = (get_proper_type(argument) for base in above for argument in base.args)
        infos = {each.type for each in held if isinstance(each, Instance)} - seen
        if any(each.fullname in BASES for each in infos):
            return True
        seen |= infos
        waiting.extend(infos)
    return False


def lost(given: Type, wanted: Type) -> Meaning | None:
    """Return the meaning that is forgotten where a value of one type stands where another is declared."""
    return _lost(given, wanted, set())


def _lost(given: Type, wanted: Type, seen: set[tuple[Type, Type]]) -> Meaning | None:
    given, wanted = get_proper_type(given), get_proper_type(wanted)
    if (given, wanted) in seen:
        return None
    # Types may hold themselves: `Tree = float | list[Tree]`.
    seen.add((given, wanted))
    if isinstance(given, UnionType):
        return next(filter(None, (_lost(member, wanted, seen) for member in given.items)), None)
    if isinstance(wanted, UnionType):
        # One member that keeps the meaning is enough.
        answers = [_lost(given, member, seen) for member in wanted.items if is_subtype(given, member)]
        return answers[0] if answers and None not in answers else None
    if isinstance(given, TupleType) and isinstance(wanted, TupleType):
        return _among(given.items, wanted.items, seen)
    if isinstance(given, TupleType):
        given = tuple_fallback(given)
    if not isinstance(given, Instance) or not isinstance(wanted, Instance):
        return None
    if given.type.fullname in BASES:
        operand = lower(given) if wanted.type.fullname in CARRIERS else None
        return operand if isinstance(operand, Meaning) else None
    if wanted.args and given.type.has_base(wanted.type.fullname):
        return _among(map_instance_to_supertype(given, wanted.type).args, wanted.args, seen)
    return None


def _among(given: Sequence[Type], wanted: Sequence[Type], seen: set[tuple[Type, Type]]) -> Meaning | None:
    pairs = zip(given, wanted, strict=False)
    return next(filter(None, (_lost(one, other, seen) for one, other in pairs)), None)


def report(loss: Loss, session: Session, errors: Errors, options: Options) -> None:
    """Report a loss where the value stands, with a hint that names the way out."""
    mismatch = flow(loss.meaning, UNKNOWN, level=session.level)
    if mismatch is None:
        return
    value, text = loss.target.value, session.text(loss.target.value) or "it"
    wanted = loss.target.shown or loss.target.wanted
    shown = (spell(format_type(each, options)) for each in (loss.given, wanted))
    sentence = loss.target.sentence.format(**dict(zip(("given", "wanted"), shown, strict=True)))
    carrier = base_of(loss.given).rpartition(".")[2]
    hint = render(mismatch, names=(text, None), carriers=(carrier, carrier)).hint
    if not carries(loss.given):
        hint = f"declare there what {text} holds, or hand over raw() of each"
    record(errors, mismatch.code, sentence, hint, value)
