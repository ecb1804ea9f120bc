"""How a failure is repeated: a command where the feature can be named, a call where it cannot."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

MAIN = "__main__"


def command(
    function: Callable[..., Any], name: str, law: str, *, seed: int, tables: int, search: int = 0
) -> str:
    """What repeats the check of one law; `search` where Hypothesis found what refutes it."""
    reference = reference_of(function)
    if reference is not None:
        return f"typedml laws {reference} --law {law} --seed {seed} --tables {tables}" + (
            " --thorough" if search else ""
        )
    more = f", search={search}" if search else ""
    return f'check_laws({name}, only=["{law}"], seed={seed}, tables={tables}{more})'


def reference_of(function: Callable[..., Any]) -> str | None:
    """The module and name by which a function is found again; None for one that is local or of a program."""
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
    if not isinstance(module, str) or not isinstance(name, str) or module == MAIN:
        return None
    # What is in no module of this name, or is another object there, cannot be named.
    found = getattr(sys.modules.get(module), name, None)
    return f"{module}:{name}" if found is function else None
