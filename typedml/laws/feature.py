"""A feature as laws see it: its declaration, its inputs, and what it does with a case."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, final

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.feature_options import FeatureOptions
from typedml.laws.build import arguments
from typedml.laws.case import Case, Mask
from typedml.laws.inputs import BASE, Input, inputs_of
from typedml.laws.outcome import Outcome, Raised, differing, in_order, read_result

NO_OPTIONS = FeatureOptions()
REPEATS = 6
# Complete rows that a feature must have seen before it is said to give nothing at all.
ENOUGH = 3


@final
class Feature:
    """A black box with a declaration; what it returned for a case is remembered."""

    def __init__(self, declared: DeclaredFunction, function: Callable[..., Any]) -> None:
        self.declared = declared
        self.function = function
        self.inputs: tuple[Input, ...] = inputs_of(declared)
        self.options = declared.options or NO_OPTIONS
        self.calls = 0
        self.unordered = False
        self.deterministic: bool | None = None
        self._positional = _positional_only(function)
        self.cases: tuple[Case, ...] = ()
        self._outcomes: dict[Case, Outcome | Raised] = {}

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.declared.name

    def outcome(self, case: Case) -> Outcome | Raised:
        """What the feature makes of a case; called once for each."""
        if case not in self._outcomes:
            self._outcomes[case] = self.call(arguments(case))
        return self._outcomes[case]

    @cached_property
    def void(self) -> frozenset[str]:
        """The labels of declared outputs that have no value in any of the cases, complete rows included."""
        complete, seen, present = 0, set[str](), set[str]()
        for case in self.cases:
            outcome = self.outcome(case)
            if isinstance(outcome, Raised):
                continue
            complete += complete_rows(case)
            seen |= {output.label for output in outcome.outputs if output.declared is not None}
            present |= {output.label for output in outcome.outputs if not output.null.all()}
        return frozenset(seen - present) if complete >= ENOUGH else frozenset()

    def is_void(self, case: Case) -> bool:
        """True where no declared output has a value, here or in any other case."""
        outcome = self.outcome(case)
        if isinstance(outcome, Raised):
            return False
        declared = [output for output in outcome.outputs if output.declared is not None]
        missing = declared and all(len(output.null) and output.null.all() for output in declared)
        # Only then are all cases asked, which a slow feature would pay for.
        return bool(missing) and all(output.label in self.void for output in declared)

    def settle(self, case: Case) -> None:
        """Find out whether rows come back in no order, as groups of polars do: then they are sorted."""
        if self.options.rows in ("each", "ordered"):
            return
        for _ in range(REPEATS if self.declared.result.library == "polars" else 1):
            if self.is_unordered(self.outcome(case), self.outcome(attrs.evolve(case))):
                return

    def is_unordered(self, first: Outcome | Raised, second: Outcome | Raised) -> bool:
        """Note whether two results have the same rows in another order; then forget them."""
        if isinstance(first, Raised) or isinstance(second, Raised) or self.unordered or _same(first, second):
            return False
        if self.options.rows in ("each", "ordered") or not _same(in_order(first), in_order(second)):
            return False
        self.unordered = True
        self._outcomes.clear()
        return True

    def call(self, given: dict[str, Any]) -> Outcome | Raised:
        """Call the feature, quietly; whatever it raises is a result too."""
        self.calls += 1
        named = dict(given)
        positional = [named.pop(name) for name in self._positional if name in named]
        with _quiet() as printed:
            try:
                value = self.function(*positional, **named)
                outcome = Outcome(read_result(self.declared, value), printed.getvalue())
                return in_order(outcome) if self.unordered else outcome
            # A feature is opaque code: whatever it raises is a finding to be reported, not a crash of ours.
            except (Exception, SystemExit) as error:  # noqa: BLE001
                failure = error if isinstance(error, Exception) else RuntimeError("it called sys.exit")
                return Raised(failure, printed.getvalue())


def complete_rows(case: Case) -> int:
    """How many rows of the base table miss nothing."""
    return int(complete(case).sum())


def complete(case: Case) -> Mask:
    """Which rows of the base table miss nothing."""
    whole = np.ones(case.rows, dtype=np.bool_)
    for column in case.columns:
        if not column.input.tabular or column.input.table == BASE:
            whole &= ~column.null
    return whole


def _same(first: Outcome, second: Outcome) -> bool:
    pairs = zip(first.outputs, second.outputs, strict=False)
    return all(not differing(b, a).any() for b, a in pairs)


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Hold back what a feature prints and warns of: it is called hundreds of times."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield printed


def _positional_only(function: Callable[..., Any]) -> tuple[str, ...]:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return ()
    return tuple(
        name for name, parameter in parameters.items() if parameter.kind is inspect.Parameter.POSITIONAL_ONLY
    )
