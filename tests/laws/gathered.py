"""The right and wrong features of every part: what the modules `right_*.py` and `wrong_*.py` here hold."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import tests.laws as here

Feature = Callable[..., Any]


def right_features() -> tuple[Feature, ...]:
    """Every feature that no law may say a word about."""
    return tuple(feature for part in _parts("right_") for feature in part.RIGHT)


def wrong_features() -> tuple[tuple[Feature, str, str], ...]:
    """Every wrong feature with the law that refutes it and a word of the message."""
    return tuple(row for part in _parts("wrong_") for row in part.WRONG)


def _parts(prefix: str) -> list[Any]:
    names = sorted(module.name for module in pkgutil.iter_modules(here.__path__))
    return [importlib.import_module(f"tests.laws.{name}") for name in names if name.startswith(prefix)]
