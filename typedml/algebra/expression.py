"""Expressions as pure data: what stands between the operands of a feature, whoever read it from where.

>>> p = Name("p", UNKNOWN)
>>> print(Operation("*", p, Operation("-", Number(1), p)))
p * (1 - p)

A name carries the meaning of what it stands for. Methods and functions are one: `x.sum()` is the call of
"sum" on x. Two expressions of one text are one value of the program, which is what shapes live by.
"""

from __future__ import annotations

from typedml.algebra.meaning import UNKNOWN, Literal, Operand, spelling
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

BINDING: dict[str, int] = {
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), 1),
    **dict.fromkeys(("|", "^", "&", "<<", ">>"), 2),
    **dict.fromkeys(("+", "-"), 3),
    **dict.fromkeys(("*", "/", "//", "%", "@"), 4),
    "**": 6,
}
"""How closely an operator binds; a sign stands between products and powers."""
SIGN = 5
CLOSED = 7


class Node(Value):
    """One node of an expression; its hash is kept, for expressions are keys wherever they are judged."""

    __slots__ = ("_hash",)

    binding = CLOSED
    fields: tuple[str, ...] = ()
    _hash: int

    @classmethod
    def _fields(cls) -> tuple[str, ...]:
        return cls.fields

    def _filled(self) -> None:
        object.__setattr__(self, "_hash", hash((type(self), self._key())))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and self._hash == hash(other) and self._key() == other._key()

    def __setstate__(self, state: dict[str, object]) -> None:
        super().__setstate__(state)
        self._filled()

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Return the expressions that it is made of."""
        return ()

    def inside(self, binding: int) -> str:
        """Return its text, in parentheses where an operator that binds so closely would tear it apart."""
        return str(self) if self.binding >= binding else f"({self})"


class Name(Node):
    """A variable, or anything else that is read as a whole."""

    __slots__ = fields = ("operand", "text")

    text: str
    operand: Operand

    def __init__(self, text: str, operand: Operand = UNKNOWN) -> None:
        self._fill(text=text, operand=operand)
        self._filled()

    def _key(self) -> tuple[object, ...]:
        # Equal units are shown as each author spelled them.
        return (self.operand, self.text, spelling(self.operand))

    def __str__(self) -> str:
        return self.text


class Number(Node):
    """A number written out, or a constant by its name."""

    __slots__ = fields = ("text", "value")

    value: int | float
    text: str

    def __init__(self, value: int | float, text: str = "") -> None:
        self._fill(value=value, text=text or repr(value))
        self._filled()

    @property
    def operand(self) -> Literal:
        """Return the number as an operand."""
        return Literal(self.value)

    @property
    def binding(self) -> int:  # type: ignore[override]  # fixed for the other nodes
        """Return how closely it holds together: a negative number as its sign does."""
        return SIGN if self.text.startswith("-") else CLOSED

    def __str__(self) -> str:
        return self.text


class Operation(Node):
    """Two operands and an operator of arithmetic or comparison."""

    __slots__ = fields = ("left", "op", "right")

    op: str
    left: Expression
    right: Expression

    def __init__(self, op: str, left: Expression, right: Expression) -> None:
        self._fill(op=op, left=left, right=right)
        self._filled()

    @property
    def binding(self) -> int:  # type: ignore[override]  # fixed for the other nodes
        """Return how closely the operator binds."""
        return BINDING[self.op]

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Return both operands."""
        return (self.left, self.right)

    def __str__(self) -> str:
        own = self.binding
        # A power groups to the right, everything else to the left.
        left, right = (own + 1, own) if self.op == "**" else (own, own + 1)
        return f"{self.left.inside(left)} {self.op} {self.right.inside(right)}"


class Unary(Node):
    """One operand and a sign before it."""

    __slots__ = fields = ("of", "op")

    binding = SIGN
    op: str
    of: Expression

    def __init__(self, op: str, of: Expression) -> None:
        self._fill(op=op, of=of)
        self._filled()

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Return the operand."""
        return (self.of,)

    def __str__(self) -> str:
        between = " " if self.op.isalpha() else ""
        return f"{self.op}{between}{self.of.inside(SIGN)}"


class Call(Node):
    """A function and its arguments, the receiver of a method first; keywords are those that carry values."""

    __slots__ = fields = ("arguments", "function", "keywords")

    function: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...]

    def __init__(
        self,
        function: str,
        arguments: tuple[Expression, ...],
        keywords: tuple[tuple[str, Expression], ...] = (),
    ) -> None:
        self._fill(function=function, arguments=arguments, keywords=keywords)
        self._filled()

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Return all arguments, those by keyword last."""
        return (*self.arguments, *(value for _, value in self.keywords))

    def __str__(self) -> str:
        words = [str(each) for each in self.arguments]
        words += [f"{name}={value}" for name, value in self.keywords]
        return f"{self.function}({', '.join(words)})"


Expression: TypeAlias = Name | Number | Operation | Unary | Call


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything inside of it."""
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(each.parts))
