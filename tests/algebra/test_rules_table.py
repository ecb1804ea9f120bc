"""The table of operators is total, and every row of section 6 that needs operators only stands here."""

from __future__ import annotations

import timeit
from itertools import product

import pytest

from tests.algebra.shorthand import LITERALS, OPERANDS, cut, kind, read, told, unit
from typedml.algebra.flow import flow
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import OPERATORS, TABLE, Shape, combine, shape_of, unary
from typedml.algebra.strictness import Level

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
REPRESENTATIVES: dict[Shape, tuple[Operand, ...]] = {
    Shape.NUMBER: (Literal(2.0), UNKNOWN),
    Shape.VECTOR: (unit("km"), kind("Probability"), kind("Count", "click")),
    Shape.TORSOR: (kind("Celsius"), kind("Logit"), kind("Bearing")),
    Shape.OPAQUE: (kind("Identifier"), kind("Label"), read("cut Probability")),
}


def test_every_operator_has_a_rule_for_every_pair_of_shapes() -> None:
    single = [op for op in OPERATORS if op != "divmod"]
    assert set(TABLE) == set(product(single, Shape, Shape))


@pytest.mark.parametrize("op", OPERATORS)
def test_every_operator_answers_for_every_pair_of_shapes(op: str) -> None:
    for left, right, level in product(Shape, Shape, Level):
        for a, b in product(REPRESENTATIVES[left], REPRESENTATIVES[right]):
            answer = combine(op, a, b, level=level)
            assert isinstance(answer, Meaning | Literal | Unknown | Mismatch)
            if isinstance(answer, Mismatch):
                assert (answer.left, answer.right) == (a, b)


def test_the_sort_of_a_result_follows_from_the_sorts_of_its_operands() -> None:
    allowed = {
        ("-", Sort.TORSOR, Sort.TORSOR): Sort.VECTOR,
        ("+", Sort.TORSOR, Sort.VECTOR): Sort.TORSOR,
        ("-", Sort.TORSOR, Sort.VECTOR): Sort.TORSOR,
        ("+", Sort.VECTOR, Sort.TORSOR): Sort.TORSOR,
        # a logit times a number, a cyclic value modulo a turn
        ("*", Sort.TORSOR, Sort.VECTOR): Sort.TORSOR,
        ("*", Sort.VECTOR, Sort.TORSOR): Sort.TORSOR,
        ("/", Sort.TORSOR, Sort.VECTOR): Sort.TORSOR,
        ("%", Sort.TORSOR, Sort.VECTOR): Sort.TORSOR,
        **{(op, Sort.VECTOR, Sort.VECTOR): Sort.VECTOR for op in OPERATORS},
    }
    seen = set()
    some = [
        *map(
            kind,
            ("Probability", "Binary", "Count", "Duration", "Logit", "Celsius", "Bearing", "Index", "Label"),
        )
    ]
    some += [*map(unit, ("1", "km", "minute", "deg", "degC", "delta_degC")), cut("Probability")]
    for op, left, right in product(OPERATORS, some, some):
        answer = combine(op, left, right)
        if op in COMPARISONS:
            assert isinstance(answer, Mismatch) or str(answer) == "Binary"
        elif isinstance(answer, Meaning):
            key = (op, left.sort, right.sort)
            assert answer.sort is allowed.get(key), (op, left, right, answer)
            seen.add(key)
    without_a_meaning = {(op, Sort.VECTOR, Sort.VECTOR) for op in (*COMPARISONS, "<<", ">>")}
    assert seen == set(allowed) - without_a_meaning


@pytest.mark.parametrize("op", OPERATORS)
def test_no_operand_at_any_level_raises(op: str) -> None:
    for left, right in product(OPERANDS, OPERANDS):
        # Levels differ about unknown numbers only.
        for level in Level if UNKNOWN in (left, right) else (Level.STANDARD,):
            combine(op, left, right, level=level)


def test_unknown_operators_are_refused() -> None:
    with pytest.raises(ValueError, match="Hint: it is one of"):
        combine("@", UNKNOWN, UNKNOWN)
    with pytest.raises(ValueError, match="Hint: it is one of"):
        unary("?", UNKNOWN)


def test_unknown_numbers_stay_unknown() -> None:
    for op, level in product(OPERATORS, Level):
        assert combine(op, UNKNOWN, UNKNOWN, level=level) is UNKNOWN
        for value in LITERALS:
            assert combine(op, UNKNOWN, Literal(value), level=level) is UNKNOWN


def test_repeated_questions_are_cheap() -> None:
    left, right = unit("km"), unit("hour")
    combine("/", left, right)
    seconds = min(timeit.repeat(lambda: combine("/", left, right), number=2000, repeat=5)) / 2000
    assert seconds < 5e-6


