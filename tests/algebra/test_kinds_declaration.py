from __future__ import annotations

import copy
import pickle

import pytest

from tests.algebra.shorthand import kind, unit
from typedml.algebra.catalogue import DAY, DEGREE, HOUR, KINDS, MINUTE, PERCENT, ROWS, SECOND
from typedml.algebra.errors import KindError
from typedml.algebra.kind import Sort, define_kind, nearest_common
from typedml.algebra.meaning import Meaning
from typedml.algebra.ranges import UNIT_RANGE, Range

VECTORS = """Duration Money Distance Weight ScaleFactor Odds Rate Count Proportion Probability Simplex Binary
Similarity Similarity01 LogProbability LogDensity ZScore UnitInterval Pixel255 Kelvin Rank Percent Radians
Degrees""".split()
TORSORS = """Timestamp EpochSeconds EpochMillis EpochMicros EpochNanos Celsius Fahrenheit Latitude
ClockHHMM Date
Longitude Bearing HourOfDay Logit Decibel Index IndexFromOne""".split()
OPAQUE = "Score Identifier Label Category".split()


@pytest.mark.parametrize(
    ("names", "sort"), [(VECTORS, Sort.VECTOR), (TORSORS, Sort.TORSOR), (OPAQUE, Sort.OPAQUE)]
)
def test_every_kind_of_the_specification_has_its_sort(names: list[str], sort: Sort) -> None:
    assert {KINDS[name].sort for name in names} == {sort}


def test_the_catalogue_has_no_other_kinds() -> None:
    assert set(KINDS) == {*VECTORS, *TORSORS, *OPAQUE}
    assert len(KINDS) == len(ROWS)
    with pytest.raises(KeyError):
        KINDS["Nothing"]


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("Probability", "Proportion"),
        ("Simplex", "Probability"),
        ("Binary", "Probability"),
        ("LogProbability", "LogDensity"),
        ("Similarity01", "Similarity"),
        ("Rank", "Count"),
        ("EpochMillis", "Timestamp"),
    ],
)
def test_children_know_their_parents(child: str, parent: str) -> None:
    assert KINDS[child].parent == KINDS[parent]
    assert KINDS[child].descends_from(KINDS[parent])
    assert not KINDS[parent].descends_from(KINDS[child])


def test_ranges_are_those_of_the_specification() -> None:
    shown = {
        name: str(KINDS[name].range)
        for name in ("Probability", "Similarity", "LogProbability", "Odds", "Logit")
    }
    assert shown == {
        "Probability": "[0, 1]",
        "Similarity": "[-1, 1]",
        "LogProbability": "(-inf, 0]",
        "Odds": "[0, inf)",
        "Logit": "(-inf, inf)",
    }
    assert KINDS["Count"].integral
    assert KINDS["Latitude"].range == Range(-90, 90)


@pytest.mark.parametrize("name", KINDS)
def test_children_lie_inside_their_parents(name: str) -> None:
    for above in KINDS[name].ancestors:
        assert KINDS[name].range.within(above.range)
        assert KINDS[name].sort is above.sort


@pytest.mark.parametrize(
    ("text", "built"),
    [
        ("second", SECOND),
        ("minute", MINUTE),
        ("hour", HOUR),
        ("day", DAY),
        ("degree", DEGREE),
        ("percent", PERCENT),
    ],
)
def test_units_of_the_catalogue_are_those_of_the_registry(text: str, built: object) -> None:
    assert unit(text).unit == built


@pytest.mark.parametrize(
    ("name", "text"),
    [("Celsius", "degC"), ("Fahrenheit", "degF"), ("Kelvin", "kelvin"), ("EpochMillis", "ms"),
     ("EpochMicros", "us"), ("EpochNanos", "ns"), ("Radians", "rad"), ("Decibel", "dB")],
)  # fmt: skip
def test_kinds_are_in_the_units_of_the_registry(name: str, text: str) -> None:
    assert KINDS[name].default_unit == unit(text).unit


