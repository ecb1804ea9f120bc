"""`typedml doctor`: what is installed and supported, whether mypy reaches the plugin, what is not checked."""

import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import click

from typedml.cli.console import ABSENT, BAD, GOOD, console, table, title
from typedml.cli.failure import Failure
from typedml.cli.installed import Library, libraries
from typedml.cli.mypy_config import PLUGIN, MypyConfig, find
from typedml.cli.mypy_run import run_mypy
from typedml.shipped import stubs_folder

PROBE = """\
from typing import Annotated
from typedml import Unit
def probe(distance: Annotated[float, Unit("km")]) -> Annotated[float, Unit("hour")]: return distance
"""
PROBE_CODE = "[typedml-unit]"
OLDEST_PYTHON = (3, 11)

# What is not supported, and why: shown to everyone, because silence would look like support.
UNSUPPORTED = (
    (
        "mypy before 2.4, from 2.5 on",
        "the plugin reads internals of mypy that are tested with these versions only",
    ),
    ("pyright, ty, pyrefly", "they see plain floats and ints: no errors, and no checks of meanings either"),
    (
        "frames of other libraries than pandas, polars, pyarrow, numpy, PySpark, DuckDB and Dask",
        "those that narwhals reads are taken and untested, others refused, never waved through",
    ),
    ("pandera on Spark with pandas 3.1", "its Spark backend does not import there"),
    ("Pint 0.26 on Python 3.11", "it needs Python 3.12; 0.25 is used there"),
)


class Finding(NamedTuple):
    """One line of the diagnosis: whether it is well, what was looked at, and what was seen."""

    good: bool
    what: str
    seen: str


@click.command()
def doctor() -> None:
    """Tell what is installed, which versions are supported and whether mypy reaches the plugin.

    Exit status 1 if something that is installed does not work together.
    """
    out, found = console(), list(libraries())
    out.print(title("typedml", metadata.version("typedml")))
    findings = [_python(), *_configuration(), _plugin(found)]
    out.print(table([(GOOD if f.good else BAD, f.what, f.seen) for f in findings]))
    out.print(title("\nLibraries", "installed, supported, used for"))
    out.print(table([_row(library) for library in found], styles=("", "", "", "dim", "dim")))
    out.print(title("\nNot supported"))
    out.print(table([(ABSENT, f"{what}: [dim]{why}[/]") for what, why in UNSUPPORTED]))
    well = all(f.good for f in findings) and all(library.accepted for library in found)
    click.get_current_context().exit(0 if well else 1)


def _row(library: Library) -> Sequence[str]:
    mark = BAD if not library.accepted else GOOD if library.version else ABSENT
    supported = library.supported or "any"
    return mark, library.name, library.version or "not installed", supported, library.purpose


def _python() -> Finding:
    implementation = platform.python_implementation()
    good = sys.version_info >= OLDEST_PYTHON and implementation == "CPython"
    return Finding(good, "Python", f"{platform.python_version()} ({implementation}), {sys.executable}")


def _configuration() -> Iterator[Finding]:
    try:
        config = find()
    except Failure as failure:
        yield Finding(False, "mypy configuration", f"{failure.message}. {failure.hint}")
        return
    yield Finding(True, "mypy configuration", _described(config))
    if "pydantic.mypy" in config.plugins:
        yield Finding(True, "pydantic.mypy", "set init_typed = true, or its constructors accept any meaning")
    folder = stubs_folder()
    yield Finding(
        folder.is_dir(), "library meanings", f"{len(list(folder.rglob('*.pyi')))} files in {folder}"
    )


def _described(config: MypyConfig) -> str:
    if config.path is None:
        return "none here; `typedml check` needs none"
    said = f"names {PLUGIN}" if config.has_plugin else f"without {PLUGIN}; `typedml check` adds it"
    return f"{config.path} {said}"


def _plugin(found: Sequence[Library]) -> Finding:
    mypy = next(library for library in found if library.name == "mypy")
    if mypy.version is None:
        return Finding(True, "plugin", 'not asked, mypy is not installed: pip install "typedml[mypy]"')
    with tempfile.TemporaryDirectory(prefix="typedml-") as folder:
        root = Path(folder)
        (root / "probe.py").write_text(PROBE, encoding="utf-8")
        (root / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
        done = run_mypy(
            ["probe.py", "--no-color-output"], config_file=str(root / "mypy.ini"), capture=True, cwd=root
        )
    if PROBE_CODE in done.stdout:
        return Finding(True, "plugin", f"reached: mypy {mypy.version} refuses kilometres as hours")
    lines = (done.stdout + done.stderr).strip().splitlines()
    return Finding(
        False, "plugin", f"not reached by mypy {mypy.version}: {lines[0] if lines else 'it was silent'}"
    )
