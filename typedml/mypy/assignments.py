"""What names are assigned, and functions return, in the source of a file."""

from __future__ import annotations

import ast
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def assignments(root: ast.AST, *, within: bool = False) -> Iterator[tuple[ast.Name, ast.expr]]:
    """Yield the names that statements assign with their values; `within` leaves out those of inner scopes."""
    waiting: deque[ast.AST] = deque([root])
    while waiting:
        node = waiting.popleft()
        waiting.extend(
            each for each in ast.iter_child_nodes(node) if not (within and isinstance(each, SCOPES))
        )
        if isinstance(node, ast.Assign):
            yield from (pair for target in node.targets for pair in _pairs(target, node.value))
        elif isinstance(node, ast.AnnAssign if not within else ast.AnnAssign | ast.AugAssign) and node.value:
            yield from _pairs(node.target, node.value)


def scopes(whole: ast.Module) -> Iterator[ast.AST]:
    """Yield what has names of its own: a module, its classes and its functions."""
    return (node for node in ast.walk(whole) if isinstance(node, (ast.Module, *SCOPES)))


def by_name(scope: ast.AST) -> dict[str, list[tuple[int, ast.expr]]]:
    """Return what the names of one scope are assigned, each with its line; `KM /= HOUR` assigns HOUR too."""
    found: dict[str, list[tuple[int, ast.expr]]] = {}
    for name, value in assignments(scope, within=True):
        found.setdefault(name.id, []).append((name.lineno, value))
    return found


def returned(whole: ast.Module) -> dict[str, list[ast.expr]]:
    """Return what functions return, by their names."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(whole):
        if isinstance(node, ast.FunctionDef):
            values = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            found.setdefault(node.name, []).extend(values)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.Name, ast.expr]]:
    """Return the names that a target assigns with their values, those of `KM, HOUR = ...` side by side."""
    if isinstance(target, ast.Name):
        return [(target, value)]
    if not isinstance(target, ast.Tuple | ast.List):
        return []
    values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
    is_starred = any(isinstance(each, ast.Starred) for each in [*target.elts, *values])
    if is_starred or len(values) != len(target.elts):
        # Which is whose shows at run time only: the whole says whether there is something of ours in it.
        values = [value] * len(target.elts)
    return [pair for each, its in zip(target.elts, values, strict=True) for pair in _pairs(each, its)]
