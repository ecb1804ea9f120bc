"""Columns that no schema declares, which a feature must not see."""

from __future__ import annotations

import numpy as np

from typedml.laws.case import Values

UNDECLARED_FIRST = "undeclared_number"
UNDECLARED_LAST = "undeclared_text"


def undeclared(rows: int) -> tuple[Values, Values]:
    """A column of large numbers with a null in it, and one of texts."""
    numbers = 7001.5 + 13.25 * np.arange(rows)
    numbers[rows // 2 :: 3] = np.nan
    texts = np.array([f"undeclared {row}" for row in range(rows)], dtype=object)
    return numbers, texts
