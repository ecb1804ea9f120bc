"""The schemas of the flights go to pandera and back, with the same verdicts on the bundled extract."""

import warnings
from typing import Any

import pytest
from schemas import Airport, ClockHour, Departure, Flight, LookUps, Plane, StationHour, Weather
from tables import pandas_table, polars_table

with warnings.catch_warnings():
    # pandera looks for pyspark.pandas, which warns of pandas 3.
    warnings.simplefilter("ignore")
    from pandera.errors import SchemaErrors

    from typedml.boundary.pandera import from_pandera, to_pandera

import typedml as t
from typedml.boundary import check
from typedml.cli.demo import DATA

EXTRACT = DATA / "extract"
READ: dict[str, Any] = {"pandas": pandas_table, "polars": polars_table}
TABLES: list[tuple[Any, str]] = [
    (Flight, "flights"),
    (Departure, "flights"),
    (Weather, "weather"),
    (StationHour, "weather"),
    (ClockHour, "weather"),
    (Airport, "airports"),
]


def broken_rows(schema: Any, frame: Any) -> int:
    """How many failing cases pandera lists."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return len(errors.failure_cases)
    return 0


@pytest.mark.parametrize("library", READ)
@pytest.mark.parametrize(("schema", "table"), TABLES, ids=lambda value: getattr(value, "__name__", value))
def test_pandera_says_of_the_extract_what_typedml_says(schema: Any, table: str, library: Any) -> None:
    frame = READ[library](EXTRACT, table)
    written = to_pandera(schema, library)
    back = from_pandera(written)
    report = check(schema, frame)
    assert (broken_rows(written, frame) == 0) == report.ok
    assert check(back, frame).counts == report.counts
    declared = schema.declared
    assert (back.fields, back.checks, back.key) == (declared.fields, declared.checks, declared.key)


@pytest.mark.parametrize("library", READ)
def test_rules_about_other_tables_take_their_frames_along(library: Any) -> None:
    airports, weather, flights = (READ[library](EXTRACT, name) for name in ("airports", "weather", "flights"))
    planes = flights[["tailnum"]]
    with pytest.raises(t.DeclarationError, match="sees one frame"):
        to_pandera(LookUps, library)
    references = {Airport: airports, Plane: planes, Weather: weather}
    written = to_pandera(LookUps, library, references=references)
    good, bad = LookUps.split(flights, references=references)
    assert (len(good), len(bad)) == (327, 4)
    assert broken_rows(written, good) == 0
    assert broken_rows(written, flights) > 0
    assert from_pandera(written).references == LookUps.declared.references
