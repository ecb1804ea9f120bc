"""Generated tables keep every rule that is declared, seek what breaks code, and repeat with their seed."""

import datetime as dt
import re
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from tests.laws.right_features import Minutes, Mph
from typedml import (
    COUNT,
    SIMPLEX,
    Bearing,
    Celsius,
    ClockHHMM,
    Count,
    FeatureSchema,
    Identifier,
    Latitude,
    Probability,
    Threshold,
    field,
    rule,
)
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.laws.build import arguments
from typedml.laws.case import Case, Column
from typedml.laws.cross_rules import holds
from typedml.laws.generate import cases
from typedml.laws.grid import within
from typedml.laws.inputs import inputs_of
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable


class Everything(FeatureSchema):
    """One column of every sort of rule."""

    key: str = field(unique=True)
    code: str = field(pattern=r"^[A-Z]{2}\d{3,4}$")
    size: str = field(isin=["S", "M", "L"])
    when: dt.datetime = field(increasing=True)
    born: dt.date
    waited: dt.timedelta
    open: bool
    delay: Minutes | None = field(null_fraction=0.25)
    wind: Mph = field(ge=0, le=253)
    gust: Mph = field(ge=0, le=253)
    p: Probability
    seats: Annotated[int, COUNT] = field(ge=1, le=853)
    grade: int = field(isin=[1, 2, 3])
    heat: Celsius
    where: Latitude
    course: Bearing
    clock: ClockHHMM
    tag: Identifier
    small: float = field(gt=0.001, lt=0.002)
    large: float = field(gt=1e9)
    below: float = field(lt=-5)

    @rule
    def gust_at_least_wind(c: Any) -> Any:
        return c.gust >= c.wind

    @rule
    def busy_or_open(c: Any) -> Any:
        return c.open | (c.seats > 20) | c.delay.is_null()


def everything(table: Annotated[pd.DataFrame, Everything], cut: Threshold[Minutes] = 15.0) -> Count:
    return len(table)


def generated(function: Any = everything, tables: int = 40, seed: int = 0) -> list[Case]:
    declared = read(function)
    assert isinstance(declared, DeclaredFunction)
    return cases(inputs_of(declared), tables=tables, seed=seed)


def columns(name: str, tables: int = 40) -> list[Column]:
    return [
        column for case in generated(tables=tables) for column in case.columns if column.input.name == name
    ]


def values(name: str) -> list[Any]:
    return [
        v for c in columns(name) for v, missing in zip(c.values.tolist(), c.null, strict=True) if not missing
    ]


def test_tables_rotate_through_five_sizes() -> None:
    assert [case.rows for case in generated(tables=8)] == [5, 2, 9, 12, 5, 1, 9, 12]


def test_kinds_and_bounds_are_kept() -> None:
    for case in generated():
        for column in case.columns:
            if column.input.is_number and column.input.name != "grade":
                assert within(column.input, column.values)[~column.null].all(), column.input.name


def test_membership_and_patterns_are_kept() -> None:
    assert set(values("size")) == {"S", "M", "L"}
    assert set(values("grade")) == {1, 2, 3}
    assert all(re.search(r"^[A-Z]{2}\d{3,4}$", code) for code in values("code"))


def test_unique_columns_have_no_ties_and_other_keys_do() -> None:
    assert all(len(set(column.values)) == len(column.values) for column in columns("key"))
    assert any(len(set(column.values)) < len(column.values) for column in columns("code"))


def test_increasing_columns_increase() -> None:
    assert all((np.diff(column.values) > np.timedelta64(0)).all() for column in columns("when"))


def test_nulls_are_where_they_are_declared_and_as_many_as_declared() -> None:
    assert {c.input.name for case in generated() for c in case.columns if c.null.any()} == {"delay"}
    assert all(column.null.mean() <= 0.25 for column in columns("delay"))
    assert any(not column.null.any() for column in columns("delay"))


def test_a_table_is_long_enough_for_a_null_where_few_are_admitted() -> None:
    class Rare(FeatureSchema):
        delay: Minutes | None = field(null_fraction=0.05)
        hidden: Minutes | None = field(null_fraction=0.001)

    def late(table: Annotated[pd.DataFrame, Rare]) -> Count:
        return len(table)

    for seed in range(5):
        found = generated(late, 8, seed)
        assert [case.rows for case in found] == [5, 2, 9, 12, 5, 1, 9, 20]
        assert [int(case.columns[0].null.sum()) for case in found] == [0, 0, 0, 0, 0, 0, 0, 1]


def test_a_table_is_no_longer_than_its_unique_values() -> None:
    class Grades(FeatureSchema):
        grade: int = field(isin=list(range(15)), unique=True)
        delay: Minutes | None = field(null_fraction=0.05)

    def late(table: Annotated[pd.DataFrame, Grades]) -> Count:
        return len(table)

    assert [case.rows for case in generated(late, 8)] == [5, 2, 9, 12, 5, 1, 9, 12]


def test_cross_column_rules_are_kept() -> None:
    assert all(holds(case).all() for case in generated())


def test_the_values_of_a_column_lie_on_a_dyadic_grid() -> None:
    steps = np.asarray(values("delay")) * 1024
    assert (steps == np.round(steps)).all()


def test_zero_and_one_are_no_ordinary_values() -> None:
    ordinary = values("delay") + values("p") + values("tag")
    assert not {0.0, 1.0} & set(ordinary)


def test_thresholds_are_sought_with_a_step_to_either_side() -> None:
    near = sorted({delay for delay in map(abs, values("delay")) if abs(delay - 15) < 0.2})
    assert 15.0 in near
    assert near[0] < 15.0 < near[-1]


