"""mypy with the plugin and without: on a package without typedml, and on one full of quantities."""

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import Row, Unavailable
from benchmarks.measure import command_cpu_seconds, environment

FOREIGN = ("rich", "pydantic", "hypothesis")
"""Installed packages that do not use typedml; the first of at least `FILES` files is taken."""
FILES = 100
ROUNDS = 3
MODULES = 40
FUNCTIONS = 100
USING = "from typing import Annotated\nfrom typedml import Unit\nx: Annotated[float, Unit('km')] = 1.0\n"
HEADER = {
    "quantities": (
        "from typing import Annotated\nfrom typedml import Probability, Unit, convert\n"
        "Km = Annotated[float, Unit('km')]\nHour = Annotated[float, Unit('hour')]\n"
        "Minute = Annotated[float, Unit('minute')]\nSpeed = Annotated[float, Unit('km/hour')]\n"
        "Squared = Annotated[float, Unit('km**2')]\n"
    ),
    "floats": (
        "from typing import Annotated\n"
        "def convert(x: float, source: str, target: str) -> float:\n    return x\n"
        "Probability = float\nKm = float\nHour = float\nMinute = float\nSpeed = float\nSquared = float\n"
    ),
}
BODY = """
def speed{n}(distance: Km, time: Hour, pause: Minute) -> Speed:
    total = 0.0
    for leg in (distance, 2.0 * distance, distance - distance / 3):
        total += leg
    return total / (time + convert(pause, "minute", "hour"))


def area{n}(a: Km, b: Km, p: Probability) -> Squared:
    wide = a if a > b else b
    if p > 0.5 and wide >= 0.0:
        return wide * a + abs(b) * max(a, b)
    return (1 - p) * area{n}(b, wide, 1 - p * p)
"""


def rows() -> list[Row]:
    """Measure a foreign package, alone and beside one file that uses typedml; then a dense package."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_foreign(Path(folder)), *_dense(Path(folder))]


def _foreign(folder: Path) -> Iterator[Row]:
    package, files = _package()
    (folder / "uses.py").write_text(USING, encoding="utf-8")
    # Where one file uses typedml, its hooks and its table of units are loaded: that is told, not bounded.
    cases: tuple[tuple[str, list[str], float | None], ...] = (
        ("alone", [], 1.05),
        ("beside a file that uses typedml", ["-m", "uses"], None),
    )
    for what, more, budget in cases:
        arguments = ("--no-incremental", "-p", package, *more)
        best = _least({name: partial(_mypy, folder, name, *arguments) for name in ("off", "on")})
        yield Row(
            what=f"mypy cold on {package} {what}, plugin on",
            measured=best["on"],
            unit="s CPU",
            reference=best["off"],
            beside="off",
            budget=budget,
            note=f"{files} files",
        )


def _package() -> tuple[str, int]:
    for name in FOREIGN:
        found = importlib.util.find_spec(name)
        if found is not None and found.origin is not None:
            files = len(list(Path(found.origin).parent.rglob("*.py")))
            if files >= FILES:
                return name, files
    raise Unavailable(f"one of {', '.join(FOREIGN)} with at least {FILES} files")


def _dense(folder: Path) -> Iterator[Row]:
    for name in HEADER:
        package = folder / name
        package.mkdir()
        for number in range(MODULES):
            functions = "".join(BODY.format(n=n) for n in range(FUNCTIONS // 2))
            (package / f"part{number}.py").write_text(HEADER[name] + functions, encoding="utf-8")
        (package / "__init__.py").touch()
    note = f"{MODULES * FUNCTIONS} functions"
    for step, budget, run in (("cold", 1.5, _cold), ("warm", 1.2, _warm), ("after one edit", 1.2, _edited)):
        best = _least({name: partial(run, folder, name) for name in HEADER})
        yield Row(
            what=f"mypy {step}, a dense package of quantities",
            measured=best["quantities"],
            unit="s CPU",
            reference=best["floats"],
            beside="the same with floats",
            budget=budget,
            note=note,
        )
    memory = {name: _peak(folder, name) for name in HEADER}
    yield Row(
        what="mypy's memory, a dense package of quantities",
        measured=memory["quantities"],
        unit="MiB",
        reference=memory["floats"],
        beside="the same with floats",
        note=note,
    )


def _least(contestants: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return the least of several rounds, in which the contestants take turns."""
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(ROUNDS):
        for name, run in contestants.items():
            best[name] = min(best[name], run())
    return best


def _configured(folder: Path, name: str) -> str:
    plugin = "plugins = typedml.mypy\n" if name in ("on", "quantities") else ""
    (folder / f"{name}.ini").write_text(f"[mypy]\n{plugin}", encoding="utf-8")
    return f"{name}.ini"


def _mypy(folder: Path, name: str, *arguments: str) -> float:
    command = [sys.executable, "-m", "mypy", "--config-file", _configured(folder, name), *arguments]
    return command_cpu_seconds(command, cwd=folder, accepted=(0, 1))


def _cold(folder: Path, name: str) -> float:
    return _mypy(folder, name, "--no-incremental", name)


def _warm(folder: Path, name: str) -> float:
    _mypy(folder, name, "--cache-dir", f"cache-{name}", name)
    return _mypy(folder, name, "--cache-dir", f"cache-{name}", name)


def _edited(folder: Path, name: str) -> float:
    _mypy(folder, name, "--cache-dir", f"cache-{name}", name)
    part = folder / name / "part0.py"
    part.write_text(part.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    return _mypy(folder, name, "--cache-dir", f"cache-{name}", name)


PEAK = """
import resource, sys
from mypy import api
api.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _peak(folder: Path, name: str) -> float:
    config = _configured(folder, name)
    command = [sys.executable, "-c", PEAK, "--config-file", config, "--no-incremental", name]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
