"""`typedml check` with a baseline: old findings are silent wherever they move, and only new ones fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from typedml.cli.baseline import DEFAULT, Baseline, recognised
from typedml.cli.commands import main
from typedml.cli.findings import Finding, read

UNITS: Final = """\
from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
"""
OLD: Final = (
    UNITS
    + """\
def first(d: Km) -> Hour:
    return d
def second(d: Km) -> Hour:
    return d
def plain(x: float) -> int:
    return x
"""
)
NEW: Final = "def third(d: Km) -> Hour:\n    return d\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose three findings are in its baseline."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "old.py").write_text(OLD)
    monkeypatch.chdir(tmp_path)
    wrote = run("src", "--write-baseline")
    assert (wrote.exit_code, wrote.stdout) == (0, f"Wrote {DEFAULT}: 3 findings in 1 file\n")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


@pytest.fixture(autouse=True)
def captured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mypy runs as a process of its own, whose output the runner of click cannot see: it is passed on."""
    monkeypatch.setenv("COLUMNS", "200")


def test_the_file_is_sorted_and_says_what_was_found_where_and_how_often(project: Path) -> None:
    said = json.loads((project / DEFAULT).read_text())
    assert (said["version"], said["checked"]) == (1, ["src"])
    assert [(e["code"], e["source"], e["count"]) for e in said["files"]["src/old.py"]] == [
        ("return-value", "return x", 1),
        ("typedml-unit", "return d", 2),
    ]
    before = (project / DEFAULT).read_bytes()
    run("src", "--write-baseline")
    assert (project / DEFAULT).read_bytes() == before


def test_what_is_known_is_silent_wherever_it_moves(project: Path) -> None:
    moved = OLD.replace("def first", "import math\n\n\ndef first").replace("    return d", "\treturn  d")
    (project / "src" / "old.py").write_text(moved)
    done = run("src")
    assert (done.exit_code, done.stdout) == (
        0,
        "Success: no new issues found (3 known findings in the baseline)\n",
    )
    assert done.stderr == ""


def test_what_is_new_fails_and_nothing_else_is_told(project: Path) -> None:
    (project / "src" / "old.py").write_text(OLD + NEW)
    done = run("src")
    first, hint, last = done.stdout.splitlines()
    assert done.exit_code == 1
    # Three alike where two are known: the last is as new as any.
    assert first.startswith("src/old.py:12: error: ")
    assert first.endswith("[typedml-unit]")
    assert hint.startswith("src/old.py:12: note: Hint: ")
    assert last == "Found 1 new error in 1 file (3 known findings in the baseline)"
    shown = run("src", "--show-column-numbers", "--no-error-summary")
    assert shown.stdout.startswith("src/old.py:12:12: error: ")
    assert len(shown.stdout.splitlines()) == 2


def test_machines_get_the_new_ones_as_mypy_says_them(project: Path) -> None:
    (project / "src" / "old.py").write_text(OLD + NEW)
    done = run("src", "--output=json")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["line"], row["code"], done.exit_code) == (12, "typedml-unit", 1)


def test_a_known_error_of_another_text_or_on_another_line_of_source_is_new(project: Path) -> None:
    (project / "src" / "old.py").write_text(OLD.replace("return x", "return x * 2"))
    done = run("src")
    assert done.exit_code == 1
    assert "[return-value]" in done.stdout
    assert "1 finding of the baseline no longer there" in done.stderr


def test_what_is_no_longer_found_is_told_and_fails_nothing(project: Path) -> None:
    (project / "src" / "old.py").write_text(OLD.replace("-> int", "-> float"))
    done = run("src")
    assert done.exit_code == 0
    assert done.stdout == "Success: no new issues found (2 known findings in the baseline)\n"
    first, which, hint = done.stderr.splitlines()
    assert first == f"{DEFAULT}: note: 1 finding of the baseline no longer there:"
    assert which.endswith('(got "float", expected "int")  [return-value]')
    assert hint.startswith("Hint: typedml check --write-baseline")


