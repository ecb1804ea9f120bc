"""Scales of measurement, as statistics see them: what may be added, averaged, ranked, or only counted.

>>> from typedml.algebra.catalogue import KINDS
>>> [scale_of(Meaning(KINDS[name])).value for name in ("Count", "Celsius", "Bearing", "Score", "Label")]
['quantity', 'point', 'cycle', 'ranked', 'named']
"""

from __future__ import annotations

from enum import Enum

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning


class Scale(Enum):
    """What a kind lets statistics do, in the order of the columns of their table."""

    QUANTITY = "quantity"
    POINT = "point"
    CYCLE = "cycle"
    CODE = "code"
    RANKED = "ranked"
    NAMED = "named"
    CUT = "cut"


def scale_of(meaning: Meaning) -> Scale:
    """Return the scale on which a value lies, from the properties of its kind."""
    kind = meaning.kind
    if meaning.cut:
        return Scale.CUT
    if meaning.sort is Sort.VECTOR:
        return Scale.QUANTITY
    if kind is None:
        return Scale.POINT
    if kind.sort is Sort.OPAQUE:
        return Scale.RANKED if kind.ordinal else Scale.NAMED
    if kind.encoded:
        return Scale.CODE
    return Scale.CYCLE if kind.is_cyclic else Scale.POINT
