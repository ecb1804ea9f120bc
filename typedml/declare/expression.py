"""Expressions over the columns of a schema: the cross-column rules, as data.

An expression is a tree of `Column`, `Constant`, `Operation` and `Aggregate`; building it asks the algebra, so
that a rule that mixes units is refused when its class is made. Engines read the tree; nothing here touches a
frame.

>>> from typing import Annotated
>>> from typedml import FeatureSchema, Unit
>>> class Trip(FeatureSchema):
...     distance: Annotated[float, Unit("mile")]
...     air_time: Annotated[float, Unit("hour")]
>>> print(Trip.c.distance / Trip.c.air_time)
distance / air_time
>>> "distance" == Trip.c.distance
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, final

from typedml.declare.expression_meaning import aggregated, combined, combined_alone, literal, unknown
from typedml.declare.expression_refusals import COMPARISONS, require_aggregable, require_value
from typedml.declare.expression_text import as_text, enclosed, is_text, spelled
from typedml.declare.operators import Operators
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Operand
    from typedml.declare.declared import DeclaredField

CONNECTIVES = ("and", "or", "not")
TESTS = ("is_in", "is_null")


class Expression(Operators):
    """A computation over the columns of a row, or of many rows beside each of them.

    Operators: `+ - * / // % **`, `< <= > >=`, `.equals()`, `.is_close()`, `& | ~`, `.abs()`, `.is_in()`,
    `.is_null()`; over many rows `.sum() .mean() .min() .max() .count() .n_unique()`, each with `by=`.
    """

    __slots__ = ()

    @property
    def operand(self) -> Operand:
        """What the algebra knows of the value: its meaning, a literal, or nothing."""
        raise NotImplementedError

    @property
    def is_condition(self) -> bool:
        """True where the value is a truth value."""
        return False

    @property
    def operands(self) -> tuple[Expression, ...]:
        """The expressions that this one is computed from."""
        return ()

    @property
    def columns(self) -> frozenset[str]:
        """The physical names of the columns that this expression reads."""
        return frozenset(str.__str__(node) for node in self.nodes() if isinstance(node, Column))

    @property
    def is_aggregate(self) -> bool:
        """True where the value hangs on more rows than its own."""
        return any(isinstance(node, Aggregate) for node in self.nodes())

    @property
    def shown(self) -> str:
        """The expression as it would be written."""
        return repr(self)

    def nodes(self) -> Iterator[Expression]:
        """This expression and everything below it, from the top."""
        yield self
        for below in self.operands:
            yield from below.nodes()

    def _computed(self, sign: str, left: object, right: object) -> Expression:
        # Beside a plain `str` a column is one, and the result is what `str` gives, whatever checkers believe.
        if is_text(left) or is_text(right):
            made: Expression = as_text(sign, left, right)
            return made
        return _operation(sign, lift(left), lift(right))

    def _compared(self, sign: str, other: object) -> Expression:
        if is_text(other) and isinstance(self, Column):
            made: Expression = as_text(sign, self, other)
            return made
        return _operation(sign, self, lift(other))

    def _alone(self, name: str) -> Expression:
        require_value(name, self)
        return Operation(name, (self,), combined_alone(name, self))

    def _over(self, name: str, by: object) -> Aggregate:
        return _aggregate(name, self, by)

    def _joined(self, name: str, *others: object) -> Expression:
        return _connective(name, self, *others)

    def equals(self, other: object) -> Expression:
        """True where both sides are equal: what `==` would say, were a column not also its own name."""
        return _operation("==", self, lift(other))

    def is_in(self, values: Iterable[object]) -> Expression:
        """True where the value is one of `values`."""
        return Operation("is_in", (self, Constant(tuple(values))), unknown())

    def is_null(self) -> Expression:
        """True where the value is missing."""
        return Operation("is_null", (self,), unknown())

    def is_close(self, other: object, tolerance: object) -> Expression:
        """True where both sides differ by `tolerance` at most; a number is in the unit of the difference."""
        return (self - other).abs() <= tolerance

    def __bool__(self) -> bool:
        fact = f"`{self.shown}` has no truth value: it is a rule for every row, not a fact."
        raise DeclarationError(
            fact, "Use `&`, `|`, `~` for `and`, `or`, `not`, around comparisons in parentheses."
        )


# `str` gives these operators another type: beside a plain `str` a column is a `str`, else an expression.
class Column(Expression, str):  # type: ignore[misc]
    """The physical name of a column, which is also its expression: `Flight.c.distance`.

    It is a `str`, so frames are indexed by it (`frame[Flight.c.distance]`); beside a plain `str` it
    behaves as one.
    """

    __slots__ = ("_field", "_owner")
    _field: DeclaredField
    _owner: type | None

    def __new__(cls, declared: DeclaredField, owner: type | None = None) -> Column:
        column = str.__new__(cls, declared.column)
        column._field = declared
        column._owner = owner
        return column

    @property
    def owner(self) -> type | None:
        """The class whose column it is; None where it stands alone."""
        return self._owner

    @property
    def field(self) -> DeclaredField:
        """The declaration of the column."""
        return self._field

    @property
    def operand(self) -> Operand:
        return unknown() if self._field.meaning is None else self._field.meaning

    @property
    def is_condition(self) -> bool:
        return self._field.base is bool

    @property
    def shown(self) -> str:
        return self._field.name

    # Text counts its letters by the same name: a call with letters means that.
    def count(self, *letters: Any, by: object = ()) -> Any:
        """How many values are not missing in all rows, or in those that agree in `by`."""
        return str.__str__(self).count(*letters) if letters else self._over("count", by)

    def __reduce__(self) -> tuple[type[Column], tuple[DeclaredField, type | None]]:
        return Column, (self._field, self._owner)

    def __bool__(self) -> bool:
        return True


@final
class Constant(Expression):
    """A value written in a rule."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    @property
    def operand(self) -> Operand:
        return literal(self.value)

    def __repr__(self) -> str:
        return repr(self.value)


