"""Second opinions on generated frames: the simple rules in DuckDB's SQL and in pandera, translated by hand.

Each gives `{(column, rule): failing rows}` for the rules that it can say; others are left out.
"""

from __future__ import annotations

import datetime
import re
import warnings
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import pyarrow

from tests.boundary.campaign.generate import Column, Row
from tests.boundary.campaign.plant import plant
from tests.boundary.campaign.run import declared
from tests.boundary.conformance.frames import (
    Stored,
    Table,
    arrow_batch,
    pandas_arrow,
    pandas_objects,
    polars_eager,
)
from tests.boundary.conformance.kinds import bounds_of
from tests.boundary.conformance.oracle import Key, rules_of
from tests.boundary.conformance.specs import ColumnSpec, Known, TableSpec, Tree

Counts = dict[Key, int]
KNOWN = {"text": "str", "number": "int"}
SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
IN_PANDERA = ("null", "range", "gt", "ge", "lt", "le", "isin", "pattern", "unique")
IN_SQL = (
    "+",
    "-",
    "*",
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "and",
    "or",
    "not",
    "negative",
    "abs",
    "is_null",
    "is_in",
)


def by_duckdb(spec: TableSpec, table: Table) -> Counts:
    """What DuckDB counts, in one query."""
    asked: dict[Key, str] = {
        (column.name, rule): _broken_in_sql(column, rule)
        for column in spec.columns
        if column.name in table
        for rule in rules_of(column)
        if rule not in ("increasing", "decreasing")
    }
    for name, tree in spec.checks.items():
        if _is_in_sql(tree):
            asked[None, name] = f"NOT ({_sql(tree, spec)})"
    if not asked:
        return {}
    connection = duckdb.connect()
    connection.register("rows", pyarrow.table(arrow_batch(table)))
    counts = ", ".join(f"count(*) FILTER (WHERE {broken})" for broken in asked.values())
    row = connection.execute(f"SELECT {counts} FROM rows").fetchone()
    return dict(zip(asked, row or (), strict=True))


def _broken_in_sql(column: ColumnSpec, rule: str) -> str:
    x = _present(column)
    argument: Any = column.rules.get(rule)
    bounds = bounds_of(column.kind, column.unit)
    match rule:
        case "null":
            return f"{x} IS NULL"
        case "null_fraction":
            share = f"(SELECT count(*) FILTER (WHERE {x} IS NULL) / count(*) FROM rows)"
            return f"{x} IS NULL AND {share} > {argument}"
        case "range":
            assert bounds is not None
            return f"NOT ({x} >= {_literal(bounds.low)} AND {x} <= {_literal(bounds.high)})"
        case "integral":
            within = "true"
            if bounds is not None:
                within = f"({x} >= {_literal(bounds.low)} AND {x} <= {_literal(bounds.high)})"
            return f"CASE WHEN isinf({x}::DOUBLE) THEN {within} ELSE {x} <> floor({x}) END"
    return _stated_in_sql(x, rule, argument)


def _stated_in_sql(x: str, rule: str, argument: Any) -> str:
    match rule:
        case "unique":
            return f"{x} IS NOT NULL AND {x} IN (SELECT {x} FROM rows GROUP BY {x} HAVING count(*) > 1)"
        case "isin":
            return f"{x} NOT IN ({', '.join(_literal(each) for each in argument)})"
        case "min_length" | "max_length":
            return f"length({x}) {'<' if rule == 'min_length' else '>'} {argument}"
        case "references":
            return f"{x} NOT IN ({', '.join(_literal(each) for each in argument.values)})"
        case "pattern":
            return f"NOT regexp_full_match({x}, {_literal(argument)})"
    return f"NOT ({x} {SIGNS[rule]} {_literal(argument)})"


def _present(column: ColumnSpec) -> str:
    if column.base in ("float", "int"):
        return f"(CASE WHEN isnan({column.name}::DOUBLE) THEN NULL ELSE {column.name} END)"
    return column.name


