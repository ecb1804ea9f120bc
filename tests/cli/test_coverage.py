"""`typedml check --coverage`: what has no meaning yet, by file, the least known first, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from typedml.cli.commands import main

UNITS: Final = """\
from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
"""
MIXED: Final = (
    UNITS
    + """\
import json, math
from typedml import raw
from dataclasses import dataclass
@dataclass
class Leg:
    length: Km
    height: float
def helper(x: float) -> float:
    return x
def use(d: Km, x: float, name: str, count: int) -> Km:
    total = 0.0
    y = x + 1
    z = helper(x)
    w = math.hypot(1.0, 2.0)
    n: int = len(name)
    leg = Leg(d, x)
    a = raw(d)
    b = json.loads(name)
    print(d * 2, x * d, -x, 2.0 * 3.0, leg.height / x)
    return d
"""
)
KNOWN: Final = UNITS + "def known(d: Km) -> Km:\n    return d + d\n"
FOREIGN: Final = "def far(x: float) -> str:\n    return ''\n"
BROKEN: Final = "x: str = b''\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    files = {"mixed": MIXED, "known": KNOWN, "foreign": FOREIGN, "numberless": BROKEN}
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--coverage", *arguments])


def data(*arguments: str) -> dict[str, Any]:
    done = run("-O", "json", *arguments)
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_each_unknown_number_is_listed_with_its_reason(project: Path) -> None:
    (file,) = [each for each in data(".")["files"] if each["file"] == "mixed.py"]
    assert [(p["line"], p["column"], p["sort"], p["text"], p["why"]) for p in file["unknown"]] == [
        (10, 5, "attribute", "height", "declared without a meaning"),
        (11, 1, "return", "def helper", "declared without a meaning"),
        (11, 12, "parameter", "x: float", "declared without a meaning"),
        (13, 16, "parameter", "x: float", "declared without a meaning"),
        (13, 37, "parameter", "count: int", "declared without a meaning"),
        (15, 5, "variable", "y", "assigned x + 1"),
        (15, 9, "arithmetic", "x + 1", "x is unknown"),
        (16, 5, "variable", "z", "assigned helper(x)"),
        (16, 9, "call", "helper(x)", "x is unknown"),
        (17, 5, "variable", "w", "assigned math.hypot(1.0, 2.0)"),
        (17, 9, "call", "math.hypot(1.0, 2.0)", "no stub says what math.hypot means"),
        (18, 5, "variable", "n", "declared without a meaning"),
        (22, 25, "arithmetic", "-x", "x is unknown"),
        (22, 40, "arithmetic", "leg.height / x", "leg.height is unknown"),
    ]


def test_the_least_known_file_comes_first_and_what_has_no_numbers_is_left_out(project: Path) -> None:
    said = data(".")
    shares = [(file["file"], file["known"], file["numbers"], file["percent"]) for file in said["files"]]
    mixed = next(share for share in shares if share[0] == "mixed.py")
    assert shares == [("foreign.py", 0, 1, 0.0), mixed, ("known.py", 3, 3, 100.0)]
    assert 0 < mixed[3] < 100
    assert said["numbers"] == sum(share[2] for share in shares)
    assert [file["uses_meanings"] for file in said["files"]] == [False, True, True]


def test_people_get_shares_and_places(project: Path) -> None:
    done = run(".")
    assert done.exit_code == 0
    head, foreign, *_ = done.stdout.splitlines()
    assert head.endswith("numbers have a meaning")
    assert " ".join(foreign.split()) == "0.0 % 0/1 foreign.py declares nothing yet"
    assert "  mixed.py:16:9   call        helper(x)" in done.stdout
    # What declares nothing yet is named, not listed.
    assert "foreign.py:1" not in done.stdout
    assert done.stdout.endswith("mypy also found 1 error; without --coverage they are shown.\n")


def test_workers_and_other_levels_count_the_same_and_caches_do_not_matter(project: Path) -> None:
    first = data(".")
    assert first == data(".", "-n2") == data(".", "--cache-dir", ".mine")
    (project / "mypy.ini").write_text("[mypy]\nplugins = typedml.mypy\n[typedml]\nlevel = strict\n")
    assert data(".") == first


def test_a_run_without_any_meaning_counts_too_and_one_without_numbers_says_so(project: Path) -> None:
    assert [file["file"] for file in data("foreign.py")["files"]] == ["foreign.py"]
    assert run("numberless.py").stdout == "There are no numbers in what was checked.\n"
    assert data("numberless.py") == {"known": 0, "numbers": 0, "percent": 100.0, "files": []}


def test_libraries_and_stubs_are_nobody_s_to_annotate(project: Path) -> None:
    (project / "stub.pyi").write_text("def far(x: float) -> float: ...\n")
    (project / "user.py").write_text("import stub, statistics\nstub.far(1.0)\n")
    assert {file["file"] for file in data("user.py")["files"]} == {"user.py"}


def test_what_mypy_cannot_check_is_told(project: Path) -> None:
    (project / "broken.py").write_text("def f(:\n")
    done = run("broken.py")
    assert done.exit_code == 2
    assert "broken.py:1: error: " in done.stderr
    assert done.stdout == ""
