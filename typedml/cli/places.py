"""Where in the user's source a function, a schema or one of its columns is declared."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
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
    """Where a schema is declared, by "", each of its `columns`, {name of the field: column}, and its rules.

    A rule of the whole table is called "@" and its name.
    """
    places = {"": place_of(schema)}
    # A base class declares what it declares; the last one that does is the first in this order.
    for parent in reversed(getattr(schema, "__mro__", ())):
        start = place_of(parent)
        if start.file:
            places |= {
                columns.get(name, name): Place(start.file, start.line + offset)
                for name, offset in _declared(parent)
                if name in columns or name.startswith("@")
            }
    return places


def _declared(declared: type) -> list[tuple[str, int]]:
    """The fields and rules that a class states, and how many lines below its first they stand."""
    try:
        tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(declared)))
    except (TypeError, OSError, SyntaxError):
        return []
    if not tree.body or not isinstance(tree.body[0], ast.ClassDef):
        return []
    stated = [(f"@{word.arg}", word.value.lineno - 1) for word in tree.body[0].keywords]
    return [*stated, *((name, each.lineno - 1) for each in tree.body[0].body for name in _names(each))]


def _names(stated: ast.stmt) -> Iterator[str]:
    match stated:
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            yield f"@{name}"
