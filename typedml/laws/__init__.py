"""Laws: tests that follow from a declaration.

>>> from typing import Annotated
>>> from typedml import Unit
>>> from typedml.laws import check_laws
>>> def round_trip(way: Annotated[float, Unit("km")]) -> Annotated[float, Unit("m")]:
...     return 1000 * way
>>> check_laws(round_trip).ok
True
"""

from __future__ import annotations

from typedml.laws.check import check_laws
from typedml.laws.parametrize import LawBroken, laws_of
from typedml.laws.report import Checked, Determinacy, Failure, LawReport, Skipped, Unreached

__all__ = [
    "check_laws",
    "laws_of",
    "LawReport",
    "Failure",
    "Checked",
    "Skipped",
    "Unreached",
    "Determinacy",
    "LawBroken",
]
