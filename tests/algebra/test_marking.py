"""Marking is the explicit step: it may go down to a kind, and never across units, sorts, names and cuts."""

from __future__ import annotations

from math import nan

import pytest

from tests.algebra.shorthand import cut, kind, read, unit
from typedml.algebra.marking import mark
from typedml.algebra.meaning import Literal, Meaning
from typedml.algebra.mismatch import Action, Mismatch, Reason
from typedml.algebra.rules import combine

train, test = (unit("km").with_roles(frozenset({role})) for role in ("Train", "Test"))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("0.5", "Probability"),
        ("15.0", "minute"),
        ("20.0", "Celsius"),
        ("?", "Probability"),
        ("?", "km"),
        ("km/km", "Probability"),
        ("km/km", "Logit"),
        ("millisecond", "EpochMillis"),
        ("minute", "Duration, minute"),
        ("km/km", "Label"),
        ("Proportion", "Probability"),
        ("Proportion", "Simplex"),
        ("Timestamp, millisecond", "EpochMillis"),
        ("Probability", "Proportion"),
        ("Odds", "Probability"),
        ("Weight", "Probability"),
        ("LogDensity", "LogProbability"),
        ("Count", "Weight"),
        ("km/km", "rad"),
        ("Count", "Count, click"),
        ("click", "Count"),
        ("UnitInterval", "Similarity"),
    ],
)
def test_a_marker_takes_what_may_be_of_its_kind(source: str, target: str) -> None:
    meaning = read(target)
    assert isinstance(meaning, Meaning)
    assert mark(read(source), meaning) is None


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("1.5", "Probability", Reason.OUT_OF_RANGE),
        ("2.5", "Count", Reason.OUT_OF_RANGE),
        ("m", "km", Reason.UNITS_DIFFER),
        ("m", "Probability", Reason.DIMENSIONS_DIFFER),
        ("second", "EpochMillis", Reason.UNITS_DIFFER),
        ("click", "view", Reason.TAGS_DIFFER),
        ("Percent", "Probability", Reason.UNITS_DIFFER),
        ("delta_degC", "Celsius", Reason.SORTS_DIFFER),
        ("Logit", "Probability", Reason.KINDS_DIFFER),
        ("Probability", "Logit", Reason.KINDS_DIFFER),
        ("Logit", "km/km", Reason.SORTS_DIFFER),
        ("LogProbability", "Probability", Reason.KINDS_DIFFER),
        ("Latitude", "Bearing", Reason.KINDS_DIFFER),
        ("Score", "Probability", Reason.KINDS_DIFFER),
        ("Probability", "Score", Reason.KINDS_DIFFER),
        ("Identifier", "Category", Reason.KINDS_DIFFER),
        ("Label", "km/km", Reason.OPAQUE),
        ("cut Probability", "Probability", Reason.CUT_GIVEN),
    ],
)
def test_a_marker_refuses_what_cannot_be_of_its_kind(source: str, target: str, reason: Reason) -> None:
    given, meaning = read(source), read(target)
    assert isinstance(meaning, Meaning)
    found = mark(given, meaning)
    assert found is not None
    assert (found.reason, found.left, found.right) == (reason, given, meaning)


def test_the_hint_names_the_function_that_leads_there() -> None:
    for source, target, function in [
        ("Logit", "Probability", "expit"),
        ("LogProbability", "Probability", "exp"),
        ("Probability", "Logit", "logit"),
    ]:
        found = mark(kind(source), kind(target))
        assert found is not None
        assert found.remedy is not None
        assert (found.remedy.action, found.remedy.arguments) == (Action.CROSS, (function,))


def test_a_sigmoid_written_by_hand_is_marked() -> None:
    odds = combine("+", Literal(1), kind("Odds"))
    assert not isinstance(odds, Mismatch)
    share = combine("/", Literal(1), odds)
    assert not isinstance(share, Mismatch)
    assert mark(share, kind("Probability")) is None


def test_nan_is_marked_as_anything() -> None:
    assert mark(Literal(nan), kind("Probability")) is None


def test_a_threshold_is_marked_from_what_it_cuts_and_told_with_itself() -> None:
    assert mark(kind("Probability"), cut("Probability")) is None
    assert mark(cut("Probability"), cut("Probability")) is None
    assert mark(Literal(0.5), cut("Probability")) is None
    found = mark(kind("Logit"), cut("Probability"))
    assert found is not None
    assert found.right == cut("Probability")
    assert mark(cut("Proportion"), cut("Probability")) is not None


def test_a_marker_does_not_move_rows_between_splits() -> None:
    found = mark(test, train)
    assert found is not None
    assert found.reason is Reason.ROLES_DIFFER
    narrowed = mark(kind("Odds").with_roles(test.roles), kind("Probability").with_roles(train.roles))
    assert narrowed is not None
    assert narrowed.reason is Reason.ROLES_DIFFER
