"""Strategies of Hypothesis: they keep the declaration, are found by `from_type`, and shrink well."""

import contextlib
import datetime as dt
import re
import subprocess
import sys
import tomllib
import types
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Annotated, Any, TypedDict, get_args

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, find, given, reject, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import typedml
from typedml import (
    PROBABILITY,
    ClockHHMM,
    Count,
    FeatureSchema,
    Latitude,
    Probability,
    Timestamp,
    Unit,
    field,
    rule,
)
from typedml.declare.markers import Marker
from typedml.errors import DeclarationError
from typedml.hypothesis import strategy, tables

Minutes = Annotated[float, Unit("minute")]
Km = Annotated[float, Unit("km")]
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class Airport(FeatureSchema):
    faa: str = field(unique=True, pattern=r"[A-Z]\w{2}")
    alt: Annotated[float, Unit("foot")] = field(ge=-282, le=20_310)


class Trip(FeatureSchema, key=("carrier", "number"), rows=(1, None)):
    """One column of every sort."""

    carrier: str = field(isin=["AA", "B6"])
    number: int = field(gt=0, lt=50)
    origin: str = field(references=Airport.c.faa)
    departed: Timestamp = field(ge=dt.datetime(2013, 1, 1))
    landed: Timestamp
    wind: Annotated[float, Unit("mph")] = field(ge=0, le=253)
    gust: Annotated[float, Unit("mph")] | None = field(ge=0, le=253)
    seats: Count
    small: int | None = field(dtype="int16")
    single: float = field(dtype="float32", gt=0.1)
    price: Decimal = field(gt=0)
    day: dt.date | None
    waited: dt.timedelta = field(ge=dt.timedelta())
    open: bool
    p: Probability | None = field(null_fraction=0.25)
    where: Latitude
    clock: ClockHHMM
    order: int = field(increasing=True)
    total: float = field(increasing="order")
    code: str = field(min_length=2, max_length=4)

    @rule
    def lands_after_departure(c: Any) -> Any:
        return c.departed < c.landed

    @rule
    def gust_at_least_wind(c: Any) -> Any:
        return (c.gust >= c.wind) & (c.wind <= 200)


class Odd(FeatureSchema):
    """Rules that are no comparison of two columns."""

    a: int = field(ge=0, le=9)
    b: int = field(ge=0, le=9)

    @rule
    def differs(c: Any) -> Any:
        return ~c.a.equals(c.b)

    @rule
    def adds_up(c: Any) -> Any:
        return c.a + c.b >= 3


class Person(FeatureSchema):
    number: int = field(unique=True)
    lead: int | None = field(references="number")


AIRPORTS = pd.DataFrame({"faa": ["JFK", "EWR"], "alt": [13.0, 18.0]})


@pytest.mark.parametrize("library", ["pandas", "polars", "records"])
def test_what_is_drawn_keeps_every_rule(library: Any) -> None:
    @FEW
    @given(strategy(Trip, library=library, rows=(0, 6), references={Airport: AIRPORTS}))
    def check(rows: Any) -> None:
        report = Trip.check(rows, references={Airport: AIRPORTS})
        assert report.ok, str(report)
        assert 1 <= len(rows) <= 6

    check()


@pytest.mark.parametrize("schema", [Odd, Person])
def test_other_rules_and_references_within_a_table_are_kept(schema: Any) -> None:
    @FEW
    @given(strategy(schema))
    def check(frame: pd.DataFrame) -> None:
        report = schema.check(frame)
        assert report.ok, str(report)

    check()


def test_tables_of_several_schemas_refer_to_one_another() -> None:
    @FEW
    @given(tables(Trip, Airport, library="polars", rows=(1, 5)))
    def check(found: dict[Any, pl.DataFrame]) -> None:
        assert Trip.check(found[Trip], references={Airport: found[Airport]}).ok
        assert Airport.check(found[Airport]).ok

    check()


def aliases() -> list[Any]:
    names = (name for name in dir(typedml) if isinstance(getattr(typedml, name), Marker))
    by_marker = {getattr(typedml, name): name for name in names}
    found = []
    for name in dir(typedml):
        alias = getattr(typedml, name)
        metadata = getattr(alias, "__metadata__", ())
        if metadata and metadata[0] in by_marker and isinstance(get_args(alias)[0], type):
            found.append(pytest.param(alias, id=name))
    return found


