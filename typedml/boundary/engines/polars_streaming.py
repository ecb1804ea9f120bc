"""polars queries in pieces: the streaming engine counts, and only failing rows are ever held.

Rules on a row, orders without a key and shares of nulls are answered piece by piece. `streams` says so of a
rule; the others hold what they compare, one column or key at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from typedml.boundary.engines import polars, polars_rules, polars_select
from typedml.boundary.engines.lists import clean
from typedml.boundary.patterns import portable
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.stage import Stage, Survey
from typedml.declare.demands import Order

if TYPE_CHECKING:
    import polars as pl

NAME = polars.NAME
_ROW = "__row__"


class Held(NamedTuple):
    """A query whose failing rows are asked for once: `rows` has them by position, after `locate`."""

    query: pl.LazyFrame
    rows: dict[int, dict[str, object]]


def streams(rule: Rule) -> bool:
    """Whether a rule is answered piece by piece, so that nothing is held for it."""
    if rule.name == "pattern":
        return portable(rule.argument) is not None
    keyed = isinstance(rule.argument, Order) and rule.argument.by is not None
    return rule.name == "null_fraction" or (rule.reach != "table" and not keyed)


def takes(frame: object) -> bool:
    """Whether the object is a query of this library."""
    return polars.takes(frame) and hasattr(frame, "collect")


def survey(plan: Plan, frame: pl.LazyFrame) -> Survey:
    """What the query's columns are found to be."""
    return polars.survey(plan, frame)


def lists(stage: Stage, frame: pl.LazyFrame, names: Sequence[str]) -> None:
    """None: nobody knows how many rows there are."""
    return


def values(frame: pl.LazyFrame, name: str) -> None:
    """None: a column is not held to name what is wrong in it."""
    return


def count(stage: Stage, frame: pl.LazyFrame) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage."""
    halves = stage.compiled.get("polars halves")
    if halves is None:
        halves = stage.compiled["polars halves"] = _halves(stage)
    pieces, whole = halves
    selected = [each.alias(name) for name, each in pieces.aggregates.items()]
    row = run(frame.select(selected), streaming=True).row(0, named=True)
    counts = dict(zip(pieces.stage.rules, pieces.settle(row), strict=True))
    if whole.rules:
        counts |= dict(zip(whole.rules, polars.count(whole, frame)[1], strict=True))
    return row["rows"], [counts[rule] for rule in stage.rules]


def _halves(stage: Stage) -> tuple[polars_select.Select, Stage]:
    """What is counted piece by piece, and the stage of the rules that are not."""
    in_pieces = tuple(rule for rule in stage.rules if streams(rule))
    others = tuple(rule for rule in stage.rules if not streams(rule))
    pieces = attrs.evolve(stage, rules=in_pieces, compiled={})
    return polars_select.compile_rules(pieces), attrs.evolve(stage, rules=others, compiled={})


def hold(frame: pl.LazyFrame, columns: Sequence[str]) -> Held:
    """The query, with a place for the rows that are found in it."""
    return Held(frame.select(columns), {})


def locate(stage: Stage, frame: Held, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """The positions of the first rows that break each of the rules; what stands there is kept for `fetch`."""
    import polars as pl

    numbered = frame.query.with_row_index(_ROW)
    found = []
    for rule in rules:
        # A mask is a column first: an order sees all rows, also where rows are filtered.
        marked = numbered.with_columns(polars_rules.bad(stage, rule).fill_null(False).alias("__bad__"))
        failing = marked.filter(pl.col("__bad__")).drop("__bad__")
        first = failing if limit is None else failing.head(limit)
        cells = run(first, streaming=streams(rule)).to_dict(as_series=False)
        positions = cells.pop(_ROW)
        cleaned = {name: clean(column) for name, column in cells.items()}
        for at, position in enumerate(positions):
            frame.rows[position] = {name: column[at] for name, column in cleaned.items()}
        found.append(positions)
    return found


def fetch(frame: Held, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some columns in some rows."""
    return [{name: frame.rows[position][name] for name in columns} for position in positions]


def divide(
    stage: Stage, frame: pl.LazyFrame, rules: Sequence[Rule], label: str
) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The rows that keep every rule, and the others with their reasons, as two queries."""
    divided: tuple[Any, Any] = polars.divide(stage, frame, rules, label)
    return divided


def size(frame: pl.LazyFrame) -> int:
    """How many rows there are."""
    import polars as pl

    return int(run(frame.select(pl.len()), streaming=True).item())


def pick(frame: pl.LazyFrame, positions: Sequence[int]) -> pl.DataFrame:
    """Some rows, in this order."""
    import polars as pl

    wanted = pl.Series(_ROW, list(positions), dtype=pl.get_index_type())
    picked = frame.with_row_index(_ROW).filter(pl.col(_ROW).is_in(wanted.implode())).drop(_ROW)
    return run(picked, streaming=True)


def run(query: pl.LazyFrame, *, streaming: bool) -> pl.DataFrame:
    """The rows of a query.

    Raises: FrameError with the first line of what polars says.
    """
    with polars.plain_errors():
        # What holds its column anyway is held with less around it by the engine in memory.
        return query.collect(engine="streaming" if streaming else "in-memory")