def test_markers_are_named_by_one_rule() -> None:
    names = "EpochMillis LogProbability Similarity01 Pixel255 ZScore ClockHHMM ScaleFactor HourOfDay".split()
    assert [KINDS[name].marker for name in names] == [
        "EPOCH_MILLIS", "LOG_PROBABILITY", "SIMILARITY01", "PIXEL255", "ZSCORE", "CLOCK_HHMM", "SCALE_FACTOR",
        "HOUR_OF_DAY",
    ]  # fmt: skip


def test_a_declared_kind_inherits_what_it_leaves_out() -> None:
    child = define_kind("ClickRate", parent=KINDS["Proportion"], range=(0, 0.5))
    assert (child.sort, child.unit, child.integral) == (Sort.VECTOR, KINDS["Proportion"].unit, False)
    assert child.range == Range(0, 0.5)
    assert child.scales
    assert child.complement is None
    assert nearest_common(child, KINDS["Probability"]) is KINDS["Proportion"]
    alone = define_kind("Altitude", sort=Sort.TORSOR, unit=unit("m").unit, extensive=False)
    assert alone.root is alone
    assert alone.admits(unit("m").unit)
    assert not alone.admits(unit("km").unit)


def test_a_kind_cannot_descend_from_its_own_name() -> None:
    height = define_kind("Height", unit=unit("m").unit)
    with pytest.raises(KindError, match="its own ancestor"):
        define_kind("Height", parent=define_kind("Tall", parent=height))


def test_every_property_of_a_kind_stands_in_one_list() -> None:
    from typedml.algebra.kind import DEFAULTS, Kind, Properties

    assert set(DEFAULTS) == set(Properties.__annotations__)
    assert set(DEFAULTS) | {"_hash", "ancestors", "name", "parent"} == set(Kind.__slots__)
    for shipped in KINDS.values():
        assert all(hasattr(shipped, name) for name in DEFAULTS)


@pytest.mark.parametrize("name", KINDS)
def test_shipped_kinds_say_whether_their_parts_add_up_and_contradict_nothing(name: str) -> None:
    from typedml.algebra.contradictions import CONTRADICTIONS, Definition

    assert KINDS[name].extensive is not None
    definition = Definition(KINDS[name], KINDS[name].parent, {})
    assert not [fact for contradicts, fact, _ in CONTRADICTIONS if contradicts(definition)]


def test_equal_declarations_are_equal() -> None:
    first, second = (define_kind("Height", unit=unit("m").unit, range=(0, 3)) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != define_kind("Height", unit=unit("m").unit, range=(0, 4))
    assert pickle.loads(pickle.dumps(Meaning(first))) == Meaning(second)
    assert copy.deepcopy(first) is first


def test_a_meaning_refuses_a_unit_that_its_kind_does_not_take() -> None:
    with pytest.raises(KindError, match='measured in "1"'):
        kind("Probability", "km")
    assert str(kind("Count", "click")) == "Count, click"
    assert str(kind("Duration", "minute")) == "Duration, minute"
    assert kind("Money", "USD").unit == unit("USD").unit
    with pytest.raises(KindError):
        kind("Money", "km")


def test_a_meaning_shows_its_kind_first() -> None:
    roles = frozenset({"Test"})
    assert str(Meaning(KINDS["Probability"], cut=True)) == "Threshold[Probability]"
    assert str(Meaning(KINDS["Probability"], roles=roles)) == "Probability, Test"
    assert str(unit("km/hour")) == "km/hour"
    assert str(unit("'U**2")) == "'U**2"


def test_a_temperature_alone_is_above_absolute_zero() -> None:
    assert unit("degC").range == Range(-273.15, float("inf"))
    assert unit("degC").sort is Sort.TORSOR
    assert unit("delta_degC").sort is Sort.VECTOR
    assert kind("Proportion").range == UNIT_RANGE
