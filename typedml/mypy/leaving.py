"""Where a value with a meaning is left in what is declared as a plain number, which the strict level refuses.

    def plain(x: float) -> None: ...
    plain(distance)    # error: leave by name, plain(raw(distance))

mypy sees nothing wrong there, because what has a meaning is a float. So each module is walked once it has
been checked, and what the user's own code declares is compared with what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mypy.maptype import map_instance_to_supertype
from mypy.messages import format_type
from mypy.subtypes import is_subtype
from mypy.typeops import tuple_fallback
from mypy.types import Instance, TupleType, Type, UnionType, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.messages import render
from typedml.mypy.carrier import BASES, CARRIERS, base_of, carries, lower
from typedml.mypy.index import span
from typedml.mypy.reports import ERROR_CODES
from typedml.mypy.shapes import spell
from typedml.mypy.targets import Target, targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.errors import Errors
    from mypy.options import Options

    from typedml.mypy.session import Session
    from typedml.mypy.targets import IsOwn


class Loss(NamedTuple):
    """A meaning that goes into a plain number: where, and what mypy found there."""

    target: Target
    given: Type
    meaning: Meaning


def losses(session: Session, is_own: IsOwn) -> Iterator[Loss]:
    """Yield where a module leaves a meaning in a plain number, in the order of the source."""
    for target in sorted(targets(session, is_own), key=lambda each: span(each.value)):
        given = session.type_of(target.value)
        meaning = lost(given, target.wanted) if given is not None else None
        if given is not None and meaning is not None:
            yield Loss(target, given, meaning)


def lost(given: Type, wanted: Type) -> Meaning | None:
    """Return the meaning that is forgotten where a value of one type stands where another is declared."""
    given, wanted = get_proper_type(given), get_proper_type(wanted)
    if isinstance(given, UnionType):
        return next(filter(None, (lost(member, wanted) for member in given.items)), None)
    if isinstance(wanted, UnionType):
        # One member that keeps the meaning is enough.
        answers = [lost(given, member) for member in wanted.items if is_subtype(given, member)]
        return answers[0] if answers and None not in answers else None
    if isinstance(given, TupleType) and isinstance(wanted, TupleType):
        return _among(given.items, wanted.items)
    if isinstance(given, TupleType):
        given = tuple_fallback(given)
    if not isinstance(given, Instance) or not isinstance(wanted, Instance):
        return None
    if given.type.fullname in BASES:
        operand = lower(given) if wanted.type.fullname in CARRIERS else None
        return operand if isinstance(operand, Meaning) else None
    if wanted.args and given.type.has_base(wanted.type.fullname):
        return _among(map_instance_to_supertype(given, wanted.type).args, wanted.args)
    return None


def _among(given: tuple[Type, ...] | list[Type], wanted: tuple[Type, ...] | list[Type]) -> Meaning | None:
    return next(filter(None, map(lost, given, wanted)), None)


def report(loss: Loss, session: Session, errors: Errors, options: Options) -> None:
    """Report a loss where the value stands, with a hint that names the way out."""
    mismatch = flow(loss.meaning, UNKNOWN, level=session.level)
    if mismatch is None:
        return
    value, text = loss.target.value, session.text(loss.target.value) or "it"
    shown = (spell(format_type(each, options)) for each in (loss.given, loss.target.wanted))
    sentence = loss.target.sentence.format(**dict(zip(("given", "wanted"), shown, strict=True)))
    carrier = base_of(loss.given).rpartition(".")[2]
    hint = render(mismatch, names=(text, None), carriers=(carrier, carrier)).hint
    if not carries(loss.given):
        hint = f"declare there what {text} holds, or hand over raw() of each"
    line, column, end_line, end_column = span(value)
    for severity, said in (("error", sentence), ("note", f"Hint: {hint}")):
        errors.report(
            line,
            column,
            said,
            ERROR_CODES[mismatch.code],
            severity=severity,
            end_line=end_line,
            end_column=end_column,
        )
