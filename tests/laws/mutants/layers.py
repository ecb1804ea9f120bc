"""What each layer says of a mutant: mypy of its text, the boundary of its results, laws of what it does."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from tests.laws.mutants.mutant import FLIGHTS, Mutant, alone, loaded
from typedml import CheckError, checked
from typedml.boundary import BoundaryError, run
from typedml.cli.demo import DATA
from typedml.cli.mypy_run import run_mypy
from typedml.laws import check_laws

EXTRACT = DATA / "extract"
REPORTED = re.compile(r"^mutant_(\d+)\.py:\d+: error: (.*?)\s+\[(typedml-[a-z]+)\]$")


def said_by_mypy(mutants: Sequence[Mutant]) -> dict[int, str]:
    """What the plugin says of each mutant that it refuses, by number: all in one run of mypy.

    What mypy says without the plugin, of a result that became Any, is not counted.
    """
    with TemporaryDirectory() as made:
        folder = copytree(FLIGHTS, Path(made, "flights"), ignore=ignore_patterns("__pycache__"))
        for mutant in mutants:
            text = alone(mutant.source(), mutant.feature)
            (folder / f"mutant_{mutant.number:03}.py").write_text(text, encoding="utf-8")
        files = sorted(path.name for path in folder.glob("mutant_*.py"))
        arguments = ["--strict", "--cache-dir", str(Path(made, "cache")), *files]
        done = run_mypy(arguments, capture=True, cwd=folder)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    found: dict[int, str] = {}
    for line in done.stdout.splitlines():
        if match := REPORTED.match(line):
            found.setdefault(int(match[1]), f"{match[3]}: {match[2]}")
    return found


def said_by_the_boundary(mutant: Mutant) -> str:
    """What the boundary says of the results on the real rows; nothing where they keep their declaration."""
    return said_of_results(loaded(mutant), f"{mutant.module}.{mutant.feature}")


def said_of_results(function: Callable[..., Any], name: str) -> str:
    """What the boundary says where a function is called with the real rows that the feature `name` takes."""
    guarded = checked(function)
    with _silence(), run("mutant"):
        _look_up()
        try:
            for arguments in real_arguments()[name]:
                guarded(*arguments)
        except (CheckError, BoundaryError) as error:
            return _first_line(error)
        except Exception as error:  # noqa: BLE001 - whatever a mutant raises stops the pipeline
            return f"raises {type(error).__name__}: {_first_line(error)}"
    return ""


def _look_up() -> None:
    """See the tables that others refer to, in the run that begins."""
    compute, data = _example()
    compute.Airport.validate(data.airports)
    compute.Plane.validate(data.planes)


@cache
def _example() -> tuple[Any, Any]:
    """The module that prepares the tables, and the extract as it prepares it, with the aircraft of all."""
    sys.path.insert(0, str(FLIGHTS))
    import compute
    from tables import installed_folder, pandas_table

    data = compute.read(EXTRACT)
    planes = pandas_table(installed_folder(), "planes")
    return compute, data._replace(planes=planes, seated=compute.seated(data.flights, planes))


@cache
def real_arguments() -> Mapping[str, list[tuple[Any, ...]]]:
    """The arguments of each feature on the bundled extract, by its module and name."""
    compute, data = _example()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for one in compute.SERVED_FEATURES:
        rows = data.served[one.columns.split()].itertuples(index=False)
        found[f"features.{one.function.__name__}"] = [tuple(row) for row in rows]
    for whole in compute.WHOLE_FEATURES:
        arguments = whole.arguments(data)
        found[f"{whole.function.__module__}.{whole.function.__name__}"] = [arguments]
    return {**found, **_served_one_by_one(data, compute)}


def _served_one_by_one(data: Any, compute: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The arguments of what takes no column as it stands: a cut, a score, an angle."""
    features = sys.modules["features"]
    delays, ends = data.served["dep_delay"], data.served[compute.ENDS.split()]
    scores = delays.map(features.late_score)
    return {
        "features.is_late": [(delay, compute.LATE) for delay in data.served["arr_delay"]],
        "features.late_chance": [(score,) for score in scores],
        "features.late_instead": list(zip(scores, scores[::-1], strict=True)),
        "features.great_circle": [
            (features.central_angle(*end),) for end in ends.itertuples(index=False, name=None)
        ],
    }


def said_by_laws(mutant: Mutant, *, tables: int = 8, seed: int = 0) -> dict[str, str]:
    """The laws that refute a mutant, each with the first sentence of its reason."""
    with _silence():
        report = check_laws(loaded(mutant), tables=tables, seed=seed)
    return {failure.law: _reason(failure.message) for failure in report.failures}


def _reason(message: str) -> str:
    """The first line of a message without the name of the law, and the diagnosis if there is one."""
    first, *others = message.splitlines()
    diagnosis = [line.removeprefix("Diagnosis: ") for line in others if line.startswith("Diagnosis: ")]
    return " ".join([first.partition(": ")[2], *diagnosis[:1]])


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
