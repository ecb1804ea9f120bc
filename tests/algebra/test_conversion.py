"""Conversion: what a value means in another unit, with its kind, sort, roles, tags and cut."""

from __future__ import annotations

from math import isclose, isinf

import pytest

from tests.algebra.shorthand import kind, read, told, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.conversion import converted
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.strictness import Level
from typedml.algebra.unit import Unit


def operand(text: str) -> Operand:
    return read(text.replace("_", " "))


CONVERSIONS = """
minute minute hour : hour
Duration,_minute minute hour : Duration, hour
EpochMillis millisecond second : EpochSeconds
EpochMillis millisecond minute : Timestamp, minute
Celsius degC degF : Fahrenheit
Celsius degC kelvin : Kelvin
degC degC degF : degF
kelvin kelvin degC : degC
Latitude degree radian : Latitude, radian
Latitude degree degree : Latitude
Bearing degree radian : Bearing, radian
HourOfDay hour minute : HourOfDay, minute
cut_Latitude degree radian : Threshold[Latitude, radian]
EpochSeconds second millisecond : EpochMillis
Timestamp second day : Date
Celsius degC degR : degR
Money,_USD USD USD : Money, USD
Odds 1 percent : percent
dBm dBm dBm : dBm
dBm dBm dBW : ORIGINS_DIFFER
dBm dBm dB : SORTS_DIFFER
log(km) log(km) log(m) : ORIGINS_DIFFER
ClockHHMM 1 percent : ENCODED
Index 1 percent : POINT_SCALED
Logit 1 percent : POINT_SCALED
km/flight km m : m/flight
Percent percent 1 : 1
? minute hour : hour
3.0 minute hour : hour
cut_minute minute hour : Threshold[hour]
minute minute km : DIMENSIONS_DIFFER
km minute hour : DIMENSIONS_DIFFER
hour minute second : UNITS_DIFFER
Identifier 1 percent : OPAQUE
"""


@pytest.mark.parametrize("row", [line for line in CONVERSIONS.splitlines() if line])
def test_conversions_keep_the_kind_where_they_can(row: str) -> None:
    call, _, expected = row.partition(" : ")
    value, source, target = call.split()
    assert told(converted(operand(value), unit(source).unit, unit(target).unit)) == expected


def test_a_plain_number_is_not_converted_in_strict() -> None:
    found = converted(UNKNOWN, unit("minute").unit, unit("hour").unit, level=Level.STRICT)
    assert isinstance(found, Mismatch)
    assert found.reason is Reason.UNKNOWN_GIVEN


UNITS: dict[str, tuple[str, ...]] = {
    "s": ("second", "minute", "hour", "day", "millisecond", "microsecond", "nanosecond", "week"),
    "rad": ("radian", "degree", "turn", "arcminute"),
    "K": ("kelvin", "degR", "millikelvin"),
    "": ("1", "percent", "ppm"),
    "m": ("m", "km", "mile", "foot"),
    "currency": ("USD",),
    "dB": ("dB",),
}
"""Sensible units by the base unit of their dimension."""

ALTITUDE = define_kind("Altitude", sort=Sort.TORSOR, unit=unit("m").unit, range=(-500, 9000))
CRUISE = define_kind("CruiseAltitude", parent=ALTITUDE, range=(3000, 9000))
TROPICAL = define_kind("TropicalLatitude", parent=KINDS["Latitude"], range=(-23.5, 23.5))
LENGTH = define_kind("ShoeLength", unit=unit("m").unit, range=(0, 1))

EVERY_KIND: list[Kind] = [*(KINDS[name] for name in KINDS), ALTITUDE, CRUISE, TROPICAL, LENGTH]


def units_beside(unit_of_kind: Unit) -> list[Unit]:
    """The units that a value might be converted to: points of temperature beside such points."""
    if unit_of_kind.is_point:
        return [unit("degC").unit, unit("degF").unit]
    atoms = unit_of_kind.dimension.atoms
    names = UNITS.get(atoms[0] if atoms else "", ())
    return [unit(name).unit for name in names if unit(name).unit.dimension == unit_of_kind.dimension]


def starts(of: Kind) -> list[Meaning]:
    """A value of a kind in its default unit, and in every other one that it takes."""
    others = [each for each in units_beside(of.default_unit) if of.admits(each)]
    return [Meaning(of, each) for each in {of.default_unit, *others} if of.admits(each)]


@pytest.mark.parametrize("of", EVERY_KIND, ids=str)
def test_there_and_back_gives_the_meaning_back_up_to_its_nearest_holder(of: Kind) -> None:
    for start in starts(of):
        for target in units_beside(start.unit):
            there = converted(start, start.unit, target)
            if isinstance(there, Mismatch):
                assert there.reason in (Reason.OPAQUE, Reason.ENCODED, Reason.POINT_SCALED)
                continue
            assert isinstance(there, Meaning)
            assert (there.sort, there.unit) == (start.sort, target)
            back = converted(there, target, start.unit)
            assert isinstance(back, Meaning)
            assert (back.sort, back.unit) == (start.sort, start.unit)
            if back.kind is not None and start.kind is not None and back != start:
                assert back.kind.root == start.kind.root
            assert (back == start) or start.sort is Sort.VECTOR or start.kind.root.name == "Timestamp"  # type: ignore[union-attr]  # a start has a kind


@pytest.mark.parametrize("of", EVERY_KIND, ids=str)
def test_a_converted_value_stays_inside_its_range(of: Kind) -> None:
    for start in starts(of):
        for target in units_beside(start.unit):
            there = converted(start, start.unit, target)
            if not isinstance(there, Meaning):
                continue
            ratio = start.unit.ratio(target)
            shift = float(ratio.offset or 0)
            for end in (start.range.low, start.range.high):
                if not isinf(end):
                    image = end * float(ratio) + shift
                    low, high = there.range.low, there.range.high
                    inside = low <= image <= high
                    assert inside or isclose(image, low, rel_tol=1e-9) or isclose(image, high, rel_tol=1e-9)


def test_roles_tags_and_cuts_ride_along() -> None:
    train = frozenset({"Train"})
    speed = unit("km/flight").with_roles(train)
    assert converted(speed, unit("km").unit, unit("m").unit) == unit("m/flight").with_roles(train)
    cut = Meaning(KINDS["Latitude"], None, True, train)
    found = converted(cut, unit("degree").unit, unit("radian").unit)
    assert isinstance(found, Meaning)
    assert (found.cut, found.roles, found.uncut.sort) == (True, train, Sort.TORSOR)


def test_a_point_kind_in_another_unit_survives_a_type_name() -> None:
    found = converted(kind("Latitude"), unit("degree").unit, unit("radian").unit)
    assert isinstance(found, Meaning)
    assert Meaning.decode(found.encode()) == found


def test_a_wrong_source_is_seen_whatever_the_kind() -> None:
    for of in EVERY_KIND:
        start = Meaning(of)
        wrong = unit("m").unit if start.unit.dimension != unit("m").unit.dimension else unit("s").unit
        assert isinstance(converted(start, wrong, wrong), Mismatch), of
