"""Whole expressions: what their shape makes of them, that it is true, and what it does not excuse."""

from __future__ import annotations

import random
from math import inf, isfinite, isinf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.algebra.shorthand import read as operand
from tests.algebra.shorthand import told
from typedml.algebra.expression import Call, Expression, Name, Number, Operation, Unary, walk
from typedml.algebra.judgement import judge, judged
from typedml.algebra.kind import define_kind
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.ranges import Range
from typedml.algebra.reading import read
from typedml.algebra.strictness import Level
from typedml.algebra.verdict import Ground


def answer(text: str, names: str, level: Level = Level.STANDARD) -> str:
    """The answer for an expression; names are given as `p=Probability, w=?`."""
    pairs = (pair.split("=") for pair in names.split("; "))
    given_names = {name: operand(meaning) for name, meaning in pairs}
    return told(judge(read(text, given_names), level=level))


P = "p=Probability; q=Probability; r=Probability"

MIXTURES = f"""
(p + q) / 2 | {P} | Probability
(p + q + r) / 3 | {P} | Probability
0.3 * p + 0.7 * q | {P} | Probability
0.1 * p + 0.2 * q + 0.7 * r | {P} | Probability
0.7 * p + 0.5 * q | {P} | 1
1.5 * p - 0.5 * q | {P} | 1
w * p + (1 - w) * q | {P}; w=Proportion | Probability
w * p + (1 - w) * q | {P}; w=Weight | Probability
w * p + (1 - w) * q | {P}; w=? | Probability
w * p + (1 - w) * q | {P}; w=Count | 1
w * p + (1 + w) * q | {P}; w=? | 1
w * p + (1 - v) * q | {P}; w=?; v=? | 1
w * p + v * q | {P}; w=?; v=? | 1
p + w * (q - p) | {P}; w=? | Probability
p - w * (p - q) | {P}; w=? | Probability
lerp(p, q, w) | {P}; w=? | Probability
p * (1 - e) + e / k | {P}; e=Proportion; k=Count | Probability
p * (1 - e) + e / k | {P}; e=?; k=Count | Probability
p * (1 - e) + e / 3 | {P}; e=? | Probability
p * (1 - e) + e * 1.5 | {P}; e=? | 1
w * p + (1 - w) * 0.5 | {P}; w=? | Probability
w * p | {P}; w=? | 1
(n * p + m * q) / (n + m) | {P}; n=Count; m=Count | Probability
(n * p + m * q) / (n + m) | {P}; n=km; m=km | 1
(n * x + m * y) / (n + m) | n=km; m=km; x=ZScore; y=ZScore | ZScore
(n * x + m * y) / (n + m) | n=km; m=km; x=degC; y=degC | degC
sum(w * p) / sum(w) | {P}; w=Weight | Probability
sum(w * t) / sum(w) | t=Celsius; w=? | Celsius
np.average(t, weights=w) | t=EpochMillis; w=? | EpochMillis
(t + u) / 2 | t=Celsius; u=Celsius | Celsius
0.9 * t + 0.1 * u | t=Celsius; u=Celsius | Celsius
t + w * (u - t) | t=Celsius; u=Celsius; w=? | Celsius
w * t + (1 - w) * u + d | t=Celsius; u=Celsius; w=?; d=delta_degC | Celsius
w * t + (1 - w) * u + d | t=Celsius; u=Celsius; w=?; d=km | DIMENSIONS_DIFFER
w * t + (1 - w) * u | t=Celsius; u=Fahrenheit; w=? | UNITS_DIFFER
w * t + (1 - w) * u | t=EpochMillis; u=EpochSeconds; w=? | UNITS_DIFFER
w * t + w * u | t=Celsius; u=Celsius; w=? | POINT_SCALED
t * u / t | t=Celsius; u=Celsius | POINT_SCALED
t + u | t=Celsius; u=Celsius | POINTS_ADDED
0.5 * t - 0.5 * u | t=Celsius; u=Celsius | delta_degC
t * 1.8 + 32 | t=Celsius | POINT_SCALED
(a + b) / 2 | a=Bearing; b=Bearing | CYCLE
(t + u) / 2 + d / 0 * t | t=Celsius; u=Celsius; d=? | POINT_SCALED
(z + y) / 2 | z=Logit; y=Logit | Logit
-(z + y) / 2 | z=Logit; y=Logit | Logit
0.9 * z + 0.1 * y | z=Logit; y=Logit | Logit
z + y | z=Logit; y=Logit | POINTS_ADDED
(z + y) / 2 + p | z=Logit; y=Logit; p=Probability | KINDS_DIFFER
(z + y) / 2 + d | z=Logit; y=Logit; d=? | Logit
p - z | z=Logit; p=Probability | POINT_SUBTRACTED
np.log(2) * p | p=Probability | Probability
(i + j) // 2 | i=Index; j=Index | Index
(i + j) // 3 | i=Index; j=Index | POINTS_ADDED
(t + u) // 2 | t=Celsius; u=Celsius | POINTS_ADDED
(n * m + w * p) / (n + w) | n=Count; m=Probability; w=Weight; p=Probability | Probability
(n * m + w * p) / (n + v) | n=Count; m=Probability; w=Weight; p=Probability; v=Weight | KINDS_DIFFER
n + w | n=Count; w=Weight | KINDS_DIFFER
p * (1 - p) / n | p=Probability; n=Count | 1
int(n * f) | n=Count; f=Proportion | Count
round(n * f) | n=Count; f=Proportion | Count
np.sqrt(n * f) | n=Count; f=Proportion | 1
y * (1 - e) + e / k | y=Simplex; e=?; k=Count | Simplex
y * (1 - e) + e | y=Simplex; e=Proportion | Proportion
w * u + (1 - w) * v | u=Simplex; v=Simplex; w=? | Simplex
u * v | u=Simplex; v=Simplex | Probability
1 - u | u=Simplex | Probability
(b + 180) % 360 | b=Bearing | Bearing
(b + 180) % 400 | b=Bearing | NUMBER_BESIDE_UNIT
(a - b + 180) % 360 - 180 | a=Bearing; b=Bearing | degree
(a - b + 180) % 360 - 90 | a=Bearing; b=Bearing | NUMBER_BESIDE_UNIT
(a - b) % (2 * np.pi) | a=rad; b=rad | rad
(a - b) % 360 | a=rad; b=rad | NUMBER_BESIDE_UNIT
(h - 6) % 24 | h=HourOfDay | HourOfDay
(b - a) % 24 | a=HourOfDay; b=HourOfDay | hour
m % 60 | m=minute | minute
m % 100 | m=minute | NUMBER_BESIDE_UNIT
d % 360 | d=km | NUMBER_BESIDE_UNIT
np.degrees(np.arctan2(x, y)) % 360 | x=km; y=km | degree
0.9 * s + 0.1 * r | s=Score; r=Score | OPAQUE
2 * np.pi * h / 24 | h=HourOfDay | radian
np.sin(2 * np.pi * h / 24) | h=HourOfDay | 1
np.cos(b * np.pi / 180) | b=Bearing | 1
np.sin(2 * np.pi * h / 60) | h=HourOfDay | POINT_SCALED
(w * p).sum() | {P}; w=Simplex | Probability
"""

