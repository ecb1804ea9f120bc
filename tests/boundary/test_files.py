"""Data files: every format is read, and a file that cannot be read says why."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.boundary.tables import field, rows_of, schema
from typedml.boundary import check, files, texts
from typedml.boundary.files import FileError, read_frame

FLIGHT = schema(
    field("flight", str),
    field("distance", gt=0, nullable=True),
    field("seats", int, nullable=True),
    field("late", bool, nullable=True),
    field("day", datetime.date, nullable=True),
    field("time", datetime.datetime, nullable=True),
    field("price", Decimal, nullable=True),
)
ROW = {
    "flight": "UA1",
    "distance": 1.5,
    "seats": 3,
    "late": True,
    "day": datetime.date(2013, 1, 2),
    "time": datetime.datetime(2013, 1, 2, 3, 4),
    "price": Decimal("1.10"),
}
CSV = """\
flight,distance,seats,late,day,time,price
UA1,1.5,3,TRUE,2013-01-02,2013-01-02T03:04:00,1.10
NA,NA,,NA,,,
"""


@pytest.fixture(params=["polars", "pandas"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with one library or the other."""
    monkeypatch.setattr(files, "_library", lambda: request.param)
    return str(request.param)


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_columns_are_parsed_as_declared(tmp_path: Path, library: str) -> None:
    frame = read_frame(written(tmp_path, "flights.csv", CSV), FLIGHT)
    assert type(frame).__module__.startswith(library)
    first, second = rows_of(frame)
    assert first == ROW
    assert second == {**dict.fromkeys(ROW), "flight": "NA"}
    assert check(FLIGHT, frame).ok


def test_other_separators_and_compression(tmp_path: Path, library: str) -> None:
    import gzip

    path = tmp_path / "flights.tsv.gz"
    path.write_bytes(gzip.compress(CSV.replace(",", "\t").encode()))
    assert rows_of(read_frame(path, FLIGHT))[0] == ROW


def test_a_csv_value_that_does_not_parse_is_named_by_its_row(tmp_path: Path, library: str) -> None:
    path = written(tmp_path, "flights.csv", CSV.replace("1.5", "far"))
    report = check(FLIGHT, read_frame(path, FLIGHT))
    (failure,) = report.failures
    assert (failure.column, failure.rule, failure.count) == ("distance", "dtype", 1)
    assert "1 of 2 values is not float" in failure.reason
    assert [(row.position, dict(row.values)) for row in failure.rows] == [(0, {"distance": "far"})]


def test_a_fraction_in_an_integer_column_is_counted(tmp_path: Path, library: str) -> None:
    path = written(tmp_path, "flights.csv", CSV.replace(",3,", ",3.5,"))
    assert check(FLIGHT, read_frame(path, FLIGHT)).counts["seats", "integral"] == 1


@pytest.mark.parametrize("ending", ["parquet", "feather", "json", "ndjson"])
def test_other_formats(tmp_path: Path, library: str, ending: str) -> None:
    path = tmp_path / f"flights.{ending}"
    declared = schema(field("flight", str), field("distance", gt=0), field("time", datetime.datetime))
    frame = pl.DataFrame({"flight": ["UA1", "UA2"], "distance": [1.5, -1.0], "time": [ROW["time"]] * 2})
    writers: dict[str, Any] = {
        "parquet": frame.write_parquet,
        "feather": frame.write_ipc,
        "json": frame.write_json,
        "ndjson": frame.write_ndjson,
    }
    writers[ending](path)
    report = check(declared, read_frame(path, declared))
    assert {key: count for key, count in report.counts.items() if count} == {("distance", "gt"): 1}


def test_without_a_schema_json_and_parquet_keep_their_types(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1, 2]}).write_parquet(tmp_path / "x.parquet")
    assert read_frame(str(tmp_path / "x.parquet"))["x"].dtype == pl.Int64


def test_a_table_without_rows(tmp_path: Path, library: str) -> None:
    report = check(FLIGHT, read_frame(written(tmp_path, "flights.csv", CSV.splitlines()[0]), FLIGHT))
    assert report.ok
    assert report.rows == 0


