"""References into other tables: the values that they may have, read once from the frame handed in.

`check(flights, references={Airport: airports})`: the two frames may be of different libraries.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterable
from typing import Any

import attrs

from typedml.boundary.batches.distinct import distinct_rows
from typedml.boundary.batches.sources import names_files
from typedml.boundary.engines.choice import Engine, engine_for
from typedml.boundary.engines.lists import clean, comparable, single_precision
from typedml.boundary.families import NUMBERS, Family, Found
from typedml.boundary.handed import Handed
from typedml.boundary.plan import Rule
from typedml.boundary.plans import plan_of
from typedml.boundary.report import NotRun
from typedml.boundary.stage import Obstacle, Stage, not_read
from typedml.declare.demands import Reference


def resolve(stage: Stage, frames: Handed, own: object) -> Stage:
    """The stage with the values that its references may have; one whose frame is not there does not run.

    Raises: FrameError if what is handed in for a schema is not a frame.
    """
    referenced: dict[Rule, frozenset[Any]] = {}
    told = [each for each in stage.not_run if (each.column, each.rule) not in {r.key for r in stage.pending}]
    for rule in stage.pending:
        found = _values(rule, stage, frames, own)
        if isinstance(found, NotRun):
            told.append(found)
        else:
            referenced[rule] = found
    known: Stage | None = stage.compiled.get(_RESOLVED)
    if known is not None and known.referenced == referenced and known.not_run == tuple(told):
        # Airports seldom change between two frames of flights: what an engine compiled serves again.
        return known
    able = {*stage.rules, *referenced}
    rules = tuple(rule for rule in stage.plan.rules if rule in able)
    resolved = attrs.evolve(
        stage, rules=rules, not_run=tuple(told), pending=(), referenced=referenced, compiled={}
    )
    stage.compiled[_RESOLVED] = resolved
    return resolved


_RESOLVED = "resolved"


def _values(rule: Rule, stage: Stage, frames: Handed, own: object) -> frozenset[Any] | NotRun:
    reference: Reference = rule.argument
    schema = reference.schema
    frame = own if schema is None else frames.of(schema)
    if schema is not None and frame is None:
        return attrs.evolve(not_read(rule), because=frames.absence(schema))
    plan = stage.plan if schema is None else plan_of(schema)
    frame = distinct_rows(plan, frame, reference.targets) if names_files(frame) else frame
    engine = engine_for(frame)
    found = engine.survey(plan, frame).found
    for column, target in zip(reference.columns, reference.targets, strict=True):
        obstacle = _obstacle(stage.found[column], found.get(target), column, f"{plan.name}.{target}")
        if obstacle is not None:
            return NotRun(rule.column, rule.name, *obstacle)
    rows = distinct(engine, frame, reference.targets)
    if rows is None:
        because = f"the frame of {plan.name} cannot be read"
        return NotRun(*rule.key, because, True, "hand in a polars or pandas frame")
    found_here = [stage.found[column] for column in reference.columns]
    rows = [tuple(map(_beside, row, found_here)) for row in rows]
    whole = (row for row in rows if None not in row)
    return frozenset(whole if len(reference.targets) > 1 else (row[0] for row in whole))


def _beside(value: Any, own: Found) -> Any:
    """A value of the other table as one of a column found so; None for what no cell of it can be."""
    if own.family is Family.INT and isinstance(value, decimal.Decimal):
        # Declared as decimals, the columns of both tables may store either.
        return int(value) if value.is_finite() and value == int(value) else None
    return single_precision(value) if own.single else value


def _obstacle(own: Found, other: Found | None, column: str, target: str) -> Obstacle | None:
    """Why no value of one column can be a value of the other."""
    if other is None:
        return Obstacle(f"the frame handed in has no column for {target}", hint="hand in the whole frame")
    families = {own.family, other.family} - {Family.NOTHING}
    if len(families) > 1 and not families <= NUMBERS:
        because = f'"{column}" holds {own.family.value} and {target} {other.family.value}'
        return Obstacle(because, hint="give both columns one type before the boundary")
    if families == {Family.DATETIME} and own.zoned is not other.zoned:
        zoned = f'"{column}"' if own.zoned else target
        return Obstacle(f"of the times of both columns those of {zoned} alone have a zone")
    return None


def distinct(engine: Engine, frame: object, names: tuple[str, ...]) -> Iterable[tuple[Any, ...]] | None:
    """The rows of some columns, without those of which a part is missing; None where they cannot be read."""
    rows = engine.distinct(frame, names)
    if rows is None:
        return None
    return (tuple(map(comparable, row)) for row in rows if None not in clean(row))
