"""Functions on meanings: those of section 6 and the named edges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.algebra.shorthand import cut, kind, read, told, unit
from typedml.algebra.functions import ALIASES, FUNCTIONS, apply
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason
from typedml.algebra.strictness import Level

if TYPE_CHECKING:
    from collections.abc import Callable

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
sum 1 : Count
sum 2 : ?
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
relu km : km
relu Probability : Probability
relu Money,_USD : Money, USD
relu Label : UNORDERED
negative Count : 1
negative Celsius : POINT_SCALED
positive Celsius : Celsius
conj km : km
reciprocal hour : 1/hour
reciprocal Celsius : POINT_SCALED
rint km : km
fix Probability : Probability
float32 Celsius : Celsius
tanh number : 1
tanh km : NUMBER_NEEDED
tanh Logit : POINT_SCALED
softplus Logit : 1
softplus cut_Logit : CUT_ARITHMETIC
softplus km : NUMBER_NEEDED
gelu number : 1
erf ZScore : 1
sinc rad : NUMBER_NEEDED
gcd Count Count : 1
lgamma Count : 1
entropy Probability : 1
entropy Count : 1
entropy Label : OPAQUE
entr Probability : 1
rel_entr Probability Probability : 1
rel_entr Probability km : NUMBER_NEEDED
kl_div Probability Probability : ?
cross_entropy Logit Label : 1
cross_entropy number Label : 1
cross_entropy Simplex Label : NO_EDGE
cross_entropy Probability Label : NO_EDGE
cross_entropy cut_Logit Label : CUT_ARITHMETIC
binary_cross_entropy Probability Binary : 1
binary_cross_entropy Logit Binary : NO_EDGE
binary_cross_entropy_with_logits Probability Binary : NO_EDGE
nll_loss LogProbability Label : 1
nll_loss Probability Label : NO_EDGE
nll_loss km Label : NO_EDGE
xlogy Probability Probability : LogProbability
xlogy km Probability : km
xlogy km LogProbability : NO_EDGE
xlog1py km number : km
xlogy Celsius number : POINT_SCALED
fma km 2 km : km
fma km 2 m : UNITS_DIFFER
fma km hour km : DIMENSIONS_DIFFER
fma km 2 : ?
dot km hour : hour*km
dot km Celsius : POINT_SCALED
inner Probability Money,_USD : Money, USD
dist km km : km
dist km m : UNITS_DIFFER
dist Celsius Celsius : delta_degC
spacing Celsius : delta_degC
nextafter km inf : km
ldexp km 3 : km
ldexp Celsius 3 : POINT_SCALED
lerp Celsius Celsius 0.5 : Celsius
lerp Probability Probability Weight : 1
lerp Probability Probability Proportion : Probability
lerp Probability Probability 2.0 : 1
lerp km m 0.5 : UNITS_DIFFER
lerp Logit Probability 0.5 : KINDS_DIFFER
lerp km km : ?
where ? km km : km
where ? km m : UNITS_DIFFER
where ? Probability Logit : KINDS_DIFFER
where ? Label Label : Label
where ? km nan : km
where ? km 5.0 : ?
where ? Binary Probability : Probability
minimum km m : UNITS_DIFFER
fmax km km : km
clamp Probability 0 1 : Probability
less km km : Binary
less km m : UNITS_DIFFER
isclose km km : Binary
isclose km m : UNITS_DIFFER
equal Label Label : Binary
greater Label Label : UNORDERED
true_divide km hour : km/hour
float_power km 2 : km**2
remainder km km : km
sub Celsius Celsius : delta_degC
left_shift Count Count : ?
bitwise_not km : NUMBER_NEEDED
sindg deg : 1
sindg Latitude : 1
sindg number : 1
sindg rad : THERE_ALREADY
sindg km : DIMENSIONS_DIFFER
hypot Celsius Celsius : POINT_SCALED
hypot Label Label : OPAQUE
hypot cut_km km : CUT_ARITHMETIC
arctan2 Celsius Celsius : POINTS_ADDED
arcsin km : NUMBER_NEEDED
arctan km/m : NUMBER_NEEDED
cos cut_Radians : ANGLE_NEEDED
log_ndtr ZScore : LogProbability
norm.cdf ZScore : Probability
norm.ppf Probability : ZScore
sign km : 1
sign Celsius : NUMBER_BESIDE_UNIT
norm km : km
norm Celsius : POINT_SCALED
display Probability Binary : Probability
display Probability Logit : KINDS_DIFFER
softmax LogProbability : Simplex
softmax LogDensity : Simplex
softmax Distance : Simplex
softmax Score : NO_EDGE
log_softmax LogDensity : LogProbability
expit LogProbability : NO_EDGE
expit Similarity : Probability
logical_and Binary 1 : ?
modf km : ?
logical_and Binary Binary : Binary
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


WITHOUT_A_RULE = frozenset({"divmod"})
"""Functions of numpy and math with several results, of which operators know one at a time."""


def test_every_function_of_math_and_every_ufunc_of_numpy_has_a_rule() -> None:
    known = {*FUNCTIONS, *ALIASES, *WITHOUT_A_RULE}
    assert [name for name in dir(math) if callable(getattr(math, name)) and name[0] != "_"] != []
    for module, is_one in ((math, callable), (np, lambda found: isinstance(found, np.ufunc))):
        names = [name for name in dir(module) if name[0] != "_" and is_one(getattr(module, name))]
        assert [name for name in names if name not in known] == []


def test_other_names_are_names_of_functions_with_a_rule() -> None:
    assert set(ALIASES.values()) <= set(FUNCTIONS)
    assert not set(ALIASES) & set(FUNCTIONS)


def test_nothing_is_said_of_a_function_that_nobody_knows() -> None:
    for operand_of in ("km", "Probability", "Celsius", "Label"):
        assert apply("frobnicate", read(operand_of)) is UNKNOWN
        assert apply("cdf", read(operand_of)) is UNKNOWN


# Executed: rescaling what goes in by its unit's factor rescales what comes out by its unit's.

SCALED: dict[str, tuple[Callable[..., float], tuple[str, ...]]] = {
    "sqrt": (math.sqrt, ("km",)),
    "cbrt": (np.cbrt, ("km",)),
    "square": (np.square, ("km",)),
    "reciprocal": (lambda x: 1 / x, ("km",)),
    "relu": (lambda x: max(x, 0), ("km",)),
    "hypot": (math.hypot, ("km", "km")),
    "arctan2": (math.atan2, ("km", "km")),
    "fma": (lambda x, y, z: x * y + z, ("km", "1", "km")),
    "dot": (lambda x, y: x * y, ("km", "hour")),
    "dist": (lambda x, y: abs(x - y), ("km", "km")),
    "maximum": (max, ("km", "km")),
    "copysign": (math.copysign, ("km", "1")),
    "mod": (math.fmod, ("km", "km")),
    "floor_divide": (lambda x, y: x // y, ("km", "km")),
    "ldexp": (lambda x, y: x * 8, ("km", "1")),
    "lerp": (lambda a, b, w: a + w * (b - a), ("km", "km", "1")),
    "xlogy": (lambda x, y: x * math.log(y), ("km", "1")),
    "abs": (abs, ("km",)),
    "negative": (lambda x: -x, ("km",)),
}


@pytest.mark.parametrize("name", SCALED)
@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.5, 20), min_size=3, max_size=3))
def test_results_scale_as_their_unit_says(name: str, values: list[float]) -> None:
    function, units = SCALED[name]
    found = apply(name, *(unit(text) for text in units))
    assert isinstance(found, Meaning)
    factors = {"m": 1024.0, "s": 4096.0}

    def factor(of: Meaning) -> float:
        powers = of.unit.dimension.items
        return math.prod([math.pow(factors.get(atom, 1.0), float(power)) for atom, power in powers])

    given_values = values[: len(units)]
    rescaled = [value * factor(unit(text)) for value, text in zip(given_values, units, strict=True)]
    assert math.isclose(function(*rescaled), function(*given_values) * factor(found), abs_tol=1e-9)
