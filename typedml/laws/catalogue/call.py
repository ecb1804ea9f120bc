"""The law `call`: the signature is what it says it is."""

from __future__ import annotations

from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.causes import needed
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
    known = needed(outcome.error)
    if case.signed and known is None:
        # Nothing but the lack of a bound says that a distance may be negative: the other tables decide.
        return None
    fact, hint = known or (
        "",
        _undeclared(feature, outcome.error)
        or "declare the values that it refuses (a kind, a bound in `field`), or handle them.",
    )
    told = "" if str(outcome) in fact else f" ({outcome})"
    said = f"{fact}{told}" if fact else f"it raised {outcome}"
    return Breach(
        statement=f"`{feature.name}` must take every value that it declares, but {said}.",
        sides=(Side("called with", case, outcome),),
        diagnosis=", ".join(filter(None, (_how_often(feature), outcome.place and f"in {outcome.place}"))),
        hint=hint,
    )


def _undeclared(feature: Feature, error: BaseException) -> str:
    """The columns that are declared, where one is read that is not; "" for another mistake."""
    columns = [each.name for each in feature.inputs if each.parameter.carrier == "frame"]
    absent = type(error).__name__ == "ColumnNotFoundError" or (
        isinstance(error, KeyError) and bool(error.args) and error.args[0] not in columns
    )
    return (
        f"read a column that is declared ({', '.join(columns)}), or declare it." if columns and absent else ""
    )


def _how_often(feature: Feature) -> str:
    """Whether it raises on every table or on some; a feature that gave no answer is asked no more."""
    if feature.is_hanging or not feature.cases:
        return ""
    tables = {case.number for case in feature.cases}
    raising = {case.number for case in feature.cases if isinstance(feature.outcome(case), Raised)}
    return f"it raises on {'every table' if raising == tables else f'{len(raising)} of {len(tables)} tables'}"


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
