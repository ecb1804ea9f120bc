"""Units: one vector that holds dimension and exact scale, how the author spelled it, and a zero point.

A kilometre is `{2: 3, 5: 3, m: 1}`. Equality is equality of that vector and of the origin, so `km/h` is `kph`
and is not `m/s`; multiplying, taking roots and solving for unit variables are linear algebra on it.
"""

from __future__ import annotations

from typedml.algebra.errors import UnitError
from typedml.algebra.monomial import (
    ANGLE,
    LEVEL,
    ONE,
    PI,
    Exponent,
    Monomial,
    is_prime,
    is_scale,
    is_tag,
    is_variable,
    magnitude,
    power,
)
from typedml.algebra.ratio import Ratio
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

__all__ = ["ANGLE", "LEVEL", "PI", "Unit", "is_prime", "is_scale", "is_tag", "is_variable"]

LARGEST_EXPONENT = 10_000
LARGEST_DENOMINATOR = 1_000_000


class Unit(Value):
    """A unit of measure; with an `origin` it is a point on a scale (degC, dBm), otherwise a vector.

    `origin` is the zero point in the base unit (273.15 for degC) or a name ("re 1 mW"). A unit is equal to
    another, and hashes alike, whatever its spelling.
    """

    __slots__ = ("_text", "origin", "spelling", "vector")
    vector: Monomial
    spelling: Monomial
    origin: Fraction | str | None
    _text: str | None

    def __init__(
        self, vector: Monomial, spelling: Monomial | None = None, origin: Fraction | str | None = None
    ) -> None:
        put = object.__setattr__
        put(self, "vector", vector)
        put(self, "spelling", vector if spelling is None else spelling)
        put(self, "origin", origin)
        put(self, "_text", None)

    @staticmethod
    def number() -> Unit:
        """The unit 1 of pure numbers."""
        return NUMBER

    def _key(self) -> tuple[object, ...]:
        return (self.vector, self.origin)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Unit) and self.vector == other.vector and self.origin == other.origin

    def __hash__(self) -> int:
        return hash(self.vector)

    def __str__(self) -> str:
        if self._text is None:
            object.__setattr__(self, "_text", spell(self.spelling))
        return self._text or ""

    def __repr__(self) -> str:
        return f"<Unit {self}>"

    def __mul__(self, other: Unit) -> Unit:
        self._linear()
        other._linear()
        if other is NUMBER:
            return self
        return Unit(self.vector * other.vector, self.spelling * other.spelling)

    def __truediv__(self, other: Unit) -> Unit:
        self._linear()
        other._linear()
        if other is NUMBER:
            return self
        return Unit(self.vector / other.vector, self.spelling / other.spelling)

    def __pow__(self, exponent: Exponent) -> Unit:
        self._linear()
        raised = Unit(self.vector**exponent, self.spelling**exponent)
        exponents = [e for _, e in raised.vector.items]
        if any(magnitude(e) > LARGEST_EXPONENT or e.denominator > LARGEST_DENOMINATOR for e in exponents):
            raise UnitError(f'Power {exponent} of "{self}" is too large', "exponents are small fractions")
        return raised

    def _linear(self) -> None:
        if self.origin is not None:
            raise UnitError(
                f'"{self}" is a point on a scale and cannot be multiplied, divided or raised to a power',
                f'differences can: write "{self.delta()}"',
                text=str(self),
            )

    @property
    def dimension(self) -> Monomial:
        """The base units without scale and tags; rad, bit, dB, currencies and variables are among them."""
        return self.vector.without(lambda atom: is_scale(atom) or is_tag(atom))

    @property
    def scale(self) -> Monomial:
        """The exact scale: a product of powers of primes and pi."""
        return self.vector.only(is_scale)

    @property
    def tags(self) -> Monomial:
        """What is counted: the product of powers of tags."""
        return self.vector.only(is_tag)

    @property
    def variables(self) -> tuple[str, ...]:
        """The unit variables that occur."""
        return tuple([atom for atom, _ in self.vector.items if is_variable(atom)])

    @property
    def is_number(self) -> bool:
        """Whether this is the unit 1; a percent is not."""
        return not self.vector and self.origin is None

    @property
    def is_point(self) -> bool:
        """Whether the unit has an origin."""
        return self.origin is not None

    @property
    def has_angle(self) -> bool:
        """Whether an angle is part of the dimension."""
        return self.vector.exponent(ANGLE) != 0

    def delta(self) -> Unit:
        """The unit of differences: the same vector without the origin."""
        if self.origin is None:
            return self
        if self.vector == LEVEL_VECTOR:
            return Unit(self.vector, LEVEL_VECTOR)
        if isinstance(self.origin, str):
            return Unit(self.vector, self.spelling) if self.vector else NUMBER
        return Unit(self.vector, Monomial({f"delta_{self.spelling}": 1}))

    @property
    def absorbs_angle(self) -> bool:
        """Whether an angle counts for nothing in it: in a product with other base units, not alone."""
        return bool(self.vector.without(lambda atom: is_scale(atom) or is_tag(atom) or atom == ANGLE))

    def converts_to(self, other: Unit) -> bool:
        """Whether values can be had in another unit: torque by angular speed, newton*m*rad/s, is power."""
        if self.dimension == other.dimension:
            return True
        quotient = self.dimension / other.dimension
        return quotient.atoms == (ANGLE,) and self.absorbs_angle and other.absorbs_angle

    def ratio(self, other: Unit) -> Ratio:
        """The conversion of values in this unit into the other.

        Tags do not hinder it. Raises: UnitError where the dimensions differ.
        """
        if not self.converts_to(other):
            raise UnitError(
                f'"{self}" does not convert to "{other}": '
                f"their dimensions are {spell(self.dimension)} and {spell(other.dimension)}",
                text=str(self),
            )
        return Ratio((self.vector / other.vector).only(is_scale), self._offset(other))

    def _offset(self, other: Unit) -> Fraction | None:
        from fractions import Fraction

        if self.origin == other.origin:
            return Fraction(0)
        mine, theirs = self.origin or Fraction(0), other.origin or Fraction(0)
        if isinstance(mine, str) or isinstance(theirs, str):
            return None
        size = Ratio(other.scale, Fraction(0)).exact
        return None if size is None else (mine - theirs) / size

    def without_tags(self) -> Unit:
        """The unit with its tags dropped: km for km/flight."""
        return self._without(is_tag)

    def without_angle(self) -> Unit:
        """The unit with its radians dropped: 1/s for rad/s."""
        return self._without(lambda atom: atom == ANGLE)

    def _without(self, unwanted: Callable[[str], bool]) -> Unit:
        dropped = self.vector.only(unwanted)
        if not dropped:
            return self
        vector = self.vector / dropped
        spelling = self.spelling.without(lambda name: _written(name) in dropped.atoms)
        removed = Monomial(_sum(self.spelling / spelling))
        # A name that hides the atom (deg, people) cannot be taken out of the spelling: show the vector then.
        return Unit(vector, spelling if removed == dropped else vector, self.origin)


def _written(name: str) -> str:
    """The atom that a written name stands for, as far as its letters tell: "#click" for clicks."""
    singular = name.removesuffix("s")
    return ANGLE if singular in {"rad", "radian"} else f"#{singular}"


def _sum(spelling: Monomial) -> dict[str, Exponent]:
    exponents: dict[str, Exponent] = {}
    for name, exponent in spelling.items:
        exponents[_written(name)] = exponents.get(_written(name), 0) + exponent
    return exponents


def spell(spelling: Monomial) -> str:
    """The text that people read: numerator first, then a slash for every divisor."""
    over = "*".join(power(name, e) for name, e in spelling.items if e > 0)
    under = "".join(f"/{power(name, -e)}" for name, e in spelling.items if e < 0)
    return (over or "1") + under


LEVEL_VECTOR = Monomial({LEVEL: 1})
NUMBER = Unit(ONE, ONE)
