"""What `@feature(...)` says beyond a signature, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, final

import attrs

from typedml.declare.scope import Scope

Rows = Literal["each", "any", "ordered"]
Nulls = Literal["propagate", "skip", "handle"]
Direction = Literal["increasing", "decreasing"]

# What each word says, in the order of the documentation.
SAYS: dict[str, str] = {
    "rows": '"each" (one output for each row of the base table, in its place; from that row alone where no '
    'scope says otherwise), "any" (row order does not matter) or "ordered" (it does).',
    "scope": 'Which rows reach an output: Row(), Group("carrier"), Past("departs", by="carrier", '
    'window="24h"), the same with closed="left" for what is strictly before the row, or Table().',
    "outcome": "Columns that are known only after the row's own event; in a mapping, each with the column "
    "of the time when it is known.",
    "label": "The column that is to be predicted.",
    "fit": "The parameter whose rows are learnt from: a frame, or arrays of one role.",
    "asof": "The column of time by which the rows of a looked-up table become known, by parameter.",
    "nulls": '"propagate" (null in, null out), "skip" (rows with a null count for nothing) or "handle" (a '
    "null has a meaning of its own).",
    "monotone": 'The direction, "increasing" or "decreasing", in which the result moves with an input.',
    "complement": "Two inputs whose exchange gives one minus the result.",
    "serving": "The function that computes the same where rows are served.",
    "examples": "Worked examples: pairs of the arguments (a tuple, or a dict by name) and the result.",
    "waive": "Laws that do not hold, each with its reason.",
    "pinned": "Base dimensions on which the formula is empirical, so that it holds in its own units only.",
    "coefficient": "The constant of a product of powers, in SI units.",
}


@final
@attrs.frozen
class FeatureOptions:
    """What `@feature(...)` says beyond the signature, each word as SAYS has it; the rest is None or empty.

    `examples` are `(arguments by name, result)`.
    """

    rows: Rows | None = None
    scope: Scope | None = None
    outcome: Mapping[str, str | None] = attrs.field(factory=dict)
    label: str | None = None
    fit: str | None = None
    asof: Mapping[str, str] = attrs.field(factory=dict)
    nulls: Nulls | None = None
    monotone: Mapping[str, Direction] = attrs.field(factory=dict)
    complement: tuple[str, ...] = ()
    serving: Callable[..., Any] | None = None
    examples: tuple[tuple[Mapping[str, object], object], ...] = ()
    waive: Mapping[str, str] = attrs.field(factory=dict)
    pinned: tuple[str, ...] = ()
    coefficient: float | None = None
