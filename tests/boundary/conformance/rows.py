"""A rule of the matrix: what is declared, rows that keep it and rows that break it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tests.boundary.conformance.oracle import Key
from tests.boundary.conformance.specs import ColumnSpec, TableSpec, Tree

NAN, INF = float("nan"), float("inf")
DAY = datetime.date(2013, 11, 3)
NOON = datetime.datetime(2013, 11, 3, 12, 0, 0, 7)
HOUR = datetime.timedelta(hours=1)
TICK = datetime.timedelta(microseconds=1)
# Half past one, five times in UTC: the second and third are the same time on a clock in New York.
INSTANTS = [datetime.datetime(2013, 11, 3, hour, 30, tzinfo=datetime.UTC) for hour in range(4, 10)]


@attrs.frozen
class RuleRow:
    """A rule under test: `good` rows keep it together and singly, any `bad` row among them breaks it."""

    name: str
    spec: TableSpec
    target: Key
    good: Sequence[tuple[Any, ...]]
    bad: Sequence[tuple[Any, ...]]
    stored: Mapping[str, str] = attrs.field(factory=dict)
    among_others: bool = False
    """True where a bad row breaks the rule only beside others: repeated values, a fall."""
    alone: bool = False
    """True for a rule of the whole table, which is checked in a table of its own."""


def one(
    rule: str,
    base: str,
    good: Sequence[Any],
    bad: Sequence[Any],
    *,
    name: str = "",
    stored: str | None = None,
    among_others: bool = False,
    nullable: bool = False,
    kind: str | None = None,
    unit: str | None = None,
    **stated: Any,
) -> RuleRow:
    """A rule of one column, which is named x."""
    spec = TableSpec((ColumnSpec("x", base, nullable, kind, unit, stated),))
    types = {} if stored is None else {"x": stored}
    told = name or f"{rule} of {stored or base}"
    return RuleRow(
        told, spec, ("x", rule), [(each,) for each in good], [(each,) for each in bad], types, among_others
    )


def across(name: str, tree: Tree, columns: Mapping[str, str], good: Any, bad: Any, **more: Any) -> RuleRow:
    """A rule across columns that may all be null."""
    specs = tuple(ColumnSpec(each, base, nullable=True) for each, base in columns.items())
    return RuleRow(name, TableSpec(specs, {"kept": tree}), (None, "kept"), good, bad, **more)


SIX = [1.0, 2.0, 3.0, 4.5, 6.0, 1e300]
