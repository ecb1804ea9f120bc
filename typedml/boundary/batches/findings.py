"""One report of all parts: counts add up, a failure of shape names the files it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, final

import attrs

from typedml.boundary.families import Family
from typedml.boundary.files import FileError
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.reasons import CODE_OF_SHAPE, failure_of, failure_of_total, without_vain_hints
from typedml.boundary.report import FailingRow, Failure, Key, NotRun, Report
from typedml.boundary.stage import ShapeFailure, Stage

FILE_RULE = "file"
_NAMED = 3


@final
@attrs.frozen(eq=False)
class Broken:
    """What was found in one part: how its shape was judged, counts and the rows kept of each rule.

    `notes` and `misfits` say of a column of a wrong type which values are to blame.
    """

    part: str
    stage: Stage
    counts: Mapping[Rule, int]
    kept: Mapping[Rule, Sequence[FailingRow]]
    notes: Mapping[str, str]
    misfits: Mapping[str, Sequence[FailingRow]]


@final
class Findings:
    """All that was found so far."""

    def __init__(self, plan: Plan, limit: int | None, parts: int) -> None:
        self.plan, self.limit, self.parts = plan, limit, parts
        self.rows = 0
        self.counts: dict[Rule, int] = {}
        self.kept: dict[Rule, list[FailingRow]] = {}
        self.passed: dict[Key, None] = {}
        self.shape: dict[Key, list[tuple[Broken, ShapeFailure]]] = {}
        self.not_run: dict[NotRun, list[str]] = {}
        self.lost: list[FileError] = []
        self.places: list[str] = []
        self.totals: tuple[Rule, ...] = ()
        self.typeless: dict[str, bool] = {}

    def close(self, outcome: Broken) -> None:
        """Add what was found in one part."""
        for rule in outcome.stage.rules:
            self.add(rule, outcome.counts.get(rule, 0), outcome.kept.get(rule, ()))
        self.totals = outcome.stage.totals
        for rule in outcome.stage.passed:
            self.passed[rule.key] = None
        for failure in outcome.stage.failed:
            self.shape.setdefault(failure.rule.key, []).append((outcome, failure))
        for each in outcome.stage.not_run:
            self.skip(each, outcome.part)
        for name, found in outcome.stage.found.items():
            self.typeless[name] = self.typeless.get(name, True) and found.family is Family.NOTHING

    def add(self, rule: Rule, count: int, rows: Sequence[FailingRow]) -> None:
        """Count failing rows of one rule; a rule that was looked at counts 0."""
        self.counts[rule] = self.counts.get(rule, 0) + count
        kept = self.kept.setdefault(rule, [])
        kept += rows if self.limit is None else rows[: max(0, self.limit - len(kept))]

    def drop(self, rule: Rule) -> None:
        """Forget the counts of a rule that turned out not to run."""
        self.counts.pop(rule, None)

    def skip(self, rule: NotRun, part: str = "") -> None:
        """Note that a rule did not run, in one part or in all of them."""
        self.not_run.setdefault(rule, []).append(part)

    def unreadable(self, error: FileError, number: int) -> None:
        """Note a file that could not be read, or not to its end: the one of this number, from 1."""
        self.lost.append(error)
        self.places.append(f"file {number} of {self.parts}")

    def report(self) -> Report:
        """The report of all parts."""
        counts = self._counts()
        totals = self._totals()
        counts |= {(None, failure.rule): failure.count for failure in totals}
        failures = [*self._lost(), *self._shape_failures(), *totals, *self._row_failures(counts)]
        not_run = tuple(
            attrs.evolve(each, because=self._because(each.because, places))
            for each, places in self.not_run.items()
            if each.blocks or (each.column, each.rule) not in counts
        )
        typeless = tuple(name for name, nothing in self.typeless.items() if nothing)
        told = (counts, tuple(failures), not_run, "polars", typeless)
        return without_vain_hints(Report(self.plan.name, self.rows, *told))

    def _counts(self) -> dict[Key, int]:
        known: dict[Key, int] = dict.fromkeys([*self.passed, *(rule.key for rule in self.totals)], 0)
        known |= {rule.key: self._settled(rule, count) for rule, count in self.counts.items()}
        known |= dict.fromkeys(self.shape, 1)
        ordered = {rule.key: known.pop(rule.key) for rule in self.plan.rules if rule.key in known}
        lost: dict[Key, int] = {(None, FILE_RULE): len(self.lost)} if self.lost else {}
        return lost | ordered | known

    def _settled(self, rule: Rule, count: int) -> int:
        if rule.name != "null_fraction" or rule.column is None:
            return count
        few = not self.rows or count / self.rows <= float(rule.argument)
        return 0 if few else count

    def _totals(self) -> list[Failure]:
        """What fails because of how many rows there are in all."""
        return [
            failure_of_total(rule, self.rows) for rule in self.totals if not rule.argument.holds(self.rows)
        ]

    def _lost(self) -> list[Failure]:
        return [
            Failure(
                *(None, FILE_RULE, 1, error.fact, error.hint or "", CODE_OF_SHAPE),
                condition=place,
                is_whole=True,
            )
            for error, place in zip(self.lost, self.places, strict=True)
        ]

    def _shape_failures(self) -> list[Failure]:
        return [self._shape_failure(key, found) for key, found in self.shape.items()]

    def _shape_failure(self, key: Key, found: Sequence[tuple[Broken, ShapeFailure]]) -> Failure:
        first, failure = found[0]
        column = failure.column
        fact = failure.fact + first.notes.get(column or "", "")
        if self.parts > 1:
            fact += f", in {self._places([each.part for each, _ in found])}"
        rows = [row for each, _ in found for row in each.misfits.get(column or "", ())]
        kept = tuple(rows[: self.limit])
        rule, told = failure.rule, (fact, failure.hint, failure.code)
        return Failure(*key, 1, *told, kept, rule.doc, rule.severity, rule.condition, is_whole=True)

    def _row_failures(self, counts: Mapping[Key, int]) -> list[Failure]:
        broken = [rule for rule in self.plan.rules if rule in self.counts and counts.get(rule.key)]
        return [self._failure(rule, counts[rule.key]) for rule in broken]

    def _failure(self, rule: Rule, count: int) -> Failure:
        return failure_of(rule, count, self.rows, self.plan, tuple(self.kept[rule]))

    def _because(self, because: str, places: Sequence[str]) -> str:
        named = [place for place in places if place]
        return because if self.parts == 1 or not named else f"{because}, in {self._places(named)}"

    def _places(self, names: Sequence[str]) -> str:
        listed = ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
        return listed if len(names) == 1 else f"{len(names)} of {self.parts} files ({listed})"


def named(part: str, several: bool, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a failing row, with its file where there are several."""
    return {"file": part, **keys} if several else dict(keys)
