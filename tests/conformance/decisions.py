"""Where mypy says otherwise than another system of a case that no algebra of meanings answers.

Of all other cases the algebra's reasons hold here too: `tests.algebra.conformance_decisions`.
"""

from __future__ import annotations

from typing import Final

from tests.algebra.conformance_decisions import DECISIONS as OF_MEANINGS

ERASED: Final = OF_MEANINGS["coulomb-011"]

HERE: Final[dict[str, str]] = {
    "fs-062": "overloads may differ by units alone: mypy chooses by types, and one body serves all",
    "fs-108": "a function without annotations is not looked at, and gives Any; declared it is polymorphic",
    "fs-127": "a parameter without an annotation is Any, and nothing is inferred for it in any order",
    "fs-113": "a dict of unlike units is one of plain numbers; a TypedDict has a unit for each key",
    "coulomb-069": ERASED,
}
"""By identifier: what was left to this layer, decided otherwise."""

SPELLED_OUT: Final[dict[str, str]] = {
    "fsspec-018": "Python has no sign(x): (x > 0) - (x < 0) is an int of which nothing is declared",
}
"""By identifier: where a program says less than the expression that the algebra judges."""

DECISIONS: Final = {**OF_MEANINGS, **HERE, **SPELLED_OUT}
