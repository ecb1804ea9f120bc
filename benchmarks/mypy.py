"""mypy with the plugin: over a package that does not use typedml, and over a dense package of quantities."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from subprocess import run

from benchmarks import Row, Unavailable
from benchmarks.measure import command_cpu_seconds

ROUNDS = 3
FOREIGN = "rich"
MODULES, FUNCTIONS = 20, 60
PLUGIN = {"plugin": "[mypy]\nplugins = typedml.mypy\n", "plain": "[mypy]\n"}
USES_TYPEDML = "from typing import Annotated\nfrom typedml import Unit\nKm = Annotated[float, Unit('km')]\n"

HEAD = {
    "plugin": "from typing import Annotated\nfrom typedml import Unit\n"
    "Km = Annotated[float, Unit('km')]\nHour = Annotated[float, Unit('hour')]\n"
    "Kmh = Annotated[float, Unit('km/hour')]\n",
    "plain": "from typing import Annotated\nfrom typedml import Unit\n"
    "Km = float\nHour = float\nKmh = float\n",
}
FUNCTION = """
def f{i}(a: Km, b: Km, t: Hour) -> Kmh:
    total = a + b
    if total > a:
        total = total - b * 0.5
    return max(total, b) / t
"""


def rows() -> list[Row]:
    """Measure both, cold, warm and after one edit."""
    if find_spec("mypy") is None:
        raise Unavailable("mypy is not installed")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in PLUGIN.items():
            (root / f"{name}.ini").write_text(text)
        return [*_foreign(root), *_dense(root)]


def _foreign(root: Path) -> Iterator[Row]:
    spec = find_spec(FOREIGN)
    if spec is None or spec.origin is None:
        raise Unavailable(f"{FOREIGN} is not installed")
    # A copy is checked as a user's own package: of installed ones mypy hides what it finds.
    package = shutil.copytree(Path(spec.origin).parent, root / "foreign" / FOREIGN)
    files = len(list(package.rglob("*.py")))
    (root / "own.py").write_text(USES_TYPEDML)
    for what, sources in (("", [str(package)]), (" and one file that does", [str(package), "own.py"])):
        cold: dict[str, float] = {}
        said: dict[str, str] = {}
        for name in _turns():
            command = _command(root, name, sources)
            cold[name] = min(cold.get(name, float("inf")), _cold(root, name, command))
            said[name] = run(command, cwd=root, capture_output=True, text=True, check=False).stdout
        same = "identical" if said["plugin"] == said["plain"] else "DIFFERENT"
        lines = len(said["plain"].splitlines())
        yield Row(
            what=f"mypy cold, {files} files without typedml{what}",
            measured=cold["plugin"],
            reference=cold["plain"],
            unit="s CPU",
            beside="without the plugin",
            budget=1.05 if not what else None,
            note=f"output {same}, {lines} lines",
        )


def _dense(root: Path) -> Iterator[Row]:
    figures: dict[str, dict[str, float]] = {"cold": {}, "warm": {}, "one edit": {}}
    for name in HEAD:
        _write_dense(root / f"dense_{name}", HEAD[name])
    for name in _turns():
        source = f"dense_{name}"
        command = _command(root, name, [source])
        least = figures["cold"], figures["warm"], figures["one edit"]
        for figure, seconds in zip(least, _life(root, name, command, root / source), strict=True):
            figure[name] = min(figure.get(name, float("inf")), seconds)
    for what, budget in (("cold", 1.5), ("warm", 1.2), ("one edit", 1.2)):
        yield Row(
            what=f"mypy {what}, {MODULES * FUNCTIONS:,} functions of quantities",
            measured=figures[what]["plugin"],
            reference=figures[what]["plain"],
            unit="s CPU",
            beside="the same of floats, without the plugin",
            budget=budget,
        )


def _turns() -> Iterator[str]:
    for _ in range(ROUNDS):
        yield from PLUGIN


def _command(root: Path, name: str, sources: list[str]) -> list[str]:
    cache = str(root / f"cache_{name}")
    return [sys.executable, "-m", "mypy", "--config-file", f"{name}.ini", "--cache-dir", cache, *sources]


def _cold(root: Path, name: str, command: list[str]) -> float:
    shutil.rmtree(root / f"cache_{name}", ignore_errors=True)
    return command_cpu_seconds(command, cwd=root, accepted=(0, 1))


def _life(root: Path, name: str, command: list[str], package: Path) -> tuple[float, float, float]:
    """Return the CPU seconds of a cold run, a warm one, and one after an edit."""
    cold = _cold(root, name, command)
    warm = command_cpu_seconds(command, cwd=root)
    edited = package / "m0.py"
    edited.write_text(edited.read_text() + "\nEDITED = True\n")
    return cold, warm, command_cpu_seconds(command, cwd=root)


def _write_dense(package: Path, head: str) -> None:
    package.mkdir()
    (package / "__init__.py").touch()
    body = "".join(FUNCTION.format(i=i) for i in range(FUNCTIONS))
    for number in range(MODULES):
        (package / f"m{number}.py").write_text(head + body)
