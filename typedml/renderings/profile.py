"""What one column looks like: how its values are spread, what is missing, where in the frame it fails.

A profile is small whatever the frame: some tens of numbers, a few of the most frequent texts.
"""

from __future__ import annotations

from typing import Literal, final

import attrs

Scale = Literal["numbers", "moments", "spans", "lengths"]
"""What the edges of a histogram are: numbers, seconds since 1970, seconds, or numbers of characters."""


@final
@attrs.frozen
class Histogram:
    """How many values lie between neighbouring `edges`, and how many of them the declaration refuses.

    `below` and `above` are (values, refused ones) outside of the edges: what lies far from all the others
    is counted there, so that it does not flatten the picture. `least` and `greatest` are of all values;
    `whole` says that each interval holds one whole number, the one that it begins with.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    refused: tuple[int, ...]
    below: tuple[int, int] = (0, 0)
    above: tuple[int, int] = (0, 0)
    least: float = 0.0
    greatest: float = 0.0
    scale: Scale = "numbers"
    whole: bool = False


@final
@attrs.frozen
class Bar:
    """One value of a column of few, how often it occurs, and whether the declaration refuses it."""

    value: str
    count: int
    refused: bool = False


@final
@attrs.frozen
class ColumnProfile:
    """One column: at most one picture of its values (`histogram` or `bars`), nulls, and failures by position.

    `low` and `high` are the declared bounds as the histogram counts them, None where there is none;
    `failing` is the number of rows that break a rule of this column in each stretch of the frame, from its
    first row to its last, empty where nothing failed or the rows have no order. `nulls` is None where nobody
    could count them; `withheld` says that the values were left out.
    """

    name: str
    dtype: str = ""
    meaning: str = ""
    doc: str = ""
    rows: int = 0
    nulls: int | None = 0
    nullable: bool = False
    distinct: int | None = None
    histogram: Histogram | None = None
    bars: tuple[Bar, ...] = ()
    others: int = 0
    low: float | None = None
    high: float | None = None
    declared: str = ""
    failing: tuple[int, ...] = ()
    withheld: bool = False

    def redacted(self) -> ColumnProfile:
        """This profile without anything that is a value, or the edge of an interval between values."""
        return attrs.evolve(self, dtype="", histogram=None, bars=(), others=0, distinct=None, withheld=True)
