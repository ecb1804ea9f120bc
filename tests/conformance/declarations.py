"""Meanings as a user declares them: `cut Probability` is `Annotated[float, PROBABILITY, THRESHOLD]`."""

from __future__ import annotations

import re
from typing import Final

from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import marker_name

IMPORTS: Final = """\
import math
import statistics
from collections.abc import Callable
from datetime import date
from typing import Annotated

from typedml import Unit, UnitVar, convert, raw
from typedml.declare.aliases import *
"""
"""What begins every generated module."""

UNKNOWN: Final = "?"
VARIABLE: Final = re.compile(r"'([A-Z])")


def unit_marker(text: str) -> str:
    """Return the marker of a unit; unit variables are markers of their own."""
    return VARIABLE.sub(r"\1", text) if "'" in text else f'Unit("{text}")'


def annotated(*markers: str) -> str:
    """Return the annotation of a number with these markers; dates are dates of Python's."""
    return f"Annotated[{'date' if 'DATE' in markers else 'float'}, {', '.join(markers)}]"


def annotation(text: str, own: frozenset[str] = frozenset()) -> str:
    """Return the annotation of a meaning by its short name; kinds of one's `own` have markers like ours."""
    if text == UNKNOWN:
        return "float"
    cut, text = text.startswith("cut "), text.removeprefix("cut ")
    name, _, tag = text.partition(", ")
    markers = [marker_name(name)] if name in KINDS or name in own else [unit_marker(name)]
    markers += [unit_marker(tag)] if tag else []
    return annotated(*markers, *["THRESHOLD"] * cut)