PARTS = f"""
tp / (tp + fp) | tp=Count; fp=Count | Proportion
2 * tp / (2 * tp + fp + fn) | tp=Count; fp=Count; fn=Count | Proportion
(tp + tn) / (tp + tn + fp + fn) | tp=Count; tn=Count; fp=Count; fn=Count | Proportion
2 * p * r / (p + r) | p=Proportion; r=Proportion | Proportion
5 * p * r / (4 * p + r) | p=Proportion; r=Proportion | Proportion
p * q / (p * q + (1 - p) * r) | {P} | Proportion
x ** 2 / (x ** 2 + y ** 2) | x=km; y=km | Proportion
n / (n + k) | n=Count; k=Count | Proportion
x / (x + y) | x=km; y=km | 1
tp / (tp - fp) | tp=Count; fp=Count | 1
tp / fp | tp=Count; fp=Count | 1
x / (x + y) | x=click; y=view | TAGS_DIFFER
1 / (60 + r) + 1 / (60 + s) | r=Rank; s=Rank | 1
n / n.sum() | n=Count | Simplex
w / w.sum() | w=Weight | Simplex
x / x.sum() | x=km | 1
n / m.sum() | n=Count; m=Count | 1
n / n.max() | n=Count | UnitInterval
(x - x.min()) / (x.max() - x.min()) | x=USD | UnitInterval
(x - x.min()) / (y.max() - x.min()) | x=USD; y=USD | 1
"""

