"""Inputs that are declared and never matter: a look-up without its key, a distance without a longitude.

No law forbids it, so it is a note. A schema is often wider than what one feature reads; so a column is told
only where nearly all others of its table matter, one of its meaning among them, or where tables meet by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs
import numpy as np

from typedml.laws.case import Case, Column, filler
from typedml.laws.dependence import differ
from typedml.laws.feature import Feature
from typedml.laws.generate import redrawn
from typedml.laws.inputs import Input
from typedml.laws.links import links_among
from typedml.laws.outcome import Outcome
from typedml.laws.placing import BASE
from typedml.laws.settings import Unfillable

# What looking may cost: one call for so many that the laws made.
SHARE = 25
# On how many tables, or calls of single values, an input must not have mattered; on how many it is tried.
LEAST, LEAST_CALLS, MOST = 3, 20, 40
# Of a table so many columns must matter, and at the most one of so many may not.
READ, ONE_OF = 3, 4
# Of wider tables only the columns by which they meet others are looked at.
WIDE = 8


def unread(feature: Feature, cases: Sequence[Case]) -> Iterator[str]:
    """What to say of inputs that never mattered to a result."""
    told = [case for case in cases if isinstance(feature.outcome(case), Outcome)]
    told = sorted(told, key=lambda case: case.rows, reverse=True)[:MOST]
    tabular = any(case.tabular for case in told)
    # A call with single values costs less than drawing them.
    last = feature.calls + (feature.calls // SHARE if tabular else 2 * MOST)
    asked = _asked(feature, last - feature.calls)
    idle = dict.fromkeys(asked, 0)
    for case in told:
        found = _still_idle(feature, case, idle, last) if idle else None
        if found is None:
            break
        idle = found
    least = LEAST if tabular else LEAST_CALLS
    never = [source for source, tables in idle.items() if tables >= least]
    for source in never:
        if source.field is None and told and _falls_back(feature, told[0], source):
            continue
        if _is_worth_telling(feature, source, asked, never):
            yield f"`{_name(source)}` is declared and never mattered to a result: it may not be read"


def _asked(feature: Feature, calls: int) -> list[Input]:
    """The parameters, the columns by which tables meet, and those of small tables where calls are left."""
    options = feature.options
    linked, named = _linked(feature), {options.label, *options.outcome}
    free = [s for s in feature.inputs if s.name not in named and s.kept is None]
    sure = [s for s in free if s.field is None or (s.table, s.name) in linked]
    every = [s for s in free if s in sure or _width(feature, s.table) <= WIDE]
    return every if len(every) + LEAST <= calls else sure


def _linked(feature: Feature) -> Collection[tuple[str, str]]:
    # What is learnt from has the columns of what is scored, whether a feature reads them or not.
    learnt = {source.table for source in feature.inputs if source.learnt}
    among = links_among(feature.inputs)
    links = [link for link in among if link.target not in learnt and link.table != link.target]
    return {(link.table, name) for link in links for name in link.columns} | {
        (link.target, name) for link in links for name in link.targets
    }


def _width(feature: Feature, table: str) -> int:
    return sum(source.field is not None and source.table == table for source in feature.inputs)


def _still_idle(
    feature: Feature, case: Case, idle: Mapping[Input, int], last: int
) -> dict[Input, int] | None:
    """The inputs that do not matter on one more case either, and on how many; None where calls run out."""
    before = feature.outcome(case)
    # Like columns of one trial would be equal, and equal ones hide a comparison.
    trials = {source: len(idle) * max(idle.values()) + place for place, source in enumerate(idle)}
    changed = {source: _redrawn(feature, case, source, trial) for source, trial in trials.items()}
    counts = {source: tables + (changed[source] is not None) for source, tables in idle.items()}
    if any(idle.values()) and feature.calls < last:
        # Of what did not matter once most does not matter again: all of it is changed at once.
        together = case.mapped(lambda column: changed.get(column.input) or column)
        if not differ(before, feature.outcome(together)):
            return counts
    if feature.calls + len(idle) > last:
        return None
    others = {s: other for s, other in changed.items() if other is not None}
    matter = {s for s, o in others.items() if differ(before, feature.outcome(case.with_column(o)))}
    return {source: tables for source, tables in counts.items() if source not in matter}


def _redrawn(feature: Feature, case: Case, source: Input, trial: int) -> Column | None:
    """An input with other values; None where it has no others, or was not given at all."""
    column = next((each for each in case.columns if each.input is source), None)
    if column is None:
        return None
    try:
        other = redrawn(column, feature.inputs, trial)
    except Unfillable:
        return None
    same = np.asarray(other.values == column.values, dtype=np.bool_) | column.null
    return None if same.all() else other


def _falls_back(feature: Feature, case: Case, source: Input) -> bool:
    """True where a parameter stands in for what is not there: all of a column, or all rows of a table."""
    for scarce in _scarce(case):
        other = _redrawn(feature, scarce, source, 0)
        before = feature.outcome(scarce)
        if other is None or not isinstance(before, Outcome):
            continue
        if differ(before, feature.outcome(scarce.with_column(other))):
            return True
    return False


def _scarce(case: Case) -> Iterator[Case]:
    """The case without what may be missing, of all tables or one, and without the rows of one."""
    gaps = {c.input for c in case.columns if c.input.tabular and c.input.nullable}
    if gaps:
        yield _without(case, gaps)
    for table in case.tables:
        own = {source for source in gaps if source.table == table}
        if own and own != gaps:
            yield _without(case, own)
        yield case.take([], table)


def _without(case: Case, gaps: Collection[Input]) -> Case:
    return case.mapped(lambda column: _missing(column) if column.input in gaps else column)


def _missing(column: Column) -> Column:
    values = np.full(len(column.values), filler(column.values.dtype), dtype=column.values.dtype)
    return attrs.evolve(column, values=values, null=np.ones(len(values), dtype=np.bool_))


def _is_worth_telling(
    feature: Feature, source: Input, asked: Sequence[Input], never: Sequence[Input]
) -> bool:
    if source.field is None or (source.table, source.name) in _linked(feature):
        return True
    mine = [each for each in asked if each.field is not None and each.table == source.table]
    idle = sum(each in never for each in mine)
    is_like = any(each.meaning == source.meaning is not None and each not in never for each in mine)
    return is_like and len(mine) - idle >= READ and ONE_OF * idle <= len(mine)


def _name(source: Input) -> str:
    return source.name if source.table == BASE else f"{source.parameter.name}.{source.name}"
