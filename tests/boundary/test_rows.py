"""Lists of records: what a record is, what a missing key means, what is handed back."""

from __future__ import annotations

import collections
import dataclasses
import sqlite3
import types
from typing import Annotated, Any, NamedTuple

import attrs
import pydantic
import pytest

from tests.boundary.tables import field, schema
from typedml import FeatureSchema
from typedml import field as feature
from typedml.boundary import check, split, validate

TRIP = schema(field("x", lt=5), field("s", str))


class Named(NamedTuple):
    x: float
    s: str


@dataclasses.dataclass
class Data:
    x: float
    s: str


@dataclasses.dataclass(slots=True, frozen=True)
class Slotted:
    x: float
    s: str


@attrs.frozen
class Attrs:
    x: float
    s: str


class Model(pydantic.BaseModel, extra="allow"):
    x: float
    s: str


def mapped(**values: Any) -> Any:
    return types.MappingProxyType(values)


@pytest.mark.parametrize("make", [dict, mapped, Named, Data, Slotted, Attrs, Model])
def test_records_of_every_kind_are_judged_alike(make: Any) -> None:
    frame = [make(x=1.0, s="a"), make(x=7.0, s="b")]
    report = check(TRIP, frame)
    assert {key: count for key, count in report.counts.items() if count} == {("x", "lt"): 1}
    assert [(row.position, row.values) for row in report.failures[0].rows] == [(1, {"x": 7.0})]
    good, bad = split(TRIP, frame)
    assert good == frame[:1]
    assert bad == [{"x": 7.0, "s": "b", "__reasons__": ["x: lt"]}]


def test_records_of_several_kinds_stand_in_one_list() -> None:
    frame = [
        {"x": 1.0, "s": "a"},
        Named(7.0, "b"),
        Attrs(8.0, "c"),
        Model.model_validate({"x": 2.0, "s": "d", "more": 1}),
    ]
    assert check(TRIP, frame).counts["x", "lt"] == 2


@pytest.mark.parametrize("collect", [tuple, collections.deque, lambda rows: dict(enumerate(rows)).values()])
def test_any_collection_that_can_be_read_twice_is_taken(collect: Any) -> None:
    frame: Any = collect([{"x": 7.0, "s": "a"}])
    assert check(TRIP, frame).counts["x", "lt"] == 1
    assert validate(schema(field("s", str)), frame) is frame


def test_rows_of_a_database_are_records() -> None:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    rows = connection.execute("select 7.0 as x, 'a' as s union all select 1.0, null").fetchall()
    counts = check(TRIP, rows).counts
    assert (counts["x", "lt"], counts["s", "null"]) == (1, 1)


def test_a_key_that_some_lack_is_missing_there_and_one_that_all_lack_is_a_missing_column() -> None:
    report = check(TRIP, [{"x": 1.0}, {"x": 2.0, "s": "a"}])
    assert report.counts["s", "null"] == 1
    report = check(TRIP, [{"x": 1.0}])
    assert report.counts["s", "missing"] == 1


def test_a_record_may_lack_what_may_be_absent() -> None:
    declared = schema(field("x"), field("s", str, required=False, pattern="[a-z]"))
    counts = check(declared, [{"x": 1.0}, {"x": 1.0, "s": "B"}, {"x": 1.0, "s": None}]).counts
    assert (counts["s", "null"], counts["s", "pattern"]) == (1, 1)
    rows: Any = [{"x": 1.0}, {"x": 1.0, "s": None}]
    good, bad = split(declared, rows)
    assert good == [{"x": 1.0}]
    assert bad[0]["__reasons__"] == ["s: null"]


def test_attributes_go_by_the_name_of_the_field_and_keys_by_that_of_the_column() -> None:
    class Wind(FeatureSchema):
        speed: Annotated[float, "any"] = feature(column="wind speed", lt=5)

    Point = collections.namedtuple("Point", "speed")
    for frame in ([Point(7.0)], [{"wind speed": 7.0}]):
        assert Wind.check(frame).counts["wind speed", "lt"] == 1
    assert Wind.check([{"speed": 7.0}]).counts["wind speed", "missing"] == 1


def test_an_empty_list_has_no_row_to_judge() -> None:
    report = check(TRIP, [])
    assert report.ok
    assert report.rows == 0
    assert [note.fact for note in report.notes] == ["no row was judged"]


def test_values_of_a_wrong_type_are_named() -> None:
    report = check(TRIP, [{"x": 1.0, "s": "a"}, {"x": "seven", "s": "b"}])
    assert report.failures[0].rows[0].values == {"x": "seven"}
    assert "1 float and 1 str" in report.failures[0].reason


def test_keys_that_are_not_declared_count_where_they_are_forbidden() -> None:
    declared = schema(field("x"), extra="forbid")
    assert not check(declared, [{"x": 1.0}, {"x": 1.0, "y": 2}]).ok
    assert check(declared, [{"x": 1.0}]).ok


def test_one_record_is_no_list_of_records() -> None:
    for frame in (Named(1.0, "a"), Model(x=1.0, s="a"), Data(1.0, "a")):
        with pytest.raises(TypeError, match="is not a frame"):
            check(TRIP, frame)