EDGES = f"""
p / (1 - p) | {P} | Odds
p / (1 - q) | {P} | 1
p / (1 - p) | p=Count | 1
o / (1 + o) | o=Odds | Probability
o / (o + 1) | o=Odds | Probability
1 / (1 + np.exp(-z)) | z=Logit | Probability
1.0 / (np.exp(-z) + 1.0) | z=Logit | Probability
np.exp(z) / (1 + np.exp(z)) | z=Logit | Probability
1 / (1 + np.exp(z)) | z=Logit | Probability
1 / (1 + np.exp(-p)) | {P} | NO_EDGE
np.log(p / (1 - p)) | {P} | Logit
np.log(p) - np.log(1 - p) | {P} | Logit
np.log(p) - np.log1p(-p) | {P} | Logit
np.log(p) - np.log(1 - q) | {P} | 1
np.log1p(-np.exp(l)) | l=LogProbability | LogProbability
np.exp(z) / np.exp(z).sum() | z=Logit | Simplex
np.exp(z - z.max()) / np.exp(z - z.max()).sum() | z=Logit | Simplex
np.exp(l) / np.exp(l).sum() | l=LogProbability | Simplex
1 / (1 + np.exp(-(a + b) / 2)) | a=Logit; b=Logit | Probability
(x - x.mean()) / x.std() | x=km | ZScore
(x - y.mean()) / x.std() | x=km; y=km | 1
sum(t) / len(t) | t=Celsius | Celsius
sum(t) / len(u) | t=Celsius; u=Celsius | POINTS_ADDED
x / 255 | x=Pixel255 | UnitInterval
x / 100 | x=Pixel255 | Pixel255
"""

RANGES = f"""
p + q - p * q | {P} | Probability
p + q | {P} | 1
2 * p | {P} | 1
p - p * q | {P} | Probability
abs(p - q) | {P} | Probability
np.clip(p + 0.1, 0, 1) | {P} | Probability
np.clip(p + 0.1, 0, 2) | {P} | 1
abs(a - b) | a=Binary; b=Binary | Binary
1 - (1 - p) * (1 - q) | {P} | Probability
p * q + (1 - p) * r | {P} | Probability
p + 0.5 | {P} | 1
np.minimum(x * 1.2, 255) | x=Pixel255 | Pixel255
max(p, s) | {P}; s=Proportion | Proportion
max(s, p) | {P}; s=Proportion | Proportion
(a - b) / 2 | a=Latitude; b=Latitude | degree
"""


def rows(*tables: str) -> list[tuple[str, str, str]]:
    lines = (line for table in tables for line in table.strip().splitlines())
    return [(text, names, result) for text, names, result in (line.split(" | ") for line in lines)]


@pytest.mark.parametrize(("text", "names", "result"), rows(MIXTURES, PARTS, EDGES, RANGES))
def test_the_shape_of_an_expression_says_what_its_operators_do_not(
    text: str, names: str, result: str
) -> None:
    assert answer(text, names) == result


def test_an_answer_says_what_it_rests_on() -> None:
    grounds = {
        "(p + q) / 2": Ground.MIXTURE,
        "p * q / (p * q + (1 - p) * (1 - q))": Ground.PART,
        "p / (1 - p)": Ground.EDGE,
        "np.log(p / (1 - p))": Ground.SHAPE,
        "p + q - p * q": Ground.RANGE,
        "p * q": Ground.STEP,
    }
    names = {"p": operand("Probability"), "q": operand("Probability")}
    for text, ground in grounds.items():
        assert judged(read(text, names)).ground is ground, text


def test_a_fault_is_where_the_operator_stands() -> None:
    names = {"t": operand("Celsius"), "d": operand("km"), "m": operand("minute")}
    assert str(judged(read("abs(t - t) * 2 + (d + m) / 2", names)).where) == "d + m"
    assert str(judged(read("2 * t + d", names)).where) == "2 * t"


