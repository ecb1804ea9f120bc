"""Reads the metadata of `Annotated`: several markers make one meaning, bounds make rules.

`annotated_types` and pydantic are understood without being imported: whoever put their objects there has
imported them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from typedml.declare.markers import Claim, Marker
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.kind import Kind
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

_BOUNDS = ("gt", "ge", "lt", "le")


def meaning_of(metadata: Iterable[object]) -> Meaning | None:
    """The meaning that the markers among `metadata` declare together, None if they declare none.

    Raises: DeclarationError if they contradict one another.
    """
    claim = claim_of(metadata)
    if claim.kind is None and claim.unit is None and not claim.cut:
        return None
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

    default = Unit.number() if claim.kind is None else claim.kind.default_unit
    return Meaning(claim.kind, default if claim.unit is None else claim.unit, claim.cut, claim.roles)


def claim_of(metadata: Iterable[object]) -> Claim:
    """What the markers among `metadata` say together.

    Raises: DeclarationError if they contradict one another.
    """
    merged = Claim()
    for marker in markers_in(metadata):
        claim = marker.claim
        merged = Claim(
            _kind(merged.kind, claim.kind),
            _unit(merged.unit, claim.unit),
            merged.cut or claim.cut,
            _roles(merged.roles, claim.roles),
        )
    _refuse_foreign_unit(merged)
    return merged


def markers_in(metadata: Iterable[object]) -> Iterator[Marker]:
    """The markers among `metadata`, `annotated_types.Unit` as its synonym included."""
    from typedml.declare.markers import Unit as UnitMarker

    for item in flatten(metadata):
        if isinstance(item, Marker):
            yield item
        elif is_from(item, "annotated_types", "Unit"):
            yield UnitMarker(item.unit)
        elif isinstance(item, type) and issubclass(item, Marker):
            fact = f"`{item.__name__}` stands in an annotation without saying which."
            raise DeclarationError(fact, f'Write {item.__name__}("...").', code="typedml-unread")


def flatten(metadata: Iterable[object]) -> Iterator[Any]:
    """The metadata, with pydantic's `Field(...)` and aliases in a marker's place taken apart."""
    for item in metadata:
        if get_origin(item) is Annotated:
            yield from flatten(get_args(item)[1:])
        elif is_from(item, "pydantic", "FieldInfo"):
            yield from flatten(getattr(item, "metadata", ()))
        else:
            yield item


def bounds_of(metadata: Iterable[object]) -> dict[str, Any]:
    """The bounds and patterns among `metadata`, by the names that `field` gives them."""
    found: dict[str, Any] = {}
    for item in flatten(metadata):
        if is_from(item, "annotated_types", "Gt", "Ge", "Lt", "Le", "Interval"):
            names: tuple[str, ...] = _BOUNDS
        elif is_from(
            item, "pydantic", "_PydanticGeneralMetadata", "PydanticGeneralMetadata", "StringConstraints"
        ):
            names = ("pattern",)
        else:
            continue
        found.update({name: getattr(item, name) for name in names if getattr(item, name, None) is not None})
    return found


def is_from(item: object, library: str, *names: str) -> bool:
    """True where `item` is an instance of a class of that library, told by name alone."""
    kind = type(item)
    return library in sys.modules and kind.__module__.split(".")[0] == library and kind.__name__ in names


def _kind(first: Kind | None, second: Kind | None) -> Kind | None:
    if first is None or second is None:
        return second if first is None else first
    if second.descends_from(first):
        return second
    if first.descends_from(second):
        return first
    fact = f"One value cannot be both {first.name} and {second.name}: neither is a kind of the other."
    raise DeclarationError(fact, "Keep one of them, or declare a kind of your own with Kind(...).")


def _unit(first: Unit | None, second: Unit | None) -> Unit | None:
    if first is None or second is None or first == second:
        return second if first is None else first
    fact = f'One value cannot be in both "{first}" and "{second}".'
    raise DeclarationError(fact, f'Keep one of them, or write one unit: Unit("{first}*{second}").')


def _roles(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    from typedml.algebra.roles import SPLITS

    both = first | second
    # A row that is in two of them has leaked.
    clash = sorted(both & SPLITS)
    if len(clash) > 1:
        fact = f"One row cannot be both {clash[0]} and {clash[1]}."
        raise DeclarationError(fact, "Keep the one that says what the rows are for.", code="typedml-role")
    return both


def _refuse_foreign_unit(claim: Claim) -> None:
    kind, given = claim.kind, claim.unit
    if kind is None or given is None or kind.admits(given):
        return
    fact = f'A {kind.name} cannot be in "{given}": it is {_home(kind)}.'
    raise DeclarationError(fact, f'Drop Unit("{given}"), or drop the kind {kind.name}.')


def _home(kind: Kind) -> str:
    own = kind.default_unit
    return "a pure number" if own.is_number else f'in "{own}" or another unit of that dimension'


@contextmanager
def named(owner: str) -> Iterator[None]:
    """Say of whom a DeclarationError speaks that does not know it."""
    try:
        yield
    except DeclarationError as error:
        raise DeclarationError(f"{owner}: {error.fact}", error.hint, code=error.code) from None
