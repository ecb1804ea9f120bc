"""Levels: logarithms of quantities re their unit, and decibels; each answer is executed on values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.algebra.shorthand import kind, read, told, unit
from typedml.algebra.conversion import converted
from typedml.algebra.errors import UnitError
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.kind import Sort
from typedml.algebra.levels import level, logarithm_of, quantity
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.registry import Registry, default_registry
from typedml.algebra.rules import combine
from typedml.algebra.unit import Unit
from typedml.messages import render

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = """
log km : log(km)
log2 km : log2(km)
log10 km : log10(km)
log km 10 : log10(km)
log km 2 : log2(km)
log km 3 : ?
log click : 1
log click/second : log(click/second)
log Money,_USD : log(USD)
log Kelvin : log(kelvin)
log Celsius : POINT_SCALED
log dB : NO_EDGE
log dBm : POINT_SCALED
log log(km) : POINT_SCALED
log1p km : NUMBER_NEEDED
log1p Count : 1
log2 Probability : 1
exp log(km) : km
exp2 log2(km) : km
exp10 log10(km) : km
exp log(km/hour) : km/hour
exp log10(km) : NO_EDGE
exp2 log(km) : NO_EDGE
exp10 dBm : POINT_SCALED
expm1 log(km) : POINT_SCALED
mean log(km) : log(km)
median log(km) : log(km)
sum log(km) : POINTS_ADDED
cumsum log(km) : POINTS_ADDED
std log(km) : 1
diff log(USD) : 1
min log(km) log(km) : log(km)
max log(km) log(m) : ORIGINS_DIFFER
logsumexp log(km) : log(km)
logaddexp log(km) log(km) : log(km)
logaddexp log(km) log(m) : ORIGINS_DIFFER
logaddexp2 log2(km) log2(km) : log2(km)
logsumexp log2(km) : NO_EDGE
power 10 log10(km) : km
mean dBm : dBm
sum dBm : POINTS_ADDED
sum dB : dB
"""

OPERATIONS = """
log(km) - log(km) : 1
log(km) + 1.5 : log(km)
log(km) - 1.5 : log(km)
0.5 + log(km) : log(km)
log(km) + log(km) : POINTS_ADDED
log(km) - log(m) : ORIGINS_DIFFER
log(km) - log10(km) : ORIGINS_DIFFER
log(km) - log(hour) : ORIGINS_DIFFER
log(km) < log(km) : Binary
log(km) < log(m) : ORIGINS_DIFFER
log(km) < 3.0 : NUMBER_BESIDE_UNIT
log(km) * 2 : POINT_SCALED
log(km) / 2 : POINT_SCALED
log(km) * log(km) : POINT_SCALED
log(km) ** 2 : POINT_SCALED
10 * log(mW) : POINT_SCALED
5 * log10(mW) : POINT_SCALED
10 * log10(mW) : dBm
log10(watt) * 10 : dBW
10.0 * log10(kW) : 10*log10(kW)
20 * log10(V) : 20*log10(V)
10 * log10(V**2) : 10*log10(V**2)
10 * log10(V) : POINT_SCALED
20 * log10(V**2) : POINT_SCALED
20 * log10(Pa**2) : POINT_SCALED
10 * log10(Pa**2) : 10*log10(Pa**2)
20 * log10(mW) : POINT_SCALED
20 * log10(km) : 20*log10(km)
dBm / 10 : log10(mW)
0.1 * dBm : log10(mW)
dBm * 0.1 : log10(mW)
dBm * 2 : POINT_SCALED
10 / dBm : POINT_SCALED
20*log10(V) / 20 : log10(V)
0.05 * 20*log10(V) : log10(V)
20*log10(V) / 10 : log10(V**2)
10*log10(km) / 10 : log10(km)
10 ** log10(mW) : mW
2 ** log2(km) : km
2 ** log10(km) : POINT_SCALED
10 ** log(km) : POINT_SCALED
2.718281828459045 ** log(km) : km
10 ** dBm : POINT_SCALED
10 ** dB : 1
2 ** dB : NUMBER_NEEDED
dB / 10 : dB
Decibel / 10 : ?
Decibel * 0.05 : ?
Decibel / 3 : POINT_SCALED
Decibel - Decibel : dB
dBm + dB : dBm
dB + dBm : dBm
dBm - dB : dBm
dBm - dBm : dB
dBm + dBm : POINTS_ADDED
dBm - dBW : ORIGINS_DIFFER
dBm - 20*log10(V) : ORIGINS_DIFFER
dBm + 1 : NUMBER_BESIDE_UNIT
dBm + log10(mW) : POINTS_ADDED
dB + dB : dB
dB * 2 : dB
dB - dB : dB
"""


def operand(text: str) -> Operand:
    return read(text.replace("_", " "))


@pytest.mark.parametrize("row", [line for line in CALLS.splitlines() if line])
def test_functions_of_levels(row: str) -> None:
    call, _, expected = row.partition(" : ")
    name, *arguments = call.split()
    assert told(apply(name, *map(operand, arguments))) == expected


@pytest.mark.parametrize("row", [line for line in OPERATIONS.splitlines() if line])
def test_operators_on_levels(row: str) -> None:
    call, _, expected = row.partition(" : ")
    left, op, right = call.split()
    found = combine(op, operand(left), operand(right))
    assert told(found) == expected
    if isinstance(found, Mismatch):
        assert all(render(found, names=("a", "b")))


def test_levels_re_equal_units_are_equal_however_they_are_spelled() -> None:
    assert unit("log(km/hour)") == unit("log( kph )")
    assert unit("10*log10(mW)") == unit("dBm") == unit("10 * log10(milliwatt)")
    assert unit("20*log10(V)") == unit("10*log10(V**2)")
    assert unit("20*log10(km)") != unit("10*log10(km)")
    assert unit("log(km)") != unit("log(m)")
    assert unit("log(km)") != unit("log10(km)")


def test_a_level_is_a_point_whose_differences_are_numbers() -> None:
    meaning = unit("log(km)")
    assert meaning.sort is Sort.TORSOR
    assert meaning.unit.delta() == Unit.number()
    assert str(meaning.unit.delta()) == "1"
    assert logarithm_of(meaning.unit) == "log"
    assert logarithm_of(unit("dBm").unit) is None
    assert logarithm_of(unit("degC").unit) is None


@pytest.mark.parametrize(
    "text", ["log(km)", "log10(USD)", "log2(click/second)", "20*log10(V)", "log(km**(1/2))"]
)
def test_a_level_survives_its_name(text: str) -> None:
    meaning = unit(text)
    again = Meaning.decode(meaning.encode())
    assert again == meaning
    assert str(again) == text


@pytest.mark.parametrize(
    ("function", "text"), [("log", "km/hour"), ("log2", "USD"), ("log10", "m**2"), ("log", "'U")]
)
def test_the_way_back_leads_to_the_unit_as_it_was_written(function: str, text: str) -> None:
    found = quantity(function, level(function, unit(text).unit))
    assert found == unit(text).unit
    assert str(found) == text


def test_a_level_of_an_open_unit_is_one_inside_its_function() -> None:
    inside = apply("exp", apply("mean", apply("log", unit("'U"))))  # type: ignore[arg-type]  # none is refused
    assert inside == unit("'U")


BAD = """
log(1) : is a plain number
log(click) : is a plain number
log(degC) : has no logarithm
log(dB) : has no logarithm
log(dBm) : has no logarithm
log(log(km)) : has no logarithm
log(foo) : Unknown unit "foo"
log() : is empty
log(km)/s : A logarithm is part of the unit
m*log(km) : A logarithm is part of the unit
log(km : A logarithm is part of the unit
log(km)) : A logarithm is part of the unit
log(km)*log(m) : A logarithm is part of the unit
5*log10(mW) : A logarithm is part of the unit
10*log(mW) : A logarithm is part of the unit
10*log10(V) : is not how decibels
20*log10(W) : is not how decibels
20*log10(V**2) : is not how decibels
10*log10(1) : is a plain number
"""


@pytest.mark.parametrize("row", [line for line in BAD.splitlines() if line])
def test_what_is_no_level_is_refused_with_a_hint(row: str) -> None:
    text, _, says = row.partition(" : ")
    with pytest.raises(UnitError, match=says) as caught:
        default_registry().unit(text)
    assert caught.value.hint


def test_a_mistake_inside_is_pointed_at() -> None:
    with pytest.raises(UnitError) as caught:
        default_registry().unit("log10(mi*lightyaer)")
    assert (caught.value.text, caught.value.position) == ("log10(mi*lightyaer)", 9)


@pytest.mark.parametrize("text", ["log(" * 300 + "km" + ")" * 300, "log(" + "m*" * 600 + "m)", "log(m**1e9)"])
def test_hostile_levels_are_refused_in_bounded_time(text: str) -> None:
    with pytest.raises(UnitError):
        default_registry().unit(text)


def test_declared_levels_flow_where_they_were_computed() -> None:
    computed = apply("log", unit("kph"))
    assert isinstance(computed, Meaning)
    assert flow(computed, unit("log(km/hour)")) is None
    assert flow(computed, unit("1")) is not None
    refused = flow(computed, unit("log(m/s)"))
    assert refused is not None
    assert refused.reason is Reason.ORIGINS_DIFFER
    decibels = combine("*", Literal(10), apply("log10", unit("mW")))  # type: ignore[arg-type]  # none is refused
    assert isinstance(decibels, Meaning)
    assert flow(decibels, unit("dBm")) is None
    assert flow(decibels, kind("Decibel", "dBm")) is None


def test_users_decibels_are_those_that_are_computed() -> None:
    registry = Registry()
    registry.define("dBV = volt; logbase: 10; logfactor: 20\ndBkm = km; logbase: 10; logfactor: 20")
    assert registry.unit("dBV") == registry.unit("20*log10(V)")
    assert registry.unit("dBkm") == registry.unit("20*log10(km)")
    found = combine("**", Literal(10), combine("/", Meaning(None, registry.unit("dBV")), Literal(20)))  # type: ignore[arg-type]  # none is refused
    assert found == unit("V")


def test_the_way_back_is_named_for_the_base() -> None:
    for function, text, hint in [
        ("exp", "log10(km)", '10 ** x makes it "float[km]"'),
        ("exp", "log2(km)", '2 ** x makes it "float[km]"'),
        ("exp2", "log(km)", 'exp(x) makes it "float[km]"'),
    ]:
        found = apply(function, unit(text))
        assert isinstance(found, Mismatch)
        assert render(found, names=("x", None)).hint == hint


def test_levels_apart_are_brought_together_before_the_logarithm() -> None:
    metres, km = unit("log(m)"), unit("log(km)")
    convert = 'convert before taking the logarithm: log(convert(x, "{}", "{}")) is in "log({})"'
    for left, right, hint in [
        (km, metres, convert.format("m", "km", "km")),
        (km, unit("log10(m)"), 'take one logarithm of both: log(x) of a value in "km"'),
        (km, unit("log(hour)"), 'no conversion leads from "hour" to "km"'),
        (km, unit("dBm"), 'no conversion leads from "dBm" to "log(km)"'),
        (unit("dBm"), unit("dBW"), "bring both to one clock or zero point first"),
    ]:
        found = combine("-", left, right)
        assert isinstance(found, Mismatch)
        assert hint in render(found, names=("a", "b")).hint
    for refused in (flow(km, metres), converted(km, km.unit, metres.unit)):
        assert isinstance(refused, Mismatch)
        assert render(refused).hint == convert.format("km", "m", "m")


def test_a_refused_multiple_names_the_right_one() -> None:
    for factor, text, hint in [
        (10, "log10(V)", 'decibels of "V" are 20 * log10(x); log10(x / reference) is a number'),
        (5, "log10(km)", 'decibels of "km" are 10 * log10(x) or 20 * log10(x); '),
        (2, "log(km)", "log(x / reference) is a number, which adds and scales"),
    ]:
        found = combine("*", Literal(factor), unit(text))
        assert isinstance(found, Mismatch)
        assert render(found).hint.startswith(hint)


# Executed: a level, its shifts, means and ways back scale as their units say.

VALUES = st.floats(1e-3, 1e6)


@settings(max_examples=50, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=5))
def test_a_geometric_mean_is_in_the_unit_of_its_values(values: list[float]) -> None:
    geometric: Callable[[list[float]], float] = lambda x: math.exp(sum(map(math.log, x)) / len(x))  # noqa: E731  # it is used twice, in two units
    mean = apply("mean", apply("log", unit("km")))  # type: ignore[arg-type]  # none is refused
    assert apply("exp", mean) == unit("km")  # type: ignore[arg-type]  # none is refused
    assert math.isclose(geometric([1000 * each for each in values]), 1000 * geometric(values))


@settings(max_examples=50, deadline=None)
@given(VALUES, VALUES)
def test_differences_of_levels_are_the_same_in_every_unit_and_levels_are_not(a: float, b: float) -> None:
    assert combine("-", unit("log(km)"), unit("log(km)")) == unit("1")
    assert math.isclose(math.log(a) - math.log(b), math.log(1e3 * a) - math.log(1e3 * b), abs_tol=1e-9)
    assert not math.isclose(math.log(a), math.log(1e3 * a))


@settings(max_examples=50, deadline=None)
@given(VALUES, st.sampled_from([("mW", 10), ("km", 10), ("V", 20), ("km", 20), ("V**2", 10)]))
def test_decibels_lead_back_through_the_factor_that_made_them(value: float, case: tuple[str, int]) -> None:
    text, factor = case
    decibels = combine("*", Literal(factor), apply("log10", unit(text)))  # type: ignore[arg-type]  # none is refused
    back = combine("**", Literal(10), combine("/", decibels, Literal(factor)))  # type: ignore[arg-type]  # none is refused
    assert back == unit(text)
    assert math.isclose(10 ** (factor * math.log10(value) / factor), value)


@settings(max_examples=50, deadline=None)
@given(VALUES)
def test_the_other_factor_leads_back_to_the_square_or_the_root(value: float) -> None:
    volts = combine("*", Literal(20), unit("log10(V)"))
    squared = combine("**", Literal(10), combine("/", volts, Literal(10)))  # type: ignore[arg-type]  # none is refused
    assert squared == unit("V**2")
    assert math.isclose(10 ** (20 * math.log10(value) / 10), value**2)
    root = combine("**", Literal(10), combine("/", unit("dBm"), Literal(20)))  # type: ignore[arg-type]  # none is refused
    assert root == unit("mW**(1/2)")
    assert math.isclose(10 ** (10 * math.log10(value) / 20), value**0.5)
