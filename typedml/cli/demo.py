"""`typedml demo`: three real mistakes on real flights, each caught by another layer.

The mistakes stand in `demo_data/` as ordinary source files. They are copied to a folder of their own and
really run: through mypy with the plugin, through the boundary, and through the laws. Mend one, and its
message is gone.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import attrs

from typedml.cli.failure import Failure

if TYPE_CHECKING:
    from rich.console import Console

    from typedml.boundary.report import FailingRow, Report

DATA = Path(__file__).parent / "demo_data"
# What the demo itself runs on, beside what typedml always has: module, and the extra that brings it.
NEEDED = {"pandas": "pandas", "mypy": "mypy"}
SHOWN_ROWS = 3
HINT = "Hint: "


@final
@attrs.frozen
class Act:
    """One mistake: the file it stands in, what is shown of it, the wrong words, and the layer that sees it.

    The last of `shown` is the function that is wrong.
    """

    number: int
    title: str
    layer: str
    file: str
    shown: tuple[str, ...]
    planted: str

    @property
    def function(self) -> str:
        """The name of the function that is wrong."""
        return self.shown[-1]

    @property
    def module(self) -> str:
        """The name by which the file is imported."""
        return self.file.removesuffix(".py")


STATIC = Act(
    number=1,
    title="Before it runs",
    layer="mypy",
    file="ground_speed.py",
    shown=("ground_speed",),
    planted="distance / air_time",
)
BOUNDARY = Act(
    number=2,
    title="Where data enters and leaves",
    layer="boundary",
    file="late_shares.py",
    shown=("late_shares",),
    planted="100 * late",
)
LAWS = Act(
    number=3,
    title="Where no type checker can read",
    layer="laws",
    file="air_density.py",
    shown=("GasConstant", "Densities", "density"),
    planted="pressure /",
)
ACTS = (STATIC, BOUNDARY, LAWS)


@final
@attrs.frozen
class Finding:
    """What a layer said: the fact, rows or values that show it, the hint, the code, and the line if known."""

    text: str
    details: tuple[str, ...] = ()
    hint: str = ""
    code: str = ""
    line: int | None = None


@final
@attrs.frozen
class Scene:
    """An act played: its source as it stood, what running it unchecked gives, what its layer found."""

    act: Act
    source: str
    outcome: str
    findings: tuple[Finding, ...]


@final
@attrs.frozen
class Validated:
    """A table of the extract, held against its schema."""

    table: str
    rows: int
    rules: int
    findings: tuple[Finding, ...]


def run(console: Console | None = None, *, stage: Path = DATA) -> int:
    """Show three real mistakes, each caught by another layer."""
    from typedml.cli import demo_screen
    from typedml.cli.console import console as standard_console

    _refuse_missing()
    started = time.perf_counter()
    screen = console or standard_console()
    demo_screen.opening(screen, (stage / "declared.py").read_text(encoding="utf-8"))
    caught = 0
    for played in perform(stage):
        demo_screen.show(screen, played)
        caught += isinstance(played, Scene) and bool(played.findings)
    demo_screen.closing(screen, caught, len(ACTS), time.perf_counter() - started)
    return 0 if caught == len(ACTS) else 1


def _refuse_missing() -> None:
    missing = [module for module in NEEDED if importlib.util.find_spec(module) is None]
    if missing:
        fact = f"the demo runs {' and '.join(missing)}, which this environment lacks"
        raise Failure(fact, f'pip install "typedml[{",".join(dict.fromkeys(NEEDED.values()))}]"')


def perform(stage: Path = DATA, acts: Collection[Act] = ACTS) -> Iterator[Validated | Scene]:
    """Play the demo of a folder: first its tables, each against its schema, then the acts.

    mypy reads its act in the background from the start, because it takes longest.
    """
    with tempfile.TemporaryDirectory(prefix="typedml-demo-") as folder:
        copy = Path(folder).resolve() / "stage"
        shutil.copytree(stage, copy, ignore=shutil.ignore_patterns("__pycache__"))
        with ThreadPoolExecutor(max_workers=1) as behind, on_stage(copy):
            read = behind.submit(mypy_findings, copy, STATIC.file) if STATIC in acts else None
            yield from validate_tables()
            if read is not None:
                yield play_static(copy, read)
            if BOUNDARY in acts:
                yield play_boundary(copy)
            if LAWS in acts:
                yield play_laws(copy)


@contextmanager
def on_stage(folder: Path) -> Iterator[None]:
    """Let the files of a folder be imported by their names, and restore what had these names before."""
    names = [file.stem for file in folder.glob("*.py")]
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def validate_tables() -> Iterator[Validated]:
    """Check every table of the extract against its schema."""
    tables = importlib.import_module("tables")
    for table, schema in tables.SCHEMAS.items():
        report = schema.check(tables.read(table))
        yield Validated(table, report.rows, len(report.counts), tuple(_violations(report)))


def play_static(stage: Path, read: Future[tuple[Finding, ...]]) -> Scene:
    """Run the first act on one flight, and take what mypy found meanwhile."""
    flight = importlib.import_module("tables").read("flights").iloc[0]
    distance, air_time = float(flight["distance"]), float(flight["air_time"])
    speed = function_of(STATIC)(distance, air_time)
    outcome = f"{distance:.0f} miles to {flight['dest']} in {air_time:.0f} minutes: {speed:,.1f} mph"
    return Scene(STATIC, source_of(stage, STATIC), outcome, read.result())


def mypy_findings(stage: Path, file: str) -> tuple[Finding, ...]:
    """Run mypy with the plugin on one file of the stage, apart from any configuration of the user."""
    from typedml.cli.mypy_run import run_mypy

    settings = stage.parent / "mypy.ini"
    settings.write_text(f"[mypy]\nplugins = typedml.mypy\ncache_dir = {stage.parent / 'cache'}\n")
    done = run_mypy(["--output=json", file], config_file=str(settings), capture=True, cwd=stage)
    if done.returncode not in (0, 1):
        said = done.stderr.strip() or done.stdout.strip()
        raise Failure(f"mypy could not read the demo: {said}", "`typedml doctor` tells what is installed")
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return tuple(
        Finding(
            text=each["message"],
            hint=(each["hint"] or "").removeprefix(HINT),
            code=each["code"],
            line=each["line"],
        )
        for each in messages
        if each["severity"] == "error"
    )


def play_boundary(stage: Path) -> Scene:
    """Run the second act on the day's flights; what it makes of them has to keep its schema."""
    from typedml.boundary import BoundaryError

    findings: tuple[Finding, ...] = ()
    try:
        function_of(BOUNDARY)(importlib.import_module("tables").read("flights"))
    except BoundaryError as error:
        findings = tuple(_violations(error.report))
    return Scene(BOUNDARY, source_of(stage, BOUNDARY), "", findings)


