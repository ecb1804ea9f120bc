"""The law `anchor`: the worked examples of the author, for what no symmetry can see.

A median for a mean, a window of two for one of three, a formula with constants of its own: only a number that
somebody worked out tells these apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict
from typedml.laws.case import Case
from typedml.laws.examples import Unreadable, arguments_of, case_of, difference
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Raised

FEW = 2
# The verdict is the same on every table, so each feature is asked once.
_verdicts: WeakKeyDictionary[Feature, Verdict] = WeakKeyDictionary()


def anchor(feature: Feature, case: Case) -> Verdict:
    """Each worked example that the author gives comes out as it says: to a millionth of each value, or to
    the last of four digits or more that are written."""
    if feature not in _verdicts:
        examples = enumerate(feature.options.examples, start=1)
        found = (_tried(feature, case, number, *example) for number, example in examples)
        _verdicts[feature] = next((breach for breach in found if breach is not None), None)
    return _verdicts[feature]


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is anchored."""
    if declared.options is not None and declared.options.examples:
        return None
    return "a worked example: `examples=[(arguments, result)]` in @feature"


def _tried(
    feature: Feature, case: Case, number: int, given: Mapping[str, object], value: object
) -> Breach | None:
    try:
        shown = case_of(feature, given)
        outcome = feature.call(arguments_of(given, shown))
        if isinstance(outcome, Raised):
            return _raised(feature, number, Side("called with", shown, outcome), outcome)
        return _compared(feature, number, shown, outcome, value)
    except Unreadable as reason:
        few = case.take(range(min(FEW, case.rows))) if case.tabular else case
        return Breach(
            statement=f"Example {number} of `{feature.name}` must be one that it can be given: {reason}.",
            sides=(Side("a table that it is declared for", few, feature.outcome(few)),),
            hint="give a frame as a frame or {column: [values]}, and expect what the signature returns.",
        )


def _compared(feature: Feature, number: int, shown: Case, outcome: Outcome, value: object) -> Breach | None:
    found = difference(feature, outcome, value)
    if not found.marks:
        return None
    return Breach(
        statement=f"Example {number} of `{feature.name}` must come out as it says.",
        sides=(Side("called with the example", shown, outcome),),
        marks=dict(found.marks),
        expected=found.expected,
        is_example=True,
        hint="mend the function, or the example: one of the two is wrong.",
    )


def _raised(feature: Feature, number: int, side: Side, outcome: Raised) -> Breach:
    return Breach(
        statement=f"Example {number} of `{feature.name}` must come out as it says; it raised {outcome}.",
        sides=(side,),
        hint="mend the function; or give the example every column that it reads.",
    )
