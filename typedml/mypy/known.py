"""Markers of which the claim is known: left on the type of a variable, and found again after a warm start."""

from __future__ import annotations

from typing import Final

from mypy.nodes import Var
from mypy.types import Instance, LiteralType, get_proper_type

from typedml.algebra.meaning import Meaning
from typedml.declare.markers import Claim, Marker, Unit

PAYLOAD: Final = "typedml"
MARKER: Final = "typedml.declare.markers.Marker"


class Known(Marker):
    """A marker of which only its claim is known, because its module was read from the cache."""

    __slots__ = ("_claim",)

    def __init__(self, claim: Claim) -> None:
        self._claim = claim

    @property
    def claim(self) -> Claim:
        return self._claim


def known(meaning: Meaning) -> Marker:
    """Return a marker that says what `meaning` says."""
    implied = meaning.kind is not None and meaning.unit == meaning.kind.default_unit
    return of_claim(Claim(meaning.kind, None if implied else meaning.unit, meaning.cut, meaning.roles))


def of_claim(claim: Claim) -> Marker:
    """Return a marker that makes this claim; a unit alone can be multiplied and divided."""
    if claim.unit is not None and claim == Claim(unit=claim.unit):
        return Unit.of(claim.unit)
    return Known(claim)


def is_marker(target: Var) -> bool:
    """Whether a variable's type is one of our marker classes."""
    declared = get_proper_type(target.type) if target.type is not None else None
    return isinstance(declared, Instance) and declared.type.has_base(MARKER)


def payload_of(target: Var) -> Marker | None:
    """Return the marker whose claim was left on a variable's type, see `typedml.mypy.constants`."""
    declared = get_proper_type(target.type) if target.type is not None else None
    if not isinstance(declared, Instance) or declared.extra_attrs is None:
        return None
    literal = get_proper_type(declared.extra_attrs.attrs.get(PAYLOAD))
    if not isinstance(literal, LiteralType) or not isinstance(literal.value, str):
        return None
    return of_claim(decode_claim(literal.value))


def encode_claim(claim: Claim) -> str:
    """Write a claim as text; `decode_claim` reads it."""
    kind = Meaning(claim.kind, claim.kind.default_unit).encode() if claim.kind is not None else ""
    unit = Meaning(None, claim.unit).encode() if claim.unit is not None else ""
    return "\n".join([kind, unit, "cut" if claim.cut else "", *sorted(claim.roles)])


def decode_claim(text: str) -> Claim:
    """Read what `encode_claim` wrote."""
    kind, unit, cut, *roles = text.split("\n")
    return Claim(
        Meaning.decode(kind).kind if kind else None,
        Meaning.decode(unit).unit if unit else None,
        bool(cut),
        frozenset(roles),
    )
