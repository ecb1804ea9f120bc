from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.algebra.shorthand import MEANINGS, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.meaning import Meaning
from typedml.algebra.monomial import Monomial
from typedml.algebra.unit import Unit
from typedml.algebra.widening import unspelled

FORBIDDEN = set('[]", \t\n')
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
ROLES = st.frozensets(
    st.sampled_from(["Train", "Test", "Target", "fitted on Test", "as of 2026-01-31T00:00+01:00"]), max_size=2
)


def round_trip(meaning: Meaning) -> Meaning:
    text = meaning.encode()
    assert not FORBIDDEN & set(text)
    decoded = Meaning.decode(text)
    assert str(decoded) == str(meaning)
    assert decoded.encode() == text
    return decoded


@pytest.mark.parametrize("meaning", MEANINGS, ids=str)
def test_every_meaning_comes_back(meaning: Meaning) -> None:
    assert round_trip(meaning) == meaning


@st.composite
def kinds(draw: st.DrawFn) -> Kind:
    parent = draw(st.sampled_from([None, KINDS["Proportion"], KINDS["Duration"], KINDS["Identifier"]]))
    names = st.from_regex(r"[A-Z][a-z]{1,5}X[0-9]?", fullmatch=True)
    extensive = None if parent is KINDS["Identifier"] else draw(st.booleans())
    first = define_kind(draw(names), parent=parent, range=(0, draw(st.floats(0.1, 1))), extensive=extensive)
    return define_kind(f"{first.name}Y", parent=first, integral=True) if draw(st.booleans()) else first


@given(kinds(), st.booleans(), ROLES)
def test_kinds_of_users_travel_with_their_ancestors(kind: Kind, cut: bool, roles: frozenset[str]) -> None:
    decoded = round_trip(Meaning(kind, None, cut, roles))
    assert decoded == Meaning(kind, None, cut, roles)
    assert decoded.kind is not None
    assert decoded.kind.ancestors == kind.ancestors


@given(NAMES, st.fractions(-5, 5, max_denominator=7), st.one_of(st.none(), NAMES, st.fractions(0, 500)))
def test_units_travel_with_their_spelling_whatever_the_letters(
    name: str, power: object, origin: object
) -> None:
    made = Unit(Monomial({"m": 1, "2": power}), Monomial({name: power}), origin)  # type: ignore[arg-type]  # drawn
    decoded = round_trip(Meaning(None, made))
    assert decoded.unit == made
    assert decoded.unit.spelling == made.spelling
    assert decoded.unit.origin == made.origin


def test_equal_units_spelled_differently_encode_alike_once_unspelled() -> None:
    left, right = unit("km/hour"), unit("kph")
    assert left == right
    assert left.encode() != right.encode()
    assert unspelled(left).encode() == unspelled(right).encode()


def test_a_torsor_in_a_unit_of_its_own_travels() -> None:
    altitude = define_kind("Altitude", sort=Sort.TORSOR, unit=unit("ft").unit, range=(-1000, 60000))
    assert round_trip(Meaning(altitude)).sort is Sort.TORSOR


@pytest.mark.parametrize("text", ["", "k", "c=", "u", "nonsense"])
def test_what_encode_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="encoded meaning"):
        Meaning.decode(text)