def test_what_this_run_has_not_looked_at_is_not_called_gone(project: Path) -> None:
    (project / "src" / "other.py").write_text(UNITS)
    done = run("src/other.py")
    assert (done.exit_code, done.stderr) == (0, "")
    (project / "src" / "old.py").unlink()
    gone = run("src/other.py")
    assert (gone.exit_code, "3 findings" in gone.stderr) == (0, True)


def test_without_the_baseline_all_is_told_and_another_file_is_read_where_it_is_named(project: Path) -> None:
    assert run("src", "--no-baseline").exit_code == 1
    (project / DEFAULT).rename(project / "known.json")
    assert run("src").exit_code == 1
    assert run("src", "--baseline", "known.json").exit_code == 0


DAMAGED: Final = {
    "no JSON": ("{", "is damaged: "),
    "another version": ('{"version": 2}', "is of version 2; this typedml reads version 1"),
    "no object": ("[]", "is of version None"),
    "a field is missing": (
        '{"version": 1, "checked": [], "files": {"a.py": [{"code": "x"}]}}',
        "'message' is missing",
    ),
    "a count is none": (
        '{"version": 1, "files": {"a": [{"code": "", "message": "", "source": "", "count": 0}]}}',
        '"count" is 0',
    ),
    "no list": ('{"version": 1, "checked": [], "files": ["a.py"]}', "is damaged: "),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_baseline_is_refused_with_what_to_do(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, fact = DAMAGED[damage]
    monkeypatch.chdir(tmp_path)
    (tmp_path / DEFAULT).write_text(text)
    refused = run("src")
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f'Error: the baseline "{DEFAULT}" ')
    assert fact in refused.stderr
    assert "Hint: restore it, or write it anew: `typedml check --write-baseline`" in refused.stderr


def test_a_baseline_that_is_named_and_missing_is_refused(project: Path) -> None:
    refused = run("src", "--baseline", "absent.json")
    assert refused.exit_code == 2
    assert 'Error: the baseline "absent.json" cannot be read: No such file' in refused.stderr
    assert "--write-baseline --baseline absent.json" in refused.stderr


def test_what_mypy_cannot_check_is_told_and_never_becomes_a_baseline(project: Path) -> None:
    before = (project / DEFAULT).read_bytes()
    (project / "src" / "broken.py").write_text("def f(:\n")
    compared = run("src")
    assert compared.exit_code == 2
    assert "src/broken.py:1: error: " in compared.stdout
    wrote = run("src", "--write-baseline")
    assert wrote.exit_code == 2
    assert "no baseline is written" in wrote.stderr
    assert (project / DEFAULT).read_bytes() == before


def test_options_that_contradict_each_other_are_refused() -> None:
    for pair in (("--write-baseline", "--no-baseline"), ("--baseline=x", "--coverage")):
        refused = run(*pair)
        assert refused.exit_code == 2
        assert "Hint: drop one of the two" in refused.stderr


def finding(**changes: object) -> Finding:
    row = {
        "file": "a.py",
        "line": 1,
        "column": 0,
        "severity": "error",
        "code": "c",
        "message": "m",
        "hint": None,
    }
    (found,), _ = read(json.dumps({**row, **changes}))
    return found


def test_lines_that_a_message_names_may_move_too(tmp_path: Path) -> None:
    one, other = finding(message='Name "x" is on line 5'), finding(message='Name "x" is on line 17')
    assert recognised([one], tmp_path) == recognised([other], tmp_path)
    assert recognised([one], tmp_path) != recognised([finding(message='Name "y" is on line 5')], tmp_path)


def test_a_note_is_told_and_fails_nothing(tmp_path: Path) -> None:
    note = finding(severity="note", message='Revealed type is "int"')
    assert Baseline().new([note], tmp_path) == [note]
    assert not note.is_error


def test_files_written_on_windows_and_elsewhere_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    beside, absolute = finding(file="src/a.py"), finding(file=str(tmp_path / "src" / "a.py"))
    assert [known.file for known in recognised([beside, absolute], tmp_path)] == ["src/a.py"] * 2
    (elsewhere,) = recognised([finding(file="/elsewhere/a.py")], tmp_path)
    assert elsewhere.file == "/elsewhere/a.py"
