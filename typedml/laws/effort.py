"""How much is tried: on how many tables, and how long for one feature.

pytest chooses by `--typedml-laws`, which the environment variable `TYPEDML_LAWS` hands to its workers.
"""

from __future__ import annotations

import os
from typing import final

import attrs

from typedml.errors import DeclarationError

VARIABLE = "TYPEDML_LAWS"


@final
@attrs.frozen
class Effort:
    """A number of tables for each law, the seconds that the laws of one feature may take, and how many cases
    more Hypothesis may search for one that refutes a law."""

    tables: int
    budget: float | None
    search: int = 0


QUICK = Effort(8, 60.0)
EFFORTS = {"quick": QUICK, "thorough": Effort(100, None, search=100)}


def effort() -> Effort:
    """The effort that is asked for; quick, if none is.

    Raises: DeclarationError if the variable names none.
    """
    name = os.environ.get(VARIABLE, "quick")
    if name not in EFFORTS:
        raise DeclarationError(f"{VARIABLE}={name} is no effort.", f"It is one of {', '.join(EFFORTS)}.")
    return EFFORTS[name]
