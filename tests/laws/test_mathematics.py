"""The mathematics below the laws: dimensions, exponents by doubling, coefficients, mistaken units."""

import math
from fractions import Fraction
from typing import Annotated, Any

import pytest

from tests.laws.right_features import Hours, Km, Miles, Minutes, Mph
from typedml import Celsius, Decibel, EpochSeconds, Unit, UnitVar
from typedml.algebra.registry import unit
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.laws import check_laws
from typedml.laws.coefficients import in_base_units
from typedml.laws.diagnosis import confusion, diagnose, fraction_text
from typedml.laws.feature import Feature
from typedml.laws.generate import cases
from typedml.laws.monomials import coefficient, constant, monomials
from typedml.laws.physical import exponents, size, zero
from typedml.laws.scaling import free_dimensions

Joule = Annotated[float, Unit("joule")]


def feature_of(function: Any) -> Feature:
    declared = read(function)
    assert isinstance(declared, DeclaredFunction)
    return Feature(declared, function)


def found(function: Any) -> Any:
    """The exponents and the coefficient of a function, if it is a monomial."""
    feature = feature_of(function)
    case = cases(feature.inputs, tables=1, seed=0)[0]
    groups = [(source,) for source in feature.inputs]
    for monomial in monomials(feature, case, groups):
        raw = constant(coefficient(case, monomial))
        assert raw is not None
        names = {group[0].name: exponent for group, exponent in monomial.exponents.items()}
        return names, in_base_units(raw, monomial)
    return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mile/hour", {"m": 1, "s": -1}),
        ("joule", {"kg": 1, "m": 2, "s": -2}),
        ("km**(1/2)", {"m": Fraction(1, 2)}),
        ("degree", {}),
        ("km/flight", {"m": 1}),
        ("USD/hour", {"USD": 1, "s": -1}),
    ],
)
def test_angles_tags_and_numbers_have_no_dimension_that_scales(text: str, expected: Any) -> None:
    assert exponents(unit(text)) == expected


def test_sizes_and_zero_points_are_those_of_base_units() -> None:
    assert size(unit("minute")) == 60.0
    assert size(unit("percent")) == 0.01
    assert zero(unit("degC")) == 273.15
    assert zero(unit("km")) == 0.0


def test_exponents_are_found_by_doubling() -> None:
    def energy(mass: Annotated[float, Unit("kg")], speed: Annotated[float, Unit("m/s")]) -> Joule:
        return 0.5 * mass * speed**2

    assert found(energy) == ({"mass": 1, "speed": 2}, 0.5)


def test_a_root_has_a_fractional_exponent() -> None:
    def side(area: Annotated[float, Unit("km**2")]) -> Km:
        return float(area**0.5)

    assert found(side) == ({"area": Fraction(1, 2)}, pytest.approx(1.0))


def test_a_sum_is_no_monomial() -> None:
    def total(a: Km, b: Km) -> Km:
        return a + b

    assert found(total) is None


def test_a_formula_that_bends_is_no_monomial() -> None:
    def clipped(a: Km, b: Km) -> Km:
        return a * b / (a + b)

    assert found(clipped) is None


def test_a_coefficient_that_depends_on_an_angle_is_none_of_a_formula() -> None:
    def headwind(wind: Mph, course: Annotated[float, Unit("degree")]) -> Mph:
        return wind * (1 if course < 90 else 0.5)

    assert check_laws(headwind).ok


@pytest.mark.parametrize(
    ("factor", "units", "text"),
    [
        (1 / 60, ["mile", "minute", "mile/hour"], "1/60: minute -> hour?"),
        (60.0, ["hour", "minute"], "hour -> minute?"),
        (0.01, ["millibar"], "1/100: millibar -> pascal?"),
        (1000.0, ["km"], "km -> meter?"),
        (0.01, ["percent"], "1/100: percent -> 1?"),
        (0.3048**2, ["foot"], "(foot -> meter)**2?"),
        (0.5, ["km"], "1/2"),
        (0.7310585, ["km"], ""),
    ],
)
def test_a_factor_is_explained_by_units(factor: float, units: list[str], text: str) -> None:
    assert diagnose(factor, [unit(name) for name in units]) == text


def test_declared_units_are_preferred_to_others() -> None:
    assert confusion(1 / 60, [unit("minute"), unit("hour")]) == "minute -> hour"
    assert confusion(1 / 60, [unit("minute")]) == "minute -> hour"


def test_fractions_of_small_numbers_are_shown_as_such() -> None:
    assert [fraction_text(x) for x in (1 / 60, 0.25, 3.0, 0.1234567)] == ["1/60", "1/4", "", ""]


def dimensions_of(function: Any) -> dict[str, int]:
    feature = feature_of(function)
    return {scaling.atom: scaling.power for scaling in free_dimensions(feature.declared, feature.inputs)}


def test_fractional_exponents_scale_by_powers_of_four() -> None:
    def period(length: Annotated[float, Unit("m")]) -> Annotated[float, Unit("m**(1/2)")]:
        return float(length**0.5)

    assert dimensions_of(period) == {"m": 2}


def test_a_unit_variable_is_a_dimension_of_its_own() -> None:
    U = UnitVar("U")

    def square(x: Annotated[float, U]) -> Annotated[float, U**2]:
        return x * x

    def double(x: Annotated[float, U]) -> Annotated[float, U**2]:
        return x + x

    assert check_laws(square).ok
    assert [failure.law for failure in check_laws(double).failures] == ["scale"]


def test_results_that_are_points_stop_their_dimension() -> None:
    def warmer(rise: Annotated[float, Unit("delta_degC")], base: Celsius) -> Celsius:
        return base + rise

    def arrival(departed: EpochSeconds, minutes: Minutes, distance: Miles) -> EpochSeconds:
        return departed + 60 * minutes

    assert dimensions_of(warmer) == {}
    assert dimensions_of(arrival) == {"m": 1}
    assert check_laws(arrival).ok


def test_beside_a_level_nothing_is_scaled() -> None:
    def received(sent: Decibel, loss: Annotated[float, Unit("dB")], distance: Km) -> Decibel:
        return sent - loss

    def logarithm(distance: Km) -> Annotated[float, Unit("log(km)")]:
        return math.log(distance) if distance > 0 else 0.0

    def ratio(distance: Km, other: Km) -> float:
        return math.log((1 + distance) / (1 + other))

    assert dimensions_of(received) == {}
    assert dimensions_of(logarithm) == {}
    assert check_laws(logarithm).ok
    assert dimensions_of(ratio) == {"m": 1}


def test_a_hidden_constant_is_found_wherever_it_lies() -> None:
    for limit in (5.0, 15.0, 60.0, 240.0, 900.0):

        def late(delay: Minutes, _limit: float = limit) -> bool:
            return delay > _limit

        assert not check_laws(late).ok, limit


def test_a_sum_of_different_units_is_refused_and_a_converted_one_is_not() -> None:
    def wrong(taxi: Minutes, air: Hours) -> Minutes:
        return taxi + air

    def right(taxi: Minutes, air: Hours) -> Minutes:
        return taxi + 60 * air

    assert not check_laws(wrong).ok
    assert check_laws(right).ok
