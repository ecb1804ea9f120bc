"""Where in the user's source a function, a schema or one of its columns is declared."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typedml.renderings.finding import Place


def place_of(declared: Any) -> Place:
    """Where a class or function begins; an empty place where its source is not in the current folder."""
    try:
        found = inspect.unwrap(declared)
        path = Path(inspect.getsourcefile(found) or "").resolve()
        line = inspect.getsourcelines(found)[1]
    except (TypeError, OSError, ValueError):
        return Place()
    here = Path.cwd().resolve()
    # What lies elsewhere is a library: no annotation can be shown in it.
    return Place(path.relative_to(here).as_posix(), max(line, 1)) if path.is_relative_to(here) else Place()


def places_of(schema: Any, columns: Mapping[str, str]) -> dict[str, Place]:
    """Where a schema is declared, by "", and each of its `columns`: {name of the field: column}."""
    places = {"": place_of(schema)}
    # A base class declares what it declares; the last one that does is the first in this order.
    for parent in reversed(getattr(schema, "__mro__", ())):
        start = place_of(parent)
        if start.file:
            places |= {
                columns[name]: Place(start.file, start.line + offset)
                for name, offset in _fields(parent)
                if name in columns
            }
    return places


def _fields(declared: type) -> list[tuple[str, int]]:
    """The names that the body of a class annotates, and how many lines below its first they stand."""
    try:
        tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(declared)))
    except (TypeError, OSError, SyntaxError):
        return []
    body = tree.body[0].body if tree.body and isinstance(tree.body[0], ast.ClassDef) else []
    return [
        (each.target.id, each.lineno - 1)
        for each in body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]
