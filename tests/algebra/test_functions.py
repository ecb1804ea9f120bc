"""Functions on meanings: those of section 6 and the named edges."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import cut, kind, read, told, unit
from typedml.algebra.functions import apply
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason
from typedml.algebra.strictness import Level

CALLS = """
sin deg : ANGLE_NEEDED
sin Latitude : ANGLE_NEEDED
sin km : ANGLE_NEEDED
cos rad : 1
cos Radians : 1
tan number : 1
arcsin number : radian
atan2 km km : radian
atan2 km hour : DIMENSIONS_DIFFER
radians Latitude : radian
radians deg : radian
radians rad : THERE_ALREADY
degrees rad : degree
sqrt km**2 : km
sqrt km : km**(1/2)
sqrt click : 1
cbrt km**3 : km
hypot km km : km
hypot km m : UNITS_DIFFER
exp Probability : NO_EDGE
exp km : NUMBER_NEEDED
exp LogProbability : Probability
exp Logit : Odds
exp number : 1
log Probability : LogProbability
log Odds : Logit
log LogProbability : NO_EDGE
log Logit : NO_EDGE
log km : log(km)
log1p click : 1
log1p km : NUMBER_NEEDED
expit Logit : Probability
expit Probability : NO_EDGE
expit number : Probability
sigmoid ? : Probability
logit Probability : Logit
logit cut_Probability : Threshold[Logit]
logit cut_Count : NO_EDGE
softmax Logit : Simplex
softmax Simplex : NO_EDGE
softmax Probability : NO_EDGE
log_softmax Logit : LogProbability
abs ZScore : 1
abs km : km
round Celsius : Celsius
float Identifier : Identifier
min Probability Probability : Probability
max Probability 0.5 : Probability
max Probability 2 : 1
max km 0.0 : km
max km 5.0 : NUMBER_BESIDE_UNIT
max km m : UNITS_DIFFER
max Celsius Celsius : Celsius
min Score Score : Score
min Label Label : UNORDERED
min Bearing : CYCLE
sum km : km
sum km 0 : km
sum Count : Count
sum Binary : Count
sum Probability : 1
sum LogProbability : LogProbability
sum Money,_USD : Money, USD
sum Celsius : POINTS_ADDED
sum EpochMillis : POINTS_ADDED
sum Bearing : CYCLE
sum Label : OPAQUE
sum cut_Probability : CUT_ARITHMETIC
mean km : km
mean Count : 1
mean Binary : Proportion
mean Probability : Probability
mean Celsius : Celsius
mean Logit : Logit
mean Bearing : CYCLE
mean Label : OPAQUE
mean Score : OPAQUE
mean ClockHHMM : ENCODED
median Score : Score
median Label : UNORDERED
var km : km**2
std km : km
std Duration,_minute : Duration, minute
std Celsius : delta_degC
var Celsius : delta_degC**2
std Probability : 1
diff EpochMillis : millisecond
diff km : km
prod km : EXPONENT_UNKNOWN
prod Probability : Probability
len Label : Count
nunique Identifier : Count
argmax Probability : Index
argmax Label : UNORDERED
sort Label : Label
mod km km : km
power km 2 : km**2
isnan km : ?
unheard_of km : ?
"""


def operand(text: str) -> Operand:
    return unit("1") if text == "number" else read(text.replace("_", " "))


@pytest.mark.parametrize("row", [line for line in CALLS.splitlines() if line])
def test_functions_do_what_the_specification_says(row: str) -> None:
    call, _, expected = row.partition(" : ")
    name, *arguments = call.split()
    assert told(apply(name, *map(operand, arguments))) == expected


def test_a_threshold_follows_a_monotone_edge() -> None:
    assert apply("logit", cut("Probability")) == cut("Logit")
    assert apply("log", cut("Probability")) == cut("LogProbability")


def test_a_refusal_names_the_function_and_the_edge_across() -> None:
    found = apply("softmax", kind("Simplex"))
    assert isinstance(found, Mismatch)
    assert (found.operation, found.reason) == ("softmax", Reason.NO_EDGE)
    degrees = apply("sin", unit("deg"))
    assert isinstance(degrees, Mismatch)
    assert degrees.remedy is not None
    source, target = degrees.remedy.arguments
    assert (unit(source), target) == (unit("deg"), "radian")


def test_levels_decide_whether_a_plain_number_may_cross() -> None:
    for number in (UNKNOWN, Literal(0.3)):
        assert apply("expit", number, level=Level.STANDARD) == kind("Probability")
        found = apply("expit", number, level=Level.STRICT)
        assert isinstance(found, Mismatch)
        assert found.remedy is not None
        assert found.remedy.arguments == ("LOGIT",)


def test_silent_conversions_of_points_are_named() -> None:
    from typedml.algebra.rules import combine

    for point, op, factor, target in [("EpochMillis", "/", 1000, "second"), ("Celsius", "*", 1.8, "degF")]:
        found = combine(op, kind(point), Literal(factor))
        assert isinstance(found, Mismatch)
        assert found.remedy is not None
        assert found.remedy.action is Action.CONVERT
        assert found.remedy.arguments[1] == target
    assert isinstance(kind("Celsius"), Meaning)
