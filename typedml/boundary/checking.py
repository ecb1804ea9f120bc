"""Check a frame against a schema: count first, look for rows only where a count is above zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from typedml.boundary.engines import records
from typedml.boundary.engines.choice import engine_for
from typedml.boundary.families import Family, Found
from typedml.boundary.misfits import misfits
from typedml.boundary.plan import Plan, Rule, compile_plan
from typedml.boundary.reasons import CODE_OF_SHAPE, CODE_OF_VALUES, hint, misfit_note, reason
from typedml.boundary.report import BoundaryError, FailingRow, Failure, FrameError, Report
from typedml.boundary.stage import ShapeFailure, Stage, Survey, prepare
from typedml.declare.declared import DeclaredSchema

Frame = TypeVar("Frame")
ROWS_SHOWN = 5
REASONS = "__reasons__"


def validate(schema: Any, frame: Frame, *, rows: int | None = ROWS_SHOWN) -> Frame:
    """Return the very frame if it keeps every rule of the schema.

    `rows`: how many failing rows of each rule the error keeps; None for all.

    Raises: BoundaryError with every failure, FrameError if this is not a frame.
    """
    report = check(schema, frame, rows=rows)
    if not report.ok:
        raise BoundaryError(report)
    return frame


def check(schema: Any, frame: object, *, rows: int | None = ROWS_SHOWN) -> Report:
    """Report how a frame keeps the rules of the schema; no data makes it raise.

    Raises: FrameError if this is not a frame.
    """
    session = _Session(plan_of(schema), frame)
    return session.report(_limit(rows))


def split(schema: Any, frame: Frame) -> tuple[Frame, Frame]:
    """Divide a frame into the rows that keep every rule and those that do not, both in their order.

    The second has one more column, `__reasons__`: the rules that each row breaks, as "distance: gt".

    Raises: BoundaryError where the frame's shape is wrong, so that no row can be judged.
    """
    session = _Session(plan_of(schema), frame)
    if session.stage.failed or any(rule.blocks for rule in session.stage.not_run):
        raise BoundaryError(session.report(ROWS_SHOWN))
    _, counts = session.count()
    broken = [rule for rule, count in zip(session.stage.rules, counts, strict=True) if count]
    divided: tuple[Frame, Frame] = session.engine.divide(session.stage, frame, broken, REASONS)
    return divided


def _limit(rows: object) -> int | None:
    if rows is not None and (not isinstance(rows, int) or isinstance(rows, bool) or rows < 0):
        hint = "rows=10 keeps ten failing rows of each rule, rows=None all"
        raise FrameError(f"rows={rows!r} is not a number of rows", hint)
    return rows


_plans: WeakKeyDictionary[type, Plan] = WeakKeyDictionary()
_plans_of_data: dict[int, Plan] = {}
_KEPT = 256


def plan_of(schema: Any) -> Plan:
    """The plan of a schema class or a declared schema, made once for each.

    Raises: FrameError if this is neither.
    """
    if isinstance(schema, DeclaredSchema):
        plan = _plans_of_data.get(id(schema))
        if plan is None or plan.schema is not schema:
            if len(_plans_of_data) >= _KEPT:
                _plans_of_data.clear()
            # The plan holds its schema, so that the number stays its own while it is in this table.
            plan = _plans_of_data[id(schema)] = compile_plan(schema)
        return plan
    if not isinstance(schema, type):
        raise FrameError(f"{schema!r} is not a schema", "hand in the class: validate(Flight, frame)")
    known = _plans.get(schema)
    if known is None:
        known = _plans[schema] = compile_plan(_declared(schema))
    return known


def _declared(schema: type) -> DeclaredSchema:
    from typedml.declare.reader import read

    declared = read(schema)
    if not isinstance(declared, DeclaredSchema):
        raise FrameError(f"{schema.__name__} declares no columns", "derive it from FeatureSchema")
    return declared


_stages: dict[tuple[object, ...], Stage] = {}


class _Session:
    """One frame before one plan: what is counted once serves the report and the split."""

    def __init__(self, plan: Plan, frame: Any) -> None:
        self.plan, self.frame, self.engine = plan, frame, engine_for(frame)
        self.survey = self.engine.survey(plan, frame)
        self.stage = _stage(plan, self.survey, self.engine.NAME)

    def count(self) -> tuple[int, list[int]]:
        """How many rows there are, and how many break each rule."""
        rows, counted = self._counted()
        return rows, _settled(self.stage, rows, counted)

    def _counted(self) -> tuple[int, list[int]]:
        stage, frame = self.stage, self.frame
        if hasattr(frame, "shape") and frame.shape[0] <= records.FEW_ROWS.get(self.engine.NAME, -1):
            columns = self.engine.lists(stage, frame, tuple(stage.found))
            if columns is not None:
                return frame.shape[0], records.count(stage, columns)
        return self.engine.count(stage, frame)

    def report(self, limit: int | None) -> Report:
        stage = self.stage
        rows, counted = self.count()
        counts = stage.template | dict(zip(stage.rule_keys, counted, strict=True))
        broken = [rule for rule, count in zip(stage.rules, counted, strict=True) if count]
        found = self._failing_rows(broken, limit) if broken and limit != 0 else [() for _ in broken]
        failures = [
            _failure(rule, counts[rule.key], rows, self.plan, at)
            for rule, at in zip(broken, found, strict=True)
        ]
        shape = [self._shape_failure(failure, limit) for failure in stage.failed]
        told = (*shape, *failures)
        typeless = tuple(name for name, found in stage.found.items() if found.family is Family.NOTHING)
        return Report(self.plan.name, rows, counts, told, stage.not_run, self.engine.NAME, typeless)

    def _shape_failure(self, failure: ShapeFailure, limit: int | None) -> Failure:
        """A failure of shape; one of `dtype` names the values to blame, where only some of them are."""
        column, fact = failure.column, failure.fact
        rows: tuple[FailingRow, ...] = ()
        found = self.survey.found.get(column)
        values = self.engine.values(self.frame, column) if failure.rule.name == "dtype" and found else None
        if found is not None and values is not None:
            wrong = misfits(failure.rule.argument, found, values)
            fact += misfit_note(wrong, failure.rule.argument, len(values))
            rows = tuple(FailingRow(at, {}, {column: values[at]}) for at in (wrong or [])[:limit])
        return Failure(column, failure.rule.name, 1, fact, failure.hint, CODE_OF_SHAPE, rows)

    def _failing_rows(self, rules: Sequence[Rule], limit: int | None) -> list[tuple[FailingRow, ...]]:
        stage = self.stage
        blamed = {rule: _blamed(rule) for rule in rules}
        columns = list(dict.fromkeys([*stage.keys, *(name for names in blamed.values() for name in names)]))
        frame = self.engine.hold(self.frame, columns)
        located = self.engine.locate(stage, frame, rules, limit)
        positions = sorted({position for found in located for position in found})
        cells = dict(zip(positions, self.engine.fetch(frame, columns, positions), strict=True))
        ordered = "order" not in self.survey.lacks
        return [
            tuple(_failing_row(at if ordered else None, cells[at], stage.keys, blamed[rule]) for at in found)
            for rule, found in zip(rules, located, strict=True)
        ]


def _failure(rule: Rule, count: int, rows: int, plan: Plan, at: tuple[FailingRow, ...]) -> Failure:
    fact, advice = reason(rule, count, rows), hint(rule, plan, at)
    return Failure(*rule.key, count, fact, advice, CODE_OF_VALUES, at, rule.doc, rule.severity)


def _blamed(rule: Rule) -> tuple[str, ...]:
    return (rule.column,) if rule.column is not None else tuple(sorted(map(str, rule.argument.columns)))


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


def _stage(plan: Plan, survey: Survey, engine: str) -> Stage:
    """The stage of a plan for columns like these; most frames that meet one schema look alike."""
    found: tuple[Found | None, ...] = tuple(survey.found.get(column.column) for column in plan.columns)
    names = survey.names if plan.extra is not None or None in found or survey.repeated else ()
    key = (id(plan), engine, found, names, survey.repeated, survey.lacks)
    stage = _stages.get(key)
    if stage is None or stage.plan is not plan:
        if len(_stages) >= _KEPT:
            _stages.clear()
        stage = _stages[key] = prepare(plan, survey)
    return stage
