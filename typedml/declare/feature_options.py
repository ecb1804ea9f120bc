"""What `@feature(...)` says beyond a signature, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, final

import attrs

from typedml.declare.scope import Scope

Rows = Literal["each", "any", "ordered"]
Nulls = Literal["propagate", "skip", "handle"]
Direction = Literal["increasing", "decreasing"]


@final
@attrs.frozen
class FeatureOptions:
    """What `@feature(...)` says beyond the signature; what is not said is None or empty.

    `rows`: "each" (one output for each row of the base table, in its place), "any" (row order does not
    matter) or "ordered" (it does). `scope`: which rows reach an output. `outcome`: columns that are known
    only after the row's own event, each with the column of the time when it is known, or None. `label`: the
    column that is to be predicted. `fit`: the parameter whose rows are learnt from. `asof`: the column of
    time by which the rows of another table become known, by parameter. `nulls`: "propagate" (null in, null
    out), "skip" (rows with a null count for nothing) or "handle" (it has a meaning of its own). `monotone`:
    the direction in which the result moves with an input. `complement`: two inputs whose exchange gives one
    minus the result. `serving`: the function that computes the same where rows are served.

    `examples`: worked examples, `(arguments by name, result)`. `waive`: laws that do not apply, each with its
    reason. `pinned`: base dimensions on which the formula is empirical. `coefficient`: the declared constant
    of a monomial in SI units.
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
