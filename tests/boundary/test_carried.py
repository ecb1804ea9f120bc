"""Units and kinds that data carries: written in each place, read wherever they survived, compared in all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import pint_pandas  # noqa: F401  # it registers the dtype
import polars as pl
import pyarrow as pa
import pyarrow.feather as pf
import pyarrow.parquet as pq
import pytest

from typedml import COUNT, Count, FeatureSchema, Kind, Probability, Proportion, Threshold, Unit, field
from typedml.boundary import (
    BoundaryError,
    FrameError,
    Report,
    check,
    split,
    stamp,
    validate,
    write_ipc,
    write_parquet,
)
from typedml.boundary.batches import checking
from typedml.boundary.carried import files as carried_files
from typedml.boundary.carried.sayings import from_arrow


class InMiles(FeatureSchema):
    distance: Annotated[float, Unit("mile")] = field(gt=0)
    late: Probability
    name: str


class InKm(FeatureSchema):
    distance: Annotated[float, Unit("km")] = field(gt=0)
    late: Probability
    name: str


DATA: dict[str, list[Any]] = {"distance": [1.0, 2.0], "late": [0.1, 0.2], "name": ["a", "b"]}
CARRIED = [("distance", "unit"), ("late", "kind")]


def pandas_frame() -> pd.DataFrame:
    return pd.DataFrame(DATA)


def asked(report: Report) -> list[tuple[str | None, str]]:
    return [key for key in report.counts if key[1] in ("unit", "kind")]


def written(path: Path, way: str) -> Path:
    """A file that says miles, written in one of the ways that keep it."""
    WRITERS[way](path)
    return path


def stamped_table() -> pa.Table:
    return stamp(InMiles, pa.table(DATA))


def with_metadata(path: Path) -> None:
    words = {key.decode(): value.decode() for key, value in stamped_table().schema.metadata.items()}
    pl.DataFrame(DATA).write_parquet(path, metadata=words)


def twice(read: Any, write: Any, path: Path) -> None:
    write_parquet(InMiles, pandas_frame(), path)
    write(read(path), path)


def pl_schema(table: pa.Table) -> pa.Schema:
    types = pl.DataFrame(DATA).to_arrow().schema
    fields = [types.field(each.name).with_metadata(each.metadata) for each in table.schema]
    return pa.schema(fields, metadata=table.schema.metadata)


WRITERS: dict[str, Callable[[Path], Any]] = {
    "typedml from pandas": lambda path: write_parquet(InMiles, pandas_frame(), path),
    "typedml from polars": lambda path: write_parquet(InMiles, pl.DataFrame(DATA), path),
    "typedml from lazy polars": lambda path: write_parquet(InMiles, pl.LazyFrame(DATA), path),
    "typedml from arrow": lambda path: write_parquet(InMiles, pa.table(DATA), path),
    "typedml from a batch": lambda path: write_parquet(InMiles, pa.RecordBatch.from_pydict(DATA), path),
    "pandas": lambda path: stamp(InMiles, pandas_frame()).to_parquet(path),
    "pyarrow": lambda path: pq.write_table(stamped_table(), path),
    "pyarrow from pandas": lambda path: pq.write_table(
        pa.Table.from_pandas(stamp(InMiles, pandas_frame())), path
    ),
    "polars with metadata": with_metadata,
    "polars with an Arrow schema": lambda path: pl.DataFrame(DATA).write_parquet(
        path, arrow_schema=pl_schema(stamped_table())
    ),
    "pandas, written again": lambda path: twice(pd.read_parquet, pd.DataFrame.to_parquet, path),
    "pyarrow, written again": lambda path: twice(pq.read_table, pq.write_table, path),
}
WAYS = list(WRITERS)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_says_mile_never_passes_as_km(tmp_path: Path, way: str) -> None:
    path = written(tmp_path / "legs.parquet", way)
    fine = check(InMiles, path)
    assert fine.ok, str(fine)
    assert asked(fine) == CARRIED
    wrong = check(InKm, path)
    assert not wrong.ok
    assert (wrong.counts["distance", "unit"], wrong.counts["late", "kind"]) == (1, 0)
    (failure,) = wrong.failures
    assert failure.code == "typedml-unit"
    assert '"mile"' in failure.reason
    assert '"km"' in failure.reason
    assert 'convert(frame["distance"], "mile", "km")' in failure.hint
    assert ("distance", "gt") not in wrong.counts


READERS: dict[str, Any] = {
    "pandas": pd.read_parquet,
    "pyarrow": pq.read_table,
    "pandas through pyarrow": lambda path: pq.read_table(path).to_pandas(),
}
LOST = {
    # `to_pandas` of pyarrow looks for attrs among what pandas says of its index, where a table that never was
    # a frame of pandas says nothing.
    "pandas through pyarrow": {
        "typedml from polars",
        "typedml from lazy polars",
        "typedml from arrow",
        "typedml from a batch",
        "pyarrow",
        "polars with metadata",
        "polars with an Arrow schema",
    },
    # Of a Parquet file that polars writes, both keep the schema and not what stands beside it.
    "pandas": {"polars with metadata"},
    "pyarrow": {"polars with metadata"},
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("way", WAYS)
def test_a_frame_in_memory_says_what_its_reader_kept(tmp_path: Path, way: str, reader: str) -> None:
    frame = READERS[reader](written(tmp_path / "legs.parquet", way))
    kept = ("distance", "unit") in asked(check(InMiles, frame))
    assert kept is (way not in LOST.get(reader, ()))
    if kept:
        assert check(InMiles, frame).counts["distance", "unit"] == 0
        assert check(InKm, frame).counts["distance", "unit"] == 1


def test_ipc_files_carry_units_too(tmp_path: Path) -> None:
    for number, frame in enumerate((pandas_frame(), pl.DataFrame(DATA), pa.table(DATA))):
        path = tmp_path / f"{number}.feather"
        write_ipc(InMiles, frame, path)
        assert asked(check(InMiles, path)) == CARRIED
        assert check(InKm, path).counts["distance", "unit"] == 1
        assert check(InKm, pf.read_table(path)).counts["distance", "unit"] == 1


def test_a_folder_in_which_one_file_says_another_unit_is_refused(tmp_path: Path) -> None:
    write_parquet(InKm, pandas_frame(), tmp_path / "a.parquet")
    write_parquet(InMiles, pandas_frame(), tmp_path / "b.parquet")
    report = check(InKm, tmp_path)
    assert report.counts["distance", "unit"] == 1
    assert report.failures[0].reason.endswith("in b.parquet")
    assert report.rows == 4
    assert not report.ok


def test_data_that_says_nothing_has_no_such_rules() -> None:
    for frame in (pandas_frame(), pl.DataFrame(DATA), pa.table(DATA)):
        assert asked(check(InMiles, frame)) == []


def test_columns_without_a_declared_meaning_are_not_compared() -> None:
    class Plain(FeatureSchema):
        distance: float

    assert asked(check(Plain, stamp(InMiles, pandas_frame()))) == []


def saying(place: str, **said: str) -> Any:
    """A frame whose distance is said to be something in one place."""
    match place:
        case "attrs":
            frame = pandas_frame()
            frame.attrs["typedml"] = {"columns": {"distance": said}}
            return frame
        case "units":
            frame = pandas_frame()
            frame.attrs["units"] = {"distance": said["unit"]}
            return frame
        case "field":
            words = {"unit": said.get("unit"), "typedml.kind": said.get("kind")}
            return arrow_of(field={name: text for name, text in words.items() if text is not None})
        case _:
            return arrow_of(table={"typedml": json.dumps({"columns": {"distance": said}})})


def arrow_of(field: dict[str, str] | None = None, table: dict[str, str] | None = None) -> pa.Table:
    made = pa.table(DATA)
    fields = [each.with_metadata(field) if each.name == "distance" else each for each in made.schema]
    return made.cast(pa.schema(fields, metadata=table))


PLACES = ["attrs", "units", "field", "file"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "failing"),
    [
        ("km", 0),
        ("kilometer", 0),
        ("kilometre", 0),
        ("mile", 1),
        ("hour", 1),
        ("1", 1),
        ("", 1),
    ],
)
def test_units_are_compared_by_what_they_mean(place: str, text: str, failing: int) -> None:
    report = check(InKm, saying(place, unit=text))
    assert report.counts["distance", "unit"] == failing
    assert report.ok is not bool(failing)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["flurb", "km/", "%%", "km'", "\x1b[31m", "<b>"])
def test_a_unit_that_cannot_be_read_is_a_failure(place: str, text: str) -> None:
    report = check(InKm, saying(place, unit=text))
    assert report.counts["distance", "unit"] == 1
    assert report.failures[0].code == "typedml-unit"
    assert not report.ok


class Chances(FeatureSchema):
    distance: Probability


class Cuts(FeatureSchema):
    distance: Threshold[Probability]


@pytest.mark.parametrize("place", ["attrs", "field", "file"])
@pytest.mark.parametrize(
    ("schema", "kind", "failing"),
    [
        (Chances, "Probability", 0),
        (Chances, "Percent", 1),
        (Chances, "Proportion", 1),
        (Chances, "Logit", 1),
        (Chances, "Threshold[Probability]", 1),
        (Chances, "Flurb", 1),
        (Cuts, "Threshold[Probability]", 0),
        (Cuts, "Probability", 1),
        (InKm, "Probability", 1),
    ],
)
def test_kinds_are_compared_as_an_assignment_would(place: str, schema: Any, kind: str, failing: int) -> None:
    report = check(schema, saying(place, kind=kind))
    assert report.counts["distance", "kind"] == failing
    if failing:
        failure = next(each for each in report.failures if each.rule == "kind")
        assert (failure.code, failure.count) == ("typedml-kind", 1)
        assert kind in failure.reason
        assert failure.hint


def test_a_child_stands_where_its_parent_is_declared() -> None:
    class Shares(FeatureSchema):
        distance: Proportion

    assert check(Shares, saying("attrs", kind="Probability")).counts["distance", "kind"] == 0


def test_two_places_that_disagree_are_a_failure_and_two_spellings_are_not() -> None:
    table = {"typedml": json.dumps({"columns": {"distance": {"unit": "mile"}}})}
    report = check(InKm, arrow_of(field={"unit": "km"}, table=table))
    assert report.counts["distance", "unit"] == 1
    assert "two places" in report.failures[0].reason
    same = {"typedml": json.dumps({"columns": {"distance": {"unit": "kilometer"}}})}
    assert check(InKm, arrow_of(field={"unit": "km"}, table=same)).counts["distance", "unit"] == 0


@pytest.mark.parametrize("raw", ["{", "[1]", '{"columns": 3}', '{"columns": {"distance": "km"}}', "null"])
def test_an_entry_that_cannot_be_read_is_a_failure(raw: str) -> None:
    report = check(InKm, arrow_of(table={"typedml": raw}))
    assert report.ok is (raw == "null")
    if raw != "null":
        assert report.counts["distance", "unit"] == 1
        assert "cannot be read" in report.failures[0].reason


def test_a_unit_that_cannot_be_read_is_told_in_one_line() -> None:
    frame = pandas_frame()
    frame.attrs = {"units": {"distance": "furlongs??"}}
    (failure,) = check(InKm, frame).failures
    assert failure.rule == "unit"
    assert "'furlongs??': The character" in failure.reason
    assert "\n" not in failure.reason


def test_foreign_metadata_is_left_alone() -> None:
    frame = pandas_frame()
    frame.attrs = {"units": "metric", "source": "there", 3: 4}
    assert check(InKm, frame).ok
    assert check(InKm, arrow_of(table={"pandas": "{not json", "PANDAS_ATTRS": "[]"})).ok
    assert check(InKm, arrow_of(field={"kind": "flurb", "comment": "mile"})).ok


def test_a_stamp_contradicting_what_the_data_says_is_refused() -> None:
    frame = stamp(InMiles, pandas_frame())
    with pytest.raises(FrameError, match='says that "distance" is in "mile"') as error:
        stamp(InKm, frame)
    assert error.value.code == "typedml-unit"
    assert "convert" in str(error.value.hint)
    with pytest.raises(FrameError):
        write_parquet(InKm, frame, "never.parquet")
    with pytest.raises(FrameError):
        stamp(InKm, stamp(InMiles, pa.table(DATA)))


def test_a_stamp_changes_no_value_and_not_the_frame_handed_in() -> None:
    frame = pandas_frame()
    frame.attrs["source"] = "there"
    stamped = stamp(InMiles, frame)
    assert frame.attrs == {"source": "there"}
    assert stamped.attrs["source"] == "there"
    pd.testing.assert_frame_equal(stamped, frame, check_flags=False)
    table = pa.table(DATA).replace_schema_metadata({"source": "there"})
    assert stamp(InMiles, table).schema.metadata[b"source"] == b"there"
    assert stamp(InMiles, table).to_pydict() == DATA


def test_stamping_twice_is_stamping_once() -> None:
    once = stamp(InMiles, pa.table(DATA))
    assert stamp(InMiles, once).schema.equals(once.schema, check_metadata=True)
    frame = stamp(InMiles, pandas_frame())
    assert stamp(InMiles, frame).attrs == frame.attrs


def test_polars_frames_carry_nothing_and_the_hint_says_what_does() -> None:
    with pytest.raises(FrameError, match="carries no metadata") as error:
        stamp(InMiles, pl.DataFrame(DATA))
    assert "write_parquet" in str(error.value.hint)
    with pytest.raises(FrameError, match="no frame that can be written"):
        write_parquet(InMiles, [1], "never.parquet")


def test_a_file_of_another_unit_is_neither_returned_nor_split(tmp_path: Path) -> None:
    frame = stamp(InMiles, pandas_frame())
    with pytest.raises(BoundaryError):
        validate(InKm, frame)
    with pytest.raises(BoundaryError):
        split(InKm, frame)


def test_what_is_written_is_what_the_declaration_says() -> None:
    schema = stamp(InMiles, pa.table(DATA)).schema
    assert schema.field("distance").metadata == {b"unit": b"mile"}
    assert schema.field("late").metadata == {b"typedml.kind": b"Probability"}
    assert schema.field("name").metadata is None
    assert set(from_arrow(schema)) == {"distance", "late"}


def test_a_kind_of_ones_own_is_known_where_it_is_defined() -> None:
    glow = Kind("TestGlow", parent=COUNT)

    class Lamps(FeatureSchema):
        distance: Annotated[int, glow]

    class Counts(FeatureSchema):
        distance: Count

    frame = stamp(Lamps, pd.DataFrame({"distance": [1]}))
    assert frame.attrs["typedml"]["columns"]["distance"]["kind"] == "TestGlow"
    assert check(Lamps, frame).counts["distance", "kind"] == 0
    assert check(Counts, frame).counts["distance", "kind"] == 0
    assert check(Lamps, stamp(Counts, pd.DataFrame({"distance": [1]}))).counts["distance", "kind"] == 1


@pytest.mark.parametrize("dtype", ["pint[mile]", "pint[mile][Float64]", "pint[mile][Int64]"])
def test_the_dtype_of_a_pint_column_is_its_unit(dtype: str) -> None:
    frame = pd.DataFrame({**DATA, "distance": pd.Series([1, -2], dtype=dtype)})
    report = check(InMiles, frame)
    assert (report.counts["distance", "unit"], report.counts["distance", "gt"]) == (0, 1)
    assert dict(report.failures[0].rows[0].values) == {"distance": -2}
    refused = check(InKm, frame)
    assert refused.counts["distance", "unit"] == 1
    assert 'convert(frame["distance"]' in refused.failures[0].hint
    good, bad = split(InMiles, frame)
    assert (len(good), len(bad)) == (1, 1)
    assert str(good["distance"].dtype).startswith("pint")


def test_missing_values_of_a_pint_column_are_missing_on_every_path() -> None:
    class Legs(FeatureSchema):
        distance: Annotated[float, Unit("km/hour")] = field(gt=0)

    frame = pd.DataFrame({"distance": pd.Series([1.0, None, -3.0], dtype="pint[km/hour]")})
    for _ in range(2):
        report = check(Legs, frame)
        assert (report.counts["distance", "null"], report.counts["distance", "gt"]) == (1, 1)
        frame = pd.concat([frame] * 100, ignore_index=True).iloc[[0, *range(3, 200, 3), 1, 2]]


def test_a_pint_column_and_attrs_that_disagree_are_a_failure() -> None:
    frame = pd.DataFrame({**DATA, "distance": pd.Series([1.0, 2.0], dtype="pint[km]")})
    frame.attrs["units"] = {"distance": "mile"}
    assert check(InKm, frame).counts["distance", "unit"] == 1
    with pytest.raises(FrameError):
        stamp(InMiles, frame)


def test_a_pint_column_is_written_as_its_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame({**DATA, "distance": pd.Series([1.0, 2.0], dtype="pint[mile]")})
    write_parquet(InMiles, frame, tmp_path / "legs.parquet")
    assert check(InMiles, tmp_path / "legs.parquet").ok
    assert pd.read_parquet(tmp_path / "legs.parquet")["distance"].tolist() == [1.0, 2.0]
    with pytest.raises(FrameError):
        write_parquet(InKm, frame, tmp_path / "never.parquet")


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_read_whole_is_compared_as_well(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "legs.parquet", way)
    write_ipc(InMiles, pandas_frame(), tmp_path / "legs.feather")
    monkeypatch.setattr(checking, "absent_libraries", lambda: ["pyarrow"])
    assert check(InMiles, path).ok
    assert check(InKm, path).counts["distance", "unit"] == 1
    assert check(InKm, tmp_path / "legs.feather").counts["distance", "unit"] == 1
    monkeypatch.setattr(carried_files, "find_spec", lambda name: None if name == "pyarrow" else True)
    # What stands in the Arrow schema alone is read by pyarrow alone.
    seen = way != "polars with an Arrow schema"
    assert check(InKm, path).counts.get(("distance", "unit"), 0) == seen


@pytest.mark.parametrize("place", ["attrs", "field", "file"])
def test_a_text_without_end_is_not_quoted_in_full(place: str) -> None:
    for said in ({"unit": "m" * 100_000}, {"kind": "k" * 100_000}, {"unit": "(" * 100_000}):
        (failure,) = check(InKm, saying(place, **said)).failures
        assert len(failure.reason) < 500
