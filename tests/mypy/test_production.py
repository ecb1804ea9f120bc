"""The plugin as it is run in earnest: caches, workers, the daemon, ignores, machine-readable output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.mypy.conftest import Answer, Mypy
from typedml.mypy import versions

ROOT: Final = Path(__file__).parents[2]

UNITS: Final = """\
from typing import Annotated
from typedml import Unit

LENGTH = Unit("mile")
Length = Annotated[float, Unit("mile")]
"""
SPEED: Final = """\
from typing import Annotated
from typedml import Unit
from units import LENGTH, Length

Hour = Annotated[float, Unit("hour")]

def by_alias(d: Length, t: Hour) -> Annotated[float, Unit("mile/hour")]:
    return d / t

def by_constant(d: Annotated[float, LENGTH], t: Hour) -> Annotated[float, Unit("mile/hour")]:
    return d / t

def wrong(d: Length) -> Hour:
    return d
"""
OTHER: Final = """\
from speed import by_alias, by_constant
from units import LENGTH

def use(x: float) -> None:
    reveal_type(by_alias(LENGTH(x), 0.0))
    reveal_type(LENGTH(x))
"""
FORMATS: Final = ("--fixed-format-cache", "--no-fixed-format-cache")


def project(mypy: Mypy) -> None:
    mypy.write(units=UNITS, speed=SPEED, other=OTHER)


def move_to_kilometres(mypy: Mypy) -> None:
    mypy.write(units=UNITS.replace("mile", "km"))


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """What a run without any cache says of the project."""
    mypy = Mypy(tmp_path_factory.mktemp("cold"))
    project(mypy)
    return mypy.run("other.py", "speed.py", "units.py")


@pytest.fixture(scope="module")
def cold_in_kilometres(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    mypy = Mypy(tmp_path_factory.mktemp("cold"))
    project(mypy)
    move_to_kilometres(mypy)
    return mypy.run("other.py", "speed.py", "units.py")


def test_the_project_has_one_mistake_in_miles_and_three_in_kilometres(
    cold: Answer, cold_in_kilometres: Answer
) -> None:
    assert list(cold.said["speed.py"]) == [14], cold.output
    assert list(cold_in_kilometres.said["speed.py"]) == [8, 11, 14], cold_in_kilometres.output
    assert cold.said["other.py"] == {5: ["R: float[mile/hour]"], 6: ["R: float[mile]"]}
    assert cold_in_kilometres.said["other.py"] == {5: ["R: float[mile/hour]"], 6: ["R: float[km]"]}


@pytest.mark.parametrize("form", FORMATS)
def test_caches_give_what_a_cold_run_gives(
    form: str, mypy: Mypy, cold: Answer, cold_in_kilometres: Answer
) -> None:
    project(mypy)
    for _ in ("cold", "warm"):
        # `use` is analysed from the cache of `speed`: only reveals, which are never cached, are run again.
        answer = mypy.run("other.py", "speed.py", "units.py", form, incremental=True)
        assert answer.output == cold.output
    move_to_kilometres(mypy)
    answer = mypy.run("other.py", "speed.py", "units.py", form, incremental=True)
    assert answer.output == cold_in_kilometres.output


def test_an_importer_is_checked_against_cached_declarations(mypy: Mypy, cold: Answer) -> None:
    project(mypy)
    mypy.run("speed.py", "units.py", incremental=True)
    answer = mypy.run("other.py", incremental=True)
    assert answer.said["other.py"] == cold.said["other.py"], answer.output


def test_workers_say_what_one_process_says(mypy: Mypy, cold: Answer) -> None:
    project(mypy)
    answer = mypy.run("other.py", "speed.py", "units.py", "-n2", incremental=True)
    assert sorted(answer.output.splitlines()) == sorted(cold.output.splitlines())


def test_the_daemon_says_what_a_run_says(mypy: Mypy, cold: Answer, cold_in_kilometres: Answer) -> None:
    project(mypy)
    mypy.configure()
    files = ["other.py", "speed.py", "units.py"]
    flags = ["--cache-dir", ".cache", "--no-error-summary"]
    status = ["mypy.dmypy", "--status-file", "status.json"]
    try:
        first = mypy.command(*status, "run", "--timeout", "60", "--", *flags, *files)
        again = mypy.command(*status, "recheck")
        move_to_kilometres(mypy)
        edited = mypy.command(*status, "recheck")
    finally:
        mypy.command(*status, "stop")
    assert lines(first) == lines(cold)
    assert lines(again) == lines(cold)
    assert lines(edited) == lines(cold_in_kilometres)


def lines(answer: Answer) -> list[str]:
    return sorted(row for row in answer.output.splitlines() if not row.startswith("Daemon"))


IGNORED: Final = """\
from typing import Annotated
from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]

