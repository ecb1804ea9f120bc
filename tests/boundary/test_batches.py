"""Files in batches: the same counts and rows as the whole table gets, whatever the batches and the files."""

from __future__ import annotations

import datetime
import gzip
import io
import itertools
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pyarrow as pa
import pyarrow.compute
import pyarrow.dataset
import pyarrow.feather as pf
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.boundary.tables import Table, field, polars_eager, schema
from tests.boundary.test_conformance import cases
from typedml import FeatureSchema, rule
from typedml import field as field_of
from typedml.boundary import BoundaryError, FrameError, Report, check, split, validate
from typedml.boundary.batches import arrow_readers, frames, readers, spilling, text_readers
from typedml.boundary.batches.checking import MEMORY, check_files
from typedml.boundary.files import FileError, read_frame
from typedml.declare.declared import DeclaredSchema

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


class small_batches:
    """While this lasts a batch has so many rows."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def __enter__(self) -> None:
        self.before, frames.ROWS = frames.ROWS, self.rows

    def __exit__(self, *_: object) -> None:
        frames.ROWS = self.before


class spilling_at_once:
    """While this lasts rows that rules of groups set aside go to disk batch by batch, if `wanted`."""

    def __init__(self, wanted: bool) -> None:
        self.wanted = wanted

    def __enter__(self) -> None:
        self.before: Any = spilling.Spill.make_room
        if self.wanted:
            setattr(spilling.Spill, "make_room", flush_all)  # noqa: B010  # a method is replaced

    def __exit__(self, *_: object) -> None:
        setattr(spilling.Spill, "make_room", self.before)  # noqa: B010  # and put back


def flush_all(spill: spilling.Spill) -> None:
    for heap in spill.heaps:
        if heap.by:
            heap.flush()


def in_batches(declared: Any, source: Any, rows: int = 2, memory: int = MEMORY, **more: Any) -> Report:
    with small_batches(rows):
        return check_files(declared, source, rows=more.pop("limit", 5), memory=memory, **more)


def told(report: Report) -> list[Any]:
    """All that a report says, but the names of files."""
    failures = [
        (
            attrs.astuple(attrs.evolve(failure, rows=()), recurse=False),
            [(row.position, without_file(row.keys), dict(row.values)) for row in failure.rows],
        )
        for failure in report.failures
    ]
    return [report.ok, report.rows, list(report.counts.items()), failures, report.not_run, report.typeless]


def without_file(keys: Any) -> dict[str, object]:
    return {name: value for name, value in keys.items() if name != "file"}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 4), st.booleans())
def test_a_parquet_file_in_batches_is_judged_like_the_frame(
    tmp_path: Path, case: tuple[DeclaredSchema, Table], rows: int, is_spilled: bool
) -> None:
    declared, table = case
    frame = polars_eager(table)
    frame.write_parquet(tmp_path / "whole.parquet", row_group_size=3)
    with spilling_at_once(is_spilled):
        report = in_batches(declared, tmp_path / "whole.parquet", rows)
    assert told(report) == told(check(declared, frame))


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases(), st.integers(1, 4), st.data())
def test_many_files_are_judged_like_their_sum(
    tmp_path: Path, case: tuple[DeclaredSchema, Table], rows: int, data: st.DataObject
) -> None:
    declared, table = case
    frame = polars_eager(table)
    cuts = sorted(data.draw(st.lists(st.integers(0, frame.height), max_size=3)))
    bounds = [0, *cuts, frame.height]
    folder = tmp_path / "parts"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        frame[start:end].write_parquet(folder / f"{number}.parquet")
    with spilling_at_once(True):
        report = in_batches(declared, folder, rows)
    assert told(report) == told(check(declared, frame))


FLIGHT = schema(
    field("flight", str, unique=True),
    field("distance", gt=0, nullable=True),
    field("seats", int, nullable=True),
    field("time", datetime.datetime, increasing=True),
)
ROWS = [
    ("a", 1.0, 3, datetime.datetime(2013, 1, 1)),
    ("b", -1.0, None, datetime.datetime(2013, 1, 2)),
    ("a", None, 4, datetime.datetime(2013, 1, 4)),
    ("c", 2.5, 5, datetime.datetime(2013, 1, 3)),
    ("b", 0.0, 6, datetime.datetime(2013, 1, 5)),
]
FRAME = pl.DataFrame(ROWS, schema=["flight", "distance", "seats", "time"], orient="row")
BROKEN = {("flight", "unique"): 4, ("distance", "gt"): 2, ("time", "increasing"): 1}


def broken(report: Report) -> dict[tuple[str | None, str], int]:
    return {key: count for key, count in report.counts.items() if count}


def csv_of(frame: pl.DataFrame, path: Path, **options: Any) -> None:
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S", **options)


WRITERS: dict[str, Any] = {
    "flights.parquet": lambda frame, path: frame.write_parquet(path, row_group_size=2),
    "flights.arrow": lambda frame, path: frame.write_ipc(path),
    "flights.feather": lambda frame, path: pf.write_feather(frame.to_arrow(), path),
    "stream.arrow": lambda frame, path: frame.write_ipc_stream(path),
    "flights.csv": csv_of,
    "flights.tsv": lambda frame, path: csv_of(frame, path, separator="\t"),
    "flights.csv.gz": lambda frame, path: gzipped(frame, path),
    "flights.ndjson": lambda frame, path: frame.write_ndjson(path),
    "flights.json": lambda frame, path: frame.write_json(path),
}


def gzipped(frame: pl.DataFrame, path: Path) -> None:
    csv_of(frame, path.with_suffix(""))
    path.write_bytes(gzip.compress(path.with_suffix("").read_bytes()))
    path.with_suffix("").unlink()


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_judged_alike(tmp_path: Path, name: str) -> None:
    WRITERS[name](FRAME, tmp_path / name)
    report = in_batches(FLIGHT, tmp_path / name)
    assert (report.rows, broken(report)) == (5, BROKEN)
    assert {failure.rule: [row.position for row in failure.rows] for failure in report.failures} == {
        "unique": [0, 1, 2, 4],
        "gt": [1, 4],
        "increasing": [3],
    }
    assert dict(report.failures[1].rows[0].keys) == {"flight": "b"}
    assert dict(report.failures[1].rows[0].values) == {"distance": -1.0}


@pytest.mark.parametrize("memory", [0, MEMORY])
def test_text_in_small_blocks_is_judged_like_the_whole(
    tmp_path: Path, memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_readers, "_BLOCK", 64)
    csv_of(FRAME, tmp_path / "flights.csv")
    FRAME.write_ndjson(tmp_path / "flights.ndjson")
    for name in ("flights.csv", "flights.ndjson"):
        report = in_batches(FLIGHT, tmp_path / name, memory=memory)
        whole = check(FLIGHT, read_frame(tmp_path / name, FLIGHT))
        assert told(report) == told(whole), name


def test_a_value_that_does_not_parse_late_in_a_text_makes_its_column_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_readers, "_BLOCK", 64)
    path = tmp_path / "flights.csv"
    csv_of(FRAME, path)
    path.write_text(path.read_text().replace("0.0", "far").replace("2013-01-04", "then"))
    report, whole = in_batches(FLIGHT, path), check(FLIGHT, read_frame(path, FLIGHT))
    assert told(report) == told(whole)
    assert report.counts["distance", "dtype"] == 1
    assert ("distance", "gt") not in report.counts
    assert [dict(row.values) for row in report.failures[0].rows] == [{"distance": "far"}]


def test_a_row_longer_than_a_block_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_readers, "_BLOCK", 32)
    path = tmp_path / "flights.csv"
    path.write_text("flight\n" + "x" * 500 + "\ny\n")
    assert in_batches(schema(field("flight", str)), path).rows == 2


def folder_of(tmp_path: Path, **files: pl.DataFrame | bytes) -> Path:
    for name, content in files.items():
        path = tmp_path / name.replace("__", "/")
        path = path.with_name(path.name + ("" if "." in path.name else ".parquet"))
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content.write_parquet(path)
    return tmp_path


def test_a_corrupt_file_is_named_and_the_others_are_judged(tmp_path: Path) -> None:
    good = FRAME.slice(0, 2)
    folder_of(tmp_path, a=good, b=b"PAR1 nothing PAR1", c=FRAME.slice(2))
    report = in_batches(FLIGHT, tmp_path)
    assert not report.ok
    assert report.counts[None, "file"] == 1
    assert "b.parquet cannot be read" in report.failures[0].reason
    assert (report.rows, broken(report)) == (5, BROKEN | {(None, "file"): 1})


def test_a_corrupt_file_alone_keeps_a_folder_from_being_fine(tmp_path: Path) -> None:
    folder_of(tmp_path, a=FRAME.slice(0, 1), b=b"PAR1")
    report = in_batches(FLIGHT, tmp_path)
    assert broken(report) == {(None, "file"): 1}
    assert not report.ok


def test_a_file_that_breaks_off_tells_how_far_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "flights.parquet"
    pl.DataFrame({"x": [float(number) for number in range(2000)]}).write_parquet(
        path, row_group_size=1000, compression="uncompressed", use_pyarrow=True
    )
    second = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    start = second.dictionary_page_offset or second.data_page_offset
    content[start : start + 20] = b"\xff" * 20
    path.write_bytes(content)
    report = in_batches(schema(field("x", ge=500)), path, rows=100)
    assert not report.ok
    assert "flights.parquet cannot be read beyond row 1,000: " in report.failures[0].reason
    assert (report.rows, report.counts["x", "ge"]) == (1000, 500)


def test_no_readable_file_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"a\.parquet cannot be read"):
        in_batches(FLIGHT, folder_of(tmp_path, a=b"PAR1"))


def test_an_empty_file_among_others_is_named(tmp_path: Path) -> None:
    report = in_batches(FLIGHT, folder_of(tmp_path, a=FRAME.slice(0, 1), b=b""))
    assert "b.parquet" in report.failures[0].reason
    assert "is empty" in report.failures[0].reason


def test_a_file_of_no_known_format_among_others_is_named(tmp_path: Path) -> None:
    folder_of(tmp_path, a=FRAME.slice(0, 1), **{"notes.txt": b"hello"})
    assert "notes.txt" in in_batches(FLIGHT, tmp_path).failures[0].reason


@pytest.mark.parametrize("source", ["", "*.parquet"])
def test_a_folder_without_data_is_an_error(tmp_path: Path, source: str) -> None:
    (tmp_path / "_SUCCESS").touch()
    with pytest.raises(FileError, match="holds no data files"):
        in_batches(FLIGHT, f"{tmp_path}/{source}")


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        in_batches(FLIGHT, tmp_path / "none.parquet")


def test_what_programs_leave_beside_data_is_skipped(tmp_path: Path) -> None:
    junk: dict[str, pl.DataFrame | bytes] = {
        "_SUCCESS": b"",
        ".a.parquet.crc": b"x",
        "_temporary__b.parquet": b"x",
        ".hidden.parquet": b"x",
    }
    folder_of(tmp_path, a=FRAME, **junk)
    for source in (tmp_path, f"{tmp_path}/*", f"{tmp_path}/**/*.parquet"):
        report = in_batches(FLIGHT, source)
        assert (report.rows, broken(report)) == (5, BROKEN)


def test_tables_without_rows_or_row_groups_are_fine(tmp_path: Path) -> None:
    schema_of = FRAME.to_arrow().schema
    pq.ParquetWriter(tmp_path / "none.parquet", schema_of).close()
    folder_of(tmp_path, empty=FRAME.clear())
    report = in_batches(FLIGHT, tmp_path)
    assert (report.ok, report.rows) == (True, 0)
    assert report.counts["flight", "unique"] == 0


def test_files_of_different_schemas_are_told_apart(tmp_path: Path) -> None:
    other = FRAME.with_columns(pl.col("distance").cast(pl.String)).drop("seats")
    folder_of(tmp_path, a=FRAME, b=other)
    report = in_batches(FLIGHT, tmp_path)
    assert report.counts["distance", "dtype"] == 1
    assert report.counts["seats", "missing"] == 1
    assert report.counts["distance", "gt"] == 2
    assert report.counts["flight", "unique"] == 10
    dtype = next(failure for failure in report.failures if failure.rule == "dtype")
    assert dtype.reason.endswith("in b.parquet")
    assert [(each.column, each.rule, each.blocks) for each in report.not_run] == [
        ("distance", "gt", True),
        ("seats", "integral", True),
    ]
    assert all("in b.parquet" in each.because for each in report.not_run)
    assert not report.ok


def test_integers_in_one_file_and_floats_in_another_are_compared(tmp_path: Path) -> None:
    folder_of(tmp_path, a=pl.DataFrame({"x": [1, 2]}), b=pl.DataFrame({"x": [2.0, 3.0]}))
    for memory in (0, MEMORY):
        report = in_batches(schema(field("x", unique=True, increasing=True)), tmp_path, memory=memory)
        assert broken(report) == {("x", "unique"): 2}


def test_zones_in_one_file_only_keep_rules_across_files_from_running(tmp_path: Path) -> None:
    zoned = FRAME.with_columns(pl.col("time").dt.replace_time_zone("UTC"))
    folder_of(tmp_path, a=FRAME, b=zoned)
    report = in_batches(FLIGHT, tmp_path)
    assert ("time", "increasing") not in report.counts
    assert [(each.column, each.rule, each.blocks) for each in report.not_run] == [
        ("time", "increasing", True)
    ]


def test_folders_give_columns(tmp_path: Path) -> None:
    folder_of(
        tmp_path,
        **{"year=2013__a": FRAME, "year=2014__b": FRAME, "year=__HIVE_DEFAULT_PARTITION____c": FRAME},
    )
    declared = schema(field("distance", nullable=True), field("year", int, nullable=True, lt=2014))
    report = in_batches(declared, tmp_path)
    assert (report.rows, broken(report)) == (15, {("year", "lt"): 5})
    assert report.failures[0].rows[0].keys["file"] == "year=2014/b.parquet"


def test_columns_that_no_rule_needs_are_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "flights.parquet"
    FRAME.with_columns(note=pl.lit("hello"), nothing=pl.lit(1.0)).write_parquet(path)
    declared = schema(field("distance", gt=0, nullable=True), field("nothing", nullable=True))
    seen = []

    class Spy(arrow_readers.Parquet):  # type: ignore[misc]
        def batches(self, columns: Any) -> Any:
            seen.append(list(columns))
            return super().batches(columns)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(readers._READERS, "Parquet", Spy)
        assert in_batches(declared, path).counts["nothing", "dtype"] == 0
    assert seen == [["distance"]]


def test_a_dataset_is_judged_in_its_own_columns(tmp_path: Path) -> None:
    folder_of(tmp_path, **{"year=2013__a": FRAME, "year=2014__b": FRAME})
    source = pa.dataset.dataset(tmp_path, partitioning="hive")
    declared = schema(field("flight", str, unique=True), field("year", int, lt=2014))
    report = in_batches(declared, source)
    assert (report.rows, broken(report)) == (10, {("flight", "unique"): 10, ("year", "lt"): 5})


def test_a_path_goes_wherever_a_frame_does(tmp_path: Path) -> None:
    FRAME.write_parquet(tmp_path / "flights.parquet")
    path = str(tmp_path / "flights.parquet")
    assert broken(check(FLIGHT, path)) == BROKEN
    with pytest.raises(BoundaryError):
        validate(FLIGHT, Path(path))
    assert validate(schema(field("flight", str)), path) == path
    with pytest.raises(FrameError, match="divided into files"):
        split(FLIGHT, path)
    with pytest.raises(FrameError, match="sample="):
        check(FLIGHT, path, sample=2)


def test_how_many_rows_are_kept_is_the_callers(tmp_path: Path) -> None:
    FRAME.write_parquet(tmp_path / "flights.parquet")
    for limit, kept in ((0, [0, 0, 0]), (1, [1, 1, 1]), (None, [4, 2, 1])):
        report = in_batches(FLIGHT, tmp_path / "flights.parquet", limit=limit)
        assert [len(failure.rows) for failure in report.failures] == kept


class Airport(FeatureSchema):
    code: str = field_of(unique=True)


class Stop(FeatureSchema, key=("line", "stop"), rows=(2, 40)):
    line: str
    stop: int = field_of(increasing="day", dtype="int16")
    day: int | None
    riders: float = field_of(decreasing=True)
    airport: str | None = field_of(references=Airport.c.code)

    @rule
    def few_share_of_its_line(c: Any) -> Any:
        """No stop has most of the riders of its line."""
        return c.riders <= 3 * c.riders.mean(by=c.line)

    @rule
    def not_far_from_all(c: Any) -> Any:
        """Riders are few times as many as everywhere."""
        return c.riders <= 2 * c.riders.mean() + 1

    @rule
    def many_days(c: Any) -> Any:
        """A line stops somewhere on each day."""
        return c.stop.n_unique(by=[c.line, c.day]) < c.stop.count(by=c.line)


STOPS = st.fixed_dictionaries(
    {
        "line": st.sampled_from(["a", "b", None]),
        "stop": st.integers(0, 3),
        "day": st.one_of(st.none(), st.integers(0, 3)),
        "riders": st.one_of(st.none(), st.sampled_from([0.0, 1.0, 5.0, 50.0, float("nan")])),
        "airport": st.sampled_from(["JFK", "LGA", "XXX", None]),
    }
)
STOP_TYPES = {
    "line": pl.String,
    "stop": pl.Int16,
    "day": pl.Int64,
    "riders": pl.Float64,
    "airport": pl.String,
}
AIRPORTS = pl.DataFrame({"code": ["JFK", "LGA"]})


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.lists(STOPS, max_size=45), st.integers(1, 7), st.booleans())
def test_rules_of_the_whole_table_are_judged_like_the_frame(
    tmp_path: Path, rows: list[dict[str, Any]], size: int, is_spilled: bool
) -> None:
    frame = pl.DataFrame(rows, schema=STOP_TYPES)
    frame[: frame.height // 2].write_parquet(tmp_path / "1.parquet")
    frame[frame.height // 2 :].write_parquet(tmp_path / "2.parquet")
    AIRPORTS.write_csv(tmp_path / "airports.csv")
    handed: Any = AIRPORTS if is_spilled else str(tmp_path / "airports.csv")
    with small_batches(size), spilling_at_once(is_spilled):
        report = check_files(Stop, f"{tmp_path}/*.parquet", references={Airport: handed})
    assert told(report) == told(check(Stop, frame, references={Airport: AIRPORTS}))


def test_a_reference_that_was_not_handed_in_does_not_run(tmp_path: Path) -> None:
    pl.DataFrame(schema=STOP_TYPES).write_parquet(tmp_path / "stops.parquet")
    report = check(Stop, tmp_path / "stops.parquet")
    (skipped,) = report.not_run
    assert (skipped.column, skipped.rule, skipped.blocks) == ("airport", "references", True)
    assert report.counts[None, "rows"] == 1


def test_a_table_that_refers_to_itself_is_read_twice(tmp_path: Path) -> None:
    class Part(FeatureSchema):
        name: str
        parent: str | None = field_of(references="name")

    pl.DataFrame({"name": ["a", "b"], "parent": ["c", None]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"name": ["c", "d"], "parent": ["d", "e"]}).write_parquet(tmp_path / "2.parquet")
    report = in_batches(Part, tmp_path, rows=1)
    (failure,) = report.failures
    assert (failure.rule, failure.count) == ("references", 1)
    assert [row.position for row in failure.rows] == [3]


def test_what_needs_all_rows_and_does_not_fit_is_not_run(tmp_path: Path) -> None:
    rows = [["a", 1, 1, 1.0, None]] * 9
    pl.DataFrame(rows, schema=STOP_TYPES, orient="row").write_parquet(tmp_path / "stops.parquet")
    report = check_files(Stop, tmp_path, memory=100, references={Airport: AIRPORTS})
    assert [(each.column, each.rule, each.blocks) for each in report.not_run] == [
        ("stop", "increasing", True),
        (None, "not_far_from_all", True),
    ]
    assert all("memory=" in each.hint for each in report.not_run)
    assert (None, "key") in report.counts
    assert not report.ok


def test_a_bar_is_drawn_on_a_terminal_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    FRAME.write_parquet(tmp_path / "flights.parquet")
    in_batches(FLIGHT, tmp_path, progress=True)
    assert capsys.readouterr() == ("", "")
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    in_batches(FLIGHT, tmp_path, progress=True)
    assert "5 rows" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_a_filtered_dataset_says_what_to_hand_in(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1.0, -1.0]}).write_parquet(tmp_path / "x.parquet")
    dataset: Any = pyarrow.dataset.dataset(tmp_path).filter(pyarrow.compute.field("x") > 0)
    with pytest.raises(FileError, match=r"filtered dataset(.|\n)*Hint: check dataset.to_table"):
        check(schema(field("x", gt=0)), dataset)
    assert check(schema(field("x", gt=0)), dataset.to_table()).ok
