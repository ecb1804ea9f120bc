"""References into other tables: values that the other frame does not have, whatever library holds it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

from tests.boundary.tables import FRAMES, only_native
from typedml import FeatureSchema, Identifier, field
from typedml.boundary import FrameError, check, split

NAN = float("nan")
NOON = datetime.datetime(2013, 1, 1, 12)
ZONED = datetime.datetime(2013, 1, 1, 12, tzinfo=datetime.UTC)
EAST = datetime.timezone(datetime.timedelta(hours=5))
HOUR = datetime.timedelta(hours=1)
DAY = datetime.date(2013, 1, 1)
# Two numbers of twenty digits that no float of 64 bits tells apart.
CLOSE = [Decimal("1234567890123456.0001"), Decimal("1234567890123456.0002")]


@pytest.fixture(params=["small", "native"])
def path(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways to count: as lists of Python values, and by the library of the frame."""
    if request.param == "small":
        yield
    else:
        with only_native():
            yield


def schemas(own: type, other: type) -> tuple[Any, Any]:
    """A schema whose `x` refers to `y` of another one."""
    body = {"__annotations__": {"y": other | None}, "__module__": __name__}
    there: Any = type("There", (FeatureSchema,), body)
    stated = field(references=there.c.y)
    body = {"__annotations__": {"x": own | None}, "x": stated, "__module__": __name__}
    return type("Here", (FeatureSchema,), body), there


# The types and values of both sides, and the rows whose value the other side does not have.
VALUES: dict[str, tuple[type, list[Any], type, list[Any], list[int]]] = {
    "text": (str, ["a", "b", "", None, "A"], str, ["a", "c", "a", None], [1, 2, 4]),
    "all are there": (str, ["a", "a"], str, ["a"], []),
    "nobody is there": (str, ["a", "b"], str, [], [0, 1]),
    "no rows": (str, [], str, ["a"], []),
    "a missing value is not judged, nor is one in the other table": (str, [None, None], str, [None], []),
    "integers": (int, [1, 2, -3, 2**40], int, [1, 2**40], [1, 2]),
    "integers of a column with nulls": (int, [1, 2, None, 3], int, [1, None, 2], [3]),
    "integers among floats": (int, [1, 2, 3], float, [1.0, 2.5, NAN], [1, 2]),
    "floats among integers": (float, [1.0, 1.5, NAN, float("inf")], int, [1, 2], [1, 3]),
    "zero has no sign": (float, [0.0, -0.0], float, [-0.0], []),
    "moments": (datetime.datetime, [NOON, NOON + HOUR, None], datetime.datetime, [NOON], [1]),
    "moments of two zones": (
        datetime.datetime,
        [ZONED, ZONED + HOUR],
        datetime.datetime,
        [ZONED.astimezone(EAST)],
        [1],
    ),
    "days": (datetime.date, [DAY, DAY + datetime.timedelta(1)], datetime.date, [DAY], [1]),
    "spans": (datetime.timedelta, [HOUR, -HOUR], datetime.timedelta, [HOUR], [1]),
    "decimals": (
        Decimal,
        [Decimal("0.1"), Decimal("0.3"), None],
        Decimal,
        [Decimal("0.1")],
        [1],
    ),
    "decimals that are one float": (Decimal, [*CLOSE, CLOSE[0]], Decimal, [CLOSE[0]], [1]),
    "truth": (bool, [True, False, None], bool, [True], [1]),
}


