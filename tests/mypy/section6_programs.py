"""The expressions of the algebra's tests as functions: a parameter for each name, declared as it says.

A row whose result is declared returns it, so that it must flow there; of the others the type is revealed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conformance.declarations import annotation
from tests.conformance.programs import signature
from tests.conformance.scalars import Arrays, translated

if TYPE_CHECKING:
    from collections.abc import Iterable


def program(number: int, row: dict[str, Any]) -> str:
    """Return the function of one row.

    Raises: Arrays if it needs arrays.
    """
    scalar = translated(row["expression"], frozenset(row["names"]))
    parameters = {name: annotation(text) for name, text in row["names"].items()}
    for name in scalar.lists:
        parameters[name] = f"list[{parameters[name]}]"
    if row["into"] is None:
        return f"{signature(f'row_{number}', parameters, 'None')}\n    reveal_type({scalar.text})"
    result = annotation(row["into"])
    result = f"list[{result}]" if scalar.is_list else result
    return f"{signature(f'row_{number}', parameters, result)}\n    return {scalar.text}"


def programs(rows: Iterable[dict[str, Any]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the functions of all rows by identifier, and of the others what they need arrays for."""
    found, left = {}, {}
    for number, row in enumerate(rows):
        try:
            found[row["id"]] = program(number, row)
        except Arrays as reason:
            left[row["id"]] = str(reason)
    return found, left
