"""Boundaries against the same checks written by hand for one library, and the cost of a small frame."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import numpy as np

from benchmarks import Row, Unavailable
from benchmarks.measure import side_by_side
from typedml import Count, FeatureSchema, Probability, Unit, field

ROWS = 1_000_000
BAD_SHARE = 1e-4
ORIGINS = ("EWR", "JFK", "LGA")
Miles = Annotated[float, Unit("mile")]
Minutes = Annotated[float, Unit("minute")]


class Flight(FeatureSchema):
    """One flight that departed: eight columns, text and numbers, as tables are."""

    flight: str = field(unique=True)
    origin: str = field(isin=ORIGINS)
    tailnum: str = field(pattern="N[0-9]+")
    distance: Miles = field(gt=0)
    air_time: Minutes | None = field(gt=0)
    seats: Count
    p_late: Probability
    hour: int = field(ge=0, le=23)


def columns(rows: int, *, bad: bool = False) -> dict[str, Any]:
    """Return the columns of a table of flights; `bad` breaks a rule in one of 10,000 rows."""
    rng = np.random.default_rng(0)
    air_time = rng.gamma(5.0, 30.0, rows)
    air_time[::50] = np.nan
    made = {
        "flight": np.array([f"F{number:07d}" for number in rng.permutation(rows)], object),
        "origin": rng.choice(np.array(ORIGINS, object), rows),
        "tailnum": np.array([f"N{number:05d}" for number in rng.integers(0, 4000, rows)], object),
        "distance": rng.gamma(3.0, 400.0, rows) + 1.0,
        "air_time": air_time,
        "seats": rng.integers(20, 400, rows),
        "p_late": rng.random(rows),
        "hour": rng.integers(0, 24, rows),
    }
    if bad:
        step = int(1 / BAD_SHARE)
        made["distance"][::step], made["p_late"][1::step], made["origin"][2::step] = -1.0, 2.0, "XXX"
    return made


def rows() -> list[Row]:
    """Measure both libraries, clean and with rows to be found, and small frames."""
    try:
        import pandas as pd
        import polars as pl
    except ImportError as missing:
        raise Unavailable(str(missing)) from missing
    table, broken = columns(ROWS), columns(ROWS, bad=True)
    numbers = [name for name in table if table[name].dtype != object]
    arrow = pd.DataFrame(table).astype(dict.fromkeys(set(table) - set(numbers), "str"))
    objects = pd.DataFrame({name: pd.Series(cells, dtype=cells.dtype) for name, cells in table.items()})
    frames = {
        "polars": pl.DataFrame(table),
        "pandas, Arrow strings": arrow,
        "pandas, object strings": objects,
    }
    budgets = {"polars": 1.05, "pandas, Arrow strings": 1.05, "pandas, object strings": 0.65}
    by_hand: dict[str, Callable[[Any], object]] = dict.fromkeys(frames, _pandas_by_hand)
    by_hand["polars"] = _polars_by_hand
    made = [_beside(name, frames[name], by_hand[name], budgets[name]) for name in frames]
    return [*made, *_located(pl.DataFrame(table), pl.DataFrame(broken)), *_small(pl, pd)]


def _beside(name: str, frame: Any, by_hand: Callable[[Any], object], budget: float) -> Row:
    assert Flight.check(frame).ok
    best = side_by_side({"ours": lambda: Flight.check(frame), "hand": lambda: by_hand(frame)}, rounds=7)
    return Row(
        what=f"1M x 8, {name}",
        measured=best["ours"] * 1e3,
        reference=best["hand"] * 1e3,
        unit="ms CPU",
        beside="hand-written",
        budget=budget,
    )


def _located(clean: Any, broken: Any) -> list[Row]:
    best = side_by_side({"clean": lambda: Flight.check(clean), "bad": lambda: Flight.check(broken)}, rounds=7)
    return [
        Row(
            what="1M x 8, polars, 0.01 % bad rows, located",
            measured=best["bad"] * 1e3,
            reference=best["clean"] * 1e3,
            unit="ms CPU",
            beside="its own clean pass",
            budget=3.0,
        )
    ]


def _small(pl: Any, pd: Any) -> list[Row]:
    table = columns(10)
    frames = {
        "polars": pl.DataFrame(table),
        "polars, lazy": pl.LazyFrame(table),
        "pandas": pd.DataFrame(table),
    }
    best = side_by_side(
        {name: partial(Flight.validate, frame) for name, frame in frames.items()},
        rounds=7,
        calls=200,
    )
    budgets = {"polars": 300.0, "pandas": 300.0}
    return [
        Row(
            what=f"10 rows, a call, {name}",
            measured=best[name] * 1e6,
            unit="us CPU",
            budget=budgets.get(name),
        )
        for name in frames
    ]


def _polars_by_hand(frame: Any) -> object:
    import polars as pl

    column = pl.col
    return (
        frame.lazy()
        .select(
            *(
                column(name).null_count().alias(f"null {name}")
                for name in ("flight", "origin", "tailnum", "seats")
            ),
            *(
                (column(name).null_count() + column(name).is_nan().sum()).alias(f"null {name}")
                for name in ("distance", "p_late")
            ),
            column("flight").n_unique().alias("unique"),
            (~column("origin").is_in(list(ORIGINS))).sum().alias("isin"),
            (~column("tailnum").str.contains("^N[0-9]+$")).sum().alias("pattern"),
            (column("distance") <= 0).sum().alias("gt"),
            (column("air_time") <= 0).sum().alias("gt air_time"),
            (column("seats") < 0).sum().alias("range seats"),
            ((column("p_late") < 0) | (column("p_late") > 1)).sum().alias("range p_late"),
            (column("hour") < 0).sum().alias("ge"),
            (column("hour") > 23).sum().alias("le"),
        )
        .collect(engine="in-memory")
    )


def _pandas_by_hand(frame: Any) -> object:
    return {
        "null": frame.drop(columns="air_time").isna().sum(),
        "unique": frame["flight"].is_unique,
        "isin": (~frame["origin"].isin(ORIGINS)).sum(),
        "pattern": (~frame["tailnum"].str.fullmatch("N[0-9]+")).sum(),
        "gt": (frame["distance"] <= 0).sum(),
        "gt air_time": (frame["air_time"] <= 0).sum(),
        "range seats": (frame["seats"] < 0).sum(),
        "range p_late": (~frame["p_late"].between(0, 1)).sum(),
        "ge": (frame["hour"] < 0).sum(),
        "le": (frame["hour"] > 23).sum(),
    }
