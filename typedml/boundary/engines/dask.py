"""Dask frames, partition by partition as pandas frames; nothing of them is brought together but what must be.

Rules about one row are counted where the partition lies. Rules about the whole table (`unique`, keys, groups,
orders by a key) bring the columns that they read into the memory of the caller. Rows have no positions, for
shuffles move them; their index label is shown instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, final

import attrs
import numpy as np

from typedml.boundary.engines import pandas
from typedml.boundary.engines.lists import clean, find
from typedml.boundary.families import Family, Found
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey

if TYPE_CHECKING:
    import pandas as pd

# Dask's own types leave most of its functions out.
Frame: TypeAlias = Any

NAME = "dask"
LACKS = frozenset({"order"})


def takes(frame: object) -> bool:
    """Whether the object is a frame of this library."""
    module = sys.modules.get("dask.dataframe")
    return module is not None and isinstance(frame, module.DataFrame)


def survey(plan: Plan, frame: Frame) -> Survey:
    """What the frame's columns are found to be; those of objects are read for it, in their partitions."""
    # The frame without rows that Dask plans with has the types of all its partitions.
    seen = pandas.survey(plan, frame._meta)
    bases = {column.column: column.base for column in plan.columns}
    found = {name: _found(frame, name, each, bases[name]) for name, each in seen.found.items()}
    return attrs.evolve(seen, found=found, lacks=LACKS)


def lists(stage: Stage, frame: Frame, names: Sequence[str]) -> dict[str, list[Any]] | None:
    """Never: whether a frame has few rows is a computation here."""
    return None


def values(frame: Frame, name: str) -> list[Any] | None:
    """Never: a column may be larger than memory."""
    return None


def count(stage: Stage, frame: Frame) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage, by one computation."""
    apart, together = _parts(stage, stage.rules)
    tasks = [_delayed(_count)(apart, part) for part in _partitions(stage, frame)]
    whole = _whole(together, frame)
    *counted, brought = _computed(*tasks, whole)
    counts = dict(zip(apart.rules, map(sum, zip(*(each for _, each in counted), strict=True)), strict=True))
    if together.rules:
        counts |= dict(zip(together.rules, pandas.count(together, brought)[1], strict=True))
    return sum(rows for rows, _ in counted), [counts[rule] for rule in stage.rules]


def hold(frame: Frame, columns: Sequence[str]) -> Any:
    """The frame, with room for the failing rows that are found in it."""
    return _Held(frame, columns)


def locate(stage: Stage, frame: Any, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """Numbers of rows that break each of the rules, among those that were fetched."""
    held = frame if isinstance(frame, _Held) else _Held(frame, ())
    return held.locate(stage, rules, limit)


def fetch(frame: Any, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some columns in some rows that were found, and the labels of their index."""
    return [frame.rows[at] for at in positions]


def divide(stage: Stage, frame: Frame, rules: Sequence[Rule], label: str) -> tuple[Frame, Frame]:
    """The rows that keep every rule, and the others with their reasons, both lazy, in their order.

    Reasons are one text, joined by "; ", for Dask has no lists.
    """
    from dask import dataframe

    from_delayed: Any = dataframe.from_delayed
    apart, _ = _parts(stage, rules)
    others = _masks(stage, frame, rules)
    pairs = list(zip(frame.to_delayed(), others, strict=True))
    divided = [_delayed(_divide)(apart, part, mask, label) for part, mask in pairs]
    meta = frame._meta
    told = meta.assign(**{label: np.empty(0, object)}).astype({label: "str"})
    good = from_delayed([each[0] for each in divided], meta=meta, verify_meta=False)
    return good, from_delayed([each[1] for each in divided], meta=told, verify_meta=False)


def size(frame: Frame) -> int:
    """How many rows there are, by a computation of its own."""
    return len(frame)


def pick(frame: Frame, positions: Sequence[int]) -> Any:
    """Never: rows have no positions.

    Raises: FrameError, always.
    """
    fact = "the rows of a Dask frame have no order to draw a sample from"
    raise FrameError(fact, "draw it there, and check that: frame.sample(frac=0.01)")


