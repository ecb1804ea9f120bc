"""Currencies: each is a base unit, and beside them stands the money of which nobody said the currency.

>>> str(some_currency(Monomial({"USD": 1, "s": -1})))
'money*s**-1'
"""

from __future__ import annotations

from typedml.algebra.monomial import Monomial

CURRENCY = "money"
"""The base unit of an amount whose currency nobody named."""


def some_currency(dimension: Monomial) -> Monomial:
    """Return a dimension with every currency read as money."""
    return Monomial({CURRENCY if is_currency(atom) else atom: power for atom, power in dimension.items})


def is_currency(atom: str) -> bool:
    """Say whether a base unit is a currency of ISO 4217: three capital letters."""
    return len(atom) == 3 and atom.isascii() and atom.isalpha() and atom.isupper()
