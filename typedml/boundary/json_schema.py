"""Schemas as JSON Schema: what a producer publishes, and how its document compares with a declaration.

`json_schema(Flight)` carries unit and kind of every column as `x-unit` and `x-kind`; `compare(Flight,
document)` tells where data that keeps the document might break the declaration. Nothing is read but the
document.
"""

from __future__ import annotations

import datetime
import decimal
import math
from typing import Any

from typedml.algebra.ranges import UNBOUNDED, Range
from typedml.boundary.patterns import portable
from typedml.boundary.plans import plan_of
from typedml.boundary.report import plain_value
from typedml.declare.declared import DeclaredField
from typedml.declare.json_schema import bounds_of_range, named

DIALECT = "https://json-schema.org/draft/2020-12/schema"

TYPES: dict[type, dict[str, Any]] = {
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    datetime.datetime: {"type": "string", "format": "date-time"},
    datetime.date: {"type": "string", "format": "date"},
    datetime.time: {"type": "string", "format": "time"},
    datetime.timedelta: {"type": "string", "format": "duration"},
    decimal.Decimal: {"type": ["number", "string"]},
}


def json_schema(schema: Any) -> dict[str, Any]:
    """The JSON Schema of one row: types, bounds, units and kinds, by the columns' own names.

    What it cannot say (uniqueness, order, rules across columns) is left to the declaration.

    Raises: FrameError if this is not a schema.
    """
    declared = plan_of(schema).schema
    made: dict[str, Any] = {"$schema": DIALECT, "title": declared.name, "type": "object"}
    if declared.doc:
        made["description"] = declared.doc
    made["properties"] = {each.column: column_schema(each) for each in declared.fields}
    made["required"] = [each.column for each in declared.fields if each.required]
    if declared.extra == "forbid":
        made["additionalProperties"] = False
    return made


def column_schema(declared: DeclaredField) -> dict[str, Any]:
    """The JSON Schema of one value of a column."""
    told = dict(TYPES.get(declared.base, {}))
    told |= _value_keywords(declared)
    if declared.nullable:
        told = {"anyOf": [told, {"type": "null"}]}
    if declared.doc:
        told["description"] = declared.doc
    if declared.examples:
        told["examples"] = [plain_value(example) for example in declared.examples]
    return told


def _value_keywords(declared: DeclaredField) -> dict[str, Any]:
    found: dict[str, Any] = {}
    meaning, rules = declared.meaning, declared.rules
    if declared.base in (int, float):
        found |= bounds_of_range(allowed_range(declared))
        found |= {"multipleOf": 1} if declared.base is float and meaning and meaning.integral else {}
    if rules.isin is not None:
        found["enum"] = [plain_value(value) for value in rules.isin if value is not None]
    if rules.pattern is not None:
        found["pattern"] = anchored(rules.pattern)
    for keyword, rule in LENGTHS.items():
        if getattr(rules, rule, None) is not None:
            found[keyword] = getattr(rules, rule)
    return found | (named(meaning) if meaning is not None else {})


LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}


def anchored(pattern: str) -> str:
    """The pattern as JSON Schema needs it: the whole text matches, not a part of it."""
    return portable(pattern) or f"^(?:{pattern})$"


def allowed_range(declared: DeclaredField) -> Range:
    """Where the numbers of a column may lie: the range of the kind, narrowed by the bounds of the field."""
    meaning, rules = declared.meaning, declared.rules
    allowed = UNBOUNDED if meaning is None else meaning.range
    lows = [(allowed.low, allowed.low_open), *_ends(rules, ("gt", True), ("ge", False))]
    highs = [(allowed.high, allowed.high_open), *_ends(rules, ("lt", True), ("le", False))]
    low, low_open = max(lows)
    high, is_closed = min((end, not is_open) for end, is_open in highs)
    return Range(low, high, low_open and math.isfinite(low), not is_closed and math.isfinite(high))


def _ends(rules: Any, *named_ends: tuple[str, bool]) -> list[tuple[float, bool]]:
    stated = [(getattr(rules, name), is_open) for name, is_open in named_ends]
    return [(float(bound), is_open) for bound, is_open in stated if isinstance(bound, (int, float))]
