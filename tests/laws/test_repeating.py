"""What a failure says of how it is repeated: a command that does it, or a call and what its words mean."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from typedml.laws import check_laws

FEATURES = """\
import functools
from typing import Annotated
import pandas as pd
from typedml import FeatureSchema, Unit, feature
from typedml.sklearn import feature as estimator

Km = Annotated[float, Unit("km")]

class Way(FeatureSchema):
    km: Km

class Ways:
    times = 2

    @feature
    def method(self, x: Km) -> Km:
        return self.times * x

    def __call__(self, x: Km) -> Km:
        return self.times * x

    @staticmethod
    def static(x: Km) -> Km:
        return 2 * x

    @classmethod
    def of_class(cls, x: Km) -> Km:
        return cls.times * x

ways = Ways()

@feature
def wrong(x: Km) -> Km:
    return 2 * x

def times(x: Km, by: float) -> Km:
    return by * x

@feature(rows="each")
def column(ways: Annotated[pd.DataFrame, Way]) -> Annotated["pd.Series[float]", Unit("km")]:
    return 2 * ways["km"]

@functools.cache
def cached(x: Km) -> Km:
    return 2 * x

def outer():
    def inner(x: Km) -> Km:
        return 2 * x
    return inner

doubled = functools.partial(times, by=2.0)
named = outer()
unlike = lambda x: 2 * x
unlike.__annotations__ = {"x": Km, "return": Km}
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A module of the current folder."""
    import importlib

    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "feats_repeated.py").write_text(FEATURES)
    yield importlib.import_module("feats_repeated")
    sys.modules.pop("feats_repeated", None)


def repeat_of(function: Any, **asked: Any) -> str:
    (failure,) = check_laws(function, only="coherent", **asked).failures
    return failure.repeat


def run(command: str) -> subprocess.CompletedProcess[str]:
    """What a shell makes of a printed command; the program is found as this Python has it."""
    program = f"{shlex.quote(sys.executable)} -m typedml laws "
    path = str(Path(__file__).parents[2])
    return subprocess.run(
        command.replace("typedml laws ", program, 1).replace("PYTHONPATH=", f"PYTHONPATH={path}:"),
        shell=True, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("wrong", "wrong"),
        ("cached", "cached"),
        ("ways", "ways"),
        ("ways.method", "ways.method"),
        ("Ways.static", "Ways.static"),
        ("Ways.of_class", "Ways.of_class"),
        ("doubled", "doubled"),
        ("named", "named"),
        ("unlike", "unlike"),
    ],
)
def test_whatever_a_module_has_a_name_for_is_repeated_by_a_command(
    module: ModuleType, name: str, found: str
) -> None:
    from click.testing import CliRunner

    from typedml.cli.commands import main

    command = repeat_of(eval(name, vars(module)), seed=3, tables=2)
    assert command == f"typedml laws feats_repeated:{found} --law coherent --seed 3 --tables 2"
    done = CliRunner().invoke(main, command.split()[1:])
    assert done.exit_code == 1, done.output + done.stderr
    assert "coherent: " in done.output


def test_the_printed_command_repeats_the_failure(module: ModuleType) -> None:
    (failure,) = check_laws(module.wrong, only="coherent").failures
    done = run(failure.repeat)
    assert done.returncode == 1, done.stderr
    assert failure.statement in done.stdout
    assert f"Repeat: {failure.repeat}" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="a variable before a command is of other shells")
def test_a_folder_that_only_this_program_looks_in_is_a_part_of_the_command(
    module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    command = repeat_of(module.wrong)
    assert command.startswith(f"PYTHONPATH={tmp_path} typedml laws feats_repeated:wrong")
    assert run(command).returncode == 1
    monkeypatch.chdir(tmp_path.parent)
    assert repeat_of(module.wrong).startswith(f"PYTHONPATH={tmp_path.name} typedml laws ")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert repeat_of(module.wrong).startswith("typedml laws ")


def test_what_has_no_name_is_repeated_by_a_call_that_says_what_it_is(module: ModuleType) -> None:
    asked = 'only=["coherent"], seed=0, tables=8'
    assert repeat_of(module.Ways().method) == (
        f"check_laws(f, {asked}), where f is the method `method` of its Ways"
    )
    assert repeat_of(module.Ways()) == f"check_laws(f, {asked}), where f is the Ways that was checked"
    assert repeat_of(module.outer()) == f"check_laws(inner, {asked})"


def test_what_stands_in_the_program_is_repeated_by_a_call(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.wrong, "__module__", "__main__")
    monkeypatch.setattr(sys.modules["__main__"], "wrong", module.wrong, raising=False)
    monkeypatch.delattr(module, "wrong")
    assert repeat_of(sys.modules["__main__"].wrong).startswith("check_laws(wrong, ")


def test_rows_of_your_own_are_a_part_of_what_is_repeated(module: ModuleType) -> None:
    frame = pd.DataFrame({"km": [1.0, 2.0, 5.0, 7.0]})
    assert repeat_of(module.column, data=frame, tables=4) == (
        'check_laws(column, only=["coherent"], seed=0, tables=4, data=data)'
    )
