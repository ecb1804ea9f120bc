"""`typedml check`: the plugin without any configuration, mypy's own options and exit status."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from typedml.cli.check import run_mypy
from typedml.cli.commands import main

RIGHT = """\
from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
def speed(d: Km, t: Hour) -> Annotated[float, Unit("km/hour")]:
    return d / t
"""
WRONG = RIGHT.replace("d / t", "d")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "right.py").write_text(RIGHT)
    (tmp_path / "wrong.py").write_text(WRONG)
    return tmp_path


def check(project: Path, *arguments: str) -> tuple[int, str]:
    done = run_mypy([*arguments, "--no-incremental"], capture=True, cwd=project)
    return done.returncode, done.stdout + done.stderr


def test_right_code_is_clean(project: Path) -> None:
    assert check(project, "right.py") == (0, "Success: no issues found in 1 source file\n")


def test_wrong_code_is_a_finding_with_our_code(project: Path) -> None:
    status, said = check(project, "wrong.py")
    assert status == 1
    assert 'wrong.py:6: error: Incompatible return value type (got "float[km]"' in said
    assert "[typedml-unit]" in said


def test_the_project_s_own_configuration_is_kept(project: Path) -> None:
    (project / "mypy.ini").write_text("[mypy]\ndisallow_untyped_defs = True\n")
    (project / "untyped.py").write_text("def f(x): return x\n")
    status, said = check(project, "untyped.py", "wrong.py")
    assert status == 1
    assert "no-untyped-def" in said
    assert "typedml-unit" in said


def test_a_plugin_that_is_named_already_is_not_named_twice(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.mypy]\nplugins = ["typedml.mypy"]\n')
    status, said = check(project, "wrong.py")
    assert (status, said.count("[typedml-unit]")) == (1, 1)


def test_the_level_of_the_project_is_kept(project: Path) -> None:
    (project / "loose.py").write_text(RIGHT + "def f(x: float) -> Km:\n    return x\n")
    assert check(project, "loose.py")[0] == 1
    (project / "pyproject.toml").write_text('[tool.mypy]\n[tool.typedml]\nlevel = "gradual"\n')
    assert check(project, "loose.py")[0] == 0


def test_a_level_beside_the_configuration_of_mypy_is_kept_too(project: Path) -> None:
    (project / "loose.py").write_text(RIGHT + "def f(x: float) -> Km:\n    return x\n")
    (project / "mypy.ini").write_text("[mypy]\n")
    (project / "pyproject.toml").write_text('[tool.typedml]\nlevel = "gradual"\n')
    assert check(project, "loose.py")[0] == 0


def test_other_options_are_mypy_s(project: Path) -> None:
    status, said = check(project, "wrong.py", "--output=json")
    assert status == 1
    assert '"code": "typedml-unit"' in said


def test_an_absent_source_is_a_usage_error(project: Path) -> None:
    status, said = check(project, "absent.py")
    assert status == 2
    assert "absent.py" in said


def test_without_mypy_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    refused = CliRunner().invoke(main, ["check", "src"])
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: mypy is not installed\nHint: pip install")


def test_the_exit_status_of_mypy_is_the_command_s(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert CliRunner().invoke(main, ["check", "wrong.py"]).exit_code == 1
    assert (project / ".mypy_cache" / "typedml").is_dir()
