"""Whether a result reads what names its rows: then other names explain that it is another one."""

from __future__ import annotations

from typedml.laws.case import Case
from typedml.laws.comparison import unlike
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Raised
from typedml.laws.renewal import keys_of, renewed
from typedml.laws.replication import aligned

TRIALS = 3


def reads_keys(feature: Feature, *cases: Case) -> str | None:
    """The word that is wanting where other values of the keys alone change a result; None where none does."""
    names = keys_of(feature.inputs)
    if names and any(_differs(feature, case, trial) for case in cases for trial in range(TRIALS)):
        return f"a result that does not hang on the values of `{names}`, by which rows are told apart"
    return None


def _differs(feature: Feature, case: Case, trial: int) -> bool:
    other = renewed(case, feature.inputs, trial)
    if other is None:
        return False
    before, after = feature.outcome(case), feature.outcome(other)
    if isinstance(before, Raised) or isinstance(after, Raised):
        return True
    pairs = aligned(feature, before, after)
    return pairs is None or bool(unlike(feature, (case, other), pairs[0], Outcome(pairs[1])))
