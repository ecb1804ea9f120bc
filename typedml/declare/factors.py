"""The arithmetic of `convert`: one exact ratio, turned into the operation that loses least.

A division by 60 is exact where a multiplication by 1/60 is not, so whichever of the ratio and its inverse is
an integer, or else a finite decimal, is the one that is used.
"""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from typedml.errors import CheckError, DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.ratio import Ratio
    from typedml.algebra.unit import Unit

Step = Callable[[Any], Any]
_NOT_NUMBERS = {
    "bool": "A truth value has no unit: convert a number.",
    "str": "Parse the text first: convert(float(text), ...).",
    "datetime": "A datetime knows its unit; subtract another, then use .total_seconds().",
    "timedelta": 'A timedelta knows its unit: convert(x.total_seconds(), "second", ...).',
    "NoneType": "Handle the missing value first: `None if x is None else convert(x, ...)`.",
}


class Affine:
    """`x * ratio + offset` between two units; `operate` and `operand` are the ratio where no offset is."""

    def __init__(self, given: Unit, wanted: Unit, ratio: Ratio) -> None:
        self.given, self.wanted = given, wanted
        self.exact = ratio.exact
        self.offset: Fraction = Fraction(0) if ratio.offset is None else ratio.offset
        self.factor = float(ratio)
        self.operate: Callable[[Any, Any], Any] = operator.mul
        self.operand: int | float = self.factor
        if self.exact is not None:
            self._choose(self.exact)

    def _choose(self, exact: Fraction) -> None:
        if exact.denominator == 1:
            self.operand = int(exact)
        elif exact.numerator == 1:
            self.operate, self.operand = operator.truediv, exact.denominator
        elif not is_decimal(exact) and is_decimal(1 / exact):
            self.operate, self.operand = operator.truediv, float(1 / exact)

    @property
    def is_identity(self) -> bool:
        """True where nothing is to be computed."""
        return self.exact == 1 and not self.offset

    @property
    def may_overflow(self) -> bool:
        """True where integers stay integers and grow."""
        return not self.offset and self.operate is operator.mul and isinstance(self.operand, int)

    @property
    def stages(self) -> tuple[tuple[str, float], ...]:
        """The operations with a float each that compute it, for whatever has operators."""
        if not self.offset:
            return ((("/" if self.operate is operator.truediv else "*"), float(self.operand)),)
        exact = Fraction(self.factor) if self.exact is None else self.exact
        parts = (("*", exact.numerator), ("/", exact.denominator))
        scaling = tuple((sign, float(part)) for sign, part in parts if part != 1)
        before = self.offset / exact
        # Of the two places to shift at, the one where zero is a finite decimal: 32 degF, not 17.78 degC.
        if not is_decimal(self.offset) and is_decimal(before):
            return (("+", float(before)), *scaling)
        return (*scaling, ("+", float(self.offset)))

    def compile(self) -> Step:
        """The fastest function of a float or an array of floats that computes it."""
        operand = self.operand
        if self.is_identity:
            return lambda x: x
        if self.offset:
            return self.compile_stages()
        if self.operate is operator.truediv:
            return lambda x: x / operand
        return lambda x: x * operand

    def compile_stages(self) -> Step:
        """The same with floats only, for what may hold narrow integers."""
        stages = tuple((_OPERATORS[sign], operand) for sign, operand in self.stages)

        def run(x: Any) -> Any:
            for operate, operand in stages:
                x = operate(x, operand)
            return x

        return run


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "*": operator.mul,
    "/": operator.truediv,
    "+": operator.add,
}


def is_decimal(value: Fraction) -> bool:
    """True where `value` is a finite decimal of the size that a float holds."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def conversion_step(given: Unit, wanted: Unit, ratio: Ratio) -> Step:
    """The function that converts from `given` to `wanted`.

    Raises: DeclarationError if their zero points are named and differ.
    """
    if ratio.offset is None:
        fact = f'"{given}" and "{wanted}" count from different zero points: no factor leads across.'
        raise DeclarationError(fact, "Convert the reference itself first.", code="typedml-unit")
    affine = Affine(given, wanted, ratio)
    fast = affine.compile()

    def step(x: Any) -> Any:
        return fast(x) if type(x) is float else _convert_other(x, affine, fast, step)

    return step


def _convert_other(x: Any, affine: Affine, fast: Step, step: Step) -> Any:
    if isinstance(x, int) and not isinstance(x, bool):
        return _convert_exact(
            x, affine, fast, lambda value: int(value) if value.denominator == 1 else float(value)
        )
    if isinstance(x, Decimal):
        return _convert_decimal(x, affine)
    if isinstance(x, Fraction):
        return _convert_exact(x, affine, fast, lambda value: value)
    from typedml.declare.expression import Expression

    if isinstance(x, Expression):
        return _convert_expression(x, affine)
    if isinstance(x, Sequence):
        return _convert_sequence(x, step)
    _refuse_no_number(x)
    from typedml.declare.column_conversion import convert_column

    return convert_column(x, affine, fast)


def _convert_sequence(x: Sequence[Any], step: Step) -> Any:
    """Convert what a sequence holds: times a number it would be repeated."""
    if isinstance(x, deque):
        return type(x)(map(step, x), x.maxlen)
    if isinstance(x, tuple):
        # The fields of a record have units of their own; what comes of them is none.
        return tuple(map(step, x))
    if isinstance(x, list):
        return type(x)(map(step, x))
    _refuse_no_number(x)
    name = type(x).__name__
    fact = f"convert is given a {name}, a sequence that it does not make anew."
    raise CheckError(fact, "Convert a list: convert(list(x), ...).")


def _convert_exact(x: Any, affine: Affine, fast: Step, finish: Step) -> Any:
    if affine.exact is None:
        return fast(float(x))
    if isinstance(x, int) and affine.exact.denominator != 1 and not affine.offset:
        # Python divides integers with one rounding, however long they are.
        try:
            return x * affine.exact.numerator / affine.exact.denominator
        except OverflowError:
            fact = f'An integer of {len(str(x))} digits is too large for a float in "{affine.wanted}".'
            raise CheckError(fact, "Convert a fraction: convert(Fraction(x), ...).") from None
    return finish(x * affine.exact + affine.offset)


def _convert_decimal(x: Decimal, affine: Affine) -> Decimal:
    if affine.exact is None:
        return x * Decimal(affine.factor) + Decimal(float(affine.offset))
    offset = Decimal(affine.offset.numerator) / affine.offset.denominator
    return x * affine.exact.numerator / affine.exact.denominator + offset


def _refuse_no_number(x: object) -> None:
    for above in type(x).__mro__:
        if above.__name__ in _NOT_NUMBERS and above.__module__ in ("builtins", "datetime"):
            raise CheckError(f"convert is given {x!r}, which is no number.", _NOT_NUMBERS[above.__name__])


def _convert_expression(x: Any, affine: Affine) -> Any:
    from typedml.algebra.meaning import Meaning
    from typedml.declare.expression import Constant, Operation

    operand = x.operand
    if isinstance(operand, Meaning) and operand.unit != affine.given:
        fact = f'`{x.shown}` is in "{operand.unit}", not in "{affine.given}".'
        raise DeclarationError(fact, f'Write convert(..., "{operand.unit}", ...).', code="typedml-unit")
    meaning = Meaning(None, affine.wanted)
    for sign, number in affine.stages:
        x = Operation(sign, (x, Constant(number)), meaning)
    return x
