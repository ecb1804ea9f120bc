"""A JSON Schema as a producer publishes it, compared with a declaration before any data is read.

The question is whether all data that keeps the document would keep the declaration: a document without the
unit, with another one, with a wider range or with nulls is told, column by column. What a JSON Schema cannot
say (uniqueness, order, rules across columns) is told as not run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from typedml.algebra.catalogue import KINDS
from typedml.boundary.json_documents import Document, Row, alternatives, row_of
from typedml.boundary.json_schema import LENGTHS, TYPES, allowed_range, anchored
from typedml.boundary.plan import ColumnPlan, Plan, Rule
from typedml.boundary.plans import plan_of
from typedml.boundary.report import Failure, NotRun, Report, plain_value
from typedml.declare.declared import DeclaredField
from typedml.declare.json_schema import KIND, UNIT
from typedml.declare.units import parse_unit
from typedml.errors import DeclarationError

Finding = tuple[str, str]
_CODES = {"unit": "typedml-unit", "kind": "typedml-kind"}


def compare_json_schema(schema: Any, document: object) -> Report:
    """Report where data that keeps a JSON Schema might break the declaration.

    `document` is the schema of one row, or of an array of rows, as `json.load` gives it. Each count is 0 or
    1, `rows` is 0: no data was seen. Rules `unit` and `kind` compare what the document says of them.

    Raises: FrameError if this is no JSON Schema of a record.
    """
    plan = plan_of(schema)
    row = row_of(document)
    counts: dict[tuple[str | None, str], int] = {}
    failures: list[Failure] = []
    for field, column in zip(plan.schema.fields, plan.columns, strict=True):
        for rule, finding in _compared(field, column, row):
            counts[field.column, rule] = int(finding is not None)
            failures += [] if finding is None else [_failure(field.column, rule, finding)]
    if plan.extra is not None:
        extra = _extra(plan, row)
        counts[None, "extra"] = int(extra is not None)
        failures += [] if extra is None else [_failure(None, "extra", extra)]
    return Report(plan.name, 0, counts, tuple(failures), tuple(_unsaid(plan, counts)), "json schema")


def _failure(column: str | None, rule: str, finding: Finding) -> Failure:
    return Failure(column, rule, 1, *finding, _CODES.get(rule, "typedml-column"), is_whole=True)


def _compared(field: DeclaredField, column: ColumnPlan, row: Row) -> Iterator[tuple[str, Finding | None]]:
    """Each rule of a column that a document can say, with what is wrong of it."""
    told = row.property(field.column)
    if column.required:
        yield "missing", _missing(field, told, row)
    if told is None:
        return
    choices, nullable = alternatives(told, row.whole)
    yield "dtype", _first(choices, lambda choice: _dtype(field, choice))
    if not field.nullable:
        yield "null", _null(field, nullable)
    if field.meaning is not None:
        yield "unit", _first(choices, lambda choice: _unit(field, choice))
        if field.meaning.kind is not None:
            yield "kind", _first(choices, lambda choice: _kind(field, choice))
    yield from _values(field, choices)


def _first(choices: list[Document], compare: Callable[[Document], Finding | None]) -> Finding | None:
    return next((finding for finding in map(compare, choices) if finding is not None), None)


def _missing(field: DeclaredField, told: Document | None, row: Row) -> Finding | None:
    if told is None:
        return f'the document has no "{field.column}"', "ask for it, or declare it field(optional=True)"
    if not row.requires(field.column):
        fact = f'"{field.column}" may be absent: the document does not require it'
        return fact, 'it belongs into "required", or the field is optional=True'
    return None


def _null(field: DeclaredField, nullable: bool) -> Finding | None:
    if not nullable:
        return None
    return f'"{field.column}" may be null in the document', f'say "| None" at {field.name}, or ask for values'


def _dtype(field: DeclaredField, choice: Document) -> Finding | None:
    wanted = TYPES.get(field.base)
    if wanted is None:
        return None
    names = wanted["type"] if isinstance(wanted["type"], list) else [wanted["type"]]
    accepted = {*names, "integer"} if "number" in names else set(names)
    given = choice.get("type")
    fits = {given} if isinstance(given, str) else set(given or ("anything",))
    if field.base is int and given == "number" and _is_whole(choice):
        fits = {"integer"}
    if not fits <= accepted or ("format" in wanted and choice.get("format") != wanted["format"]):
        said = f"{given or 'anything'}" + (f" ({choice['format']})" if "format" in choice else "")
        shape = f" of format {wanted['format']}" if "format" in wanted else ""
        fact = f'"{field.column}" is {said} in the document, where {field.base.__name__} is declared'
        return fact, f"it would be {' or '.join(names)}{shape}"
    return None


def _is_whole(choice: Document) -> bool:
    step = choice.get("multipleOf")
    return isinstance(step, (int, float)) and step > 0 and float(step).is_integer()


def _unit(field: DeclaredField, choice: Document) -> Finding | None:
    meaning: Any = field.meaning
    text = choice.get(UNIT)
    if text is None:
        if meaning.unit.is_number:
            return None
        fact = f'"{field.column}" has no unit in the document, where "{meaning.unit}" is declared'
        return fact, f'it is said as "{UNIT}": "{meaning.unit}"'
    try:
        given = parse_unit(text)
    except DeclarationError as error:
        return f'"{field.column}": {error.fact}', error.hint or "name a unit that is known"
    if given == meaning.unit:
        return None
    fact = f'"{field.column}" is in "{text}" in the document, where "{meaning.unit}" is declared'
    if given.dimension == meaning.unit.dimension:
        return (
            fact,
            f'convert(frame["{field.column}"], "{text}", "{meaning.unit}") after reading, or declare that',
        )
    return fact, "these are different quantities: see which column is meant"


def _kind(field: DeclaredField, choice: Document) -> Finding | None:
    kind: Any = field.meaning and field.meaning.kind
    name = choice.get(KIND)
    if name == kind.name:
        return None
    if name is None:
        fact = f'"{field.column}" has no kind in the document, where {kind.name} is declared'
        return fact, f'it is said as "{KIND}": "{kind.name}"'
    if name in KINDS and KINDS[name].descends_from(kind):
        return None
    fact = f'"{field.column}" is a {name} in the document, where {kind.name} is declared'
    return fact, f"convert what is read, or declare {name}"


def _values(field: DeclaredField, choices: list[Document]) -> Iterator[tuple[str, Finding | None]]:
    rules = field.rules
    if field.base in (int, float) and not allowed_range(field).is_unbounded:
        yield "range", _first(choices, lambda choice: _range(field, choice))
    if field.base is float and field.meaning is not None and field.meaning.integral:
        yield "integral", _first(choices, lambda choice: _integral(field, choice))
    if rules.isin is not None:
        yield "isin", _first(choices, lambda choice: _isin(field, choice))
    if rules.pattern is not None:
        yield "pattern", _first(choices, lambda choice: _pattern(field, choice))
    for keyword, rule in LENGTHS.items():
        if getattr(rules, rule) is not None:
            yield rule, _first(choices, lambda choice, k=keyword, r=rule: _length(field, choice, k, r))  # type: ignore[misc]


def _range(field: DeclaredField, choice: Document) -> Finding | None:
    from typedml.algebra.ranges import Range

    allowed = allowed_range(field)
    low, low_open = _end(choice, "minimum", "exclusiveMinimum", float("-inf"), max)
    high, high_open = _end(choice, "maximum", "exclusiveMaximum", float("inf"), min)
    members = choice.get("enum") or ([choice["const"]] if "const" in choice else None)
    if members and all(isinstance(member, (int, float)) and allowed.contains(member) for member in members):
        return None
    if low > high or Range(low, high, low_open, high_open if low < high else low_open).within(allowed):
        return None
    given = Range(low, high, low_open and low < high, high_open and low < high)
    fact = f'"{field.column}" lies in {given} in the document, where {allowed} is declared'
    return fact, "ask for narrower bounds, or check the data itself"


def _end(
    choice: Document, closed: str, opened: str, limit: float, tighter: Callable[..., Any]
) -> tuple[float, bool]:
    stated = [
        (float(choice[name]), name == opened) for name in (closed, opened) if _is_number(choice.get(name))
    ]
    if not stated:
        return limit, False
    value = tighter(bound for bound, _ in stated)
    return value, any(is_open for bound, is_open in stated if bound == value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _integral(field: DeclaredField, choice: Document) -> Finding | None:
    if choice.get("type") == "integer" or _is_whole(choice):
        return None
    fact = f'"{field.column}" may be a fraction in the document, where {field.meaning} is declared'
    return fact, 'it would be of type integer, or "multipleOf": 1'


def _isin(field: DeclaredField, choice: Document) -> Finding | None:
    given = choice.get("enum") or ([choice["const"]] if "const" in choice else None)
    allowed = [plain_value(member) for member in field.rules.isin or ()]
    if given is None:
        return f'"{field.column}" is any value in the document, where one of {allowed} is declared', _ENUM
    other = [member for member in given if member is not None and member not in allowed]
    if not other:
        return None
    return f'"{field.column}" may be {other[0]!r} in the document, where one of {allowed} is declared', _ENUM


_ENUM = 'it would be said as "enum"'


def _pattern(field: DeclaredField, choice: Document) -> Finding | None:
    pattern = str(field.rules.pattern)
    given = choice.get("pattern")
    if given in (anchored(pattern), f"^(?:{pattern})$", f"^{pattern}$"):
        return None
    said = "no pattern" if given is None else f'the pattern "{given}"'
    fact = f'"{field.column}" has {said} in the document, where "{pattern}" is declared'
    return fact, f'it would be "{anchored(pattern)}": whether two patterns mean the same is not decided here'


def _length(field: DeclaredField, choice: Document, keyword: str, rule: str) -> Finding | None:
    wanted, given = getattr(field.rules, rule), choice.get(keyword)
    holds = _is_number(given) and (given >= wanted if keyword == "minLength" else given <= wanted)
    if holds:
        return None
    said = f"no {keyword}" if given is None else f"{keyword} {given}"
    return (
        f'"{field.column}" has {said} in the document, where {wanted} is declared',
        f'say "{keyword}": {wanted}',
    )


def _extra(plan: Plan, row: Row) -> Finding | None:
    declared = set(plan.schema.columns)
    others = [name for name in row.told.get("properties", {}) if name not in declared]
    if others:
        return f'the document has "{others[0]}", which {plan.name} does not declare', "declare it, or drop it"
    if row.told.get("additionalProperties", True) is not False:
        return "the document admits further columns", 'it would say "additionalProperties": false'
    return None


def _unsaid(plan: Plan, counts: Mapping[tuple[str | None, str], int]) -> Iterator[NotRun]:
    """The rules that no document was asked about: they are for the data."""
    for rule in plan.rules:
        if rule.key not in counts and not _is_compared_as_range(rule, counts):
            yield NotRun(
                *rule.key, "a JSON Schema does not say it, so the data has to be checked", blocks=False
            )


def _is_compared_as_range(rule: Rule, counts: Mapping[tuple[str | None, str], int]) -> bool:
    bounds = rule.name in ("gt", "ge", "lt", "le") and (rule.column, "range") in counts
    return bounds or (rule.name == "integral" and (rule.column, "dtype") in counts)
