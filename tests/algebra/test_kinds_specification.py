"""The table of kinds of the specification, row by row: what a kind is, and what is noted beside it."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import kind, read, told, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine, unary

# kind: parent, sort, range, integers (Z) or reals (R), extensive or intensive, whether a mean is one, unit
TABLE = """
Duration: - vector (-inf,inf) R extensive mean second
Money: - vector (-inf,inf) R extensive mean money
Distance: - vector (-inf,inf) R intensive mean 1
Rate: - vector (-inf,inf) R intensive mean 1
Weight: - vector (-inf,inf) R extensive mean 1
ScaleFactor: - vector (-inf,inf) R intensive mean 1
Odds: - vector [0,inf) R intensive mean 1
Radians: - vector (-inf,inf) R intensive mean radian
Degrees: - vector (-inf,inf) R intensive mean degree
Percent: - vector (-inf,inf) R intensive mean percent
Kelvin: - vector [0,inf) R intensive mean kelvin
Count: - vector [0,inf) Z extensive none 1
Rank: Count vector [1,inf) Z intensive none 1
Proportion: - vector [0,1] R intensive mean 1
Probability: Proportion vector [0,1] R intensive mean 1
Simplex: Probability vector [0,1] R intensive mean 1
Binary: Probability vector [0,1] Z intensive none 1
Similarity: - vector [-1,1] R intensive mean 1
Similarity01: Similarity vector [0,1] R intensive mean 1
LogDensity: - vector (-inf,inf) R extensive mean 1
LogProbability: LogDensity vector (-inf,0] R extensive mean 1
ZScore: - vector (-inf,inf) R intensive mean 1
UnitInterval: - vector [0,1] R intensive mean 1
Pixel255: - vector [0,255] R intensive mean 1
Timestamp: - torsor (-inf,inf) R intensive mean second
EpochSeconds: Timestamp torsor (-inf,inf) R intensive mean second
EpochMillis: Timestamp torsor (-inf,inf) R intensive mean millisecond
EpochMicros: Timestamp torsor (-inf,inf) R intensive mean microsecond
EpochNanos: Timestamp torsor (-inf,inf) R intensive mean nanosecond
Date: Timestamp torsor (-inf,inf) R intensive mean day
ClockHHMM: - torsor [0,2400] Z intensive none 1
Celsius: - torsor [-273.15,inf) R intensive mean degC
Fahrenheit: - torsor [-459.67,inf) R intensive mean degF
Latitude: - torsor [-90,90] R intensive mean degree
Longitude: - torsor [-180,180] R intensive none degree
Bearing: - torsor [0,360] R intensive none degree
HourOfDay: - torsor [0,24] R intensive none hour
Logit: - torsor (-inf,inf) R intensive mean 1
Decibel: - torsor (-inf,inf) R intensive mean dB
Index: - torsor [0,inf) Z intensive none 1
IndexFromOne: - torsor [1,inf) Z intensive none 1
Score: - opaque (-inf,inf) R intensive none 1
Identifier: - opaque (-inf,inf) R intensive none 1
Label: - opaque (-inf,inf) R intensive none 1
Category: - opaque (-inf,inf) R intensive none 1
"""


def described(name: str) -> str:
    found = KINDS[name]
    parent = "-" if found.parent is None else found.parent.name
    integers, parts = "Z" if found.integral else "R", "extensive" if found.extensive else "intensive"
    mean, span = "mean" if found.mean else "none", str(found.range).replace(" ", "")
    return f"{name}: {parent} {found.sort.value} {span} {integers} {parts} {mean} {found.default_unit}"


def test_every_kind_is_what_the_table_says() -> None:
    assert [described(name) for name in KINDS] == sorted(
        TABLE.strip().splitlines(), key=lambda line: list(KINDS).index(line.split(":")[0])
    )


NOTES = """
- Count Count : 1
+ Count Binary : Count
+ Binary Count,_click : Count, click
- 1 Similarity : Distance
- 1 Similarity01 : Distance
+ LogProbability LogProbability : LogProbability
+ LogProbability LogDensity : LogDensity
* ZScore km : km
* ZScore Duration : second
* Probability Money,_USD : Money, USD
* Count Probability : 1
/ 1 Rank : 1
+ Rank Rank : Rank
/ 1 Odds : Odds
* Logit 2.0 : Logit
/ Logit 2 : Logit
- Logit Logit : 1
+ dBm dB : dBm
- dBm dBm : dB
+ dB dB : dB
+ dBm dBm : POINTS_ADDED
* Kelvin 2 : Kelvin
+ Index 1 : Index
+ Index 1.5 : OUT_OF_RANGE
< Index Count : Binary
< Index IndexFromOne : KINDS_DIFFER
== Index IndexFromOne : KINDS_DIFFER
- Index IndexFromOne : KINDS_DIFFER
% Longitude 360 : Longitude
% HourOfDay 24 : HourOfDay
% Bearing 180 : POINT_SCALED
== Label Label : Binary
== Label Category : KINDS_DIFFER
== Binary Label : Binary
!= Category Binary : Binary
< Binary Label : KINDS_DIFFER
== Binary Identifier : KINDS_DIFFER
< Identifier Identifier : Binary
> Probability Probability : Binary
> km km : Binary
& Binary Binary : Binary
+ Duration second : Duration
+ Duration Money : DIMENSIONS_DIFFER
+ Odds Probability : KINDS_DIFFER
+ Weight Proportion : KINDS_DIFFER
+ ZScore Similarity : KINDS_DIFFER
+ Similarity Similarity01 : 1
+ EpochSeconds Duration : EpochSeconds
- EpochMillis EpochMillis : millisecond
- Date Date : day
+ ClockHHMM 5 : ENCODED
< ClockHHMM ClockHHMM : Binary
// km hour : DIMENSIONS_DIFFER
// km km : 1
// km 2 : km
// km Count : km
// 10 km : NUMBER_BESIDE_UNIT
// ? km : UNKNOWN_BESIDE_UNIT
// Duration second : 1
> Probability 50 : OUT_OF_RANGE
> 50 Probability : OUT_OF_RANGE
<= Proportion 100 : OUT_OF_RANGE
> Similarity 45 : OUT_OF_RANGE
>= cut_Probability 95 : OUT_OF_RANGE
> Pixel255 1000 : OUT_OF_RANGE
>= Probability 0 : Binary
<= Probability 1 : Binary
> Probability 1.000001 : Binary
< Probability -0.000001 : Binary
== Probability 1 : Binary
== Probability 50 : Binary
!= Probability -1 : Binary
> Probability -1 : Binary
< Probability 999 : Binary
< Probability 1e9 : Binary
< Probability inf : Binary
> Probability nan : Binary
> ZScore 3 : Binary
>= Count 0 : Binary
> Count -1 : Binary
== Count -999 : Binary
> Odds -50 : Binary
"""


def operand(text: str) -> Operand:
    return read(text.replace(",_", ", ").replace("cut_", "cut "))


@pytest.mark.parametrize("row", [line for line in NOTES.splitlines() if line])
def test_operators_do_what_is_noted_beside_the_kinds(row: str) -> None:
    (op, left, right), expected = row.partition(" : ")[0].split(), row.partition(" : ")[2]
    assert told(combine(op, operand(left), operand(right))) == expected


def test_minus_a_log_probability_is_a_number() -> None:
    assert told(unary("-", kind("LogProbability"))) == told(unary("-", kind("LogDensity"))) == "1"
    assert told(unary("abs", kind("LogProbability"))) == "1"
    assert told(unary("-", kind("Logit"))) == "Logit"
    assert told(unary("-", kind("Duration"))) == "Duration"
    surprise = unary("-", kind("LogProbability"))
    assert isinstance(surprise, Meaning)
    per_word = combine("/", surprise, kind("Count"))
    assert isinstance(per_word, Meaning)
    assert told(apply("exp", per_word)) == "1"


def test_unstandardising_leads_back_to_the_quantity() -> None:
    for name, answer in [("km", "km"), ("Celsius", "Celsius"), ("Duration", "Duration"), ("Odds", "1")]:
        values = read(name)
        deviation, mean = apply("std", values), apply("mean", values)
        assert not isinstance(deviation, Mismatch)
        assert not isinstance(mean, Mismatch)
        scaled = combine("*", kind("ZScore"), deviation)
        assert not isinstance(scaled, Mismatch)
        assert told(combine("+", scaled, mean)) == answer


def test_what_is_computed_flows_into_a_kind_without_a_range_only() -> None:
    gap, price = (
        combine("-", kind("EpochSeconds"), kind("EpochSeconds")),
        combine("*", unit("USD"), Literal(3)),
    )
    assert isinstance(gap, Meaning)
    assert isinstance(price, Meaning)
    assert flow(gap, kind("Duration")) is None
    assert flow(price, kind("Money", "USD")) is None
    assert flow(unit("1"), kind("ZScore")) is None
    assert flow(unit("1"), kind("Probability")) is not None
    assert flow(unit("1"), kind("Count")) is not None
    assert flow(kind("Simplex"), kind("Probability")) is None
    found = combine("*", Literal(0.5), kind("Simplex"))
    assert isinstance(found, Meaning)
    assert flow(found, kind("Simplex")) is not None


def test_siblings_add_to_what_both_are_and_others_not_at_all() -> None:
    from typedml.algebra.kind import define_kind

    length = define_kind("Length", unit=unit("m").unit)
    width, height = (Meaning(define_kind(name, parent=length)) for name in ("Width", "Height"))
    assert told(combine("+", width, height)) == "Length"
    assert flow(width, height) is not None
    assert flow(width, Meaning(length)) is None
    weight = Meaning(define_kind("Depth", unit=unit("m").unit))
    assert told(combine("+", width, weight)) == "KINDS_DIFFER"
    assert told(combine("+", width, unit("m"))) == "Width"
    hertz, becquerel = (
        Meaning(define_kind(name, unit=unit(name.lower()).unit)) for name in ("Hertz", "Becquerel")
    )
    assert told(combine("+", hertz, becquerel)) == "KINDS_DIFFER"
    assert told(combine("+", unit("hertz"), unit("becquerel"))) == "hertz"
    assert {each.sort for each in KINDS.values()} == set(Sort)
