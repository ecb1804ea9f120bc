"""The sentences of a report: each fact from the structure of its rule, and a hint."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import attrs

from typedml.boundary.families import Family, Found
from typedml.boundary.notes import listed
from typedml.boundary.plan import ColumnPlan, Plan, Rule
from typedml.boundary.report import FailingRow, Failure, Report

if TYPE_CHECKING:
    from typedml.boundary.stage import Survey

CODE_OF_SHAPE = "typedml-column"
CODE_OF_VALUES = "typedml-value"

_TEMPLATES = {
    "null": "{rule.column} is null in {share}",
    "unique": "{rule.column} repeats a value in {share}",
    "increasing": "{rule.column} falls below the value before it{by} in {share}",
    "decreasing": "{rule.column} rises above the value before it{by} in {share}",
    "references": "{rule.column} has values that {rule.argument.target} does not have in {share}",
    "null_fraction": "{rule.column} is null in {share}, more than a share of {rule.argument:g}",
}
CLEARLY = 1.5
"""Above this a number is not taken for a share that is a little too large."""

_DEFAULT_TEMPLATE = "{rule.condition} failed in {share}"


def reason(rule: Rule, count: int, rows: int) -> str:
    """What broke a rule of rows: "distance > 0 failed in 3 of 336,776 rows"."""
    share = f"{count:,} of {rows:,} row{'' if rows == 1 else 's'}"
    if rule.column is None:
        return f"{rule.name} ({rule.condition}) failed in {share}"
    by = f" in the order of {rule.argument.by}" if getattr(rule.argument, "by", None) else ""
    return _TEMPLATES.get(rule.name, _DEFAULT_TEMPLATE).format(rule=rule, share=share, by=by)


def reason_of_total(rule: Rule, rows: int) -> tuple[str, str]:
    """What broke a rule about the number of rows, and what to do about it."""
    declared = str(rule.argument)
    verb = "are" if declared.endswith("s") else "is"
    fact = f"the table has {rows:,} row{'' if rows == 1 else 's'}, where {declared} {verb} declared"
    few = rows < rule.argument.least
    return fact, f"see whether the step before this one {'lost' if few else 'repeated'} rows"


def failure_of_total(rule: Rule, rows: int) -> Failure:
    """What is told of a rule about the number of rows that does not hold."""
    fact, advice = reason_of_total(rule, rows)
    told = (fact, advice, CODE_OF_VALUES)
    return Failure(*rule.key, 1, *told, (), rule.doc, rule.severity, rule.condition, is_whole=True)


def hint(rule: Rule, plan: Plan, at: Sequence[FailingRow] = ()) -> str:
    """What to do about a broken rule of rows; `at` are the first rows that break it."""
    if rule.name == "null":
        return f'say "| None" at {plan.name}.{_field_of(rule, plan)} if its values may be missing'
    if rule.name == "range" and _are_percents(rule, at):
        return f'these look like percents: convert({rule.column}, "percent", "1") makes them shares'
    return _shown_hint(plan.name) if rule.severity == "warn" else _split_hint(plan.name)


def _split_hint(schema: str) -> str:
    return f"good, bad = {schema}.split(frame) sets these rows aside, each with its reasons"


def _shown_hint(schema: str) -> str:
    return f"{schema}.check(frame, rows=None) shows all of these rows; a rule that warns sets none aside"


def without_vain_hints(report: Report) -> Report:
    """The report without the advice to divide rows, where something else has to be mended before."""
    advice = _split_hint(report.schema)
    if not (report.obstacles and any(failure.hint == advice for failure in report.failures)):
        return report
    first = f"mend {listed(report.obstacles)} first: until then {report.schema}.split(frame) divides no rows"
    failures = tuple(
        attrs.evolve(each, hint=first) if each.hint == advice else each for each in report.failures
    )
    return attrs.evolve(report, failures=failures)


def failure_of(rule: Rule, count: int, rows: int, plan: Plan, at: tuple[FailingRow, ...]) -> Failure:
    """The failure of a rule of rows, with its reason and hint."""
    fact, advice = reason(rule, count, rows), hint(rule, plan, at)
    return Failure(
        *rule.key, count, fact, advice, CODE_OF_VALUES, at, rule.doc, rule.severity, rule.condition
    )


def _are_percents(rule: Rule, at: Sequence[FailingRow]) -> bool:
    """True where shares in [0, 1] are wanted and what was seen lies between 1 and 100, most of it well above.

    One 1.2 beside shares is a share that is too large: as a percent it would be 0.012.
    """
    if not at or (rule.argument.low, rule.argument.high) != (0, 1):
        return False
    values = [value for row in at for value in row.values.values()]
    clear = sum(isinstance(value, (int, float)) and value > CLEARLY for value in values)
    alike = all(isinstance(value, (int, float)) and 1 < value <= 100 for value in values)
    return alike and 2 * clear > len(values)


def misfit_note(wrong: Sequence[int] | None, base: type, rows: int) -> str:
    """What is added to a wrong type when the values to blame are known."""
    if wrong is None or not rows:
        return ""
    if not wrong:
        return f"; every value would read as {base.__name__}"
    return f"; {len(wrong):,} of {rows:,} values {'is' if len(wrong) == 1 else 'are'} not {base.__name__}"


def _field_of(rule: Rule, plan: Plan) -> str:
    return next(field.name for field in plan.schema.fields if field.column == rule.column)


def _missing(column: ColumnPlan, survey: Survey) -> tuple[str, str]:
    fact = f'column "{column.column}" is missing'
    if column.column in survey.indexed:
        return f"{fact}; the index has this name", "frame.reset_index() makes a column of it"
    if survey.note:
        return f"{fact}; {survey.note}", _NAMES_HINT[survey.note.endswith("MultiIndex")]
    close = difflib.get_close_matches(column.column, survey.names, n=1)
    if close:
        return fact, f'is it "{close[0]}"? field(column="{close[0]}") reads a column of another name'
    there = ", ".join(survey.names[:8]) + (", ..." if len(survey.names) > 8 else "")
    return fact, f"the frame has {there or 'no columns'}; field(optional=True) lets a column be absent"


_NAMES_HINT = {
    True: 'flatten them: frame.columns = ["_".join(name) for name in frame]',
    False: 'name them: frame.columns = ["distance", "air_time"]',
}


def _repeated(column: ColumnPlan, survey: Survey) -> tuple[str, str]:
    number = survey.names.count(column.column)
    fact = f'{number} columns are named "{column.column}", so none of them can be judged'
    return fact, "rename or drop all but one: frame.loc[:, ~frame.columns.duplicated()]"


def _dtype(column: ColumnPlan, survey: Survey) -> tuple[str, str]:
    found = survey.found[column.column]
    declared = f"{column.base.__name__} ({column.meaning})" if column.meaning else column.base.__name__
    shown = found.dtype if found.dtype == found.family.value else f"{found.dtype} ({found.family.value})"
    note = f": {found.note}" if found.note else ""
    fact = f'column "{column.column}" is {shown}{note}, where {declared} is declared'
    return fact, _dtype_hint(column, found)


def _width(column: ColumnPlan, survey: Survey) -> tuple[str, str]:
    found, width = survey.found[column.column], column.shape[-1].argument
    fact = f'column "{column.column}" is stored as {found.dtype}, where {width} is declared'
    return fact, f"store {column.column!r} as {width} where it is made{_NEVER}"


def _dtype_hint(column: ColumnPlan, found: Found) -> str:
    name = column.column
    match (column.base.__name__, found.family):
        case (_, Family.MIXED | Family.OTHER):
            return f"make all values of {name!r} {column.base.__name__} before the boundary{_NEVER}"
        case (base, Family.STR) if base != "str":
            return f"parse {name!r} to {base} before the boundary{_NEVER}"
        case ("int" | "float", Family.BOOL):
            return f"a truth value is not a number: declare {name!r} bool, or make it 0 and 1 beforehand"
        case (base, _):
            return f"cast {name!r} to {base} before the boundary, or declare what it is{_NEVER}"


_NEVER = "; nothing is coerced here"

SHAPE_FACTS: dict[str, Callable[[ColumnPlan, Survey], tuple[str, str]]] = {
    "missing": _missing,
    "repeated": _repeated,
    "dtype": _dtype,
    "width": _width,
}
