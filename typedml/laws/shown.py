"""Which inputs a counterexample shows: what matters to the results, and what tells its rows apart in time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import final

import attrs

from typedml.declare.scope import Past
from typedml.laws.breach import Breach
from typedml.laws.case import Case, Column
from typedml.laws.cell_texts import texts
from typedml.laws.dependence import differ, matters
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input
from typedml.laws.links import links_among
from typedml.laws.moments import moment_name, table_times
from typedml.laws.placing import BASE
from typedml.laws.reach import groups_of

# Of so few inputs all are shown, and of so few columns of a worked example.
FEW = 3
FEW_OF_EXAMPLE = 4
# The columns of a table that are shown at most, if no more tell its rows apart.
MOST = 6
TRIALS = 2


@final
@attrs.frozen
class Shown:
    """The inputs that are shown, those that tell rows apart, and those that are known not to matter."""

    kept: frozenset[Input]
    telling: frozenset[Input] = frozenset()
    idle: frozenset[Input] = frozenset()


def shown(breach: Breach, feature: Feature) -> Shown:
    """What is shown of a breach: everything of a few inputs, else what matters on any side."""
    columns = breach.sides[0].case.columns
    if len(columns) <= FEW:
        return Shown(frozenset(column.input for column in columns))
    telling = frozenset(_telling(breach, feature))
    changed = _changed(breach)
    if feature.deterministic is False:
        mattering = [column.input for column in changed]
    else:
        mattering = [c.input for c in columns if _matters(feature, breach, c, is_changed=c in changed)]
    chosen = mattering or [column.input for column in changed]
    chosen = chosen or [column.input for column in columns if column.input.meaning is not None][:FEW]
    if breach.is_example:
        chosen += [c.input for c in columns if len(_beside(columns, c)) <= FEW_OF_EXAMPLE]
    kept = frozenset(_few(columns, telling, chosen))
    known = bool(mattering) and feature.deterministic is not False
    return Shown(kept, telling, frozenset(c.input for c in columns if known and c.input not in chosen))


def _beside(columns: Collection[Column], one: Column) -> list[Column]:
    return [each for each in columns if each.input.table == one.input.table]


def _few(
    columns: Collection[Column], telling: Collection[Input], chosen: Collection[Input]
) -> Iterator[Input]:
    """What tells rows apart, and of each table as many more as may be shown."""
    yield from telling
    for table in dict.fromkeys(column.input.table for column in columns):
        mine = [c.input for c in columns if c.input.table == table and c.input in chosen]
        rest = [source for source in mine if source not in telling]
        yield from rest[: MOST - sum(source.table == table for source in telling)]


def _telling(breach: Breach, feature: Feature) -> Iterator[Input]:
    """The keys of groups, and the times by which rows are known, where it is told which rows reach which."""
    if not breach.is_scoped:
        return
    options = feature.options
    is_of_time = isinstance(options.scope, Past) or bool(options.asof)
    times = {**table_times(options, feature.inputs), BASE: moment_name(options, feature.inputs)}
    looked_up = set(_looked_up(feature))
    for column in breach.sides[0].case.columns:
        source = column.input
        is_time = is_of_time and times.get(source.table) == source.name
        is_key = source.table == BASE and source.name in groups_of(options)
        is_key |= bool(options.asof) and (source.table, source.name) in looked_up
        if source.tabular and (is_time or is_key):
            yield source


def _looked_up(feature: Feature) -> Iterator[tuple[str, str]]:
    """The texts by which rows of look-ups are found, at both ends."""
    texts_only = {(source.table, source.name) for source in feature.inputs if source.base is str}
    for link in links_among(feature.inputs):
        for here, there in zip(link.columns, link.targets, strict=True):
            yield from {(link.table, here), (link.target, there)} & texts_only


def _changed(breach: Breach) -> list[Column]:
    """The inputs whose values differ between the sides; those that only moved with their rows do not."""
    first, last = breach.sides[0].case, breach.sides[-1].case
    found = []
    for column in first.columns:
        moved = _by_row(last, last.column_of(column.input))
        own = _by_row(first, column)
        if any(moved[row] != own[row] for row in moved.keys() & own.keys()):
            found.append(column)
    return found


def _by_row(case: Case, column: Column) -> dict[int, str]:
    return dict(zip(case.row_labels(column.input.table), texts(column, None), strict=False))


def _matters(feature: Feature, breach: Breach, column: Column, *, is_changed: bool) -> bool:
    """True where an input matters to a result that is shown: where it changed, its change does."""
    if is_changed and len(breach.sides) > 1:
        return _change_matters(feature, breach, column.input)
    return any(
        matters(feature, side.case, side.case.column_of(column.input), breach.marks, trials=TRIALS)
        for side in breach.sides
    )


def _change_matters(feature: Feature, breach: Breach, source: Input) -> bool:
    """True where the change of one input alone, or all changes but this one, give another result."""
    before, after = breach.sides[0], breach.sides[-1]
    old, new = before.case.column_of(source), after.case.column_of(source)
    if len(old.values) != len(new.values):
        return True
    alone = feature.outcome(before.case.with_column(new))
    without = feature.outcome(after.case.with_column(old))
    return differ(before.outcome, alone, breach.marks) or differ(after.outcome, without, breach.marks)
