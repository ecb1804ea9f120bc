"""One file before a plan: its columns, the counts of its batches, and what breaks a type in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, final

from typedml.boundary.batches import ways
from typedml.boundary.batches.findings import Broken, named
from typedml.boundary.batches.repeating import Texts
from typedml.boundary.engines import polars as engine
from typedml.boundary.families import Family, Found, accepts, merge
from typedml.boundary.misfits import misfits
from typedml.boundary.plan import Rule
from typedml.boundary.reasons import misfit_note
from typedml.boundary.report import FailingRow
from typedml.boundary.stage import Stage, Survey, only

if TYPE_CHECKING:
    import polars as pl

    from typedml.boundary.batches.frames import Batch
    from typedml.boundary.batches.judging import Judge
    from typedml.boundary.batches.readers import Reader
    from typedml.boundary.batches.sources import Part

_TELLING = frozenset({Family.STR, Family.MIXED, Family.OTHER})


@final
class PartJudge:
    """One part: its columns, and what its batches broke."""

    def __init__(self, judge: Judge, part: Part, reader: Reader) -> None:
        self.judge, self.part, self.reader = judge, part, reader
        self.start = judge.findings.rows
        self.bases = {column.column: column.base for column in judge.plan.columns}
        names = reader.names
        self.repeated = tuple(name for name in self.bases if names.count(name) > 1)
        self.found = dict(engine.survey(judge.plan, reader.empty).found)
        self.seen = dict(self.found) if reader.is_typed else {}
        judge.see(reader.empty)
        self.columns = self._columns(judge.stage(self._survey(self.found)))
        self.counts: dict[Rule, int] = {}
        self.kept: dict[Rule, list[FailingRow]] = {}
        self.misfits: dict[str, _Misfits] = {}
        self.texts = Texts()

    def _survey(self, found: Mapping[str, Found]) -> Survey:
        there = {name: each for name, each in found.items() if name not in self.repeated}
        return Survey(self.reader.names, there, self.repeated, carried=self.reader.carried)

    def _columns(self, stage: Stage) -> list[str]:
        """The columns that a rule needs; where types show in the values alone, all declared ones."""
        declared = [name for name in self.found if name not in self.repeated]
        if not self.reader.is_typed:
            return declared
        needed = {*ways.blamed(stage.rules), *stage.keys, *self._misfitting(stage)}
        return [name for name in declared if name in needed]

    def _misfitting(self, stage: Stage) -> list[str]:
        """The columns of a wrong type whose values may be to blame, one by one."""
        failed = [each.column for each in stage.failed if each.rule.name == "dtype" and each.column]
        return [name for name in failed if name in self.found and self.found[name].family in _TELLING]

    def take(self, batch: Batch) -> None:
        """Judge one batch."""
        shape = batch.shape
        self.judge.see(shape)
        found = self.found | dict(engine.survey(self.judge.plan, shape).found)
        for name in batch.names:
            if name in found:
                self.seen[name] = self._merged(name, found[name])
        stage, offset = self.judge.stage(self._survey(found)), self.judge.findings.rows
        self._count(stage, batch, offset)
        for rule in stage.rules:
            if ways.way_of(rule) in ("group", "all") and self.judge.follows(rule, stage.found):
                self.judge.set_aside(rule, _needed(batch, [rule]), offset)
        for failure in stage.failed:
            if failure.rule.name == "dtype" and failure.column in batch.names:
                self._look(str(failure.column), found, batch, offset)
        self.judge.findings.rows += batch.height

    def _count(self, stage: Stage, batch: Batch, offset: int) -> None:
        rules = tuple(rule for rule in stage.rules if ways.way_of(rule) in ("row", "order"))
        for rule, count in self._counted(stage, rules, batch).items():
            fall = None
            if ways.way_of(rule) == "order" and self.judge.follows(rule, stage.found):
                fall = self.judge.fall(rule, _needed(batch, [rule]))
            self.counts[rule] = self.counts.get(rule, 0) + count + (fall is not None)
            room = self._room(self.kept.get(rule, ()))
            if (count or fall is not None) and room != 0:
                asked = (only(stage, rules), _needed(batch, [rule]), (rule,), room)
                (rows,) = engine.locate(*asked) if count else ([],)
                chosen = [*([] if fall is None else [fall]), *rows][:room]
                self.kept.setdefault(rule, []).extend(self._rows(stage, rule, batch, chosen, offset))

    def _counted(self, stage: Stage, rules: tuple[Rule, ...], batch: Batch) -> dict[Rule, int]:
        """How many rows break each rule: by their texts where that will do, and else in one query."""
        told = {rule: self.texts.count(stage, rule, batch) for rule in rules}
        open_rules = tuple(rule for rule, count in told.items() if count is None)
        if open_rules:
            counts = engine.count(only(stage, open_rules), _needed(batch, open_rules))[1]
            told |= dict(zip(open_rules, counts, strict=True))
        return {rule: count or 0 for rule, count in told.items()}

    def _room(self, kept: Sequence[FailingRow]) -> int | None:
        return None if self.judge.limit is None else self.judge.limit - len(kept)

    def _rows(
        self, stage: Stage, rule: Rule, batch: Batch, rows: Sequence[int], offset: int
    ) -> list[FailingRow]:
        blamed = ways.columns_of(rule)
        columns = list(dict.fromkeys([*stage.keys, *blamed]))
        frame = batch.select(columns) if columns else batch.whole()
        return [
            FailingRow(
                offset + row,
                self._named({name: cells[name] for name in stage.keys if name not in blamed}),
                {name: cells[name] for name in blamed},
            )
            for row, cells in zip(rows, engine.fetch(frame, columns, rows), strict=True)
        ]

    def _named(self, keys: Mapping[str, Any]) -> dict[str, Any]:
        return named(self.part.name, self.judge.several, keys)

    def _look(self, name: str, found: Mapping[str, Found], batch: Batch, offset: int) -> None:
        """Name the values that make a column be of a wrong type."""
        values = engine.values(batch.select([name]), name)
        wrong = misfits(self.bases[name], found[name], values)
        kept = self.misfits.setdefault(name, _Misfits())
        kept.add(wrong)
        rows = (wrong or [])[: self._room(kept.rows)]
        kept.rows += [FailingRow(offset + row, self._named({}), {name: values[row]}) for row in rows]

    def _merged(self, name: str, new: Found) -> Found:
        """What a column is found to be, after one more batch of it."""
        old, base = self.seen.get(name, new), self.bases[name]
        if not accepts(base, old) or old.family is new.family is not Family.DATETIME:
            return old
        if not accepts(base, new) or old.family is Family.NOTHING:
            return new
        if old.family is new.family and old.zoned is not new.zoned:
            return Found(Family.MIXED, "Object", "times with a time zone and without")
        return old if merge({old.family, new.family}) is old.family or new.family is Family.NOTHING else new

    def outcome(self) -> Broken:
        """What was found in this part, by the types that all of its batches showed."""
        stage = self.judge.stage(self._survey(self.found | self.seen))
        for rule in self.judge.heaps:
            broken = any(name not in stage.found for name in ways.columns_of(rule))
            if broken and not self.reader.is_typed:
                self.judge.give_up(rule, f"a column of it failed dtype in {self.part.name}")
        rows = self.judge.findings.rows - self.start
        notes = {name: misfit_note(each.wrong, self.bases[name], rows) for name, each in self.misfits.items()}
        kept = {name: each.rows for name, each in self.misfits.items()}
        return Broken(self.part.name, stage, self.counts, self.kept, notes, kept)


def _needed(batch: Batch, rules: Sequence[Rule]) -> pl.DataFrame:
    """The columns that rules read; a rule that reads none is asked of all rows as well."""
    if all(ways.columns_of(rule) for rule in rules):
        return batch.select(ways.blamed(rules))
    return batch.whole()


@final
class _Misfits:
    """The values of one column that are not of its type: how many there are, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.is_known = True
        self.rows: list[FailingRow] = []

    def add(self, wrong: list[int] | None) -> None:
        """Add those of one batch; None says that all are wrong alike."""
        self.is_known = self.is_known and wrong is not None
        self.count += len(wrong or ())

    @property
    def wrong(self) -> range | None:
        """As many numbers as there are such values; None where all are wrong alike."""
        return range(self.count) if self.is_known else None
