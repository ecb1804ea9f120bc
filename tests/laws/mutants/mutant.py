"""A mutant: a feature of an example with one small, plausible mistake in it, as data.

A table of mutants is a file of JSON lines. `old` stands exactly once in the feature, or else in its module;
`wrong` says what goes wrong in the world, `why` of a survivor why nothing that is declared can tell it from
the right feature. A table of rewrites has right features in other words: no law may refute one.
"""

from __future__ import annotations

import ast
import json
import linecache
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, final

import attrs

from tests.laws.mutants.examples import ENERGY, FLIGHTS, Example

HERE = Path(__file__).parent
SEEN = "seen_flights"
TABLES: Mapping[str, Example] = {SEEN: FLIGHTS, "blind_flights": FLIGHTS, "blind_energy": ENERGY}
REWRITES: Mapping[str, Example] = {"rewrites_flights": FLIGHTS, "rewrites_energy": ENERGY}


@final
@attrs.frozen
class Mutant:
    """One mistake in one feature: `new` in the place of `old`."""

    example: Example
    name: str
    module: str
    feature: str
    family: str
    old: str
    new: str
    wrong: str = ""
    why: str = ""

    @property
    def place(self) -> str:
        """The feature that it is of, by its module and name."""
        return f"{self.module}.{self.feature}"

    def source(self) -> str:
        """The text of its module with the mistake in it.

        Raises: ValueError where `old` does not stand exactly once in the feature or in the module.
        """
        text = (self.example.folder / f"{self.module}.py").read_text(encoding="utf-8")
        start, end = _span(text, self.feature)
        if text[start:end].count(self.old) == 1:
            return text[:start] + text[start:end].replace(self.old, self.new) + text[end:]
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} does not stand exactly once in {self.module}.py")
        return text.replace(self.old, self.new)


def read(table: str) -> tuple[Mutant, ...]:
    """The mutants of a table, by its name."""
    example = {**TABLES, **REWRITES}[table]
    lines = (HERE / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Mutant(example, **json.loads(line)) for line in lines)


def loaded(mutant: Mutant) -> Callable[..., Any]:
    """The function with the mistake in it; the rest of the example is as it stands."""
    mutant.example.on_path()
    text = mutant.source()
    path = str(mutant.example.folder / f"mutant_{mutant.name}_{mutant.module}.py")
    module = ModuleType(mutant.module)
    module.__file__ = path
    # So that a traceback and `inspect` show the mutated line.
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)
    function: Callable[..., Any] = getattr(module, mutant.feature)
    return function


def alone(text: str, feature: str) -> str:
    """A module cut down to one feature and what that needs, so that mypy reads little."""
    tree = ast.parse(text)
    needed, grown = {feature}, 0
    while grown != len(needed):
        grown = len(needed)
        for node in tree.body:
            if _defined(node) & needed:
                needed |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
                needed |= _quoted(node)
    kept = [node for node in tree.body if not _defined(node) or _defined(node) & needed]
    return "\n\n".join(ast.unparse(node) for node in kept) + "\n"


def _quoted(node: ast.stmt) -> set[str]:
    texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.isidentifier()}


def _defined(node: ast.stmt) -> set[str]:
    """The names that a statement at the top defines; imports are kept whatever they import."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _span(text: str, feature: str) -> tuple[int, int]:
    """Where a function stands, its decorators included."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == feature:
            first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            lines = text.splitlines(keepends=True)
            return sum(map(len, lines[: first - 1])), sum(map(len, lines[: node.end_lineno]))
    raise ValueError(f"there is no function {feature!r}")
