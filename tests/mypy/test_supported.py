"""Both ends of the range of mypy that is supported, and one release below it: installed, and run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from typedml.mypy.versions import BELOW, LOWEST, SUPPORTED

ROOT: Final = Path(__file__).parents[2]
OLDEST: Final = f"mypy=={LOWEST[0]}.{LOWEST[1]}.0"
NEWEST: Final = f"mypy{SUPPORTED}"
TOO_OLD: Final = f"mypy<{LOWEST[0]}.{LOWEST[1]}"
CASES: Final = (
    "tests/mypy/test_cases.py",
    "tests/mypy/test_leaving.py",
    "tests/mypy/test_noninterference.py",
)
CODE: Final = """\
from typing import Annotated
from typedml import Unit
def f(d: Annotated[float, Unit("km")]) -> Annotated[float, Unit("hour")]:
    return d
"""


def run(folder: Path, *command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a module of Python's with what was installed into a folder in front of all else."""
    path = os.pathsep.join([str(folder), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", *command],
        env={**os.environ, "PYTHONPATH": path},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def installed(requirement: str, folder: Path) -> Path:
    """Install a mypy into a folder of its own; without an index there is nothing to be seen."""
    target = folder / "installed"
    done = run(folder, "pip", "install", "--quiet", "--target", str(target), requirement, cwd=folder)
    if done.returncode:
        pytest.skip(f"{requirement} cannot be installed: {done.stderr[-200:]}")
    return target


@pytest.mark.slow
@pytest.mark.parametrize("requirement", [OLDEST, NEWEST])
def test_all_cases_hold_at_both_ends_of_the_supported_range(requirement: str, tmp_path: Path) -> None:
    target = installed(requirement, tmp_path)
    version = run(target, "mypy", "--version").stdout
    assert requirement == NEWEST or requirement[6:] in version
    done = run(target, "pytest", "-q", "-p", "no:cacheprovider", *CASES)
    assert done.returncode == 0, version + done.stdout[-3000:]


@pytest.mark.slow
def test_a_mypy_below_the_range_is_told_what_to_install_and_does_not_crash(tmp_path: Path) -> None:
    target = installed(TOO_OLD, tmp_path)
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = typedml.mypy\n", encoding="utf-8")
    done = run(target, "mypy", "code.py", cwd=tmp_path)
    said = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 2, said
    assert re.fullmatch(r"typedml\.mypy works with mypy \S+; this is mypy [\d.]+\.", said[0]), said
    assert said[1:] == [f'Hint: pip install "mypy{SUPPORTED}"']


def test_the_range_is_the_one_that_the_package_asks_for() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'mypy = ["mypy{SUPPORTED}"]' in project
    assert f">={'.'.join(map(str, LOWEST))},<{'.'.join(map(str, BELOW))}" == SUPPORTED
    assert f"mypy {LOWEST[0]}.{LOWEST[1]}" in (ROOT / "docs" / "mypy.md").read_text(encoding="utf-8")
