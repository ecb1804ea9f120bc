"""Whether a case as a whole keeps what its tables declare: what a smaller or another case must still do."""

from __future__ import annotations

from collections.abc import Sequence

from typedml.declare.declared import DeclaredSchema
from typedml.laws.admission import admits
from typedml.laws.case import Case
from typedml.laws.cross_rules import holds
from typedml.laws.inputs import Input
from typedml.laws.joins import dangling, distinct
from typedml.laws.links import Link, links_among
from typedml.laws.placing import BASE


def keeps(case: Case) -> bool:
    """Whether every table keeps its number of rows, its shares of nulls, its keys, rules and references."""
    return has_right_size(case) and all(
        bool((holds(case, table) & distinct(case, table)).all()) for table in case.tables
    )


def has_right_size(case: Case, links: Sequence[Link] | None = None) -> bool:
    """Whether rows that were left out break nothing: numbers of rows, shares of nulls, references."""
    if not has_few_nulls(case):
        return False
    for table in case.tables:
        schema = schema_of_table(case, table)
        if schema is not None and schema.rows is not None and not schema.rows.holds(case.rows_of(table)):
            return False
    if links is None:
        links = links_among(tuple(column.input for column in case.columns))
    return not any(lost.any() for lost in dangling(case, links).values())


def has_few_nulls(case: Case) -> bool:
    """Whether no column has more nulls than its `null_fraction`."""
    return all(
        column.input.rules.null_fraction is None
        or not column.null.any()
        or column.null.mean() <= column.input.rules.null_fraction
        for column in case.columns
    )


def is_admitted(case: Case, source: Input) -> bool:
    """Whether every value of an input is one that its own rules admit."""
    column = case.column_of(source)
    return bool((admits(source, column.values) | column.null).all())


def schema_of_table(case: Case, table: str = BASE) -> DeclaredSchema | None:
    """The schema of a table; None where it is made of arrays."""
    return next((c.input.parameter.schema for c in case.columns_of(table) if c.input.field), None)
