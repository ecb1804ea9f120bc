"""Other values in some rows of a table, within its rules: what laws change to see whom it reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.laws.case import Case, Column, Mask, Values, filler
from typedml.laws.cross_rules import holds
from typedml.laws.feature import Feature
from typedml.laws.generate import redrawn
from typedml.laws.grid import grid_of, within
from typedml.laws.inputs import Input
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable
from typedml.laws.simplex import is_simplex

Places = NDArray[np.intp]
NULLED = 0.15
UNSEEN = 0.5
DRAWS = 3
# Texts that no table has, before and after others in the order of texts.
BEFORE_AND_AFTER = ("0 unseen", "unseen")
LITTLE = 2.0**-20


@final
@attrs.frozen(eq=False)
class Edit:
    """A change to rows of a table; `what` names them in a sentence.

    The rows are left out, or have other values in `only` these columns (None: all but those to `keep`):
    with `unseen` texts that no other row has, with `extreme` the highest or lowest number.
    """

    what: str
    rows: Mask
    table: str = BASE
    leave_out: bool = False
    only: Collection[str] | None = None
    keep: Collection[str] = ()
    unseen: bool = False
    extreme: bool = False


def second_way(case: Case) -> bool:
    """Which of two ways to go on a table, so that each is gone on tables of every size."""
    return (case.number + case.number // 4) % 2 == 1


def edited(feature: Feature, case: Case, edits: Iterable[Edit], trial: int = 0) -> tuple[Case, Places]:
    """The case with all edits done, and where each row of the base table then stands."""
    gone = {table: np.zeros(case.rows_of(table), dtype=np.bool_) for table in case.tables}
    for edit in edits:
        if edit.leave_out and not (gone[edit.table] | edit.rows).all():
            gone[edit.table] |= edit.rows
        elif edit.rows.any():
            case = _changed(feature, case, edit, trial)
    for table, rows in gone.items():
        if rows.any():
            case = case.take(np.flatnonzero(~rows).tolist(), table).relabelled(table)
    return case, np.cumsum(~gone[BASE]) - 1


def _changed(feature: Feature, case: Case, edit: Edit, trial: int) -> Case:
    """The case with other values in the rows of an edit.

    What names or orders rows stays: unique and rising columns. A row whose new values break a rule of the
    table across columns keeps its old ones.
    """
    random = np.random.default_rng((len(edit.rows), case.number, trial))
    after = case
    for column in case.columns_of(edit.table):
        name = column.input.name
        if name in edit.keep or (edit.only is not None and name not in edit.only):
            continue
        if _is_free(column.input):
            after = after.with_column(_redrawn(feature, column, edit, random, trial))
    broken = edit.rows & ~holds(after, edit.table)
    return _put_back(case, after, broken, edit.table) if broken.any() else after


def _is_free(source: Input) -> bool:
    """True where a value may be another one without a look at the other rows."""
    return not (source.rules.unique or source.is_ordered or is_simplex(source))


def _redrawn(feature: Feature, column: Column, edit: Edit, random: np.random.Generator, trial: int) -> Column:
    rows, null = edit.rows, column.null.copy()
    values = _end(column, rows, trial) if edit.extreme else _other(feature, column, rows, trial)
    if edit.unseen and may_be_unseen(column.input):
        new = rows & (random.random(len(rows)) < UNSEEN)
        values[new] = [f"{BEFORE_AND_AFTER[row % 2]} {trial}.{row}" for row in np.flatnonzero(new)]
    null[rows] = column.input.nullable & (random.random(len(rows)) < NULLED)[rows]
    values[null] = filler(values.dtype)
    return attrs.evolve(column, values=values, null=null)


def _other(feature: Feature, column: Column, rows: Mask, trial: int) -> Values:
    """Other values in these rows, as far as a few draws find some."""
    values, same = column.values.copy(), rows.copy()
    if values.dtype.kind == "b":
        values[rows] = ~values[rows]
        return values
    whole = attrs.evolve(column, null=np.zeros_like(column.null))
    for draw in range(DRAWS):
        try:
            values[same] = redrawn(whole, feature.inputs, trial + 7 * draw).values[same]
        except Unfillable:
            break
        same &= np.asarray(values == column.values, dtype=np.bool_) & ~column.null
        if not same.any():
            break
    return values


def _end(column: Column, rows: Mask, trial: int) -> Values:
    """The highest value of a column in these rows, or in every second trial the lowest."""
    values = column.values.copy()
    known = values[~column.null]
    if not column.input.is_number or not len(known):
        return values
    grid = grid_of(column.input)
    values[rows] = max(grid.high, known.max()) if trial % 2 == 0 else min(grid.low, known.min())
    return values


def untied(case: Case) -> Case:
    """The case with its floats a little smaller or larger, no two by the same share: without ties."""

    def move(column: Column) -> Column:
        if column.values.dtype.kind != "f" or column.input.rules.isin is not None or column.input.integral:
            return column
        if not _is_free(column.input):
            return column
        shares = np.arange(1, len(column.values) + 1) * LITTLE
        smaller, larger = column.values * (1 - shares), column.values * (1 + shares)
        values = np.where(within(column.input, smaller), smaller, larger)
        return column.replaced(np.where(within(column.input, values), values, column.values))

    return case.mapped(move)


def may_be_unseen(source: Input) -> bool:
    """True for texts of which any other is admitted."""
    rules = source.rules
    bounded = rules.isin is not None or rules.pattern is not None or rules.references is not None
    return source.base is str and not bounded and rules.max_length is None and not rules.min_length


def _put_back(before: Case, after: Case, rows: Mask, table: str) -> Case:
    """The changed case with these rows as they were."""

    def restore(column: Column) -> Column:
        if column.input.table != table or not column.input.tabular:
            return column
        old = before.column(column.input.name, table)
        assert old is not None
        values: Values = np.where(rows, old.values, column.values)
        null: Any = np.where(rows, old.null, column.null)
        return attrs.evolve(column, values=values, null=null)

    return after.mapped(restore)
