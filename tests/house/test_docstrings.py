"""The examples in docstrings run."""

import json
import subprocess
import sys

import pytest

from tests.house.docstrings import NAMES


@pytest.fixture(scope="module")
def outcomes() -> dict[str, tuple[int, str]]:
    """How many examples each module has, and what failed; in its own process, for they define units."""
    command = [sys.executable, "-m", "tests.house.docstrings"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: (count, said) for name, count, said in json.loads(done.stdout)}


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_module_run(name: str, outcomes: dict[str, tuple[int, str]]) -> None:
    assert outcomes[name][1] == ""


def test_some_modules_have_examples(outcomes: dict[str, tuple[int, str]]) -> None:
    assert sum(count for count, _ in outcomes.values()) > 20
