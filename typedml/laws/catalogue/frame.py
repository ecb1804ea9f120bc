"""The law `frame`: a feature depends on what it declares, on nothing else, and leaves it as it was."""

from __future__ import annotations

import random
from typing import Any

import attrs
import numpy as np

from typedml.laws.breach import Breach, Side, Verdict
from typedml.laws.build import arguments, library
from typedml.laws.case import Case
from typedml.laws.comparison import different
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Raised
from typedml.laws.side_effects import (
    changes_settings,
    depends_on_clock,
    refills_results,
    seeds_generators,
)

# Two groups come in either order: so often in a row in the same one only once in thousands of runs.
MANY_REPEATS = 12


def frame(feature: Feature, case: Case) -> Verdict:
    """Undeclared columns do not matter, inputs are not mutated, and the same input gives the same twice."""
    first = feature.outcome(case)
    if isinstance(first, Raised):
        return None
    # One more call tells two things: whether it gives the same, and whether it leaves its input alone.
    given = feature.given(case)
    again = feature.call(given)
    breach = unrepeated(feature, case, first, again) or _leaves_alone(feature, case, given, again)
    first = feature.outcome(case)
    if breach is not None or isinstance(first, Raised):
        return breach
    for law in (changes_settings, seeds_generators, depends_on_clock, refills_results, _ignores):
        breach = law(feature, case, first)
        if breach is not None:
            return breach
    return None


def is_deterministic(feature: Feature, case: Case) -> bool:
    """True where two calls with equal inputs agree; other laws mean nothing where they do not."""
    first = feature.outcome(case)
    again = feature.outcome(attrs.evolve(case))
    return isinstance(first, Raised) or unrepeated(feature, case, first, again) is None


def unsteady(feature: Feature, case: Case) -> Breach | None:
    """A breach where equal inputs give other results now and then, as groups of polars in any order do.

    It is asked where another law was broken, whose counterexample would blame what was changed.
    """
    first = feature.outcome(case)
    for _ in range(MANY_REPEATS if uses_polars(feature) else 1):
        if isinstance(first, Raised) or feature.is_hanging:
            return None
        breach = unrepeated(feature, case, first, feature.call(arguments(case)))
        first = feature.outcome(case)
        if breach is not None:
            return breach
    return None


def uses_polars(feature: Feature) -> bool:
    """True where frames of polars come in or out, or the code names polars: threads order its groups."""
    declared = feature.declared
    given = {declared.result.library, *(source.parameter.library for source in feature.inputs)}
    code, known = (getattr(feature.function, name, None) for name in ("__code__", "__globals__"))
    named = [known.get(name) for name in code.co_names] if code is not None and known is not None else []
    return "polars" in given or any(getattr(value, "__name__", "") == "polars" for value in named)


def unrepeated(feature: Feature, case: Case, first: Outcome, again: Outcome | Raised) -> Breach | None:
    """A breach where a second result for equal inputs is another one."""
    marks = different(first, again)
    if not marks or feature.is_unordered(first, again):
        return None
    cause, hint = _cause(feature, case)
    return Breach(
        statement=f"`{feature.name}` must give the same result for the same input, but {cause}.",
        sides=(Side("first call", case, first), Side("second call", case, again)),
        marks=marks,
        expected=first.outputs,
        hint=hint,
    )


def _cause(feature: Feature, case: Case) -> tuple[str, str]:
    """Why two calls differ, as far as it was seen, and what to do about it."""
    seen = feature.observe(feature.cases[0] if feature.cases else case).watched
    # Chance agrees too, now and then, where threads order rows; a draw leaves its trace in a generator.
    if (seen.draws or not uses_polars(feature)) and _agrees_when_seeded(feature, case):
        return "it draws random numbers", "pass a seeded generator as a parameter: np.random.default_rng(7)."
    if seen.clocks:
        read = " and ".join(f"`{name}`" for name in seen.clocks)
        return f"it depends on the clock: it reads {read}", "take the moment as a parameter."
    if seen.entropy:
        return "it draws random numbers from a generator that it seeds anew", "pass a seeded generator."
    if uses_polars(feature):
        return (
            "it answers differently from call to call: groups and joins of polars come in any order",
            'group_by(..., maintain_order=True), join(..., maintain_order="left"), sort by what never ties.',
        )
    return "it keeps state between calls or reads the clock", "keep nothing between calls."


