"""Check what a feature's own declaration implies about it.

>>> from typing import Annotated
>>> from typedml import Unit
>>> Miles, Minutes = Annotated[float, Unit("mile")], Annotated[float, Unit("minute")]
>>> def ground_speed(distance: Miles, air_time: Minutes) -> Annotated[float, Unit("mile/hour")]:
...     return distance / air_time
>>> print(check_laws(ground_speed).failures[0].message.splitlines()[0])
coherent: ground_speed = 0.0166667 x its coherent value (1/60: minute -> hour?).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from typing import Any

import attrs

from typedml.declare.declared import DeclaredFunction
from typedml.errors import DeclarationError
from typedml.laws.asked import laws_asked, refuse_odd
from typedml.laws.case import Case
from typedml.laws.catalogue import CATALOGUE
from typedml.laws.effort import QUICK, Effort
from typedml.laws.feature import Feature
from typedml.laws.generate import cases
from typedml.laws.keeping import keeps
from typedml.laws.lengths import told_apart
from typedml.laws.report import LawReport, Skipped
from typedml.laws.run import Run
from typedml.laws.seeds import seeds_of
from typedml.laws.settings import Unfillable
from typedml.laws.timeline import timed
from typedml.laws.waivers import refuse_unknown_waivers

TABLES = QUICK.tables


def check_laws(
    f: Callable[..., Any],
    *,
    tables: int = TABLES,
    seed: int = 0,
    budget: float | None = None,
    only: str | Collection[str] | None = None,
    data: object = None,
    search: int = 0,
) -> LawReport:
    """Try every law that follows from the declaration of `f` on `tables` small generated tables each.

    The same seed gives the same tables, and the same verdicts. `budget` is how many seconds the laws of `f`
    may take: they run table by table, so that it cuts all of them alike, and what it cut is in `unreached`.
    `only` names the law, or the laws, to try. What `f` prints is held back. Three tables of four are made of
    the rows of `data`: a frame, or frames and arrays by parameter; rows that break their schema are left out
    and noted.

    With `search`, Hypothesis looks through so many cases more for one that refutes a law that held.

    Raises: DeclarationError if `f` is no function, its signature cannot be read, a law is named that there is
    not, a number is asked for that is none, or `data` is not what `f` takes.
    """
    refuse_odd("check_laws", tables=tables, seed=seed, budget=budget, search=search)
    declared = declaration_of(f)
    chosen = laws_asked("check_laws", only)
    run = run_of(declared, f, Effort(tables, budget, search), seed=seed, data=data)
    laws = [law for law in CATALOGUE if chosen is None or law.name in chosen]
    if isinstance(run, LawReport):
        return attrs.evolve(run, skipped=tuple(s for s in run.skipped if chosen is None or s.law in chosen))
    return run.report(laws, whole=chosen is None)


def declaration_of(f: Callable[..., Any]) -> DeclaredFunction:
    """What a function declares.

    Raises: DeclarationError if it is no function, or its signature cannot be read.
    """
    from typedml.declare.reader import read

    declared = read(f)
    if not isinstance(declared, DeclaredFunction):
        fact = f"{getattr(f, '__name__', f)!r} is a class: laws are about functions."
        raise DeclarationError(fact, "Give a function whose parameters and result are annotated.")
    if inspect.iscoroutinefunction(f) or inspect.isgeneratorfunction(f) or inspect.isasyncgenfunction(f):
        fact = f"{declared.name} does not return its values, it awaits or yields them."
        raise DeclarationError(fact, "Give the plain function that computes them.")
    return declared


def _timed(case: Case, feature: Feature) -> Case:
    """The case with its times where they turn; as it is where that would break a key or a reference."""
    moved = timed(case, feature.options, feature.inputs)
    return moved if moved is case or keeps(moved) else case


def run_of(
    declared: DeclaredFunction,
    function: Callable[..., Any],
    asked: Effort,
    *,
    seed: int = 0,
    data: object = None,
) -> Run | LawReport:
    """A function on its tables, of which laws may be asked; the report where no table can be made for it."""
    refuse_unknown_waivers(declared, [law.name for law in CATALOGUE])
    try:
        feature = Feature(told_apart(declared, function), function)
        seeds = None if data is None else seeds_of(feature.inputs, data)
        drawn = cases(feature.inputs, tables=asked.tables, seed=seed, seeds=seeds)
        generated = [case if seeds and not case.signed else _timed(case, feature) for case in drawn]
    except Unfillable as wanting:
        skipped = tuple(Skipped(law.name, str(wanting)) for law in CATALOGUE)
        return LawReport(declared.name, skipped=skipped, seed=seed)
    notes = () if seeds is None else tuple(seeds.left_out)
    return Run(
        feature,
        generated,
        seed=seed,
        budget=asked.budget,
        notes=notes,
        search=asked.search,
        rows_given=seeds is not None,
    )
