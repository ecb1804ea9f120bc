"""Worked examples: how near is near enough."""

import numpy as np
import pytest

from typedml.laws.examples import allowed


@pytest.mark.parametrize(
    ("written", "off"),
    [(2.338, 0.0005), (60.0, 60e-6), (0.25, 0.25e-6), (482.8032, 482.8032e-6), (0.0, 0.0), (1500.0, 0.0015)],
)
def test_a_value_holds_to_a_millionth_or_to_its_last_digit(written: float, off: float) -> None:
    assert allowed(np.array([written]))[0] == pytest.approx(off, rel=1e-3, abs=1e-11)