SECTION_6 = """
# refused: operator, left, right, reason
- EpochMillis EpochSeconds UNITS_DIFFER
- ms s UNITS_DIFFER
* degC 1.8 POINT_SCALED
* Celsius 1.8 POINT_SCALED
/ EpochMillis 1000 POINT_SCALED
+ Probability Logit KINDS_DIFFER
* cut_Probability 2 CUT_ARITHMETIC
+ cut_Probability 1 CUT_ARITHMETIC
* Probability cut_Probability CUT_ARITHMETIC
>= Logit cut_Probability KINDS_DIFFER
+ Celsius Celsius POINTS_ADDED
+ EpochMillis EpochMillis POINTS_ADDED
+ click view TAGS_DIFFER
< click view TAGS_DIFFER
+ click/view view/click TAGS_DIFFER
+ USD EUR DIMENSIONS_DIFFER
+ dBm dBm POINTS_ADDED
+ km m UNITS_DIFFER
+ rad deg UNITS_DIFFER
+ deg 1 NUMBER_BESIDE_UNIT
+ rad 1.0 NUMBER_BESIDE_UNIT
+ rad_of_1 1 ANGLE_ALONE
+ percent 1 NUMBER_BESIDE_UNIT
+ km 5.0 NUMBER_BESIDE_UNIT
> km 5.0 NUMBER_BESIDE_UNIT
+ km ? UNKNOWN_BESIDE_UNIT
> Celsius 0 NUMBER_BESIDE_UNIT
+ degC degC POINTS_ADDED
* degC 2 POINT_SCALED
- delta_degC degC POINT_SUBTRACTED
** km ? EXPONENT_UNKNOWN
** 2 km NUMBER_NEEDED
+ Identifier 1 OPAQUE
* Score 2.0 OPAQUE
< Label 3 UNORDERED
== Label Category KINDS_DIFFER
- ClockHHMM ClockHHMM ENCODED
+ Index Index POINTS_ADDED
- Index IndexFromOne KINDS_DIFFER
+ 'U 'U**2 DIMENSIONS_DIFFER
% minute 60 NUMBER_BESIDE_UNIT
// km m UNITS_DIFFER
// km hour DIMENSIONS_DIFFER
// 10 km NUMBER_BESIDE_UNIT
> Probability 50 OUT_OF_RANGE
< 50 Probability OUT_OF_RANGE
>= cut_Probability 95 OUT_OF_RANGE
> Similarity -50 OUT_OF_RANGE
+ Distance Duration,_minute DIMENSIONS_DIFFER
+ ZScore Probability KINDS_DIFFER
| km km NUMBER_NEEDED
# accepted: operator, left, right, result
* Probability Probability Probability
- 1 Probability Probability
** Probability 2 Probability
** Probability Count Probability
* 0.5 Probability Probability
/ Probability 2 Probability
+ Probability Probability 1
* 2 Probability 1
/ Probability Probability 1
- Probability Probability 1
* Count Probability 1
+ Count 1 Count
+ Count,_click Count Count,_click
- Count Count 1
* Count 2 Count
/ Count 2 1
// Count 2 Count
// Probability 2 Probability
* Simplex Simplex Probability
- 1 Simplex Probability
* 0.5 Simplex Probability
* ZScore 2.0 1
- ZScore ZScore 1
/ 1 Odds Odds
> Probability 1.5 Binary
<= Probability 1 Binary
> Probability -1 Binary
< Probability 999 Binary
< Probability 1e9 Binary
< Probability inf Binary
== Probability 50 Binary
== Probability -1 Binary
== Count -999 Binary
> Count -1 Binary
>= Count 0 Binary
+ click 1 click
+ click ? click
* km 2.0 km
* km ? km
/ ? km 1/km
/ 2.0 km 1/km
+ km 0.0 km
+ km inf km
> km 0 Binary
== km 0.0 Binary
/ km hour km/hour
/ km km 1
// km km 1
// minute 60 minute
/ minute 60 minute
% km km km
** km 2 km**2
** km 0.5 km**(1/2)
** percent 2 percent**2
* km rad km*rad
+ rad/s 1/s 1/s
/ click view click/view
- Celsius Celsius delta_degC
+ Celsius delta_degC Celsius
+ delta_degC Celsius Celsius
+ Celsius kelvin Celsius
- EpochMillis EpochMillis millisecond
+ EpochMillis Duration,_ms EpochMillis
- dBm dBm dB
+ dBm dB dBm
- dBm dB dBm
* Logit 0.5 Logit
/ Logit ? Logit
- Logit Logit 1
+ Logit 1.0 Logit
- 1 Similarity Distance
* ZScore km km
+ LogProbability LogProbability LogProbability
+ LogProbability LogDensity LogDensity
* Binary LogProbability LogProbability
* Probability USD USD
* Probability Money,_USD Money,_USD
+ Money,_USD USD Money,_USD
* Weight Weight Weight
/ 1 Rank 1
+ Rank Rank Rank
+ Probability Proportion 1
* Probability Proportion Proportion
>= Probability cut_Probability Binary
> Probability 0.5 Binary
> cut_Probability 0.5 Binary
< cut_Probability cut_Probability Binary
== Label 3 Binary
== Identifier Identifier Binary
< Score Score Binary
+ Index 1 Index
< Index Count Binary
% HourOfDay 24 HourOfDay
% Bearing 360 Bearing
> ZScore 3 Binary
> ClockHHMM 1200 Binary
* 'U 'U 'U**2
& Binary Binary Binary
| Count 3 ?
"""


