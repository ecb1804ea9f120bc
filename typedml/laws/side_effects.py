"""What a feature does beside returning, as breaches: it changes settings, or depends on the clock."""

from __future__ import annotations

import numpy as np

from typedml.laws.breach import Breach, Side
from typedml.laws.build import arguments
from typedml.laws.case import Case
from typedml.laws.clock import SHIFT, months_later
from typedml.laws.comparison import different
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome


def changes_settings(feature: Feature, case: Case, first: Outcome) -> Breach | None:
    """A breach where a call changes a setting of the process or of a library."""
    if not feature.observe(feature.cases[0]).changed:
        return None
    changed = feature.observe(case).changed
    if not changed:
        return None
    return Breach(
        statement=f"`{feature.name}` must change nothing beside its result, but it changes "
        f"{' and '.join(changed)}.",
        sides=(Side("called with", case, first),),
        hint="take it as a parameter, or set it once where the program starts.",
    )


def seeds_generators(feature: Feature, case: Case, first: Outcome) -> Breach | None:
    """A breach where a call sets the global generators of random numbers to a state of its own."""
    if not feature.observe(feature.cases[0]).watched.draws or not feature.reseeds(case):
        return None
    return Breach(
        statement=f"`{feature.name}` must change nothing beside its result, but it seeds the global "
        "generator of random numbers.",
        sides=(Side("called with", case, first),),
        hint="use a generator of its own: np.random.default_rng(seed).",
    )


def refills_results(feature: Feature, case: Case, first: Outcome) -> Breach | None:
    """A breach where a call fills the very object that an earlier one returned."""
    if not feature.refills:
        return None
    return Breach(
        statement=f"`{feature.name}` must leave everything as it was, but it returns one object at every "
        "call, which changes an earlier result.",
        sides=(Side("called with", case, first),),
        hint="return a new object at every call.",
    )


def depends_on_clock(feature: Feature, case: Case, first: Outcome) -> Breach | None:
    """A breach where a call gives another result when the clocks that it reads are set ahead."""
    seen = feature.observe(feature.cases[0]).watched
    if not seen.clocks:
        return None
    with months_later(seen.scopes.values()):
        later = feature.call(arguments(case))
    marks = different(first, later)
    if not marks:
        return None
    read = " and ".join(f"`{name}`" for name in seen.clocks)
    return Breach(
        statement=f"`{feature.name}` must give the same result for the same input, but it depends on the "
        f"clock: it reads {read}.",
        sides=(Side("today", case, first), Side(f"{SHIFT.days} days later", case, later)),
        marks=marks,
        expected=first.outputs,
        hint="take the moment as a parameter: `now: dt.datetime`.",
    )


def keeps_state(feature: Feature, case: Case, first: Outcome) -> Breach | None:
    """A breach where, after many other calls, the first input gives another result."""
    again = feature.call(arguments(case))
    marks = different(first, again)
    if not marks or (isinstance(again, Outcome) and feature.is_unordered(first, again)):
        return None
    return Breach(
        statement=f"`{feature.name}` must give the same result for the same input, but it keeps state "
        "between calls.",
        sides=(Side("first call", case, first), Side("after other calls", case, again)),
        marks={label: np.asarray(mask) for label, mask in marks.items()},
        expected=first.outputs,
        hint="keep nothing between calls: what is learnt belongs in a parameter.",
    )
