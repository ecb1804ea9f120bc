"""Laws: tests that follow from a declaration.

>>> # doctest: +SKIP
>>> from typedml.laws import check_laws
>>> print(check_laws(ground_speed))
"""

from __future__ import annotations

from typedml.laws.check import check_laws
from typedml.laws.parametrize import LawBroken, laws_of
from typedml.laws.report import Checked, Failure, LawReport, Skipped

__all__ = ["check_laws", "laws_of", "LawReport", "Failure", "Checked", "Skipped", "LawBroken"]
