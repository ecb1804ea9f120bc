"""Packages that know nothing of typedml, under `mypy --strict` with the plugin and without it.

    python -m tests.mypy.foreign_packages            # all that are installed, as a table
    python -m tests.mypy.foreign_packages rich click # some

Each is copied under its own name, so that it is code under check and not a library whose errors are silent,
and checked five times without a cache: without the plugin and with it, alone and beside a module that uses
typedml, and at the level strict. Times are CPU seconds of mypy.
"""

from __future__ import annotations

import importlib.util
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

PACKAGES: Final = tuple(
    "packaging click attr httpx anyio flask werkzeug jinja2 starlette rich trio fsspec narwhals pint "
    "pydantic networkx hypothesis polars sqlalchemy".split()
)
USING: Final = (
    "from typing import Annotated\nfrom typedml import Unit\nKm = Annotated[float, Unit('km')]\n"
    "def f(d: Km) -> Km:\n    return d + d\n"
)
OFF: Final = "[mypy]\n"
ON: Final = "[mypy]\nplugins = typedml.mypy\n"
STRICT: Final = ON + "[typedml]\nlevel = strict\n"
INTERNAL: Final = ("INTERNAL ERROR", "typedml-internal", "Traceback")


class Run(NamedTuple):
    """What one run of mypy said, and the CPU seconds that it took."""

    output: str
    seconds: float

    @property
    def failures(self) -> int:
        """How many lines tell of a failure inside mypy or the plugin."""
        return sum(any(word in line for word in INTERNAL) for line in self.output.splitlines())


class Comparison(NamedTuple):
    """The runs of one package: a run without the plugin before each that it is compared with."""

    package: str
    files: int
    pairs: tuple[tuple[Run, Run], ...]

    @property
    def differences(self) -> int:
        """How many bytes differ, counted from the first line that does."""
        return sum(_differing(off.output, on.output) for off, on in self.pairs)

    @property
    def failures(self) -> int:
        """How many lines of all runs tell of an internal failure that is not mypy's own."""
        return sum(max(0, on.failures - off.failures) for off, on in self.pairs)

    def ratio(self, pair: int) -> float:
        """CPU time with the plugin over that without it."""
        off, on = self.pairs[pair]
        return on.seconds / off.seconds


def compare(package: str, folder: Path) -> Comparison | None:
    """Check a package with the plugin and without it; None where it is not installed."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return None
    copy = folder / package
    shutil.copytree(Path(found.origin).parent, copy, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    (folder / "beside.py").write_text(USING, encoding="utf-8")
    alone, beside = ("-p", package), ("-p", package, "-m", "beside")
    off, on = run(OFF, alone, folder), run(ON, alone, folder)
    off_beside = run(OFF, beside, folder)
    together = [run(configuration, beside, folder) for configuration in (ON, STRICT)]
    pairs = ((off, on), *((off_beside, each) for each in together))
    return Comparison(package, len([*copy.rglob("*.py"), *copy.rglob("*.pyi")]), pairs)


def run(configuration: str, arguments: tuple[str, ...], folder: Path) -> Run:
    """Run `mypy --strict` in a folder, without any cache."""
    (folder / "mypy.ini").write_text(configuration, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(done.stdout + done.stderr, seconds)


def _differing(one: str, other: str) -> int:
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return max(len(one), len(other)) - same


def row(found: Comparison) -> str:
    """Return a comparison as a row of the table."""
    said = len(found.pairs[0][0].output.splitlines()) - 1
    times = f"{found.pairs[0][0].seconds:7.1f} s " + "".join(f"{found.ratio(i):8.2f}" for i in range(3))
    return f"{found.package:12}{found.files:6}{said:8}{found.differences:10}{found.failures:10}{times}"


def main(names: list[str]) -> int:
    """Print the table; return 1 if anything differs."""
    print(f"{'package':12}{'files':>6}{'said':>8}{'differing':>10}{'internal':>10}{'off':>9}", end="")
    print(f"{'on':>8}{'beside':>8}{'strict':>8}", flush=True)
    bad = 0
    for name in names or PACKAGES:
        with tempfile.TemporaryDirectory(prefix="typedml-") as folder:
            found = compare(name, Path(folder))
        print(f"{name:12} is not installed" if found is None else row(found), flush=True)
        bad += found is not None and bool(found.differences or found.failures)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
