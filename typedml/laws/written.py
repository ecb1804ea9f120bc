"""The parameters of a feature as its function writes them, beside what they declare."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from typedml.declare.declared import DeclaredFunction


def written_parameters(declared: DeclaredFunction) -> Mapping[str, inspect.Parameter]:
    """The parameters as the function has them; none where there is no function to ask."""
    try:
        return inspect.signature(declared.source).parameters
    except (TypeError, ValueError):
        return {}


def annotation_text(written: inspect.Parameter | None) -> str:
    """The annotation of a parameter as text, "" where it has none."""
    return "" if written is None else str(written.annotation)
