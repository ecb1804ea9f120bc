"""A law on one feature, table by table, and the time that all of them may take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import final

from typedml.laws.breach import Breach, Wanting
from typedml.laws.case import Case
from typedml.laws.catalogue import Law
from typedml.laws.effort import QUICK
from typedml.laws.feature import Feature


@final
class Deadline:
    """So many seconds from now; without a number there is no end."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._started = time.monotonic()

    @property
    def is_over(self) -> bool:
        """True where the seconds are spent."""
        return self.seconds is not None and time.monotonic() - self._started >= self.seconds

    @property
    def rest(self) -> float:
        """The seconds that are left."""
        return float("inf") if self.seconds is None else self.seconds - (time.monotonic() - self._started)


@final
class Trial:
    """A law on one feature, table by table, until it is refuted."""

    def __init__(self, law: Law, tables: int) -> None:
        self.law = law
        self.most = min(law.most, law.quick if tables <= QUICK.tables else tables, tables)
        self.held: set[int] = set()
        self.word = ""
        self.refuted: tuple[Case, Breach] | None = None
        self.reached = 0
        # True for a counterexample that needs no shrinking.
        self.is_small = False

    def takes(self, number: int) -> bool:
        """True where this table is still to be tried."""
        return self.refuted is None and number < self.most

    def take(self, feature: Feature, cases: Sequence[Case]) -> None:
        """Try the law on the cases of one table."""
        self.reached += 1
        for case in cases:
            verdict = self.law.holds(feature, case)
            if isinstance(verdict, Breach):
                self.refuted = case, verdict
                return
            if isinstance(verdict, Wanting):
                self.word = self.word or verdict.word
            else:
                self.held.add(case.number)

    def withdraw(self, word: str) -> None:
        """Take back what was found: the law cannot be judged, for want of this word."""
        self.refuted, self.word, self.reached = None, word, self.most
        self.held.clear()

    @property
    def is_cut(self) -> bool:
        """True where tables are left that the law was not tried on."""
        return self.refuted is None and self.reached < self.most

    @property
    def is_undecided(self) -> bool:
        """True where the law was tried to the end and could not be judged on any table."""
        return self.refuted is None and not self.is_cut and not self.held

    @property
    def is_checked(self) -> bool:
        """True where the law was refuted, or held on every table on which it could be judged."""
        return self.refuted is not None or (bool(self.held) and not self.is_cut)

    @property
    def tables(self) -> int:
        """On how many tables the law was judged."""
        return len(self.held | ({self.refuted[0].number} if self.refuted else set()))
