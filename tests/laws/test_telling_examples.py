"""A proposed worked example has one of each sort: of results, of nulls, of keys, of orders, of times."""

import datetime as dt
from typing import Annotated, Any

import pandas as pd
import polars as pl
import pytest

from typedml import BINARY, Category, FeatureSchema, Group, Past, Unit, feature, field
from typedml.laws import check_laws

Mmol = Annotated[float, Unit("mmol/L")]
Kg = Annotated[float, Unit("kg")]


def proposed(given: Any) -> list[tuple[dict[str, Any], Any]]:
    """The examples that a report proposes, as pasting them would read them."""
    report = check_laws(given)
    assert report.ok, str(report)
    return list(eval(report.skeleton.removeprefix("examples="), {"dt": dt, "nan": float("nan")}))


def anion_gap(sodium: Mmol, chloride: Mmol, bicarbonate: Mmol) -> Mmol:
    return sodium - (chloride + bicarbonate)


def test_calls_are_proposed_with_results_of_either_sign() -> None:
    results = [result for _, result in proposed(anion_gap)]
    assert min(results) < 0 < max(results)


class Lab(FeatureSchema):
    """One lab value."""

    ward: Category
    drawn: dt.datetime
    value: Mmol = field(gt=0)
    low: Mmol = field(gt=0)
    high: Mmol = field(gt=0)


Labs = Annotated[pl.DataFrame, Lab]


@feature(rows="each")
def out_of_bounds(labs: Labs) -> Annotated[pl.Series, BINARY]:
    return labs.select(out=~pl.col("value").is_between(pl.col("low"), pl.col("high")))["out"]


@pytest.mark.parametrize("closed", ["none", "left", "right"])
def test_columns_of_one_meaning_are_proposed_in_every_order_and_equal(closed: Any) -> None:
    @feature(rows="each", examples=proposed(out_of_bounds))
    def otherwise(labs: Labs) -> Annotated[pl.Series, BINARY]:
        return labs.select(out=~pl.col("value").is_between(pl.col("low"), pl.col("high"), closed=closed))[
            "out"
        ]

    assert not check_laws(otherwise, only="anchor").ok


def test_an_order_of_columns_that_a_decision_reads_is_not_left_out() -> None:
    @feature(rows="each", examples=proposed(out_of_bounds))
    def too_high(labs: Labs) -> Annotated[pl.Series, BINARY]:
        return labs.select(out=pl.col("value") > pl.col("high"))["out"]

    assert not check_laws(too_high, only="anchor").ok


class Stay(FeatureSchema):
    """One stay in a ward."""

    ward: Category
    admitted: dt.datetime
    weight: Kg | None = field(gt=30, lt=200)


Stays = Annotated[pd.DataFrame, Stay]
Weights = Annotated["pd.Series[float] | None", Unit("kg")]


@feature(rows="each", scope=Group("ward"), nulls="handle")
def filled(stays: Stays) -> Weights:
    return stays["weight"].fillna(stays.groupby("ward")["weight"].transform("median"))


@feature(rows="each", scope=Past("admitted", by="ward"), nulls="handle")
def carried(stays: Stays) -> Weights:
    ordered = stays.sort_values(["ward", "admitted", "weight"], na_position="first", kind="stable")
    weights = ordered.groupby("ward")["weight"].ffill()
    return weights.groupby([ordered["ward"], ordered["admitted"]]).transform("last").reindex(stays.index)


