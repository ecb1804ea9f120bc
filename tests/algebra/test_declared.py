"""A plain number needs no marker for a kind without a unit if it lies in its range whatever its parts are."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import read as operand
from tests.algebra.shorthand import unit
from typedml.algebra.declared import refused
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.reading import read
from typedml.algebra.strictness import Level

NAMES = {
    name: operand(text) for name, text in {"p": "Probability", "d": "km", "z": "Logit", "n": "Count"}.items()
}


def reason(text: str, into: str, level: Level = Level.STANDARD) -> str | None:
    target = operand(into)
    target = unit(into) if isinstance(target, Literal) else target
    assert isinstance(target, Meaning)
    found = refused(read(text, {**NAMES, "x": UNKNOWN}), target, level=level)
    return found.reason.name if isinstance(found, Mismatch) else None


@pytest.mark.parametrize("level", [Level.STANDARD, Level.STRICT])
@pytest.mark.parametrize(
    ("text", "into"),
    [
        ("max(0, min(1, x))", "Probability"),
        ("np.clip(x, 0, 1)", "Proportion"),
        ("max(-1, min(1, x))", "Similarity"),
        ("max(0.2, min(0.8, d / d))", "UnitInterval"),
        ("min(1, p * n)", "Probability"),
    ],
)
def test_what_is_clamped_into_the_range_needs_no_marker(text: str, into: str, level: Level) -> None:
    assert reason(text, into, level) is None


@pytest.mark.parametrize(
    ("text", "into", "why"),
    [
        ("max(0, min(2, x))", "Probability", "UNKNOWN_GIVEN"),
        ("max(0, x)", "Proportion", "UNKNOWN_GIVEN"),
        ("x", "Probability", "UNKNOWN_GIVEN"),
        ("p + p", "Probability", "MARKER_NEEDED"),
        ("max(0, min(1, x))", "km", "UNKNOWN_GIVEN"),
        ("max(0, min(1, x))", "Count", "UNKNOWN_GIVEN"),
        ("max(0, min(1, x))", "Logit", "UNKNOWN_GIVEN"),
        ("abs(x)", "Odds", "UNKNOWN_GIVEN"),
        ("round(abs(x))", "Count", "UNKNOWN_GIVEN"),
        ("max(0, min(1, d))", "Probability", "NUMBER_BESIDE_UNIT"),
        ("max(0, min(1, z))", "Probability", "KINDS_DIFFER"),
    ],
)
def test_all_else_is_refused_as_it_was(text: str, into: str, why: str) -> None:
    assert reason(text, into) == why
