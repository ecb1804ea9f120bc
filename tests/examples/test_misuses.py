"""`typedml check` on the example: nothing as it stands, one error for each misuse planted in it."""

import re
import shutil
from pathlib import Path

import pytest

from typedml.cli.mypy_run import run_mypy

FOLDER = Path(__file__).parents[2] / "examples" / "flights"

# The file, the words as they stand, the words of the misuse, and what mypy then says.
MISUSES = [
    (
        "features.py",
        'return distance / convert(air_time, "minute", "hour")',
        "return distance / air_time",
        r'got "float\[mile/minute\]", expected "float\[mile/hour\]".*\[typedml-unit\]',
    ),
    (
        "features.py",
        "return arr_delay >= cut",
        "return arr_delay >= cut * 2",
        r"\[typedml-kind\]",
    ),
    (
        "features.py",
        "return dep_delay - arr_delay",
        'return dep_delay - convert(arr_delay, "minute", "hour")',
        r"\[typedml-unit\]",
    ),
    (
        "features.py",
        'math.cos(convert(wind_dir - course, "degree", "radian"))',
        'math.cos(convert(wind_dir + course, "degree", "radian"))',
        r"\[typedml-kind\]",
    ),
    (
        "features.py",
        'return convert(pressure, "millibar", "pascal") / (gas_constant * kelvin)',
        "return pressure / (gas_constant * kelvin)",
        r"\[typedml-unit\]",
    ),
]


def errors(folder: Path, *files: str) -> list[str]:
    done = run_mypy(["--strict", "--cache-dir", str(folder / "cache"), *files], capture=True, cwd=folder)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if ": error: " in line]


def planted(folder: Path, *misuses: tuple[str, str, str, str]) -> Path:
    copy = shutil.copytree(FOLDER, folder / "flights", ignore=shutil.ignore_patterns("__pycache__"))
    for file, right, wrong, _ in misuses:
        text = (copy / file).read_text(encoding="utf-8")
        assert text.count(right) == 1, right
        (copy / file).write_text(text.replace(right, wrong), encoding="utf-8")
    return copy


def test_the_example_is_clean(tmp_path: Path) -> None:
    assert errors(planted(tmp_path), "schemas.py", "features.py") == []


def test_five_planted_misuses_are_five_errors_and_no_more(tmp_path: Path) -> None:
    found = errors(planted(tmp_path, *MISUSES), "schemas.py", "features.py")
    assert len(found) == len(MISUSES) == 5, found
    for file, _, wrong, said in MISUSES:
        line = (tmp_path / "flights" / file).read_text(encoding="utf-8").split(wrong)[0].count("\n") + 1
        assert any(f"{file}:{line}: " in error and re.search(said, error) for error in found), (said, found)


@pytest.mark.slow
def test_the_whole_example_is_clean_and_stays_so_in_the_files_without_misuse(tmp_path: Path) -> None:
    assert errors(planted(tmp_path / "clean"), ".") == []
    assert len(errors(planted(tmp_path / "misused", *MISUSES), ".")) == 5
