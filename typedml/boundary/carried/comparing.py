"""What data says of a column against its declaration: the rules `unit` and `kind`.

The algebra answers: a value of what the data says must be able to stand where the declared meaning is asked
for, as in an assignment. Two places that say different things are a failure, whichever of them is right.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, final

import attrs

from typedml.boundary.carried.sayings import Saying, Sayings, of_column
from typedml.boundary.plan import Rule
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.kind import Kind
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.mismatch import Mismatch
    from typedml.algebra.unit import Unit
    from typedml.declare.declared import DeclaredSchema

CODES = {"unit": "typedml-unit", "kind": "typedml-kind"}
_CUT = "Threshold["
_LONGEST = 80


@final
@attrs.frozen(eq=False)
class Verdict:
    """The answer to one rule; `fact` is empty where it holds."""

    rule: Rule
    fact: str = ""
    hint: str = ""


def compared(schema: DeclaredSchema, said: Sayings, there: Container[str]) -> Iterator[tuple[str, Verdict]]:
    """What the data says of each declared column that is there, beside what is declared."""
    if not said:
        return
    for declared in schema.fields:
        if declared.meaning is not None and declared.column in there:
            for verdict in verdicts(declared.column, declared.meaning, of_column(said, declared.column)):
                yield declared.column, verdict


def verdicts(column: str, declared: Meaning, said: tuple[Saying, ...]) -> Iterator[Verdict]:
    """The rules that what is said of a column makes askable, each with its answer."""
    unreadable = next((saying for saying in said if saying.broken), None)
    units = [(saying, saying.unit) for saying in said if saying.unit is not None]
    if unreadable is not None:
        fact = f'what {unreadable.place} says of "{column}" cannot be read: {unreadable.broken}'
        yield Verdict(_unit_rule(column, declared), fact, _WRITE_ANEW)
    elif units:
        yield _unit_verdict(column, declared, units)
    kinds = [(saying, saying.kind) for saying in said if saying.kind is not None]
    if kinds:
        yield _kind_verdict(column, declared, kinds)


def _unit_rule(column: str, declared: Meaning) -> Rule:
    return Rule(column, "unit", declared.unit, f'{column} is in "{declared.unit}"')


def _unit_verdict(column: str, declared: Meaning, said: list[tuple[Saying, str]]) -> Verdict:
    from typedml.algebra.flow import flow_units
    from typedml.algebra.meaning import Meaning
    from typedml.declare.units import parse_unit

    rule = _unit_rule(column, declared)
    found: list[Unit] = []
    for saying, text in said:
        try:
            found.append(parse_unit(text))
        except DeclarationError as error:
            # The other lines of the fact point at the place, which this one line has no room for.
            why = error.fact.partition("\n")[0]
            fact = f'{saying.place} says that "{column}" is in {_short(text)!r}: {why}'
            return Verdict(rule, fact, _WRITE_ANEW)
    if any(unit != found[0] for unit in found):
        return _disagreement(rule, column, "is in", said)
    mismatch = flow_units(Meaning(None, found[0]), Meaning(None, declared.unit))
    if mismatch is None:
        return Verdict(rule)
    place, text = said[0][0].place, said[0][1]
    fact = f'{place} says that "{column}" is in "{_short(text)}", where "{declared.unit}" is declared'
    return Verdict(rule, fact, _hint(mismatch, column))


def _kind_verdict(column: str, declared: Meaning, said: list[tuple[Saying, str]]) -> Verdict:
    from typedml.algebra.flow import flow

    rule = Rule(column, "kind", declared.kind, f"{column} is {declared}")
    if any(text != said[0][1] for _, text in said):
        return _disagreement(rule, column, "is of the kind", said)
    place, text = said[0][0].place, said[0][1]
    carried = _carried(text, declared)
    if carried is None:
        fact = f'{place} says that "{column}" is of the kind "{_short(text)}", which is not known here'
        return Verdict(rule, fact, "define that kind where the schema is, or write the data anew")
    mismatch = flow(carried, declared.with_roles(frozenset()))
    if mismatch is None:
        return Verdict(rule)
    fact = f'{place} says that "{column}" is of the kind "{_short(text)}", where "{declared}" is declared'
    return Verdict(rule, fact, _hint(mismatch, column))


def _carried(text: str, declared: Meaning) -> Meaning | None:
    """The meaning of a kind by its name, in the declared unit where it takes that one."""
    from typedml.algebra.meaning import Meaning

    cut = text.startswith(_CUT) and text.endswith("]")
    name = text[len(_CUT) : -1] if cut else text
    kind = _kind(name, declared)
    if kind is None and not (cut and not name):
        return None
    unit = declared.unit if kind is None or kind.admits(declared.unit) else None
    return Meaning(kind, unit, cut)


def _kind(name: str, declared: Meaning) -> Kind | None:
    """The kind of this name: that of the declaration or its parent, a shipped one, or one defined here."""
    from typedml.algebra.catalogue import KINDS
    from typedml.declare.kind_names import kind_named

    kind = declared.kind
    lineage = () if kind is None else (kind, *kind.ancestors)
    found = next((each for each in lineage if each.name == name), None)
    return found or (KINDS[name] if name in KINDS else kind_named(name))


def _disagreement(rule: Rule, column: str, verb: str, said: list[tuple[Saying, str]]) -> Verdict:
    told = ", ".join(f'{saying.place} says "{_short(text)}"' for saying, text in said)
    return Verdict(rule, f'two places say different things of what "{column}" {verb}: {told}', _WRITE_ANEW)


_WRITE_ANEW = "write_parquet(Schema, frame, path) of typedml.boundary writes what is declared, in every place"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _hint(mismatch: Mismatch, column: str) -> str:
    from typedml.messages import render

    return render(mismatch, names=(f'frame["{column}"]', None)).hint or _WRITE_ANEW
