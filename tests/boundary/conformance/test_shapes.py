"""Every declared type beside every stored one, missing columns and strangers, on every engine."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.boundary.conformance.engines import ENGINES, MAIN, Engine
from tests.boundary.conformance.frames import TYPES, Stored, Table
from tests.boundary.conformance.oracle import Verdict, judge
from tests.boundary.conformance.specs import BASES, ColumnSpec, TableSpec

NOON = datetime.datetime(2013, 11, 3, 12)
SAMPLES: dict[str, list[Any]] = {
    "float": [0.5, 1.5],
    "int": [1, 2],
    "str": ["a", "b"],
    "bool": [True, False],
    "datetime": [NOON, NOON],
    "date": [NOON.date(), NOON.date()],
    "timedelta": [datetime.timedelta(hours=1), datetime.timedelta(0)],
    "decimal": [Decimal("0.5"), Decimal(2)],
}
TYPED = {name: engine for name, engine in ENGINES.items() if name != "csv_file"}
"""Text in a file has no type but what is declared of it."""


def sample(kind: str) -> Stored:
    zone = datetime.UTC if kind in ("utc", "zoned") else None
    cells = SAMPLES[TYPES[kind].base]
    return Stored(kind, [cell.replace(tzinfo=zone) for cell in cells] if zone else cells)


def parametrised() -> list[Any]:
    return [
        pytest.param(each, id=name, marks=(*each.marks, *(() if name in MAIN else (pytest.mark.slow,))))
        for name, each in TYPED.items()
    ]


def expected_of(spec: TableSpec, table: Table) -> Verdict:
    rows = [
        dict(zip(table, row, strict=True))
        for row in zip(*(each.cells for each in table.values()), strict=True)
    ]
    return judge(spec, rows, {name: TYPES[stored.type].base for name, stored in table.items()})


@pytest.mark.parametrize("engine", parametrised())
def test_a_stored_type_fits_a_declared_one_on_every_engine_or_on_none(engine: Engine) -> None:
    held = [kind for kind in TYPES if not engine.unheld({"x": sample(kind)})]
    table = {f"{base}_as_{kind}": sample(kind) for base in BASES for kind in held}
    columns = tuple(ColumnSpec(name, name.partition("_as_")[0]) for name in table)
    spec = TableSpec(columns)
    report = spec.schema().check(engine.make(table), **engine.options)
    expected = expected_of(spec, table)
    assert dict(report.counts) == expected.counts
    assert {rule.column for rule in report.not_run} == {
        column for (column, rule), count in expected.counts.items() if rule == "dtype" and count
    }
    assert not report.ok


@pytest.mark.parametrize("engine", parametrised())
def test_missing_columns_and_strangers_are_told(engine: Engine) -> None:
    columns = (ColumnSpec("x"), ColumnSpec("y", "int"), ColumnSpec("z", "str", required=False))
    spec = TableSpec(columns, {"kept": (">", ("col", "y"), ("col", "x"))}, extra="forbid")
    for names in (
        ("x", "y", "z"),
        ("x", "y"),
        ("x", "z"),
        ("x", "y", "stranger"),
        ("y", "other", "stranger"),
    ):
        table = {name: sample({"y": "int", "z": "str"}.get(name, "float")) for name in names}
        report = spec.schema().check(engine.make(table), **engine.options)
        expected = expected_of(spec, table)
        assert dict(report.counts) == expected.counts, names
        assert report.ok is expected.ok, names


@pytest.mark.parametrize("engine", parametrised())
def test_the_width_of_numbers_is_told_where_numbers_have_one(engine: Engine) -> None:
    table = {f"as_{kind}": sample(kind) for kind in ("int16", "int8", "int", "float32", "float")}
    widths = {
        "as_int16": "int16",
        "as_int8": "int16",
        "as_int": "int64",
        "as_float32": "float32",
        "as_float": "float32",
    }
    columns = tuple(
        ColumnSpec(name, "float" if "float" in width else "int", rules={"dtype": width})
        for name, width in widths.items()
    )
    report = TableSpec(columns).schema().check(engine.make(table), **engine.options)
    counted = {column: count for (column, rule), count in report.counts.items() if rule == "width"}
    if engine.name == "pandas_objects":
        assert set(counted.values()) == {1}
    elif engine.name.startswith("list_of"):
        assert counted == {}
        assert {rule.column for rule in report.not_run if rule.rule == "width" and not rule.blocks} == {
            *widths
        }
    else:
        assert counted == {"as_int16": 0, "as_int8": 1, "as_int": 0, "as_float32": 0, "as_float": 1}
