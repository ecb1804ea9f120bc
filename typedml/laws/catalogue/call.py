"""The law `call`: the signature is what it says it is."""

from __future__ import annotations

from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.feature import Feature, complete_rows
from typedml.laws.outcome import Declaration, Outcome, Raised, WrongResult


def call(feature: Feature, case: Case) -> Verdict:
    """A feature called with what it declares returns what it declares."""
    outcome = feature.outcome(case)
    if not isinstance(outcome, Raised):
        return _value(feature, case, outcome)
    if isinstance(outcome.error, WrongResult):
        return Breach(
            statement=f"`{feature.name}` must return what its signature declares, but {outcome.error}.",
            sides=(Side("called with", case, outcome),),
            hint="return the declared type, or change the annotation of the result.",
        )
    if case.signed:
        # Nothing but the lack of a bound says that a distance may be negative: the other tables decide.
        return None
    return Breach(
        statement=f"`{feature.name}` must take every value that it declares, but it raised {outcome}.",
        sides=(Side("called with", case, outcome),),
        hint="declare the values that it refuses (a kind, a bound in `field`), or handle them.",
    )


NO_VALUE = "a result that is there: it is missing for every input"


def _value(feature: Feature, case: Case, outcome: Outcome) -> Verdict:
    """A result that is missing whatever goes in is no result; one that may be null cannot be judged."""
    if not feature.is_void(case):
        return None
    never = [output for output in outcome.outputs if output.scalar and not _is_nullable(output.declared)]
    if not never or not complete_rows(case):
        return Wanting(NO_VALUE)
    return Breach(
        statement=f"`{never[0].label}` must return a value, but it is missing (nan) for every input.",
        sides=(Side("called with", case, outcome),),
        hint="compute the result, or declare that it may be missing: `| None`.",
    )


def _is_nullable(declared: Declaration | None) -> bool:
    return declared is None or declared.nullable
