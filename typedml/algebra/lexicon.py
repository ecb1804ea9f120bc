"""The lexicon: which names, prefixes and plurals there are, and how Pint would resolve a name."""

from __future__ import annotations

from typedml.algebra.errors import UnitError
from typedml.algebra.monomial import Monomial, is_tag
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

# The micro sign and the Greek mu, the ohm sign and omega, the angstrom sign and the letter look alike.
TWINS = str.maketrans({"\u00b5": "\u03bc", "\u2126": "\u03a9", "\u212b": "\u00c5"})


class Entry(Value):
    """What one name stands for."""

    __slots__ = ("origin", "vector")
    vector: Monomial
    origin: Fraction | str | None

    def __init__(self, vector: Monomial, origin: Fraction | str | None = None) -> None:
        self._fill(vector=vector, origin=origin)

    @property
    def counts(self) -> bool:
        """Whether this is a tag."""
        return bool(self.vector) and all(map(is_tag, self.vector.atoms))

    def encode(self) -> str:
        """Write the entry as a row of the unit table."""
        return str(self.vector) if self.origin is None else f"{self.vector} @ {self.origin}"

    @staticmethod
    def decode(row: str) -> Entry:
        """Read a row of the unit table."""
        vector, _, origin = row.partition(" @ ")
        return Entry(Monomial.parse(vector), _origin(origin))


def _origin(text: str) -> Fraction | str | None:
    if not text or not text[0].isdigit():
        return text or None
    from fractions import Fraction

    return Fraction(text)


def untwin(name: str) -> str:
    """The name with look-alike signs that mean the same written in one way."""
    return name if name.isascii() else name.translate(TWINS)


class Lexicon:
    """Names of units and prefixes with what they stand for; rows of the table are decoded when asked for."""

    def __init__(
        self,
        units: dict[str, str],
        names: dict[str, str],
        prefixes: dict[str, str],
        dimensions: dict[str, str],
    ) -> None:
        self.rows: dict[str, str] = units
        self.entries: dict[str, Entry] = {}
        self.dimensions = dimensions
        self.names = names
        self.prefixes = prefixes

    def entry(self, canonical: str) -> Entry:
        """The entry of a canonical name."""
        found = self.entries.get(canonical)
        if found is None:
            found = self.entries[canonical] = Entry.decode(self.rows[canonical])
        return found

    def canonical(self, name: str) -> str | None:
        """The canonical name that a name or alias belongs to, None where it is not defined as such."""
        return self.names.get(untwin(name))

    def find(self, name: str) -> Entry | None:
        """What a name stands for, prefixes, plurals and `delta_` included; None where it is unknown.

        Raises: UnitError where a prefix stands before a point.
        """
        parts = split(name, self.canonical, self.prefixes)
        if parts is not None:
            return self.prefixed(*parts)
        if name.startswith(("delta_", "Δ")):
            point = self.find(name.removeprefix("delta_").removeprefix("Δ"))
            if point is not None and point.origin is not None and not isinstance(point.origin, str):
                return Entry(point.vector)
        return None

    def prefixed(self, prefix: str, canonical: str) -> Entry | None:
        """The entry of a prefix and a unit; nothing where a fraction of a tag would be meant."""
        return multiply(self.prefixes[prefix] if prefix else "1", prefix, canonical, self.entry(canonical))


def multiply(value: str, prefix: str, canonical: str, entry: Entry) -> Entry | None:
    """Apply a prefix of some value (a canonical monomial) to an entry."""
    if not prefix:
        return entry
    if entry.origin is not None:
        fact = f'The prefix "{prefix}" stands before "{canonical}", a point on a scale'
        raise UnitError(
            fact, f'differences can be multiplied: "{prefix}kelvin" for temperatures', text=canonical
        )
    scale = Monomial.parse(value)
    # A thousand requests are a unit, a centirow is an accident ("crow").
    if entry.counts and any(exponent < 0 for _, exponent in scale.items):
        return None
    return Entry(scale * entry.vector)


def split(
    name: str, canonical: Callable[[str], str | None], prefixes: dict[str, str]
) -> tuple[str, str] | None:
    """Split a name into prefix and canonical unit in the order in which Pint looks.

    The exact name first; then every prefix, in the order of its definition, before an exact name; then the
    same without a plural `s`. Of single letters there is no plural.
    """
    exact = canonical(name)
    if exact is not None:
        return "", exact
    stem = untwin(name)
    return _split(stem, canonical, prefixes, 1) or (
        _split(stem[:-1], canonical, prefixes, 2) if stem.endswith("s") else None
    )


def _split(
    stem: str, canonical: Callable[[str], str | None], prefixes: dict[str, str], shortest: int
) -> tuple[str, str] | None:
    plain = canonical(stem) if len(stem) >= shortest else None
    if plain is not None:
        return "", plain
    for prefix in prefixes:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= shortest:
            unit = canonical(stem[len(prefix) :])
            if unit is not None:
                return prefix, unit
    return None
