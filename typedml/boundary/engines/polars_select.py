"""One select that answers every rule of a stage: each rule is a sum of failures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

import polars as pl

from typedml.boundary.engines import polars_across, polars_rules
from typedml.boundary.engines.distinct import PART, all_differ, hashes_differ
from typedml.boundary.engines.polars_columns import nulls, present
from typedml.boundary.families import Family
from typedml.boundary.plan import Rule
from typedml.boundary.stage import Stage
from typedml.declare.demands import Key, Order


@final
class Select:
    """The aggregates that answer every rule of a stage at once, and how the counts follow from them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.aggregates: dict[str, pl.Expr] = {"rows": pl.len()}
        for number, rule in enumerate(stage.rules):
            self.aggregates |= self._aggregates(number, rule)

    def _aggregates(self, number: int, rule: Rule) -> dict[str, pl.Expr]:
        if rule.name in ("null", "null_fraction") and rule.column is not None:
            return {f"nulls {rule.column}": nulls(self.stage, rule.column)}
        if rule.name == "unique" and rule.column is not None:
            # Asking whether any value repeats is several times cheaper than marking those that do.
            differ = present(self.stage, rule.column).map_batches(_all_differ, return_dtype=pl.Boolean)
            return {f"differ {number}": differ}
        if isinstance(rule.argument, Key):
            whole = polars_across.whole_rows(self.stage, rule.argument)
            return {f"differ {number}": whole.map_batches(_all_differ, return_dtype=pl.Boolean)}
        if isinstance(rule.argument, Order) and rule.argument.by is not None:
            # Most tables stand in their order already; to sort one costs ten times as much as to see that.
            return {f"differ {number}": polars_across.stands_in_order(self.stage, rule)}
        if _is_certain(self.stage, rule):
            return {}
        return {str(number): self._failures(rule)}

    def _failures(self, rule: Rule) -> pl.Expr:
        """How many rows break the rule."""
        if isinstance(rule.argument, Order) and rule.argument.by is not None:
            # Counted in the order of the key: only who asks for rows brings them back into their own.
            return polars_across.falls(self.stage, rule).sum()
        return polars_rules.bad(self.stage, rule).sum()

    def open_questions(self, row: Mapping[str, int]) -> dict[str, pl.Expr]:
        """What is still to be counted: repeated values and falls, where there may be some."""
        return {
            str(number): self._failures(rule)
            for number, rule in enumerate(self.stage.rules)
            if row.get(f"differ {number}") is False
        }

    def settle(self, row: Mapping[str, int]) -> list[int]:
        """The count of every rule, in order; a rule that was not in question counts 0."""
        return [
            row[f"nulls {rule.column}"]
            if rule.name in ("null", "null_fraction") and rule.column is not None
            else row.get(str(number)) or 0
            for number, rule in enumerate(self.stage.rules)
        ]


def _is_certain(stage: Stage, rule: Rule) -> bool:
    """Whether the type of the column alone answers the rule."""
    return (
        rule.column is not None and rule.name == "integral" and stage.found[rule.column].family is Family.INT
    )


def compile_rules(stage: Stage) -> Select:
    """The select that counts every rule of a stage."""
    return Select(stage)


_IN_NUMPY = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)


def _all_differ(values: pl.Series) -> pl.Series:
    """Whether all values that are not null surely differ, as the one value of a series."""
    if values.dtype in _IN_NUMPY and not values.null_count() and values.n_chunks() == 1:
        return pl.Series([all_differ(values.to_numpy())])
    if (values.dtype.is_nested() and values.dtype != pl.Struct) or values.dtype == pl.Object:
        return pl.Series([False])
    parts = (values.slice(start, PART).drop_nulls() for start in range(0, len(values), PART))
    hashes = (part.hash().to_numpy() for part in parts)
    return pl.Series([hashes_differ(hashes, len(values) - values.null_count())])
