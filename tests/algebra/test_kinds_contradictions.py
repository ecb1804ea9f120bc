"""Each definition that contradicts itself is refused, says why, and is accepted once it is mended."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from tests.algebra.shorthand import kind, told, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.contradictions import CONTRADICTIONS
from typedml.algebra.errors import KindError
from typedml.algebra.functions import apply
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.kind_definition import DEEPEST, LONGEST_NAME
from typedml.algebra.meaning import Literal, Meaning
from typedml.algebra.ranges import Range
from typedml.algebra.rules import combine, unary

KM, METRE, CELSIUS, DEGREE = (unit(text).unit for text in ("km", "m", "degC", "deg"))
VECTOR, TORSOR, OPAQUE = Sort.VECTOR, Sort.TORSOR, Sort.OPAQUE
PROBABILITY, COUNT, BEARING, LABEL = (KINDS[name] for name in ("Probability", "Count", "Bearing", "Label"))
IDENTIFIER, CELSIUS_KIND, DURATION = (KINDS[name] for name in ("Identifier", "Celsius", "Duration"))
EPOCH = KINDS["EpochSeconds"]
NORTH = define_kind("Northing", sort=TORSOR, unit=METRE, origin="equator")

Arguments = dict[str, Any]
REFUSED: tuple[tuple[Arguments, str, Arguments], ...] = (
    # the arguments, what is said, and what mends them
    ({"parent": PROBABILITY, "range": (0, 2)}, "wider than", {"range": (0, 0.5)}),
    ({"parent": COUNT, "sort": TORSOR}, "declared a torsor", {"sort": VECTOR}),
    ({"parent": EPOCH, "sort": VECTOR}, "is a torsor", {"sort": None}),
    ({"parent": LABEL, "sort": VECTOR}, "is opaque", {"sort": OPAQUE}),
    ({"parent": COUNT, "integral": False}, "holds integers only", {"integral": None}),
    ({"parent": PROBABILITY, "unit": KM}, "does not take", {"unit": None}),
    ({"parent": DURATION, "unit": KM}, "does not take", {"unit": unit("minute").unit}),
    ({"parent": PROBABILITY, "unit": KM, "any_unit": True}, "any unit", {"unit": None, "any_unit": None}),
    ({"parent": DURATION, "unit": KM, "any_unit": True}, "does not take", {"unit": unit("hour").unit}),
    ({"any_unit": True}, "dimension is not said", {"unit": KM}),
    ({"unit": unit("'U").unit}, "unit variable", {"unit": KM}),
    ({"unit": CELSIUS, "sort": VECTOR}, "are points", {"sort": None}),
    ({"unit": CELSIUS, "sort": OPAQUE}, "are points", {"sort": TORSOR}),
    ({"unit": KM, "any_unit": True, "range": (0, 3)}, "in no unit", {"range": (0, inf)}),
    ({"integral": True, "range": (0.2, 0.8)}, "no integer is in", {"range": (0.2, 1.8)}),
    ({"integral": True, "mean": True}, "mean of integers", {"mean": None}),
    ({"sort": OPAQUE, "mean": True}, "declared to have a mean", {"mean": False}),
    ({"sort": TORSOR, "period": 360, "mean": True}, "is cyclic", {"mean": None}),
    ({"parent": define_kind("Coarse", mean=False), "mean": True}, "have none", {"mean": None}),
    ({"parent": CELSIUS_KIND, "scalable": True}, "are not", {"scalable": None}),
    ({"parent": LABEL, "ordered": True}, "have no order", {"ordered": None}),
    ({"parent": IDENTIFIER, "ordinal": True}, "not of more and less", {"ordinal": None}),
    ({"period": 360}, "only points come round", {"sort": TORSOR}),
    ({"sort": OPAQUE, "period": 12}, "only points come round", {"sort": TORSOR}),
    ({"origin": "unix"}, "only points are counted", {"sort": TORSOR}),
    ({"unit": unit("s").unit, "delta": DURATION}, "kind of differences", {"sort": TORSOR}),
    ({"scalable": True}, "declared scalable", {"sort": TORSOR}),
    ({"sort": OPAQUE, "extensive": True}, "do not add up", {"extensive": None}),
    ({"sort": TORSOR, "extensive": True}, "do not add up", {"sort": VECTOR}),
    ({"sort": OPAQUE, "collective": True}, "declared collective", {"sort": VECTOR}),
    ({"ordered": False}, "without an order", {"sort": OPAQUE}),
    ({"ordinal": False}, "not ordinal", {"sort": OPAQUE}),
    ({"sort": OPAQUE, "ordered": False, "ordinal": True}, "but without an order", {"ordinal": None}),
    ({"sort": TORSOR, "period": -360}, "is no turn", {"period": 360}),
    ({"sort": TORSOR, "period": nan}, "is no turn", {"period": 1}),
    ({"sort": TORSOR, "period": inf}, "is no turn", {"period": 0.5}),
    ({"sort": TORSOR, "period": 360, "range": (0, 720)}, "longer than its period", {"range": (-180, 180)}),
    ({"parent": BEARING, "period": 180, "range": (0, 90)}, "has 360", {"period": 360}),
    ({"parent": NORTH, "origin": "pole"}, "from 'equator'", {"origin": "equator"}),
    ({"parent": EPOCH, "delta": define_kind("Pause", parent=DURATION)}, "those of", {"delta": DURATION}),
    ({"sort": TORSOR, "delta": LABEL}, "is opaque", {"delta": COUNT}),
    ({"sort": TORSOR, "unit": METRE, "delta": COUNT}, "does not take", {"delta": KINDS["Distance"]}),
    ({"range": (2, 1)}, "not a lowest and a highest", {"range": (1, 2)}),
    ({"range": (0, nan)}, "not a lowest and a highest", {"range": (0, inf)}),
    ({"range": 3}, "not a lowest and a highest", {"range": Range(0, 3)}),
    ({"range": "01"}, "not a lowest and a highest", {"range": (0, 1)}),
    ({"range": (0, 10**400)}, "not a lowest and a highest", {"range": (0, 10**300)}),
    ({"sort": "vector"}, "it is a sort", {"sort": VECTOR}),
    ({"unit": "km"}, "it is a unit", {"unit": KM}),
    ({"integral": 1}, "True or False", {"integral": True}),
    ({"sort": TORSOR, "period": True}, "it is a number", {"period": 2}),
    ({"sort": TORSOR, "origin": 0}, "name of a clock", {"origin": "first is 0"}),
    ({"sort": TORSOR, "delta": "Count"}, "it is a kind", {"delta": COUNT}),
    ({"parent": "Probability"}, "is not a kind", {"parent": PROBABILITY}),
)  # fmt: skip


@pytest.mark.parametrize(("arguments", "says", "mended"), REFUSED)
def test_a_contradiction_is_refused_and_its_mended_form_accepted(
    arguments: Arguments, says: str, mended: Arguments
) -> None:
    with pytest.raises(KindError, match=says) as caught:
        define_kind("Own", **arguments)
    assert caught.value.hint
    assert len(str(caught.value)) < 400
    made = define_kind("Own", **{**arguments, **mended})
    assert made.name == "Own"
    assert Meaning.decode(Meaning(made).encode()) == Meaning(made)


def test_every_row_of_contradictions_is_seen_to_refuse() -> None:
    said = set()
    for arguments, _, _ in REFUSED:
        with pytest.raises(KindError) as caught:
            define_kind("Own", **arguments)
        said.add(caught.value.hint.partition("'")[0] if caught.value.hint else "")
        said.add(caught.value.fact)
    for _, fact, _ in CONTRADICTIONS:
        # The longest literal piece of the sentence tells its row.
        piece = max((part.partition("}")[2] for part in fact.split("{")), key=len)
        assert any(piece in each for each in said), fact


@pytest.mark.parametrize(
    ("name", "says", "mended"),
    [
        ("Probability", "one that typedml ships", "MyProbability"),
        ("probability", "looks like Probability", "Chance"),
        ("EPOCH_MILLIS", "looks like EpochMillis", "EpochTicks"),
        ("Epoch_Millis", "looks like EpochMillis", "EpochTicks"),
        ("two words", "cannot be the name", "TwoWords"),
        ("", "cannot be the name", "Named"),
        ("Größe", "LATIN SMALL LETTER O WITH DIAERESIS", "Groesse"),
        ("Prоbability", "CYRILLIC SMALL LETTER O", "Chance"),
        ("Count\u200b", "ZERO WIDTH SPACE", "Tally"),
        ("class", "cannot be the name", "Class"),
        ("None", "cannot be the name", "Nothing"),
        (3, "cannot be the name", "Three"),
        ("A" * 1_000_000, "1000000 characters", "A" * LONGEST_NAME),
        ("é" * 1_000_000, "cannot be the name", "E"),
    ],
)  # fmt: skip
def test_a_name_that_would_be_taken_for_another_is_refused(name: Any, says: str, mended: str) -> None:
    with pytest.raises(KindError, match=says) as caught:
        define_kind(name)
    assert caught.value.hint
    assert len(str(caught.value)) < 400
    assert define_kind(mended).name == mended


def test_chains_of_kinds_are_bounded() -> None:
    made: Kind | None = None
    for depth in range(DEEPEST + 1):
        made = define_kind(f"Level{depth}", parent=made)
    assert made is not None
    assert len(made.ancestors) == DEEPEST
    with pytest.raises(KindError, match="ancestors") as caught:
        define_kind("TooDeep", parent=made)
    assert caught.value.hint
    assert combine("+", Meaning(made), Meaning(made)) == Meaning(made)


def test_what_follows_from_a_definition_need_not_be_said() -> None:
    seats = define_kind("Seats", integral=True, range=(0, inf))
    assert (seats.mean, told(apply("mean", Meaning(seats)))) == (False, "1")
    room = define_kind("RoomTemperature", unit=CELSIUS)
    assert (room.sort, room.extensive) == (TORSOR, False)
    phase = define_kind("Phase", sort=TORSOR, unit=DEGREE, period=360)
    assert (phase.range, phase.mean, phase.is_cyclic) == (Range(0, 360), False, True)
    grade = define_kind("Grade", sort=OPAQUE)
    assert (grade.unit, grade.mean, grade.ordinal) == (unit("1").unit, False, True)
    colour = define_kind("Colour", sort=OPAQUE, ordered=False)
    assert not colour.ordinal
    warm = define_kind("Warm", parent=CELSIUS_KIND, range=(20, 40))
    assert warm.mean
    assert define_kind("Ratio").mean


def test_kinds_of_users_do_what_the_shipped_ones_do() -> None:
    length = Meaning(define_kind("Length", unit=METRE, any_unit=True, extensive=True))
    assert length.kind is not None
    in_km = Meaning(length.kind, KM)
    assert told(combine("+", in_km, in_km)) == "Length, km"
    assert told(combine("+", length, in_km)) == "UNITS_DIFFER"
    phase = Meaning(define_kind("Phase", sort=TORSOR, unit=DEGREE, period=360))
    assert told(combine("%", phase, Literal(360))) == "Phase"
    assert told(apply("mean", phase)) == told(apply("mean", kind("Bearing"))) == "CYCLE"
    margin = Meaning(define_kind("Margin", sort=TORSOR, scalable=True))
    assert told(combine("*", margin, Literal(2))) == told(unary("-", margin)) == "Margin"
    tick = Meaning(define_kind("Tick", sort=TORSOR, delta=COUNT, origin="boot", integral=True))
    assert told(combine("+", tick, kind("Count"))) == "Tick"
    assert told(combine("+", tick, kind("Probability"))) == "KINDS_DIFFER"
    grade, colour = (
        Meaning(define_kind("Grade", sort=OPAQUE)),
        Meaning(define_kind("Colour", sort=OPAQUE, ordered=False)),
    )
    assert told(combine("<", grade, grade)) == "Binary"
    assert told(combine("<", colour, colour)) == "UNORDERED"
    shares = Meaning(define_kind("Shares", parent=KINDS["Proportion"], collective=True))
    assert told(combine("*", shares, shares)) == "Proportion"
    clicked = Meaning(define_kind("Clicked", integral=True, range=(0, 1)))
    assert told(combine("&", clicked, clicked)) == "Clicked"
    assert (
        told(combine("-", Literal(1), Meaning(define_kind("Cosine", parent=KINDS["Similarity"]))))
        == "Distance"
    )