def failing(here: Any, frame: Any, references: Any, column: str | None = "x") -> list[int]:
    """The positions of the rows that break the reference; their number is what the report counts."""
    report = check(here, frame, references=references, rows=None)
    found = [each for each in report.failures if each.rule == "references"]
    rows = [int(str(row.position)) for failure in found for row in failure.rows]
    assert report.counts[column, "references"] == len(rows)
    assert report.ok is (not rows)
    return rows


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("case", VALUES.values(), ids=VALUES)
def test_reference(case: tuple[type, list[Any], type, list[Any], list[int]], make: Any) -> None:
    own, values, other, known, rows = case
    here, there = schemas(own, other)
    frame = make({"x": (own, values)})
    assert failing(here, frame, {there: FRAMES["polars_eager"]({"y": (other, known)})}) == rows


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("case", VALUES.values(), ids=VALUES)
def test_the_other_frame_is_of_any_library(
    case: tuple[type, list[Any], type, list[Any], list[int]], make: Any
) -> None:
    own, values, other, known, rows = case
    here, there = schemas(own, other)
    frame = FRAMES["polars_eager"]({"x": (own, values)})
    assert failing(here, frame, {there: make({"y": (other, known)})}) == rows


class Weather(FeatureSchema):
    hour: int
    origin: str | None


class Flight(
    FeatureSchema, references={("hour", "origin"): (Weather.c.hour, Weather.c.origin)}, key=("hour", "origin")
):
    hour: int | None
    origin: str | None


PAIRS = {"hour": (int, [1, 2, 1, None, 3, 2]), "origin": (str, ["a", "b", "b", "a", None, "b"])}
WEATHER = {"hour": (int, [1, 2, 2, 9]), "origin": (str, ["a", "b", None, "b"])}


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_integers_stand_beside_decimals_where_decimals_are_declared(make: Any) -> None:
    here, there = schemas(Decimal, Decimal)
    whole = make({"x": (int, [2, 3, 2**53])})
    decimals = {"y": (Decimal, [Decimal(2), Decimal("3.5"), Decimal(2**53 + 1)])}
    assert failing(here, whole, {there: FRAMES["polars_eager"](decimals)}) == [1, 2]
    parts = make({"x": (Decimal, [Decimal(2), Decimal("2.0001")])})
    assert failing(here, parts, {there: FRAMES["polars_eager"]({"y": (int, [2, 10**17])})}) == [1]


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_decimals_that_are_one_float_are_told_apart_beside_other_columns(make: Any) -> None:
    body = {"__annotations__": {"y": Decimal, "z": str}, "__module__": __name__}
    there: Any = type("There", (FeatureSchema,), body)
    body = {"__annotations__": {"x": Decimal, "z": str}, "__module__": __name__}
    stated = {("x", "z"): (there.c.y, there.c.z)}
    metaclass: Any = type(FeatureSchema)
    here = metaclass("Here", (FeatureSchema,), body, references=stated)
    frame = make({"x": (Decimal, CLOSE), "z": (str, ["a", "a"])})
    others = make({"y": (Decimal, CLOSE[:1]), "z": (str, ["a"])})
    assert failing(here, frame, {there: others}, None) == [1]


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_composite_reference_asks_for_the_parts_together(make: Any) -> None:
    report = check(Flight, make(PAIRS), references={Weather: make(WEATHER)}, rows=None)
    assert (report.counts[None, "references"], report.counts[None, "key"]) == (1, 2)
    broken = {failure.rule: [row.position for row in failure.rows] for failure in report.failures}
    assert broken == {"key": [1, 5], "references": [2]}
    told = {failure.rule: failure.reason for failure in report.failures}
    assert told["references"] == "references (hour, origin in Weather (hour, origin)) failed in 1 of 6 rows"
    assert report.failures[1].rows[0].values == {"hour": 1, "origin": "b"}


class Employee(FeatureSchema):
    number: Identifier = field(unique=True, column="No")
    boss: Identifier | None = field(references="number")


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_table_refers_to_itself(make: Any) -> None:
    frame = make({"No": (str, ["a", "b", "c"]), "boss": (str, ["b", None, "z"])})
    report = check(Employee, frame, rows=None)
    assert report.counts["boss", "references"] == 1
    assert [row.position for row in report.failures[0].rows] == [2]
    assert report.failures[0].reason == "boss has values that the same table does not have in 1 of 3 rows"


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame])
def test_a_missing_frame_blocks_and_says_so(make: Any) -> None:
    report = check(Flight, make({"hour": [1], "origin": ["a"]}))
    assert not report.ok
    assert (None, "references") not in report.counts
    told = report.not_run[0]
    assert (told.rule, told.because, told.blocks) == ("references", "no frame of Weather was handed in", True)
    assert told.hint == "check(frame, references={Weather: frame_of_weather}) hands it in"


