"""The operators of an expression: what may be written between columns in a rule.

A class with these says what an operator makes in `_computed`, `_compared`, `_alone`, `_joined` and `_over`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from typedml.declare.expression_refusals import refuse_missing

if TYPE_CHECKING:
    from typedml.declare.expression import Aggregate, Expression


class Operators:
    """`+ - * / // % **`, `< <= > >=`, `& | ~`, `.abs()`, and statistics of many rows of an expression.

    `==` is left alone, because a column is also its own name.
    """

    __slots__ = ()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            refuse_missing(self, name)

    def _computed(self, sign: str, left: object, right: object) -> Expression:
        raise NotImplementedError

    def _compared(self, sign: str, other: object) -> Expression:
        raise NotImplementedError

    def _alone(self, name: str) -> Expression:
        raise NotImplementedError

    def _joined(self, name: str, *others: object) -> Expression:
        raise NotImplementedError

    def _over(self, name: str, by: object) -> Aggregate:
        raise NotImplementedError

    def __add__(self, other: object) -> Expression:
        return self._computed("+", self, other)

    def __radd__(self, other: object) -> Expression:
        return self._computed("+", other, self)

    def __sub__(self, other: object) -> Expression:
        return self._computed("-", self, other)

    def __rsub__(self, other: object) -> Expression:
        return self._computed("-", other, self)

    def __mul__(self, other: object) -> Expression:
        return self._computed("*", self, other)

    def __rmul__(self, other: object) -> Expression:
        return self._computed("*", other, self)

    def __truediv__(self, other: object) -> Expression:
        return self._computed("/", self, other)

    def __rtruediv__(self, other: object) -> Expression:
        return self._computed("/", other, self)

    def __floordiv__(self, other: object) -> Expression:
        return self._computed("//", self, other)

    def __rfloordiv__(self, other: object) -> Expression:
        return self._computed("//", other, self)

    def __mod__(self, other: object) -> Expression:
        return self._computed("%", self, other)

    def __rmod__(self, other: object) -> Expression:
        return self._computed("%", other, self)

    def __pow__(self, other: object) -> Expression:
        return self._computed("**", self, other)

    def __neg__(self) -> Expression:
        return self._alone("negative")

    def abs(self) -> Expression:
        """The absolute value."""
        return self._alone("abs")

    def __abs__(self) -> Expression:
        return self._alone("abs")

    def __lt__(self, other: object) -> Expression:
        return self._compared("<", other)

    def __le__(self, other: object) -> Expression:
        return self._compared("<=", other)

    def __gt__(self, other: object) -> Expression:
        return self._compared(">", other)

    def __ge__(self, other: object) -> Expression:
        return self._compared(">=", other)

    def __and__(self, other: object) -> Expression:
        return self._joined("and", other)

    def __or__(self, other: object) -> Expression:
        return self._joined("or", other)

    def __invert__(self) -> Expression:
        return self._joined("not")

    def sum(self, by: object = ()) -> Aggregate:
        """The sum over all rows, or over the rows that agree in the columns `by`, beside each row."""
        return self._over("sum", by)

    def mean(self, by: object = ()) -> Aggregate:
        """The mean over all rows, or over those that agree in `by`."""
        return self._over("mean", by)

    def min(self, by: object = ()) -> Aggregate:
        """The least value of all rows, or of those that agree in `by`."""
        return self._over("min", by)

    def max(self, by: object = ()) -> Aggregate:
        """The greatest value of all rows, or of those that agree in `by`."""
        return self._over("max", by)

    def count(self, by: object = ()) -> Aggregate:
        """How many values are not missing in all rows, or in those that agree in `by`."""
        return self._over("count", by)

    def n_unique(self, by: object = ()) -> Aggregate:
        """How many different values there are in all rows, or in those that agree in `by`."""
        return self._over("n_unique", by)
