"""Why mypy may differ from the oracle: every rule is narrow, and what none explains is a bug.

The oracle knows what transformations show. Names do not show (odds and z-scores are numbers under every
transformation), nor does who declared something, nor what a range would be after a computation that mypy does
not follow. A rule looks at the one expression that the two differ about, and at what mypy says of it.
"""

from __future__ import annotations

from tests.differential.alarms import ALARMS
from tests.differential.misses import MISSES
from tests.differential.verdicts import Difference


def explain(found: Difference) -> str | None:
    """Return the reason of a difference, None if it has none."""
    rules = MISSES if found.finding is None else ALARMS
    return next((reason for reason, rule in rules.items() if rule(found)), None)
