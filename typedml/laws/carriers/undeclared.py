"""Columns that no schema declares, which a feature must not see."""

from __future__ import annotations

import numpy as np

from typedml.laws.case import Values


def undeclared(rows: int) -> tuple[dict[str, Values], dict[str, Values]]:
    """What stands before the declared columns, a number with nulls, and behind them, a text and a number."""
    numbers = 7001.5 + 13.25 * np.arange(rows)
    holes = numbers.copy()
    holes[rows // 2 :: 3] = np.nan
    texts = np.array([f"undeclared {row}" for row in range(rows)], dtype=object)
    return {"undeclared_number": holes}, {"undeclared_text": texts, "undeclared_size": numbers}
