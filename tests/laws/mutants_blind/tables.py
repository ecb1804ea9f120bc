"""The tables of mutants, and how one is made: a folder with the example, in which one text is another."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
EXAMPLES = {"flights": "flights", "field": "energy"}
REWRITES = {"flights_rewrites": "flights", "field_rewrites": "energy"}


class Mutant(NamedTuple):
    """One mistake in one feature, or other words for the same feature: then `wrong` is empty."""

    name: str
    file: str
    feature: str
    old: str
    new: str
    family: str = "rewritten"
    wrong: str = ""

    @property
    def module(self) -> str:
        """The plain name of the module that is changed, which is that of its feature."""
        return self.file.removesuffix(".py")


def mutants(table: str) -> list[Mutant]:
    """Read one of the tables."""
    lines = (HERE / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Mutant(**json.loads(line)) for line in lines]


def folder_of(table: str) -> Path:
    """Return the folder of the example that a table is of."""
    return HERE.parents[2] / "examples" / (EXAMPLES | REWRITES)[table]


def changed(mutant: Mutant, source: str) -> str:
    """Return the source with the change in it.

    Raises: ValueError unless the text to be replaced occurs exactly once.
    """
    if source.count(mutant.old) != 1:
        raise ValueError(
            f"{mutant.name}: its old text occurs {source.count(mutant.old)} times in {mutant.file}"
        )
    return source.replace(mutant.old, mutant.new)


@contextmanager
def feature_of(table: str, mutant: Mutant) -> Iterator[Callable[..., Any]]:
    """Import the feature as it is changed, from a copy of the example."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in folder_of(table).glob("*.py"):
            shutil.copy(file, folder)
        path = folder / mutant.file
        path.write_text(changed(mutant, path.read_text(encoding="utf-8")), encoding="utf-8")
        yield getattr(_imported(folder, mutant.module), mutant.feature)


def _imported(folder: Path, module: str) -> Any:
    """Import a module of an example whose programs import one another by their plain names."""
    for file in folder.glob("*.py"):
        sys.modules.pop(file.stem, None)
    importlib.invalidate_caches()
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(module)
    finally:
        sys.path.remove(str(folder))
