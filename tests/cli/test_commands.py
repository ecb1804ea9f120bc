"""The table of commands: help, misspelt commands, and what happens when something breaks."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
import pytest
from click.testing import CliRunner

from typedml import Unit
from typedml.cli.commands import COMMANDS, Entry, main
from typedml.errors import TypedmlError

RUNNER = CliRunner()
SECOND = Unit("second")


def test_help_names_every_command_and_the_exit_statuses() -> None:
    shown = RUNNER.invoke(main, ["--help"])
    assert shown.exit_code == 0
    assert [name for name in COMMANDS if f"  {name} " not in shown.output] == []
    assert "0 fine, 1 findings, 2 usage" in shown.output


def test_help_loads_no_command() -> None:
    code = (
        "import sys; from typedml.cli import main; main(['-h'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "rich" not in done.stdout.split()
    assert [
        entry.target for entry in COMMANDS.values() if entry.target.split(":")[0] in done.stdout.split()
    ] == []


def test_help_is_quick() -> None:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "typedml", "--help"], capture_output=True, check=True)
    assert time.perf_counter() - start < SECOND(2.0)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_explains_itself(name: str) -> None:
    shown = RUNNER.invoke(main, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert "Usage:" in shown.output
    assert len(shown.output.splitlines()) > 3


def test_a_misspelt_command_gets_the_nearest() -> None:
    refused = RUNNER.invoke(main, ["chekc"])
    assert refused.exit_code == 2
    assert refused.stderr == 'Error: there is no command "chekc"\nHint: did you mean `typedml check`?\n'


def test_an_unlike_command_is_sent_to_the_help() -> None:
    assert "typedml --help" in RUNNER.invoke(main, ["xyzzy"]).stderr


def test_the_version_is_the_package_s() -> None:
    assert RUNNER.invoke(main, ["--version"]).output.startswith("typedml ")


@contextmanager
def command_that(callback: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    command = click.Command("demo", callback=callback)  # type: ignore[arg-type]
    monkeypatch.setitem(COMMANDS, "demo", Entry("typedml.cli.commands:PLANTED", ""))
    monkeypatch.setattr("typedml.cli.commands.PLANTED", command, raising=False)
    yield


def test_what_typedml_raises_becomes_a_fact_and_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise TypedmlError("the fact", "the hint")

    with command_that(fails, monkeypatch):
        refused = RUNNER.invoke(main, ["demo"])
    assert (refused.exit_code, refused.stderr) == (2, "Error: the fact\nHint: the hint\n")


def test_a_defect_is_told_as_one_and_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ZeroDivisionError("division by zero")

    with command_that(fails, monkeypatch):
        refused = RUNNER.invoke(main, ["demo"])
    assert refused.exit_code == 2
    assert "ZeroDivisionError: division by zero  [typedml-internal]" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_defect_shows_its_traceback_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("TYPEDML_TRACEBACK", "1")
    with command_that(fails, monkeypatch):
        assert isinstance(RUNNER.invoke(main, ["demo"]).exception, ZeroDivisionError)


@pytest.mark.parametrize(("returned", "status"), [(None, 0), (0, 0), (1, 1)])
def test_a_plain_function_is_a_command_and_its_result_the_exit_status(
    returned: int | None, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMMANDS, "demo", Entry("typedml.cli.commands:PLANTED", ""))
    monkeypatch.setattr("typedml.cli.commands.PLANTED", lambda: returned, raising=False)
    assert RUNNER.invoke(main, ["demo"]).exit_code == status
