"""A redacted report: not one value of the frame is in any rendering, and the counts are."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import column, field, operation, schema
from typedml import FeatureSchema, Unit, rule
from typedml import field as typed_field
from typedml.boundary import BoundaryError, Report, check
from typedml.boundary.findings import findings
from typedml.renderings import OUTPUTS, render

WORD = "planted-secret"
NUMBER = 876543.25
WHOLE = 918273645
DAY = datetime.datetime(2187, 3, 14, 15, 9, 26)
TRACES = (WORD, "876543", "876,543", "918273645", "918,273,645", "2187", "15:09:26")
DECLARED = schema(
    field("word", str, unique=True, pattern="[a-z]+"),
    field("member", str, isin=("a", "b")),
    field("number", gt=0, lt=10),
    field("whole", int, le=10),
    field("moment", datetime.datetime, lt=datetime.datetime(2000, 1, 1)),
    field("mistyped"),
    field("mixed", int),
    field("gone"),
    checks={"of_all": operation("<", column("number"), column("whole"))},
    extra="forbid",
)
DATA: dict[str, list[Any]] = {
    "word": [WORD, WORD, "c"],
    "member": [WORD, "a", "b"],
    "number": [NUMBER, -NUMBER, 1.0],
    "whole": [WHOLE, WHOLE, 1],
    "moment": [DAY, DAY, DAY],
    "mistyped": [WORD, "1.0", str(WHOLE)],
    "mixed": [WORD, WHOLE, NUMBER],
    "more": [WORD, WORD, WORD],
}


def pandas() -> Report:
    frame = pd.DataFrame(DATA, index=[WORD, WHOLE, NUMBER]).astype({"member": "category"})
    return check(DECLARED, frame, rows=None, profile=True)


def polars() -> Report:
    frame = pl.DataFrame(DATA, strict=False, schema_overrides={"mixed": pl.Object})
    return check(DECLARED, frame.cast({"member": pl.Enum([WORD, "a", "b"])}), rows=None, profile=True)


MAKERS: dict[str, Callable[[], Report]] = {"pandas": pandas, "polars": polars}
each = pytest.mark.parametrize("library", MAKERS)


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


@each
@pytest.mark.parametrize("output", OUTPUTS)
def test_no_value_is_in_a_rendering_of_a_redacted_report(library: str, output: str) -> None:
    report = MAKERS[library]()
    assert traces(render([findings(report)], output)), "what is planted is to be seen before it is withheld"
    assert traces(render([findings(report.redacted())], output)) == []


@each
def test_no_value_is_anywhere_in_a_redacted_report(library: str) -> None:
    report = MAKERS[library]().redacted()
    assert traces(repr(report)) == []
    assert traces(str(BoundaryError(report)) + repr(BoundaryError(report))) == []
    assert traces(json.dumps(report.to_dict())) == []


@each
def test_counts_rules_and_positions_stay(library: str) -> None:
    report = MAKERS[library]()
    told = report.redacted()
    assert told.counts == report.counts
    assert told.ok is report.ok is False
    assert [(f.column, f.rule, f.count) for f in told.failures] == [
        (f.column, f.rule, f.count) for f in report.failures
    ]
    assert [[row.position for row in f.rows] for f in told.failures] == [
        [row.position for row in f.rows] for f in report.failures
    ]
    text = str(told)
    assert "number: gt (number > 0) failed in 1 of 3 rows" in text
    assert "the values are withheld" in text
    assert "rows 0, 1\n" in text
    assert 'because column "mixed" failed dtype' in text


class Station(FeatureSchema):
    code: str = typed_field(unique=True)


class Reading(FeatureSchema, key=("word", "number"), rows=(10, None), extra="forbid"):
    word: str = typed_field(min_length=30, references=Station.c.code)
    number: float = typed_field(increasing="word")
    whole: int = typed_field(dtype="int16")
    absent: str | None = typed_field(optional=True)

    @rule
    def number_is_at_least_whole(c: Any) -> Any:
        return c.number >= c.whole


def test_rules_of_tables_keys_and_other_frames_give_no_value_away() -> None:
    frame = pl.DataFrame({"word": [WORD, WORD], "number": [NUMBER, -NUMBER], "whole": [WHOLE, WHOLE]})
    stations = pl.DataFrame({"code": [f"other {WORD}"]})
    for references in ({Station: stations}, {}):
        report = check(Reading, frame, rows=None, references=references, profile=True)
        assert not report.ok
        for output in OUTPUTS:
            assert traces(render([findings(report)], output))
            assert traces(render([findings(report.redacted())], output)) == []
    assert "no frame of Station was handed in" in str(report.redacted())


class Leg(FeatureSchema, rows=(5, None), extra="forbid"):
    distance: Annotated[float, Unit("km")]
    absent: float
    small: int = typed_field(dtype="int16")
    word: float


def test_what_no_row_is_to_blame_for_is_told_of_the_column_or_table() -> None:
    table = pa.table({"distance": [1.0], "small": [1], "word": [WORD], "more": [1]})
    units = [pa.field("distance", pa.float64(), metadata={"unit": "mile"}), *list(table.schema)[1:]]
    told = [failure.reason for failure in check(Leg, table.cast(pa.schema(units))).redacted().failures]
    assert told == [
        "absent: missing: the column is not there",
        "small: width (values are stored as int16) does not hold for the column",
        "word: dtype (values are float) does not hold for the column",
        'distance: unit (distance is in "km") does not hold for the column',
        "extra: the table has columns that are not declared",
        "rows (the table has at least 5 rows) failed: the table has 1 row",
    ]


def test_files_that_cannot_be_read_are_numbered_where_their_names_are_withheld(tmp_path: Path) -> None:
    for day in range(4):
        (tmp_path / f"day={WORD}{day}").mkdir()
        frame = pl.DataFrame({"code": [f"{day}"]})
        frame.write_parquet(tmp_path / f"day={WORD}{day}" / "a.parquet")
    for day in (1, 3):
        (tmp_path / f"day={WORD}{day}" / "a.parquet").write_bytes(b"PAR1")
    report = check(Station, tmp_path)
    assert traces(str(report))
    assert traces(str(report.redacted())) == []
    assert [failure.reason for failure in report.redacted().failures] == [
        "file 2 of 4 cannot be read, or not to its end",
        "file 4 of 4 cannot be read, or not to its end",
    ]
