"""Types and checks that one library's pandera alone has: read or left to pandera, the verdict is the same."""

import datetime as dt
import warnings
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

with warnings.catch_warnings():
    # pandera looks for pyspark.pandas, which warns of pandas 3.
    warnings.simplefilter("ignore")
    import pandera.pandas as pa
    import pandera.polars as pp

from tests.boundary.test_pandera import passes
from typedml.boundary import check

Check: Any = pa.Check
UTC: Any = pd.DatetimeTZDtype("us", "UTC")
TIMES = [dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1)]
PANDAS = pd.DataFrame(
    {
        "c": pd.Categorical(["a", "b"]),
        "d": pd.array(TIMES, "M8[us]"),
        "z": pd.Series(TIMES).dt.tz_localize("UTC"),
        "i": pd.array([1, None], "Int64"),
        "o": [Decimal("1.5"), Decimal(2)],
        "a": pd.array([1.5, 2.5], "double[pyarrow]"),
        "s": ["x", "y"],
        "f": [1.0, 2.0],
        "u": [1, 1],
        5: [1, 2],
    }
)
POLARS = pl.DataFrame(
    {
        "c": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])),
        "k": pl.Series(["a", "b"], dtype=pl.Categorical),
        "d": TIMES,
        "t": [dt.time(1), dt.time(2)],
        "dd": [dt.date(2020, 1, 1)] * 2,
        "du": [dt.timedelta(1)] * 2,
        "o": [Decimal("1.5"), Decimal(2)],
        "l": [[1], [2, 3]],
        "f": [1.0, float("nan")],
        "f32": pl.Series([0.1, 0.2], dtype=pl.Float32),
        "u8": pl.Series([1, 2], dtype=pl.UInt8),
    }
)
Column, Schema = pa.Column, pa.DataFrameSchema
MEAN_ABOVE_1 = Check(lambda groups: groups[1].mean() > 1, groupby="u")
MEAN_ABOVE_5 = Check(lambda groups: groups[1].mean() > 5, groupby="u")
OF_PANDAS: dict[str, tuple[Any, bool]] = {
    "category": (Schema({"c": Column("category", Check.isin(["a", "b"]))}), True),
    "category, broken": (Schema({"c": Column("category", Check.isin(["a"]))}), False),
    "time": (Schema({"d": Column("datetime64[us]", Check.gt(pd.Timestamp("2019-01-01")))}), True),
    "time, broken": (Schema({"d": Column(checks=Check.lt(dt.datetime(2020, 6, 1)))}), False),
    "zone": (Schema({"z": Column(UTC)}), True),
    "zone beside none": (Schema({"z": Column(UTC, Check.gt(dt.datetime(2019, 1, 1)))}), False),
    "nullable": (Schema({"i": Column("Int64", Check.ge(0), nullable=True)}), True),
    "nullable, broken": (Schema({"i": Column("Int64", Check.ge(0))}), False),
    "objects": (Schema({"o": Column(object, Check.ge(1))}), True),
    "arrow": (Schema({"a": Column("double[pyarrow]", Check.in_range(1, 2))}), False),
    "a number as name": (Schema({5: Column(int, Check.ge(2))}), False),
    "index": (Schema({"f": Column(float)}, index=pa.Index(int, Check.ge(0), unique=True)), True),
    "index, broken": (Schema({"f": Column(float)}, index=pa.Index(str)), False),
    "groups": (Schema({"f": Column(checks=MEAN_ABOVE_1), "u": Column()}), True),
    "groups, broken": (Schema({"f": Column(checks=MEAN_ABOVE_5), "u": Column()}), False),
    "names once": (Schema({"f": Column(float)}, unique_column_names=True), True),
    "no columns": (Schema(), True),
    "a bound that bounds nothing": (Schema({"f": Column(float, Check.gt(float("nan")))}), False),
    "text in a range": (Schema({"s": Column(str, Check.in_range("a", "z"))}), True),
    "all values": (Schema({"s": Column(str, Check.unique_values_eq(["x", "y"]))}), True),
    "rows one by one": (Schema(checks=Check(lambda row: row["f"] < 1.5, element_wise=True)), False),
}  # fmt: skip
COLUMN, SCHEMA = pp.Column, pp.DataFrameSchema
OF_POLARS: dict[str, tuple[Any, bool]] = {
    "enumeration": (SCHEMA({"c": COLUMN(pl.Enum(["a", "b"]))}), True),
    "category": (SCHEMA({"k": COLUMN(pl.Categorical, Check.isin(["a", "b"]))}), True),
    "time": (SCHEMA({"d": COLUMN(pl.Datetime("us"), Check.ge(TIMES[0]))}), True),
    "time, broken": (SCHEMA({"d": COLUMN(pl.Datetime("us"), Check.gt(TIMES[0]))}), False),
    "date": (SCHEMA({"dd": COLUMN(pl.Date, Check.ge(dt.date(2020, 1, 1)))}), True),
    "time of day": (SCHEMA({"t": COLUMN(pl.Time, Check.ge(dt.time(1)))}), True),
    "duration": (SCHEMA({"du": COLUMN(pl.Duration("us"), Check.ge(dt.timedelta(0)))}), True),
    "duration, broken": (SCHEMA({"du": COLUMN(pl.Duration("us"), Check.lt(dt.timedelta(0)))}), False),
    "decimal": (SCHEMA({"o": COLUMN(pl.Decimal(38, 1), Check.ge(Decimal("1.5")))}), True),
    "list": (SCHEMA({"l": COLUMN(pl.List(pl.Int64))}), True),
    "list, broken": (SCHEMA({"l": COLUMN(pl.List(pl.String))}), False),
    "single precision": (SCHEMA({"f32": COLUMN(pl.Float32, Check.ge(0.1))}), True),
    "single precision, broken": (SCHEMA({"f32": COLUMN(pl.Float32, Check.gt(0.1))}), False),
    "bytes": (SCHEMA({"u8": COLUMN(pl.UInt8, Check.ge(-5))}), True),
    "bytes, broken": (SCHEMA({"u8": COLUMN(pl.UInt8, Check.ge(1.5))}), False),
    "NaN above": (SCHEMA({"f": COLUMN(float, Check.gt(0), nullable=True)}), True),
    "NaN below": (SCHEMA({"f": COLUMN(float, Check.lt(9), nullable=True)}), False),
    "no columns": (SCHEMA(), True),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_PANDAS)
def test_pandas_is_judged_as_pandera_judges_it(name: str) -> None:
    schema, ok = OF_PANDAS[name]
    report = check(schema, PANDAS)
    assert (report.ok, passes(schema, PANDAS)) == (ok, ok), str(report)


@pytest.mark.parametrize("name", OF_POLARS)
def test_polars_is_judged_as_pandera_judges_it(name: str) -> None:
    schema, ok = OF_POLARS[name]
    report = check(schema, POLARS)
    assert (report.ok, passes(schema, POLARS)) == (ok, ok), str(report)


def test_what_pandera_would_change_first_fails_here_with_a_hint() -> None:
    schema = Schema({"u": Column(float, coerce=True)})
    report = check(schema, PANDAS)
    assert passes(schema, PANDAS)
    assert [failure.rule for failure in report.failures] == ["dtype_of_pandera"]
    assert "nothing is coerced" in report.failures[0].hint


def test_a_column_that_is_there_twice_fails_here() -> None:
    twice = pd.DataFrame([[1.0, 2.0]], columns=["f", "f"])
    assert not check(Schema({"f": Column(float)}), twice).ok
    assert not check(Schema({"f": Column(float)}, unique_column_names=True), twice).ok
