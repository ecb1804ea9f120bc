"""What a drawn table becomes: a frame of pandas or polars, records, or one value of an annotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs
import numpy as np
from hypothesis import strategies as st

from typedml.declare.declared import DeclaredField, DeclaredParameter, DeclaredSchema
from typedml.errors import DeclarationError
from typedml.laws.admission import admits, conforming
from typedml.laws.build import array_cells, library, python_cells, read_table
from typedml.laws.case import Case, Column, dtype_of
from typedml.laws.inputs import Input
from typedml.laws.links import references_of
from typedml.laws.settings import Unfillable
from typedml.laws.strategies.tables import Plan, Targets, plan_of, tables
from typedml.laws.strategies.values import values

Form = Literal["pandas", "polars", "records", "lazy"]
References = Mapping[type, object]
Anything = st.SearchStrategy[Any]


def table(schema: DeclaredSchema, form: Form, rows: tuple[int, int], references: References) -> Anything:
    """Frames or records of a schema.

    Raises: DeclarationError where it cannot be drawn from.
    """
    unknown = next((s for s, given in references.items() if isinstance(given, st.SearchStrategy)), None)
    if unknown is not None:
        drawn: Any = references[unknown]
        found: Anything = drawn.flatmap(
            lambda given: table(schema, form, rows, {**references, unknown: given})
        )
        return found
    inputs = inputs_of_schema(schema)
    plan = plan_of(schema, inputs, rows, targets_of(schema, inputs, references))
    optional = _optional(plan)
    if not optional:
        return tables(plan).map(lambda case: made(case, form))
    subsets = st.lists(st.sampled_from(optional), unique=True)
    return st.builds(lambda case, absent: made(without(case, absent), form), tables(plan), subsets)


def inputs_of_schema(schema: DeclaredSchema) -> tuple[Input, ...]:
    """The columns of a schema as inputs."""
    parameter = DeclaredParameter(schema.name, carrier="frame", schema=schema)
    return tuple(Input(parameter, field) for field in schema.fields)


def targets_of(schema: DeclaredSchema, inputs: Sequence[Input], references: References) -> Targets:
    """The rows that the columns of a schema refer to, as far as they are given."""
    found: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    sources = {source.name: source for source in inputs}
    for reference in references_of(schema):
        given = next(
            (v for s, v in references.items() if reference.schema and issubclass(s, reference.schema)), None
        )
        if given is not None:
            mine = [sources[name] for name in reference.columns]
            found[reference.columns] = _rows_of(given, reference.targets, mine, reference.target)
    return found


def _rows_of(
    given: object, targets: Sequence[str], mine: Sequence[Input], name: str
) -> list[tuple[Any, ...]]:
    """The different keys of a table that the columns of another one admit."""
    columns = _of_records(given, targets) if isinstance(given, list) else read_table(given, targets)
    if columns is None or set(targets) - columns.keys():
        raise DeclarationError(
            f"references= gives no column {targets[0]!r} of {name}.", "Give its rows as a frame."
        )
    kept, whole = [], np.ones(len(columns[targets[0]][0]), dtype=np.bool_)
    for source, target in zip(mine, targets, strict=True):
        cells, null, odd = conforming(source, *columns[target])
        whole &= ~null & ~odd & admits(source, cells)
        kept.append(cells)
    rows = zip(*(cells[whole].tolist() for cells in kept), strict=True)
    return list(dict.fromkeys(rows))


def _of_records(rows: Sequence[Any], names: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    found = {}
    for name in names:
        cells = np.empty(len(rows), dtype=object)
        cells[:] = [row.get(name) for row in rows]
        found[name] = cells, np.array([cell is None for cell in cells], dtype=np.bool_)
    return found


def _optional(plan: Plan) -> list[str]:
    """The columns that may be absent, and that no rule speaks of."""
    schema = plan.schema
    spoken = {name for rule in schema.checks for name in rule.expression.columns} | set(schema.key)
    spoken |= {column for reference in references_of(schema) for column in reference.columns}
    orders = {order for field in schema.fields for order in (field.rules.increasing, field.rules.decreasing)}
    return [
        f.column for f in schema.fields if not f.required and f.column not in spoken and f.name not in orders
    ]


def without(case: Case, absent: Sequence[str]) -> Case:
    """The case without these columns."""
    return attrs.evolve(case, columns=tuple(c for c in case.columns if c.input.name not in absent))


def made(case: Case, form: Form) -> Any:
    """A table in the form that is wanted."""
    if form == "records":
        return [dict(zip((c.input.name for c in case.columns), row, strict=True)) for row in _cells(case)]
    build = library("polars" if form == "lazy" else form).build_frame
    return build(list(case.columns), case.row_labels(), extras=False, lazy=form == "lazy")


def _cells(case: Case) -> Iterable[tuple[Any, ...]]:
    return zip(*(python_cells(column) for column in case.columns), strict=True)


def record(schema: DeclaredSchema) -> Anything:
    """Instances of a class with fields: a dataclass, a TypedDict, a model."""
    field_names = {field.column: field.name for field in schema.fields}

    def build(rows: list[dict[str, Any]]) -> Any:
        return schema.source(**{field_names[name]: value for name, value in rows[0].items()})

    return table(schema, "records", (1, 1), {}).map(build)


def annotated(declared: DeclaredParameter, *, lazy: bool, rows: tuple[int, int]) -> Anything:
    """Values of an annotation, in the carrier that it names.

    Raises: DeclarationError where it cannot be drawn from.
    """
    if declared.nullable and declared.base is not type(None):
        return st.none() | annotated(attrs.evolve(declared, nullable=False), lazy=lazy, rows=rows)
    if declared.parts:
        return st.tuples(*(annotated(part, lazy=lazy, rows=rows) for part in declared.parts))
    if declared.schema is not None and declared.carrier == "frame":
        form: Form = "lazy" if lazy else "polars" if declared.library == "polars" else "pandas"
        return table(declared.schema, form, rows, {})
    if declared.schema is not None:
        return record(declared.schema)
    if declared.holds is not None and declared.carrier == "list":
        inner = annotated(declared.holds, lazy=lazy, rows=rows)
        return st.lists(inner, min_size=rows[0], max_size=rows[1])
    return _held(declared, rows)


def _held(declared: DeclaredParameter, rows: tuple[int, int]) -> Anything:
    source = Input(declared)
    if (declared.carrier == "other" and declared.meaning is None) or declared.carrier == "frame":
        fact = f"{declared.base.__name__} without a meaning or a schema says nothing to draw from."
        raise DeclarationError(
            fact, 'Annotate it: Annotated[float, Unit("km")], Annotated[pd.DataFrame, Flight].'
        )
    try:
        cell = values(source)
    except Unfillable as wanting:
        raise DeclarationError(f"A strategy wants {wanting}.", "Widen its rules.") from None
    if declared.carrier in ("scalar", "other"):
        return cell
    many = st.lists(cell, min_size=rows[0], max_size=rows[1])
    return many if declared.carrier == "list" else many.map(lambda cells: _column(source, cells))


def _column(source: Input, cells: list[Any]) -> Any:
    kept = np.empty(len(cells), dtype=dtype_of(source))
    kept[:] = cells
    column = Column(source, kept, np.zeros(len(cells), dtype=np.bool_))
    if source.parameter.carrier == "array":
        return array_cells(column.values, column.null)
    return library(source.parameter.library or "pandas").build_series(column, tuple(range(len(cells))))


__all__ = ["DeclaredField", "annotated", "made", "record", "table"]
