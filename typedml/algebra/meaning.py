"""Meanings - kind x unit - and the other two things that an operand can be: a literal, or unknown.

>>> from typedml.algebra.catalogue import KINDS
>>> p = Meaning(KINDS["Probability"])
>>> str(p), str(Meaning(p.kind, p.unit, cut=True))
('Probability', 'Threshold[Probability]')
"""

from __future__ import annotations

from math import inf, isclose, isfinite, tau
from sys import float_info

from typedml.algebra.errors import KindError
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.monomial import ANGLE, Monomial, is_tag
from typedml.algebra.ranges import UNBOUNDED, Range
from typedml.algebra.unit import Unit
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

NO_ROLES: frozenset[str] = frozenset()


class Meaning(Value):
    """What a number means: its kind, its unit, whether it is a cut, and the roles it plays beside that.

    `unit` is the kind's own if it is left out. Roles never count in equality of kind and unit, but do here.

    Raises:
        KindError: if the kind does not take the unit.
    """

    __slots__ = ("_encoded", "_hash", "_text", "cut", "kind", "roles", "unit")

    kind: Kind | None
    unit: Unit
    cut: bool
    roles: frozenset[str]
    _hash: int
    _text: str | None
    _encoded: str | None

    def __init__(
        self,
        kind: Kind | None = None,
        unit: Unit | None = None,
        cut: bool = False,
        roles: frozenset[str] = NO_ROLES,
    ) -> None:
        if unit is None:
            unit = Unit.number() if kind is None else kind.default_unit
        elif kind is not None and not kind.admits(unit):
            raise KindError(
                f'Kind "{kind}" is measured in "{kind.unit or kind.default_unit}", not in "{unit}".',
                "leave the unit out, or leave the kind out.",
            )
        put = object.__setattr__
        put(self, "kind", kind)
        put(self, "unit", unit)
        put(self, "cut", cut)
        put(self, "roles", roles)
        put(self, "_hash", hash((kind, unit, cut, roles)))
        put(self, "_text", None)
        put(self, "_encoded", None)

    def _key(self) -> tuple[object, ...]:
        return (self.kind, self.unit, self.cut, self.roles)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Meaning) and self._hash == other._hash and self._key() == other._key()

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return Meaning, self._key()

    def __repr__(self) -> str:
        return f"<Meaning {self}>"

    def __str__(self) -> str:
        """Return what stands in the brackets of `float[...]`."""
        if self._text is None:
            object.__setattr__(self, "_text", self._spelled())
        return self._text or ""

    def _spelled(self) -> str:
        parts = [] if self.kind is None else [self.kind.name]
        if self.kind is None or self.unit != self.kind.default_unit:
            parts.append(str(self.unit))
        text = ", ".join(parts)
        return ", ".join([f"Threshold[{text}]" if self.cut else text, *sorted(self.roles)])

    @property
    def sort(self) -> Sort:
        """Return how operators see the value."""
        if self.cut:
            return Sort.OPAQUE
        if self.kind is not None:
            return self.kind.sort
        return Sort.VECTOR if self.unit.origin is None else Sort.TORSOR

    @property
    def range(self) -> Range:
        """Return where its values lie, in its own unit."""
        if self.kind is not None:
            return self.kind.range
        return _above_zero_point(self.unit) if self.unit.is_point else UNBOUNDED

    @property
    def integral(self) -> bool:
        """Say whether its values are integers."""
        return self.kind is not None and self.kind.integral

    @property
    def is_pure(self) -> bool:
        """Say whether the unit is 1, whatever is counted."""
        return self.unit.origin is None and all(map(is_tag, self.unit.vector.atoms))

    @property
    def uncut(self) -> Meaning:
        """Return the meaning of what a threshold cuts; any other meaning as it is."""
        return Meaning(self.kind, self.unit, False, self.roles) if self.cut else self

    def plain(self) -> Meaning:
        """Return the same unit without a kind."""
        return Meaning(None, self.unit, False, self.roles)

    def with_roles(self, roles: frozenset[str]) -> Meaning:
        """Return the same meaning in other roles."""
        return self if roles == self.roles else Meaning(self.kind, self.unit, self.cut, roles)

    def encode(self) -> str:
        """Return one word that carries the whole meaning, user's kinds included; see `encoding`."""
        if self._encoded is None:
            from typedml.algebra.encoding import encode

            object.__setattr__(self, "_encoded", encode(self))
        return self._encoded or ""

    @staticmethod
    def decode(text: str) -> Meaning:
        """Return the meaning that `encode` wrote."""
        from typedml.algebra.encoding import decode

        return decode(text)


def _above_zero_point(unit: Unit) -> Range:
    """Return where a point lies: nothing is below the zero point of its base unit (0 K)."""
    if unit.origin is None or isinstance(unit.origin, str):
        return UNBOUNDED
    size = Unit(unit.scale).ratio(Unit.number())
    return Range(-float(unit.origin) / float(size), inf)


LARGEST = int(float_info.max)
RADIAN = Unit(Monomial({ANGLE: 1}))
LEAST_ANGLE, MOST_TURNS = tau / 720, 100
"""Within these a multiple of pi is told from a number that is near one by chance."""


class Literal(Value):
    """A number written in the source: `0.5`; beyond the largest float it is that one."""

    __slots__ = ("_hash", "value")

    value: int | float
    _hash: int

    def __init__(self, value: int | float) -> None:
        if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
            value = LARGEST if value > 0 else -LARGEST
        # `repr` tells 1 from 1.0 and -0.0 from 0.0, and makes nan equal to itself.
        self._fill(value=value, _hash=hash((Literal, repr(value))))

    def _key(self) -> tuple[object, ...]:
        return (repr(self.value),)

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return Literal, (self.value,)

    def __repr__(self) -> str:
        return f"Literal({self.value!r})"

    def __str__(self) -> str:
        return repr(self.value)

    @property
    def is_generic(self) -> bool:
        """Say whether the number has every linear unit: zero, the infinities and nan."""
        return self.value == 0 or not is_finite(self.value)

    @property
    def is_angle(self) -> bool:
        """Say whether the number is made of simple parts of pi, which are parts of a turn in radians only."""
        if not is_finite(self.value) or not 0 < abs(self.value) < MOST_TURNS * tau:
            return False
        parts = self.value / LEAST_ANGLE
        return round(parts) != 0 and isclose(parts, round(parts), rel_tol=1e-12)

    def has(self, unit: Unit) -> bool:
        """Say whether the number is one in a linear unit without being told so."""
        return self.is_generic or (unit == RADIAN and self.is_angle)

    @property
    def range(self) -> Range:
        """Return the range that holds the number alone."""
        return Range.at(self.value)

    @property
    def integral(self) -> bool:
        """Say whether the number is an integer; infinity stands for the end of a range of integers."""
        return isinstance(self.value, int) or self.value.is_integer() or self.value in (inf, -inf)


def is_finite(value: int | float) -> bool:
    """Say whether a number is neither infinite nor nan, however large an integer it is."""
    return isinstance(value, int) or isfinite(value)


class Unknown(Value):
    """A plain number of which nothing is declared, which is not the same as dimensionless."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __str__(self) -> str:
        return "unknown"


UNKNOWN = Unknown()
NUMBER = Meaning(None, Unit.number())
"""A plain number that is known to be one."""

Operand: TypeAlias = Meaning | Literal | Unknown
"""What stands on one side of an operator."""


def spelling(*operands: Operand) -> str:
    """Return how units are spelled: equal units are one key of a cache, but each is shown as written."""
    return "|".join([str(each.unit) if isinstance(each, Meaning) else "" for each in operands])