def use(a: Km, h: Hour, p: Probability) -> Hour:
    a + h  # type: ignore[typedml-unit]
    x: Probability = p + p  # type: ignore[typedml-kind]
    y: Probability = 1.5  # type: ignore[typedml-value]
    a + a  # type: ignore[typedml-unit]
    a + h  # type: ignore[typedml-kind]
    b: Annotated[float, Unit("kilometree")]  # type: ignore[typedml-unread]
    return a  # type: ignore[typedml-unit]
"""


def test_a_release_that_says_otherwise_is_heard_of_modules_that_the_first_run_after_it_left_out(
    tmp_path: Path,
) -> None:
    package = tmp_path / "installed"
    for folder in ("typedml", "stubs"):
        shutil.copytree(ROOT / folder, package / folder, ignore=shutil.ignore_patterns("__pycache__"))
    mypy = Mypy(tmp_path)
    mypy.configure()
    mypy.write(units=UNITS, early=SPEED, late="import typedml\n")

    def said(module: str) -> str:
        command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", module]
        environment = {**os.environ, "PYTHONPATH": str(package)}
        done = subprocess.run(
            command, cwd=mypy.folder, env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    assert "note: Hint: " in said("early.py")
    reports = package / "typedml" / "mypy" / "watcher.py"
    reports.write_text(reports.read_text(encoding="utf-8").replace('"Hint: ', '"Advice: '), encoding="utf-8")
    assert "Success" in said("late.py")
    assert "note: Advice: " in said("early.py")


def test_errors_are_ignored_by_their_codes_and_needless_ignores_are_told(mypy: Mypy) -> None:
    mypy.write(ignored=IGNORED)
    answer = mypy.run("ignored.py", "--warn-unused-ignores")
    errors = {n: [t for t in texts if t[0] == "E"] for n, texts in answer.said["ignored.py"].items()}
    assert {n: [t.rpartition("[")[2] for t in texts] for n, texts in errors.items() if texts} == {
        11: ["unused-ignore]"],
        12: ["unused-ignore]", "typedml-unit]"],
    }, answer.output


def test_a_code_can_be_disabled(mypy: Mypy) -> None:
    mypy.write(ignored=IGNORED.replace("  # type: ignore", "  #"))
    answer = mypy.run("ignored.py", "--disable-error-code", "typedml-unit")
    assert "[typedml-unit]" not in answer.output
    assert "[typedml-kind]" in answer.output


def test_machines_read_errors_with_code_and_hint(mypy: Mypy) -> None:
    project(mypy)
    answer = mypy.run("speed.py", "--output", "json")
    (found,) = map(json.loads, answer.output.splitlines())
    assert found["code"] == "typedml-unit"
    assert found["severity"] == "error"
    assert found["line"] == 14
    assert found["hint"].startswith("Hint: ")
    assert "TypedDict" not in answer.output


def test_an_unsupported_mypy_is_refused_with_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    from typedml.mypy import plugin

    for version in ("2.3.0", "2.5.0", "1.15.0", "3.0.0+dev"):
        with pytest.raises(SystemExit) as stopped:
            plugin(version)
        assert stopped.value.code == 2
        said = capsys.readouterr().err
        assert version in said
        assert "Hint: pip install" in said
    assert plugin("2.4.9+dev.abc").__name__ == "TypedmlPlugin"


BROKEN: Final = """\
from typedml.mypy import annotated, calls, constants, plugin, unary


def fail(*arguments):
    raise KeyError("planted")


calls.function = unary.alone = constants.define = fail
analyze = annotated.analyze
annotated.analyze = lambda ctx, *rest: (fail if ctx.type.name == "int" else analyze)(ctx, *rest)
"""
LAST: Final = """
from typedml import raw
def last(d: Length) -> int:
    raw(d)
    -d
    d < 5.0
    return ""
