"""Rules x engines x cells: what was asked, what agreed with the oracle, what an engine cannot do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from typing import Any

import attrs

from tests.boundary.conformance.cells import CELLS, table_of
from tests.boundary.conformance.engines import Engine
from tests.boundary.conformance.frames import TYPES, Stored, Table
from tests.boundary.conformance.oracle import Key, Verdict, judge
from tests.boundary.conformance.rows import RuleRow
from tests.boundary.conformance.specs import ColumnSpec, Known, TableSpec, Tree
from tests.boundary.tables import only_native

AGREES, DIFFERS, CANNOT, UNHELD = "agrees", "differs", "cannot", "not held"


@attrs.frozen
class Asked:
    """One rule on one engine in one cell."""

    engine: str
    rule: str
    cell: str
    outcome: str
    detail: str = ""


@cache
def _schema(name: str, spec: _Identity) -> Any:
    return spec.it.schema()


@attrs.frozen(eq=False)
class _Identity:
    """A spec as a key of the cache: its rules are not hashable."""

    it: TableSpec


_identities: dict[int, _Identity] = {}


def schema_of(spec: TableSpec) -> Any:
    """The class of a spec, made once."""
    kept = _identities.setdefault(id(spec), _Identity(spec))
    return _schema(spec.names[0], kept)


def ask(engine: Engine, row: RuleRow) -> Iterator[Asked]:
    """Ask one rule of an engine in every cell that there is for it, every way that the engine has."""
    for cell, make in CELLS.items():
        cells = make(row)
        if cells is not None:
            table = table_of(row, cells)
            for path in engine.paths:
                yield from _compare(engine, path, {row.name: row}, row.spec, table, cell)


def ask_together(engine: Engine, rows: Sequence[RuleRow], cell: str) -> Iterator[Asked]:
    """Ask many rules of an engine in one cell, in one table with columns for each of them."""
    table: dict[str, Any] = {}
    specs: list[TableSpec] = []
    taking: dict[str, RuleRow] = {}
    for place, row in enumerate(rows):
        cells = CELLS[cell](row)
        if cells is None or row.alone:
            continue
        part = table_of(row, cells, f"r{place}_")
        why = engine.unheld(part)
        if why:
            yield Asked(engine.name, row.name, cell, UNHELD, why)
            continue
        table |= part
        specs.append(renamed(row.spec, f"r{place}_"))
        taking[f"r{place}_"] = row
    together = TableSpec(
        tuple(column for spec in specs for column in spec.columns),
        {name: tree for spec in specs for name, tree in spec.checks.items()},
    )
    if taking:
        yield from _compare(engine, engine.paths[0], taking, together, table, cell)


def renamed(spec: TableSpec, prefix: str) -> TableSpec:
    """The same table with other names for its columns and its rules."""
    columns = tuple(_renamed_column(column, prefix) for column in spec.columns)
    checks = {f"{prefix}{name}": _renamed(tree, prefix) for name, tree in spec.checks.items()}
    return attrs.evolve(spec, columns=columns, checks=checks)


def _renamed_column(column: ColumnSpec, prefix: str) -> ColumnSpec:
    rules = {
        rule: f"{prefix}{said}" if rule in ("increasing", "decreasing") and isinstance(said, str) else said
        for rule, said in column.rules.items()
    }
    return attrs.evolve(column, name=f"{prefix}{column.name}", rules=rules)


def _renamed(tree: Tree, prefix: str) -> Tree:
    match tree:
        case ("col", name):
            return ("col", f"{prefix}{name}")
        case (str() as name, below, list() as by):
            return (name, _renamed(below, prefix), [f"{prefix}{each}" for each in by])
        case (str() as name, *below) if name != "values":
            return (name, *(_renamed(each, prefix) for each in below))
    return tree


def _compare(
    engine: Engine, path: str, rows: Mapping[str, RuleRow], spec: TableSpec, table: Table, cell: str
) -> Iterator[Asked]:
    why = engine.unheld(table)
    if why:
        yield from (Asked(engine.name, row.name, cell, UNHELD, why) for row in rows.values())
        return
    expected = judge(spec, rows_of(table), {name: TYPES[stored.type].base for name, stored in table.items()})
    try:
        with only_native() if path == "native" else nullcontext():
            report = schema_of(spec).check(
                engine.make(table), **given(engine, spec), **{"rows": None, **engine.options}
            )
    except Exception as error:  # noqa: BLE001 - an engine that falls over differs; the cell says how
        yield from (
            Asked(engine.name, row.name, cell, DIFFERS, f"{path}: {type(error).__name__}: {error}")
            for row in rows.values()
        )
        return
    for prefix, row in rows.items():
        yield _outcome(
            engine, path, row, cell, report, expected, prefix if len(rows) > 1 or prefix != row.name else ""
        )


def given(engine: Engine, spec: TableSpec) -> dict[str, Any]:
    """The other table as a frame of the engine's own library, where a reference looks into it."""
    if not any("references" in column.rules for column in spec.columns):
        return {}
    kinds = {"text": "str", "number": "int"}
    return {
        "references": {
            Known: engine.other({name: Stored(kinds[name], cells) for name, cells in spec.foreign.items()})
        }
    }


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The rows of a table, for the oracle."""
    cells = zip(*(stored.cells for stored in table.values()), strict=True)
    return [dict(zip(table, row, strict=True)) for row in cells]


def _outcome(
    engine: Engine, path: str, row: RuleRow, cell: str, report: Any, expected: Verdict, prefix: str
) -> Asked:
    found, wanted = _of_row(report.counts, prefix), _of_row(expected.counts, prefix)
    refused = {
        rule.rule: rule.because for rule in report.not_run if _belongs((rule.column, rule.rule), prefix)
    }
    named = engine.cannot.get(row.target[1]) or engine.cannot.get(row.name)
    if named is not None:
        told = [because for because in refused.values() if named in because]
        if told and not report.ok and not any(key[1] == row.target[1] for key in found):
            return Asked(engine.name, row.name, cell, CANNOT, told[0])
        return Asked(engine.name, row.name, cell, DIFFERS, f"{path}: {named!r} is not told: {report.not_run}")
    detail = ""
    if found != wanted:
        detail = f"counts {found} instead of {wanted}"
    elif refused:
        detail = f"not run: {refused}"
    elif not prefix and report.ok is not expected.ok:
        detail = f"ok is {report.ok}"
    elif engine.ordered:
        detail = _rows_unlike(report, expected, prefix, row)
    return Asked(engine.name, row.name, cell, DIFFERS if detail else AGREES, detail and f"{path}: {detail}")


def _belongs(key: Key, prefix: str) -> bool:
    column, rule = key
    return (column if column is not None else rule).startswith(prefix)


def _of_row(counts: Mapping[Key, int], prefix: str) -> dict[Key, int]:
    return {key: count for key, count in counts.items() if _belongs(key, prefix)}


def _rows_unlike(report: Any, expected: Verdict, prefix: str, row: RuleRow) -> str:
    """Where the failing rows of a report are not those of the oracle."""
    for failure in report.failures:
        key = (failure.column, failure.rule)
        if _belongs(key, prefix) and key in expected.at and failure.rows:
            places = sorted(each.position for each in failure.rows if each.position is not None)
            if len(places) < len(failure.rows):
                # Rows without an order have no positions.
                wanted, told = len(expected.at[key]), len(failure.rows)
                return "" if told == wanted else f"{key} in {told} rows instead of {wanted}"
            if places != list(expected.at[key]):
                return f"{key} in rows {places} instead of {list(expected.at[key])}"
    return ""
