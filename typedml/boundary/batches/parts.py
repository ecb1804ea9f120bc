"""One file before a plan: its columns, the counts of its batches, and what breaks a type in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, final

from typedml.boundary.batches import ways
from typedml.boundary.batches.findings import Broken, named
from typedml.boundary.engines import polars as engine
from typedml.boundary.families import Family, Found, accepts, merge
from typedml.boundary.misfits import misfits
from typedml.boundary.plan import Rule
from typedml.boundary.reasons import misfit_note
from typedml.boundary.report import FailingRow
from typedml.boundary.stage import Stage, Survey

if TYPE_CHECKING:
    import polars as pl

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

    def take(self, frame: pl.DataFrame) -> None:
        """Judge one batch."""
        self.judge.see(frame)
        found = self.found | dict(engine.survey(self.judge.plan, frame).found)
        for name in frame.columns:
            if name in found:
                self.seen[name] = self._merged(name, found[name])
        stage, offset = self.judge.stage(self._survey(found)), self.judge.findings.rows
        self._count(stage, frame, offset)
        for rule in stage.rules:
            if ways.way_of(rule) in ("group", "all") and self.judge.follows(rule, stage.found):
                self.judge.set_aside(rule, frame, offset)
        for failure in stage.failed:
            if failure.rule.name == "dtype" and failure.column in frame.columns:
                self._look(str(failure.column), found, frame, offset)
        self.judge.findings.rows += frame.height

    def _count(self, stage: Stage, frame: pl.DataFrame, offset: int) -> None:
        from typedml.boundary.batches.judging import only

        rules = tuple(rule for rule in stage.rules if ways.way_of(rule) in ("row", "order"))
        alone = only(stage, rules)
        counts = engine.count(alone, frame)[1] if rules else []
        for rule, count in zip(rules, counts, strict=True):
            fall = None
            if ways.way_of(rule) == "order" and self.judge.follows(rule, stage.found):
                fall = self.judge.fall(rule, frame)
            self.counts[rule] = self.counts.get(rule, 0) + count + (fall is not None)
            room = self._room(self.kept.get(rule, ()))
            if (count or fall is not None) and room != 0:
                (rows,) = engine.locate(alone, frame, (rule,), room) if count else ([],)
                chosen = [*([] if fall is None else [fall]), *rows][:room]
                self.kept.setdefault(rule, []).extend(self._rows(stage, rule, frame, chosen, offset))

    def _room(self, kept: Sequence[FailingRow]) -> int | None:
        return None if self.judge.limit is None else self.judge.limit - len(kept)

    def _rows(
        self, stage: Stage, rule: Rule, frame: pl.DataFrame, rows: Sequence[int], offset: int
    ) -> list[FailingRow]:
        blamed = ways.columns_of(rule)
        columns = list(dict.fromkeys([*stage.keys, *blamed]))
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

    def _look(self, name: str, found: Mapping[str, Found], frame: pl.DataFrame, offset: int) -> None:
        """Name the values that make a column be of a wrong type."""
        values = engine.values(frame, name)
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
