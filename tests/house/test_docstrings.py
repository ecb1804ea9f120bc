"""The examples in docstrings run."""

import __future__

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import typedml

APART = ("typedml.__main__", "typedml.cli.demo_data")


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(typedml.__path__, "typedml."):
        if not found.name.startswith(APART):
            yield found.name


def examples(name: str) -> list[doctest.DocTest]:
    """The examples of a module, to be run as a reader would: without its `from __future__` imports."""
    module = importlib.import_module(name)
    scope = {k: v for k, v in vars(module).items() if not isinstance(v, __future__._Feature)}
    return [test for test in doctest.DocTestFinder().find(module, globs=scope) if test.examples]


NAMES = list(modules())


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_module_run(name: str) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for test in examples(name):
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_some_modules_have_examples() -> None:
    assert sum(len(test.examples) for name in NAMES for test in examples(name)) > 20