@pytest.mark.parametrize("alias", aliases())
def test_every_alias_has_a_strategy_whose_values_its_marker_accepts(alias: Any) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.from_type(alias))
    def check(value: Any) -> None:
        marker = alias.__metadata__[0]
        assert marker(value) == value
        assert isinstance(value, get_args(alias)[0])

    check()


def test_all_aliases_are_tried() -> None:
    assert len(aliases()) > 40


def test_arguments_of_annotated_functions_are_drawn() -> None:
    seen = []

    def late(p: Probability, delay: Annotated[float, Unit("minute")], seats: Count) -> bool:
        seen.append((p, delay, seats))
        return True

    @settings(max_examples=30, deadline=None)
    @given(st.builds(late))
    def check(value: bool) -> None:
        assert value

    check()
    assert all(0 <= p <= 1 and np.isfinite(d) and s >= 0 and isinstance(s, int) for p, d, s in seen)

    @settings(max_examples=10, deadline=None)
    @given(...)
    def inferred(p: Probability, frame: Annotated[pd.DataFrame, Airport]) -> None:
        assert 0 <= p <= 1
        assert Airport.check(frame).ok

    inferred()


@dataclass
class Leg:
    distance: Km
    p: Probability


class Ride(TypedDict):
    distance: Km
    minutes: Minutes | None


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (Km, float),
        (Annotated[int, Unit("km")], int),
        (Annotated[NDArray[np.float64], PROBABILITY], np.ndarray),
        (Annotated[pd.Series, Unit("km")], pd.Series),
        (Annotated[pl.Series, Unit("km")], pl.Series),
        (Annotated[pl.LazyFrame, Airport], pl.LazyFrame),
        (Annotated[pl.DataFrame, Airport], pl.DataFrame),
        (list[Probability], list),
        (tuple[Probability, Km], tuple),
        (Leg, Leg),
        (Ride, dict),
    ],
)
def test_annotations_are_drawn_in_their_carrier(annotation: Any, kind: type) -> None:
    once = settings(max_examples=3, phases=[Phase.generate])
    assert isinstance(find(strategy(annotation), lambda value: True, settings=once), kind)


def test_examples_shrink_to_small_plain_values() -> None:
    smallest = find(strategy(Airport, library="records", rows=(1, 5)), lambda rows: True)
    assert smallest == [{"faa": "A00", "alt": 0.0}]
    negative = find(strategy(Km), lambda x: x < 0)
    assert negative == -1.0
    frame = find(strategy(Odd), lambda frame: len(frame) >= 2, random=Random(1))
    assert len(frame) == 2
    assert frame.to_numpy().max() <= 3


def test_unique_values_of_a_full_domain_are_drawn_without_trial_and_error() -> None:
    class Day(FeatureSchema, rows=24):
        hour: int = field(unique=True, ge=0, lt=24)

    class Grid(FeatureSchema, key=("x", "y"), rows=9):
        x: int = field(ge=1, le=3)
        y: str = field(isin=["a", "b", "c"])

    @FEW
    @given(strategy(Day), strategy(Grid))
    def check(day: pd.DataFrame, grid: pd.DataFrame) -> None:
        assert Day.check(day).ok
        assert Grid.check(grid).ok

    check()


def test_a_zone_of_bounds_is_the_zone_of_what_is_drawn() -> None:
    class Zoned(FeatureSchema):
        at: dt.datetime = field(ge=dt.datetime(2013, 1, 1, tzinfo=dt.UTC))

    for library in ("pandas", "polars", "records"):

        @settings(max_examples=10, deadline=None)
        @given(strategy(Zoned, library=library, rows=(1, 3)))
        def check(rows: Any) -> None:
            report = Zoned.check(rows)
            assert report.ok, str(report)

        check()


def test_patterns_match_the_whole_text() -> None:
    class Coded(FeatureSchema):
        code: str = field(pattern=r"\d{2}[a-c]?", max_length=2)

    rows = strategy(Coded, library="records", rows=(1, 3))

    @FEW
    @given(rows)
    def check(found: list[dict[str, str]]) -> None:
        assert all(re.fullmatch("[0-9]{2}", row["code"]) for row in found)

    check()


class Sums(FeatureSchema):
    group: str
    part: float = field(ge=0)

    @rule
    def part_of_group(c: Any) -> Any:
        return c.part <= c.part.sum(by=c.group)


class Empty(FeatureSchema):
    low: float = field(ge=5)
    high: float = field(le=3)

    @rule
    def ordered(c: Any) -> Any:
        return c.low <= c.high


