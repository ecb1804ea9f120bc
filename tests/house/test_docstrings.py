"""The examples in docstrings run."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import typedml

# What a module of these needs is optional, and its examples show mypy or a terminal.
APART = ("typedml.__main__", "typedml.cli.demo_data")


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(typedml.__path__, "typedml."):
        if not found.name.startswith(APART):
            yield found.name


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0


def test_some_modules_have_examples() -> None:
    finder = doctest.DocTestFinder()
    examples = [
        e for name in modules() for t in finder.find(importlib.import_module(name)) for e in t.examples
    ]
    assert len(examples) > 20
