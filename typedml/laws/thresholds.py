"""Where a decision must turn: the values of an input at which its score is at the threshold, physically.

The score is one input that the threshold may be compared with, or a product of powers of inputs that has the
dimension of the threshold: a speed from a distance and a time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, final

import attrs
import numpy as np

from typedml.algebra.edge_table import crossing
from typedml.algebra.edge_values import crossed
from typedml.laws.admission import admits
from typedml.laws.case import Case, Column
from typedml.laws.grid import limits
from typedml.laws.inputs import Input, is_point
from typedml.laws.monomials import Floats
from typedml.laws.physical import size, zero
from typedml.laws.torsors import torsor_of

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

MOST_FACTORS = 3
NEAR = 2.0**-10
# Farther than any two units of one dimension that people take for one another.
FAR = 2.0**14
FAR_NUMBER = 8.0


@final
@attrs.frozen(eq=False)
class Crossing:
    """An input and, row by row, its value at which the score is at the threshold.

    `raw` is where it would be if the two were compared as numbers; `near` is a small distance, `reach` how
    many times the threshold is far off. `product` tells a score of several inputs, with their units.
    """

    cut: Input
    source: Input
    at: Floats
    raw: Floats
    near: Floats
    reach: float
    units: tuple[Unit, ...]
    product: bool = False

    @property
    def is_exact(self) -> bool:
        """True where the two are compared as they are written: no rounding puts one on either side."""
        return not self.product and bool(np.array_equal(self.at, self.raw))

    def beside(self, case: Case, steps: float, *, far: bool = False) -> Case | None:
        """The case with the input so many steps off the threshold; None where its rules do not admit that."""
        column = case.column_of(self.source)
        values = self._far(steps) if far else self.at + steps * self.near
        if self.source.integral:
            values = np.ceil(values) if steps > 0 else np.floor(values)
        if not bool((admits(self.source, values) | column.null).all()):
            return None
        return case.with_column(column.replaced(values.astype(column.values.dtype)))

    def _far(self, steps: float) -> Floats:
        """Values far off, at 1 step as far as the input may be: beside an end of its range if it has one."""
        low, high, _, _ = limits(self.source)
        end = low if steps < 0 else high
        if np.isfinite(end):
            return np.asarray(end + (self.at - end) / self.reach ** abs(steps))
        return self.at + steps * np.maximum(np.abs(self.at), 1.0) * self.reach


def crossings(case: Case) -> Iterator[Crossing]:
    """The inputs that may be the score of each threshold; one of several factors only where no input is."""
    cuts = [
        column for column in case.columns if column.input.meaning is not None and column.input.meaning.cut
    ]
    for cut in cuts:
        if cut.null.any() or cut.input.several:
            continue
        alone = [_of_input(cut, column) for column in case.columns]
        found = [each for each in alone if each is not None]
        yield from found or _of_product(case, cut)


def _of_input(cut: Column, column: Column) -> Crossing | None:
    source = column.input
    meaning, limit = source.meaning, cut.input.meaning
    if meaning is None or limit is None or meaning.cut or not source.is_number or source.several:
        return None
    rows = len(column.values)
    raw = _spread(cut, rows)
    if raw is None:
        return None
    at = _physical(raw, limit.uncut, meaning)
    if at is None:
        return None
    step = np.maximum(np.abs(at), 1.0) * NEAR if not source.integral else np.ones(rows)
    reach = FAR if meaning.unit.dimension else FAR_NUMBER
    return Crossing(cut.input, source, at, raw, step, reach, (limit.unit, meaning.unit))


def _physical(values: Floats, limit: Meaning, score: Meaning) -> Floats | None:
    """A threshold as a value of the score; None where the two are not compared."""
    if limit.unit.is_number and score.unit.is_number:
        edge = crossing(limit.kind, score.kind)
        if edge is not None and edge.monotone is not None:
            return np.asarray(crossed(edge.function, values))
        kinds = limit.kind is not None and score.kind is not None
        related = kinds and (limit.kind.descends_from(score.kind) or score.kind.descends_from(limit.kind))  # type: ignore[union-attr, arg-type]
        return values if related and not score.unit.tags else None
    if limit.unit.dimension != score.unit.dimension or limit.unit.tags != score.unit.tags:
        return None
    if is_point(limit) != is_point(score) or torsor_of(float, limit) != torsor_of(float, score):
        return None
    if limit.unit == score.unit:
        return values
    base = values * size(limit.unit) + zero(limit.unit)
    return np.asarray((base - zero(score.unit)) / size(score.unit))


def _of_product(case: Case, cut: Column) -> Iterator[Crossing]:
    """The product of powers of inputs that has the dimension of the threshold, where there is just one."""
    limit = cut.input.meaning
    assert limit is not None
    if is_point(limit.uncut) or not limit.unit.dimension:
        return
    factors = [
        c
        for c in case.columns
        if c.input.unit is not None and c.input.unit.dimension and not (_is_cut(c) or c.input.several)
    ]
    found = [
        tuple(zip(chosen, powers, strict=True))
        for count in range(2, MOST_FACTORS + 1)
        for chosen in itertools.combinations(factors, count)
        for powers in itertools.product((1, -1), repeat=count)
        if _balances(limit.unit, [c.input for c in chosen], powers)
    ]
    rows = max((len(column.values) for column in factors), default=0)
    raw = _spread(cut, rows)
    if len(found) == 1 and raw is not None and not any(column.null.any() for column, _ in found[0]):
        yield _product(cut, found[0], raw)


def _product(cut: Column, factors: Sequence[tuple[Column, int]], raw: Floats) -> Crossing:
    limit = cut.input.meaning
    assert limit is not None
    (first, power), rest = factors[0], factors[1:]
    wanted, numbers = raw * size(limit.unit), raw.copy()
    for column, exponent in rest:
        wanted = wanted / (column.numbers * _size(column)) ** exponent
        numbers = numbers / column.numbers**exponent
    at = np.broadcast_to(wanted**power / _size(first), (len(first.values),)).copy()
    units = (limit.unit, *(column.input.unit for column, _ in factors if column.input.unit is not None))
    near = np.abs(at) * NEAR
    plain = np.broadcast_to(numbers**power, at.shape).copy()
    return Crossing(cut.input, first.input, at, plain, near, FAR, units, product=True)


def _balances(wanted: Unit, sources: Sequence[Input], powers: Sequence[int]) -> bool:
    left: dict[str, Fraction] = {atom: -Fraction(power) for atom, power in wanted.dimension.items}
    for source, exponent in zip(sources, powers, strict=True):
        for atom, power in source.unit.dimension.items if source.unit is not None else ():
            left[atom] = left.get(atom, Fraction(0)) + Fraction(power) * exponent
    return not any(left.values())


def _spread(cut: Column, rows: int) -> Floats | None:
    """The threshold of each row."""
    if len(cut.values) not in (1, rows):
        return None
    return np.broadcast_to(cut.numbers, (rows,)).astype(np.float64)


def _size(column: Column) -> float:
    return size(column.input.unit) if column.input.unit is not None else 1.0


def _is_cut(column: Any) -> bool:
    return column.input.meaning is not None and column.input.meaning.cut
