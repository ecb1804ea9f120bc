"""What each layer says of a mutant: mypy of its text, the boundary of its results, laws of what it does.

Where the laws of the right feature ask for a worked example, the one that they propose is a layer of its own.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import numpy as np

from tests.laws.mutants.examples import Example
from tests.laws.mutants.mutant import Mutant, alone, loaded
from typedml import CheckError, checked
from typedml.boundary import BoundaryError, run
from typedml.cli.mypy_run import run_mypy
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.markings import mark
from typedml.laws import check_laws

REPORTED = re.compile(r"^mutant_(\w+)\.py:\d+: error: (.*?)\s+\[(typedml-[a-z]+)\]$")


def said_by_mypy(mutants: Sequence[Mutant]) -> dict[str, str]:
    """What the plugin says of each mutant of one example that it refuses, by name: all in one run of mypy.

    What mypy says without the plugin, of a result that became Any, is not counted.
    """
    with TemporaryDirectory() as made:
        example = mutants[0].example
        folder = copytree(example.folder, Path(made, example.name), ignore=ignore_patterns("__pycache__"))
        for mutant in mutants:
            text = alone(mutant.source(), mutant.feature)
            (folder / f"mutant_{mutant.name}.py").write_text(text, encoding="utf-8")
        files = sorted(path.name for path in folder.glob("mutant_*.py"))
        arguments = ["--strict", "--cache-dir", str(Path(made, "cache")), *files]
        done = run_mypy(arguments, capture=True, cwd=folder)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    found: dict[str, str] = {}
    for line in done.stdout.splitlines():
        if match := REPORTED.match(line):
            found.setdefault(match[1], f"{match[3]}: {match[2]}")
    return found


def said_by_the_boundary(mutant: Mutant) -> str:
    """What the boundary says of the results on the real rows; nothing where they keep their declaration."""
    return said_of_results(loaded(mutant), mutant.example, mutant.place)


def said_of_results(function: Callable[..., Any], example: Example, place: str) -> str:
    """What the boundary says where a function is called with the real rows that the feature takes.

    Nothing of a feature that the run of the example does not call.
    """
    guarded = checked(function)
    with _silence(), run("mutant"):
        for schema, table in example.referred().items():
            schema.validate(table)
        try:
            for arguments in example.calls().get(place, ()):
                # A mutant may write into its input, and others are called with the same rows.
                guarded(*copy.deepcopy(arguments))
        except (CheckError, BoundaryError) as error:
            return _first_line(error)
        except Exception as error:  # noqa: BLE001 - whatever a mutant raises stops the pipeline
            return f"raises {type(error).__name__}: {_first_line(error)}"
    return ""


def said_by_laws(mutant: Mutant, *, tables: int = 8, seed: int = 0) -> dict[str, str]:
    """The laws that refute a mutant, each with the first sentence of its reason."""
    with _silence():
        report = check_laws(loaded(mutant), tables=tables, seed=seed)
    return {failure.law: _reason(failure.message) for failure in report.failures}


def said_by_the_proposed_example(mutant: Mutant) -> str:
    """What the laws say where the example is pasted that is proposed for the right feature, if one is."""
    proposed = proposed_examples(mutant.example, mutant.module, mutant.feature)
    if not proposed:
        return ""
    function = loaded(mutant)
    marks = mark(function)
    # A conversion is judged by the same laws, and has no options of a feature.
    marks.options = attrs.evolve(marks.options or FeatureOptions(), examples=proposed)
    with _silence():
        report = check_laws(function, only=["anchor"])
    return _reason(report.failures[0].message) if report.failures else ""


@cache
def proposed_examples(example: Example, module: str, feature: str) -> tuple[Any, ...]:
    """The worked example that the laws propose for a feature as it stands, where they ask for one."""
    example.on_path()
    with _silence():
        written = check_laws(getattr(import_module(module), feature)).skeleton
    names = {"dt": dt, "nan": float("nan"), "inf": float("inf")}
    return tuple(eval(f"dict({written})", names)["examples"]) if written else ()


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
