"""Units: equality by dimension and scale, spelling, points, and conversion."""

import math
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml.algebra.errors import UnitError
from typedml.algebra.monomial import Monomial
from typedml.algebra.registry import Registry, unit
from typedml.algebra.unit import Unit

NAMES = ["m", "km", "mile", "s", "hour", "kg", "lb", "percent", "USD", "click", "deg", "bit", "K", "V"]
units = st.dictionaries(st.sampled_from(NAMES), st.integers(-3, 3), max_size=4).map(
    lambda powers: math.prod((unit(name) ** power for name, power in powers.items()), start=Unit.number())
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("km/hour", "kph"), ("N*m", "J"), ("mile/hour", "mph"), ("liter", "dm**3"), ("steradian", "rad**2"),
        ("1/s", "hertz"), ("µm", "micron"), ("count", "1"), ("people", "person"), ("minutes", "min"),
        ("(m**2)**(1/2)", "m"), ("ppm", "percent**3"), ("byte", "octet"), ("K", "delta_degC"),
    ],
)  # fmt: skip
def test_units_of_one_dimension_and_scale_are_equal(left: str, right: str) -> None:
    assert unit(left) == unit(right)
    assert hash(unit(left)) == hash(unit(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("km", "m"), ("percent", "1"), ("rad", "1"), ("deg", "rad"), ("USD", "EUR"), ("click", "view"),
        ("click", "1"), ("click/view", "view/click"), ("degC", "K"), ("degC", "degF"), ("dB", "dBm"),
        ("dBm", "dBW"), ("dB", "1"), ("bit", "1"), ("degC", "delta_degC"), ("click/view", "1"),
    ],
)  # fmt: skip
def test_units_that_differ_in_anything_are_not_equal(left: str, right: str) -> None:
    assert unit(left) != unit(right)


@given(units, units)
def test_units_multiply_divide_and_take_roots_as_vectors(x: Unit, y: Unit) -> None:
    assert x * y == y * x
    assert (x * y) / y == x
    assert (x**2) ** Fraction(1, 2) == x
    assert (x * y).vector == x.vector * y.vector


@given(units)
def test_what_a_unit_shows_reads_back_as_that_unit(x: Unit) -> None:
    assert unit(str(x)) == x


@given(units, units)
def test_converting_there_and_back_is_exactly_one(x: Unit, y: Unit) -> None:
    if not x.converts_to(y):
        with pytest.raises(UnitError, match="does not convert"):
            x.ratio(y)
    else:
        assert x.ratio(y).vector * y.ratio(x).vector == Monomial()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mile/hour", "mile/hour"), ("km ** 2", "km**2"), ("1/s", "1/s"), ("km*hour/hour", "km"), ("1", "1"),
        ("m**(1/2)", "m**(1/2)"), ("s**-1*m", "m/s"), ("kg*m/s**2", "kg*m/s**2"), ("hours", "hours"),
        ("dimensionless", "dimensionless"), ("m/s/kg", "m/kg/s"), ("%", "%"),
    ],
)  # fmt: skip
def test_a_unit_is_shown_as_its_author_spelled_it(text: str, shown: str) -> None:
    assert str(unit(text)) == shown


@pytest.mark.parametrize(
    ("source", "target", "exact"),
    [
        ("mile/minute", "mile/hour", Fraction(60)),
        ("mile", "m", Fraction(1609344, 1000)),
        ("inch", "cm", Fraction(254, 100)),
        ("percent", "1", Fraction(1, 100)),
        ("degF", "degC", Fraction(5, 9)),
        ("km/flight", "m", Fraction(1000)),
        ("speed_of_light", "m/s", Fraction(299792458)),
    ],
)
def test_ratios_of_rational_scale_are_exact(source: str, target: str, exact: Fraction) -> None:
    ratio = unit(source).ratio(unit(target))
    assert ratio.exact == exact
    assert float(ratio) == float(exact)


