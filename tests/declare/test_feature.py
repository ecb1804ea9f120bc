"""`@feature` marks and leaves alone."""

from typing import Annotated, Any

import pytest

import typedml as t
from typedml import Unit, feature
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.reader import read
from typedml.errors import DeclarationError

Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]


def speed(distance: Mile, time: Hour) -> Annotated[float, Unit("mile/hour")]:
    return distance / time


def options(**given: Any) -> FeatureOptions:
    def fresh(distance: Mile, time: Hour) -> float:
        return distance / time

    found = read(feature(**given)(fresh)).options
    assert found is not None
    return found


def test_the_very_same_function_comes_back() -> None:
    before = dict(vars(speed))
    assert feature(speed) is speed
    assert feature(rows="each")(speed) is speed
    assert vars(speed) == before


def test_a_bare_feature_has_empty_options_and_others_have_none() -> None:
    def plain(x: Mile) -> Mile:
        return x

    assert read(plain).options is None
    assert read(feature(plain)).options == FeatureOptions()


def test_options_are_read() -> None:
    made = options(
        rows="any",
        examples=[((120.0, 2.0), 60.0), ({"time": 2.0, "distance": 60.0}, 30.0)],
        waive={"permute": "the first row is the reference"},
        pinned=["m"],
        coefficient=2.5,
    )
    assert made.rows == "any"
    assert made.pinned == ("m",)
    assert made.coefficient == 2.5
    assert made.examples == (
        ({"distance": 120.0, "time": 2.0}, 60.0),
        ({"distance": 60.0, "time": 2.0}, 30.0),
    )
    assert made.waive == {"permute": "the first row is the reference"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rows": "some"}, "rows='some' is unknown"),
        ({"waive": {"permute": " "}}, "waived without a reason"),
        ({"waive": ["permute"]}, "gives no reasons"),
        ({"examples": [(1.0, 2.0, 3.0)]}, "no pair"),
        ({"examples": [((1.0,), 2.0)]}, "does not fit"),
        ({"examples": [({"nope": 1.0}, 2.0)]}, "does not fit"),
        ({"examples": [(1.0, 2.0)]}, "does not fit"),
        ({"pinned": "m"}, "one text"),
        ({"pinned": 5}, "names no dimensions"),
        ({"pinned": ["m", 5]}, "names no dimensions"),
        ({"coefficient": -1.0}, "no positive number"),
        ({"unknown": 1}, "no option 'unknown'"),
    ],
)
def test_contradictory_options_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        options(**given)
    assert caught.value.hint


def test_only_functions_are_features() -> None:
    with pytest.raises(t.DeclarationError, match="marks no function"):
        feature(3)  # type: ignore[call-overload]
    with pytest.raises(t.DeclarationError, match="marks functions"):
        feature(rows="any")(3)  # type: ignore[type-var]


def test_a_pinned_dimension_that_nothing_has_is_refused() -> None:
    @feature(pinned=["length"])
    def weight(mass: Annotated[float, Unit("kg")]) -> Annotated[float, Unit("kg")]:
        return mass

    with pytest.raises(DeclarationError, match=r'pinned names "length".*\nHint: It has "mass"'):
        read(weight)


@pytest.mark.parametrize("name", ["m", "length", "[length]", "km"])
def test_a_pinned_dimension_has_the_names_that_people_call_it(name: str) -> None:
    @feature(pinned=[name])
    def way(x: Annotated[float, Unit("mile")]) -> Annotated[float, Unit("mile")]:
        return x

    options = read(way).options
    assert options is not None
    assert options.pinned == ("m",)


def test_a_pinned_currency_goes_by_its_code() -> None:
    @feature(pinned=["EUR", "time"])
    def wage(pay: Annotated[float, Unit("EUR/hour")]) -> Annotated[float, Unit("EUR/hour")]:
        return pay

    options = read(wage).options
    assert options is not None
    assert options.pinned == ("EUR", "s")
