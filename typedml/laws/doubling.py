"""Tables of twice the rows: each row again under a name of its own, or beside another of the same names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from typedml.laws.alterations import TRIALS, is_key, keeps_rules, stacked
from typedml.laws.case import Case, Column
from typedml.laws.generate import another
from typedml.laws.inputs import Input
from typedml.laws.placing import BASE
from typedml.laws.renaming import is_nominal
from typedml.laws.renewal import renewed
from typedml.laws.settings import Unfillable

_DOUBLED: WeakKeyDictionary[Case, list[Case | None]] = WeakKeyDictionary()
_SIBLINGS: WeakKeyDictionary[Case, list[Case | None]] = WeakKeyDictionary()


def doubled(case: Case, inputs: Sequence[Input]) -> Case | None:
    """The base table with each row twice, what names a row a new one; None where its rules forbid it."""
    if case not in _DOUBLED:
        again = renewed(case, inputs)
        both = None if again is None else stacked(case, again)
        _DOUBLED[case] = [both if both is not None and keeps_rules(both) else None]
    return _DOUBLED[case][0]


def sibling(case: Case, inputs: Sequence[Input]) -> Case | None:
    """A table of the same names and times and of other numbers, which may be put beside it; or None."""
    if case not in _SIBLINGS:
        _SIBLINGS[case] = [_sibling(case, inputs)]
    return _SIBLINGS[case][0]


def _sibling(case: Case, inputs: Sequence[Input]) -> Case | None:
    again = renewed(case, inputs)
    for trial in range(TRIALS if again is not None else 0):
        assert again is not None
        try:
            donor = {column.input: column for column in another(case, inputs, trial).columns}
        except Unfillable:
            return None
        if any(len(donor[c.input].values) != len(c.values) for c in case.columns_of(BASE)):
            continue
        other = _with_numbers_of(again, donor)
        if keeps_rules(other) and keeps_rules(stacked(case, other)):
            return other
    return None


def _with_numbers_of(case: Case, donor: Mapping[Input, Column]) -> Case:
    return case.mapped(lambda column: donor[column.input] if is_measured(column) else column)


def is_measured(column: Column) -> bool:
    """True for a column of the base table that holds quantities, and neither names, times nor an order."""
    source = column.input
    of_base = source.tabular and source.table == BASE
    free = not (is_key(source) or source.is_ordered or is_nominal(source.meaning) or source.rules.references)
    return of_base and source.is_number and free


def counts(source: Input) -> bool:
    """True for a number of things, of which a part is another such number."""
    kind = source.meaning.kind if source.meaning is not None else None
    return kind is not None and kind.integral and bool(kind.extensive)
