"""Scaling a base dimension: which dimensions may be, by what power of two, and what becomes of each value."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import final

import attrs

from typedml.algebra.base_dimensions import dimension_name
from typedml.algebra.levels import is_level
from typedml.declare.declared import DeclaredFunction
from typedml.laws.case import Case, Column
from typedml.laws.dependence import SECOND, absolute_zero
from typedml.laws.grid import within
from typedml.laws.inputs import Input, is_numeric, is_point, scalable_unit
from typedml.laws.outcome import Declaration, Output
from typedml.laws.physical import exponents
from typedml.laws.settings import INSTANTS
from typedml.laws.signature import output_declarations


@final
@attrs.frozen
class Scaling:
    """A base dimension and the power of two by which one unit of it grows.

    >>> Scaling("s", -1).name, Scaling("s", -1).times
    ('time', '0.5')
    """

    atom: str
    power: int

    @property
    def name(self) -> str:
        """What people call the dimension."""
        return dimension_name(self.atom)

    @property
    def times(self) -> str:
        """The factor as people read it."""
        return f"{2.0**self.power:g}"

    def reversed(self) -> Scaling:
        """The same dimension in the other direction."""
        return attrs.evolve(self, power=-self.power)

    def factor(self, source: Input) -> float | None:
        """By what the values of an input grow; None where they have nothing of the dimension."""
        unit = source.unit
        exponent = exponents(unit).get(self.atom) if unit is not None else None
        return None if exponent is None else 2.0 ** float(exponent * self.power)

    def applied(self, case: Case) -> Case:
        """The scaled case; temperatures in degC and degF grow from the absolute zero."""
        return case.scaled(self.factor).mapped(self._grown)

    def _grown(self, column: Column) -> Column:
        origin = absolute_zero(column.input, self.atom)
        if origin is None:
            return column
        values = (column.values - origin) * 2.0**self.power + origin
        return column.replaced(values.astype(column.values.dtype))

    def exponent(self, output: Output) -> Fraction:
        """The exponent of the dimension in the declared unit of an output."""
        unit = scalable_unit(output.meaning)
        numeric = output.declared is None or is_numeric(output.declared.base) or unit is not None
        if unit is None or not output.is_number or not numeric:
            return Fraction(0)
        return exponents(unit).get(self.atom, Fraction(0))

    def growth(self, output: Output) -> float:
        """By what the values of an output must grow."""
        return float(2.0 ** float(self.exponent(output) * self.power))

    def expected(self, output: Output) -> Output:
        """The output as it must be after scaling."""
        growth = self.growth(output)
        return output if growth == 1 else attrs.evolve(output, values=output.numbers * growth)

    def judges(self, output: Output) -> bool:
        """Whether the law speaks of an output: it has a meaning, or is a truth value, a text or an instant.

        Whole numbers with the dimension were rounded, which no scaling survives.
        """
        if output.meaning is None:
            return output.declared is not None and not output.is_number
        if is_point(output.meaning):
            return self.atom not in output.meaning.unit.dimension.atoms
        rounded = output.meaning.integral or (output.declared is not None and output.declared.base is int)
        return not (rounded and self.exponent(output))

    def keeps_whole(self, inputs: tuple[Input, ...]) -> bool:
        """Whether whole numbers stay whole."""
        return all((self.factor(source) or 1.0) >= 1 for source in inputs if source.integral)

    def stays_inside(self, case: Case) -> bool:
        """Whether the values of a case stay inside their kinds and rules."""
        numbers = (column for column in self.applied(case).columns if column.input.is_number)
        return all(bool((within(c.input, c.values) | c.null).all()) for c in numbers)


def free_dimensions(declared: DeclaredFunction, inputs: tuple[Input, ...]) -> list[Scaling]:
    """The dimensions that may be scaled, each with the least power of two that gives whole exponents."""
    stopped = _stopped(declared, inputs)
    return [Scaling(a, power) for a, power in _dimensions(declared, inputs).items() if a not in stopped]


def _dimensions(declared: DeclaredFunction, inputs: tuple[Input, ...]) -> dict[str, int]:
    """The base dimensions of inputs and outputs, with the common denominator of their exponents."""
    powers: dict[str, int] = {}
    units = [source.unit for source in inputs]
    units += [scalable_unit(output.meaning) for output in output_declarations(declared)]
    for unit in units:
        for atom, exponent in exponents(unit).items() if unit is not None else ():
            powers[atom] = math.lcm(powers.get(atom, 1), exponent.denominator)
    return dict(sorted(powers.items()))


def _stopped(declared: DeclaredFunction, inputs: tuple[Input, ...]) -> set[str]:
    """The dimensions that are not scaled: pinned, or a result is a point in it.

    The logarithm of a quantity moves by a constant when the quantity scales, so beside a level nothing is;
    whether a level that is a column matters at all, the tables will tell.
    """
    stopped = set(declared.options.pinned) if declared.options else set()
    outputs = list(output_declarations(declared))
    for output in outputs:
        stopped |= _dimensions_of_point(output)
    given = [source.meaning for source in inputs if source.field is None]
    meanings = given + [output.meaning for output in outputs]
    points = (meaning for meaning in meanings if meaning is not None and is_point(meaning))
    if any(is_level(meaning.unit) for meaning in points):
        stopped |= set(_dimensions(declared, inputs))
    return stopped


def _dimensions_of_point(output: Declaration) -> set[str]:
    if issubclass(output.base, INSTANTS):
        return {SECOND}
    if output.meaning is not None and is_point(output.meaning):
        # A time of the day that is written as hours and minutes is counted from midnight as well.
        encoded = output.meaning.kind is not None and output.meaning.kind.encoded
        return {SECOND} if encoded else set(output.meaning.unit.dimension.atoms)
    return set()
