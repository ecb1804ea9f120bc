"""Every reason is reached by some operation, has a code, and a hint of its own."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import cut, kind, read, unit
from typedml.algebra.flow import Level, flow
from typedml.algebra.functions import apply
from typedml.algebra.meaning import UNKNOWN, Literal
from typedml.algebra.mismatch import CODES_OF, KIND, Mismatch, Reason
from typedml.algebra.rules import combine
from typedml.errors import CODES
from typedml.messages import render

train, test = (unit("km").with_roles(frozenset({role})) for role in ("Train", "Test"))
fitted, label, sooner, later = (
    unit("km").with_roles(frozenset({role}))
    for role in ("fitted on Test", "Target", "as of 2026-01-31", "as of 2026-02-28")
)

FOUND = {
    Reason.UNITS_DIFFER: combine("+", unit("km"), unit("m")),
    Reason.DIMENSIONS_DIFFER: combine("+", unit("km"), unit("hour")),
    Reason.ORIGINS_DIFFER: combine("-", unit("dBm"), unit("dBW")),
    Reason.TAGS_DIFFER: combine("+", unit("click"), unit("view")),
    Reason.ANGLE_ALONE: combine("+", unit("rad"), unit("1")),
    Reason.NUMBER_BESIDE_UNIT: combine("+", unit("km"), Literal(5.0)),
    Reason.UNKNOWN_BESIDE_UNIT: combine("+", unit("km"), UNKNOWN),
    Reason.NUMBER_NEEDED: apply("exp", unit("km")),
    Reason.ANGLE_NEEDED: apply("sin", unit("deg")),
    Reason.THERE_ALREADY: apply("radians", kind("Radians")),
    Reason.EXPONENT_UNKNOWN: combine("**", unit("km"), UNKNOWN),
    Reason.KINDS_DIFFER: combine("+", kind("Probability"), kind("Logit")),
    Reason.SORTS_DIFFER: flow(unit("degC"), unit("delta_degC")),
    Reason.NARROWER: flow(kind("Proportion"), kind("Probability")),
    Reason.MARKER_NEEDED: flow(unit("1"), kind("Probability")),
    Reason.POINTS_ADDED: combine("+", kind("Celsius"), kind("Celsius")),
    Reason.POINT_SCALED: combine("*", kind("Celsius"), Literal(3.0)),
    Reason.POINT_SUBTRACTED: combine("-", unit("delta_degC"), kind("Celsius")),
    Reason.CYCLE: apply("mean", kind("Bearing")),
    Reason.ENCODED: combine("-", kind("ClockHHMM"), kind("ClockHHMM")),
    Reason.OPAQUE: combine("+", kind("Identifier"), Literal(1)),
    Reason.UNORDERED: combine("<", kind("Label"), Literal(3)),
    Reason.CUT_ARITHMETIC: combine("*", cut("Probability"), Literal(2)),
    Reason.CUT_NEEDED: flow(kind("Probability"), cut("Probability")),
    Reason.CUT_GIVEN: flow(cut("Probability"), kind("Probability")),
    Reason.OUT_OF_RANGE: flow(Literal(1.5), kind("Probability")),
    Reason.LITERAL_GIVEN: flow(Literal(5.0), unit("km")),
    Reason.UNKNOWN_GIVEN: flow(UNKNOWN, unit("km")),
    Reason.MEANING_LOST: flow(unit("km"), UNKNOWN, level=Level.STRICT),
    Reason.NO_EDGE: apply("softmax", kind("Simplex")),
    Reason.NO_MEAN: apply("mean", kind("Index")),
    Reason.NOT_ORDINAL: apply("max", kind("Identifier")),
    Reason.CYCLE_NEEDED: apply("circmean", unit("km")),
    Reason.STANDARDISED: apply("zscore", kind("ZScore")),
    Reason.ROLES_DIFFER: flow(test, train),
    Reason.FITTED_ELSEWHERE: combine("-", train, fitted),
    Reason.LABEL_GIVEN: flow(label, train),
    Reason.KNOWN_LATER: flow(later, sooner),
}

HINTS = {
    Reason.UNITS_DIFFER: 'convert(b, "m", "km") makes it "float[km]"',
    Reason.DIMENSIONS_DIFFER: 'no conversion leads from "hour" to "km"',
    Reason.NUMBER_BESIDE_UNIT: 'KM(5.0) makes it "float[km]", with KM = Unit("km")',
    Reason.UNKNOWN_BESIDE_UNIT: 'KM(b) makes it "float[km]", with KM = Unit("km")',
    Reason.ANGLE_NEEDED: 'convert(a, "deg", "radian") makes it "float[radian]"',
    Reason.THERE_ALREADY: 'a is in "radian" already: use it as it is',
    Reason.KINDS_DIFFER: 'expit(b) makes it "float[Probability]"',
    Reason.NARROWER: 'PROBABILITY(a) makes it "float[Probability]" after checking that it is in [0, 1]',
    Reason.POINTS_ADDED: 'a - b is a difference, "float[delta_degC]", which adds and scales',
    Reason.POINT_SUBTRACTED: "turn it round: b - a",
    Reason.CUT_ARITHMETIC: "raw(a) is the plain number, without its meaning",
    Reason.CUT_NEEDED: 'THRESHOLD(a) makes it "float[Threshold[Probability]]"',
    Reason.OUT_OF_RANGE: '"float[Probability]" takes a number in [0, 1]',
    Reason.LITERAL_GIVEN: 'KM(5.0) makes it "float[km]", with KM = Unit("km")',
    Reason.NO_MEAN: "the mean of raw(a) is a plain number; min, max and mode are of the kind",
    Reason.NOT_ORDINAL: "count, mode and nunique are what there is of names",
    Reason.CYCLE_NEEDED: "a does not come round again: take the mean or std of it",
    Reason.STANDARDISED: "a is standardised already: use it as it is",
    Reason.FITTED_ELSEWHERE: "fit it on Train rows, which may touch all others",
    Reason.LABEL_GIVEN: "leave the label out of the inputs, or declare Target[...] where it belongs",
    Reason.KNOWN_LATER: "take what was known at that time, or declare the later one",
    Reason.MEANING_LOST: "raw(a) is the plain number, without its meaning",
}


@pytest.mark.parametrize("reason", Reason, ids=lambda reason: reason.name)
def test_every_reason_is_found_and_told(reason: Reason) -> None:
    mismatch = FOUND[reason]
    assert isinstance(mismatch, Mismatch)
    assert mismatch.reason is reason
    assert mismatch.code == CODES_OF.get(reason, KIND)
    assert mismatch.code in CODES
    names = tuple(
        None if isinstance(side, Literal) else name
        for side, name in [(mismatch.left, "a"), (mismatch.right, "b")]
    )
    text, hint = render(mismatch, names=names)
    assert text
    assert not hint.startswith("Hint")
    assert hint == HINTS.get(reason, hint)


def test_the_hints_have_the_names_of_the_source() -> None:
    mismatch = combine("+", unit("minute"), unit("hour"))
    assert isinstance(mismatch, Mismatch)
    assert render(mismatch, names=("air_time", "delay")).hint.startswith("convert(delay, ")
    assert "convert(y, " in render(mismatch).hint


def test_a_refused_comparison_with_a_cut_crosses_the_value_not_the_cut() -> None:
    mismatch = combine(">=", kind("Logit"), cut("Probability"))
    assert isinstance(mismatch, Mismatch)
    assert render(mismatch, names=("z", "cut")).hint == 'expit(z) makes it "float[Probability]"'
    turned = combine("<=", read("cut Probability"), kind("Logit"))
    assert isinstance(turned, Mismatch)
    assert render(turned, names=("cut", "z")).hint == 'expit(z) makes it "float[Probability]"'
