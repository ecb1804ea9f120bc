"""One feature on its tables: every law takes a table in turn, so that a budget cuts all of them alike."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from importlib import util
from typing import final

import attrs
import numpy as np

from typedml.laws.breach import Breach
from typedml.laws.case import Case
from typedml.laws.catalogue import Law
from typedml.laws.catalogue.call import NO_VALUE
from typedml.laws.catalogue.frame import is_deterministic, unsteady, uses_polars
from typedml.laws.determinacy import determinacy
from typedml.laws.feature import Feature
from typedml.laws.limits import NoAnswer, watched_signals
from typedml.laws.outcome import Raised
from typedml.laws.remarks import apart, missing, remarks, several
from typedml.laws.rendering import failure
from typedml.laws.repeating import Asked
from typedml.laws.report import Checked, Failure, LawReport, Skipped, Unreached
from typedml.laws.shrink import Shrinker
from typedml.laws.side_effects import keeps_state
from typedml.laws.skeleton import skeleton
from typedml.laws.surroundings import Surroundings
from typedml.laws.threads import one_thread
from typedml.laws.trial import Deadline, Trial
from typedml.laws.unread import unread
from typedml.laws.unvaried import unvaried
from typedml.laws.waivers import waiver_note

SETTLING = 4
UNSTEADY = "the same result for the same input"
# What shrinking may take, for all counterexamples of a feature together.
SHRINKING_SECONDS = 5.0


@final
class Run:
    """One feature on its generated tables."""

    def __init__(
        self,
        feature: Feature,
        generated: Sequence[Case],
        *,
        seed: int,
        budget: float | None = None,
        notes: Sequence[str] = (),
        search: int = 0,
        rows_given: bool = False,
    ) -> None:
        self.feature = feature
        self.surroundings = Surroundings.now()
        self.cases = list(generated)
        self.tables = self.cases[-1].number + 1
        self.seed = seed
        self.deadline = Deadline(budget)
        feature.cases = tuple(self.cases)
        self.notes = tuple(notes)
        self.search = search
        self.rows_given = rows_given
        self._told: dict[str, LawReport] = {}
        with _alone():
            feature.observe(self.cases[0])
            feature.settle(max(self.cases[:SETTLING], key=lambda case: case.rows))

    def report(self, laws: Sequence[Law], *, whole: bool = False) -> LawReport:
        """Try the laws; each that cannot be tried is reported with the word that is wanting.

        `whole` where these are all laws: then it can be said what the declaration determines.
        """
        self.deadline = Deadline(self.deadline.seconds)
        try:
            with _alone():
                report = self._report(laws)
                return self._with_determinacy(report) if whole else report
        finally:
            if self.feature.observe(self.cases[0]).changed:
                self.surroundings.restore()

    def told(self, law: Law) -> LawReport:
        """The report of one law, which `whole` remembers."""
        self._told[law.name] = self.report([law])
        return self._told[law.name]

    def whole(self, laws: Sequence[Law]) -> LawReport:
        """The report of laws that were tried one at a time, with what the declaration determines."""
        parts = [self._told[law.name] if law.name in self._told else self.told(law) for law in laws]
        report = LawReport(
            self.feature.name,
            failures=tuple(each for part in parts for each in part.failures),
            checked=tuple(each for part in parts for each in part.checked),
            seed=self.seed,
        )
        self.deadline = Deadline(self.deadline.seconds)
        with _alone():
            return self._with_determinacy(report)

    def _with_determinacy(self, report: LawReport) -> LawReport:
        if not report.ok or not report.checked or self.deadline.is_over or self.feature.is_hanging:
            return report
        found = determinacy(self.feature, self.cases, [each.law for each in report.held])
        wanted = skeleton(self.feature, self.cases) if not all(each.by for each in found) else ""
        untold = [each.output for each in found if not each.by]
        notes = (
            *report.notes,
            *unread(self.feature, self.cases),
            *unvaried(self.feature, self.cases, untold),
        )
        return attrs.evolve(report, determinacy=found, skeleton=wanted, notes=notes, calls=self.feature.calls)

    def _report(self, laws: Sequence[Law]) -> LawReport:
        wanting = {law.name: law.wanting(self.feature.declared) or self._unsettled(law) for law in laws}
        trials = {law.name: Trial(law, self.tables) for law in laws if wanting[law.name] is None}
        self._try(list(trials.values()))
        self._try_again(trials.get("frame"))
        self._search([trial for trial in trials.values() if trial.is_checked])
        self._see_steadiness(trials)
        waived = self.feature.options.waive
        told = {name: trial for name, trial in trials.items() if name not in waived}
        refuted = sorted((t for t in told.values() if t.refuted), key=lambda trial: trial.law.broad)
        return LawReport(
            self.feature.name,
            failures=tuple(self._failures(refuted)),
            checked=tuple(Checked(name, trial.tables) for name, trial in told.items() if trial.is_checked),
            skipped=tuple(_skipped(waived, wanting, trials)),
            unreached=tuple(
                Unreached(name, trial.reached, trial.most, self._cut)
                for name, trial in told.items()
                if trial.is_cut
            ),
            notes=(
                *self.notes,
                *remarks(self.feature, self.cases[0]),
                *missing(self.feature),
                *several(self.feature),
                *apart(self.feature),
                *_waiver_notes(waived, wanting, trials),
            ),
            seed=self.seed,
            calls=self.feature.calls,
        )

    def _try(self, trials: Sequence[Trial]) -> None:
        for number, group in itertools.groupby(self.cases, key=lambda case: case.number):
            table = list(group)
            for trial in trials:
                if self.deadline.is_over:
                    return
                if trial.takes(number):
                    trial.take(self.feature, table)
                if self.feature.is_hanging:
                    return

    @property
    def _cut(self) -> str:
        """Why laws were not tried to the end."""
        return (
            str(NoAnswer())
            if self.feature.is_hanging
            else f"the budget of {self.deadline.seconds:g} s was spent"
        )

    def _search(self, trials: Sequence[Trial]) -> None:
        """Let Hypothesis look for cases that refute what held so far, where it is installed and asked to."""
        if not self.search or util.find_spec("hypothesis") is None:
            return
        from typedml.laws.search import search

        for trial in trials:
            if trial.refuted is None and not self.deadline.is_over and not self.feature.is_hanging:
                breach = search(self.feature, trial.law, examples=self.search, number=self.seed)
                if breach is not None:
                    trial.refuted, trial.is_small = (breach.sides[0].case, breach), True

    def _try_again(self, trial: Trial | None) -> None:
        """See, after all other calls, whether the first table still gives what it gave."""
        case = self.cases[0]
        first = self.feature.outcome(case)
        if (
            trial is None
            or trial.refuted
            or self.deadline.is_over
            or self.feature.is_hanging
            or isinstance(first, Raised)
        ):
            return
        breach = keeps_state(self.feature, case, first)
        if breach is not None:
            trial.refuted = case, breach

    def _see_steadiness(self, trials: Mapping[str, Trial]) -> None:
        """Blame no change for what differs from call to call: `frame` says so, and no other law is judged."""
        for trial in [each for each in trials.values() if each.refuted and each.law.name != "call"]:
            assert trial.refuted is not None
            if self.feature.is_hanging or self.deadline.is_over:
                return
            found = ((side.case, unsteady(self.feature, side.case)) for side in trial.refuted[1].sides)
            case, breach = next((pair for pair in found if pair[1]), (None, None))
            if case is not None and breach is not None:
                # What always differs is found again on smaller tables; what threads order may not be.
                own = trials["frame"].refuted if "frame" in trials else None
                own = None if uses_polars(self.feature) else own
                for each in trials.values():
                    if each.law.name != "call":
                        each.withdraw(UNSTEADY)
                if "frame" in trials:
                    trials["frame"].refuted, trials["frame"].is_small = own or (case, breach), own is None
                return

    def _unsettled(self, law: Law) -> str | None:
        """Of a feature that gives nothing, or not twice the same, few laws can be asked."""
        if law.name == "call":
            return None
        if self.feature.is_hanging:
            return "an answer in time"
        if self.feature.is_void(self.cases[0]):
            return NO_VALUE
        if law.name == "frame" or self._is_deterministic:
            return None
        return UNSTEADY

    @property
    def _is_deterministic(self) -> bool:
        if self.feature.deterministic is None:
            self.feature.deterministic = is_deterministic(self.feature, self.cases[0])
        return self.feature.deterministic

    def _failures(self, refuted: Sequence[Trial]) -> Iterator[Failure]:
        """Each counterexample, made small in its share of the time."""
        deadline = Deadline(SHRINKING_SECONDS)
        for place, trial in enumerate(refuted):
            share = deadline.rest / (len(refuted) - place)
            assert trial.refuted is not None
            kept = trial.is_small or self.feature.is_hanging
            small = trial.refuted[1] if kept else self._shrunk(trial, share)
            search = self.search if trial.is_small else 0
            asked = Asked(self.seed, self.tables, search, self.rows_given)
            yield failure(trial.law.name, self.feature, small, asked)

    def _shrunk(self, trial: Trial, seconds: float) -> Breach:
        assert trial.refuted is not None

        def refutes(smaller: Case) -> Breach | None:
            verdict = trial.law.holds(self.feature, smaller)
            return verdict if isinstance(verdict, Breach) else None

        return Shrinker(refutes, *trial.refuted, seconds=seconds, options=self.feature.options).shrunk()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One thread of linear algebra, no complaints of numpy, and an end to what does not end."""
    with one_thread(), watched_signals(), np.errstate(all="ignore"):
        yield


def _skipped(
    waived: Mapping[str, str], wanting: Mapping[str, str | None], trials: Mapping[str, Trial]
) -> Iterator[Skipped]:
    for name, word in wanting.items():
        if name in waived:
            yield Skipped(name, f"waived: {waived[name]}")
        elif word is not None:
            yield Skipped(name, word)
        elif trials[name].is_undecided:
            yield Skipped(name, trials[name].word)


def _waiver_notes(
    waived: Mapping[str, str], wanting: Mapping[str, str | None], trials: Mapping[str, Trial]
) -> Iterator[str]:
    for name in waived:
        if name in wanting:
            trial = trials.get(name)
            holds = trial is not None and trial.is_checked and trial.refuted is None
            note = waiver_note(name, wanting[name], trial.tables if trial is not None and holds else 0)
            if note:
                yield note