@pytest.mark.parametrize(
    ("name", "content", "fact"),
    [
        ("none.csv", None, "does not exist"),
        ("empty.csv", "", "is empty"),
        ("flights.xyz", "a", 'ends in ".xyz", which is no format known here'),
        ("flights", "a", "has no ending, which is no format known here"),
        ("broken.parquet", "this is text", "cannot be read as Parquet"),
        ("broken.json", '[{"x": 1', "cannot be read as JSON"),
        ("broken.feather", "this is text", "cannot be read as Arrow"),
        ("ragged.csv", "a,b\n1,2\n1,2,3\n", "cannot be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, library: str, name: str, content: str | None, fact: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(FileError, match=fact) as error:
        read_frame(path, FLIGHT)
    assert error.value.hint
    assert "\n" not in error.value.fact


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a folder"):
        read_frame(tmp_path)


def test_text_in_another_encoding_says_so(tmp_path: Path, library: str) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("flight\nZ\xfcrich\n".encode("latin-1"))
    with pytest.raises(FileError, match="cannot be read as CSV"):
        read_frame(path, schema(field("flight", str)))


def test_no_library_at_all_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(FileError, match="no library that reads tables is installed") as error:
        read_frame(written(tmp_path, "flights.csv", CSV), FLIGHT)
    assert error.value.hint == 'pip install "typedml[polars]"'


def test_zoned_times_in_text_become_utc(tmp_path: Path, library: str) -> None:
    path = written(tmp_path, "t.csv", "time\n2013-01-02T03:00:00+01:00\n2013-01-02T03:00:00Z\n")
    frame = read_frame(path, schema(field("time", datetime.datetime)))
    moments = [pd.Timestamp(row["time"]).tz_convert("UTC").hour for row in rows_of(frame)]
    assert moments == [2, 3]


PLAIN = st.one_of(
    st.floats(allow_nan=False).map(repr),
    st.integers(-(2**65), 2**65).map(str),
    st.sampled_from(
        ["", "NA", "+1.5", "007", "1_000", " 1", "1e400", "0x10", "-0", "1.", ".5", "inf", "far", "12.0"]
    ),
)
INSTANTS = st.one_of(
    st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat()),
    st.sampled_from(
        ["2013-02-30", "2013-01-02", "2013-1-2", "2013-01-02T23:59:60", "2013-01-02T24:00:00", ""]
    ),
    st.dates().map(str),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([float, int]), st.lists(PLAIN, max_size=4))
def test_numbers_read_at_once_are_those_that_python_reads(base: type, words: list[str]) -> None:
    one_by_one = texts.values_of(words, base)
    quick = texts._at_once(pl.DataFrame({"x": words}, schema={"x": pl.String}), "x", base)
    if quick is not None:
        assert [repr(value) for value in quick.to_list()] == [repr(value) for value in one_by_one]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([datetime.date, datetime.datetime]), st.lists(INSTANTS, max_size=3))
def test_times_read_at_once_are_those_that_python_reads(base: type, words: list[str]) -> None:
    quick = texts._at_once(pl.DataFrame({"x": words}, schema={"x": pl.String}), "x", base)
    if quick is not None:
        assert quick.to_list() == texts.values_of(words, base)


def test_what_is_plain_is_read_at_once() -> None:
    for base, word in ((float, "1.5"), (int, "-3"), (datetime.date, "2013-01-02")):
        assert texts._at_once(pl.DataFrame({"x": [word, "NA"]}), "x", base) is not None


LINES = schema(field("flight", str), field("price"), field("seats", int))
READERS: dict[str, Callable[[Path], Any]] = {
    "polars": lambda path: read_frame(path, LINES),
    "batches": lambda path: check(LINES, path),
    "pandas": lambda path: files._read(path, "pandas", files._plan(LINES)),
}
every_reader = pytest.mark.parametrize("reader", READERS)


@every_reader
@pytest.mark.parametrize(
    ("ending", "separator", "hint"),
    [
        ("csv", ";", r'is its separator a semicolon\? check polars.read_csv\(path, separator=";"\)'),
        ("csv", "\t", r"is its separator a tab\? name it .tsv"),
        ("csv", "|", r"is its separator a bar\?"),
        ("tsv", ",", r"is its separator a comma\? name it .csv"),
    ],
)
def test_another_separator_is_told_once(
    tmp_path: Path, reader: str, ending: str, separator: str, hint: str
) -> None:
    path = tmp_path / f"lines.{ending}"
    path.write_text(separator.join(["flight", '"price"', "seats"]) + "\n" + separator.join("abc") + "\n")
    with pytest.raises(FileError, match="has one column") as caught:
        READERS[reader](path)
    assert re.search(hint, str(caught.value))


@every_reader
@pytest.mark.parametrize("header", ["flight", "other;names", "price in EUR; per seat"])
def test_a_header_of_one_column_may_hold_a_separator(tmp_path: Path, reader: str, header: str) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f"{header}\na\n")
    assert READERS[reader](path) is not None


def test_a_declared_column_may_hold_a_separator_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("price;flight\n1.5\n")
    declared = schema(field("price;flight"), field("price", required=False))
    assert check(declared, path).ok


@every_reader
@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_that_is_not_utf_8_says_what_to_save_it_as(tmp_path: Path, reader: str, encoding: str) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes("flight,price,seats\nMalmö,1.5,3\n".encode(encoding))
    with pytest.raises(FileError, match="Hint: save it as UTF-8"):
        READERS[reader](path)