def _rows(text: str) -> list[tuple[str, ...]]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [
        tuple(word.replace("_", " ") if "cut_" in word or ",_" in word else word for word in line.split())
        for line in lines
    ]


@pytest.mark.parametrize(("op", "left", "right", "expected"), _rows(SECTION_6), ids=" ".join)
def test_operators_do_what_the_specification_says(op: str, left: str, right: str, expected: str) -> None:
    a = unit("rad") if left == "rad_of_1" else read(left)
    b = unit("1") if left == "rad_of_1" else read(right)
    assert told(combine(op, a, b)) == expected


@pytest.mark.parametrize(
    ("level", "added", "scaled"),
    [
        ("gradual", "km", "?"),
        ("standard", "UNKNOWN_BESIDE_UNIT", "km"),
        ("strict", "UNKNOWN_BESIDE_UNIT", "km"),
    ],
)
def test_levels_decide_what_a_plain_variable_does(level: str, added: str, scaled: str) -> None:
    km = unit("km")
    assert told(combine("+", km, UNKNOWN, level=Level(level))) == added
    assert told(combine("*", km, UNKNOWN, level=Level(level))) == scaled
    assert told(combine("+", km, Literal(5.0), level=Level(level))) == "NUMBER_BESIDE_UNIT"
    assert told(combine("*", kind("Celsius"), UNKNOWN, level=Level(level))) == "POINT_SCALED"


UNARY = """
- km km
- Probability 1
- LogProbability 1
- Logit Logit
- Celsius POINT_SCALED
- Identifier OPAQUE
- cut_km CUT_ARITHMETIC
+ Celsius Celsius
abs ZScore 1
+ ZScore ZScore
abs Similarity Similarity01
abs Celsius POINT_SCALED
round Celsius Celsius
round Probability Probability
int Duration Duration
float Identifier Identifier
round km km
~ km NUMBER_NEEDED
~ Binary ?
not Celsius ?
- ClockHHMM ENCODED
- 2 -2
round 0.6 1
int inf ?
- ? ?
"""


@pytest.mark.parametrize(("op", "operand", "expected"), _rows(UNARY), ids=" ".join)
def test_unary_operators_do_what_the_specification_says(op: str, operand: str, expected: str) -> None:
    # Narrower is not what `abs` may claim: the nearest *ancestor* that holds it is kept.
    expected = "Similarity" if expected == "Similarity01" else expected
    assert told(unary(op, read(operand))) == expected


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [("*", 60, 60, 3600), ("-", 1, 0.5, 0.5), ("/", 1, 2, 0.5), ("**", 2, 3, 8), ("//", 7, 2, 3)],
)
def test_literals_fold(op: str, left: float, right: float, expected: float) -> None:
    assert combine(op, Literal(left), Literal(right)) == Literal(expected)


@pytest.mark.parametrize(
    ("op", "left", "right"), [("/", 1, 0), ("**", -8, 0.5), ("**", 10, 10**9), ("*", 1e308, 10.0)]
)
def test_what_does_not_fold_is_unknown(op: str, left: float, right: float) -> None:
    assert combine(op, Literal(left), Literal(right)) is UNKNOWN


@pytest.mark.parametrize("shape", Shape)
def test_shapes_are_those_of_the_operands(shape: Shape) -> None:
    assert {shape_of(operand) for operand in REPRESENTATIVES[shape]} == {shape}


def test_roles_ride_along_and_change_nothing() -> None:
    tested = unit("km").with_roles(frozenset({"Test"}))
    answer = combine("/", tested, unit("hour"))
    assert str(answer) == "km/hour, Test"
    assert isinstance(answer, Meaning)
    assert flow(answer, unit("km/hour")) is None