def test_ratios_with_pi_and_roots_are_as_near_as_floats_are() -> None:
    assert unit("deg").ratio(unit("rad")).exact is None
    assert float(unit("deg").ratio(unit("rad"))) == pytest.approx(math.pi / 180, rel=1e-15)
    assert float(unit("(km*m)**(1/2)").ratio(unit("m"))) == pytest.approx(math.sqrt(1000), rel=1e-15)


def test_a_ratio_beyond_all_floats_is_infinite_and_quick() -> None:
    huge = unit("km**100").ratio(unit("m**100"))
    assert huge.exact == Fraction(1000) ** 100
    astronomical = Unit(Monomial({"2": 10_000_000, "m": 1})).ratio(unit("m"))
    assert astronomical.exact is None
    assert float(astronomical) == math.inf


@pytest.mark.parametrize(
    ("source", "target", "value", "expected"),
    [
        ("degF", "degC", 212, 100),
        ("degC", "K", 0, 273.15),
        ("degC", "degF", -40, -40),
        ("degC", "degC", 7, 7),
    ],
)
def test_points_convert_by_factor_and_offset(source: str, target: str, value: float, expected: float) -> None:
    ratio = unit(source).ratio(unit(target))
    assert ratio.offset is not None
    assert value * float(ratio) + float(ratio.offset) == pytest.approx(expected)


def test_levels_re_different_references_have_no_offset() -> None:
    assert unit("dBm").ratio(unit("dBW")).offset is None
    assert unit("dBm").ratio(unit("dBm")).offset == 0


@pytest.mark.parametrize(
    ("point", "delta"), [("degC", "delta_degC"), ("degF", "delta_degF"), ("dBm", "dB"), ("m", "m")]
)
def test_a_point_has_the_unit_of_its_differences(point: str, delta: str) -> None:
    assert unit(point).delta() == unit(delta)
    assert str(unit(point).delta()) == delta
    assert unit(point).is_point == (point != delta)
    assert not unit(delta).is_point


@pytest.mark.parametrize(
    "operate", [lambda u: u * u, lambda u: u / unit("m"), lambda u: unit("m") * u, lambda u: u**2]
)
def test_a_point_is_never_multiplied(operate) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnitError, match="point on a scale") as caught:
        operate(unit("degC"))
    assert caught.value.hint == 'differences can: write "delta_degC"'


def test_a_unit_knows_its_parts() -> None:
    rate = Registry().unit("km*'U/flight/percent", variables=True)
    assert str(rate.dimension) == "'U*m"
    assert str(rate.scale) == "2**5*5**5"
    assert str(rate.tags) == "#flight**-1"
    assert rate.variables == ("'U",)
    assert not rate.is_number
    assert unit("1").is_number
    assert not unit("percent").is_number
    assert unit("rpm").has_angle
    assert not unit("1/minute").has_angle


@pytest.mark.parametrize(
    ("text", "shown"), [("km/flight", "km"), ("clicks/view", "1"), ("km", "km"), ("USD/person", "USD")]
)
def test_tags_can_be_dropped(text: str, shown: str) -> None:
    assert unit(text).without_tags() == unit(shown)
    assert str(unit(text).without_tags()) == shown


def test_radians_can_be_dropped_and_what_hides_them_is_spelled_out() -> None:
    assert str(unit("rad/s").without_angle()) == "1/s"
    assert unit("deg").without_angle().dimension == Monomial()
    assert not unit("deg/s").without_angle().has_angle


def test_exponents_have_a_limit() -> None:
    with pytest.raises(UnitError, match="too large"):
        unit("km") ** 10**9


def test_a_unit_survives_pickling() -> None:
    for text in ("mile/hour", "degC", "dBm", "m**(1/2)"):
        restored = pickle.loads(pickle.dumps(unit(text)))
        assert restored == unit(text)
        assert str(restored) == text