SHARES = {name: operand("Probability") for name in "pq"} | {
    "w": UNKNOWN, "s": operand("Similarity"), "n": operand("Count"), "k": operand("Count"),
    "u": operand("UnitInterval"), "o": operand("Odds"), "b": operand("Binary"), "v": operand("Weight"),
    "x": operand("Pixel255"), "z": operand("Logit"),
}  # fmt: skip
DRAWN = {"w": (0.0, 1.0), "v": (0.0, 1.0), "z": (-30.0, 30.0)}
"""Unknown weights are shares where they are recognised as weights, so they are drawn as such."""

LEAVES = st.sampled_from(
    [Name(name, meaning) for name, meaning in SHARES.items()]
    + [Number(each) for each in (1, 2, 0.5, 0.25, 3)]
)


def mixed(w: Expression, a: Expression, b: Expression) -> Expression:
    return Operation("+", Operation("*", w, a), Operation("*", Operation("-", Number(1), w), b))


def shared(a: Expression, b: Expression) -> Expression:
    return Operation("/", a, Operation("+", a, b))


def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Operation, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(Operation, st.just("**"), inner, st.sampled_from([Number(2), Number(3)])),
        st.builds(Unary, st.just("-"), inner),
        st.builds(mixed, LEAVES, inner, inner),
        st.builds(shared, inner, inner),
        st.builds(lambda x: Call("abs", (x,)), inner),
        st.builds(lambda x: Call("expit", (x,)), inner),
        st.builds(lambda x: Call("clip", (x, Number(0), Number(1))), inner),
    )


def value(expression: Expression, at: dict[str, float]) -> float:
    from tests.algebra.numeric import evaluated

    return evaluated(expression, at)


def drawn(name: str, chance: random.Random) -> float:
    meaning = SHARES[name]
    if name in DRAWN:
        return chance.choice([*DRAWN[name], chance.uniform(*DRAWN[name])])
    assert isinstance(meaning, Meaning)
    low, high = max(meaning.range.low, -50), min(meaning.range.high, 50)
    found = chance.choice([low, high, chance.uniform(low, high), chance.uniform(low, min(high, low + 1))])
    return float(round(found)) if meaning.integral else found


@settings(max_examples=400)
@given(st.recursive(LEAVES, grown, max_leaves=6), st.randoms(use_true_random=False))
def test_values_lie_in_the_range_of_the_kind_that_an_expression_has(
    expression: Expression, chance: random.Random
) -> None:
    verdict = judged(expression)
    if not isinstance(verdict.answer, Meaning) or verdict.answer.kind is None:
        return
    kind = verdict.answer.kind
    names = {each.text for each in walk(expression) if isinstance(each, Name)}
    for _ in range(25):
        at = {name: drawn(name, chance) for name in sorted(names)}
        try:
            found = value(expression, at)
        except (ZeroDivisionError, OverflowError):
            continue
        if isfinite(found) and not any(isinf(each) for each in at.values()):
            near = 1e-9 * (1 + abs(found))
            inside = kind.range.low - near <= found <= kind.range.high + near
            assert inside, (str(expression), at, found, verdict)
            assert not kind.integral or abs(found - round(found)) < near


def test_a_mixture_of_points_is_of_the_rows_of_its_points() -> None:
    row = operand("Celsius")
    assert isinstance(row, Meaning)
    train = row.with_roles(frozenset({"Train"}))
    assert judge(read("(t + u) / 2", {"t": train, "u": train})) == train


def test_what_is_never_below_an_open_end_may_still_be_the_end() -> None:
    positive = Meaning(define_kind("PositiveAlone", range=Range(0, inf, low_open=True)))
    names = {"x": positive, "y": positive}
    assert told(judge(read("x - x", names))) == told(judge(read("x - y + y - x", names))) == "1"
    assert told(judge(read("x + y", names))) == "PositiveAlone"


def test_levels_reach_the_inside_of_an_expression() -> None:
    assert answer("x * d", "x=?; d=km", Level.STANDARD) == "km"
    assert answer("x * d", "x=?; d=km", Level.GRADUAL) == "?"


def test_a_large_expression_is_judged_operator_by_operator_in_bounded_time() -> None:
    names = {f"p{place}": operand("Probability") for place in range(40)}
    product = " * ".join(f"(1 - p{place} + p{place + 1} * p{place})" for place in range(39))
    assert told(judge(read(product, names))) in ("Probability", "1")
