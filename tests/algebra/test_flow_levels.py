"""Flow of values into declarations: the table of section 2, the hierarchy of section 3."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import cut, kind, read, unit
from typedml.algebra.flow import flow, join
from typedml.algebra.kind import define_kind
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning
from typedml.algebra.mismatch import Action, Mismatch, Reason
from typedml.algebra.strictness import Level, Place
from typedml.algebra.widening import widenings

G, S, T = Level.GRADUAL, Level.STANDARD, Level.STRICT
KM = unit("km")

# what is given, where it meets a declaration, what is declared: the levels that accept it
TABLE = [
    (UNKNOWN, Place.ELSEWHERE, KM, {G}),
    (UNKNOWN, Place.BESIDE, KM, {G}),
    (UNKNOWN, Place.LIBRARY, KM, {G, S}),
    (UNKNOWN, Place.ELSEWHERE, kind("Probability"), {G}),
    (Literal(0.1), Place.LIBRARY, unit("second"), {G, S}),
    (Literal(0.5), Place.ELSEWHERE, kind("Probability"), {G, S, T}),
    (Literal(0.5), Place.BESIDE, kind("Probability"), {G, S, T}),
    (Literal(1.5), Place.BESIDE, kind("Probability"), set()),
    (Literal(1.5), Place.LIBRARY, kind("Probability"), set()),
    (Literal(0.5), Place.ELSEWHERE, kind("Count"), set()),
    (Literal(3), Place.ELSEWHERE, kind("Count"), {G, S, T}),
    (Literal(0.5), Place.ELSEWHERE, cut("Probability"), {G, S, T}),
    (Literal(15.0), Place.BESIDE, unit("minute"), {G, S}),
    (Literal(15.0), Place.ELSEWHERE, unit("minute"), {G}),
    (Literal(0.0), Place.ELSEWHERE, unit("minute"), {G, S, T}),
    (Literal(float("inf")), Place.ELSEWHERE, unit("minute"), {G, S, T}),
    (Literal(float("nan")), Place.ELSEWHERE, kind("Probability"), {G, S, T}),
    (Literal(float("inf")), Place.ELSEWHERE, kind("Probability"), set()),
    (Literal(0), Place.ELSEWHERE, unit("degC"), {G}),
    (Literal(0), Place.ELSEWHERE, cut("EpochMillis"), {G}),
    (Literal(-300.0), Place.BESIDE, kind("Celsius"), set()),
    (Literal(200.0), Place.BESIDE, kind("Latitude"), set()),
    (Literal(5), Place.ELSEWHERE, kind("Identifier"), {G, S, T}),
    (KM, Place.ELSEWHERE, UNKNOWN, {G, S}),
    (unit("1"), Place.ELSEWHERE, UNKNOWN, {G, S, T}),
    (kind("Proportion"), Place.ELSEWHERE, UNKNOWN, {G, S}),
    (unit("1/click"), Place.ELSEWHERE, UNKNOWN, {G, S}),
    (Literal(1.0), Place.ELSEWHERE, UNKNOWN, {G, S, T}),
    (UNKNOWN, Place.ELSEWHERE, UNKNOWN, {G, S, T}),
]


@pytest.mark.parametrize(("source", "place", "target", "accepting"), TABLE)
def test_levels_accept_what_the_table_says(
    source: Meaning | Literal, place: Place, target: Meaning, accepting: set[Level]
) -> None:
    accepted = {level for level in Level if flow(source, target, level=level, place=place) is None}
    assert accepted == accepting


FLOWS = """
Probability -> Proportion : fine
Binary -> Proportion : fine
LogProbability -> LogDensity : fine
EpochSeconds -> Timestamp : fine
Proportion -> Probability : NARROWER
1 -> Probability : MARKER_NEEDED
1 -> Count : MARKER_NEEDED
1 -> ScaleFactor : fine
Probability -> Logit : KINDS_DIFFER
Similarity -> Proportion : KINDS_DIFFER
minute -> Duration, minute : fine
USD -> Money, USD : fine
USD -> Money : fine
Money, USD -> Money : fine
Money -> Money, USD : DIMENSIONS_DIFFER
km -> Money : DIMENSIONS_DIFFER
km/hour -> kph : fine
m -> km : UNITS_DIFFER
minute -> hour : UNITS_DIFFER
km -> hour : DIMENSIONS_DIFFER
km/flight -> km : fine
km -> km/flight : TAGS_DIFFER
click -> view : TAGS_DIFFER
Count -> click : fine
Count -> Count, click : fine
Count, click -> Count : fine
Count, click -> click : fine
click -> Count, click : MARKER_NEEDED
1 -> click : TAGS_DIFFER
km*rad -> km : fine
rad/s -> 1/s : fine
1/s -> rad/s : fine
rad -> 1 : ANGLE_ALONE
deg -> rad : UNITS_DIFFER
deg/s -> 1/s : DIMENSIONS_DIFFER
Celsius -> degC : fine
degC -> Celsius : fine
degC -> degF : UNITS_DIFFER
degC -> delta_degC : SORTS_DIFFER
delta_degC -> Celsius : SORTS_DIFFER
EpochMillis -> ms : SORTS_DIFFER
ms -> EpochMillis : SORTS_DIFFER
EpochMillis -> EpochSeconds : UNITS_DIFFER
Logit -> 1 : SORTS_DIFFER
Identifier -> 1 : OPAQUE
Identifier -> Label : KINDS_DIFFER
1 -> Identifier : SORTS_DIFFER
dBm -> dB : SORTS_DIFFER
Probability -> cut Probability : CUT_NEEDED
cut Probability -> Probability : CUT_GIVEN
cut Probability -> cut Proportion : fine
cut minute -> cut hour : UNITS_DIFFER
'U -> 'U : fine
'U**2 -> 'U : DIMENSIONS_DIFFER
'U -> 1 : DIMENSIONS_DIFFER
"""


@pytest.mark.parametrize("row", [line for line in FLOWS.splitlines() if line])
def test_the_hierarchy_flows_upwards_only(row: str) -> None:
    sides, _, expected = row.partition(" : ")
    source, target = (unit("1") if side == "1" else read(side) for side in sides.split(" -> "))
    assert not isinstance(target, Literal)
    found = flow(source, target)
    assert ("fine" if found is None else found.reason.name) == expected


@pytest.mark.parametrize(
    ("source", "target", "action"),
    [
        ("minute", "hour", Action.CONVERT),
        ("Proportion", "Probability", Action.MARK),
        ("Logit", "Probability", Action.CROSS),
        ("Probability", "cut Probability", Action.MARK),
        ("cut Probability", "Probability", Action.RAW),
    ],
)
def test_a_refused_flow_names_the_step_that_is_right(source: str, target: str, action: Action) -> None:
    wanted = read(target)
    assert isinstance(wanted, Meaning)
    found = flow(read(source), wanted)
    assert found is not None
    assert found.remedy is not None
    assert found.remedy.action is action


def test_rows_of_one_split_do_not_flow_into_another() -> None:
    train, test = (KM.with_roles(frozenset({role})) for role in ("Train", "Test"))
    found = flow(test, train)
    assert isinstance(found, Mismatch)
    assert (found.reason, found.code) == (Reason.ROLES_DIFFER, "typedml-role")
    assert flow(train, train) is None
    assert flow(KM, train) is None
    assert flow(test, KM) is None


def test_codes_tell_units_from_kinds() -> None:
    codes = [("m", "km"), ("1", "Probability"), ("?", "km"), ("?", "Probability"), ("2.0", "Probability")]
    found = [flow(unit(s) if s in ("m", "1") else read(s), read(t)) for s, t in codes]  # type: ignore[arg-type]  # targets are meanings
    assert [each and each.code for each in found] == [
        "typedml-unit", "typedml-kind", "typedml-unit", "typedml-kind", "typedml-value",
    ]  # fmt: skip


JOINS = """
Probability | Proportion | Proportion
Binary | Simplex | Probability
Probability | Logit | ?
EpochMillis | EpochSeconds | ?
EpochSeconds | Timestamp | Timestamp
km | km/flight | km
km | hour | ?
km | 0.0 | km
km | 5.0 | ?
Probability | 0.5 | Probability
Probability | 2.0 | ?
km | ? | ?
cut Probability | cut Proportion | Threshold[Proportion]
cut Probability | Probability | ?
cut Score | Score | ?
cut Label | Identifier | ?
Duration, minute | minute | minute
Probability | Similarity | 1
"""


@pytest.mark.parametrize("row", [line for line in JOINS.splitlines() if line])
def test_a_join_is_the_nearest_common_ancestor(row: str) -> None:
    left, right, expected = row.split(" | ")
    for joined in (join(read(left), read(right)), join(read(right), read(left))):
        assert ("?" if joined is UNKNOWN else str(joined)) == expected


def test_children_of_a_declared_kind_add_to_their_parent() -> None:
    from typedml.algebra.rules import combine

    length = define_kind("Length", unit=unit("m").unit, range=(0, float("inf")))
    width, height = (Meaning(define_kind(name, parent=length)) for name in ("Width", "Height"))
    assert combine("+", width, height) == Meaning(length)
    assert join(width, height) == Meaning(length)
    assert isinstance(flow(width, height), Mismatch)
    hertz, becquerel = (
        Meaning(define_kind(name, unit=unit("1/s").unit)) for name in ("Frequency", "Activity")
    )
    refused = combine("+", hertz, becquerel)
    assert isinstance(refused, Mismatch)
    assert refused.reason is Reason.KINDS_DIFFER
    assert combine("+", unit("hertz"), unit("becquerel")) == unit("1/s")


def test_widenings_are_in_order_from_the_nearest() -> None:
    assert [str(each) for each in widenings(kind("Binary"))] == ["Binary", "Probability", "Proportion", "1"]
    assert [str(each) for each in widenings(kind("Count", "click"))] == [
        "Count, click",
        "click",
        "Count",
        "1",
    ]
    assert [str(each) for each in widenings(kind("Identifier"))] == ["Identifier"]
    assert [str(each) for each in widenings(kind("Celsius"))] == ["Celsius", "degC"]
