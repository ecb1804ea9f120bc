"""Expressions over the columns of a schema: the cross-column rules, as data.

An expression is a tree of `Column`, `Constant` and `Operation`; building it asks the algebra, so that a rule
that mixes units is refused when its class is made. Engines read the tree; nothing here touches a frame.

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

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, final

from typedml.declare.expression_meaning import combined, combined_alone, literal, unknown
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Operand
    from typedml.declare.declared import DeclaredField

COMPARISONS = ("<", "<=", ">", ">=", "==")
CONNECTIVES = ("and", "or", "not")
TESTS = ("is_in", "is_null")


class Expression:
    """A computation over the columns of one row.

    Operators: `+ - * / // % **`, `< <= > >=`, `.equals()`, `& | ~`, `.abs()`, `.is_in()`, `.is_null()`.
    `==` is left alone, because a column is also its own name.
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
    def shown(self) -> str:
        """The expression as it would be written."""
        return repr(self)

    def nodes(self) -> Iterator[Expression]:
        """This expression and everything below it, from the top."""
        yield self
        for below in self.operands:
            yield from below.nodes()

    def __add__(self, other: object) -> Expression:
        return _arithmetic("+", self, other)

    def __radd__(self, other: object) -> Expression:
        return _arithmetic("+", other, self)

    def __sub__(self, other: object) -> Expression:
        return _arithmetic("-", self, other)

    def __rsub__(self, other: object) -> Expression:
        return _arithmetic("-", other, self)

    def __mul__(self, other: object) -> Expression:
        return _arithmetic("*", self, other)

    def __rmul__(self, other: object) -> Expression:
        return _arithmetic("*", other, self)

    def __truediv__(self, other: object) -> Expression:
        return _arithmetic("/", self, other)

    def __rtruediv__(self, other: object) -> Expression:
        return _arithmetic("/", other, self)

    def __floordiv__(self, other: object) -> Expression:
        return _arithmetic("//", self, other)

    def __rfloordiv__(self, other: object) -> Expression:
        return _arithmetic("//", other, self)

    def __mod__(self, other: object) -> Expression:
        return _arithmetic("%", self, other)

    def __rmod__(self, other: object) -> Expression:
        return _arithmetic("%", other, self)

    def __pow__(self, other: object) -> Expression:
        return _arithmetic("**", self, other)

    def __neg__(self) -> Expression:
        return _unary("negative", self)

    def abs(self) -> Expression:
        """The absolute value."""
        return _unary("abs", self)

    def __abs__(self) -> Expression:
        return _unary("abs", self)

    def __lt__(self, other: object) -> Expression:
        return _comparison("<", self, other)

    def __le__(self, other: object) -> Expression:
        return _comparison("<=", self, other)

    def __gt__(self, other: object) -> Expression:
        return _comparison(">", self, other)

    def __ge__(self, other: object) -> Expression:
        return _comparison(">=", self, other)

    def equals(self, other: object) -> Expression:
        """True where both sides are equal: what `==` would say, were a column not also its own name."""
        return _operation("==", self, lift(other))

    def is_in(self, values: Iterable[object]) -> Expression:
        """True where the value is one of `values`."""
        return Operation("is_in", (self, Constant(tuple(values))), unknown())

    def is_null(self) -> Expression:
        """True where the value is missing."""
        return Operation("is_null", (self,), unknown())

    def __and__(self, other: object) -> Expression:
        return _connective("and", self, other)

    def __or__(self, other: object) -> Expression:
        return _connective("or", self, other)

    def __invert__(self) -> Expression:
        return _connective("not", self)

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

    __slots__ = ("_field",)
    _field: DeclaredField

    def __new__(cls, declared: DeclaredField) -> Column:
        column = str.__new__(cls, declared.column)
        column._field = declared
        return column

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

    def __reduce__(self) -> tuple[type[Column], tuple[DeclaredField]]:
        return Column, (self._field,)

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
        inner = [_inner(operand) for operand in self._operands]
        return _SPELLINGS.get(self.name, "{} " + self.name + " {}").format(*inner)


_SPELLINGS = {
    "negative": "-{}",
    "abs": "{}.abs()",
    "is_in": "{}.is_in({})",
    "is_null": "{}.is_null()",
    "==": "{}.equals({})",
    "and": "{} & {}",
    "or": "{} | {}",
    "not": "~{}",
}


def _inner(node: Expression) -> str:
    return f"({node.shown})" if isinstance(node, Operation) else node.shown


def lift(value: object) -> Expression:
    """An expression as it is, anything else as a `Constant`."""
    return value if isinstance(value, Expression) else Constant(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Column)


def _arithmetic(sign: str, left: object, right: object) -> Expression:
    if _is_text(left) or _is_text(right):
        return _as_text(sign, left, right)
    return _operation(sign, lift(left), lift(right))


def _comparison(sign: str, left: Expression, right: object) -> Expression:
    if _is_text(right) and isinstance(left, Column):
        return _as_text(sign, left, right)
    return _operation(sign, left, lift(right))


_TEXT: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "%": operator.mod,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _as_text(sign: str, left: object, right: object) -> Expression:
    # Beside a plain `str` a column is one, and the result is what `str` gives, whatever checkers believe.
    result: Expression = _TEXT[sign](_plain(left), _plain(right))
    return result


def _plain(value: object) -> object:
    return str.__str__(value) if isinstance(value, str) else value


def _operation(sign: str, left: Expression, right: Expression) -> Operation:
    for side in (left, right):
        _require_value(sign, side)
    return Operation(sign, (left, right), combined(sign, left, right))


def _require_value(sign: str, side: Expression) -> None:
    if isinstance(side, Operation) and side.is_condition:
        fact = f"`{sign}` is applied to the condition `{side.shown}`."
        raise DeclarationError(fact, "`&` and `|` bind more tightly: put parentheses around each comparison.")
    if isinstance(side, Column) and side.field.base in (str, bool) and sign not in COMPARISONS:
        fact = f"`{sign}` is applied to column {side.field.name!r} of {side.field.base.__name__}."
        raise DeclarationError(fact, "Compare it with `.equals()` or `.is_in()`.")


def _unary(name: str, side: Expression) -> Operation:
    _require_value(name, side)
    return Operation(name, (side,), combined_alone(name, side))


def _connective(name: str, *sides: object) -> Operation:
    conditions = tuple(lift(side) for side in sides)
    for side in conditions:
        if not side.is_condition:
            fact = f"`{name}` joins conditions, and `{side.shown}` is not one."
            raise DeclarationError(fact, "Compare it first, with parentheses around the comparison.")
    return Operation(name, conditions, unknown())