def test_some_tables_have_both_signs_and_others_none() -> None:
    negative = [bool((column.values[~column.null] < 0).any()) for column in columns("delay", 8)]
    assert negative == [False, False, False, True] * 2


HOLIDAYS = frozenset({dt.date(2024, 12, 25), dt.date(2024, 7, 4)})
LAST = frozenset({dt.date.max})


class Visit(FeatureSchema):
    """A visit, by its moment and by its day."""

    at: dt.datetime
    day: dt.date


def holidays_met(visits: Annotated[pd.DataFrame, Visit], holidays: frozenset[dt.date] = HOLIDAYS) -> Count:
    return int(visits["day"].isin(holidays).sum())


def test_days_that_a_default_names_are_met_in_some_tables_and_not_in_others() -> None:
    met: dict[str, list[set[dt.date]]] = {"at": [], "day": []}
    for case in generated(holidays_met, tables=16):
        for column in case.columns_of(BASE):
            days = set(column.values.astype("datetime64[D]").tolist())
            met[column.input.name].append(days & HOLIDAYS)
    for days_met in met.values():
        assert set().union(*days_met) == HOLIDAYS
        assert set() in days_met


def days_with_an_end(visits: Annotated[pd.DataFrame, Visit], days: frozenset[dt.date] = LAST) -> Count:
    return int(visits["day"].isin(days).sum())


def test_the_last_day_of_all_is_no_day_about_which_tables_lie() -> None:
    for case in generated(days_with_an_end):
        for column in case.columns_of(BASE):
            assert column.values.max() < np.datetime64("2100")


def test_clock_times_exist() -> None:
    assert all(clock % 100 < 60 and clock < 2400 for clock in values("clock"))


def test_values_repeat_within_a_column_and_between_like_columns() -> None:
    assert any(len(set(c.values)) < len(c.values) for c in columns("where"))

    class Pair(FeatureSchema):
        first: Minutes
        second: Minutes

    def twice(pairs: Annotated[pd.DataFrame, Pair]) -> Count:
        return len(pairs)

    assert any((case.columns[0].values == case.columns[1].values).any() for case in generated(twice))


def test_a_simplex_adds_to_exactly_one() -> None:
    class Shares(FeatureSchema):
        rain: Annotated[float, SIMPLEX]
        snow: Annotated[float, SIMPLEX]
        neither: Annotated[float, SIMPLEX]

    def whole(shares: Annotated[pd.DataFrame, Shares]) -> Count:
        return len(shares)

    for case in generated(whole):
        assert (np.sum([column.values for column in case.columns], axis=0) == 1.0).all()


def test_the_same_seed_gives_the_same_tables() -> None:
    first, second, other = (repr([shown(case) for case in generated(seed=seed)]) for seed in (4, 4, 5))
    assert first == second
    assert first != other


def shown(case: Case) -> list[Any]:
    return [column.values.tolist() for column in case.columns]


def test_a_frame_is_built_in_the_library_that_is_declared() -> None:
    def lazy(table: Annotated[pl.LazyFrame, Everything]) -> Count:
        return 3

    def eager(table: Annotated[pl.DataFrame, Everything]) -> Count:
        return 3

    assert isinstance(arguments(generated(lazy, 1)[0])["table"], pl.LazyFrame)
    built = arguments(generated(eager, 1)[0])["table"]
    assert isinstance(built, pl.DataFrame)
    assert built.schema["open"] == pl.Boolean
    assert arguments(generated(tables=1)[0])["table"].columns.tolist() == built.columns


@pytest.mark.parametrize(
    "pattern", ["^N[0-9A-Z]{2,5}$", r"^\w+@\w+\.(com|org)$", "^[^a-z ]{3}$", "^(?:ab)+$"]
)
def test_texts_are_drawn_from_a_pattern(pattern: str) -> None:
    class Coded(FeatureSchema):
        code: str = field(pattern=pattern)

    def count(table: Annotated[pd.DataFrame, Coded]) -> Count:
        return len(table)

    codes = [code for case in generated(count, 8) for code in case.columns[0].values]
    assert len(set(codes)) > 1
    assert all(re.search(pattern, code) for code in codes)


def test_a_rule_that_no_row_keeps_is_named() -> None:
    class Never(FeatureSchema):
        x: Minutes = field(gt=0, le=10)
        y: Minutes = field(gt=20)

        @rule
        def x_above_y(c: Any) -> Any:
            return c.x > c.y

    def count(table: Annotated[pd.DataFrame, Never]) -> Count:
        return len(table)

    with pytest.raises(Unfillable, match="x_above_y"):
        generated(count)


class Ordered(FeatureSchema):
    """Columns in an order, by themselves and by another column, and texts of a length."""

    day: int
    left: float = field(decreasing=True)
    total: float = field(increasing="day")
    rest: float = field(decreasing="day")
    code: str = field(min_length=4, max_length=5)
    plate: str = field(pattern="[A-Z]+", max_length=1)


class Shared(FeatureSchema):
    group: str
    part: float = field(ge=0)

    @rule
    def part_of_group(c: Any) -> Any:
        return c.part <= c.part.sum(by=c.group)


def ordered(table: Annotated[pd.DataFrame, Ordered]) -> Count:
    return len(table)


def shared(table: Annotated[pd.DataFrame, Shared]) -> Count:
    return len(table)


def test_orders_and_lengths_are_kept() -> None:
    for case in generated(ordered, tables=4):
        found = {column.input.name: column.values for column in case.columns}
        report = Ordered.check(pd.DataFrame(found))
        assert {key: count for key, count in report.counts.items() if count} == {}


def test_a_rule_of_many_rows_is_said_not_to_be_drawn() -> None:
    with pytest.raises(Unfillable, match=r"without `\.sum\(\)`"):
        generated(shared, tables=1)