OBSTACLES: list[tuple[type, type, Any, str]] = [
    (str, str, pl.DataFrame({"z": ["a"]}), "the frame handed in has no column for There.y"),
    (str, str, pl.DataFrame({"y": [1]}), '"x" holds str and There.y int'),
    (
        datetime.datetime,
        datetime.datetime,
        pl.DataFrame({"y": [ZONED]}),
        "of the times of both columns those of There.y alone have a zone",
    ),
]


@pytest.mark.parametrize(("own", "other", "frame", "said"), OBSTACLES)
def test_a_frame_that_cannot_be_asked_blocks(own: type, other: type, frame: Any, said: str) -> None:
    here, there = schemas(own, other)
    values = {str: ["a"], datetime.datetime: [NOON]}[own]
    report = check(here, pl.DataFrame({"x": values}), references={there: frame})
    assert not report.ok
    assert report.not_run[0].because == said


def test_a_column_of_nulls_refers_to_anything() -> None:
    here, there = schemas(str, str)
    frames = {there: pl.DataFrame({"y": [None, None]})}
    assert check(here, pl.DataFrame({"x": [None]}), references=frames).counts["x", "references"] == 0
    assert check(here, pl.DataFrame({"x": ["a"]}), references=frames).counts["x", "references"] == 1


def test_what_is_handed_in_is_a_frame() -> None:
    with pytest.raises(FrameError):
        check(Flight, pl.DataFrame({"hour": [1], "origin": ["a"]}), references={Weather: 3})


def test_a_frame_of_a_narrower_schema_will_do() -> None:
    class LocalWeather(Weather):
        wind: float

    frame = pl.DataFrame({"hour": [1], "origin": ["a"], "wind": [0.5]})
    report = check(Flight, pl.DataFrame({"hour": [1], "origin": ["a"]}), references={LocalWeather: frame})
    assert report.ok


@pytest.mark.usefixtures("path")
def test_a_division_by_references() -> None:
    for make in (pl.DataFrame, pd.DataFrame, pl.LazyFrame):
        frame = make({"hour": [1, 1, 2], "origin": ["a", "z", "b"]})
        weather = pd.DataFrame({"hour": [1, 2], "origin": ["a", "b"]})
        good, bad = split(Flight, frame, references={Weather: weather})
        bad = bad.collect() if isinstance(bad, pl.LazyFrame) else bad
        good = good.collect() if isinstance(good, pl.LazyFrame) else good
        assert [list(each) for each in bad["__reasons__"]] == [["references"]]
        assert list(good["origin"]) == ["a", "b"]


def test_wide_and_narrow_integers_and_single_floats() -> None:
    here, there = schemas(int, int)
    for dtype in (pl.UInt64, pl.Int8, pl.Int128):
        frame = pl.DataFrame({"x": pl.Series([1, 2, 5], dtype=dtype)})
        with only_native():
            for known in (pl.Series([1, 5], dtype=pl.UInt8), pl.Series([1, 5, 2**63], dtype=pl.UInt64)):
                assert failing(here, frame, {there: pl.DataFrame({"y": known})}) == [1]
    here, there = schemas(float, float)
    frames: list[Any] = [
        pl.DataFrame({"x": pl.Series([0.1, 0.2], dtype=pl.Float32)}),
        pd.DataFrame({"x": pd.Series([0.1, 0.2], dtype="float32")}),
    ]
    for narrow in frames:
        assert failing(here, narrow, {there: pl.DataFrame({"y": [0.1]})}) == [1]
        with only_native():
            assert failing(here, narrow, {there: pl.DataFrame({"y": [0.1]})}) == [1]