def distinct(frame: Frame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some columns, each at least once."""
    parts = _computed(*(_delayed(pandas.distinct)(part, names) for part in frame[list(names)].to_delayed()))
    return [row for part in parts for row in part]


@final
class _Held:
    """A frame, the columns to show of it, and the rows that were found to break a rule."""

    def __init__(self, frame: Frame, columns: Sequence[str]) -> None:
        self.frame, self.columns = frame, list(columns)
        self.rows: list[dict[str, Any]] = []

    def locate(self, stage: Stage, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
        apart, together = _parts(stage, rules)
        tasks = [_delayed(_failing)(apart, part, self.columns, limit) for part in self.frame.to_delayed()]
        *parts, brought = _computed(*tasks, _whole(together, self.frame, self.columns))
        found: dict[Rule, list[int]] = {rule: [] for rule in rules}
        for part in [*parts, _failing(together, brought, self.columns, limit) if together.rules else {}]:
            for rule, rows in part.items():
                found[rule] += range(len(self.rows), len(self.rows) + len(rows))
                self.rows += rows
        return [found[rule][:limit] for rule in rules]


def _parts(stage: Stage, rules: Sequence[Rule]) -> tuple[Stage, Stage]:
    """The stage with the rules that each partition answers by itself, and that with the others."""
    alone = [rule.reach == "row" or rule.name == "null_fraction" for rule in rules]
    apart = tuple(rule for rule, is_alone in zip(rules, alone, strict=True) if is_alone)
    together = tuple(rule for rule, is_alone in zip(rules, alone, strict=True) if not is_alone)
    return attrs.evolve(stage, rules=apart, compiled={}), attrs.evolve(stage, rules=together, compiled={})


def _whole(together: Stage, frame: Frame, more: Sequence[str] = ()) -> Any:
    """The columns that rules of the whole table read, brought together as one task."""
    names = dict.fromkeys(name for rule in together.rules for name in (*rule.reads, *more))
    return _delayed(_joined)(*frame[list(names)].to_delayed()) if names else None


def _partitions(stage: Stage, frame: Frame) -> Any:
    return frame[list(stage.found)].to_delayed()


def _delayed(function: Any) -> Any:
    from dask.delayed import delayed

    made: Any = delayed
    return made(function, pure=True, traverse=False)


def _computed(*tasks: Any) -> tuple[Any, ...]:
    """The results of some tasks, by one computation.

    Raises: FrameError if the caller's own frame cannot be computed.
    """
    from dask import base

    compute: Any = base.compute
    try:
        computed: tuple[Any, ...] = compute(*tasks)
    except FrameError:
        raise
    except Exception as error:
        first = str(error).strip().split("\n", 1)[0]
        fact = f"the lazy frame cannot be collected: {type(error).__name__}: {first}"
        raise FrameError(fact, "run its compute() to see where it fails; no row was judged") from error
    return computed


def _joined(*parts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts)


def _count(stage: Stage, part: pd.DataFrame) -> tuple[int, list[int]]:
    return pandas.count(stage, part)


def _failing(
    stage: Stage, part: pd.DataFrame, columns: Sequence[str], limit: int | None
) -> dict[Rule, list[dict[str, object]]]:
    """The first rows of a partition that break each rule, with their index labels."""
    located = pandas.locate(stage, part, stage.rules, limit)
    return {
        rule: _shown(part, columns, positions) for rule, positions in zip(stage.rules, located, strict=True)
    }


def _shown(part: pd.DataFrame, columns: Sequence[str], positions: list[int]) -> list[dict[str, object]]:
    labels = part.index[positions].tolist()
    rows = pandas.fetch(part, columns, positions)
    return [{"index": label} | row for label, row in zip(labels, rows, strict=True)]


def _masks(stage: Stage, frame: Frame, rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """For each partition: which of its rows break a rule of the whole table, by the reason of the rule."""
    _, together = _parts(stage, rules)
    if not together.rules:
        return [{} for _ in range(frame.npartitions)]
    parts = [_delayed(len)(part) for part in frame.to_delayed()]
    *lengths, brought = _computed(*parts, _whole(together, frame))
    located = pandas.locate(together, brought, together.rules, None)
    ends = np.cumsum(lengths)[:-1]
    masks: list[dict[str, Any]] = [{} for _ in range(frame.npartitions)]
    for rule, positions in zip(together.rules, located, strict=True):
        broken = np.zeros(len(brought), np.bool_)
        broken[positions] = True
        for mask, part in zip(masks, np.split(broken, ends), strict=True):
            mask[rule.reason] = part
    return masks


def _divide(stage: Stage, part: pd.DataFrame, others: dict[str, Any], label: str) -> tuple[Any, Any]:
    """The good rows of a partition, and the others with their reasons in one text, in the plan's order."""
    masks = {rule.reason: np.zeros(len(part), np.bool_) for rule in stage.rules} | others
    for rule, positions in zip(stage.rules, pandas.locate(stage, part, stage.rules, None), strict=True):
        masks[rule.reason][positions] = True
    order = [rule.reason for rule in stage.plan.rules if rule.reason in masks]
    broken = np.logical_or.reduce([masks[reason] for reason in order]) if order else np.zeros(len(part), bool)
    told = ["; ".join(each for each in order if masks[each][at]) for at in np.flatnonzero(broken)]
    return part[~broken], part[broken].assign(**{label: np.array(told, object)}).astype({label: "str"})


def _found(frame: Frame, name: str, seen: Found, base: type) -> Found:
    dtype = frame._meta.dtypes[name]
    if isinstance(dtype, np.dtype) and dtype.kind == "O":
        return _found_objects(frame[name])
    if seen.family is Family.NOTHING and base not in (int, float) and int(_computed(frame[name].count())[0]):
        # pandas has no type for "nothing yet"; the frame without rows looks like it.
        return attrs.evolve(seen, family=Family.FLOAT)
    return seen


def _found_objects(series: Any) -> Found:
    """What objects are found to be: one of each type, of all partitions, tells; all are counted."""
    samples: dict[tuple[type, bool], Any] = {}
    times: Counter[str] = Counter()
    for kinds, counted in _computed(*(_delayed(_kinds)(part) for part in series.to_delayed())):
        samples |= kinds
        times += counted
    found = find(list(samples.values()), "object")
    if not found.note or found.note.startswith("datetimes"):
        return found
    return attrs.evolve(found, note=" and ".join(f"{n:,} {name}" for name, n in times.most_common(4)))


def _kinds(series: pd.Series[Any]) -> tuple[dict[tuple[type, bool], Any], Counter[str]]:
    cells = [value for value in clean(series.tolist()) if value is not None]
    kinds = {(type(value), getattr(value, "tzinfo", None) is not None): value for value in cells}
    return kinds, Counter(type(value).__name__ for value in cells)
