"""Whether a result counts days or hours of the calendar, which no scaling of durations changes.

Such a result is told by which instants share a day. It stays when instants move within their own days, and
changes when they are put on other days in their order. What merely sorts by an instant stays in both, what
has a window of 24 hours in neither, and what turns at an hour of the day does not count hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, final

import attrs
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from typedml.laws.case import Case, Column
from typedml.laws.cross_rules import holds
from typedml.laws.dependence import differ
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome

LARGEST = 4
MICROSECOND = "datetime64[us]"
HOUR = 3_600_000_000
DAY = 24 * HOUR
# By how many hours a count of hours is moved as a whole: what turns at an hour of the day changes then.
MOVED = 7
# Steps from one instant to the next, in days or hours: where many share one, and where each has its own.
SHARED = (0, 0, 1)
OWN = (1, 2)
ANEW = 0xCA1E

Steps = NDArray[np.int64]


@final
@attrs.frozen(eq=False)
class _Instants:
    """The different instants of a case in order, and the length of a day or an hour; in microseconds."""

    case: Case
    known: Steps
    length: int

    def at(self, new: Steps) -> Case:
        """The case with each of its instants replaced, in all columns alike."""
        return self.case.mapped(lambda column: self._replaced(column, new))

    def _replaced(self, column: Column, new: Steps) -> Column:
        if not column.input.is_instant or column.null.all():
            return column
        there = ~column.null
        values = column.values.copy()
        places = np.searchsorted(self.known, _numbers(column))
        values[there] = new[places].astype(MICROSECOND).astype(values.dtype)
        return column.replaced(values)

    def stepped(self, steps: tuple[int, ...], random: Generator) -> Steps:
        """The same order from the first day on, so many days from each instant to the next."""
        first = self.known[0] // self.length
        days = first + np.cumsum(np.append(0, random.choice(steps, size=len(self.known) - 1)))
        return self.inside(days, random)

    def inside(self, days: Steps, random: Generator) -> Steps:
        """Instants on these days, in order within each."""
        parts = random.integers(1, self.length, size=len(days))
        order = np.lexsort((parts, days))
        return np.asarray(days * self.length + parts[order])


def counted(feature: Feature, labels: frozenset[str]) -> str | None:
    """The instant of which some outputs count days or hours of the calendar; None where they count none."""
    largest = sorted(feature.cases, key=lambda case: -case.rows)[:LARGEST]
    names = [column.input.name for case in largest for column in case.columns if column.input.is_instant]
    if not names:
        return None
    found = any(_counts(feature, largest, labels, length) for length in (DAY, HOUR))
    return names[0] if found else None


def _counts(feature: Feature, cases: list[Case], labels: frozenset[str], length: int) -> bool:
    """True where outputs stay within days (or hours) in all cases, and change with the days in one."""
    changed = False
    for case in cases:
        known = [_numbers(column) for column in case.columns if column.input.is_instant]
        instants = _Instants(case, np.unique(np.concatenate(known)), length) if known else None
        if instants is None or not len(instants.known):
            continue
        random = np.random.default_rng((ANEW, case.number, length))
        drawn = [instants.stepped(steps, random) for steps in (SHARED, OWN)]
        for before, after in _within(instants, [instants.known, *drawn], random):
            if _differ(feature, before, after, labels):
                return False
        changed = changed or _differ(feature, *_on_other_days(instants, drawn), labels)
    return changed


def _within(instants: _Instants, drawn: list[Steps], random: Generator) -> Iterator[tuple[Case, Case]]:
    """Pairs of cases of the same days, or of hours that are moved alike."""
    moved = 0 if instants.length == DAY else MOVED
    for known in drawn:
        yield instants.at(known), instants.at(instants.inside(known // instants.length + moved, random))


def _on_other_days(instants: _Instants, drawn: list[Steps]) -> tuple[Case, Case]:
    """The instants where many share a day, and each on its own; at the same times of the day."""
    shared, own = drawn
    return instants.at(shared), instants.at(
        own // instants.length * instants.length + shared % instants.length
    )


def _differ(feature: Feature, before: Case, after: Case, labels: frozenset[str]) -> bool:
    """True where outputs differ; what breaks rules or raises tells nothing."""
    if not (_keeps_rules(before) and _keeps_rules(after)):
        return False
    first, second = feature.outcome(before), feature.outcome(after)
    both = isinstance(first, Outcome) and isinstance(second, Outcome)
    return both and differ(first, second, labels)


def _keeps_rules(case: Case) -> bool:
    return all(bool(holds(case, table).all()) for table in case.tables)


def _numbers(column: Column) -> NDArray[Any]:
    return column.values[~column.null].astype(MICROSECOND).astype(np.int64)
