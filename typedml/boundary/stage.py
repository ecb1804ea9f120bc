"""A plan before a frame: which rules can run on the columns that are there, and why the others cannot."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, final

import attrs

from typedml.boundary.automaton import is_tame
from typedml.boundary.carried.comparing import CODES, compared
from typedml.boundary.carried.sayings import NOTHING, Sayings
from typedml.boundary.families import Family, Found, accepts, width_of
from typedml.boundary.patterns import compiled, marked
from typedml.boundary.plan import ColumnPlan, Plan, Rule
from typedml.boundary.reasons import CODE_OF_SHAPE, SHAPE_FACTS
from typedml.boundary.report import Key, NotRun
from typedml.declare.demands import Reference, RowCount
from typedml.declare.expression import Constant, Expression


@final
@attrs.frozen
class Survey:
    """What an engine sees of a frame without judging it.

    `found` holds the declared columns that are there; `names` all columns; `repeated` the declared names
    that stand for more than one column; `note` what a reader should know of the frame itself; `lacks` what
    its library cannot do: give rows an order ("order"), read a pattern that Python alone reads ("python"),
    match a pattern in a time that grows with the text alone ("linear"),
    say how wide it stores a number ("width"); `indexed` the names of an index, which is no column; `carried`
    what the data itself says of units and kinds.
    """

    names: tuple[str, ...]
    found: Mapping[str, Found]
    repeated: tuple[str, ...] = ()
    note: str = ""
    lacks: frozenset[str] = frozenset()
    indexed: tuple[str, ...] = ()
    carried: Sayings = NOTHING


@final
@attrs.frozen(eq=False)
class ShapeFailure:
    """A rule of the frame's shape that does not hold; `column` is the one to blame, None for the table."""

    rule: Rule
    column: str | None
    fact: str
    hint: str
    code: str = CODE_OF_SHAPE


