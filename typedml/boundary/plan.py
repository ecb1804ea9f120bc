"""What a declared schema demands of a frame: rules as data, in a fixed order, the same for every engine.

A plan is made once for a schema. It knows no library; `print(plan)` shows every rule that will run.
"""

from __future__ import annotations

import datetime
import decimal
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, final

import attrs

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.declare.declared import DeclaredField, DeclaredSchema

_BOUNDS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
Severity = Literal["fail", "warn"]
Reach = Literal["row", "order", "table"]
REACH: dict[str, Reach] = {"unique": "table", "null_fraction": "table", "increasing": "order"}
_NUMBERS = (int, float, decimal.Decimal)


@final
@attrs.frozen(eq=False)
class Rule:
    """One demand: `name` as it stands in a report, on `column` (None for a rule of the whole table).

    `argument` is the bound, set, pattern, range or expression; `condition` says the demand in words, `doc` is
    what its author wrote about it; `severity` is whether a breach fails the frame or only warns.
    """

    column: str | None
    name: str
    argument: Any = None
    condition: str = ""
    doc: str = ""
    severity: Severity = "fail"

    @property
    def key(self) -> tuple[str | None, str]:
        """The key of this rule in `Report.counts`."""
        return (self.column, self.name)

    @property
    def reason(self) -> str:
        """The short, stable name of a breach of this rule, as `split` writes it: "distance: gt"."""
        return self.name if self.column is None else f"{self.column}: {self.name}"

    @property
    def reach(self) -> Reach:
        """Which rows the answer for one row hangs on: its own, those before it, or all of the table."""
        return REACH.get(self.name, "row") if self.column is not None else "row"

    def __str__(self) -> str:
        return f"{self.reason:<28} {self.condition}".rstrip()


@final
@attrs.frozen(eq=False)
class ColumnPlan:
    """The rules of one column; `shape` come first, `rows` run only where the shape is right."""

    column: str
    base: type
    required: bool
    meaning: str
    shape: tuple[Rule, ...]
    rows: tuple[Rule, ...]


@final
@attrs.frozen(eq=False)
class Plan:
    """All rules of a schema, and the columns (`keys`) that name a row to a reader of the report."""

    schema: DeclaredSchema
    columns: tuple[ColumnPlan, ...]
    table: tuple[Rule, ...]
    extra: Rule | None
    keys: tuple[str, ...]
    opaque: tuple[Rule, ...] = ()

    @property
    def name(self) -> str:
        """The name of the schema."""
        return self.schema.name

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order in which a report lists them."""
        return tuple(self._rules())

    def _rules(self) -> Iterator[Rule]:
        for column in self.columns:
            yield from column.shape
            yield from column.rows
        if self.extra is not None:
            yield self.extra
        yield from self.table
        yield from self.opaque

    def __str__(self) -> str:
        lines = [f"plan of {self.name}: {len(self.rules)} rules", *(f"  {rule}" for rule in self.rules)]
        return "\n".join(lines)


def compile_plan(schema: DeclaredSchema) -> Plan:
    """The plan of a declared schema.

    Raises: DeclarationError, if two fields name one column or a rule cannot be compared with its column.
    """
    columns = tuple(_column_plan(declared) for declared in schema.fields)
    twice = {name for name in schema.columns if schema.columns.count(name) > 1}
    if twice:
        raise DeclarationError(
            f'schema "{schema.name}" names column "{min(twice)}" in more than one field',
            "give each field its own column",
        )
    forbidden = Rule(None, "extra", schema.columns, "no other column") if schema.extra == "forbid" else None
    table = tuple(Rule(None, c.name, c.expression, str(c.expression), c.doc) for c in schema.checks)
    keys = tuple(declared.column for declared in schema.fields if _is_key(declared))
    opaque = tuple(Rule(o.column, o.name, o, o.condition, o.doc, o.severity) for o in schema.opaque)
    return Plan(schema, columns, table, forbidden, keys, opaque)


def _column_plan(declared: DeclaredField) -> ColumnPlan:
    column = declared.column
    shape = [Rule(column, "missing", None, "column is there")] if declared.required else []
    shape.append(Rule(column, "dtype", declared.base, f"values are {declared.base.__name__}"))
    meaning = "" if declared.meaning is None else str(declared.meaning)
    rows = tuple(_row_rules(declared, meaning))
    return ColumnPlan(column, declared.base, declared.required, meaning, tuple(shape), rows)


def _row_rules(declared: DeclaredField, meaning: str) -> Iterator[Rule]:
    column = declared.column
    if not declared.nullable:
        yield Rule(column, "null", None, f"{column} is not null")
    yield from _kind_rules(declared, meaning)
    for name, argument in declared.rules.stated.items():
        if name in _BOUNDS:
            bound = _comparable(argument, declared)
            yield Rule(column, name, bound, f"{column} {_BOUNDS[name]} {show(bound)}")
        elif name == "isin":
            values = tuple(_comparable(value, declared) for value in argument if value is not None)
            yield Rule(column, name, values, f"{column} in {show_set(values)}")
        else:
            yield Rule(
                column, name, argument, _OTHER_CONDITIONS[name].format(column=column, argument=argument)
            )


_OTHER_CONDITIONS = {
    "pattern": '{column} matches "{argument}"',
    "unique": "{column} is unique",
    "increasing": "{column} never decreases",
    "null_fraction": "the share of nulls in {column} is at most {argument:.4g}",
}


def _kind_rules(declared: DeclaredField, meaning: str) -> Iterator[Rule]:
    column, infinities = declared.column, _INFINITIES
    if declared.base not in _NUMBERS:
        return
    if declared.meaning is not None:
        allowed = declared.meaning.range
        infinities = tuple(infinity for infinity in infinities if allowed.contains(infinity))
        if not allowed.is_unbounded:
            yield Rule(column, "range", allowed, f"{column} in {allowed} ({meaning})")
    if declared.base is int or (declared.meaning is not None and declared.meaning.integral):
        # Infinity is no integer; where a range refuses it, it is counted there and only there.
        yield Rule(column, "integral", infinities, f"{column} is a whole number")


_INFINITIES: tuple[float, ...] = (-math.inf, math.inf)


def _comparable(value: object, declared: DeclaredField) -> object:
    """A bound as every engine compares it: a date beside datetimes is its midnight, a Decimal a float."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    if declared.base is datetime.datetime and type(value) is datetime.date:
        return datetime.datetime(value.year, value.month, value.day)
    if declared.base is int and isinstance(value, float) and 2**53 <= abs(value) <= 2**64:
        # Beside a float, libraries round whole numbers of this size: 2**53 + 1 would not be above 2**53.
        return int(value)
    return value


def _is_key(declared: DeclaredField) -> bool:
    kind = None if declared.meaning is None or declared.meaning.cut else declared.meaning.kind
    lineage = () if kind is None else (kind, *kind.ancestors)
    return declared.rules.unique or any(each.name == "Identifier" for each in lineage)


def show(value: object) -> str:
    """A value as a reader of a report would write it."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.timedelta)):
        return str(value)
    return repr(value)


def show_set(values: tuple[object, ...], shown: int = 6) -> str:
    """The members of a set, the first few of a long one."""
    more = f", ... {len(values) - shown} more" if len(values) > shown else ""
    return "{" + ", ".join(show(value) for value in values[:shown]) + more + "}"
