"""One field of any class that has fields: name, annotation and rules become a DeclaredField."""

from __future__ import annotations

from typing import Any, NoReturn

import attrs

from typedml.declare.annotation import Reading, Scope, read_annotation
from typedml.declare.contradictions import refuse, refuse_contradictions
from typedml.declare.declared import ABSENT, DeclaredField, Rules
from typedml.declare.fields import FieldSpec
from typedml.declare.fitting import natural_base
from typedml.declare.metadata import bounds_of, claim_of, meaning_of, named
from typedml.errors import DeclarationError


@attrs.frozen
class Member:
    """A field as its class declares it, before it is read."""

    name: str
    annotation: Any
    scope: Scope
    spec: FieldSpec | None = None
    default: object = ABSENT
    required: bool = True
    column: str | None = None
    metadata: tuple[object, ...] = ()
    doc: str = ""


def declare_member(member: Member, owner: str) -> DeclaredField:
    """Read one field of the class `owner`.

    Raises: DeclarationError if it cannot be read or contradicts itself.
    """
    reading = read_annotation(member.annotation, member.scope)
    metadata = (*reading.metadata, *member.metadata)
    spec = member.spec or FieldSpec(Rules())
    with named(f"{owner}.{member.name}"):
        meaning, roles = meaning_of(metadata), claim_of(metadata).roles
    if reading.carrier == "list" and meaning is not None:
        _refuse_list(member, owner)
    base = object if reading.carrier == "list" else reading.base
    if base is object and meaning is not None and reading.carrier in ("series", "array"):
        base = natural_base(meaning)
    declared = DeclaredField(
        name=member.name,
        column=spec.column if spec.column is not None else member.column or member.name,
        meaning=meaning,
        base=base,
        nullable=reading.nullable,
        required=(member.required if reading.required is None else reading.required) and not spec.optional,
        rules=_rules(spec.rules, reading, metadata, f"{owner}.{member.name}"),
        examples=spec.examples,
        doc=spec.doc or member.doc,
        roles=roles,
        severity=spec.severity,
    )
    refuse_contradictions(declared, owner)
    return declared


def _rules(stated: Rules, reading: Reading, metadata: tuple[object, ...], owner: str) -> Rules:
    """The rules of `field(...)`, with the bounds among the metadata and the values of a Literal."""
    bounds = {name: value for name, value in bounds_of(metadata).items() if getattr(stated, name) is None}
    if reading.isin is not None:
        extra = [value for value in stated.isin or () if value not in reading.isin]
        if extra:
            refuse(f"{owner}: isin holds {extra[0]!r}, which its Literal does not.", f"Drop {extra[0]!r}.")
        bounds["isin"] = reading.isin if stated.isin is None else stated.isin
    return attrs.evolve(stated, **bounds)


def _refuse_list(member: Member, owner: str) -> NoReturn:
    fact = f"{owner}.{member.name} holds lists of values with a meaning, which no rule of a column reaches."
    hint = "Declare a column of single values, one row each."
    raise DeclarationError(fact, hint, code="typedml-unread")
