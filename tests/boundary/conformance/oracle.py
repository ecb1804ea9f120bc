"""What a report has to say of a table, from its rows as plain Python values and the documentation alone.

Nothing of typedml is used here. A value is missing where it is None or NaN; a missing value breaks `null` and
nothing else; across columns a missing result is no failure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs

from tests.boundary.conformance.expressions import truth
from tests.boundary.conformance.kinds import bounds_of
from tests.boundary.conformance.specs import AGGREGATES, ColumnSpec, Rows, TableSpec

Key = tuple[str | None, str]
FITTING: dict[str, frozenset[str]] = {
    "float": frozenset({"float", "int"}),
    "int": frozenset({"int", "float"}),
    "decimal": frozenset({"decimal", "int"}),
}


@attrs.frozen
class Verdict:
    """What each rule finds: how many failures, in which rows."""

    counts: Mapping[Key, int]
    at: Mapping[Key, Sequence[int]]
    rows: int
    warnings: frozenset[Key] = frozenset()

    @property
    def ok(self) -> bool:
        """True where no rule that fails a frame found anything."""
        return not any(count for key, count in self.counts.items() if key not in self.warnings)

    @property
    def reasons(self) -> dict[int, list[str]]:
        """The rules that each bad row breaks, as `split` names them: a warning sets no row aside."""
        told: dict[int, list[str]] = {}
        failing = {key: positions for key, positions in self.at.items() if key not in self.warnings}
        for (column, rule), positions in failing.items():
            for position in positions:
                told.setdefault(position, []).append(rule if column is None else f"{column}: {rule}")
        return dict(sorted(told.items()))

    @property
    def shape_is_wrong(self) -> bool:
        """True where a column is missing or of another type, so that no row can be judged."""
        return any(count and key not in self.at for key, count in self.counts.items())


def is_missing(value: Any) -> bool:
    """True for None and NaN alike."""
    return value is None or value != value


def judge(spec: TableSpec, rows: Rows, stored: Mapping[str, str] | None = None) -> Verdict:
    """Judge all rows; `stored` names the types that the columns have, where they are not those declared."""
    at: dict[Key, list[int]] = {}
    counts: dict[Key, int] = {}
    types = {column.name: column.base for column in spec.columns} if stored is None else stored
    usable = {column.name: column for column in spec.columns if _judge_shape(column, types, counts)}
    for column in usable.values():
        found = judge_column(column, rows, frozenset(usable))
        at |= {(column.name, rule): failing for rule, failing in found.items()}
        counts |= {(column.name, rule): len(failing) for rule, failing in found.items()}
    if spec.extra == "forbid":
        _judge_extra(spec, types, counts)
    _judge_table(spec, rows, frozenset(usable), at, counts)
    for name, tree in spec.checks.items():
        if all(each in usable for each in columns_of(tree)):
            at[None, name] = [place for place, value in enumerate(truth(tree, rows)) if value is False]
            counts[None, name] = len(at[None, name])
    warned = frozenset(key for key in counts if _severity(spec, key) == "warn")
    return Verdict(counts, at, len(rows), warned)


def _judge_table(
    spec: TableSpec, rows: Rows, usable: frozenset[str], at: dict[Key, list[int]], counts: dict[Key, int]
) -> None:
    if spec.rows is not None:
        least, most = spec.rows
        counts[None, "rows"] = int(len(rows) < (least or 0) or (most is not None and len(rows) > most))
    if spec.key and set(spec.key) <= usable:
        keys = [tuple(row[name] for name in spec.key) for row in rows]
        there = [(place, key) for place, key in enumerate(keys) if not any(map(is_missing, key))]
        at[None, "key"] = _repeated(there, True)
        counts[None, "key"] = len(at[None, "key"])
    parts = [column.name for column in spec.columns if column.kind == "Simplex"]
    if len(parts) > 1 and set(parts) <= usable:
        at[None, "simplex"] = [
            place
            for place, row in enumerate(rows)
            if not any(is_missing(row[name]) for name in parts)
            and abs(sum(row[name] for name in parts) - 1) > 1e-6
        ]
        counts[None, "simplex"] = len(at[None, "simplex"])


def _judge_shape(column: ColumnSpec, types: Mapping[str, str], counts: dict[Key, int]) -> bool:
    there = column.name in types
    if column.required:
        counts[column.name, "missing"] = int(not there)
    if not there:
        return False
    fits = types[column.name] in FITTING.get(column.base, {column.base})
    counts[column.name, "dtype"] = int(not fits)
    return fits


def _judge_extra(spec: TableSpec, types: Mapping[str, str], counts: dict[Key, int]) -> None:
    counts[None, "extra"] = int(any(name not in spec.names for name in types))


def _severity(spec: TableSpec, key: Key) -> str:
    column, rule = key
    if column is None:
        return spec.severities.get(rule, "fail")
    declared = next((each for each in spec.columns if each.name == column), None)
    # What the type and the kind ask for is not what `field` says, and always fails.
    return "fail" if declared is None or rule not in STATED else declared.rules.get("severity", "fail")


def columns_of(tree: Any) -> list[str]:
    """The columns that a rule reads."""
    match tree:
        case ("col", str() as name):
            return [name]
        case (str() as statistic, below, list() as by) if statistic in AGGREGATES:
            return [*columns_of(below), *by]
        case (str(), *below):
            return [name for each in below for name in columns_of(each)]
    return []


def rules_of(column: ColumnSpec) -> list[str]:
    """The rules of a column that run on its values, in their fixed order."""
    bounds = bounds_of(column.kind, column.unit)
    told = [] if column.nullable else ["null"]
    told += ["range"] if bounds is not None and bounds.is_limited else []
    told += ["integral"] if column.base == "int" or (bounds is not None and bounds.whole) else []
    # By identity: a bound of 0 is stated, and equals False.
    return told + [
        name for name in STATED if (said := column.rules.get(name)) is not None and said is not False
    ]


def judge_column(column: ColumnSpec, rows: Rows, usable: frozenset[str]) -> dict[str, list[int]]:
    """For every rule of a column, the rows that break it."""
    cells = [row[column.name] for row in rows]
    there = [(place, value) for place, value in enumerate(cells) if not is_missing(value)]
    gone = [place for place, value in enumerate(cells) if is_missing(value)]
    bounds = bounds_of(column.kind, column.unit)
    found: dict[str, list[int]] = {}
    for rule in rules_of(column):
        if rule == "null":
            found[rule] = gone
        elif rule == "range" and bounds is not None:
            found[rule] = [place for place, value in there if not bounds.holds(value)]
        elif rule == "integral":
            found[rule] = [
                place
                for place, value in there
                if not is_whole(value) and (abs(value) != INFINITY or bounds is None or bounds.holds(value))
            ]
        elif rule == "null_fraction":
            share = len(gone) / len(cells) if cells else 0
            found[rule] = gone if share > column.rules[rule] else []
        elif isinstance(by := column.rules[rule], str) and rule in ("increasing", "decreasing"):
            if by not in usable:
                continue
            keyed = [(place, value) for place, value in there if not is_missing(rows[place][by])]
            falling = rule == "decreasing"
            keyed.sort(key=lambda each: each[1], reverse=falling)
            keyed.sort(key=lambda each: rows[each[0]][by])
            found[rule] = sorted(STATED[rule](keyed, True))
        else:
            found[rule] = STATED[rule](there, column.rules[rule])
    return found


INFINITY = float("inf")


def is_whole(value: Any) -> bool:
    """True for whole numbers; infinity is none."""
    return bool(abs(value) != INFINITY and value == int(value))


There = Sequence[tuple[int, Any]]


def _each(holds: Callable[[Any, Any], bool]) -> Callable[[There, Any], list[int]]:
    def failing(there: There, argument: Any) -> list[int]:
        return [place for place, value in there if not holds(value, argument)]

    return failing


def _repeated(there: There, _: Any) -> list[int]:
    times = Counter(value for _, value in there)
    return [place for place, value in there if times[value] > 1]


def _falls(there: There, _: Any) -> list[int]:
    pairs = pairwise(there)
    return [place for (_, before), (place, value) in pairs if value < before]


def _rises(there: There, _: Any) -> list[int]:
    return [place for (_, before), (place, value) in pairwise(there) if value > before]


def _is_known(value: Any, known: Any) -> bool:
    return value in known.values


def _is_among(value: Any, listed: Sequence[Any]) -> bool:
    return any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in listed)


def _matches(value: str, pattern: str) -> bool:
    return re.fullmatch(pattern, value, re.ASCII) is not None


STATED: dict[str, Callable[[There, Any], list[int]]] = {
    "gt": _each(lambda value, bound: value > bound),
    "ge": _each(lambda value, bound: value >= bound),
    "lt": _each(lambda value, bound: value < bound),
    "le": _each(lambda value, bound: value <= bound),
    "isin": _each(_is_among),
    "pattern": _each(_matches),
    "min_length": _each(lambda value, least: len(value) >= least),
    "max_length": _each(lambda value, most: len(value) <= most),
    "unique": _repeated,
    "increasing": _falls,
    "decreasing": _rises,
    "null_fraction": lambda there, _: [],
    "references": _each(_is_known),
}
"""The rules of `field`, in the order in which a report tells them."""
