"""Run the examples in docstrings: `python -m tests.house.docstrings` prints what became of each module's."""

import __future__

import doctest
import importlib
import io
import json
import pkgutil
from collections.abc import Iterator

import typedml

APART = ("typedml.__main__", "typedml.cli.demo_data")
NAMES = [f.name for f in pkgutil.walk_packages(typedml.__path__, "typedml.") if not f.name.startswith(APART)]


def examples(name: str) -> Iterator[doctest.DocTest]:
    """The examples of a module, to be run as a reader would: without its `from __future__` imports."""
    module = importlib.import_module(name)
    scope = {k: v for k, v in vars(module).items() if not isinstance(v, __future__._Feature)}
    yield from (test for test in doctest.DocTestFinder().find(module, globs=scope) if test.examples)


def outcome(name: str) -> tuple[str, int, str]:
    """The name of a module, how many examples it has, and what is said of those that fail."""
    runner, said, count = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS), io.StringIO(), 0
    for test in examples(name):
        count += len(test.examples)
        runner.run(test, out=said.write)
    return name, count, said.getvalue()


if __name__ == "__main__":
    print(json.dumps([outcome(name) for name in NAMES]))
