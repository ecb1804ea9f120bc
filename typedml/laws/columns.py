"""The values of one generated column: typical ones on a grid, ties, boundaries, few groups, nulls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.laws.admission import admits
from typedml.laws.case import Column, Mask, Values, cells_of, dtype_of, filler
from typedml.laws.grid import Generator, Grid, grid_of, within
from typedml.laws.inputs import Input
from typedml.laws.landmarks import known_names, landmarks
from typedml.laws.settings import Unfillable
from typedml.laws.times import Clock, numeric_times, times
from typedml.laws.words import words

NULLS = 0.18
# Below such a share of nulls, tables of 12 rows have none.
RARE = 1 / 12
TIES = 0.2
AT_LANDMARK = 0.15
NEGATIVE = 0.35
COINCIDENT = 0.12
IN_A_GROUP = 0.2
MOST_SETTINGS = 4


@final
@attrs.frozen
class Drawing:
    """What the columns of a table have in common: the source of chance, the clock, how many `keys` repeat.

    `signed` is True where numbers of both signs are wanted.
    """

    inputs: Sequence[Input]
    random: Generator
    clock: Clock
    signed: bool = False
    keys: int = 2


def column(source: Input, rows: int, drawing: Drawing) -> Column:
    """A column of `rows` values with its nulls.

    Raises: Unfillable where its rules leave no room.
    """
    drawn = values(source, rows, drawing)
    null = _nulls(source, rows, drawing.random)
    if null.any():
        drawn[null] = filler(drawn.dtype)
    return Column(source, drawn, null)


def alone(source: Input, drawing: Drawing) -> Column:
    """The column of a parameter without rows: one value, the default that it keeps, or several in order.

    Raises: Unfillable where its rules leave no room.
    """
    if source.kept is not None:
        kept = cells_of(source, source.kept)
        return Column(source, kept, np.zeros(len(kept), dtype=np.bool_))
    if source.several:
        # Edges of bins are in order, and no two are the same.
        found = np.unique(values(source, 2 * MOST_SETTINGS, drawing))
        few = drawing.random.permutation(len(found))[: drawing.random.integers(2, MOST_SETTINGS + 1)]
        return Column(source, found[np.sort(few)], np.zeros(len(few), dtype=np.bool_))
    return column(source, 1, drawing)


def missing(column: Column) -> Column:
    """The column with no value at all."""
    values = np.full(len(column.values), filler(column.values.dtype), dtype=column.values.dtype)
    return attrs.evolve(column, values=values, null=np.ones(len(values), dtype=np.bool_))


def in_order(drawn: Sequence[Column]) -> list[Column]:
    """The columns with what means the same rising, as a pair of bounds does: members of a tuple, and
    parameters that need not be given."""
    found = list(drawn)
    for place, first in enumerate(found):
        for later in range(place + 1, len(found)):
            low, high = found[place], found[later]
            if _is_pair(first.input, high.input) and high.values[0] < low.values[0]:
                found[place], found[later] = low.replaced(high.values), high.replaced(low.values)
    return found


def _is_pair(low: Input, high: Input) -> bool:
    members = low.parameter is high.parameter and low.part is not None and low.kept is None
    same = low.meaning == high.meaning and low.base is high.base and low.base is not bool
    return same and (members or (low.optional and high.optional))


def values(source: Input, rows: int, drawing: Drawing) -> Values:
    """Values that an input admits, in its order where it has one.

    Raises: Unfillable where its rules leave no room.
    """
    random, dtype = drawing.random, dtype_of(source)
    if source.rules.isin is not None:
        found = _chosen(source, rows, drawing, dtype)
    elif dtype.kind == "b":
        found = random.integers(0, 2, size=rows).astype(np.bool_)
    elif dtype.kind == "O":
        found = words(source, rows, random, drawing.keys, known_names(source, drawing.inputs))
    elif dtype.kind in "mM":
        found = times(source, rows, random, drawing.clock)
        found = found if _is_distinct(source) else tied(found, random)
    else:
        return _numbers(source, rows, drawing).astype(dtype)
    return ordered(source, found)


def missing_in_a_group(drawn: Sequence[Column], random: Generator) -> list[Column]:
    """The columns, one of which may miss all its values in one group of the table, as far as it may."""
    groups = [c for c in drawn if c.input.grouped] or [c for c in drawn if c.values.dtype == object]
    open_to = [c for c in drawn if c.null.any() and c.input.rules.null_fraction is None and c not in groups]
    if not groups or not open_to or random.random() >= IN_A_GROUP:
        return list(drawn)
    group, column = groups[0], open_to[int(random.integers(len(open_to)))]
    null = column.null | (group.values == group.values[random.integers(len(group.values))])
    values = column.values.copy()
    values[null] = filler(values.dtype)
    return [attrs.evolve(c, values=values, null=null) if c is column else c for c in drawn]


def ordered(source: Input, found: Values) -> Values:
    """The values in the order that the rules of an input ask for."""
    if source.rules.decreasing:
        return np.sort(found)[::-1]
    return np.sort(found) if source.rises else found


def _is_distinct(source: Input) -> bool:
    return source.rules.unique or source.is_ordered


def _chosen(source: Input, rows: int, drawing: Drawing, dtype: np.dtype[np.generic]) -> Values:
    random = drawing.random
    allowed = [value for value in source.rules.isin or () if value is not None]
    if not allowed or (source.rules.unique and len(allowed) < rows):
        raise Unfillable(f"{rows} values that `isin` of `{source.name}` admits")
    if not source.rules.unique:
        allowed = [allowed[place] for place in random.permutation(len(allowed))[: max(3, drawing.keys)]]
    places = random.choice(len(allowed), size=rows, replace=not source.rules.unique)
    found = np.empty(rows, dtype=dtype)
    found[:] = [allowed[place] for place in places]
    return found


def _numbers(source: Input, rows: int, drawing: Drawing) -> Values:
    random = drawing.random
    moments = numeric_times(source, rows, random, drawing.clock)
    if moments is not None:
        return ordered(source, moments) if _is_distinct(source) else tied(moments, random)
    grid = grid_of(source, rows if _is_distinct(source) else 0)
    found = grid.draw(random, rows, unique=_is_distinct(source))
    if source.is_ordered:
        return ordered(source, found)
    if _is_distinct(source):
        return found
    if source.grouped or source.is_name:
        return found[random.integers(0, drawing.keys, size=rows) % rows] if rows else found
    found = _at_landmarks(source, grid, found, landmarks(source, drawing.inputs), random)
    if drawing.signed:
        found = _both_signs(source, found, random)
    return tied(found, random) if source.tabular else found


def _at_landmarks(
    source: Input, grid: Grid, found: Values, marks: Sequence[float], random: Generator
) -> Values:
    """Put some values at a threshold, and one step to either side of it."""
    if not marks:
        return found
    here = random.random(len(found)) < (AT_LANDMARK if source.tabular else 2 * AT_LANDMARK)
    near = random.choice(np.asarray(marks), size=len(found))
    beside = near + grid.step * random.integers(-1, 2, size=len(found))
    inside = within(source, beside)
    return np.where(here & inside, beside, found)


def _both_signs(source: Input, found: Values, random: Generator) -> Values:
    flipped = np.where(random.random(len(found)) < NEGATIVE, -found, found)
    return np.where(within(source, flipped), flipped, found)


def tied(found: NDArray[np.generic], random: Generator) -> Values:
    """Repeat some values of other rows."""
    if not len(found):
        return found
    sources = random.integers(0, len(found), size=len(found))
    return np.where(random.random(len(found)) < TIES, found[sources], found)


def agreed(drawn: Column, partners: Sequence[Input], drawing: Drawing) -> Column:
    """The column with values that its partners in other tables admit too, where there are such."""
    odd = np.zeros(len(drawn.values), dtype=np.bool_)
    for partner in partners:
        odd |= ~admits(partner, drawn.values) & ~drawn.null
    if not odd.any():
        return drawn
    for partner in partners:
        pool = values(partner, drawing.keys if _is_distinct(partner) else 2 * len(odd), drawing)
        good = admits(drawn.input, pool)
        for other in partners:
            good &= admits(other, pool)
        shared = np.unique(pool[good])
        if len(shared):
            kept = drawing.random.permutation(shared)[: drawing.keys]
            return drawn.replaced(np.where(odd, drawing.random.choice(kept, size=len(odd)), drawn.values))
    return drawn


def coincident(drawn: Column, before: Sequence[Column], random: Generator) -> Column:
    """Copy some cells from an earlier column of the same meaning: coincident points, two equal moments."""
    source = drawn.input
    like = [other for other in before if _is_like(source, other.input)]
    if not like or not source.tabular or source.rules.stated:
        return drawn
    twin = like[int(random.integers(len(like)))]
    here = (random.random(len(drawn.values)) < COINCIDENT) & ~twin.null & ~drawn.null
    return drawn.replaced(np.where(here, twin.values, drawn.values))


def _is_like(source: Input, other: Input) -> bool:
    alike = source.base is other.base and source.meaning == other.meaning
    return alike and other.tabular and other.table == source.table and source.is_number


def _nulls(source: Input, rows: int, random: Generator) -> Mask:
    """Where values are missing: in two tables of three where the declaration admits it, in all that a share
    that admits few leaves room in."""
    null = np.zeros(rows, dtype=np.bool_)
    share = source.rules.null_fraction
    rare = share is not None and share < RARE
    if not source.nullable or source.optional or (random.random() < 1 / 3 and not rare):
        return null
    null[:] = random.random(rows) < NULLS
    if rows > 2 and not null.any():
        null[random.integers(rows)] = True
    if share is not None:
        null[np.flatnonzero(null)[int(share * rows) :]] = False
    return null
