"""One frame before one plan: what is counted once serves the report and the split."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from typedml.boundary import opaque
from typedml.boundary.carried.sayings import NOTHING, Sayings
from typedml.boundary.counting import count, count_alone
from typedml.boundary.engines.choice import engine_for
from typedml.boundary.families import Family, Found
from typedml.boundary.handed import Handed
from typedml.boundary.misfits import misfits
from typedml.boundary.options import DEFAULTS, Options
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.plans import KEPT
from typedml.boundary.reasons import failure_of, failure_of_total, misfit_note, without_vain_hints
from typedml.boundary.references import resolve
from typedml.boundary.report import BoundaryError, FailingRow, Failure, FrameError, Report
from typedml.boundary.sampling import draw, without_other_rows
from typedml.boundary.stage import ShapeFailure, Stage, Survey, prepare

if TYPE_CHECKING:
    from typedml.renderings.profile import ColumnProfile


class Session:
    """One frame, or a sample of it, before one plan.

    Raises: FrameError if this is not a frame.
    """

    def __init__(
        self,
        plan: Plan,
        frame: Any,
        options: Options = DEFAULTS,
        references: Handed | None = None,
        carried: Sayings = NOTHING,
    ) -> None:
        self.plan, self.options, self.engine = plan, options, engine_for(frame, streaming=options.streaming)
        self.references = references or Handed(options.references)
        self.drawn = None if options.sample is None else self._draw(frame, options.sample)
        self.frame = frame
        if self.drawn is not None:
            # Of a query, the rows that were drawn are there.
            self.frame, self.engine = self.drawn.frame, engine_for(self.drawn.frame)
        seen = self.engine.survey(plan, self.frame)
        self.survey = attrs.evolve(seen, carried=carried) if carried else seen
        self.stage = _stage(plan, self.survey, self.engine.NAME)
        if self.stage.plan.references:
            self.stage = resolve(self.stage, self.references, frame)
        self._outcome: tuple[int, list[int]] | None = None
        if self.drawn is not None:
            self.stage = without_other_rows(self.stage)

    def _draw(self, frame: Any, sample: int | float) -> Any:
        return draw(self.engine, frame, sample, self.options.seed)

    def count(self) -> tuple[int, list[int]]:
        """How many rows there are, and how many break each rule."""
        if self._outcome is None:
            self.stage, rows, counted = count(self.engine, self.stage, self.frame)
            self._outcome = rows, _settled(self.stage, rows, counted)
        return self._outcome

    def divide(self, label: str) -> tuple[Any, Any]:
        """The good rows, and the others with the rules that each breaks in a column `label`.

        Raises: BoundaryError where the library cannot answer a rule, FrameError where it cannot divide rows.
        """
        _, counts = self.count()
        if self.plan.opaque:
            return opaque.divide(self, label)
        broken = [rule for rule, count in zip(self.stage.rules, counts, strict=True) if count and rule.fails]
        try:
            return self.engine.divide(self.stage, self.frame, broken, label)
        except FrameError:
            raise
        except Exception as error:
            # Few rows were counted in Python; what the library cannot answer has to be found out first.
            self.stage, rows, counts = count_alone(self.engine, self.stage, self.frame)
            self._outcome = rows, _settled(self.stage, rows, counts)
            if self.is_blocked:
                raise self.refusal() from None
            fact = f"{self.engine.NAME} cannot divide these rows: {type(error).__name__}: {error}"
            raise FrameError(fact, "give its columns plain types before the boundary") from error

    @property
    def is_blocked(self) -> bool:
        """Whether the rows cannot be divided: no row is to blame for what is wrong, or a rule did not run."""
        shape = any(failure.rule.severity == "fail" for failure in self.stage.failed)
        if shape or any(rule.blocks for rule in self.stage.not_run):
            return True
        totals = self._totals(self.count()[0])
        # Counting may have found a rule that the library cannot answer.
        unanswered = any(rule.blocks for rule in self.stage.not_run)
        return unanswered or any(failure.severity == "fail" for failure in totals)

    def report(self) -> Report:
        """The outcome, with as many failing rows of each rule as the caller asked for."""
        rows, counted = self.count()
        stage, limit = self.stage, self.options.rows
        counts = stage.template | dict(zip(stage.rule_keys, counted, strict=True))
        broken = [rule for rule, count in zip(stage.rules, counted, strict=True) if count]
        found = self._failing_rows(broken, limit) if broken and limit != 0 else [() for _ in broken]
        failures = [
            failure_of(rule, counts[rule.key], rows, self.plan, at)
            for rule, at in zip(broken, found, strict=True)
        ]
        shape = [self._shape_failure(failure, limit) for failure in stage.failed]
        totals = self._totals(rows)
        counts |= {(None, failure.rule): failure.count for failure in totals}
        told = (*shape, *totals, *failures)
        # One record with a gap is no column, whose type somebody forgot.
        records = self.engine.NAME == "rows" and rows == 1
        found_types = () if records else stage.found.items()
        typeless = tuple(name for name, found in found_types if found.family is Family.NOTHING)
        sample = None if self.drawn is None else self.drawn.sample
        profile = self._profile(rows, counted) if self.options.profile else None
        seen = (self.engine.NAME, typeless, sample, profile)
        report = Report(self.plan.name, rows, counts, told, stage.not_run, *seen, held=self._held())
        return without_vain_hints(opaque.added(self, report) if self.plan.opaque else report)

    def refusal(self) -> BoundaryError:
        """The error of a frame whose rows cannot be divided."""
        return BoundaryError(attrs.evolve(self.report(), undivided="the frame was not divided"))

    def _profile(self, rows: int, counted: Sequence[int]) -> tuple[ColumnProfile, ...]:
        from typedml.boundary.profiling import profile

        counts = dict(zip(self.stage.rules, counted, strict=True))
        ordered = "order" not in self.survey.lacks
        return profile(self.stage, self.frame, self.engine, rows, counts, ordered=ordered)

    def _held(self) -> tuple[str, ...]:
        """The rules for which rows had to be held, where the caller asked for none to be."""
        streams = getattr(self.engine, "streams", None)
        return () if streams is None else tuple(rule.reason for rule in self.stage.rules if not streams(rule))

    def _totals(self, rows: int) -> list[Failure]:
        """What fails because of how many rows there are in all."""
        rows = rows if self.drawn is None else self.drawn.sample.of
        return [failure_of_total(rule, rows) for rule in self.stage.totals if not rule.argument.holds(rows)]

    def _shape_failure(self, failure: ShapeFailure, limit: int | None) -> Failure:
        """A failure of shape; one of `dtype` names the values to blame, where only some of them are."""
        column, fact = failure.column, failure.fact
        rows: tuple[FailingRow, ...] = ()
        found = self.survey.found.get(column) if column and failure.rule.name == "dtype" else None
        values = self.engine.values(self.frame, column) if column and found else None
        if column and found is not None and values is not None:
            wrong = misfits(failure.rule.argument, found, values)
            fact += misfit_note(wrong, failure.rule.argument, len(values))
            rows = tuple(FailingRow(self._at(at), {}, {column: values[at]}) for at in (wrong or [])[:limit])
        rule, told = failure.rule, (failure.hint, failure.code, rows)
        said = (rule.doc, rule.severity, rule.condition)
        return Failure(column, rule.name, 1, fact, *told, *said, is_whole=True)

    def _at(self, position: int) -> int | None:
        """Where a row stood in the frame that was handed in; None where rows have no order."""
        if "order" in self.survey.lacks:
            return None
        return position if self.drawn is None else self.drawn.positions[position]

    def _failing_rows(self, rules: Sequence[Rule], limit: int | None) -> list[tuple[FailingRow, ...]]:
        return self.rows_at(rules, lambda frame: self.engine.locate(self.stage, frame, rules, limit))

    def rows_at(
        self, rules: Sequence[Rule], locate: Callable[[Any], Sequence[Sequence[int]]]
    ) -> list[tuple[FailingRow, ...]]:
        """The rows of each rule that `locate` finds in the columns that are shown of them."""
        stage = self.stage
        blamed = {rule: rule.reads for rule in rules}
        columns = list(dict.fromkeys([*stage.keys, *(name for names in blamed.values() for name in names)]))
        frame = self.engine.hold(self.frame, columns)
        located = locate(frame)
        positions = sorted({position for found in located for position in found})
        cells = dict(zip(positions, self._fetch(frame, columns, positions), strict=True))
        return [
            tuple(
                _failing_row(self._at(position), cells[position], stage.keys, blamed[rule])
                for position in found
            )
            for rule, found in zip(rules, located, strict=True)
        ]

    def _fetch(self, frame: Any, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
        try:
            return self.engine.fetch(frame, columns, positions)
        except FrameError:
            raise
        except Exception:
            # Some types of Arrow can be read, and not be picked from; what is lazy is not read at all.
            read = {name: self.engine.values(frame, name) for name in columns}
            values = {name: cells for name, cells in read.items() if cells is not None}
            if len(values) < len(read):
                raise
            return [{name: cells[at] for name, cells in values.items()} for at in positions]


def _failing_row(
    position: int | None, cells: dict[str, object], keys: Sequence[str], blamed: Sequence[str]
) -> FailingRow:
    index = {"index": cells["index"]} if "index" in cells and "index" not in (*keys, *blamed) else {}
    named = {name: cells[name] for name in keys if name not in blamed}
    return FailingRow(position, {**index, **named}, {name: cells[name] for name in blamed})


def _settled(stage: Stage, rows: int, counted: Sequence[int]) -> list[int]:
    """The counts of failing rows; nulls break `null_fraction` only where their share is too great."""
    return [
        0 if rule.column is not None and rule.name == "null_fraction" and _few(count, rows, rule) else count
        for rule, count in zip(stage.rules, counted, strict=True)
    ]


def _few(nulls: int, rows: int, rule: Rule) -> bool:
    return rows == 0 or nulls / rows <= float(rule.argument)


_stages: dict[tuple[object, ...], Stage] = {}


def _stage(plan: Plan, survey: Survey, engine: str) -> Stage:
    """The stage of a plan for columns like these; most frames that meet one schema look alike."""
    found: tuple[Found | None, ...] = tuple(survey.found.get(column.column) for column in plan.columns)
    names = survey.names if plan.extra is not None or None in found or survey.repeated else ()
    shape = (names, survey.repeated, survey.lacks, survey.indexed if names else (), survey.note)
    key = (id(plan), engine, found, shape, *survey.carried.items())
    stage = _stages.get(key)
    if stage is None or stage.plan is not plan:
        if len(_stages) >= KEPT:
            _stages.clear()
        stage = _stages[key] = prepare(plan, survey)
    return stage
