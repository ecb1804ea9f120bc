"""The floors of the house: the contracts hold, and each is seen to break."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = [
    sys.executable,
    "-c",
    "from importlinter.cli import lint_imports_command as run; run()",
    "--no-cache",
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        LINTER, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": "."}
    )


def broken(output: str) -> set[str]:
    return {line.partition(" BROKEN")[0] for line in output.splitlines() if " BROKEN" in line}


def test_all_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert broken(done.stdout) == set()
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def violated(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the contracts that a copy of the house breaks when every rule is violated once."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "typedml", house / "typedml", ignore=shutil.ignore_patterns("__pycache__", "demo_data")
    )
    shutil.copy(ROOT / "pyproject.toml", house)
    for place, line in VIOLATIONS.values():
        path = house / "typedml" / place
        path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n" if path.exists() else f"{line}\n")
    done = lint(house)
    assert done.returncode == 1, done.stdout + done.stderr
    return broken(done.stdout)


VIOLATIONS = {
    "Imports go down the floors; the three layers of defence do not know each other": (
        "laws/intruder.py",
        "import typedml.boundary",
    ),
    "The algebra imports the standard library only": ("algebra/intruder.py", "import attrs"),
    "Only the plugin imports mypy": ("boundary/intruder.py", "import mypy"),
    "Only the laws import hypothesis": ("declare/intruder.py", "def f():\n    import hypothesis"),
    "Only engines, readers of files and leaves named after it import pandas": (
        "declare/intruder_of_pandas.py",
        "import pandas",
    ),
    "Only engines, readers of files and leaves named after it import polars": (
        "boundary/intruder_of_polars.py",
        "import polars",
    ),
    "Only leaves named after it import pydantic": ("declare/intruder_of_pydantic.py", "import pydantic"),
    "Only the leaf named after it imports pandera": (
        "boundary/intruder_of_pandera.py",
        "def f():\n    import pandera.polars",
    ),
    "Only the leaf named after it imports scikit-learn": (
        "boundary/intruder_of_sklearn.py",
        "import sklearn.base",
    ),
    "Only the leaf named after it imports pint": ("algebra/intruder_of_pint.py", "import pint"),
}


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_contract_breaks_where_it_is_violated(contract: str, violated: set[str]) -> None:
    assert contract in violated


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_the_algebra_imports_nothing_that_python_does_not_bring() -> None:
    allowed = set(sys.stdlib_module_names) | {"typedml"}
    strangers = {p.name: imported(p) - allowed for p in (ROOT / "typedml" / "algebra").rglob("*.py")}
    assert {name: found for name, found in strangers.items() if found} == {}
