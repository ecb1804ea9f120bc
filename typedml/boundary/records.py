"""One record before a plan: each value by the rules of its column, then the rules across columns.

The definition of every rule is the one that small frames are judged by, so a record and a frame of one row
get the same verdict. Rules that need other rows (`unique`, `increasing`, `null_fraction`, keys) look at
frames only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, final

import attrs

from typedml.boundary.engines.list_rules import broken_rows
from typedml.boundary.engines.lists import ListCells, clean, find, test_of
from typedml.boundary.families import Found, accepts
from typedml.boundary.plan import ColumnPlan, Plan, Rule
from typedml.boundary.plans import KEPT, plan_of
from typedml.boundary.reasons import CODE_OF_SHAPE, CODE_OF_VALUES, SHAPE_FACTS
from typedml.boundary.report import NotRun, Report
from typedml.boundary.session import Session
from typedml.boundary.stage import Survey, zone_obstacle
from typedml.declare.expression import Expression
from typedml.errors import CheckError

LONGEST_SHOWN = 60


def check_record(schema: Any, record: object) -> Report:
    """Report how one record keeps the rules of a schema that look at one row.

    `schema` is what `check` takes, a class with fields among it; the record is a dict, or an instance of such
    a class. Rules about other rows are told as not run, and do not block.

    Raises: FrameError if this is no record.
    """
    plan = plan_of(schema)
    alone, left = _of_one_row(plan)
    report = Session(alone, [record]).report()
    told = tuple(NotRun(*rule.key, "it is about more rows than one", blocks=False) for rule in left)
    return attrs.evolve(report, not_run=(*report.not_run, *told))


def require_values(schema: Any, record: object) -> None:
    """Check every attribute of an object as the fields of its class declare.

    Raises: CheckError for the first that breaks a rule.
    """
    for field in plan_of(schema).schema.fields:
        require_value(schema, field.name, getattr(record, field.name))


def require_value(schema: Any, name: str, value: object) -> None:
    """Check one value as the field of a schema declares, that of a name; others are left alone.

    Raises: CheckError for the first rule that it breaks.
    """
    plan = plan_of(schema)
    column = next((c for f, c in zip(plan.schema.fields, plan.columns, strict=True) if f.name == name), None)
    if column is None:
        return
    for breach in value_breaches(column, Cell(value)):
        if breach.severity == "fail":
            raise CheckError(f"{plan.name}.{name}: {breach.fact}.", breach.hint or None, code=breach.code)


def _of_one_row(plan: Plan) -> tuple[Plan, list[Rule]]:
    """The plan with the rules about one row alone, and the others."""
    kept = _plans_of_rows.get(id(plan))
    if kept is None or kept[0] is not plan:
        columns = tuple(
            attrs.evolve(
                column,
                shape=tuple(rule for rule in column.shape if rule.name != "width"),
                rows=tuple(_about_one_value(column)),
            )
            for column in plan.columns
        )
        table = tuple(rule for rule in plan.table if is_about_one_row(rule))
        alone = attrs.evolve(plan, columns=columns, table=table, opaque=())
        there = {rule.key for rule in alone.rules}
        if len(_plans_of_rows) >= KEPT:
            _plans_of_rows.clear()
        # The plan is held, so that its number stays its own.
        kept = _plans_of_rows[id(plan)] = (
            plan,
            alone,
            [rule for rule in plan.rules if rule.key not in there],
        )
    return kept[1], kept[2]


_plans_of_rows: dict[int, tuple[Plan, Plan, list[Rule]]] = {}


class Breach(NamedTuple):
    """A rule that one record breaks, in words; `column` is None for a rule across columns."""

    column: str | None
    rule: str
    fact: str
    hint: str
    code: str
    severity: str = "fail"


@final
class Cell:
    """One value of a record: cleaned (every missing one is None) and found to be of some type."""

    __slots__ = ("found", "value")

    def __init__(self, value: object) -> None:
        found = PLAIN.get(type(value))
        if found is not None and value == value:
            self.value: Any = value
            self.found: Found = found
        else:
            self.value = clean([value])[0]
            self.found = find([self.value], type(self.value).__name__)


PLAIN: dict[type, Found] = {kind: find([kind()], kind.__name__) for kind in (bool, int, float, str)}
_tests: dict[int, tuple[ColumnPlan, tuple[tuple[Rule, Callable[[Any], bool]], ...]]] = {}


def _tests_of(column: ColumnPlan) -> tuple[tuple[Rule, Callable[[Any], bool]], ...]:
    """The tests of a plain value that is there, made once for each column."""
    kept = _tests.get(id(column))
    if kept is None or kept[0] is not column:
        if len(_tests) >= 16 * KEPT:
            _tests.clear()
        rules = (rule for rule in _about_one_value(column) if rule.name != "null")
        # The column is held, so that its number stays its own.
        kept = _tests[id(column)] = (column, tuple((rule, test_of(rule)) for rule in rules))
    return kept[1]


def _about_one_value(column: ColumnPlan) -> Iterator[Rule]:
    return (rule for rule in column.rows if rule.reach == "row" and not rule.is_across)


def value_breaches(column: ColumnPlan, cell: Cell) -> Iterator[Breach]:
    """Every rule of its column that one value breaks; of a value of the wrong type only `dtype`."""
    if not accepts(column.base, cell.found):
        fact, hint = SHAPE_FACTS["dtype"](column, Survey((column.column,), {column.column: cell.found}))
        fact = f"{column.column}={shown(cell.value)}: {fact}"
        yield Breach(column.column, "dtype", fact, hint, CODE_OF_SHAPE)
        return
    if type(cell.value) in PLAIN:
        for rule, breaks in _tests_of(column):
            if breaks(cell.value):
                yield _breach(rule, _fact(rule, column, cell.value))
        return
    cells = ListCells([cell.value], cell.found)
    for rule in _about_one_value(column):
        obstacle = zone_obstacle(rule, {column.column: cell.found})
        if obstacle is not None:
            yield _breach(rule, obstacle.because)
        elif cells.bad(rule)[0]:
            yield _breach(rule, _fact(rule, column, cell.value))


def record_breaches(plan: Plan, cells: Mapping[str, Cell]) -> Iterator[Breach]:
    """Every rule across columns that a record breaks whose values are right by themselves."""
    lists = {name: ListCells([cell.value], cell.found) for name, cell in cells.items()}
    found = {name: cell.found for name, cell in cells.items()}
    for rule in plan.table:
        if not is_about_one_row(rule):
            continue
        columns = list(rule.reads)
        if not all(name in cells for name in columns):
            # A column that may be absent takes the rules that name it along, as in a frame.
            continue
        obstacle = zone_obstacle(rule, {name: found[name] for name in columns})
        if obstacle is not None:
            yield _breach(rule, obstacle.because)
        elif broken_rows(rule.argument, lists)[0]:
            yield _breach(rule, _fact_across(rule, columns, cells))


def is_about_one_row(rule: Rule) -> bool:
    """True where a rule of the table asks one row alone."""
    return rule.reach == "row" and isinstance(rule.argument, Expression)


def _breach(rule: Rule, fact: str) -> Breach:
    return Breach(rule.column, rule.name, fact, _HINTS.get(rule.name, ""), CODE_OF_VALUES, rule.severity)


_HINTS = {"null": 'say "| None" at the field if its value may be missing'}


def _fact(rule: Rule, column: ColumnPlan, value: object) -> str:
    if rule.name == "null":
        return f"{column.column} is missing"
    return f"{column.column}={shown(value)} breaks {rule.condition}"


def _fact_across(rule: Rule, columns: list[str], cells: Mapping[str, Cell]) -> str:
    values = ", ".join(f"{name}={shown(cells[name].value)}" for name in columns)
    return f"{values}: {rule.name} ({rule.condition}) does not hold"


def shown(value: object) -> str:
    """A value as an error shows it; a long one is cut."""
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
