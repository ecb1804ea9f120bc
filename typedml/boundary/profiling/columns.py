"""The profile of a frame: which questions are asked of which column, and what is made of the answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from typedml.boundary.engines.choice import Engine
from typedml.boundary.families import Family
from typedml.boundary.plan import ColumnPlan, Rule
from typedml.boundary.profiling.asked import Asked, Bounds, Source
from typedml.boundary.profiling.lists import ListSource
from typedml.boundary.profiling.narwhals import NarwhalsSource
from typedml.boundary.profiling.pictures import Picture, pictures
from typedml.boundary.profiling.scales import line_of
from typedml.boundary.stage import Stage
from typedml.renderings.profile import ColumnProfile

STRETCHES = 60
MOST_LOCATED = 1_000_000
"""A rule that more rows break is not followed to its rows: that would hold as many positions."""

FEW_ROWS = 5_000
_BOUNDS = ("gt", "ge", "lt", "le")


def profile(
    stage: Stage, frame: Any, engine: Engine, rows: int, counts: Mapping[Rule, int], *, ordered: bool
) -> tuple[ColumnProfile, ...]:
    """What each declared column of a frame looks like, in the order of the schema.

    `counts` are the failing rows of each rule that ran; `ordered` is False where rows have no position.
    """
    failing = _failing(stage, frame, engine, rows, counts) if ordered else {}
    # Some hundred expressions on a small frame cost more than its values in Python.
    source = None if rows <= FEW_ROWS and ordered and hasattr(frame, "shape") else _source(frame)
    return describe(stage, rows, source, ListSource(lambda name: engine.values(frame, name)), failing)


def describe(
    stage: Stage,
    rows: int,
    source: Source | None,
    lists: Source | None,
    failing: Mapping[str, tuple[int, ...]],
) -> tuple[ColumnProfile, ...]:
    """The profiles of the columns of a stage; `lists` is asked what `source` cannot answer."""
    plans = [column for column in stage.plan.columns if column.column in stage.found]
    asked = {plan.column: _asked(plan, stage, rows) for plan in plans}
    seen = pictures(asked, source, lists)
    described = (_described(plan, stage, asked[plan.column], seen.get(plan.column)) for plan in plans)
    return tuple(attrs.evolve(each, failing=failing.get(each.name, ())) for each in described)


def _asked(plan: ColumnPlan, stage: Stage, rows: int) -> Asked:
    family = stage.found[plan.column].family
    members = tuple(str(each) for rule in plan.rows if rule.name == "isin" for each in rule.argument)
    has_members = any(rule.name == "isin" for rule in plan.rows)
    bounds = _bounds(plan, stage.rules)
    return Asked(family, line_of(family, plan.base), rows, bounds, members if has_members else None)


def _described(plan: ColumnPlan, stage: Stage, asked: Asked, picture: Picture | None) -> ColumnProfile:
    field = next(field for field in stage.plan.schema.fields if field.column == plan.column)
    base = plan.base.__name__
    nothing = asked.family is Family.NOTHING
    picture = picture or Picture(0 if nothing else None)
    return ColumnProfile(
        name=plan.column,
        dtype=stage.found[plan.column].dtype,
        meaning=f"{base}[{plan.meaning}]" if plan.meaning else base,
        doc=field.doc,
        rows=asked.rows,
        nulls=None if picture.present is None else asked.rows - picture.present,
        nullable=field.nullable,
        distinct=picture.distinct,
        histogram=picture.histogram,
        bars=picture.bars,
        others=picture.others,
        low=_bound(asked, ("gt", "ge")),
        high=_bound(asked, ("lt", "le")),
        declared=_declared(plan),
    )


def _bound(asked: Asked, names: Sequence[str]) -> float | None:
    """The stricter of the lower, or of the upper bounds, as a number."""
    if asked.line is None:
        return None
    stated = [asked.line.number(value) for name, value in asked.bounds.items() if name in names]
    return (max if "ge" in names else min)(stated, default=None)


def _declared(plan: ColumnPlan) -> str:
    """The demands on values in words, without those that the type and the meaning say already."""
    start = f"{plan.column} "
    unsaid = ("null", "null_fraction", *(("integral",) if plan.base is int else ()))
    shown = (rule for rule in plan.rows if rule.name not in unsaid)
    return ", ".join(
        f"in {rule.argument}" if rule.name == "range" else rule.condition.removeprefix(start)
        for rule in shown
    )


def _bounds(plan: ColumnPlan, rules: Sequence[Rule]) -> Bounds:
    """The bounds that ran: of `field`, and of the kind; the stricter of two of one name."""
    stated: dict[str, Any] = {}
    ran = {rule.name: rule for rule in rules if rule.column == plan.column}
    if "range" in ran:
        allowed = ran["range"].argument
        if math.isfinite(allowed.low):
            stated["gt" if allowed.low_open else "ge"] = float(allowed.low)
        if math.isfinite(allowed.high):
            stated["lt" if allowed.high_open else "le"] = float(allowed.high)
    for name in _BOUNDS:
        if name in ran:
            stricter = max if name in ("gt", "ge") else min
            bound = ran[name].argument
            stated[name] = stricter(bound, stated[name]) if name in stated else bound
    return stated


def _source(frame: Any) -> Source | None:
    try:
        return NarwhalsSource(frame)
    except Exception:  # noqa: BLE001  # narwhals refuses what it does not know, or not in this form, in its own ways
        return None


def _failing(
    stage: Stage, frame: Any, engine: Engine, rows: int, counts: Mapping[Rule, int]
) -> dict[str, tuple[int, ...]]:
    """How many rows of each stretch of the frame break a rule of each column."""
    broken = [rule for rule, count in counts.items() if rule.column and 0 < count <= MOST_LOCATED]
    stretches: dict[str, tuple[int, ...]] = {}
    for name in dict.fromkeys(rule.column for rule in broken if rule.column):
        rules = [rule for rule in broken if rule.column == name]
        held = engine.hold(frame, [name])
        failing = {at for found in engine.locate(stage, held, rules, None) for at in found}
        stretches[name] = stretched(failing, rows)
    return stretches


def stretched(positions: Iterable[int], rows: int) -> tuple[int, ...]:
    """How many of some rows lie in each of 60 stretches of a frame."""
    number = min(STRETCHES, rows)
    counted = [0] * number
    for position in positions:
        counted[position * number // rows] += 1
    return tuple(counted)
