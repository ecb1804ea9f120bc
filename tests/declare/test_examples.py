"""The examples in the docstrings of this floor run."""

import doctest
import importlib
import pkgutil

import pytest

import typedml
import typedml.declare

MODULES = [found.name for found in pkgutil.iter_modules(typedml.declare.__path__, "typedml.declare.")]
PUBLIC = (
    "Unit",
    "UnitVar",
    "Kind",
    "rule",
    "field",
    "feature",
    "checked",
    "convert",
    "conversion",
    "raw",
    "load_units",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_function_and_class_shows_an_example_and_its_errors(name: str) -> None:
    doc = getattr(typedml, name).__doc__
    module = importlib.import_module(getattr(typedml, name).__module__).__doc__ or ""
    assert ">>>" in doc + module
