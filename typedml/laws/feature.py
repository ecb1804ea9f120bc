"""A feature as laws see it: its declaration, its inputs, and what it does with a case."""

from __future__ import annotations

import contextlib
import inspect
import io
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, final

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.feature_options import FeatureOptions
from typedml.laws.build import arguments, changeable, fresh_defaults
from typedml.laws.case import Case, Mask
from typedml.laws.causes import place_of_error
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.limits import NoAnswer, is_users, limited
from typedml.laws.outcome import Outcome, Raised, differing, in_order, read_result, reordered
from typedml.laws.placing import BASE
from typedml.laws.surroundings import Surroundings
from typedml.laws.watch import Watched, watch

NO_OPTIONS = FeatureOptions()
REPEATS = 6
# Complete rows that a feature must have seen before it is said to give nothing at all.
ENOUGH = 3
SLOW_SECONDS = 2.0


@final
@attrs.frozen(eq=False)
class Observation:
    """What one call did beside returning: what it read, and the settings that it changed."""

    watched: Watched
    after: Surroundings
    changed: tuple[str, ...]

    @property
    def is_slow(self) -> bool:
        """True where one more call is too dear to be made for this alone."""
        return self.watched.seconds > SLOW_SECONDS


@final
class Feature:
    """A black box with a declaration; what it returned for a case is remembered."""

    def __init__(self, declared: DeclaredFunction, function: Callable[..., Any]) -> None:
        self.declared = declared
        self.function = function
        self.inputs: tuple[Input, ...] = inputs_of(declared)
        self.options = declared.options or NO_OPTIONS
        self.calls = 0
        # True once a call gave no answer in time: then no more are made.
        self.is_hanging = False
        self.unordered = False
        self.deterministic: bool | None = None
        self._positional = _positional_only(function)
        # The parameters of which every call gets a fresh default.
        self.changeable = changeable(self.declared)
        self.cases: tuple[Case, ...] = ()
        self._outcomes: dict[Case, Outcome | Raised] = {}
        self._last: tuple[object, Outcome | None] = (None, None)
        # True where a call fills the object that an earlier one returned.
        self.refills = False
        self._observations: dict[Case, Observation] = {}

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.declared.name

    def outcome(self, case: Case) -> Outcome | Raised:
        """What the feature makes of a case; called once for each."""
        if case not in self._outcomes:
            self._outcomes[case] = self.call(arguments(case))
        return self._outcomes[case]

    def given(self, case: Case) -> dict[str, Any]:
        """The arguments of one call, with its own copy of each default that it could change."""
        return {**fresh_defaults(self.changeable), **arguments(case)}

    @property
    def seen(self) -> list[tuple[Case, Outcome]]:
        """The generated cases that were called so far, and what came of them."""
        found = ((case, self._outcomes.get(case)) for case in self.cases)
        return [(case, outcome) for case, outcome in found if isinstance(outcome, Outcome)]

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
        if self.options.rows in ("each", "ordered") or self.is_hanging:
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

    def observe(self, case: Case) -> Observation:
        """Call the feature and see what it does beside returning; what it changes is put back.

        What only the first of two calls changes is the doing of a library that it loads.
        """
        if case not in self._observations:
            first = self._observed(case)
            second = self._observed(case) if first.changed and not first.is_slow else first
            lasting = [name for name in first.changed if name in second.changed]
            if first.changed and not lasting:
                first.after.restore()
            self._observations[case] = attrs.evolve(second, changed=tuple(lasting))
        return self._observations[case]

    def _observed(self, case: Case) -> Observation:
        given = arguments(case)
        with _quiet() as told:
            before = Surroundings.now()
            outcome, watched = watch(lambda: self._in_time(given, *told))
            after = Surroundings.now()
            changed = before.changed()
            before.restore()
        self._outcomes.setdefault(case, outcome)
        return Observation(watched, after, tuple(changed))

    def _note_reuse(self, value: object, outcome: Outcome) -> None:
        """Note whether the object of the last result was filled anew, so that whoever holds it is misled."""
        last, before = self._last
        same_object = last is value and not isinstance(value, (float, int, str, bool, type(None)))
        if same_object and before is not None and not _same(before, outcome):
            self.refills = True
        self._last = value, outcome

    def reseeds(self, case: Case) -> bool:
        """True where two calls leave the global generators in one state, whatever state they were in."""
        states = random.getstate(), np.random.get_state()
        left = []
        try:
            for seed in (1, 2):
                random.seed(seed)
                np.random.seed(seed)
                self.call(arguments(case))
                left.append((random.getstate(), np.random.get_state()[1].tolist()))  # type: ignore[index]
        finally:
            random.setstate(states[0])
            np.random.set_state(states[1])
        return any(before == after for before, after in zip(*left, strict=True))

    def call(self, given: dict[str, Any]) -> Outcome | Raised:
        """Call the feature, quietly; whatever it raises is a result too."""
        with _quiet() as told:
            return self._in_time(given, *told)

    def _in_time(self, given: dict[str, Any], printed: io.StringIO, errors: io.StringIO) -> Outcome | Raised:
        """The answer, or that there was none in time: the alarm may come before the call and after it too."""
        try:
            with limited():
                return self._answer(given, printed, errors)
        except NoAnswer as error:
            self.is_hanging = True
            return Raised(error, printed.getvalue())

    def _answer(self, given: dict[str, Any], printed: io.StringIO, errors: io.StringIO) -> Outcome | Raised:
        self.calls += 1
        # No call sees what another made of a default.
        named = {**fresh_defaults(self.changeable), **given}
        positional = [named.pop(name) for name in self._positional if name in named]
        try:
            value = self.function(*positional, **named)
            if inspect.iscoroutine(value):
                # One that nobody awaits would be complained of when it is thrown away.
                value.close()
            found = read_result(self.declared, value)
            outcome = Outcome(found, printed.getvalue(), errors.getvalue())
            self._note_reuse(value, outcome)
            return in_order(outcome) if self.unordered else outcome
        # A feature is opaque code: whatever it raises is a finding to be reported, not a crash of ours.
        except BaseException as error:
            if is_users(error):
                raise
            self.is_hanging = self.is_hanging or isinstance(error, NoAnswer)
            return Raised(error, printed.getvalue(), place_of_error(error))


def complete_rows(case: Case) -> int:
    """How many rows of the base table miss nothing."""
    return int(complete(case).sum())


def complete(case: Case) -> Mask:
    """Which rows of the base table miss nothing."""
    whole = np.ones(case.rows, dtype=np.bool_)
    for column in case.columns:
        if column.input.tabular and column.input.table == BASE:
            whole &= ~column.null
        elif not column.input.tabular and not column.input.optional:
            whole &= not column.null.any()
    return whole


def _same(first: Outcome, second: Outcome) -> bool:
    pairs = zip(first.outputs, second.outputs, strict=False)
    return all(not differing(b, a, reordered(b)).any() for b, a in pairs)


@contextlib.contextmanager
def _quiet() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """Hold back what a feature prints and warns of, and let it ask nobody: it is called hundreds of times."""
    printed, errors, asked = io.StringIO(), io.StringIO(), sys.stdin
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(errors),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        sys.stdin = io.StringIO()
        try:
            yield printed, errors
        finally:
            sys.stdin = asked


def _positional_only(function: Callable[..., Any]) -> tuple[str, ...]:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return ()
    return tuple(
        name for name, parameter in parameters.items() if parameter.kind is inspect.Parameter.POSITIONAL_ONLY
    )
