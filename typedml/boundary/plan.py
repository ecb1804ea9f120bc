"""What a declared schema demands of a frame: rules as data, in a fixed order, the same for every engine.

A plan is made once for a schema. It knows no library; `print(plan)` shows every rule that will run.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, final

import attrs

from typedml.declare.declared import OpaqueRule
from typedml.declare.demands import Key, Order, Reference, RowCount, Severity
from typedml.declare.expression import Expression

if TYPE_CHECKING:
    from typedml.declare.declared import DeclaredSchema

Reach = Literal["row", "order", "table"]


@final
@attrs.frozen(eq=False)
class Rule:
    """One demand: `name` as it stands in a report, on `column` (None for a rule of the whole table).

    `argument` is the bound, set, pattern, range, `Order`, `Reference`, `Key`, `RowCount` or expression;
    `condition` says the demand in words, `doc` is what its author wrote about it; `severity` is whether a
    breach fails the frame or only warns. `is_across` is True where cells of its own column do not answer it.
    """

    column: str | None
    name: str
    argument: Any = None
    condition: str = ""
    doc: str = ""
    severity: Severity = "fail"
    is_across: bool = attrs.field(init=False)

    @is_across.default
    def _is_across(self) -> bool:
        keyed = isinstance(self.argument, Order) and self.argument.by is not None
        return self.column is None or keyed or isinstance(self.argument, Reference)

    @property
    def key(self) -> tuple[str | None, str]:
        """The key of this rule in `Report.counts`."""
        return (self.column, self.name)

    @property
    def reason(self) -> str:
        """The short, stable name of a breach of this rule, as `split` writes it: "distance: gt"."""
        return self.name if self.column is None else f"{self.column}: {self.name}"

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that the rule looks at, each once."""
        match self.argument:
            case Expression() if self.column is None:
                return tuple(sorted(self.argument.columns))
            case Key() | Reference() | OpaqueRule():
                return self.argument.columns
            case Order(by=str() as by):
                return (str(self.column), by)
            case _:
                return () if self.column is None else (self.column,)

    @property
    def fails(self) -> bool:
        """Whether a breach fails the frame; otherwise it warns, and sets no row aside."""
        return self.severity == "fail"

    @property
    def reach(self) -> Reach:
        """Which rows the answer for one row hangs on: its own, those before it, or all of the table."""
        match self.argument:
            case Order():
                return "order" if self.argument.by is None else "table"
            case Key() | RowCount() | OpaqueRule():
                return "table"
            case Expression() if self.column is None:
                return "table" if self.argument.is_aggregate else "row"
            case _:
                return "table" if self.column is not None and self.name in _OF_THE_TABLE else "row"

    def __str__(self) -> str:
        warns = "" if self.severity == "fail" else " (warns)"
        return f"{self.reason:<28} {self.condition}{warns}".rstrip()


_OF_THE_TABLE = frozenset({"unique", "null_fraction"})


@final
@attrs.frozen(eq=False)
class ColumnPlan:
    """The rules of one column; `shape` come first, `rows` run only where the shape is right.

    Of the shape are `missing`, `dtype` and `width`: whether the column is there, and how it is stored.
    """

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

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order in which a report lists them."""
        return tuple(self._rules())

    @cached_property
    def references(self) -> tuple[Rule, ...]:
        """The rules that look into other tables."""
        return tuple(rule for rule in self.rules if isinstance(rule.argument, Reference))

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


def show(value: object) -> str:
    """A value as a reader of a report would write it."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.timedelta)):
        return str(value)
    return repr(value)


def show_set(values: tuple[object, ...], shown: int = 6) -> str:
    """The members of a set, the first few of a long one."""
    more = f", ... {len(values) - shown} more" if len(values) > shown else ""
    return "{" + ", ".join(show(value) for value in values[:shown]) + more + "}"