@pytest.mark.parametrize(
    ("declaration", "options", "fact"),
    [
        (Sums, {}, "over many rows"),
        (Empty, {}, "want a"),
        (Trip, {"rows": (3, 2)}, "no numbers of rows|are not numbers"),
        (Trip, {"library": "dask"}, "is unknown"),
        (Trip, {"references": {Airport: AIRPORTS[["alt"]]}}, "gives no column 'faa'"),
        (pd.DataFrame, {}, "without a meaning or a schema"),
    ],
)
def test_what_cannot_be_drawn_from_is_refused(declaration: Any, options: dict[str, Any], fact: str) -> None:
    with pytest.raises(DeclarationError, match=fact) as caught:
        strategy(declaration, **options)
    assert "Hint:" in str(caught.value)


FIELDS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (int, {"ge": -5, "lt": 40}),
    (int, {"unique": True}),
    (int | None, {"dtype": "uint8", "gt": 3}),
    (float, {"gt": 0, "le": 1}),
    (float | None, {"null_fraction": 0.5}),
    (float, {"decreasing": True}),
    (Probability, {"ge": 0.25}),
    (Annotated[int, typedml.COUNT, Unit("click")], {}),
    (Annotated[float, Unit("degC")], {"le": 40}),
    (Decimal, {"ge": Decimal("0.5"), "lt": 2}),
    (str, {"pattern": "[a-z]+[0-9]?"}),
    (str | None, {"isin": ["a", "b", None]}),
    (str, {"unique": True, "min_length": 1}),
    (bool | None, {}),
    (dt.datetime, {"increasing": True}),
    (dt.datetime | None, {"gt": dt.datetime(2200, 1, 1)}),
    (dt.date, {"lt": dt.date(1850, 1, 1)}),
    (dt.timedelta, {"gt": dt.timedelta(hours=1), "le": dt.timedelta(hours=2)}),
    (ClockHHMM, {"gt": 900}),
    (Annotated[str, typedml.IDENTIFIER], {"max_length": 3}),
)


@st.composite
def schemas(draw: Any) -> type[FeatureSchema]:
    """A schema of some of the fields, with a key, rules between columns of one type, and numbers of rows."""
    chosen = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=7))
    names = [f"f{place}" for place in range(len(chosen))]
    body: dict[str, Any] = {"__annotations__": dict(zip(names, (each[0] for each in chosen), strict=True))}
    body |= {name: field(**rules) for name, (_, rules) in zip(names, chosen, strict=True)}
    numbers = [name for name, (kind, rules) in zip(names, chosen, strict=True) if kind in (int, float)]
    if len(numbers) > 1 and draw(st.booleans()):
        low, high = draw(st.permutations(numbers))[:2]
        body["below"] = rule(lambda c: c[low] <= c[high])
    key = draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    try:
        options: dict[str, Any] = {"key": tuple(key)} if key else {}
        return types.new_class("Drawn", (FeatureSchema,), options, lambda made: made.update(body))
    except DeclarationError:
        reject()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas(), st.sampled_from(["pandas", "polars", "records"]), st.data())
def test_what_is_drawn_from_any_schema_passes_its_boundary(schema: Any, library: Any, data: Any) -> None:
    with contextlib.suppress(DeclarationError):
        rows = data.draw(strategy(schema, library=library, rows=(0, 8)))
        report = schema.check(rows)
        assert report.ok, str(report)


@pytest.mark.campaign
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas(), st.sampled_from(["pandas", "polars", "records"]), st.data())
def test_what_is_drawn_from_many_schemas_passes_its_boundary(schema: Any, library: Any, data: Any) -> None:
    test_what_is_drawn_from_any_schema_passes_its_boundary.hypothesis.inner_test(schema, library, data)  # type: ignore[attr-defined]


def test_the_entry_point_that_hypothesis_imports_is_there() -> None:
    text = Path(typedml.__file__).parents[1].joinpath("pyproject.toml").read_text()
    module = tomllib.loads(text)["project"]["entry-points"]["hypothesis"]["typedml"]
    assert import_module(module).strategy is strategy


@pytest.mark.parametrize("first", ["typedml.hypothesis", "hypothesis"])
def test_annotations_have_strategies_whichever_module_is_imported_first(first: str) -> None:
    # In a process of its own: Hypothesis calls entry points once, while it is imported.
    code = (
        f"import {first}\n"
        "from hypothesis import strategies as st\n"
        "from typedml import Probability\n"
        "print(st.from_type(Probability))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.stderr, done.stdout[:36]) == ("", "floats(min_value=0.0, max_value=1.0,")
