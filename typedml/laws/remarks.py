"""Notes about a feature that no law forbids: it prints, it sleeps, it reads more than its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from typedml.laws.case import Case
from typedml.laws.clock import TELLING
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome
from typedml.renderings.finding import counted

SLOW = 0.1
SHOWN = 3


def remarks(feature: Feature, case: Case) -> Iterator[str]:
    """What to say of a feature, seen on one case."""
    outcome, seen = feature.outcome(case), feature.observe(case).watched
    yield from _printed("standard output", outcome.printed)
    if isinstance(outcome, Outcome):
        yield from _printed("standard error", outcome.printed_errors)
    called = f"it was called {counted(feature.calls, 'time')}"
    if seen.slept:
        yield f"it sleeps: {seen.slept:.2g} s in one call, and {called}"
    elif seen.seconds > SLOW:
        yield f"it is slow: {seen.seconds:.2g} s for one call, and {called}"
    for what, names in (
        ("the file", seen.files),
        ("the environment variable", seen.variables),
        ("the address", seen.addresses),
    ):
        yield from (f"it reads {what} {name!r}, which is no argument of it" for name in _few(names))
    yield from (f"it starts the program {name!r}" for name in _few(seen.programs))
    if not seen.clocks and _names_a_clock(feature):
        yield "its code says `now` or `today`: whether its result depends on the clock was not seen"


def _printed(where: str, text: str) -> Iterator[str]:
    lines = text.strip().splitlines()
    if lines:
        yield f"it prints to {where}: {lines[0]!r}"


def _few(names: Iterable[str]) -> list[str]:
    return list(names)[:SHOWN]


def _names_a_clock(feature: Feature) -> bool:
    """True where a compiled clock may be called, such as that of pandas, which nothing tells of."""
    code = getattr(feature.function, "__code__", None)
    return code is not None and not set(TELLING).isdisjoint(code.co_names)
