"""What laws cost: 0.25 s of CPU a feature."""

import time

from tests.laws.right_features import RIGHT
from typedml.laws import check_laws

BUDGET = 0.25


def test_a_feature_costs_less_than_its_budget() -> None:
    # Imports and caches of units are paid once, by the first feature of a run.
    check_laws(RIGHT[0])
    started = time.process_time()
    for feature in RIGHT:
        check_laws(feature)
    assert (time.process_time() - started) / len(RIGHT) < BUDGET