@pytest.mark.parametrize("given", [filled, carried], ids=lambda f: f.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_nulls_are_proposed_in_line_beside_values_and_alone(given: Any, seed: int) -> None:
    written = check_laws(given, seed=seed).skeleton.removeprefix("examples=")
    first, _ = eval(written, {"dt": dt, "nan": float("nan")})[0]
    stays = pd.DataFrame(first["stays"])
    missing = stays["weight"].isna()
    assert missing.any()
    groups = missing.groupby(stays["ward"])
    assert groups.sum().max() >= 2
    assert (groups.sum() < groups.size()).any()


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_for_a_null_is_not_determined_by_units(seed: int) -> None:
    report = check_laws(filled, seed=seed)
    assert report.ok
    assert [each.output for each in report.undetermined] == ["filled"]


def test_nulls_in_line_are_told_from_single_ones() -> None:
    ordered_by = ["ward", "admitted", "weight"]

    @feature(rows="each", scope=Past("admitted", by="ward"), nulls="handle", examples=proposed(carried))
    def carried_once(stays: Stays) -> Weights:
        ordered = stays.sort_values(ordered_by, na_position="first", kind="stable")
        weights = ordered.groupby("ward")["weight"].ffill(limit=1)
        return weights.groupby([ordered["ward"], ordered["admitted"]]).transform("last").reindex(stays.index)

    @feature(rows="each", scope=Past("admitted", by="ward"), nulls="handle", examples=proposed(carried))
    def carried_from_nothing(stays: Stays) -> Weights:
        ordered = stays.sort_values(ordered_by, na_position="first", kind="stable")
        weights = ordered.groupby("ward")["weight"].ffill()
        weights = weights.groupby([ordered["ward"], ordered["admitted"]]).transform("last")
        return weights.fillna(-1.0).reindex(stays.index)

    assert not check_laws(carried_once, only="anchor").ok
    assert not check_laws(carried_from_nothing, only="anchor").ok


class Ward(FeatureSchema, key="ward"):
    """One ward."""

    ward: Category
    beds: Annotated[float, Unit("bed")] = field(gt=0)


Wards = Annotated[pd.DataFrame, Ward]
Beds = Annotated["pd.Series[float] | None", Unit("bed")]


@feature(rows="each")
def beds(stays: Stays, wards: Wards) -> Beds:
    return stays["ward"].map(wards.set_index("ward")["beds"]).astype(float)


@pytest.mark.parametrize("seed", range(4))
def test_a_key_that_is_not_found_is_proposed(seed: int) -> None:
    written = check_laws(beds, seed=seed).skeleton.removeprefix("examples=")
    ((given, result), *_) = eval(written)
    missing = set(given["stays"]["ward"]) - set(given["wards"]["ward"])
    assert missing
    assert set(given["stays"]["ward"]) & set(given["wards"]["ward"])
    assert None in result


@feature(rows="each")
def at_the_weekend(stays: Stays) -> Annotated["pd.Series[bool]", BINARY]:
    local = stays["admitted"].dt.tz_localize("UTC").dt.tz_convert("Europe/Berlin")
    return local.dt.dayofweek >= 5


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT-1", "Etc/GMT-2", "America/New_York"])
def test_proposed_times_tell_zones_and_summer_time(zone: str) -> None:
    @feature(rows="each", examples=proposed(at_the_weekend))
    def elsewhere(stays: Stays) -> Annotated["pd.Series[bool]", BINARY]:
        local = stays["admitted"].dt.tz_localize("UTC").dt.tz_convert(zone)
        return local.dt.dayofweek >= 5

    assert not check_laws(elsewhere, only="anchor").ok


@feature(rows="each", asof={"labs": "drawn"})
def last_value(
    visits: Annotated[pd.DataFrame, Stay], labs: Annotated[pd.DataFrame, Lab]
) -> Annotated["pd.Series[float] | None", Unit("mmol/L")]:
    return _met(visits, labs)


def _met(visits: pd.DataFrame, labs: pd.DataFrame, how: str = "mean", **options: Any) -> Any:
    values: Any = labs.groupby(["ward", "drawn"], as_index=False)["value"].agg(how)
    met = pd.merge_asof(
        visits.sort_values("admitted")[["ward", "admitted"]],
        values.sort_values("drawn"),
        left_on="admitted",
        right_on="drawn",
        by="ward",
        **options,
    )
    return pd.Series(met["value"].to_numpy(), index=visits.sort_values("admitted").index).reindex(
        visits.index
    )


ASOF = [
    {"direction": "nearest"},
    {"direction": "forward"},
    {"allow_exact_matches": False},
    {"tolerance": pd.Timedelta("2D")},
    {"how": "max"},
]


@pytest.mark.parametrize("otherwise", ASOF, ids=str)
def test_rows_that_are_looked_up_by_time_are_proposed_before_at_and_after_it(otherwise: Any) -> None:
    @feature(rows="each", asof={"labs": "drawn"}, examples=proposed(last_value))
    def wrong(
        visits: Annotated[pd.DataFrame, Stay], labs: Annotated[pd.DataFrame, Lab]
    ) -> Annotated["pd.Series[float] | None", Unit("mmol/L")]:
        return _met(visits, labs, **otherwise)

    assert not check_laws(wrong, only="anchor").ok