def _literal(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"'{value!r}'::DOUBLE"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case datetime.datetime():
            return f"'{value.isoformat(sep=' ')}'::{'TIMESTAMP' if value.tzinfo is None else 'TIMESTAMPTZ'}"
        case datetime.date():
            return f"'{value}'::DATE"
        case datetime.timedelta():
            return f"to_microseconds({value // datetime.timedelta(microseconds=1)})"
        case Decimal():
            return f"{value:f}::DECIMAL(20, 4)"
    return str(value)


def _is_in_sql(tree: Tree) -> bool:
    """True for operators that SQL defines as the documentation does: division and powers are others."""
    match tree:
        case ("col" | "values", *_):
            return True
        case (str() as name, *below):
            return name in IN_SQL and all(_is_in_sql(each) for each in below)
    return True


def _sql(tree: Tree, spec: TableSpec) -> str:
    match tree:
        case ("col", name):
            return _present(spec.column(name))
        case ("is_null", below):
            return f"({_sql(below, spec)} IS NULL)"
        case ("is_in", below, ("values", *listed)):
            return f"({_sql(below, spec)} IN ({', '.join(map(_literal, listed))}))"
        case (("not" | "negative" | "abs") as name, below):
            return {"not": "(NOT {})", "negative": "(-{})", "abs": "abs({})"}[name].format(_sql(below, spec))
        case (("+" | "-" | "*") as sign, left, right):
            # Infinity less infinity is no number, and what is no number is missing.
            made = f"({_sql(left, spec)} {sign} {_sql(right, spec)})"
            return f"(CASE WHEN isnan({made}::DOUBLE) THEN NULL ELSE {made} END)"
        case (str() as sign, left, right):
            return f"({_sql(left, spec)} {'=' if sign == '==' else sign} {_sql(right, spec)})"
    return _literal(tree)


def by_pandera(spec: TableSpec, table: Table) -> Counts:
    """What pandera counts on pandas objects, asked to go on after the first failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandera.pandas as pa
    columns: dict[str, Any] = {}
    asked: Counts = {}
    for column in spec.columns:
        if column.name in table:
            rules = [rule for rule in rules_of(column) if rule in IN_PANDERA]
            asked |= {(column.name, rule): 0 for rule in rules}
            checks = [_check(pa, column, rule) for rule in rules if rule not in ("null", "unique")]
            columns[column.name] = pa.Column(
                None, checks, nullable="null" not in rules, unique="unique" in rules, report_duplicates="all"
            )
    try:
        pa.DataFrameSchema(columns).validate(pandas_objects(table), lazy=True)
    except pa.errors.SchemaErrors as error:
        found = Counter(zip(error.failure_cases["column"], error.failure_cases["check"], strict=True))
        asked |= {(name, _NAMES.get(told, told)): count for (name, told), count in found.items()}
    return asked


_NAMES = {"not_nullable": "null", "field_uniqueness": "unique"}


def _check(pa: Any, column: ColumnSpec, rule: str) -> Any:
    argument: Any = column.rules.get(rule)
    bounds = bounds_of(column.kind, column.unit)
    made: dict[str, Callable[[], Any]] = {
        "gt": lambda: pa.Check.gt(argument, error=rule),
        "ge": lambda: pa.Check.ge(argument, error=rule),
        "lt": lambda: pa.Check.lt(argument, error=rule),
        "le": lambda: pa.Check.le(argument, error=rule),
        "isin": lambda: pa.Check.isin(argument, error=rule),
        # pandas gives texts to RE2 or to Python's engine, as it finds them: this is Python's, always.
        "pattern": lambda: pa.Check(
            lambda text: re.fullmatch(argument, text, re.ASCII) is not None, element_wise=True, error=rule
        ),
        "range": lambda: pa.Check.in_range(bounds and bounds.low, bounds and bounds.high, error=rule),
    }
    return made[rule]()


def unlike(number: int) -> list[str]:
    """Where DuckDB or pandera counts otherwise than a report of the frame of a number."""
    random = Random(number)
    made, schema = declared(number)
    bed = plant(random, made)
    stored = {column.spec.name: _stored(column, bed.rows) for column in made.columns}
    table = {name: Stored(kind, [row[name] for row in bed.rows]) for name, kind in stored.items()}
    other = {
        Known: polars_eager({name: Stored(kind, made.spec.foreign[name]) for name, kind in KNOWN.items()})
    }
    counts = schema.check(random.choice((polars_eager, pandas_arrow))(table), references=other).counts
    return [
        f"{opinion.__name__}: {key} is {count}, the report says {counts[key]}"
        for opinion in (by_duckdb, by_pandera)
        for key, count in opinion(made.spec, table).items()
        if counts[key] != count
    ]


def _stored(column: Column, rows: list[Row]) -> str:
    fractions = any(isinstance(row[column.spec.name], float) for row in rows)
    base = "float" if column.spec.base == "int" and fractions else column.spec.base
    return "utc" if column.zoned else base
