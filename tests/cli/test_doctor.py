"""`typedml doctor`: versions, the configuration found, and whether mypy reaches the plugin."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from typedml.cli import doctor as diagnosis
from typedml.cli.commands import main
from typedml.cli.installed import Library, libraries, satisfies


def doctor() -> Result:
    return CliRunner().invoke(main, ["doctor"], env={"COLUMNS": "150"})


def answer(returncode: int, stdout: str) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], returncode, stdout, "")


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare mypy's start where the plugin is not what is looked at."""
    monkeypatch.setattr(diagnosis, "run_mypy", lambda *_, **__: answer(1, "error [typedml-unit]"))


def test_mypy_reaches_the_plugin() -> None:
    shown = doctor()
    assert "✓  plugin" in shown.output
    assert "refuses kilometres as hours" in shown.output
    assert shown.exit_code == 0


@pytest.mark.parametrize(
    "said", ["", "Success: no issues found", "mypy.ini:2: error: Error importing plugin"]
)
def test_a_plugin_that_is_not_reached_is_a_finding(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "run_mypy", lambda *_, **__: answer(0, said))
    shown = doctor()
    assert shown.exit_code == 1
    assert "✗  plugin" in shown.output
    assert (said or "it was silent") in shown.output


@pytest.mark.usefixtures("reached")
def test_every_library_is_listed_with_what_is_supported() -> None:
    shown = doctor().output
    assert [library.name for library in libraries() if library.name not in shown] == []
    assert ">=2.4,<2.5" in shown
    assert "Not supported" in shown


@pytest.mark.usefixtures("reached")
def test_an_unsupported_version_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Library("mypy", "2.3.0", ">=2.4,<2.5", needed=False, purpose="")
    monkeypatch.setattr(diagnosis, "libraries", lambda: [old])
    shown = doctor()
    assert shown.exit_code == 1
    assert "✗  mypy" in shown.output


@pytest.mark.usefixtures("reached")
def test_the_configuration_found_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = pydantic.mypy, typedml.mypy\n")
    shown = doctor().output
    assert "mypy.ini names typedml.mypy" in shown
    assert "init_typed = true" in shown
    (tmp_path / "mypy.ini").write_text("[mypy]\n")
    assert "without typedml.mypy" in doctor().output


@pytest.mark.usefixtures("reached")
def test_a_configuration_that_cannot_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.mypy\n")
    shown = doctor()
    assert shown.exit_code == 1
    assert "cannot be read" in " ".join(shown.output.split())


@pytest.mark.parametrize(
    ("version", "bounds", "accepted"),
    [
        ("2.4.1", ">=2.4,<2.5", True),
        ("2.4", ">=2.4.0,<2.5", True),
        ("2.5.0", ">=2.4,<2.5", False),
        ("2.3.9", ">=2.4,<2.5", False),
        ("2.10", ">=2.9", True),
        ("3.1.1.261029", ">=2.2", True),
        ("2.5rc1", "<2.5", False),
        ("1.0", "", True),
    ],
)
def test_versions_are_compared_as_numbers(version: str, bounds: str, accepted: bool) -> None:
    assert satisfies(version, bounds) is accepted


def test_an_absent_library_is_fine_only_where_it_is_optional() -> None:
    assert Library("dask", None, ">=1", needed=False, purpose="").accepted
    assert not Library("numpy", None, ">=1", needed=True, purpose="").accepted
