"""How a failure is repeated: a command where the feature can be named, a call where it cannot."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from typing import Any, final

import attrs

from typedml.laws.effort import EFFORTS
from typedml.laws.naming import folder_of, named_in_program, reference_of, what_it_is


@final
@attrs.frozen
class Asked:
    """What a check was asked: its seed, its tables, what Hypothesis searches, whether rows were given."""

    seed: int
    tables: int
    search: int = 0
    rows_given: bool = False


def command(function: Callable[..., Any], law: str, asked: Asked) -> str:
    """What repeats the check of one law; a call where a command cannot know the feature or its rows."""
    reference = reference_of(function)
    if reference is None or asked.rows_given or asked.search not in (0, EFFORTS["thorough"].search):
        return _call(function, reference, law, asked)
    module, _, _ = reference.partition(":")
    folder = folder_of(module)
    if folder is not None and os.name == "nt":
        return _call(function, reference, law, asked)
    before = f"PYTHONPATH={shlex.quote(folder)} " if folder is not None else ""
    search = " --thorough" if asked.search else ""
    return f"{before}typedml laws {reference} --law {law} --seed {asked.seed} --tables {asked.tables}{search}"


def _call(function: Callable[..., Any], reference: str | None, law: str, asked: Asked) -> str:
    """A call of `check_laws`, with what its words stand for where no name tells."""
    own = named_in_program(function) or (reference or "").partition(":")[2]
    search = f", search={asked.search}" if asked.search else ""
    data = ", data=data" if asked.rows_given else ""
    given = f'only=["{law}"], seed={asked.seed}, tables={asked.tables}{search}{data}'
    said = "" if own else f", where f is {what_it_is(function)}"
    return f"check_laws({own or 'f'}, {given}){said}"
