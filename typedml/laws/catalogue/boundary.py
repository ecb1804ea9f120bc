"""The law `boundary`: a decision turns where its score is at the threshold, in whatever units the two are.

Whether the threshold itself counts as reached, no signature says: `>` and `>=` both keep the law, and a
worked example at the threshold tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Row
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import same_shape
from typedml.laws.diagnosis import CLOSE, confusion, diagnose
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.outcome import Outcome, Raised, differing
from typedml.laws.thresholds import Crossing, crossings

HALVINGS = 48
MOST_ROWS = 3
DENOMINATOR = 10_000


def boundary(feature: Feature, case: Case) -> Verdict:
    """A decision turns exactly where its score is at the threshold, and nowhere else."""
    if isinstance(feature.outcome(case), Raised) or case.signed:
        return Wanting("a table of positive values on which it does not raise")
    reaching = deciding(feature, case)
    if not reaching:
        return Wanting("a decision by an input that the threshold is compared with")
    if len(reaching) > 1:
        return Wanting("one threshold and one score")
    verdict = _judge(feature, case, *reaching[0])
    several = case.rows_of(reaching[0][0].source.table) > 1 and reaching[0][0].source.tabular
    if isinstance(verdict, Breach) and several and not _is_of_a_row(feature):
        return _judge_single_rows(feature, case, reaching[0][0], verdict)
    return verdict


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is decided."""
    cuts = [s for s in inputs_of(declared) if s.meaning is not None and s.meaning.cut]
    return None if cuts else "a threshold: cut: Threshold[Probability] = 0.5"


def _is_of_a_row(feature: Feature) -> bool:
    """True where each decision comes from one row: elsewhere a sum of several may be what is compared."""
    return feature.options.rows == "each" and isinstance(feature.options.scope or Row(), Row)


def _judge_single_rows(feature: Feature, case: Case, found: Crossing, breach: Breach) -> Verdict:
    """The verdict on tables of one row, of which the sum is the row itself.

    Where no row alone decides anything, as none does that is compared with earlier ones, the breach of the
    table stands if units explain where it turns, and a sum of equal rows does not.
    """
    decides = False
    for row in range(min(MOST_ROWS, case.rows_of(found.source.table))):
        single = case.take([row], found.source.table)
        here = [each for each in deciding(feature, single) if each[0].source is found.source]
        decides = decides or bool(here)
        verdict = _judge(feature, single, *here[0]) if len(here) == 1 else None
        if isinstance(verdict, Breach):
            return verdict
    stands = not decides and _is_of_units(feature, case, found, next(iter(breach.marks)))
    return breach if stands else Wanting("a score of its own")


def _is_of_units(feature: Feature, case: Case, found: Crossing, label: str) -> bool:
    turns = _turning(feature, case, found, label)
    if turns is None:
        return False
    factor = _factor(found, turns)
    rows = range(2, case.rows_of(found.source.table) + 1)
    if not factor > 0 or any(np.isclose(factor * number, 1.0, rtol=CLOSE) for number in rows):
        return False
    return bool(np.isclose(turns, found.raw[0], rtol=CLOSE)) or confusion(factor, found.units) is not None


def deciding(feature: Feature, case: Case) -> list[tuple[Crossing, list[Outcome]]]:
    """Where results are others far below a threshold and far above it, with what they are there."""
    return [(found, far) for found in crossings(case) for far in _far(feature, case, found)]


def _far(feature: Feature, case: Case, found: Crossing) -> Iterator[list[Outcome]]:
    """What is decided far below and far above, where the two are different."""
    sides = _outcomes(feature, case, found, (-1.0, 1.0), far=True)
    if sides is not None and _changed(sides[0], sides[1]):
        yield sides


def _outcomes(
    feature: Feature, case: Case, found: Crossing, steps: tuple[float, ...], *, far: bool
) -> list[Outcome] | None:
    outcomes = []
    for step in steps:
        beside = found.beside(case, step, far=far)
        outcome = None if beside is None else feature.outcome(beside)
        if not isinstance(outcome, Outcome):
            return None
        outcomes.append(outcome)
    return outcomes if all(same_shape(outcomes[0], other) for other in outcomes) else None


def _changed(left: Outcome, right: Outcome) -> dict[str, Mask]:
    """The rows of declared results that differ."""
    pairs = ((b, a) for b, a in zip(left.outputs, right.outputs, strict=True) if b.declared is not None)
    marks = {b.label: differing(b, a) for b, a in pairs}
    return {label: mask for label, mask in marks.items() if mask.any()}


