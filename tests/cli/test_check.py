"""`typedml check`: the plugin without any configuration, mypy's own options and exit status."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from typedml.cli.commands import main
from typedml.cli.mypy_run import run_mypy

RIGHT = """\
from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
def speed(d: Km, t: Hour) -> Annotated[float, Unit("km/hour")]:
    return d / t
"""
SOURCES = {
    "right.py": RIGHT,
    "wrong.py": RIGHT.replace("d / t", "d"),
    "loose.py": RIGHT + "def f(x: float) -> Km:\n    return x\n",
    "untyped.py": "def f(x): return x\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def check(project: Path, *arguments: str) -> tuple[int, list[str]]:
    done = run_mypy([*arguments, "--no-incremental"], capture=True, cwd=project)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def found(said: list[str]) -> list[tuple[str, str]]:
    """The files and codes of the errors."""
    errors = [line for line in said if ": error: " in line]
    return sorted((line.partition(":")[0], line.rpartition("[")[2].rstrip("]")) for line in errors)


def test_without_configuration_what_is_wrong_is_found_and_nothing_else(project: Path) -> None:
    status, said = check(project, *SOURCES)
    assert status == 1
    assert [(file, code.partition("-")[0]) for file, code in found(said)] == [
        ("loose.py", "typedml"),
        ("wrong.py", "typedml"),
    ]
    assert any('got "float[km]", expected "float[km/hour]")  [typedml-unit]' in line for line in said)


def test_the_project_s_own_configuration_and_level_are_kept(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[tool.mypy]\ndisallow_untyped_defs = true\n[tool.typedml]\nlevel = "gradual"\n'
    )
    status, said = check(project, *SOURCES)
    assert (status, found(said)) == (1, [("untyped.py", "no-untyped-def"), ("wrong.py", "typedml-unit")])


def test_a_level_beside_the_configuration_of_mypy_is_kept_too(project: Path) -> None:
    (project / "mypy.ini").write_text("[mypy]\n")
    (project / "pyproject.toml").write_text('[tool.typedml]\nlevel = "gradual"\n')
    assert check(project, "loose.py", "right.py") == (0, ["Success: no issues found in 2 source files"])


def test_a_plugin_that_is_named_already_is_not_named_twice_and_options_are_mypy_s(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.mypy]\nplugins = ["typedml.mypy"]\n')
    status, said = check(project, "wrong.py", "--output=json")
    assert (status, len(said)) == (1, 1)
    assert '"code": "typedml-unit"' in said[0]


def test_an_absent_source_is_a_usage_error(project: Path) -> None:
    status, said = check(project, "absent.py")
    assert status == 2
    assert any("absent.py" in line for line in said)


def test_without_mypy_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    refused = CliRunner().invoke(main, ["check", "src"])
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: mypy is not installed\nHint: pip install")


def test_the_exit_status_of_mypy_is_the_command_s_and_the_cache_its_own(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert CliRunner().invoke(main, ["check", "wrong.py"]).exit_code == 1
    assert (project / ".mypy_cache" / "typedml").is_dir()