@final
@attrs.frozen(eq=False)
class Stage:
    """The rules that will run on rows, those that failed already, and those that cannot run.

    `passed` are the rules of shape that hold; `totals` hang on the number of rows alone, and no engine is
    asked. `pending` are references that cannot run before their tables are read; those that run have in
    `referenced` what they may be, values of one column or tuples of several. An engine may keep what it
    compiles in `compiled`.
    """

    plan: Plan
    found: Mapping[str, Found]
    rules: tuple[Rule, ...]
    passed: tuple[Rule, ...]
    failed: tuple[ShapeFailure, ...]
    not_run: tuple[NotRun, ...]
    totals: tuple[Rule, ...] = ()
    pending: tuple[Rule, ...] = ()
    referenced: Mapping[Rule, frozenset[Any]] = attrs.field(factory=dict)
    compiled: dict[str, Any] = attrs.field(factory=dict)

    @cached_property
    def rule_keys(self) -> tuple[Key, ...]:
        """The keys in `Report.counts` of the rules that run, in order."""
        return tuple(rule.key for rule in self.rules)

    @cached_property
    def template(self) -> dict[Key, int]:
        """The counts of all rules that run or are settled already, in the order of the plan."""
        known = {rule.key: 0 for rule in (*self.rules, *self.passed, *self.totals)}
        known |= {failure.rule.key: 1 for failure in self.failed}
        ordered = {rule.key: known.pop(rule.key) for rule in self.plan.rules if rule.key in known}
        return ordered | known

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name a row, of those that are there."""
        return tuple(column for column in self.plan.keys if column in self.found)


def prepare(plan: Plan, survey: Survey) -> Stage:
    """Judge the shape of a frame and choose the rules that can run on its rows."""
    passed: list[Rule] = []
    failed: list[ShapeFailure] = []
    not_run: list[NotRun] = []
    for column in plan.columns:
        breach = _shape_failure(column, survey)
        broken = None if breach is None else breach.rule
        passed += [rule for rule in column.shape if rule is not broken and _applies(rule, survey, broken)]
        failed += [] if breach is None else [breach]
        _judge_width(column, survey, breach, passed, failed, not_run)
    for column_name, verdict in compared(plan.schema, survey.carried, survey.found):
        code = CODES[verdict.rule.name]
        failure = ShapeFailure(verdict.rule, column_name, verdict.fact, verdict.hint, code)
        failed += [failure] if verdict.fact else []
        passed += [] if verdict.fact else [verdict.rule]
    if plan.extra is not None:
        extra = tuple(name for name in survey.names if name not in plan.extra.argument)
        failed += [_extra(plan, plan.extra, extra)] if extra else []
        passed += [] if extra else [plan.extra]
    broken_columns = {each.column: each.rule.name for each in failed if each.column and _spoils(each.rule)}
    chosen = _Chosen(plan, survey, broken_columns)
    able = tuple(chosen.rules())
    rules = tuple(rule for rule in able if not isinstance(rule.argument, Reference))
    pending = tuple(rule for rule in able if isinstance(rule.argument, Reference))
    usable = {name: found for name, found in survey.found.items() if name not in chosen.broken}
    told = (*not_run, *chosen.not_run, *map(not_read, pending))
    return Stage(plan, usable, rules, tuple(passed), tuple(failed), told, tuple(_totals(plan)), pending)


def only(stage: Stage, rules: tuple[Rule, ...]) -> Stage:
    """A stage with these of its rules; what was compiled for them is kept with the stage."""
    kept: dict[tuple[Rule, ...], Stage] = stage.compiled.setdefault("only", {})
    if rules not in kept:
        kept[rules] = attrs.evolve(stage, rules=rules, compiled={})
    return kept[rules]


def not_read(rule: Rule) -> NotRun:
    """What is told of a reference into a table that was not handed in."""
    name = rule.argument.target
    if rule.argument.schema is None:
        return NotRun(*rule.key, "it looks for its values in all rows of the table", True, "check one frame")
    hint = f"check(frame, references={{{name}: frame_of_{name.lower()}}}) hands it in"
    return NotRun(*rule.key, f"no frame of {name} was handed in", True, hint)


def _totals(plan: Plan) -> Iterator[Rule]:
    return (rule for rule in plan.table if isinstance(rule.argument, RowCount))


def _spoils(rule: Rule) -> bool:
    """Whether a breach of this rule of shape leaves no values to judge."""
    return rule.name != "width"


def _applies(rule: Rule, survey: Survey, broken: Rule | None) -> bool:
    if rule.name == "dtype":
        return rule.column in survey.found
    return rule.name == "missing" and (broken is None or broken.name != "missing")


def _shape_failure(column: ColumnPlan, survey: Survey) -> ShapeFailure | None:
    found, rules = survey.found.get(column.column), {rule.name: rule for rule in column.shape}
    if column.column in survey.repeated:
        return _failure("repeated", rules["dtype"], column, survey)
    if found is None:
        return _failure("missing", rules["missing"], column, survey) if column.required else None
    if not accepts(column.base, found):
        return _failure("dtype", rules["dtype"], column, survey)
    return None


def _judge_width(
    column: ColumnPlan,
    survey: Survey,
    breach: ShapeFailure | None,
    passed: list[Rule],
    failed: list[ShapeFailure],
    not_run: list[NotRun],
) -> None:
    """Judge how a column is stored, where that is declared: into `passed`, `failed` or `not_run`."""
    rule, found = column.shape[-1], survey.found.get(column.column)
    if rule.name != "width":
        return
    if breach is not None:
        not_run.append(
            NotRun(rule.column, "width", f'column "{column.column}" failed {breach.rule.name}', True)
        )
    elif found is None:
        because = f'column "{column.column}" is optional and not there'
        not_run.append(NotRun(rule.column, "width", because, False))
    elif "width" in survey.lacks:
        not_run.append(NotRun(rule.column, "width", "values of Python have no width", False))
    elif found.family is Family.NOTHING or width_of(found.dtype) == rule.argument:
        passed.append(rule)
    else:
        failed.append(_failure("width", rule, column, survey))


def _failure(fact: str, rule: Rule, column: ColumnPlan, survey: Survey) -> ShapeFailure:
    return ShapeFailure(rule, column.column, *SHAPE_FACTS[fact](column, survey))


def _extra(plan: Plan, rule: Rule, names: tuple[str, ...]) -> ShapeFailure:
    listed = ", ".join(f'"{name}"' for name in dict.fromkeys(names))
    told = f"column {listed} is" if len(names) == 1 else f"columns {listed} are"
    return ShapeFailure(rule, None, f"{told} not declared by {plan.name}", _EXTRA_HINT)


_EXTRA_HINT = 'drop what is not declared, declare it, or let the schema say extra="allow"'


class _Chosen:
    """The rules to run, while the reasons of the others are collected in `not_run`."""

    def __init__(self, plan: Plan, survey: Survey, broken: dict[str, str]) -> None:
        self.plan, self.survey, self.broken = plan, survey, broken
        self.not_run: list[NotRun] = []

    def rules(self) -> Iterator[Rule]:
        for column in self.plan.columns:
            for rule in column.rows:
                if self._can_run(rule):
                    yield rule
        for rule in self.plan.table:
            if not isinstance(rule.argument, RowCount) and self._can_run(rule):
                yield rule

    def _can_run(self, rule: Rule) -> bool:
        obstacle = self._obstacle(rule, rule.reads) or _lacking(rule, self.survey.lacks)
        if obstacle is not None:
            self.not_run.append(NotRun(rule.column, rule.name, *obstacle))
        return obstacle is None

    def _obstacle(self, rule: Rule, columns: tuple[str, ...]) -> Obstacle | None:
        for column in columns:
            if column in self.broken:
                return Obstacle(f'column "{column}" failed {self.broken[column]}')
            if column not in self.survey.found:
                return Obstacle(f'column "{column}" is optional and not there', blocks=False)
            if self.survey.found[column].dtype == "Object":
                because = f'"{column}" holds Python objects, which polars cannot compare'
                return Obstacle(because, hint=_NO_OBJECTS)
        return zone_obstacle(rule, {column: self.survey.found[column] for column in columns})


class Obstacle(NamedTuple):
    """Why a rule cannot run, whether that keeps the frame from being fine, and what to do about it."""

    because: str
    blocks: bool = True
    hint: str = ""


def _lacking(rule: Rule, lacks: frozenset[str]) -> Obstacle | None:
    """A rule that the library of the frame cannot answer: it blocks, for nobody looked."""
    if "order" in lacks and rule.reach == "order":
        return Obstacle(_NO_ORDER, hint=_NAME_THE_ORDER)
    if rule.name != "pattern":
        return None
    if "python" in lacks and marked(rule.argument) is None:
        return Obstacle(_NOT_PORTABLE.format(rule.argument), hint=_WRITE_PORTABLY)
    if "linear" in lacks and not is_tame(compiled(rule.argument).pattern):
        return Obstacle(_NOT_LINEAR.format(rule.argument), hint=_WRITE_BOUNDED)
    return None


_NO_OBJECTS = "give the column a type of polars: pl.Series(values, dtype=pl.Float64)"
_NO_ORDER = "the rows of this frame have no order"
_NAME_THE_ORDER = 'field(increasing="day") names the column that orders them'
_NOT_PORTABLE = 'its library does not read "{}" as Python does'
_NOT_LINEAR = 'its library may take very long for "{}"'
_WRITE_BOUNDED = "write {1,40} in place of all + and * but one, none within another, or check a polars frame"
_WRITE_PORTABLY = "write it without look-around, references, flags and \\b, or check a polars or pandas frame"


def zone_obstacle(rule: Rule, found: Mapping[str, Found]) -> Obstacle | None:
    """Times with a zone and times without one have no order between them."""
    if rule.is_across and not (rule.column is None and isinstance(rule.argument, Expression)):
        return None
    zones = {c: each.zoned for c, each in found.items() if each.family.value in ("datetime", "time")}
    if len(set(zones.values())) > 1:
        with_zone, without = (
            next(c for c, zoned in zones.items() if zoned is wanted) for wanted in (True, False)
        )
        because = f'"{with_zone}" has {_ZONE[True]} and "{without}" has {_ZONE[False]}'
        return Obstacle(because, hint=_SAME_ZONE)
    for bound in _times(rule):
        for column, zoned in zones.items():
            if zoned is not (bound.tzinfo is not None):
                because = f'"{column}" has {_ZONE[zoned]} and {bound} has {_ZONE[not zoned]}'
                return Obstacle(because, hint=_SAME_ZONE)
    return None


_SAME_ZONE = "give all of these times a zone, or none of them"
_ZONE = {True: "a time zone", False: "no time zone"}


def _times(rule: Rule) -> Iterator[datetime.datetime | datetime.time]:
    arguments = [rule.argument]
    if isinstance(rule.argument, Expression):
        arguments = [node.value for node in rule.argument.nodes() if isinstance(node, Constant)]
    for argument in arguments:
        for each in argument if isinstance(argument, tuple) else (argument,):
            if isinstance(each, datetime.datetime | datetime.time):
                yield each