"""


def test_a_hook_that_fails_is_reported_and_mypy_goes_on(mypy: Mypy) -> None:
    mypy.write(broken=BROKEN, speed=SPEED + LAST, units=UNITS)
    mypy.configure(plugin="./broken.py")
    answer = mypy.run("speed.py", "units.py")
    assert answer.status == 1, answer.output
    assert "INTERNAL ERROR" not in answer.output
    planted = [row for row in answer.output.splitlines() if "planted" in row]
    assert [row.split(": ")[0] for row in planted] == ["units.py:4", *(f"speed.py:{n}" for n in (17, 18, 19))]
    assert all("[typedml-internal]" in row for row in planted)
    assert "# type: ignore[typedml-internal]" in answer.output
    # What has nothing to do with a failed hook is checked as ever.
    assert (
        'E: Incompatible return value type (got "str", expected "int")  [return-value]'
        in answer.said["speed.py"][21]
    )
    assert "[typedml-unit]" in answer.said["speed.py"][20][0]


def test_a_judge_that_fails_is_reported_and_mypy_goes_on(mypy: Mypy) -> None:
    broken = (
        BROKEN.partition("calls.function")[0] + "from typedml.mypy import watcher\nwatcher.judge = fail\n"
    )
    mypy.write(broken=broken, speed=SPEED + LAST, units=UNITS)
    mypy.configure(plugin="./broken.py")
    answer = mypy.run("speed.py", "units.py")
    assert answer.status == 1, answer.output
    assert "INTERNAL ERROR" not in answer.output
    assert "TypedDict" not in answer.output
    assert "speed.py:14: error: " in answer.output


def test_the_plugin_loads_pint_for_no_unit_that_the_table_has(mypy: Mypy) -> None:
    project(mypy)
    mypy.configure()
    mypy.write(
        spy="import sys\nfrom mypy import api\nprint(*api.run(sys.argv[1:]))\n"
        "print('loaded:', sorted({'pint', 'numpy', 'pandas', 'pydantic'} & set(sys.modules)))\n"
    )
    answer = mypy.command("spy", "--no-incremental", "speed.py")
    assert "[typedml-unit]" in answer.output
    assert "loaded: []" in answer.output


NEWER: Final = """\
from typing import Annotated
from typedml import Unit

type Km = Annotated[float, Unit("km")]

def nearer(a: Km) -> Annotated[float, Unit("hour")]:
    return a
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python reads what it is to fail at")
def test_a_file_that_the_running_python_cannot_read_is_reported_not_passed_over(mypy: Mypy) -> None:
    mypy.write(newer=NEWER, units=UNITS, speed=SPEED)
    answer = mypy.run("newer.py", "speed.py", "--python-version", "3.12")
    errors = [text for texts in answer.said["newer.py"].values() for text in texts if text[0] == "E"]
    assert errors, answer.output
    assert all("cannot read the declarations of this file  [typedml-unread]" in text for text in errors)
    assert "N: Hint: run mypy with the newest Python that the code is for" in answer.said["newer.py"][4]
    assert list(answer.said["speed.py"]) == [14]


NEWER_STATEMENTS: Final = """\
from typing import Annotated
from typedml import Unit

type Names = list[str]
SPEED = Unit("km") / Unit("hour")
if True:
    type Numbers = list[int]
    AREA = SPEED**2

def faster(a: Annotated[float, SPEED]) -> None:
    reveal_type(a)

def wider(a: Annotated[float, AREA]) -> None: ...
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python reads what it is to fail at")
def test_constants_beside_statements_for_a_newer_python_are_read_or_reported(mypy: Mypy) -> None:
    mypy.write(newer=NEWER_STATEMENTS)
    said = mypy.run("newer.py", "--python-version", "3.12").said["newer.py"]
    assert said.pop(11) == ["R: float[km/hour]"]
    assert said.pop(13)[0].endswith(
        'which runs mypy, cannot read how "AREA" is defined in "newer"  [typedml-unread]'
    )
    assert not said


def test_a_file_that_was_deleted_does_not_keep_the_daemon_from_beginning_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = tmp_path / "kept.py", tmp_path / "gone.py"
    for file in (kept, gone):
        file.write_text("x = 1\n", encoding="utf-8")
    states = {str(file): versions._state(str(file)) for file in (kept, gone)}
    monkeypatch.setattr(versions, "_checked", states)
    monkeypatch.setattr(versions, "_finished", [True])
    gone.unlink()
    after_deleting = versions.snapshot()
    kept.write_text("x = 12\n", encoding="utf-8")
    assert versions.snapshot() != after_deleting
    kept.write_text("x = (\n", encoding="utf-8")
    assert versions._edited() == []
