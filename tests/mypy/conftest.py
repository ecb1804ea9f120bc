"""Runs mypy once over all cases, with the plugin as a user would configure it.

Libraries are read from a cache that is filled once: reading them takes ten times as long as all else. What a
test writes is never in it, so that a run is as cold as one without a cache in all that changes.
"""

from __future__ import annotations

import atexit
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path

import attrs
import pytest

CASES = Path(__file__).parent / "cases"
# What would be right and is not seen: each file says why, and docs/limits.md what to do about it.
OPEN = Path(__file__).parent / "cases_open"
LINE = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+):(?:[\d:]+:)? (?P<severity>error|note): (?P<text>.*)$")
EXPECTED = re.compile(r"# (?P<tag>[ENR]): (?P<text>.*?)(?=\s+# [ENR]: |$)")


@attrs.frozen
class Answer:
    """What mypy said of some files: messages by file name and line, and its exit status."""

    said: dict[str, dict[int, list[str]]]
    output: str
    status: int


@attrs.frozen
class Mypy:
    """Runs mypy in a directory of its own."""

    folder: Path

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / f"{name}.py").write_text(text, encoding="utf-8")

    def configure(self, *lines: str, plugin: str = "typedml.mypy") -> None:
        text = "\n".join([f"[mypy]\nplugins = {plugin}", *lines, ""])
        (self.folder / "mypy.ini").write_text(text, encoding="utf-8")

    def run(self, *arguments: str, incremental: bool = False) -> Answer:
        """Run mypy on files of the folder, with `mypy.ini` there (a bare one, if it is missing).

        One that is `incremental` starts from what the last such run of the folder left.
        """
        if not (self.folder / "mypy.ini").exists():
            self.configure()
        kept = ".cache" if incremental else ".cache_of_one_run"
        if not incremental or not (self.folder / kept).exists():
            shutil.rmtree(self.folder / kept, ignore_errors=True)
            shutil.copytree(read_libraries(), self.folder / kept)
        return self.command("mypy", "--cache-dir", kept, "--no-error-summary", *arguments)

    def command(self, module: str, *arguments: str) -> Answer:
        """Run a module of mypy's in the folder."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Answer(parse(done.stdout), done.stdout + done.stderr, done.returncode)


@cache
def read_libraries() -> Path:
    """The cache of a run over libraries alone; mypy throws away of it what other options make stale."""
    folder = Path(tempfile.mkdtemp(prefix="typedml-mypy-"))
    atexit.register(shutil.rmtree, folder)
    mypy = Mypy(folder)
    mypy.configure()
    mypy.write(libraries="import attrs, numpy, pandas, polars, typedml")
    mypy.command("mypy", "--cache-dir", ".cache", "libraries.py")
    return folder / ".cache"


def parse(output: str) -> dict[str, dict[int, list[str]]]:
    said: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in output.splitlines():
        match = LINE.match(row)
        if match:
            tag = "E" if match["severity"] == "error" else "N"
            text = match["text"]
            if text.startswith('Revealed type is "'):
                tag, text = "R", text.removeprefix('Revealed type is "').removesuffix('"')
            said[Path(match["file"]).name][int(match["line"])].append(f"{tag}: {text}")
    return said


def expected(text: str) -> dict[int, list[str]]:
    """What the comments of a file say that mypy says, by line."""
    found: dict[int, list[str]] = {}
    for number, row in enumerate(text.splitlines(), 1):
        comments = [f"{m['tag']}: {m['text'].strip()}" for m in EXPECTED.finditer(row)]
        if comments:
            found[number] = comments
    return found


@pytest.fixture
def mypy(tmp_path: Path) -> Mypy:
    return Mypy(tmp_path)


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    folder = tmp_path_factory.mktemp("cases")
    for cases in (CASES, OPEN):
        shutil.copytree(cases, folder, dirs_exist_ok=True)
    runner = Mypy(folder)
    names = sorted(path.name for path in folder.glob("*.py"))
    return runner.run(*names, "--hide-error-context", "--show-column-numbers", "--show-error-end")
