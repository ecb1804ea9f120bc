"""Monomials: vectors over the rationals, written as products of powers of atoms.

    >>> str(Monomial({"m": 1, "s": -2}))
    'm*s**-2'

One kind of vector serves for dimensions, exact scales, tags and unit variables, so that equality, roots
and solving are all the same linear algebra. An atom is a base unit ("m", "USD"), a prime ("2", "7"),
"pi", a tag ("#click") or a unit variable ("'U").
"""

from __future__ import annotations

from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction
    from typing import TypeAlias

    Exponent: TypeAlias = int | Fraction
else:
    Exponent = object

ANGLE = "rad"
PI = "pi"
LEVEL = "dB"


def is_prime(atom: str) -> bool:
    """Whether the atom is a number, a factor of the scale."""
    return atom[0].isdigit()


def is_scale(atom: str) -> bool:
    """Whether the atom belongs to the scale: a prime or pi."""
    return atom[0].isdigit() or atom == PI


def is_tag(atom: str) -> bool:
    """Whether the atom is a tag: what is counted, not a dimension."""
    return atom[0] == "#"


def is_variable(atom: str) -> bool:
    """Whether the atom is a unit variable."""
    return atom[0] == "'"


def normal(exponent: Exponent) -> Exponent:
    """The exponent as an int where it is whole."""
    if type(exponent) is int or exponent.denominator != 1:
        return exponent
    return exponent.numerator


def quotient(numerator: Exponent, denominator: Exponent) -> Exponent:
    """The exact quotient of two exponents."""
    # fractions costs more to import than this whole floor: whole exponents, nearly all, do without.
    if type(numerator) is int and type(denominator) is int and numerator % denominator == 0:
        return numerator // denominator
    from fractions import Fraction

    return normal(Fraction(numerator, denominator))


def magnitude(exponent: Exponent) -> Exponent:
    """The exponent without its sign."""
    return -exponent if exponent < 0 else exponent


def _order(item: tuple[str, Exponent]) -> tuple[int, int, str]:
    atom = item[0]
    return (1, 0, atom) if atom[0] > "9" or not atom.isdecimal() else (0, int(atom), "")


class Monomial(Value):
    """An immutable product of powers of atoms; `items` is sorted, numbers first, and has no zeros."""

    __slots__ = ("_hash", "items")
    items: tuple[tuple[str, Exponent], ...]
    _hash: int

    def __init__(self, exponents: Mapping[str, Exponent] | Iterable[tuple[str, Exponent]] = ()) -> None:
        pairs = exponents.items() if type(exponents) is dict else dict(exponents).items()
        items = [(atom, e if type(e) is int else normal(e)) for atom, e in pairs if e]
        if len(items) > 1:
            items.sort(key=_order)
        object.__setattr__(self, "items", tuple(items))
        object.__setattr__(self, "_hash", hash(self.items))

    def _key(self) -> tuple[object, ...]:
        return self.items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Monomial) and self.items == other.items

    def __hash__(self) -> int:
        return self._hash

    def __bool__(self) -> bool:
        return bool(self.items)

    def __mul__(self, other: Monomial) -> Monomial:
        return self._plus(other, 1)

    def __truediv__(self, other: Monomial) -> Monomial:
        return self._plus(other, -1)

    def __pow__(self, exponent: Exponent) -> Monomial:
        if exponent == 1:
            return self
        return _of(tuple([(atom, normal(e * exponent)) for atom, e in self.items])) if exponent else ONE

    def _plus(self, other: Monomial, sign: int) -> Monomial:
        if not other.items:
            return self
        if not self.items:
            return other if sign > 0 else _of(tuple([(atom, -e) for atom, e in other.items]))
        exponents = dict(self.items)
        for atom, exponent in other.items:
            exponents[atom] = normal(exponents.get(atom, 0) + sign * exponent)
        items = [item for item in exponents.items() if item[1]]
        if len(exponents) > len(self.items):
            items.sort(key=_order)
        return _of(tuple(items))

    def exponent(self, atom: str) -> Exponent:
        """The exponent of an atom, 0 where it does not occur."""
        return dict(self.items).get(atom, 0)

    @property
    def atoms(self) -> tuple[str, ...]:
        """The atoms that occur, sorted."""
        return tuple([atom for atom, _ in self.items])

    def only(self, wanted: Callable[[str], bool]) -> Monomial:
        """The part whose atoms satisfy a predicate."""
        return _of(tuple([item for item in self.items if wanted(item[0])]))

    def without(self, unwanted: Callable[[str], bool]) -> Monomial:
        """The part whose atoms do not satisfy a predicate."""
        return _of(tuple([item for item in self.items if not unwanted(item[0])]))

    def __str__(self) -> str:
        return "*".join(power(atom, e) for atom, e in self.items) or "1"

    def __repr__(self) -> str:
        return f"Monomial({str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return Monomial, (self.items,)

    @staticmethod
    def parse(canonical: str) -> Monomial:
        """Read back the text that `str` writes."""
        if canonical == "1":
            return ONE
        parts = (part.partition("^") for part in canonical.replace("**", "^").split("*"))
        pairs = [(atom, _exponent(text)) for atom, _, text in parts]
        if not all(atom for atom, _ in pairs):
            raise ValueError(f"{canonical!r} is no product of powers")
        return Monomial(pairs)


def _exponent(text: str) -> Exponent:
    numerator, _, denominator = text.strip("()").partition("/")
    return quotient(int(numerator or 1), int(denominator or 1))


def power(atom: str, exponent: Exponent) -> str:
    """The text of an atom to a power: `m`, `m**2`, `m**(1/2)`."""
    if exponent == 1:
        return atom
    return f"{atom}**{exponent}" if exponent.denominator == 1 else f"{atom}**({exponent})"


def _of(items: tuple[tuple[str, Exponent], ...]) -> Monomial:
    """Return the monomial of items that are in order already, normal and without zeros."""
    if not items:
        return ONE
    found = object.__new__(Monomial)
    object.__setattr__(found, "items", items)
    object.__setattr__(found, "_hash", hash(items))
    return found


ONE = Monomial()
