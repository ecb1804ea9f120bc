"""Tables for laws: seeded, small, on dyadic grids, seeking ties, repeated keys, boundaries and nulls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from typedml.declare.declared import DeclaredSchema
from typedml.laws.case import Case, Column, Mask, Values, dtype_of, filler
from typedml.laws.cross_rules import holds, mended
from typedml.laws.grid import Generator, Grid, grid_of, within
from typedml.laws.inputs import BASE, Input, Unfillable
from typedml.laws.landmarks import landmarks
from typedml.laws.simplex import normalised
from typedml.laws.words import words

ROTATION = (5, 2, 9, 12)
SIGNED = 3
NULLS = 0.18
TIES = 0.2
AT_LANDMARK = 0.15
NEGATIVE = 0.35
COINCIDENT = 0.12
FIRST_INSTANT = np.datetime64("2013-01-07T05:00", "us")
QUARTER_HOURS = 4 * 24 * 40
ATTEMPTS = 12
OVERDRAW = 4
# A seed of its own, so that what is drawn to confirm a finding is not what was found.
ANEW = 2_718_281


def cases(inputs: Sequence[Input], *, tables: int, seed: int) -> list[Case]:
    """The tables that laws are checked on: of 5, 2, 9 and 12 rows in rotation, the same for the same seed.

    Every fourth one holds values of both signs where nothing forbids a negative one. A feature of single
    values is called once for each row, so a table of it is as many cases.
    Raises: Unfillable where no table keeps the rules that are declared.
    """
    tabular = any(source.tabular for source in inputs)
    found = []
    for number in range(tables):
        random = np.random.default_rng((seed, number))
        rows = ROTATION[number % len(ROTATION)]
        each = [rows] if tabular else [1] * rows
        found += [case(inputs, number, size, random) for size in each]
    return found


def case(inputs: Sequence[Input], number: int, rows: int, random: Generator) -> Case:
    """One table of `rows` rows, or of fewer where its rules leave no more in a bounded number of attempts."""
    signed = number % len(ROTATION) == SIGNED
    best: Case | None = None
    wanted = sizes(inputs, rows, random)
    for attempt in range(ATTEMPTS):
        times = OVERDRAW if attempt else 1
        try:
            more = {table: size * times for table, size in wanted.items()}
            drawn = mended(_draw(inputs, number, more, random, signed=signed))
        except Unfillable:
            if attempt == 0:
                raise
            continue
        found = _keeping_rules(drawn, wanted)
        if found is None:
            continue
        if all(found.rows_of(table) == size for table, size in wanted.items()) and _has_few_nulls(found):
            return found
        if best is None or best.rows < found.rows:
            best = found
    if best is None:
        checks = " and ".join(f"`{check.name}`" for schema in _schemas(inputs) for check in schema.checks)
        raise Unfillable(f"a way to make rows that keep {checks}")
    return best


def sizes(inputs: Sequence[Input], rows: int, random: Generator) -> dict[str, int]:
    """How many rows each table has: the base table `rows`, each other one a number of its own."""
    tables = dict.fromkeys(source.table for source in inputs if source.tabular)
    return {table: rows if table == BASE else int(random.choice(ROTATION)) for table in tables}


def _keeping_rules(drawn: Case, wanted: Mapping[str, int]) -> Case | None:
    """The rows of each table that keep its rules, as many as are wanted; None where a table has none left."""
    for table, size in wanted.items():
        good = np.flatnonzero(holds(drawn, table))[:size].tolist()
        if not good and size:
            return None
        if len(good) < drawn.rows_of(table):
            drawn = drawn.take(good, table).relabelled(table)
    return drawn


def redrawn(column: Column, inputs: Sequence[Input], trial: int) -> Column:
    """A column with other values, as far as its rules leave a choice, and the same nulls."""
    random = np.random.default_rng((ANEW, trial, len(column.values)))
    values = _values(column.input, inputs, len(column.values), random, signed=False)
    values[column.null] = filler(values.dtype)
    return column.replaced(values)


def another(case_before: Case, inputs: Sequence[Input], trial: int) -> Case:
    """Another case of as many rows.

    Raises: Unfillable where no table keeps the rules that are declared.
    """
    random = np.random.default_rng((ANEW, trial, case_before.number))
    return case(inputs, case_before.number, case_before.rows, random)


def _schemas(inputs: Sequence[Input]) -> list[DeclaredSchema]:
    """The schemas of the frames, each once."""
    found = (source.parameter.schema for source in inputs)
    return list({id(schema): schema for schema in found if schema is not None}.values())


def _has_few_nulls(found: Case) -> bool:
    """Whether no column has more nulls than its `null_fraction`, after some rows were left out."""
    shares = ((column.input.rules.null_fraction, float(column.null.mean())) for column in found.columns)
    return all(most is None or share <= most for most, share in shares)


def _draw(
    inputs: Sequence[Input], number: int, sizes: Mapping[str, int], random: Generator, *, signed: bool
) -> Case:
    columns: list[Column] = []
    for source in inputs:
        rows = sizes[source.table] if source.tabular else 1
        column = _column(source, inputs, rows, random, signed=signed)
        columns.append(_coincident(column, columns, random))
    return Case(tuple(normalised(columns)), number, signed=signed)


def _column(source: Input, inputs: Sequence[Input], rows: int, random: Generator, *, signed: bool) -> Column:
    values = _values(source, inputs, rows, random, signed=signed)
    null = _nulls(source, rows, random)
    if null.any():
        values[null] = filler(values.dtype)
    return Column(source, values, null)


def _values(source: Input, inputs: Sequence[Input], rows: int, random: Generator, *, signed: bool) -> Values:
    dtype = dtype_of(source)
    rules = source.rules
    if rules.isin is not None:
        values = _chosen(source, rows, random, dtype)
    elif dtype.kind == "b":
        values = random.integers(0, 2, size=rows).astype(np.bool_)
    elif dtype.kind == "O":
        values = words(source, rows, random)
    elif dtype.kind in "mM":
        values = _times(source, rows, random)
    else:
        return _numbers(source, inputs, rows, random, signed=signed).astype(dtype)
    return _ordered(source, values)


def _ordered(source: Input, values: Values) -> Values:
    if source.rules.decreasing:
        return np.sort(values)[::-1]
    return np.sort(values) if source.rises else values


def _chosen(source: Input, rows: int, random: Generator, dtype: np.dtype[np.generic]) -> Values:
    allowed = [value for value in source.rules.isin or () if value is not None]
    if not allowed or (source.rules.unique and len(allowed) < rows):
        raise Unfillable(f"{rows} values that `isin` of `{source.name}` admits")
    places = random.choice(len(allowed), size=rows, replace=not source.rules.unique)
    values = np.empty(rows, dtype=dtype)
    values[:] = [allowed[place] for place in places]
    return values


def _times(source: Input, rows: int, random: Generator) -> Values:
    dtype = dtype_of(source)
    unique = source.rules.unique or source.is_ordered
    if unique:
        places = random.choice(QUARTER_HOURS, size=rows, replace=False)
    else:
        places = random.integers(1, QUARTER_HOURS, size=rows)
    if dtype.kind == "m":
        return np.asarray((places % 97 + 3) * np.timedelta64(15 * 60 * 1_000_000, "us")).astype(dtype)
    values = (FIRST_INSTANT + places * np.timedelta64(15 * 60 * 1_000_000, "us")).astype(dtype)
    return values if unique else tied(values, random)


def _numbers(source: Input, inputs: Sequence[Input], rows: int, random: Generator, *, signed: bool) -> Values:
    grid = grid_of(source)
    unique = source.rules.unique or source.is_ordered
    values = grid.draw(random, rows, unique=unique)
    if source.is_ordered:
        return _ordered(source, values)
    if unique:
        return values
    values = _at_landmarks(source, grid, values, landmarks(source, inputs), random)
    if signed:
        values = _both_signs(source, values, random)
    return tied(values, random) if source.tabular else values


def _at_landmarks(
    source: Input, grid: Grid, values: Values, marks: Sequence[float], random: Generator
) -> Values:
    """Put some values at a threshold, and one step to either side of it."""
    if not marks:
        return values
    here = random.random(len(values)) < (AT_LANDMARK if source.tabular else 2 * AT_LANDMARK)
    near = random.choice(np.asarray(marks), size=len(values))
    beside = near + grid.step * random.integers(-1, 2, size=len(values))
    inside = within(source, beside)
    return np.where(here & inside, beside, values)


def _both_signs(source: Input, values: Values, random: Generator) -> Values:
    flipped = np.where(random.random(len(values)) < NEGATIVE, -values, values)
    return np.where(within(source, flipped), flipped, values)


def tied(values: Values, random: Generator) -> Values:
    """Repeat some values of other rows."""
    sources = random.integers(0, len(values), size=len(values))
    return np.where(random.random(len(values)) < TIES, values[sources], values)


def _coincident(column: Column, before: Sequence[Column], random: Generator) -> Column:
    """Copy some cells from an earlier column of the same meaning: coincident points, two equal moments."""
    source = column.input
    like = [other for other in before if _is_like(source, other.input)]
    if not like or not source.tabular or source.rules.stated:
        return column
    twin = like[int(random.integers(len(like)))]
    here = (random.random(len(column.values)) < COINCIDENT) & ~twin.null & ~column.null
    return column.replaced(np.where(here, twin.values, column.values))


def _is_like(source: Input, other: Input) -> bool:
    alike = source.base is other.base and source.meaning == other.meaning
    return alike and other.tabular and other.table == source.table and source.is_number


def _nulls(source: Input, rows: int, random: Generator) -> Mask:
    """Where values are missing: in two tables of three, where the declaration admits it."""
    null = np.zeros(rows, dtype=np.bool_)
    if not source.nullable or random.random() < 1 / 3:
        return null
    null[:] = random.random(rows) < NULLS
    share = source.rules.null_fraction
    if share is not None:
        null[np.flatnonzero(null)[int(share * rows) :]] = False
    return null
