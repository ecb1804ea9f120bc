"""Rules that one cell does not answer, in plain Python: keys, references, orders by a key, expressions.

The definition of each of them. The other engines are held to the same answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from typedml.boundary.engines import list_rules
from typedml.boundary.engines.lists import ListCells, falls
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.declare.demands import Key, Order, Reference
from typedml.declare.expression import Expression

Values = Sequence[Any]


def broken_rows(stage: Stage, rule: Rule, columns: Mapping[str, ListCells]) -> list[bool]:
    """Whether each row breaks a rule that looks beyond one cell."""
    argument: Expression | Key | Order | Reference = rule.argument
    if isinstance(argument, Expression):
        return list_rules.broken_rows(argument, columns)
    cells = [columns[name].comparable for name in rule.reads]
    match argument:
        case Key():
            return _repeated(cells)
        case Order():
            values, keys = cells
            return _falls_by_key(values, keys, argument.descending)
        case Reference():
            return _strangers(cells, stage.referenced[rule])
        case _:
            assert_never(argument)


def _repeated(columns: Sequence[Values]) -> list[bool]:
    rows = list(zip(*columns, strict=True))
    times = Counter(rows)
    return [times[row] > 1 and None not in row for row in rows]


def _falls_by_key(values: Values, keys: Values, descending: bool) -> list[bool]:
    """Rows by (key, value), equal ones as they stand, without those in which either is missing."""
    judged = [row for row in range(len(values)) if values[row] is not None and keys[row] is not None]
    # Two stable sorts: by the value, which may descend, and then by the key.
    judged.sort(key=lambda row: values[row], reverse=descending)
    judged.sort(key=lambda row: keys[row])
    bad = [False] * len(values)
    for row, broken in zip(judged, falls([values[row] for row in judged], descending), strict=True):
        bad[row] = broken
    return bad


def _strangers(columns: Sequence[Values], known: frozenset[Any]) -> list[bool]:
    if len(columns) == 1:
        return [value is not None and value not in known for value in columns[0]]
    return [None not in row and row not in known for row in zip(*columns, strict=True)]
