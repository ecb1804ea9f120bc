"""Rules that cells of one column do not answer, as polars expressions: keys, references, orders by a key."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, assert_never

import polars as pl

from typedml.boundary.engines.polars_columns import present, stored
from typedml.boundary.engines.polars_expressions import lower
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.declare.demands import Key, Order, Reference
from typedml.declare.expression import Expression


def bad(stage: Stage, rule: Rule) -> pl.Expr:
    """True in the rows that break the rule."""
    argument: Expression | Key | Order | Reference = rule.argument
    match argument:
        case Expression():
            return lower(argument, stage.found).not_()
        case Key():
            return _parts(stage, argument).is_duplicated() & _whole(stage, argument.columns)
        case Order():
            back = _sorted(stage, rule).arg_sort()
            return falls(stage, rule).gather(back)
        case Reference():
            return _strangers(stage, argument, stage.referenced[rule])
        case _:
            assert_never(argument)


def whole_rows(stage: Stage, key: Key) -> pl.Expr:
    """The rows of a key of which no part is missing."""
    return _parts(stage, key).filter(_whole(stage, key.columns))


def _parts(stage: Stage, key: Key) -> pl.Expr:
    return pl.struct(present(stage, name).alias(name) for name in key.columns)


def _whole(stage: Stage, names: tuple[str, ...]) -> pl.Expr:
    return pl.all_horizontal(present(stage, name).is_not_null() for name in names)


def stands_in_order(stage: Stage, rule: Rule) -> pl.Expr:
    """Whether the rows stand in the order of the key already, and no value lies beyond the one before it."""
    whole = _whole(stage, rule.reads)
    value, key = (pl.when(whole).then(present(stage, name)).forward_fill() for name in rule.reads)
    along = value <= value.shift(1) if rule.argument.descending else value >= value.shift(1)
    return ((key >= key.shift(1)) & along).all()


def falls(stage: Stage, rule: Rule) -> pl.Expr:
    """Whether each value lies beyond the one before it, in the order of (key, value)."""
    values = present(stage, str(rule.column)).gather(_sorted(stage, rule))
    # The rows that are not judged stand at the end, and hold nothing that could be compared.
    judged = _whole(stage, rule.reads).gather(_sorted(stage, rule))
    beyond = values > values.shift(1) if rule.argument.descending else values < values.shift(1)
    return beyond & judged


def _sorted(stage: Stage, rule: Rule) -> pl.Expr:
    value, key = (present(stage, name) for name in rule.reads)
    known = pl.when(_whole(stage, rule.reads)).then(key)
    down = [False, rule.argument.descending]
    return pl.arg_sort_by(known, value, descending=down, nulls_last=True, maintain_order=True)


def _strangers(stage: Stage, reference: Reference, known: frozenset[Any]) -> pl.Expr:
    parts = [stored(stage, name) for name in reference.columns]
    if len(parts) == 1:
        values = [parts[0].convert(value) for value in known]
        members = pl.Series([value for value in values if value is not None], dtype=parts[0].dtype)
        return ~_is_among(parts[0].column, members)
    fields = {f"part {number}": part.dtype for number, part in enumerate(parts)}
    rows = [tuple(part.convert(value) for part, value in zip(parts, row, strict=True)) for row in known]
    whole = [dict(zip(fields, row, strict=True)) for row in rows if None not in row]
    row_of = pl.struct(part.column.alias(name) for name, part in zip(fields, parts, strict=True))
    found = _is_among(row_of, pl.Series(whole, dtype=pl.Struct(fields)))
    return ~found & _whole(stage, reference.columns)


def _is_among(column: pl.Expr, members: pl.Series) -> pl.Expr:
    return column.is_in(members.implode() if _takes_one_list() else members)


@lru_cache(maxsize=1)
def _takes_one_list() -> bool:
    """Whether one list of members is for all rows; polars 1.0 wants a list for each, or the members alone."""
    try:
        return bool(pl.Series([1, 2]).is_in(pl.Series([[1]])).any())
    except pl.exceptions.PolarsError:
        return False
