"""Reports that several tests read: each feature is checked once."""

from collections.abc import Callable
from functools import cache
from typing import Any

from typedml.laws import LawReport, check_laws


@cache
def report_of(feature: Callable[..., Any], seed: int = 0) -> LawReport:
    """The report of a feature at the default number of tables."""
    return check_laws(feature, seed=seed)
