"""`import typedml` stays light, and so does the help of the command line."""

import subprocess
import sys

import pytest

from benchmarks import import_cost
from benchmarks.measure import commands_side_by_side

LAZY = "import sys; import {module}; print(*sorted({{m.partition('.')[0] for m in sys.modules}}))"


def loaded(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LAZY.format(module=module)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_import_loads_no_heavy_library() -> None:
    assert loaded("typedml") & set(import_cost.HEAVY) == set()


def test_the_measure_sees_a_heavy_library() -> None:
    assert "numpy" in loaded("numpy") & set(import_cost.HEAVY)


@pytest.mark.parametrize("module", ["typedml.algebra", "typedml.cli"])
def test_the_lower_and_the_upper_door_are_light_too(module: str) -> None:
    assert loaded(module) & {*import_cost.HEAVY, "rich", "attr"} <= {"attr"}


def test_import_keeps_its_budget_of_cpu() -> None:
    best = commands_side_by_side(
        {"bare": [sys.executable, "-c", "pass"], "typedml": [sys.executable, "-c", "import typedml"]},
        rounds=7,
    )
    assert (best["typedml"] - best["bare"]) * 1000 <= import_cost.BUDGET_MS
