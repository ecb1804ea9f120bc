"""Tables for laws: seeded, small, on dyadic grids, seeking ties, repeated keys, boundaries and nulls.

Tables are drawn one after another, the base table first, so that look-ups meet it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from typedml.declare.declared import DeclaredSchema
from typedml.laws import columns
from typedml.laws.case import Case, Column, filler
from typedml.laws.columns import Drawing
from typedml.laws.cross_rules import holds, mended
from typedml.laws.grid import Generator
from typedml.laws.inputs import Input
from typedml.laws.joins import distinct, met, needed, required, within_itself
from typedml.laws.keeping import has_right_size, keeps, schema_of_table
from typedml.laws.links import Link, links_among
from typedml.laws.placing import BASE
from typedml.laws.seeds import Seeds
from typedml.laws.settings import Unfillable
from typedml.laws.simplex import normalised
from typedml.laws.times import clock_of
from typedml.laws.words import few

ROTATION = (5, 2, 9, 12, 5, 1, 9, 12)
SIGNED = (3, 7)
# Once in a rotation a table is long enough for the nulls of a column that admits few, up to so many rows.
LONG = 7
MOST_ROWS = 40
# Once its keys hardly repeat, and once some of its rows are repeated as a whole.
SPREAD = 2
REPEATED = 4
FEWEST_REPEATED = 4
# The rows of look-ups and of what is learnt from; once in a rotation a look-up is empty, or is not given.
LOOKED_UP = (5, 3, 9, 12, 2)
LEARNT = (9, 12, 6)
EMPTY = 6
# What need not be given is not, on these of the rotation; of single values, every other time.
NOT_GIVEN = (1, 4, 5)
LEFT_OUT = 0.5
ATTEMPTS = 12
TRIALS = 3
OVERDRAW = 4
# A seed of its own, so that what is drawn to confirm a finding is not what was found.
ANEW = 2_718_281


def cases(inputs: Sequence[Input], *, tables: int, seed: int, seeds: Seeds | None = None) -> list[Case]:
    """The tables that laws are checked on: of 5, 2, 9, 12 and 1 rows in rotation, the same for the same seed.

    Every fourth one holds values of both signs where nothing forbids a negative one. The last of a rotation
    is longer where `null_fraction` admits no null among 12 rows. A feature of single
    values is called once for each row, so a table of it is as many cases. With `seeds`, three tables of four
    are made of rows that were given.
    Raises: Unfillable where no table keeps the rules that are declared.
    """
    tabular = any(source.tabular for source in inputs)
    found = []
    for number in range(tables):
        random = np.random.default_rng((seed, number))
        rows = ROTATION[number % len(ROTATION)]
        long = max(rows, _rows_of_a_null(inputs, BASE)) if number % len(ROTATION) == LONG else rows
        each = [long] if tabular else [1] * rows
        try:
            found += [case(inputs, number, size, random, seeds) for size in each]
        except Unfillable:
            if long == rows:
                raise
            # Unique values may be fewer than the rows of a long table.
            found.append(case(inputs, number, rows, random, seeds))
    return found


def _rows_of_a_null(inputs: Sequence[Input], table: str) -> int:
    """How many rows a table needs for one null in each column that may have few; 0 where that is too many."""
    shares = [source.rules.null_fraction for source in inputs if source.table == table and source.nullable]
    lengths = [math.ceil(1 / share) for share in shares if share]
    return max((length for length in lengths if length <= MOST_ROWS), default=0)


def case(
    inputs: Sequence[Input], number: int, rows: int, random: Generator, seeds: Seeds | None = None
) -> Case:
    """One case with `rows` rows in its base table, or fewer where its rules leave no more in bounded time.

    Raises: Unfillable where no case keeps the rules that are declared.
    """
    signed = number % len(ROTATION) in SIGNED
    links = links_among(inputs)
    for trial in range(TRIALS):
        drawing = Drawing(inputs, random, clock_of(inputs, number), signed)
        given = None if signed else seeds
        drawn = _scalars(Case((), number, signed=signed), drawing, given)
        try:
            for table, size in sizes(inputs, number, rows, random).items():
                sampled = given and given.sample(drawn, table, size, links, random)
                kept = sampled is not None and has_right_size(sampled, links)
                drawn = sampled if sampled and kept else _table(drawn, table, size, links, drawing)
                if table == BASE and number % len(ROTATION) == REPEATED and not kept:
                    drawn = _repeated(drawn)
        except Unfillable:
            if trial == TRIALS - 1:
                raise
            continue
        break
    return _sorted(drawn, inputs)


def sizes(inputs: Sequence[Input], number: int, rows: int, random: Generator) -> dict[str, int]:
    """How many rows each table has: the base table `rows`, each other one a number of its own."""
    found: dict[str, int] = {}
    for source in inputs:
        if source.tabular and source.table not in found:
            size = (
                rows if source.table == BASE else int(random.choice(LEARNT if source.learnt else LOOKED_UP))
            )
            if source.table != BASE and not source.learnt and number % len(ROTATION) == EMPTY:
                if source.parameter.default is None:
                    continue
                size = 0
            found[source.table] = _admitted(size, source.parameter.schema)
    return dict(sorted(found.items(), key=lambda item: item[0] != BASE))


def _admitted(size: int, schema: DeclaredSchema | None) -> int:
    """The nearest number of rows that a schema admits."""
    if schema is None or schema.rows is None:
        return size
    size = max(size, schema.rows.least)
    return size if schema.rows.most is None else min(size, schema.rows.most)


def _scalars(case: Case, drawing: Drawing, seeds: Seeds | None) -> Case:
    given = {} if seeds is None else seeds.record(drawing.random)
    found = [
        given.get(source) or columns.alone(source, drawing) for source in drawing.inputs if not source.tabular
    ]
    found = _without_optional(columns.in_order(found), case.number, drawing)
    return attrs.evolve(case, columns=tuple(normalised(found)))


def _without_optional(drawn: Sequence[Column], number: int, drawing: Drawing) -> list[Column]:
    """The columns, without what need not be given on some tables: all of it or none, as bounds are pairs."""
    tabular = any(source.tabular for source in drawing.inputs)
    if not any(column.input.optional for column in drawn):
        return list(drawn)
    left_out = number % len(ROTATION) in NOT_GIVEN if tabular else drawing.random.random() < LEFT_OUT
    return [columns.missing(c) if c.input.optional and left_out else c for c in drawn]


def _table(case: Case, table: str, size: int, links: Sequence[Link], drawing: Drawing) -> Case:
    """The case with one more table, or fewer of its rows where its rules leave no more."""
    best: Case | None = None
    least = required(case, table, links)
    size = max(size, least)
    for attempt in range(ATTEMPTS):
        try:
            rows = size * (OVERDRAW if attempt else 1)
            # A key of several columns may need more of each than groups of several rows would have.
            keys = _keys_of(case.number, table, size)
            drawing = attrs.evolve(drawing, keys=keys + attempt // 2)
            drawn = attrs.evolve(case, columns=(*case.columns, *_columns(table, rows, links, drawing)))
            drawn = _without_broken(mended(drawn), table) if attempt else drawn
            found = _keeping_rules(
                mended(met(drawn, table, links, drawing.random)), table, size, links, drawing
            )
        except Unfillable:
            if attempt == 0:
                raise
            continue
        if found is None:
            continue
        if found.rows_of(table) == size:
            return found
        if best is None or best.rows_of(table) < found.rows_of(table):
            best = found
    if best is None:
        raise Unfillable(_unkept(drawing.inputs, table, links))
    return best


def _keys_of(number: int, table: str, size: int) -> int:
    """How many keys the rows of a table are drawn from."""
    spread = table == BASE and number % len(ROTATION) == SPREAD
    return max(few(size), 2 * size) if spread else few(size)


def _repeated(drawn: Case) -> Case:
    """The case with two rows of its base table repeated, where nothing forbids it."""
    rows = np.arange(drawn.rows)
    sources = [column.input for column in drawn.columns_of(BASE)]
    schema = schema_of_table(drawn)
    keyed = schema is not None and bool(schema.key)
    if len(rows) < FEWEST_REPEATED or keyed or any(s.rules.unique or s.is_ordered for s in sources):
        return drawn
    # Neighbours, so that an order of rows stays.
    rows[[1, -1]] = rows[[0, -2]]
    found = drawn.take(rows.tolist()).relabelled()
    return found if keeps(found) else drawn


def _without_broken(drawn: Case, table: str) -> Case:
    """The rows of a table that keep its rules, so that no key that others refer to falls on a broken one."""
    return drawn.take(np.flatnonzero(holds(drawn, table)).tolist(), table).relabelled(table)


def _columns(table: str, rows: int, links: Sequence[Link], drawing: Drawing) -> list[Column]:
    found: list[Column] = []
    for source in drawing.inputs:
        if source.tabular and source.table == table:
            drawn = columns.column(source, rows, drawing)
            partners = _partners(source, links, drawing.inputs)
            drawn = columns.agreed(drawn, partners, drawing) if partners else drawn
            found.append(columns.coincident(drawn, found, drawing.random))
    return columns.missing_in_a_group(normalised(found), drawing.random)


def _partners(source: Input, links: Sequence[Link], inputs: Sequence[Input]) -> list[Input]:
    """The inputs of later tables whose values those of `source` are to meet."""
    names = {
        (link.target, target)
        for link in links
        for own, target in zip(link.columns, link.targets, strict=True)
        if link.table == source.table and own == source.name and link.target != link.table
    }
    return [other for other in inputs if (other.table, other.name) in names] if names else []


def _keeping_rules(
    drawn: Case, table: str, size: int, links: Sequence[Link], drawing: Drawing
) -> Case | None:
    """The rows of a table that keep its rules, as many as are wanted; None where that leaves too few."""
    good = holds(drawn, table) & distinct(drawn, table)
    first = good & needed(drawn, table, links)
    chosen = np.concatenate([np.flatnonzero(first), np.flatnonzero(good & ~first)])[:size]
    if size and not len(chosen):
        return None
    ordered = any(column.input.is_ordered for column in drawn.columns_of(table))
    if table == BASE or ordered:
        chosen = np.sort(chosen)
    elif len(chosen):
        chosen = drawing.random.permutation(chosen)
    if len(chosen) < drawn.rows_of(table) or table != BASE:
        drawn = drawn.take(chosen.tolist(), table).relabelled(table)
    found = within_itself(drawn, table, links, drawing.random)
    return found if _is_kept(found, table, links) else None


def _is_kept(case: Case, table: str, links: Sequence[Link]) -> bool:
    """Whether the newest table keeps its number of rows, its rules and its references."""
    itself = any(link.table == link.target == table for link in links)
    return keeps(case) if itself else has_right_size(case, links)


def _unkept(inputs: Sequence[Input], table: str, links: Sequence[Link]) -> str:
    """What a table could not keep, in the words of its schema."""
    schema = next((s.parameter.schema for s in inputs if s.table == table and s.field), None)
    names = [f"`{check.name}`" for check in schema.checks] if schema else []
    names += [f"key={schema.key}"] if schema and schema.key else []
    names += [f"rows={schema.rows}"] if schema and schema.rows else []
    names += [
        f"`{link.columns[0]}` among `{link.targets[0]}`"
        for link in links
        if link.declared and table in (link.table, link.target)
    ]
    return f"a way to make rows that keep {' and '.join(names) or 'the rules of their columns'}"


def _sorted(drawn: Case, inputs: Sequence[Input]) -> Case:
    """The case with its columns in the order of the inputs."""
    order: Mapping[int, int] = {id(source): place for place, source in enumerate(inputs)}
    return attrs.evolve(drawn, columns=tuple(sorted(drawn.columns, key=lambda c: order[id(c.input)])))


def redrawn(column: Column, inputs: Sequence[Input], trial: int) -> Column:
    """A column with other values, as far as its rules leave a choice, and the same nulls."""
    random = np.random.default_rng((ANEW, trial, len(column.values)))
    drawing = Drawing(inputs, random, clock_of(inputs, 0), keys=few(len(column.values)))
    values = columns.values(column.input, len(column.values), drawing)
    values = np.sort(values) if column.input.several else values
    values[column.null] = filler(values.dtype)
    return column.replaced(values)


def another(case_before: Case, inputs: Sequence[Input], trial: int) -> Case:
    """Another case of as many rows.

    Raises: Unfillable where no table keeps the rules that are declared.
    """
    random = np.random.default_rng((ANEW, trial, case_before.number))
    return case(inputs, case_before.number, case_before.rows, random)
