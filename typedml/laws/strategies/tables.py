"""Hypothesis strategies for whole tables: keys, orders, nulls, references and rules across columns.

Tables are built column by column so that they keep their schema. Rules that are no comparison of two columns
are met by drawing single rows again, a bounded number of times; rows that still break one are left out, and
an event of Hypothesis says so. No table as a whole is filtered.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final

import attrs
import numpy as np
from hypothesis import event, reject
from hypothesis import strategies as st

from typedml.declare.declared import DeclaredSchema
from typedml.errors import DeclarationError
from typedml.laws.case import Case, Column, Mask, dtype_of, filler
from typedml.laws.cross_rules import holds
from typedml.laws.inputs import Input
from typedml.laws.joins import distinct, within_rows
from typedml.laws.keeping import keeps
from typedml.laws.links import links_among
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable
from typedml.laws.strategies.comparisons import Comparison, bounds_of, comparisons_of, narrowed
from typedml.laws.strategies.values import MOST_LISTED, between, members, values

ROUNDS = 8
Draw = Any
Cells = dict[str, list[Any]]
Targets = Mapping[tuple[str, ...], Sequence[tuple[Any, ...]]]


@final
@attrs.frozen(eq=False)
class Plan:
    """How the tables of a schema are drawn: its inputs, narrowed, and the rules kept by construction.

    `targets` are the rows of other tables that its columns refer to.
    """

    schema: DeclaredSchema = attrs.field(repr=lambda schema: schema.name)
    inputs: tuple[Input, ...] = attrs.field(repr=False)
    narrow: dict[str, Input] = attrs.field(repr=False)
    rules: tuple[Comparison, ...] = attrs.field(repr=False)
    least: int
    most: int
    targets: Targets = attrs.field(repr=False)

    @property
    def tied(self) -> frozenset[str]:
        """The columns that are compared with another one."""
        return frozenset(name for rule in self.rules for name in (rule.low, rule.high))


def plan_of(schema: DeclaredSchema, inputs: Sequence[Input], rows: tuple[int, int], targets: Targets) -> Plan:
    """The plan of a schema for `rows` rows at least and at most.

    Raises: DeclarationError where it has rules that no generator can keep, or no number of rows.
    """
    if schema.opaque:
        opaque = schema.opaque[0]
        fact = f"{schema.name} has the rule {opaque.name!r}, which only {opaque.frames} runs."
        raise DeclarationError(fact, "Draw from a schema without it, and filter what it refuses.")
    for rule in schema.checks:
        if rule.expression.is_aggregate:
            fact = f"{schema.name} has the rule {rule.name!r} over many rows, which no strategy can keep."
            raise DeclarationError(
                fact, "Draw from a schema without it, and compute that column from others."
            )
    least, most = rows
    if schema.rows is not None:
        least = max(least, schema.rows.least)
        most = max(least, most if schema.rows.most is None else min(most, schema.rows.most))
        if not schema.rows.holds(least):
            raise DeclarationError(f"{schema.name} has {schema.rows}, not {least}.", "Leave rows= out.")
    try:
        narrow = narrowed(schema, inputs)
        for source in narrow.values():
            values(source)
        most = min([most, *_rooms(schema, narrow)])
    except Unfillable as wanting:
        raise DeclarationError(f"Rows of {schema.name} want {wanting}.", "Widen its rules.") from None
    if most < least:
        fact = f"{schema.name} has room for {most} rows, not for {least}."
        raise DeclarationError(fact, "Widen what is unique, or ask for fewer rows.")
    return Plan(schema, tuple(inputs), narrow, comparisons_of(schema), least, most, targets)


def _rooms(schema: DeclaredSchema, narrow: Mapping[str, Input]) -> Iterator[int]:
    """How many rows unique columns and keys of few values admit."""
    for key in (*((name,) for name, source in narrow.items() if source.rules.unique), schema.key):
        listed = _listed([narrow[name] for name in key]) if key else None
        if listed is not None:
            yield len(listed)


def _listed(sources: Sequence[Input]) -> list[tuple[Any, ...]] | None:
    """All values of some columns together, where there are few."""
    parts = [members(source) for source in sources]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or math.prod(map(len, known)) > MOST_LISTED:
        return None
    return list(itertools.product(*known))


@st.composite
def tables(draw: Draw, plan: Plan) -> Case:
    """A table of a plan, as a case of one table."""
    size = draw(st.integers(plan.least, plan.most))
    cells = _drawn(draw, plan, size)
    nulls = {source.name: _nulls(draw, source, size) for source in plan.inputs}
    case = _redrawn(draw, plan, _case(plan, cells, nulls))
    case = within_rows(case, links_among(plan.inputs), lambda rows, of: draw(_places(rows, of)))
    if case.rows < plan.least or not keeps(case):
        event(f"a table of {plan.schema.name} that keeps all rules was not found")
        reject()
    return case


def _places(rows: int, of: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, of - 1), min_size=rows, max_size=rows)


def _drawn(draw: Draw, plan: Plan, size: int) -> Cells:
    """The columns: those that refer to another table, keys, then the others in the order of their rules."""
    found: Cells = {}
    for columns, rows in plan.targets.items():
        if not rows:
            continue
        picked = draw(st.lists(st.sampled_from(list(rows)), min_size=size, max_size=size))
        found |= {name: [row[place] for row in picked] for place, name in enumerate(columns)}
    key = [plan.narrow[name] for name in plan.schema.key if name not in found]
    if len(key) > 1 and not any(source.rules.unique or source.name in plan.tied for source in key):
        whole = len(key) == len(plan.schema.key)
        tuples = draw(_lists(st.tuples(*map(values, key)), size, unique=whole, listed=_listed(key)))
        found |= {source.name: [row[place] for row in tuples] for place, source in enumerate(key)}
    for source in plan.inputs:
        if source.name not in found:
            found[source.name] = _cells(draw, plan, plan.narrow[source.name], size, found)
    return _in_order(plan, found)


def _cells(draw: Draw, plan: Plan, source: Input, size: int, found: Cells) -> list[Any]:
    before = [rule for rule in plan.rules if source.name in (rule.low, rule.high)]
    if not any({rule.low, rule.high} & found.keys() for rule in before):
        alone = source.rules.unique or plan.schema.key == (source.name,)
        return list(draw(_lists(values(source), size, unique=alone, listed=members(source))))
    return [
        draw(_within(source, before, {name: column[row] for name, column in found.items()}))
        for row in range(size)
    ]


def _within(source: Input, rules: Sequence[Comparison], row: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """The values of a column that stand where they must to the other columns of a row."""
    equal = next((rule for rule in rules if rule.equal and {rule.low, rule.high} & row.keys()), None)
    if equal is not None:
        return st.just(row[equal.low if equal.low in row else equal.high])
    try:
        return values(between(source, bounds_of(source.name, rules, row)))
    except Unfillable:
        return values(source)


def _lists(
    cell: st.SearchStrategy[Any], size: int, *, unique: bool, listed: list[Any] | None = None
) -> st.SearchStrategy[list[Any]]:
    """So many values, all different where `unique`: of few, a choice among those, not trial and error."""
    if unique and listed is not None:
        return st.lists(st.sampled_from(listed), min_size=size, max_size=size, unique=True)
    return st.lists(cell, min_size=size, max_size=size, unique=unique)


def _in_order(plan: Plan, found: Cells) -> Cells:
    """The columns in the orders that are declared, along the table or along another column."""
    for source in plan.inputs:
        order = source.rules.increasing or source.rules.decreasing
        if not order:
            continue
        by = None if order is True else plan.schema.field(str(order)).column
        rows = range(len(found[source.name]))
        places = list(rows) if by is None else sorted(rows, key=lambda row: found[by][row])
        cells = sorted(found[source.name], reverse=bool(source.rules.decreasing))
        placed = dict(zip(places, cells, strict=True))
        found[source.name] = [placed[row] for row in rows]
    return found


def _nulls(draw: Draw, source: Input, size: int) -> Mask:
    null = np.zeros(size, dtype=np.bool_)
    if source.nullable:
        null[:] = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    share = source.rules.null_fraction
    if share is not None:
        null[np.flatnonzero(null)[int(share * size) :]] = False
    return null


def _case(plan: Plan, cells: Cells, nulls: Mapping[str, Mask]) -> Case:
    columns = []
    for source in plan.inputs:
        dtype = dtype_of(source)
        kept = np.empty(len(cells[source.name]), dtype=dtype)
        kept[:] = [float(cell) if dtype.kind == "f" else cell for cell in cells[source.name]]
        null = nulls[source.name]
        kept[null] = filler(dtype)
        columns.append(Column(source, kept, null))
    return Case(tuple(columns), 0)


def _redrawn(draw: Draw, plan: Plan, case: Case) -> Case:
    """The case with rows that break a rule drawn again, or left out where that does not help."""
    for _ in range(ROUNDS):
        bad = np.flatnonzero(~(holds(case) & distinct(case, BASE)))
        if not len(bad):
            return case
        event(f"rows of {plan.schema.name} were drawn again for their rules")
        cells = _drawn(draw, plan, len(bad))
        for column in case.columns:
            if column.input.is_ordered:
                continue
            kept = column.values.copy()
            null = column.null[bad]
            kept[bad] = [float(c) if kept.dtype.kind == "f" else c for c in cells[column.input.name]]
            kept[bad[null]] = filler(kept.dtype)
            case = case.with_column(column.replaced(kept))
    good = np.flatnonzero(holds(case) & distinct(case, BASE))
    return _with_few_nulls(case.take(good.tolist()).relabelled())


def _with_few_nulls(case: Case) -> Case:
    """The case without rows of which so many miss a value that the share that is declared is passed."""
    for column in case.columns:
        share = column.input.rules.null_fraction
        while share is not None and len(column.null) and column.null.mean() > share:
            last = int(np.flatnonzero(column.null)[-1])
            case = case.take([row for row in range(case.rows) if row != last]).relabelled()
            column = case.column_of(column.input)
    return case