def _agrees_when_seeded(feature: Feature, case: Case) -> bool:
    """True where the global generators explain the difference; their state is put back."""
    state, legacy = random.getstate(), np.random.get_state()
    try:
        seen = []
        for _ in range(2):
            random.seed(7)
            np.random.seed(7)
            seen.append(feature.outcome(attrs.evolve(case)))
    finally:
        random.setstate(state)
        np.random.set_state(legacy)
    alike = isinstance(seen[0], Outcome) and not different(seen[0], seen[1])
    if not alike:
        return False
    # What only changed once, and not again, is state and no chance.
    first, second = (feature.outcome(attrs.evolve(case)) for _ in range(2))
    return not isinstance(first, Outcome) or bool(different(first, second))


def _leaves_alone(
    feature: Feature, case: Case, given: dict[str, Any], outcome: Outcome | Raised
) -> Breach | None:
    defaults = {parameter.name for parameter in feature.changeable}
    for name, untouched in feature.given(case).items():
        if not _same(given[name], untouched):
            return Breach(
                statement=f"`{feature.name}` must leave its inputs as they were, but it changes `{name}`.",
                sides=(Side("called with", case, outcome),),
                diagnosis=_what_changed(given[name], untouched, is_default=name in defaults),
                hint=f"work on a copy: `{name} = {name}.copy()`, or `{name}.assign(...)` for a frame.",
            )
    return None


def _same(left: Any, right: Any) -> bool:
    if isinstance(right, np.ndarray):
        return isinstance(left, np.ndarray) and left.dtype == right.dtype and _same_cells(left, right)
    for name in ("pandas", "polars"):
        if type(right).__module__.split(".")[0] == name:
            return type(left) is type(right) and bool(library(name).same(left, right))
    if isinstance(right, dict):
        return list(left) == list(right) and all(map(_same, left.values(), right.values()))
    if isinstance(right, list | tuple) and isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    return bool(left == right or (left != left and right != right))


def _same_cells(left: Any, right: Any) -> bool:
    if left.dtype.kind in "fmM":
        return bool(np.array_equal(left, right, equal_nan=True))
    return left.shape == right.shape and all(map(_same, left.tolist(), right.tolist()))


def _what_changed(after: Any, before: Any, *, is_default: bool) -> str:
    """Name the columns that were added, dropped or changed."""
    if is_default:
        return "its default is one object for all calls: the next call starts from what this one made of it."
    if not hasattr(before, "columns"):
        return "its values are other ones after the call."
    new = [str(name) for name in after.columns if name not in before.columns]
    gone = [str(name) for name in before.columns if name not in after.columns]
    facts = [f"adds {', '.join(new)}" if new else "", f"drops {', '.join(gone)}" if gone else ""]
    said = " and ".join(filter(None, facts))
    return f"it {said}." if said else "values, order or labels of its rows are other ones after the call."


def _ignores(feature: Feature, case: Case, first: Outcome) -> Breach | None:
    widened = attrs.evolve(case, extras=True)
    if not any(_may_be_wider(source.parameter.schema) for source in feature.inputs):
        return None
    wider = feature.outcome(widened)
    declared = {output.label for output in first.outputs}
    marks = different(first, _only(wider, declared))
    if not marks and not isinstance(wider, Raised):
        return None
    fact = f"it raised {wider}" if isinstance(wider, Raised) else "the result is another one"
    return Breach(
        statement=f"Columns that no schema declares must not matter to `{feature.name}`, but {fact}.",
        sides=(Side("before", case, first), Side("after (undeclared columns added)", widened, wider)),
        marks=marks,
        expected=first.outputs,
        hint='name the columns that it reads, or forbid others with `extra="forbid"`.',
    )


def _may_be_wider(schema: Any) -> bool:
    return schema is not None and schema.extra == "allow"


def _only(outcome: Outcome | Raised, labels: set[str]) -> Outcome | Raised:
    if isinstance(outcome, Raised):
        return outcome
    return attrs.evolve(outcome, outputs=tuple(o for o in outcome.outputs if o.label in labels))
