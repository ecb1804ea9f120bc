"""Several tables of one feature: their keys meet, and every one keeps its own declaration."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pytest

from typedml import (
    IDENTIFIER,
    Category,
    Count,
    FeatureSchema,
    Group,
    Kind,
    Longitude,
    Past,
    Timestamp,
    Train,
    Unit,
    feature,
    field,
    rule,
)
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.errors import DeclarationError
from typedml.laws.build import arguments
from typedml.laws.case import Case
from typedml.laws.generate import cases
from typedml.laws.inputs import inputs_of
from typedml.laws.placing import BASE

Minutes = Annotated[float, Unit("minute")]
Feet = Annotated[float, Unit("foot")]
AirportCode = Annotated[str, Kind("AirportCodeOfTables", parent=IDENTIFIER)]


class Airport(FeatureSchema):
    """An airport, by its code."""

    faa: AirportCode = field(unique=True, pattern="[A-Z]{3}")
    alt: Feet
    name: Category


class Station(FeatureSchema, key=("origin", "time_hour")):
    """An hour of weather at an airport."""

    origin: AirportCode = field(pattern="[A-Z]{3}")
    time_hour: Timestamp
    wind: Annotated[float, Unit("mph")] | None


class Flight(FeatureSchema, key=("carrier", "flight")):
    """A flight, which is looked up by nothing but its kinds and names."""

    carrier: str
    flight: int = field(gt=0)
    origin: AirportCode = field(isin=["EWR", "JFK", "LGA"])
    dest: AirportCode
    time_hour: Timestamp
    delay: Minutes | None

    @rule
    def ends_elsewhere(c: Any) -> Any:
        return ~c.origin.equals(c.dest)


class Referring(
    Flight,
    references={
        "dest": Airport.c.faa,
        ("origin", "time_hour"): (Station.c.origin, Station.c.time_hour),
    },
):
    """A flight whose airport and weather are known."""


class Person(FeatureSchema):
    """Somebody, and who leads them."""

    number: int = field(unique=True, ge=1)
    lead: int | None = field(references="number")


class Booking(FeatureSchema):
    """A booking of a person that is there."""

    person: int = field(references=Person.c.number)


class Hours(FeatureSchema, rows=24):
    """The hours of a day."""

    hour: int = field(unique=True, ge=0, lt=24)


def by_kind(
    flights: Annotated[pd.DataFrame, Flight],
    airports: Annotated[pd.DataFrame, Airport],
    weather: Annotated[pl.LazyFrame, Station],
) -> Count:
    return len(flights)


def by_reference(
    flights: Annotated[pl.DataFrame, Referring],
    airports: Annotated[pl.DataFrame, Airport],
    weather: Annotated[pl.DataFrame, Station],
) -> Count:
    return len(flights)


def chained(bookings: Annotated[pd.DataFrame, Booking], people: Annotated[pd.DataFrame, Person]) -> Count:
    return len(bookings)


def turned(people: Annotated[pd.DataFrame, Person], bookings: Annotated[pd.DataFrame, Booking]) -> Count:
    return len(people)


def fitted(flights: Annotated[pd.DataFrame, Flight], past: Train[Annotated[pd.DataFrame, Flight]]) -> Count:
    return len(flights)


def whole_day(hours: Annotated[pd.DataFrame, Hours], flights: Annotated[pd.DataFrame, Flight]) -> Count:
    return len(hours)


FEATURES = (by_kind, by_reference, chained, turned, fitted, whole_day)


def generated(function: Callable[..., Any], tables: int = 24, seed: int = 0) -> list[Case]:
    declared = read(function)
    assert isinstance(declared, DeclaredFunction)
    return cases(inputs_of(declared), tables=tables, seed=seed)


def frames(function: Callable[..., Any], **options: int) -> Iterator[tuple[Case, dict[type, Any]]]:
    declared = read(function)
    assert isinstance(declared, DeclaredFunction)
    for case in generated(function, **options):
        given = arguments(case)
        schemas = {p.name: p.schema.source for p in declared.parameters if p.schema is not None}
        yield case, {schemas[name]: frame for name, frame in given.items()}


@pytest.mark.parametrize("function", FEATURES)
def test_every_table_keeps_its_declaration_and_its_references(function: Callable[..., Any]) -> None:
    for case, tables in frames(function):
        for schema, frame in tables.items():
            references = {other: table for other, table in tables.items() if other is not schema}
            needed = {r.schema for r in schema.declared.references} | {  # type: ignore[attr-defined]
                f.rules.references.schema
                for f in schema.declared.fields  # type: ignore[attr-defined]
                if f.rules.references
            }
            known = {s: t for s, t in references.items() if s in needed}
            report = schema.check(frame, references=known)  # type: ignore[attr-defined]
            assert report.ok, f"{schema.__name__} of case {case.number}: {report}"


def keys(case: Case, names: tuple[str, ...], table: str = BASE) -> list[tuple[Any, ...]]:
    columns = [case.column(name, table) for name in names]
    return list(zip(*(column.values.tolist() for column in columns if column is not None), strict=True))


def test_keys_of_the_same_kind_meet_and_some_of_either_side_are_unseen() -> None:
    met = unseen = unused = 0
    for case in generated(by_kind):
        base, looked_up = set(keys(case, ("dest",))), set(keys(case, ("faa",), "airports"))
        met += bool(base & looked_up)
        unseen += bool(base - looked_up)
        unused += bool(looked_up - base)
    assert met >= 15
    assert unseen >= 4
    assert unused >= 4


def test_composite_keys_of_the_same_names_meet() -> None:
    names = ("origin", "time_hour")
    shared = [set(keys(c, names)) & set(keys(c, names, "weather")) for c in generated(by_kind)]
    assert sum(map(bool, shared)) >= 15


def test_every_row_of_the_base_table_has_its_declared_references() -> None:
    for case in generated(by_reference):
        names = ("origin", "time_hour")
        assert set(keys(case, ("dest",))) <= set(keys(case, ("faa",), "airports"))
        assert set(keys(case, names)) <= set(keys(case, names, "weather"))


def test_some_look_ups_are_empty_and_some_base_tables_of_one_row() -> None:
    found = generated(by_kind, 8)
    assert {case.rows for case in found} == {1, 2, 5, 9, 12}
    assert 0 in {case.rows_of("airports") for case in found}


def test_an_empty_look_up_has_the_types_of_its_columns() -> None:
    case = next(case for case in generated(by_kind, 8) if case.rows_of("weather") == 0)
    weather = arguments(case)["weather"].collect()
    assert weather.schema == {"origin": pl.String, "time_hour": pl.Datetime("us"), "wind": pl.Float64}
    assert weather.is_empty()


def test_keys_repeat_in_a_look_up_only_where_its_schema_allows_it() -> None:
    class Alias(FeatureSchema):
        faa: AirportCode = field(pattern="[A-Z]{3}")
        alias: str

    def aliased(flights: Annotated[pd.DataFrame, Flight], aliases: Annotated[pd.DataFrame, Alias]) -> Count:
        return len(flights)

    repeated = [len(set(k)) < len(k) for c in generated(aliased) for k in (keys(c, ("faa",), "aliases"),)]
    assert any(repeated)
    assert not all(repeated)


def test_groups_have_several_rows() -> None:
    for case in generated(by_kind):
        carriers = case.column("carrier")
        assert carriers is not None
        if case.rows >= 9 and case.number % 8 != 2:
            assert len(set(carriers.values)) <= 4


def test_one_table_has_hardly_any_key_twice() -> None:
    for seed in range(5):
        carriers = generated(by_kind, 8, seed)[2].column("carrier")
        assert carriers is not None
        assert len(set(carriers.values)) >= 5


def test_one_table_repeats_whole_rows_where_nothing_forbids_it() -> None:
    class Event(FeatureSchema):
        carrier: str
        delay: Minutes

    def count(flights: Annotated[pd.DataFrame, Event]) -> Count:
        return len(flights)

    for seed in range(5):
        rows = keys(generated(count, 8, seed)[4], ("carrier", "delay"))
        assert len(set(rows)) <= len(rows) - 2


def test_rows_with_a_key_are_not_repeated() -> None:
    class Keyed(FeatureSchema, key=("carrier", "flight")):
        carrier: str
        flight: int

    def count(flights: Annotated[pd.DataFrame, Keyed]) -> Count:
        return len(flights)

    for case in generated(count):
        rows = keys(case, ("carrier", "flight"))
        assert len(set(rows)) == len(rows)


def test_training_rows_are_of_the_same_groups() -> None:
    shared = [set(keys(c, ("carrier",))) & set(keys(c, ("carrier",), "past")) for c in generated(fitted)]
    assert sum(map(bool, shared)) >= 15


@feature(scope=Past("time_hour", by="carrier", window="24h"), rows="each")
def recent(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights["delay"]


@feature(scope=Group("flight"), rows="each")
def grouped(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("minute")]:
    return flights["delay"]


def test_windows_hold_some_rows_and_leave_out_others() -> None:
    day, inside, outside, edge, ties = np.timedelta64(24, "h"), 0, 0, 0, 0
    for case in generated(recent):
        if case.rows < 5:
            continue
        time = case.column("time_hour")
        assert time is not None
        gaps = np.abs(time.values[:, None] - time.values[None, :])[np.triu_indices(case.rows, 1)]
        inside += bool((gaps < day).any())
        outside += bool((gaps > day).any())
        ties += bool((gaps == np.timedelta64(0)).any())
        edge += int((gaps == day).sum())
    assert inside >= 15
    assert outside >= 15
    assert ties >= 5
    assert edge == 0


def test_numbers_that_rows_are_grouped_by_are_few() -> None:
    class Route(FeatureSchema):
        flight: int = field(gt=0)
        delay: Minutes

    @feature(scope=Group("flight"), rows="each")
    def mean(routes: Annotated[pd.DataFrame, Route]) -> Annotated["pd.Series[float]", Unit("minute")]:
        return routes["delay"]

    assert all(len(set(keys(case, ("flight",)))) <= 3 for case in generated(mean) if case.number % 8 != 2)


def test_a_rule_of_two_tables_that_cannot_be_kept_is_named() -> None:
    class Never(FeatureSchema):
        code: str = field(pattern="[a-z]{2}", unique=True)

    class Wanting(FeatureSchema):
        code: str = field(pattern="[A-Z]{2}", references=Never.c.code)

    def impossible(rows: Annotated[pd.DataFrame, Wanting], others: Annotated[pd.DataFrame, Never]) -> Count:
        return len(rows)

    with pytest.raises(Exception, match="`code` among `code`") as caught:
        generated(impossible)
    assert not isinstance(caught.value, DeclarationError)


def test_a_look_up_is_found_whose_rule_few_rows_keep() -> None:
    class Western(FeatureSchema):
        code: str = field(pattern="[A-Z]{3}", unique=True)
        lon: Longitude = field(ge=-180, le=180)

        @rule
        def lies_in_the_west(c: Any) -> Any:
            return (c.lon < -120) | (c.lon > 172)

    class Trip(FeatureSchema, references={"start": Western.c.code, "end": Western.c.code}):
        start: str = field(pattern="[A-Z]{3}")
        end: str = field(pattern="[A-Z]{3}")

    def ends(trips: Annotated[pd.DataFrame, Trip], places: Annotated[pd.DataFrame, Western]) -> None: ...

    for seed in range(5):
        assert max(case.rows for case in generated(ends, seed=seed)) >= 9


def test_the_same_seed_gives_the_same_tables() -> None:
    first, again = (
        repr([[column.values.tolist() for column in case.columns] for case in generated(by_kind, seed=3)])
        for _ in range(2)
    )
    assert first == again


def test_times_are_of_one_clock_in_an_as_of_table() -> None:
    class Price(FeatureSchema):
        since: dt.datetime
        carrier: str
        price: Annotated[float, Unit("USD")]

    @feature(scope=Past("time_hour", by="carrier", window="2h"), asof={"prices": "since"}, rows="each")
    def priced(
        flights: Annotated[pd.DataFrame, Flight], prices: Annotated[pd.DataFrame, Price]
    ) -> Annotated["pd.Series[float]", Unit("USD")]:
        return flights["delay"]

    before = after = 0
    for case in generated(priced):
        base, since = case.column("time_hour"), case.column("since", "prices")
        assert base is not None
        assert since is not None
        gaps = base.values[:, None] - since.values[None, :]
        before += bool((gaps > np.timedelta64(0)).any())
        after += bool((gaps < np.timedelta64(0)).any())
        assert gaps.size == 0 or np.abs(gaps).max() <= np.timedelta64(8, "h")
    assert before >= 15
    assert after >= 15


class Stored(FeatureSchema):
    """Columns that no dtype of numpy holds as declared, and columns of a width."""

    small: int | None = field(dtype="int16", ge=0)
    single: float = field(dtype="float32")
    price: Decimal | None
    day: dt.date | None
    waited: dt.timedelta | None
    open: bool
    since: dt.datetime = field(ge=dt.datetime(2030, 1, 1), lt=dt.datetime(2030, 2, 1))
    late: dt.date = field(gt=dt.date(1999, 12, 31), le=dt.date(2000, 3, 1), unique=True)


@pytest.mark.parametrize("carrier", [pd.DataFrame, pl.DataFrame])
def test_columns_are_stored_as_they_are_declared(carrier: type) -> None:
    def stored(rows: Any) -> Count:
        return len(rows)

    stored.__annotations__["rows"] = Annotated[carrier, Stored]
    for _, tables in frames(stored):
        report = Stored.check(tables[Stored])
        assert report.ok, str(report)


class Zoned(FeatureSchema):
    """Moments on the clock of a place."""

    at: dt.datetime = field(ge=dt.datetime(2013, 1, 1, tzinfo=ZoneInfo("America/New_York")))
    until: dt.datetime | None = field(examples=[dt.datetime(2013, 1, 1, tzinfo=dt.UTC)])


@pytest.mark.parametrize("carrier", [pd.DataFrame, pl.DataFrame])
def test_moments_with_a_zone_show_the_hour_that_comes_twice(carrier: type) -> None:
    def zoned(rows: Any) -> Count:
        return len(rows)

    zoned.__annotations__["rows"] = Annotated[carrier, Zoned]
    folds = set()
    for _, tables in frames(zoned):
        frame = tables[Zoned]
        assert Zoned.check(frame).ok, str(Zoned.check(frame))
        moments = frame["at"].to_list()
        assert {str(moment.tzinfo) for moment in moments} == {"America/New_York"}
        local = [moment.replace(tzinfo=None) for moment in moments]
        folds |= {moment.hour for moment in local if moment.date() == dt.date(2013, 11, 3)}
        assert all(moment.fold in (0, 1) for moment in moments)
    assert 1 in folds


def test_naive_moments_lie_in_the_hours_that_clocks_show_twice() -> None:
    hours = {"2013-11-03T01", "2013-10-27T02"}
    seen = {str(np.datetime64(v, "h")) for c in generated(by_kind) for (v,) in keys(c, ("time_hour",))}
    assert hours <= seen
