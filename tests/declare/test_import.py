"""`import typedml` is light, and gives every public name."""

import importlib.metadata
import subprocess
import sys

import pytest

import typedml
from typedml.algebra.catalogue import KINDS
from typedml.declare import aliases
from typedml.declare.markers import Kind

HEAVY = (
    "numpy",
    "pandas",
    "polars",
    "pint",
    "mypy",
    "pandera",
    "pydantic",
    "hypothesis",
    "narwhals",
    "attrs",
)
BUDGET = 0.040


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_loads_no_heavy_library() -> None:
    assert run(f"import sys, typedml; print([m for m in {HEAVY!r} if m in sys.modules])") == "[]"


def test_the_check_for_heavy_libraries_sees_one() -> None:
    code = f"import sys, typedml, attrs; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert run(code) == "['attrs']"


def test_importing_costs_less_than_its_budget() -> None:
    code = "import time; a = time.process_time(); import typedml; print(time.process_time() - a)"
    assert min(float(run(code)) for _ in range(3)) < BUDGET


def test_using_a_unit_and_a_schema_loads_no_data_library() -> None:
    code = (
        "import sys, typedml\n"
        "from typing import Annotated\n"
        "class S(typedml.FeatureSchema):\n"
        "    x: Annotated[float, typedml.Unit('km')] = typedml.field(gt=0)\n"
        "    p: typedml.Probability\n"
        "typedml.PROBABILITY(0.5), typedml.convert(1.0, 'km', 'm')\n"
        "print([m for m in ('numpy', 'pandas', 'polars', 'pint', 'pydantic') if m in sys.modules])"
    )
    assert run(code) == "[]"


def test_every_public_name_is_there() -> None:
    assert [name for name in typedml.__all__ if not hasattr(typedml, name)] == []
    assert len(set(typedml.__all__)) == len(typedml.__all__)


@pytest.mark.parametrize("name", KINDS)
def test_every_shipped_kind_has_an_alias_and_a_marker(name: str) -> None:
    alias, marker = getattr(typedml, name), getattr(typedml, KINDS[name].marker)
    assert marker.definition is KINDS[name]
    assert alias.__metadata__ == (marker,)


def test_every_shipped_marker_names_a_kind_of_the_catalogue() -> None:
    markers = [value for value in vars(aliases).values() if isinstance(value, Kind)]
    assert {marker.name for marker in markers} == set(KINDS)


def test_the_version_is_that_of_the_package() -> None:
    assert typedml.__version__ == importlib.metadata.version("typedml")
    assert not hasattr(typedml, "__nonsense__")
