"""By what the results of a table grow when each of its rows stands twice, and what explains another growth.

A mean stays and a sum doubles. A standard error, a deviation of a sample and an interpolated quantile do
neither, and are right: each is told by what it does to other tables.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import final

import attrs
import numpy as np

from typedml.laws.alignment import by_key, by_label
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import noise
from typedml.laws.doubling import counts, doubled, is_measured
from typedml.laws.feature import Feature
from typedml.laws.monomials import Floats
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.renaming import is_nominal
from typedml.laws.scopes import result_keys

CLOSE = 1e-9
# Standard errors, norms, shares of all rows, pairs of rows.
POWERS = (-1.0, -0.5, 0.5, 2.0)
# What is left of its way at each doubling: 0.5 by 1/n, 0.71 by 1/sqrt(n) as bounds do, 1 by a logarithm.
SLOWLY = (0.6, 1.05)
# After so many doublings quantiles are those of the distribution: a row more is then a 32nd of one at least.
# One whose level lies beside a step from one row to the next is there only after the second number.
RESTING = (4, 10)
STILL = 1e-12


@final
@attrs.frozen(eq=False)
class Growth:
    """One output of a table and of the doubled one, row by row; `tolerance` is what rounding explains."""

    before: Output
    after: Output
    tolerance: float = 0.0

    @property
    def is_intensive(self) -> bool:
        """True where the kind itself says that such values do not add up."""
        kind = self.after.meaning.kind if self.after.meaning is not None else None
        return kind is not None and kind.extensive is False

    @property
    def is_admitted(self) -> bool:
        """True where every value doubles or stays."""
        return not self.marks.any()

    @property
    def doubles(self) -> bool:
        """True where every value doubles, and one of them is not nothing."""
        return bool(self.cells.any()) and not (self.cells & ~self.grows_by(1.0)).any()

    @property
    def cells(self) -> Mask:
        """The values that tell something: there on both sides, finite and not nothing."""
        b, a = self.before.numbers, self.after.numbers
        with np.errstate(all="ignore"):
            told = np.isfinite(b) & np.isfinite(a) & (np.maximum(np.abs(a), np.abs(b)) > self.tolerance)
        return np.asarray(told)

    @property
    def marks(self) -> Mask:
        """The values that do neither."""
        stays = self.grows_by(0.0)
        fits = stays if self.is_intensive else stays | self.grows_by(1.0)
        return np.asarray(self.cells & ~fits)

    @property
    def ratio(self) -> float:
        """The growth of the first value that does neither."""
        return float(self.ratios[np.flatnonzero(self.marks)[0]])

    @property
    def ratios(self) -> Floats:
        """How many times as much each value becomes."""
        with np.errstate(all="ignore"):
            return np.asarray(self.after.numbers / self.before.numbers)

    def grows_by(self, power: float) -> Mask:
        """Which values grow by this power of two."""
        wanted = self.before.numbers * 2.0**power
        with np.errstate(all="ignore"):
            apart = np.abs(self.after.numbers - wanted)
            return np.asarray(apart <= np.maximum(CLOSE * np.abs(wanted), self.tolerance))


def growths(feature: Feature, case: Case, twice: Case) -> list[Growth] | None:
    """The growth of each output that has a unit or kind; None where groups cannot be matched."""
    before, after = feature.outcome(case), feature.outcome(twice)
    if isinstance(before, Raised) or isinstance(after, Raised):
        return []
    matched = aligned(feature, before, after)
    if matched is None:
        return None
    pairs = [
        (b, a) for b, a in zip(*matched, strict=True) if is_quantity(a) and b.is_number and b.label == a.label
    ]
    found = [Growth(b, a) for b, a in pairs]
    if all(growth.is_admitted for growth in found):
        return found
    near, far = noise(feature, case), noise(feature, twice)
    allowed = {label: 4 * max(near.get(label, 0.0), far.get(label, 0.0)) for label in near | far}
    return [attrs.evolve(growth, tolerance=allowed.get(growth.after.label, 0.0)) for growth in found]


def aligned(
    feature: Feature, before: Outcome, after: Outcome
) -> tuple[tuple[Output, ...], tuple[Output, ...]] | None:
    """Two results with the same groups in the same order; None where they do not say which is which."""
    if [o.label for o in before.outputs] != [o.label for o in after.outputs]:
        return None
    if all(len(output.values) == 1 for output in (*before.outputs, *after.outputs)):
        return before.outputs, after.outputs
    names = [output.label for output in after.outputs if not output.is_number or is_nominal(output.meaning)]
    keys = result_keys(feature.declared) or names
    was = by_key(before, keys) if keys else None
    now = by_key(after, keys) if keys else None
    if was is not None and now is not None and set(was) == set(now):
        shared: list[Hashable] = list(was)
        rows, others = [was[key] for key in shared], [now[key] for key in shared]
        return tuple(o.take(rows) for o in before.outputs), tuple(o.take(others) for o in after.outputs)
    moved = by_label(after, before)
    return None if moved is None else (before.outputs, moved)


def is_quantity(output: Output) -> bool:
    """True for numbers of which a meaning is declared, other than names."""
    return output.is_number and output.meaning is not None and not is_nominal(output.meaning)


def is_explained(feature: Feature, case: Case, wrong: Sequence[Growth]) -> bool:
    """True where something that is right explains why results neither double nor stay."""
    return (
        all(_is_power(g) or _is_a_product(g) or _is_of_a_sample(feature, case, g) for g in wrong)
        or _is_a_limit(case, wrong)
        or _grows_with_counts(feature, case)
        or _narrows(feature, case, wrong)
        or _comes_to_rest(feature, case, wrong)
    )


def _is_power(growth: Growth) -> bool:
    marks = growth.marks
    return not growth.is_intensive and any(growth.grows_by(power)[marks].all() for power in POWERS)


def _is_a_product(growth: Growth) -> bool:
    """True for a product over rows, as the chance that none of them comes true; or for 1 less such a product.

    Its logarithm adds up, so that it is squared where each row stands twice.
    """
    meaning = growth.after.meaning
    if meaning is None or not meaning.unit.is_number:
        return False
    before, after = (side.numbers[growth.marks] for side in (growth.before, growth.after))
    return any(
        bool(np.allclose(now, was**2, rtol=1e-7, atol=1e-12))
        for was, now in ((before, after), (1 - before, 1 - after))
    )


def _is_of_a_sample(feature: Feature, case: Case, growth: Growth) -> bool:
    """True for what is divided by n - 1: its ratio says so, and a variance is of the second degree."""
    rows = np.arange(2, case.rows + 1)
    bessel = (rows - 1) / (rows - 0.5)
    told = growth.ratios[growth.marks][:, None]

    def fits(factors: Floats) -> bool:
        return any(
            bool(np.isclose(told, 2.0**p * factors, rtol=1e-7).any(axis=1).all()) for p in (0, -0.5, -1)
        )

    if fits(np.sqrt(bessel)):
        return True
    return fits(bessel) and _degree_is_two(feature, case, growth)


def _degree_is_two(feature: Feature, case: Case, growth: Growth) -> bool:
    """True where a result is four times as much when every quantity is twice as much."""
    larger = feature.outcome(case.mapped(lambda c: c.replaced(c.values * 2) if is_measured(c) else c))
    if isinstance(larger, Raised):
        return False
    found = aligned(feature, Outcome((growth.before,)), Outcome(_only(larger, growth.before.label)))
    if found is None:
        return False
    return bool(np.allclose(found[1][0].numbers, 4 * found[0][0].numbers, rtol=1e-6, equal_nan=True))


def _only(outcome: Outcome, label: str) -> tuple[Output, ...]:
    return tuple(output for output in outcome.outputs if output.label == label)


def _is_a_limit(case: Case, wrong: Sequence[Growth]) -> bool:
    """True where results are bounded by a parameter: one side is its value."""
    given = {value for c in case.columns if not c.input.tabular and c.input.is_number for value in c.values}
    reached = (np.isin(growth.after.numbers[growth.marks], list(given)) for growth in wrong)
    return bool(given) and all(bool(each.all()) for each in reached)


def _grows_with_counts(feature: Feature, case: Case) -> bool:
    """True where results double or stay when parameters that count do: a prior, a least number."""
    counted = [c for c in case.columns if not c.input.tabular and counts(c.input)]
    if not counted:
        return False
    inputs = {c.input for c in counted}
    more = case.mapped(lambda c: c.replaced(c.values * 2) if c.input in inputs else c)
    twice = doubled(case, feature.inputs)
    assert twice is not None
    twice = attrs.evolve(
        more,
        columns=tuple(
            m if m.input in inputs else t for m, t in zip(more.columns, twice.columns, strict=True)
        ),
    )
    found = growths(feature, case, twice)
    return bool(found) and all(growth.is_admitted for growth in found or ())


def _narrows(feature: Feature, case: Case, wrong: Sequence[Growth]) -> bool:
    """True where results move on as slowly as the bounds of an estimate do, or as a logarithm."""
    fourfold = _twice(feature, _twice(feature, case))
    found = [_twice(feature, case), fourfold, _twice(feature, fourfold)]
    labels = {growth.after.label for growth in wrong}
    series: dict[str, list[Floats]] = {}
    for each in found:
        outcome = None if each is None else feature.outcome(each)
        if not isinstance(outcome, Outcome):
            return False
        for output in outcome.outputs:
            if output.label in labels:
                series.setdefault(output.label, []).append(output.numbers)
    return all(_slow(values) for values in series.values())


def _comes_to_rest(feature: Feature, case: Case, wrong: Sequence[Growth]) -> bool:
    """True where results no longer change once each row stands often enough.

    So do interpolated quantiles, what is made of them, and a mean of the largest few. What adds or subtracts
    a row moves on for ever, by less each time.
    """
    return any(_is_at_rest(feature, case, wrong, doublings) for doublings in RESTING)


def _is_at_rest(feature: Feature, case: Case, wrong: Sequence[Growth], doublings: int) -> bool:
    often: Case | None = case
    for _ in range(doublings):
        often = _twice(feature, often)
    more = _twice(feature, often)
    sides = [None if each is None else feature.outcome(each) for each in (often, more)]
    if not all(isinstance(side, Outcome) for side in sides):
        return False
    found = aligned(feature, *(side for side in sides if isinstance(side, Outcome)))
    labels = {growth.after.label for growth in wrong}
    pairs = [] if found is None else [p for p in zip(*found, strict=True) if p[0].label in labels]
    return bool(pairs) and all(
        np.allclose(now.numbers, was.numbers, rtol=STILL, atol=0.0, equal_nan=True) for was, now in pairs
    )


def _twice(feature: Feature, case: Case | None) -> Case | None:
    return None if case is None else doubled(case, feature.inputs)


def _slow(values: Sequence[Floats]) -> bool:
    first, second, third = values
    if not len(first) == len(second) == len(third):
        return False
    with np.errstate(all="ignore"):
        moved = np.abs((third - second) / (second - first))
    moved = moved[np.isfinite(moved)]
    return bool(len(moved) and ((moved > SLOWLY[0]) & (moved < SLOWLY[1])).all())
