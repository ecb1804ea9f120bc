"""`Kind(...)`: kinds of one's own."""

from collections.abc import Callable
from typing import Annotated, Any

import pytest

import typedml as t


def test_a_kind_takes_from_its_parent_what_it_leaves_out() -> None:
    chance = t.Kind("ChanceOfRain", parent=t.Probability)
    assert str(chance.definition.range) == "[0, 1]"
    assert chance.definition.parent == t.PROBABILITY.definition
    assert t.Kind("ChanceOfSnow", parent=t.PROBABILITY).definition.parent == chance.definition.parent


def test_a_kind_has_unit_range_and_sort_of_its_own() -> None:
    height = t.Kind("BodyHeight", parent=t.Distance, unit="m", range=(0, 3), extensive=False)
    assert str(height.meaning) == "BodyHeight"
    assert height(1.8) == 1.8
    with pytest.raises(t.CheckError, match="outside"):
        height(180.0)
    level = t.Kind("SeaLevel", sort="torsor", unit=t.Unit("m"), range=(None, 10))
    assert level.definition.sort.value == "torsor"
    assert level(-3.0) == -3.0
    seats = t.Kind("Seats", integral=True)
    with pytest.raises(t.CheckError, match="whole"):
        seats(1.5)


def test_an_alias_of_a_kind_is_a_parent_too() -> None:
    Height = Annotated[float, t.Kind("PersonHeight", unit="m")]
    assert t.Kind("ChildHeight", parent=Height).definition.is_named("PersonHeight")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: t.Kind("Wide", parent=t.PROBABILITY, range=(0, 2)), "wider"),
        (lambda: t.Kind("Vec", parent=t.LATITUDE, sort="vector"), "torsor"),
        (lambda: t.Kind("Odd", sort="vectr"), "not a sort"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", range=3), "not a lowest"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", range=(2, 1)), "not a lowest"),
        (lambda: t.Kind("Odd", range=(0, float("nan"))), "not a lowest"),
        (lambda: t.Kind("Odd", parent=float), "is not a kind"),
        (lambda: t.Kind("Odd", parent=Annotated[float, t.Unit("km")]), "is not a kind"),
        (lambda: t.Kind("a b"), "name of a kind"),
        (lambda: t.Kind(3), "name of a kind"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", range="ab"), "not a lowest"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", unit="kmm"), "kmm"),
        (lambda: t.Kind("Probability", range=(0, 2)), "ships"),
    ],
)
def test_a_contradictory_kind_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        make()
    assert caught.value.hint