def _judge(feature: Feature, case: Case, found: Crossing, far: list[Outcome]) -> Verdict:
    nearly = _outcomes(feature, case, found, (-0.75, 0.75), far=True)
    near = _outcomes(feature, case, found, (-1.0, 1.0), far=False)
    if nearly is None or near is None:
        return Wanting("room on both sides of the threshold")
    deciding = set(_changed(far[0], far[1]))
    # What moves on either side is no decision: an excess over the threshold, say.
    deciding -= set(_changed(far[0], nearly[0])) | set(_changed(far[1], nearly[1]))
    deciding.discard(found.source.name)
    if not deciding:
        return Wanting("a decision: a result that is one thing below the threshold and another above")
    below, above = _changed(far[0], near[0]), _changed(far[1], near[1])
    marks = {label: mask for label, mask in {**below, **above}.items() if label in deciding}
    if not marks:
        return None
    if any(_is_margin(source, found.source) for source in feature.inputs):
        return Wanting("a threshold without a margin beside it")
    turns = _turning(feature, case, found, next(iter(marks)))
    return (
        _breach(feature, case, found, marks, turns)
        if _is_suspect(found, turns)
        else Wanting("a score of its own")
    )


def _is_margin(source: Input, score: Input) -> bool:
    """True for a difference of the points that are compared: the threshold may be moved by it."""
    if source.unit is None or score.meaning is None or not score.is_point or source.is_point:
        return False
    return bool(source.unit.dimension) and source.unit.dimension == score.meaning.unit.dimension


def _turning(feature: Feature, case: Case, found: Crossing, label: str) -> float | None:
    """The value of the input at which the decision of the first row turns, found by halving."""
    low, high = -1.0, 1.0
    start = _decision(feature, case, found, low, label)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        now = _decision(feature, case, found, middle, label)
        if start is None or now is None:
            return None
        low, high = (middle, high) if now == start else (low, middle)
    beside = found.beside(case, high, far=True)
    columns = () if beside is None else beside.columns
    return next((float(column.values[0]) for column in columns if column.input is found.source), None)


def _decision(feature: Feature, case: Case, found: Crossing, steps: float, label: str) -> object:
    outcomes = _outcomes(feature, case, found, (steps,), far=True)
    output = None if outcomes is None else next(o for o in outcomes[0].outputs if o.label == label)
    return None if output is None or output.null[0] else output.values[0]


def _factor(found: Crossing, turns: float) -> float:
    factor = turns / float(found.at[0]) if found.at[0] else float("nan")
    if not np.isfinite(factor):
        return factor
    # Halving ends a little off: 0.0166667 is meant as 1/60.
    simple = Fraction(factor).limit_denominator(DENOMINATOR)
    return float(simple) if simple and abs(float(simple) / factor - 1) < CLOSE**2 else factor


def _is_suspect(found: Crossing, turns: float | None) -> bool:
    """Of a score of several inputs only a confusion of units is certain: it may have a factor of its own."""
    if not found.product:
        return True
    if turns is None:
        return False
    factor = _factor(found, turns)
    return factor > 0 and abs(factor - 1) > CLOSE and confusion(factor, found.units) is not None


def _breach(
    feature: Feature, case: Case, found: Crossing, marks: dict[str, Mask], turns: float | None
) -> Breach:
    below, above = found.beside(case, -1.0), found.beside(case, 1.0)
    assert below is not None
    assert above is not None
    name, cut, label = found.source.name, found.cut.name, next(iter(marks))
    score = f"the score that `{name}` is a factor of" if found.product else f"`{name}`"
    fact = "" if turns is None else f"; it turns at `{name}` = {turns:.6g}"
    return Breach(
        statement=f"`{label}` must turn where {score} is at `{cut}`: at `{name}` = {found.at[0]:.6g}{fact}.",
        sides=(
            Side("just below the threshold", below, feature.outcome(below)),
            Side("just above it", above, feature.outcome(above)),
        ),
        marks=marks,
        diagnosis=_diagnosis(found, turns),
        hint=f"bring `{name}` and `{cut}` to one unit and kind, and compare them with nothing else.",
    )


def _diagnosis(found: Crossing, turns: float | None) -> str:
    if turns is None:
        return ""
    if (
        not found.product
        and np.isclose(turns, found.raw[0], rtol=CLOSE)
        and not np.isclose(turns, found.at[0], rtol=CLOSE)
    ):
        return f"the two are compared as numbers: {found.units[-1]} with {found.units[0]}."
    factor = _factor(found, turns)
    known = diagnose(factor, found.units) if factor > 0 else ""
    return (
        f"a conversion is missing or done twice: {known}"
        if "->" in known
        else "another number is compared with it."
    )
