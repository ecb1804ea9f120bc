"""Count failing rows by the quickest way; a rule that a library cannot answer is told, never skipped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from typedml.boundary.engines import records
from typedml.boundary.report import FrameError, NotRun

if TYPE_CHECKING:
    from typedml.boundary.engines.choice import Engine
    from typedml.boundary.plan import Rule
    from typedml.boundary.stage import Stage


class Counted(NamedTuple):
    """How many rows there are, how many break each rule, and the stage with the rules that were counted."""

    stage: Stage
    rows: int
    counts: list[int]


def count(engine: Engine, stage: Stage, frame: Any) -> Counted:
    """Count every rule of a stage.

    Raises: FrameError if the frame cannot be read.
    """
    few = records.FEW_ROWS.get(engine.NAME)
    # Asked in this order: the shape of a lazy frame of another library may be a query.
    if few is not None and hasattr(frame, "shape") and frame.shape[0] <= few:
        # What Python cannot hold or compare, as a time in the year 12,000, its library may.
        with suppress(Exception):
            columns = engine.lists(stage, frame, tuple(stage.found))
            if columns is not None:
                return Counted(stage, frame.shape[0], records.count(stage, columns))
    try:
        return Counted(stage, *engine.count(stage, frame))
    except FrameError:
        raise
    except Exception:  # noqa: BLE001  # whatever a library raises, its rule is found and told
        return count_alone(engine, stage, frame)


def count_alone(engine: Engine, stage: Stage, frame: Any) -> Counted:
    """Count each rule by itself; those that the library cannot answer have left the stage and block."""
    kept: list[tuple[Rule, int]] = []
    told: list[NotRun] = []
    for rule in stage.rules:
        try:
            _, (counted,) = engine.count(attrs.evolve(stage, rules=(rule,), compiled={}), frame)
        except FrameError:
            raise
        except Exception as error:  # noqa: BLE001  # see `count`
            told.append(_refused(rule, engine.NAME, error))
        else:
            kept.append((rule, counted))
    rules, counts = tuple(rule for rule, _ in kept), [counted for _, counted in kept]
    left = attrs.evolve(stage, rules=rules, not_run=(*stage.not_run, *told), compiled={})
    return Counted(left, engine.size(frame), counts)


def _refused(rule: Rule, library: str, error: Exception) -> NotRun:
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    because = f"{library} raised {type(error).__name__}: {first}"
    return NotRun(rule.column, rule.name, because, True, "give the column a plain type before the boundary")
