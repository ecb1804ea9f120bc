"""What is asked of a column, and what is answered: the same for every source of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, final

import attrs

from typedml.boundary.families import Family
from typedml.boundary.profiling.scales import Line

MOST_SHOWN = 8


Bounds = Mapping[str, Any]
"""The declared bounds of a column, as values: {"gt": 0, "le": 1}; infinity is no bound."""


@final
@attrs.frozen
class Asked:
    """A column to be pictured: its family, its line if it has one, what bounds and members are declared."""

    family: Family
    line: Line | None
    rows: int
    bounds: Bounds
    members: tuple[str, ...] | None


@final
@attrs.frozen
class Extremes:
    """The least and the greatest finite value, and how many are there, infinite ones too."""

    least: Any
    greatest: Any
    present: int


Corner = tuple[Any, Any]
"""Two values; what is between them is looked at again, the first of them included."""


@final
@attrs.frozen
class Between:
    """How many values lie below each edge and up to the last, of all and of those that bounds refuse."""

    below: tuple[int, ...]
    up_to_last: int
    refused_below: tuple[int, ...]
    refused_up_to_last: int
    refused: int


@final
@attrs.frozen
class Texts:
    """The most frequent values as texts, how many different ones there are, and how many in all.

    `distinct` is None, and `top` empty, where there are too many to be counted.
    """

    top: tuple[tuple[str, int], ...]
    distinct: int | None
    present: int


class Source(Protocol):
    """Where the answers come from; each method is one question about several columns."""

    def extremes(self, lines: Mapping[str, Line], within: Mapping[str, Corner]) -> dict[str, Extremes]:
        """The extremes of each column, of some only within two values."""

    def between(
        self, lines: Mapping[str, Line], cuts: Mapping[str, Sequence[Any]], bounds: Mapping[str, Bounds]
    ) -> dict[str, Between]:
        """The counts between the edges of each column, `cuts` being edges as values."""

    def texts(self, name: str) -> Texts:
        """The most frequent values of a column."""
