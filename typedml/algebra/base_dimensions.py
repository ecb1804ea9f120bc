"""What people call base dimensions: length for m, time for s, a currency by its code.

>>> dimension_name("s"), dimension_name("USD")
('time', 'USD')
>>> base_unit_of("[length]"), base_unit_of("mass"), base_unit_of("km"), base_unit_of("EUR")
('m', 'kg', 'm', 'EUR')
"""

from __future__ import annotations

from typedml.algebra.errors import UnitError
from typedml.algebra.registry import unit

# base unit: its dimension
NAMES = {
    "m": "length",
    "kg": "mass",
    "s": "time",
    "K": "temperature",
    "A": "current",
    "mol": "amount of substance",
    "cd": "luminous intensity",
}
_BASES = {**{name: base for base, name in NAMES.items()}, "substance": "mol", "luminosity": "cd"}


def dimension_name(atom: str) -> str:
    """What people call a base dimension: "time" for s, "USD" for a currency."""
    return NAMES.get(atom, atom.removeprefix("'"))


def base_unit_of(name: str) -> str:
    """The base unit of a dimension, by its name or by a unit of it; what is neither, as it is."""
    plain = name.strip().removeprefix("[").removesuffix("]")
    if plain in NAMES or plain in _BASES:
        return _BASES.get(plain, plain)
    try:
        atoms = unit(plain).dimension.atoms
    except UnitError:
        return name
    return next(iter(atoms)) if len(atoms) == 1 else name
