"""The law `call`: the signature is what it says it is."""

from __future__ import annotations

from typedml.laws.breach import Breach, Side, Verdict
from typedml.laws.case import Case
from typedml.laws.feature import Feature
from typedml.laws.outcome import Raised, WrongResult


def call(feature: Feature, case: Case) -> Verdict:
    """A feature called with what it declares returns what it declares."""
    outcome = feature.outcome(case)
    if not isinstance(outcome, Raised):
        return None
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
