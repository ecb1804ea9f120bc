"""What is asked of a check - how many tables, which seed, how long, which laws - and that it makes sense."""

from __future__ import annotations

import math
import operator
from collections.abc import Collection
from typing import Any

from typedml.errors import DeclarationError
from typedml.laws.catalogue import law_named


def refuse_odd(
    called: str, *, tables: object = 1, seed: object = 0, budget: object = None, search: object = 0
) -> None:
    """See that there are tables, a seed of them, and time for them.

    Raises: DeclarationError where one of them is no such number.
    """
    if _is_less(tables, 1):
        fact = f"{called}(tables={tables!r}) is no number of tables."
        raise DeclarationError(fact, "Give a whole number of at least one table: tables=8.")
    if _is_less(seed, 0):
        fact = f"{called}(seed={seed!r}) is no seed."
        raise DeclarationError(fact, "Give a whole number from zero on: seed=0.")
    if budget is not None and not _is_time(budget):
        fact = f"{called}(budget={budget!r}) is no time."
        raise DeclarationError(fact, "Give seconds, more than none: budget=5.0.")
    if _is_less(search, 0):
        fact = f"{called}(search={search!r}) is no number of cases."
        raise DeclarationError(fact, "Give a whole number: search=100, or 0 for none.")


def laws_asked(called: str, only: Any) -> list[str] | None:
    """The names of the laws to try; None for all of them. A text is one name.

    Raises: DeclarationError for a name that no law has, and for what is no name.
    """
    if only is None:
        return None
    named = [only] if isinstance(only, str) or not isinstance(only, Collection) else list(only)
    for name in named:
        if not isinstance(name, str):
            fact = f"{called}(only={only!r}) holds {name!r}, which is no name of a law."
            raise DeclarationError(fact, 'Give names: only=["scale", "coherent"].')
    return [law_named(name).name for name in named]


def _is_less(number: Any, least: int) -> bool:
    """True for less than `least`, and for what is no whole number; numpy's are."""
    try:
        return isinstance(number, bool) or operator.index(number) < least
    except TypeError:
        return True


def _is_time(seconds: Any) -> bool:
    try:
        return not isinstance(seconds, (bool, str)) and not math.isnan(seconds) and seconds > 0
    except TypeError:
        return False
