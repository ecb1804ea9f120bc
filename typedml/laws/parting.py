"""A small table on which formulas part: what a worked example is proposed on.

Six rows of two groups. In the larger one mean, median and middle of the range differ, and so do first, last,
largest and smallest; one row stands twice. Values lie at a threshold and on both sides of it; rows are in no
order of time; a key that nothing meets is among those that are looked up or learnt of. Where a number that is
read may be missing there are two rows more: two of the larger group miss it, one after the other, and the
first of the smaller one. What a schema forbids is left as it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from typedml.laws.case import Case, Column, filler
from typedml.laws.changes import may_be_unseen
from typedml.laws.cross_rules import holds, mended
from typedml.laws.example_times import Read, in_vain, with_times
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input
from typedml.laws.joins import distinct, meeting
from typedml.laws.keeping import keeps
from typedml.laws.links import Link, links_among
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable
from typedml.laws.simplex import is_simplex
from typedml.laws.thresholds import crossings
from typedml.laws.unalike import PLACES, unalike

ROWS = 6
PARTING = 13_052_013
# The keys of six rows: of one table alone; of one whose keys are looked up or learnt of; a second key beside.
ALONE, MEETING, BESIDE = (0, 0, 1, 0, 0, 0, 0, 1), (0, 0, 2, 0, 1, 0, 0, 2), (0, 0, 0, 0, 1, 0, 0, 0)
IN_VAIN = (2, 7)
# What tells the rows of a group apart, where it is a part of their key.
APART = (0, 1, 0, 2, 3, 4, 5, 1)
NULLED = (5, 6, 7)


def parting(feature: Feature, case: Case, read: Read = None) -> Case | None:
    """A table like those of a case on which formulas part; None where its rules leave no room for one.

    `read` are the columns that the feature reads.
    """
    # What is looked up by time meets rows of its own time: keys and times stay as they were drawn together.
    links = () if feature.options.asof else links_among(feature.inputs)
    tables = [table for table in case.tables if table == BASE or _is_learnt(case, table)]
    if any(case.rows_of(table) < ROWS for table in tables):
        return None
    random = np.random.default_rng((PARTING, case.number))
    try:
        for table in case.tables:
            rows = _rows(case, table, links, _size(feature, case, table, read))
            case = _taken(case, table, rows)
        keyed = case if feature.options.asof else _with_keys(feature, case, links)
        moved = with_times(feature, keyed, read)
        found = mended(_with_values(moved, tables, read, random))
    except Unfillable:
        return None
    for table in tables:
        good = np.flatnonzero(holds(found, table) & distinct(found, table))
        found = found.take(good.tolist(), table).relabelled(table)
    return found if found.rows and keeps(found) else None


def _size(feature: Feature, case: Case, table: str, read: Read) -> int:
    """How many rows of a table are wanted: six, or eight where a number that is read may be missing.

    Of what is looked up by time they are chosen with their times.
    """
    if feature.options.asof and table != BASE and not _is_learnt(case, table):
        return case.rows_of(table)
    missing = any(_may_miss(column, read) for column in case.columns_of(table))
    more = len(PLACES) if missing and table == BASE else ROWS
    return more if case.rows_of(table) >= more else ROWS


def _may_miss(column: Column, read: Read) -> bool:
    source = column.input
    known = read is None or (source.parameter.name, source.name) in read
    return source.nullable and source.is_number and (known or source.parameter.carrier != "frame")


def _is_learnt(case: Case, table: str) -> bool:
    return any(column.input.learnt for column in case.columns_of(table))


def _is_looked_up(case: Case, link: Link) -> bool:
    return link.table == BASE and link.target in case.tables and not _is_learnt(case, link.target)


def _rows(case: Case, table: str, links: Sequence[Link], size: int) -> list[int]:
    """The first rows; of one that looks up those of two keys that are found and of one that is not."""
    looked = [link for link in links if _is_looked_up(case, link)]
    if looked and table == BASE and case.rows:
        met = np.all([meeting(case, BASE, [link]) for link in looked], axis=0)
        names = {name for link in looked for name in link.columns}
        looking = [c.values.tolist() for c in case.columns_of(BASE) if c.input.name in names]
        keys = list(zip(*looking, strict=True))
        first = int(np.argmax(met))
        second = next((row for row in np.flatnonzero(met) if keys[row] != keys[first]), first)
        third = next(iter(np.flatnonzero(~met)), second)
        return [int((first, second, third)[place]) for place in MEETING[:size]]
    if looked and table in {link.target for link in looked}:
        met = meeting(case, table, [link for link in looked if link.target == table])
        return sorted(np.argsort(~met, kind="stable")[:ROWS].tolist())
    return list(range(min(size, case.rows_of(table))))


def _taken(case: Case, table: str, rows: Sequence[int]) -> Case:
    """These rows of a table; what is unique or in an order is not repeated with them."""

    def kept(column: Column) -> Column:
        source = column.input
        if source.tabular and source.table == table and _is_fixed(source):
            return before[source].take(range(len(rows)))
        return column

    before = {column.input: column for column in case.columns}
    return case.take(rows, table).relabelled(table).mapped(kept)


def _with_keys(feature: Feature, case: Case, links: Sequence[Link]) -> Case:
    """The case with its groups: the keys of what is learnt from in what is scored, and one more there."""
    for link in links:
        if _is_looked_up(case, link) and not link.declared and meeting(case, BASE, [link]).all():
            case = in_vain(feature, case, link, [row for row in IN_VAIN if row < case.rows])
    looked = {name for link in links if _is_looked_up(case, link) for name in link.columns}
    learnt = {column.input.name for column in case.columns if column.input.learnt}
    place = 0
    for column in sorted(case.columns_of(BASE), key=lambda column: not column.input.grouped):
        if column.input.name in looked or not _is_key(column, column.input.name in learnt):
            continue
        mine = [c for c in case.columns if c.input.tabular and c.input.name == column.input.name]
        mine = [c for c in mine if c is column or c.input.learnt]
        pool = sorted({value for each in mine for value in each.values[~each.null].tolist()})
        for each in mine:
            layout = BESIDE if place else MEETING if len(mine) > 1 and each is column else ALONE
            case = case.with_column(_keyed(each, pool, APART if _tells_apart(each, case) else layout))
        place += 1
    return case


def _is_key(column: Column, shared: bool) -> bool:
    """True for what rows are grouped by; whole numbers that stand beside what is learnt from, too."""
    source = column.input
    if _is_fixed(source):
        return False
    return (
        source.grouped or source.is_name or column.values.dtype == object or (shared and source.base is int)
    )


def _is_fixed(source: Input) -> bool:
    """True for what no two rows have in common, or what is in an order."""
    return source.rules.unique or source.is_ordered or _key_of(source) == (source.name,)


def _key_of(source: Input) -> tuple[str, ...]:
    schema = source.parameter.schema
    return tuple(schema.key) if schema is not None else ()


def _tells_apart(column: Column, case: Case) -> bool:
    """True for the last column of a key of several, none of which is a time that can be moved."""
    names = _key_of(column.input)
    mine = [each for each in case.columns_of(column.input.table) if each.input.name in names]
    moved = any(each.input.is_instant and not each.input.grouped for each in mine)
    free = [each.input for each in mine if not each.input.grouped]
    return len(mine) > 1 and not moved and free[-1:] == [column.input]


def _keyed(column: Column, pool: Sequence[object], layout: Sequence[int]) -> Column:
    values = column.values.copy()
    unseen = [] if len(pool) > max(layout) or not may_be_unseen(column.input) else ["unseen"]
    keys = [*pool, *unseen]
    if not keys:
        return column
    for row in range(len(values)):
        values[row] = keys[min(layout[row], len(keys) - 1)]
    return attrs.evolve(column, values=values, null=np.zeros(len(values), dtype=np.bool_))


def _with_values(case: Case, tables: Sequence[str], read: Read, random: np.random.Generator) -> Case:
    nulls = set[str]()
    for way, column in enumerate(case.columns):
        source = column.input
        if not source.tabular or source.table not in tables or not _is_free(column, case):
            continue
        whole = attrs.evolve(column, null=np.zeros(len(column.values), dtype=np.bool_))
        found = unalike(whole, list(_marks(case, column)), way, random)
        if found is whole:
            continue
        if _may_miss(column, read) and source.table not in nulls and len(found.values) > NULLED[0]:
            found = _without_last(found)
            nulls.add(source.table)
        case = case.with_column(found)
    return case


def _is_free(column: Column, case: Case) -> bool:
    source = column.input
    fixed = _is_fixed(source) or is_simplex(source) or source.clock
    learnt = {each.input.name for each in case.columns if each.input.learnt}
    return not fixed and not _is_key(column, source.name in learnt)


def _without_last(column: Column) -> Column:
    null, values = column.null.copy(), column.values.copy()
    rows = [row for row in NULLED if row < len(null)]
    null[rows] = True
    values[rows] = filler(values.dtype)
    return attrs.evolve(column, values=values, null=null)


def _marks(case: Case, column: Column) -> Iterator[float]:
    """Where a decision may turn: thresholds as values of a column, and what else is given in its unit."""
    source = column.input
    for found in crossings(case):
        if found.source is source and not found.product:
            yield float(found.at[0])
    for other in case.columns:
        mine, theirs = source.meaning, other.input.meaning
        if other.input.tabular or not other.input.is_number or mine is None or theirs is None:
            continue
        if mine.unit == theirs.unit and mine.unit.dimension and not theirs.cut:
            yield from other.numbers[~other.null].tolist()
