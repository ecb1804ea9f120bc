"""A plan before the batches of many files: counts that add up, and what is carried between them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import final

import polars as pl

from typedml.boundary.batches import readers, ways
from typedml.boundary.batches.distinct import readable_rows
from typedml.boundary.batches.findings import Findings, named
from typedml.boundary.batches.order import Order
from typedml.boundary.batches.parts import PartJudge
from typedml.boundary.batches.progress import Told, size_of
from typedml.boundary.batches.readers import Unreadable
from typedml.boundary.batches.sources import Part
from typedml.boundary.batches.spilling import POSITION, Heap, Spill
from typedml.boundary.engines import polars as engine
from typedml.boundary.families import Family, Found
from typedml.boundary.handed import Handed
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.references import resolve
from typedml.boundary.report import FailingRow, NotRun, Report
from typedml.boundary.stage import Stage, Survey, only, prepare


@final
class Judge:
    """One plan, and all that was seen so far of the rows that it judges.

    `limit` is how many failing rows of each rule are kept; `several` says whether rows name their file.
    """

    def __init__(
        self, plan: Plan, limit: int | None, spill: Spill, parts: Sequence[Part], handed: Handed
    ) -> None:
        self.plan, self.limit, self.spill, self.several = plan, limit, spill, len(parts) > 1
        self.handed, self.own = handed, self._own(parts)
        self.findings = Findings(plan, limit, len(parts))
        self.orders: dict[Rule, Order] = {}
        self.heaps: dict[Rule, Heap] = {}
        self.places: dict[Rule, list[int]] = {}
        self.falls: dict[Rule, list[int]] = {}
        self.shapes: dict[tuple[object, ...], pl.DataFrame] = {}
        self.judged: list[tuple[Part, int, int]] = []
        self._stages: dict[tuple[object, ...], Stage] = {}
        self._kinds: dict[Rule, object] = {}
        self._void: set[Rule] = set()
        self._begun = 0

    def _own(self, parts: Sequence[Part]) -> pl.DataFrame | None:
        """What references into the table itself look into: read beforehand, for all rows may be meant."""
        own = [rule.argument for rule in self.plan.references if rule.argument.schema is None]
        names = list(dict.fromkeys(name for reference in own for name in reference.targets))
        return readable_rows(self.plan, parts, names) if names else None

    def judge(self, part: Part, told: Told) -> None:
        """Judge one file; one that cannot be read, or not to its end, is a finding as well."""
        start = self.findings.rows
        self._begun += 1
        at, size, told_of = None, size_of(part), 0.0
        try:
            reader = readers.open_part(part, self.plan)
            at = PartJudge(self, part, reader)
            for batch in readers.batches_of(reader, at.columns):
                at.take(batch)
                share = size * batch.height / reader.length if reader.length else 0.0
                told(share, batch.height)
                told_of += share
        except Unreadable as error:
            self.findings.unreadable(readers.lost(part, error, self.findings.rows - start), self._begun)
        told(size - told_of, 0)
        if at is not None:
            self.findings.close(at.outcome())
            self.judged.append((part, start, self.findings.rows - start))

    def stage(self, survey: Survey) -> Stage:
        """The stage for columns like these, made once."""
        key = (survey.names, tuple(survey.found.items()), survey.repeated, *survey.carried.items())
        known = self._stages.get(key)
        if known is None:
            known = prepare(self.plan, survey)
            if self.plan.references:
                known = resolve(known, self.handed, self.own)
            self._stages[key] = known
        return known

    def follows(self, rule: Rule, found: Mapping[str, Found]) -> bool:
        """Whether a rule across batches can go on with columns like these."""
        zoned = [found[name].zoned for name in ways.columns_of(rule) if found[name].family is Family.DATETIME]
        if rule in self._void or zoned != self._kinds.setdefault(rule, zoned):
            self.give_up(rule, "its times have a time zone in some files and none in others")
            return False
        return True

    def give_up(self, rule: Rule, because: str, hint: str = "") -> None:
        """Let a rule across batches be one that did not run."""
        if rule not in self._void:
            self._void.add(rule)
            self.findings.skip(NotRun(*rule.key, because, True, hint))

    def see(self, frame: pl.DataFrame) -> None:
        """Note the columns and types of a batch, of which there are few."""
        self.shapes.setdefault(tuple(frame.schema.items()), frame.clear())

    def located(self, frame: pl.DataFrame, rules: Sequence[Rule]) -> dict[Rule, list[int]]:
        """The rows of a batch that break rules which one batch can answer."""
        stage = self.stage(engine.survey(self.plan, frame))
        alone = tuple(rule for rule in rules if rule in stage.rules and ways.way_of(rule) in ("row", "order"))
        found = engine.locate(only(stage, alone), frame, alone, None) if alone else []
        return dict(zip(alone, found, strict=True))

    def fall(self, rule: Rule, frame: pl.DataFrame) -> int | None:
        """The row of a batch that is out of order after the batches before it."""
        if rule not in self.orders:
            self.orders[rule] = Order(rule, self._breaks)
        row = self.orders[rule].fall(frame)
        if row is not None:
            self.falls.setdefault(rule, []).append(self.findings.rows + row)
        return row

    def _breaks(self, rule: Rule, pair: pl.DataFrame) -> bool:
        stage = self.stage(engine.survey(self.plan, pair))
        return rule in stage.rules and engine.count(only(stage, (rule,)), pair)[1][0] > 0

    def set_aside(self, rule: Rule, frame: pl.DataFrame, offset: int) -> None:
        """Keep what a rule of groups needs of these rows, until all are there."""
        if rule not in self.heaps:
            self.heaps[rule] = self.spill.heap(ways.groups_of(rule))
        heap = self.heaps[rule]
        heap.add(ways.set_aside(rule, frame, offset))
        if not heap.by and heap.held > self.spill.memory:
            heap.clear()
            self.give_up(rule, ways.WHY_TOO_LARGE, ways.HINT_TOO_LARGE)

    def finish(self, limit: int | None) -> Report:
        """Judge what was set aside, and tell all.

        `places` then holds the first `limit` rows that break each rule of groups, or all of them.
        """
        for rule in self._void:
            self.findings.drop(rule)
        for rule in self.plan.opaque:
            self.findings.skip(NotRun(*rule.key, ways.WHY_OPAQUE, True, ways.HINT_OPAQUE))
        for rule, heap in self.heaps.items():
            if rule not in self._void:
                self._finish(rule, heap, limit)
        for rule, rows in self._fetched().items():
            self.findings.add(rule, 0, rows)
        return self.findings.report()

    def _finish(self, rule: Rule, heap: Heap, limit: int | None) -> None:
        count, places = 0, list[int]()
        for pile in heap.piles():
            stage = self.stage(engine.survey(self.plan, pile))
            if rule not in stage.rules:
                self.give_up(rule, "its values are not alike in all batches")
                self.findings.drop(rule)
                return
            alone = only(stage, (rule,))
            _, (broken,) = engine.count(alone, pile)
            count += broken
            if broken and limit != 0:
                (rows,) = engine.locate(alone, pile, (rule,), limit)
                found = pile[POSITION].gather(rows).to_list()
                places = sorted(places + found) if limit is None else heapq.nsmallest(limit, places + found)
        self.findings.add(rule, count, ())
        self.places[rule] = places

    def _fetched(self) -> dict[Rule, list[FailingRow]]:
        """The rows that break rules of groups, read once more."""
        first = {rule: places[: self.limit] for rule, places in self.places.items() if places}
        wanted = sorted({place for places in first.values() for place in places})
        names = {name for rule in first for name in ways.columns_of(rule)} | {*self.plan.keys}
        cells = self._cells(wanted, names)
        return {
            rule: [
                _failing_row(place, cells[place], self.plan.keys, rule) for place in places if place in cells
            ]
            for rule, places in first.items()
        }

    def _cells(self, wanted: Sequence[int], names: Iterable[str]) -> dict[int, dict[str, object]]:
        cells: dict[int, dict[str, object]] = {}
        for part, start, rows in self.judged:
            here = [place for place in wanted if start <= place < start + rows]
            if not here:
                continue
            reader = readers.open_part(part, self.plan)
            there = [name for name in reader.names if name in names]
            for place, found in _picked(readers.frames_of(reader, there), there, here, start):
                cells[place] = named(part.name, self.several, found)
        return cells


def _picked(
    frames: Iterator[pl.DataFrame], names: Sequence[str], wanted: Sequence[int], offset: int
) -> Iterator[tuple[int, dict[str, object]]]:
    for frame in frames:
        inside = [place for place in wanted if offset <= place < offset + frame.height]
        yield from zip(inside, engine.fetch(frame, names, [place - offset for place in inside]), strict=True)
        offset += frame.height
        if offset > wanted[-1]:
            return


def _failing_row(place: int, cells: Mapping[str, object], keys: Sequence[str], rule: Rule) -> FailingRow:
    blamed = ways.columns_of(rule)
    naming = {name: cells[name] for name in ("file", *keys) if name in cells and name not in blamed}
    return FailingRow(place, naming, {name: cells[name] for name in blamed})