def _violations(report: Report) -> Iterator[Finding]:
    for failure in report.failures:
        shown = failure.rows[:SHOWN_ROWS]
        hidden = failure.count - len(shown)
        more = (f"... and {hidden} more",) if shown and hidden > 0 else ()
        yield Finding(failure.reason, (*map(_row, shown), *more), failure.hint, failure.code)


def _row(row: FailingRow) -> str:
    return ", ".join(f"{name} = {_value(value)}" for name, value in {**row.keys, **row.values}.items())


def _value(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def play_laws(stage: Path) -> Scene:
    """Run the third act on the day's weather, then hold it against the laws of its signature."""
    from typedml.laws import check_laws

    density = function_of(LAWS)
    air = importlib.import_module("tables").air()
    weight, kelvin = density(air).median(), air["temp"].median()
    outcome = f"the air over Newark, at {kelvin:.0f} K: {weight:.2g} kg/m³; where you breathe it is 1.2"
    failures = check_laws(density).failures
    findings = (Finding(*_parted(failure.message), code="typedml-law") for failure in failures)
    return Scene(LAWS, source_of(stage, LAWS), outcome, tuple(findings))


def _parted(message: str) -> tuple[str, tuple[str, ...], str]:
    """Divide what a law says into its fact, the table that shows it, and the hint."""
    said, _, hint = message.partition(f"\n{HINT}")
    text, *details = (line for line in said.splitlines() if not line.startswith("Repeat: "))
    fact, _, explanation = text.partition(". ")
    return fact.removesuffix("."), tuple(filter(None, (explanation, *details))), hint


def function_of(act: Act) -> Callable[..., Any]:
    """Import the function of an act from the stage."""
    function: Callable[..., Any] = getattr(importlib.import_module(act.module), act.function)
    return function


def source_of(stage: Path, act: Act) -> str:
    """Read the file of an act as it stands on the stage."""
    return (stage / act.file).read_text(encoding="utf-8")