@final
class Operation(Expression):
    """An operator and what it is applied to.

    `name` is one of `+ - * / // % ** < <= > >= == negative abs is_in is_null and or not`; the values of
    `is_in` are one `Constant` tuple.
    """

    __slots__ = ("_operand", "_operands", "name")

    def __init__(self, name: str, operands: tuple[Expression, ...], operand: Operand) -> None:
        self.name = name
        self._operands = operands
        self._operand = operand

    @property
    def operand(self) -> Operand:
        return self._operand

    @property
    def operands(self) -> tuple[Expression, ...]:
        return self._operands

    @property
    def is_condition(self) -> bool:
        return self.name in COMPARISONS or self.name in CONNECTIVES or self.name in TESTS

    def __repr__(self) -> str:
        return spelled(self.name, self._operands)


@final
class Aggregate(Expression):
    """One number for many rows, beside each of them: the rows that agree in the columns `by`, or all.

    `name` is one of `sum mean min max count n_unique`. Missing values are left out: `count` and `n_unique` of
    none are 0, the others are missing. Where a column of `by` is missing, so is the result.
    """

    __slots__ = ("_operand", "by", "name", "value")

    def __init__(self, name: str, value: Expression, by: tuple[Column, ...], operand: Operand) -> None:
        self.name = name
        self.value = value
        self.by = by
        self._operand = operand

    @property
    def operand(self) -> Operand:
        return self._operand

    @property
    def operands(self) -> tuple[Expression, ...]:
        return (self.value, *self.by)

    def __repr__(self) -> str:
        by = ", ".join(column.shown for column in self.by)
        return (
            f"{enclosed(self.value)}.{self.name}({f'by={by}' if len(self.by) == 1 else by and f'by=[{by}]'})"
        )


def lift(value: object) -> Expression:
    """An expression as it is, anything else as a `Constant`."""
    return value if isinstance(value, Expression) else Constant(value)


def _operation(sign: str, left: Expression, right: Expression) -> Operation:
    for side in (left, right):
        require_value(sign, side)
    return Operation(sign, (left, right), combined(sign, left, right))


def _connective(name: str, *sides: object) -> Operation:
    conditions = tuple(lift(side) for side in sides)
    for side in conditions:
        if not side.is_condition:
            fact = f"`{name}` joins conditions, and `{side.shown}` is not one."
            raise DeclarationError(fact, "Compare it first, with parentheses around the comparison.")
    return Operation(name, conditions, unknown())


def _aggregate(name: str, value: Expression, by: object) -> Aggregate:
    groups = (by,) if isinstance(by, str | Expression) else by
    if not isinstance(groups, Iterable):
        groups = (by,)
    columns = tuple(groups)
    for column in columns:
        if not isinstance(column, Column):
            fact = f"`{value.shown}.{name}(by=...)` groups by {column!r}, which is not a column."
            raise DeclarationError(fact, _BY)
    require_aggregable(name, value)
    return Aggregate(name, value, columns, aggregated(name, value))


_BY = "Name columns of the schema: by=c.carrier, or by=[c.carrier, c.day]."
