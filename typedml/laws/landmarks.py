"""Values at which a feature is likely to turn: limits, thresholds and names that its declaration names."""

from __future__ import annotations

import math
from collections.abc import Sequence

from typedml.declare.declared import ABSENT
from typedml.declare.fitting import is_nominal
from typedml.laws.inputs import Input
from typedml.laws.settings import NUMBERS


def landmarks(source: Input, inputs: Sequence[Input]) -> list[float]:
    """The closed bounds of an input, and every default given in its unit: `cut = 15.0` for a delay."""
    rules = source.rules
    marks = [float(bound) for bound in (rules.ge, rules.le) if bound is not None]
    for other in inputs:
        if _speaks_of(other, source):
            given = other.kept if other.kept is not None else (other.parameter.default,)
            marks += [float(value) for value in given if math.isfinite(value)]
    return marks


def known_names(source: Input, inputs: Sequence[Input]) -> list[str]:
    """The names that a default gives of what an input names, `vip = frozenset({"AA", "UA"})`, in order."""
    if source.base is not str or source.meaning is None or not is_nominal(source.meaning.kind):
        return []
    alike = [other.kept for other in inputs if other.kept is not None and other.meaning == source.meaning]
    return sorted({name for kept in alike for name in kept if isinstance(name, str)})


def _speaks_of(other: Input, source: Input) -> bool:
    default = other.parameter.default
    plain = default is not ABSENT and isinstance(default, NUMBERS) and not isinstance(default, bool)
    if not plain and not (other.kept is not None and other.is_number):
        return False
    if source.meaning is None or other.meaning is None:
        return other is source
    return other.meaning.unit == source.meaning.unit
