"""Parameters that hold values and no rows: bin edges, a pair of bounds, holidays, limits by name.

What a default says of them is kept in every table, and scaled, moved and renamed with everything else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from typedml.declare.declared import ABSENT, DeclaredParameter
from typedml.declare.fitting import is_nominal

SEVERAL = frozenset({"array", "series", "list"})
NUMBERS = (float, int)
INSTANTS = (dt.datetime, dt.date)


class Unfillable(Exception):
    """A parameter for which no value can be generated; says which word is wanting."""


def is_setting(parameter: DeclaredParameter, *, framed: bool) -> bool:
    """True for several values that are no rows: they have a default, or stand `framed`, beside a frame.

    A tuple of a fixed length never has rows; an array or a list beside a frame may: `aligned` says so.
    """
    if parameter.carrier not in SEVERAL:
        return isinstance(parameter.default, Mapping) and parameter.holds is not None
    if parameter.default is not ABSENT or parameter.parts:
        return True
    return framed and (parameter.container is tuple or not parameter.aligned)


def varies(parameter: DeclaredParameter) -> bool:
    """True where a meaning says what else than its default a number may be."""
    return parameter.meaning is not None and isinstance(parameter.default, NUMBERS)


def is_optional(parameter: DeclaredParameter) -> bool:
    """True where nothing need be given, and a meaning or a type says what else may be."""
    free = parameter.default is None and parameter.nullable
    return free and parameter.carrier == "scalar" and parameter.meaning is not None


def members(parameter: DeclaredParameter) -> tuple[DeclaredParameter, ...]:
    """The members of a tuple of a fixed length, each with what is declared of it or of the tuple."""
    return tuple(
        attrs.evolve(part, meaning=part.meaning or parameter.meaning, nullable=part.nullable)
        for part in parameter.parts
    )


def is_told(parameter: DeclaredParameter) -> bool:
    """True where it is declared what a parameter means, or what something that it holds does."""
    held = (*parameter.parts, *((parameter.holds,) if parameter.holds else ()))
    return parameter.is_declared or any(map(is_told, held))


def default_cells(parameter: DeclaredParameter) -> tuple[Any, ...] | None:
    """The values of a default that follow when a law scales, moves or renames; None for any other default."""
    cells = _cells(parameter.default)
    parts = members(parameter) or (parameter,) * len(cells)
    if not cells or len(parts) != len(cells):
        return None
    return cells if all(map(_follows, parts, cells)) else None


def _cells(default: Any) -> tuple[Any, ...]:
    if default is ABSENT or default is None:
        return ()
    if isinstance(default, Mapping):
        return tuple(default.values())
    if isinstance(default, (list, tuple, set, frozenset)):
        return tuple(default)
    kind = getattr(getattr(default, "dtype", None), "kind", "")
    if kind == "M" and hasattr(default, "astype"):
        # Nanoseconds would be numbers to Python.
        default = default.astype("datetime64[us]")
    listed = default.tolist() if hasattr(default, "tolist") else default
    listed = listed.to_list() if hasattr(listed, "to_list") else listed
    return tuple(listed) if isinstance(listed, list) else (listed,)


def _follows(parameter: DeclaredParameter, cell: object) -> bool:
    base, meaning = parameter.base, parameter.meaning
    if isinstance(cell, (dt.datetime, dt.time)) and cell.tzinfo is not None:
        return False
    if isinstance(cell, (dt.date, dt.timedelta)):
        return issubclass(base, (*INSTANTS, dt.timedelta)) and isinstance(cell, base) and cell == cell
    if isinstance(cell, str):
        return base is str and meaning is not None and is_nominal(meaning.kind)
    number = isinstance(cell, (*NUMBERS, Decimal)) and not isinstance(cell, bool) and cell == cell
    return number and meaning is not None and base in (object, float, int, Decimal)


def refuse_unfillable(parameter: DeclaredParameter) -> None:
    """See that values of a parameter can be generated.

    Raises: Unfillable with the word that is wanting.
    """
    name, holds = parameter.name, parameter.holds
    if parameter.carrier == "frame":
        raise Unfillable(f"a schema for the frame `{name}`")
    if parameter.carrier == "other" and holds is not None and parameter.meaning is not None:
        if parameter.default is ABSENT:
            raise Unfillable(f"a default for `{name}`, whose keys nobody can guess")
        return
    if parameter.carrier == "other" or (
        parameter.carrier == "list" and holds is not None and holds.carrier != "scalar"
    ):
        raise Unfillable(
            f"a type for `{name}` that can be generated (a number, array, Series or typed frame)"
        )
    if parameter.base is object and parameter.meaning is None:
        raise Unfillable(f"the type of `{name}`")
