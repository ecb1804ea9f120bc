"""Whether a number that was found comes back on other tables: one that is met by chance does not."""

from __future__ import annotations

import math
from collections.abc import Callable

from typedml.laws.case import Case
from typedml.laws.diagnosis import CLOSE
from typedml.laws.feature import Feature
from typedml.laws.generate import another

CONFIRMATIONS = 4


def recurs(
    feature: Feature, case: Case, value: float | None, measure: Callable[[Case], float | None]
) -> bool:
    """True where the same is measured on other tables: it holds no cosine and no choice between cases."""
    for trial in range(CONFIRMATIONS):
        again = measure(another(case, feature.inputs, trial))
        if value is None or again is None or not math.isclose(again, value, rel_tol=CLOSE):
            return False
    return True
