"""The law `replicate`: what is true of a table is true of it twice, and what is counted counts twice."""

from __future__ import annotations

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.doubling import doubled
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of
from typedml.laws.keyed import reads_keys
from typedml.laws.outcome import Raised
from typedml.laws.renewal import fixed_key
from typedml.laws.replication import Growth, growths, is_explained

FIXED = "a group, a time in the scope, an order, one of a few, or referred to"
WORD = "a result that doubles with the table or stays: a sum, a mean, a deviation of all"


def replicate(feature: Feature, case: Case) -> Verdict:
    """A table in which each row stands twice doubles what adds up, and leaves everything else as it is."""
    twice = doubled(case, feature.inputs)
    before = feature.outcome(case)
    if twice is None or isinstance(before, Raised):
        return Wanting("a table whose rows may stand twice, on which it does not raise")
    after = feature.outcome(twice)
    if isinstance(after, Raised):
        return Wanting("a table whose rows may stand twice, on which it does not raise")
    found = growths(feature, case, twice)
    if found is None:
        return Wanting("keys of its groups in the result: `scope=Group(...)`")
    if not found:
        return Wanting("a unit or kind of the result")
    wrong = [growth for growth in found if not growth.is_admitted]
    if not wrong:
        return None
    if is_explained(feature, case, wrong):
        return Wanting(WORD)
    word = reads_keys(feature, case, twice)
    return Wanting(word) if word else _breach(feature, case, twice, wrong[0])


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which a result need not double or stay."""
    inputs = inputs_of(declared)
    if not any(source.tabular for source in inputs):
        return "a table"
    options = declared.options
    if options is None or options.rows != "any":
        return 'one result for many rows: `rows="any"` in @feature'
    if options.fit is not None:
        return "a feature that learns nothing"
    key = fixed_key(inputs)
    return f"rows under other names (`{key}` is {FIXED})" if key else None


def _breach(feature: Feature, case: Case, twice: Case, wrong: Growth) -> Breach:
    before, after = feature.outcome(case), feature.outcome(twice)
    label = wrong.after.label
    wanted = "stay" if wrong.is_intensive else "double or stay"
    return Breach(
        statement=f"`{label}` must {wanted} where each row stands twice, but it becomes "
        f"{wrong.ratio:.6g} times as much.",
        sides=(Side("before", case, before), Side("after (each row twice)", twice, after)),
        marks={label: wrong.marks} if len(wrong.marks) == len(wrong.after.values) else {},
        diagnosis="a number of rows, or a constant, is added or subtracted where it is divided by.",
        hint="divide by the number of rows itself; make a prior a parameter that is a `Count`, or say "
        'waive={"replicate": "why"}.',
    )
