"""How a rule is judged batch by batch: row by row, by its neighbours, by groups, or all rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import polars as pl

from typedml.boundary.batches.spilling import POSITION
from typedml.boundary.plan import Rule
from typedml.declare.demands import Key, Order
from typedml.declare.expression import Expression

Way = Literal["row", "order", "group", "all"]


def way_of(rule: Rule) -> Way:
    """How the rule is judged."""
    if rule.reach == "row" or (rule.name == "null_fraction" and rule.column is not None):
        return "row"
    if rule.reach == "order":
        return "order"
    return "group" if groups_of(rule) else "all"


def columns_of(rule: Rule) -> tuple[str, ...]:
    """The columns that a rule reads."""
    return rule.reads


def groups_of(rule: Rule) -> tuple[str, ...]:
    """The columns whose equal values must be judged together; none where all rows must."""
    if rule.column is not None:
        return (rule.column,) if rule.name == "unique" else ()
    if isinstance(rule.argument, Key):
        return rule.argument.columns
    if not isinstance(rule.argument, Expression):
        return ()
    groups = [set(map(str, node.by)) for node in rule.argument.nodes() if hasattr(node, "by")]
    return tuple(sorted(set.intersection(*groups))) if groups else ()


def set_aside(rule: Rule, frame: pl.DataFrame, offset: int) -> pl.DataFrame:
    """What a rule of groups needs of these rows: its columns, and where they stand."""
    names = columns_of(rule)
    place = pl.int_range(offset, offset + frame.height, dtype=pl.Int64).alias(POSITION)
    chosen = frame.select([*map(_comparable, names, [frame.schema[name] for name in names]), place])
    # A missing value repeats nothing and is out of no order.
    return chosen.drop_nulls(names) if isinstance(rule.argument, (Key, Order)) or rule.column else chosen


def _comparable(name: str, dtype: pl.DataType) -> pl.Expr:
    # Categories of two batches are numbered apart; their texts are alike.
    column = pl.col(name)
    return column.cast(pl.String) if dtype in (pl.Categorical, pl.Enum) else column


WHY_TOO_LARGE = "it looks at all rows at once, and they are more than may be kept in memory"
HINT_TOO_LARGE = "check_files(schema, path, memory=2**30) keeps more of them"
WHY_OPAQUE = "another library runs it, on one frame"
HINT_OPAQUE = "read the files into one frame, and check that"


def blamed(rules: Sequence[Rule]) -> list[str]:
    """The columns of all these rules, each once."""
    return list(dict.fromkeys(name for rule in rules for name in columns_of(rule)))
