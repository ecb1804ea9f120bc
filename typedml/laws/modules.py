"""The features of a module: the functions that it marks itself, in the order of the source."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from typedml.declare.markings import marking_of


def features_of(module: ModuleType) -> list[Callable[..., Any]]:
    """The functions that a module marks with `@feature`; what it imports is another module's."""
    own = (
        v for v in vars(module).values() if callable(v) and getattr(v, "__module__", None) == module.__name__
    )
    return list(dict.fromkeys(function for function in own if marking_of(function).options is not None))
