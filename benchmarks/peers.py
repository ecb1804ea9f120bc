"""Other libraries that validate tables, each with the rules of `benchmarks.flights`, as its manual says.

A peer is made by one function, which imports its library and returns `keeps(frame)`: whether the frame keeps
all rules. The making (classes, models) is not measured.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from benchmarks import by_hand
from benchmarks.flights import ORIGINS, Flight

Keeps = Callable[[Any], bool]
PATTERN = "^N[0-9]+$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A contestant: its name, the kind of frame it takes, how it is made, and whether it is slow."""

    name: str
    frame: str
    make: Callable[[], Keeps]
    slow: bool = False


def typedml() -> Keeps:
    """Return what this library does."""
    return lambda frame: Flight.check(frame).ok


def pandera_polars() -> Keeps:
    """Return pandera's check of a polars frame."""
    import pandera.polars as pandera
    import polars as pl

    return _pandera(pandera, pl.String, pl.Float64, pl.Int64)


def pandera_pandas() -> Keeps:
    """Return pandera's check of a pandas frame with Arrow strings."""
    import pandera.pandas as pandera

    return _pandera(pandera, "str", float, int)


def pandera_objects() -> Keeps:
    """Return pandera's check of a pandas frame with object strings."""
    import pandera.pandas as pandera

    return _pandera(pandera, object, float, int)


def _pandera(pandera: Any, text: Any, real: Any, whole: Any) -> Keeps:
    column, check = pandera.Column, pandera.Check
    schema = pandera.DataFrameSchema(
        {
            "flight": column(text, unique=True),
            "origin": column(text, check.isin(ORIGINS)),
            "tailnum": column(text, check.str_matches(PATTERN)),
            "distance": column(real, check.gt(0)),
            "air_time": column(real, check.gt(0), nullable=True),
            "seats": column(whole, check.ge(0)),
            "p_late": column(real, check.in_range(0, 1)),
            "hour": column(whole, check.in_range(0, 23)),
        }
    )

    def keeps(frame: Any) -> bool:
        try:
            # Lazy is pandera's word for collecting all failures; the frame itself is an eager one.
            schema.validate(frame, lazy=True)
        except pandera.errors.SchemaErrors:
            return False
        return True

    return keeps


def dataframely() -> Keeps:
    """Return dataframely's check of a polars frame."""
    import dataframely as dy

    class Row(dy.Schema):  # type: ignore[misc]
        flight = dy.String(unique=True)
        origin = dy.String(check=lambda column: column.is_in(list(ORIGINS)))
        tailnum = dy.String(regex=PATTERN)
        distance = dy.Float64(min_exclusive=0)
        air_time = dy.Float64(nullable=True, allow_nan=True, min_exclusive=0)
        seats = dy.Int64(min=0)
        p_late = dy.Float64(min=0, max=1)
        hour = dy.Int64(min=0, max=23)

    return lambda frame: bool(Row.is_valid(frame))


def patito() -> Keeps:
    """Return patito's check of a polars frame."""
    import patito as pt

    class Row(pt.Model):  # type: ignore[misc]
        flight: str = pt.Field(unique=True)
        origin: Literal["EWR", "JFK", "LGA"]
        tailnum: str = pt.Field(pattern=PATTERN)
        distance: float = pt.Field(gt=0)
        air_time: float | None = pt.Field(gt=0)
        seats: int = pt.Field(ge=0)
        p_late: float = pt.Field(ge=0, le=1)
        hour: int = pt.Field(ge=0, le=23)

    def keeps(frame: Any) -> bool:
        try:
            Row.validate(frame)
        except pt.exceptions.DataFrameValidationError:
            return False
        return True

    return keeps


def pointblank() -> Keeps:
    """Return pointblank's interrogation of a polars frame."""
    import pointblank as pb

    def keeps(frame: Any) -> bool:
        plan = pb.Validate(data=frame).rows_distinct(columns_subset=["flight"])
        plan = plan.col_vals_not_null(columns=list(by_hand.REQUIRED))
        plan = plan.col_vals_in_set(columns="origin", set=list(ORIGINS))
        plan = plan.col_vals_regex(columns="tailnum", pattern=PATTERN)
        plan = plan.col_vals_gt(columns="distance", value=0)
        plan = plan.col_vals_gt(columns="air_time", value=0, na_pass=True)
        plan = plan.col_vals_ge(columns="seats", value=0)
        plan = plan.col_vals_between(columns="p_late", left=0, right=1)
        plan = plan.col_vals_between(columns="hour", left=0, right=23)
        return bool(plan.interrogate(collect_extracts=False).all_passed())

    return keeps


def pydantic() -> Keeps:
    """Return pydantic's check of rows, with a set beside it for uniqueness, which it has no rule for."""
    from pydantic import BaseModel, Field, TypeAdapter, ValidationError

    class Row(BaseModel):
        flight: str
        origin: Literal["EWR", "JFK", "LGA"]
        tailnum: Annotated[str, Field(pattern=PATTERN)]
        distance: Annotated[float, Field(gt=0, allow_inf_nan=False)]
        air_time: Annotated[float, Field(gt=0)] | None
        seats: Annotated[int, Field(ge=0)]
        p_late: Annotated[float, Field(ge=0, le=1)]
        hour: Annotated[int, Field(ge=0, le=23)]

    rows_of = TypeAdapter(list[Row])

    def keeps(rows: Any) -> bool:
        try:
            checked = rows_of.validate_python(rows)
        except ValidationError:
            return False
        return len({row.flight for row in checked}) == len(checked)

    return keeps


def _hand(check: Keeps) -> Callable[[], Keeps]:
    return lambda: check


PEERS = (
    Peer(name="typedml", frame="polars", make=typedml),
    Peer(name="by hand", frame="polars", make=_hand(by_hand.polars)),
    Peer(name="dataframely", frame="polars", make=dataframely),
    Peer(name="pandera", frame="polars", make=pandera_polars),
    Peer(name="patito", frame="polars", make=patito),
    Peer(name="pointblank", frame="polars", make=pointblank),
    Peer(name="typedml", frame="pyarrow", make=typedml),
    Peer(name="DuckDB, by hand", frame="pyarrow", make=_hand(by_hand.duckdb)),
    Peer(name="typedml", frame="pandas, Arrow strings", make=typedml),
    Peer(name="by hand", frame="pandas, Arrow strings", make=_hand(by_hand.pandas)),
    Peer(name="pandera", frame="pandas, Arrow strings", make=pandera_pandas, slow=True),
    Peer(name="typedml", frame="pandas, object strings", make=typedml),
    Peer(name="by hand", frame="pandas, object strings", make=_hand(by_hand.pandas)),
    Peer(name="pandera", frame="pandas, object strings", make=pandera_objects, slow=True),
    Peer(name="numpy and sets, by hand", frame="numpy columns", make=_hand(by_hand.numpy)),
    Peer(name="typedml", frame="rows", make=typedml, slow=True),
    Peer(name="pydantic and a set", frame="rows", make=pydantic, slow=True),
)


def quietly(keeps: Keeps, frame: Any) -> bool:
    """Ask without the warnings of libraries that have not caught up with one another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return keeps(frame)
