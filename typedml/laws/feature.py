"""A feature as laws see it: its declaration, its inputs, and what it does with a case."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any, final

import numpy as np

from typedml.declare.declared import DeclaredFunction, FeatureOptions
from typedml.laws.build import arguments
from typedml.laws.case import Case
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.outcome import Outcome, Raised, read_result

NO_OPTIONS = FeatureOptions()


@final
class Feature:
    """A black box with a declaration; what it returned for a case is remembered."""

    def __init__(self, declared: DeclaredFunction, function: Callable[..., Any]) -> None:
        self.declared = declared
        self.function = function
        self.inputs: tuple[Input, ...] = inputs_of(declared)
        self.options = declared.options or NO_OPTIONS
        self.calls = 0
        self._positional = _positional_only(function)
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

    def call(self, given: dict[str, Any]) -> Outcome | Raised:
        """Call the feature, quietly; whatever it raises is a result too."""
        self.calls += 1
        named = dict(given)
        positional = [named.pop(name) for name in self._positional if name in named]
        with _quiet() as printed:
            try:
                value = self.function(*positional, **named)
                return Outcome(read_result(self.declared, value), printed.getvalue())
            # A feature is opaque code: whatever it raises is a finding to be reported, not a crash of ours.
            except (Exception, SystemExit) as error:  # noqa: BLE001
                failure = error if isinstance(error, Exception) else RuntimeError("it called sys.exit")
                return Raised(failure, printed.getvalue())


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
