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

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.errors import DeclarationError
from typedml.laws.breach import Breach, Wanting
from typedml.laws.case import Case
from typedml.laws.catalogue import CATALOGUE, Law, applicable
from typedml.laws.catalogue.call import NO_VALUE
from typedml.laws.catalogue.frame import is_deterministic
from typedml.laws.feature import Feature
from typedml.laws.generate import cases
from typedml.laws.inputs import Unfillable
from typedml.laws.rendering import render
from typedml.laws.report import Checked, Failure, LawReport, Skipped
from typedml.laws.shrink import Shrinker
from typedml.laws.threads import one_thread

TABLES = 8
SETTLING = 4


def check_laws(f: Callable[..., Any], *, tables: int = TABLES, seed: int = 0) -> LawReport:
    """Try every law that follows from the declaration of `f` on `tables` small generated tables each.

    The same seed gives the same tables. What `f` prints is held back.

    Raises: DeclarationError if `f` is no function, or its signature cannot be read.
    """
    if tables < 1:
        raise DeclarationError(
            f"check_laws(tables={tables}) checks nothing.", "Give at least one table: tables=8."
        )
    return check_declared(declaration_of(f), f, tables=tables, seed=seed)


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


def check_declared(
    declared: DeclaredFunction,
    function: Callable[..., Any],
    *,
    tables: int = TABLES,
    seed: int = 0,
    only: Collection[str] | None = None,
) -> LawReport:
    """Try the laws of a declaration on a function; `only` names the laws to try."""
    chosen = [law for law in CATALOGUE if only is None or law.name in only]
    try:
        feature = Feature(declared, function)
        generated = cases(feature.inputs, tables=tables, seed=seed)
    except Unfillable as wanting:
        return LawReport(
            declared.name, skipped=tuple(Skipped(law.name, str(wanting)) for law in chosen), seed=seed
        )
    with one_thread(), np.errstate(all="ignore"):
        return _Run(feature, generated, seed).report(chosen)


class _Run:
    """One feature on its generated tables."""

    def __init__(self, feature: Feature, generated: list[Case], seed: int) -> None:
        self.feature = feature
        self.cases = generated
        self.tables = generated[-1].number + 1
        self.seed = seed
        self.failures: list[Failure] = []
        self.checked: list[Checked] = []
        self.skipped: list[Skipped] = []
        self.feature.cases = tuple(generated)
        self.feature.settle(max(generated[:SETTLING], key=lambda case: case.rows))

    def report(self, laws: list[Law]) -> LawReport:
        wanting = applicable(self.feature.declared)
        for law in laws:
            word = wanting[law.name] or self._unsettled(law)
            if word is not None:
                self.skipped.append(Skipped(law.name, word))
            else:
                self._check(law)
        return LawReport(
            self.feature.name,
            failures=tuple(self.failures),
            checked=tuple(self.checked),
            skipped=tuple(self.skipped),
            notes=self._notes(),
            seed=self.seed,
            calls=self.feature.calls,
        )

    def _unsettled(self, law: Law) -> str | None:
        """Of a feature that gives nothing, or not twice the same, few laws can be asked."""
        if law.name == "call":
            return None
        if self.feature.is_void(self.cases[0]):
            return NO_VALUE
        if law.name == "frame" or is_deterministic(self.feature, self.cases[0]):
            return None
        return "the same result for the same input"

    def _check(self, law: Law) -> None:
        held: set[int] = set()
        word = ""
        for case in self.cases:
            if case.number >= law.most:
                break
            verdict = law.holds(self.feature, case)
            if isinstance(verdict, Breach):
                self.checked.append(Checked(law.name, len(held | {case.number})))
                self.failures.append(self._failure(law, case, verdict))
                return
            if isinstance(verdict, Wanting):
                word = word or verdict.word
            else:
                held.add(case.number)
        if held:
            self.checked.append(Checked(law.name, len(held)))
        else:
            self.skipped.append(Skipped(law.name, word))

    def _failure(self, law: Law, case: Case, breach: Breach) -> Failure:
        def refutes(smaller: Case) -> Breach | None:
            verdict = law.holds(self.feature, smaller)
            return verdict if isinstance(verdict, Breach) else None

        small = Shrinker(refutes, case, breach).shrunk()
        message = render(law.name, self.feature.name, small, seed=self.seed, tables=self.tables)
        return Failure(law.name, message, feature=self.feature.name, rows=small.sides[0].case.rows)

    def _notes(self) -> tuple[str, ...]:
        outcome = self.feature.outcome(self.cases[0])
        printed = outcome.printed.strip()
        return (f"it prints to standard output: {printed.splitlines()[0]!r}",) if printed else ()
