"""The law `dtype`: how numbers are stored is no part of what they mean."""

from __future__ import annotations

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import noise, same_shape, unlike
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of
from typedml.laws.outcome import Outcome, Output, Raised, differing
from typedml.laws.storage import STORAGES, Storage, stored, whole

SINGLE = float(np.finfo(np.float32).eps)
NEARLY = 1e-5


def dtype(feature: Feature, case: Case) -> Verdict:
    """Values that several dtypes hold give the same in each: 16, 32 or 64 bits, nullable, Arrow, whole."""
    if isinstance(feature.outcome(case), Raised) or case.signed:
        return Wanting("a table of positive values on which it does not raise")
    first = case.number % len(STORAGES)
    for storage in (*STORAGES[first:], *STORAGES[:first]):
        given = whole(case) if storage.whole else case
        arguments = stored(feature.declared, given, storage)
        if arguments is not None:
            return _judge(feature, given, storage, feature.call(arguments))
    return Wanting("numbers that another dtype holds as well")


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is stored in another dtype."""
    return None if any(source.is_number for source in inputs_of(declared)) else "a number"


def _judge(feature: Feature, case: Case, storage: Storage, after: Outcome | Raised) -> Verdict:
    before = feature.outcome(case)
    if isinstance(before, Raised):
        return Wanting("a table on which it does not raise")
    if isinstance(after, Raised) and storage.partial:
        return Wanting(f"operations that pandas has for {storage.name}")
    if isinstance(after, Raised):
        return _breach(feature, case, storage, after, {})
    if not same_shape(before, after):
        marks = {output.label: np.ones(len(output.values), dtype=np.bool_) for output in before.outputs[:1]}
        return _breach(feature, case, storage, after, marks)
    # numpy makes a float32 of a function of 16 bits: then its result has no more digits.
    single = storage.single or any(output.values.dtype == np.float32 for output in after.outputs)
    marks = _in_single(feature, case, before, after) if single else _exact(feature, case, before, after)
    return _breach(feature, case, storage, after, marks) if marks else None


def _exact(feature: Feature, case: Case, before: Outcome, after: Outcome) -> dict[str, Mask]:
    return unlike(feature, (case,), before.outputs, after)


def _in_single(feature: Feature, case: Case, before: Outcome, after: Outcome) -> dict[str, Mask]:
    """What differs by more than single precision explains: five digits, or what jitter of its size does."""
    pairs = list(zip(before.outputs, after.outputs, strict=True))
    marks = {b.label: differing(b, a, NEARLY * _largest(b)) for b, a in pairs}
    if any(mask.any() for mask in marks.values()):
        allowed = noise(feature, case, SINGLE)
        marks = {b.label: differing(b, a, max(allowed[b.label], NEARLY * _largest(b))) for b, a in pairs}
    return {label: mask for label, mask in marks.items() if mask.any()}


def _largest(output: Output) -> float:
    if not output.is_number:
        return 0.0
    return float(np.max(np.abs(output.numbers[np.isfinite(output.numbers)]), initial=0.0))


def _breach(
    feature: Feature, case: Case, storage: Storage, after: Outcome | Raised, marks: dict[str, Mask]
) -> Breach:
    before = feature.outcome(case)
    assert isinstance(before, Outcome)
    fact = f"; it raised {after}" if isinstance(after, Raised) else ""
    small = storage.of_whole == "int16"
    return Breach(
        statement=f"`{feature.name}` must give the same for the same values in {storage.name}{fact}.",
        sides=(Side("before (64 bits)", case, before), Side(f"after ({storage.name})", case, after)),
        marks=marks,
        expected=tuple(output for output in before.outputs if output.label in marks),
        diagnosis="a product of small whole numbers overflows." if small and marks else "",
        hint='widen first: `.astype("float64")`, or name the dtype that the column has in its schema.',
    )
