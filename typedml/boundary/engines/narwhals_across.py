"""Rules that cells of one column do not answer, as windows of narwhals: keys, references, orders by a key."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, assert_never

import narwhals as nw

from typedml.boundary.engines import narwhals_targets
from typedml.boundary.engines.decimals import as_stored, scale_of
from typedml.boundary.engines.narwhals_columns import Literal, all_present, among, stored
from typedml.boundary.engines.narwhals_conditions import Lowering
from typedml.boundary.engines.narwhals_steps import Steps
from typedml.boundary.families import NUMBERS, Family, Found
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.declare.demands import Key, Order, Reference
from typedml.declare.expression import Expression


def bad(stage: Stage, rule: Rule, literal: Literal, steps: Steps, library: str) -> nw.Expr:
    """True in the rows that break the rule."""
    argument: Expression | Key | Order | Reference = rule.argument
    match argument:
        case Expression():
            return ~Lowering(stage.found, literal, steps).lower(argument)
        case Key():
            return repeated(stage, argument.columns, steps)
        case Order():
            return _falls(stage, rule, steps)
        case Reference():
            known = stage.referenced[rule]
            if library in narwhals_targets.NATIVE and _are_many(known):
                found = narwhals_targets.is_target(stage, argument.columns, known, steps, library)
                return all_present(stage, argument.columns, steps) & nw.col(found).is_null()
            return _strangers(stage, argument, known, literal, steps)
        case _:
            assert_never(argument)


def repeated(stage: Stage, names: Sequence[str], steps: Steps) -> nw.Expr:
    """Whether all of these cells are there, and another row holds the same."""
    groups = [stored(stage, name, steps) for name in names]
    return all_present(stage, names, steps) & (steps.add(nw.len().over(*groups), 1) > 1)


def _falls(stage: Stage, rule: Rule, steps: Steps) -> nw.Expr:
    """Whether a value lies beyond the one before it, in the order of (key, value)."""
    judged = all_present(stage, rule.reads, steps)
    value_name, key_name = (stored(stage, name, steps) for name in rule.reads)
    # Rows that are not judged have null as their key and as their value, and stand before all others.
    key = steps.name(nw.when(judged).then(nw.col(key_name)), 1)
    value = steps.name(nw.when(judged).then(nw.col(value_name)), 1)
    order = _turned(stage, rule, value, steps) if rule.argument.descending else value
    before = steps.add(nw.col(order).shift(1).over(order_by=[key, order]), 3)
    return nw.col(order) < before


def _turned(stage: Stage, rule: Rule, value: str, steps: Steps) -> str:
    """Values the other way round, for windows sort upwards; of what has no sign, their ranks."""
    if stage.found[str(rule.column)].family in NUMBERS:
        return steps.name(-nw.col(value), 2)
    return steps.name(-nw.col(value).rank("dense"), 2)


def _strangers(
    stage: Stage, reference: Reference, known: frozenset[Any], literal: Literal, steps: Steps
) -> nw.Expr:
    columns = [nw.col(stored(stage, name, steps)) for name in reference.columns]
    known, says = (
        _of_decimals(stage, reference, known),
        [_says(stage, name, literal) for name in reference.columns],
    )
    there = all_present(stage, reference.columns, steps)
    if len(columns) == 1:
        return there & ~among(columns[0], known, literal)
    found = nw.lit(False)
    for first, rows in _by_first(known).items():
        rest = nw.lit(False)
        for row in rows:
            cells = [
                column == say(value) for column, say, value in zip(columns[1:], says[1:], row, strict=True)
            ]
            rest = rest | nw.all_horizontal(*cells, ignore_nulls=False)
        found = found | ((columns[0] == says[0](first)) & rest)
    return there & ~found


def _of_decimals(stage: Stage, reference: Reference, known: frozenset[Any]) -> frozenset[Any]:
    """What may be meant, decimals with the digits that their column has; without what no cell can be."""
    scales = [_scale(stage.found[name]) for name in reference.columns]
    if scales == [None]:
        return known
    if len(scales) == 1:
        return frozenset(_at_scale(value, scales[0]) for value in known) - {None}
    rows = (tuple(map(_at_scale, row, scales)) for row in known)
    return frozenset(row for row in rows if None not in row)


def _scale(found: Found) -> int | None:
    return scale_of(found) if found.family is Family.DECIMAL else None


def _at_scale(value: Any, scale: int | None) -> Any:
    return value if scale is None else as_stored(value, scale)


def _says(stage: Stage, name: str, literal: Literal) -> Literal:
    return nw.lit if stage.found[name].family is Family.DECIMAL else literal


def _are_many(known: frozenset[Any]) -> bool:
    """Whether values are too many to be said in a query; numbers and texts are said as one list."""
    listed = all(isinstance(each, (str, int, float, Decimal)) for each in known)
    return len(known) > (_MOST_LISTED if listed else _MOST)


def _by_first(known: frozenset[Any]) -> dict[Any, list[tuple[Any, ...]]]:
    """Rows of a key by their first value, without those of which a part is missing.

    Raises: ValueError if there are too many to be said one by one.
    """
    whole = [row for row in known if None not in row]
    if len(whole) > _MOST:
        raise ValueError(f"a key of several columns is looked up among at most {_MOST:,} rows here")
    groups: dict[Any, list[tuple[Any, ...]]] = {}
    for first, *rest in whole:
        groups.setdefault(first, []).append(tuple(rest))
    return groups


_MOST = 200
_MOST_LISTED = 10_000
