"""Schemas as plain data: what the oracle judges by, and what is handed to typedml as a class.

The oracle never sees typedml's own reading of a declaration, so a rule that is read wrongly is noticed, too.
"""

from __future__ import annotations

import datetime
import operator
import types
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

import attrs

import typedml
from typedml import FeatureSchema, Unit
from typedml.declare import aliases

Row = Mapping[str, Any]
Rows = Sequence[Row]
Tree = Any
"""A rule across columns: ("col", name), a constant, or an operator's name and its operands."""

BASES: dict[str, type] = {
    "float": float,
    "int": int,
    "str": str,
    "bool": bool,
    "datetime": datetime.datetime,
    "date": datetime.date,
    "timedelta": datetime.timedelta,
    "decimal": Decimal,
}


class Known(FeatureSchema):
    """The other table, into which references look."""

    text: str | None
    number: int | None


@attrs.frozen
class Foreign:
    """The values of a column of the other table: what `references` means to the oracle."""

    column: str
    values: tuple[Any, ...]


@attrs.frozen
class ColumnSpec:
    """One column: `base` is a name of BASES, `kind` one of the kinds, `rules` the arguments of `field`."""

    name: str
    base: str = "float"
    nullable: bool = False
    kind: str | None = None
    unit: str | None = None
    rules: Mapping[str, Any] = attrs.field(factory=dict)
    required: bool = True

    @property
    def annotation(self) -> Any:
        """What a user would write after the colon."""
        plain: Any = BASES[self.base]
        markers = [] if self.kind is None else [getattr(aliases, marker_name(self.kind))]
        markers += [] if self.unit is None else [Unit(self.unit)]
        declared = Annotated[plain, *markers] if markers else plain
        return declared | None if self.nullable else declared

    @property
    def stated(self) -> Any:
        """What a user would write after the equals sign."""
        rules = dict(self.rules)
        if isinstance(known := rules.get("references"), Foreign):
            rules["references"] = Known.c[known.column]
        return typedml.field(column=self.name, optional=not self.required, **rules)


@attrs.frozen
class TableSpec:
    """The columns of a table, its rules across columns and what is said of the whole table."""

    columns: tuple[ColumnSpec, ...]
    checks: Mapping[str, Tree] = attrs.field(factory=dict)
    extra: str = "allow"
    key: tuple[str, ...] = ()
    rows: tuple[int | None, int | None] | None = None
    severities: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def foreign(self) -> Mapping[str, Sequence[Any]]:
        """The other table, as far as references look into it."""
        found = (column.rules.get("references") for column in self.columns)
        looked_into = {known.column: known.values for known in found if known is not None}
        rows = max(map(len, looked_into.values()), default=0)
        return {
            name: [*looked_into.get(name, ())] + [None] * (rows - len(looked_into.get(name, ())))
            for name in ("text", "number")
        }

    def column(self, name: str) -> ColumnSpec:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def schema(self) -> Any:
        """The class that a user would write for this table."""

        def body(namespace: dict[str, Any]) -> None:
            namespace["__module__"] = __name__
            namespace["__annotations__"] = {each.name: each.annotation for each in self.columns}
            namespace.update({each.name: each.stated for each in self.columns})
            for name, tree in self.checks.items():
                namespace[name] = _rule(name, tree, self.severities.get(name))

        options: dict[str, Any] = {"extra": self.extra}
        options |= {"key": self.key} if self.key else {}
        options |= {"rows": self.rows} if self.rows is not None else {}
        return types.new_class("Table", (FeatureSchema,), options, body)


def marker_name(kind: str) -> str:
    """The marker of a kind: `LogProbability` is marked by LOG_PROBABILITY."""
    letters = [
        f"_{letter}"
        if letter.isupper() and before and not before.isupper() and f"{before}{letter}" != "ZS"
        else letter
        for before, letter in zip(["", *kind], kind, strict=False)
    ]
    return "".join(letters).upper()


def _rule(name: str, tree: Tree, severity: str | None) -> Any:
    def condition(columns: Any) -> Any:
        return build(tree, columns)

    condition.__name__ = name
    mark: Any = typedml.rule
    return mark(severity=severity)(condition) if severity else mark(condition)


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "and": operator.and_,
    "or": operator.or_,
    "==": lambda left, right: left.equals(right),
    "is_in": lambda left, right: left.is_in(right),
}
_UNARY: dict[str, Callable[[Any], Any]] = {
    "not": operator.invert,
    "negative": operator.neg,
    "abs": lambda value: value.abs(),
    "is_null": lambda value: value.is_null(),
}
AGGREGATES = ("sum", "mean", "min", "max", "count", "n_unique")


def build(tree: Tree, columns: Any) -> Any:
    """The expression of typedml that a tree stands for."""
    match tree:
        case ("col", name):
            return columns[name]
        case ("values", *values):
            return tuple(values)
        case (("sum" | "mean" | "min" | "max" | "count" | "n_unique") as name, below, by):
            return getattr(build(below, columns), name)(by=[columns[each] for each in by])
        case ("is_close", left, right, tolerance):
            return build(left, columns).is_close(build(right, columns), tolerance)
        case (str() as name, left, right):
            return _BINARY[name](build(left, columns), build(right, columns))
        case (str() as name, below):
            return _UNARY[name](build(below, columns))
    return tree
