"""Samples of rows: drawn without replacement, the same by the same seed, in the order of the frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, final

import attrs

from typedml.boundary.report import NotRun, Sample

if TYPE_CHECKING:
    from typedml.boundary.engines.choice import Engine
    from typedml.boundary.stage import Stage

NOT_OF_A_SAMPLE = "a sample cannot answer for all rows"


@final
@attrs.frozen
class Drawn:
    """Some rows of a frame as a frame of their own; `positions` says where each of them stood."""

    frame: Any
    positions: Sequence[int]
    sample: Sample


def draw(engine: Engine, frame: Any, asked: int | float, seed: int) -> Drawn | None:
    """A sample of a frame; None where it would be the whole frame.

    Raises: FrameError for a frame whose rows have no order to draw from.
    """
    import numpy

    total = engine.size(frame)
    number = asked if isinstance(asked, int) else max(1, round(asked * total))
    if number >= total:
        return None
    chosen = numpy.random.default_rng(seed).choice(total, number, replace=False)
    positions: list[int] = numpy.sort(chosen).tolist()
    return Drawn(engine.pick(frame, positions), positions, Sample(number, total, seed))


def without_other_rows(stage: Stage) -> Stage:
    """The stage with those rules alone whose answer for a row hangs on that row; the others are told."""
    kept = tuple(rule for rule in stage.rules if rule.reach == "row")
    left = (rule for rule in stage.rules if rule.reach != "row")
    told = tuple(NotRun(rule.column, rule.name, NOT_OF_A_SAMPLE, blocks=False) for rule in left)
    return attrs.evolve(stage, rules=kept, not_run=(*stage.not_run, *told), compiled={})
