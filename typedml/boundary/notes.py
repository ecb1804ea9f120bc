"""What a reader should know of a report that no rule says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import attrs


@final
@attrs.frozen
class Note:
    """What a reader should know of a report that no rule says."""

    fact: str
    hint: str = "give the column a dtype where it is made: pl.Float64, or astype(float)"


_ALL_NULL = "it has no type and holds nothing but nulls"
WITHHELD = Note("the values are withheld", "ask for the report without --redact where they may be seen")
NO_ROWS = Note("no row was judged", "see that the file or query before this step was meant to give no rows")


def listed(names: Sequence[str], shown: int = 3) -> str:
    """Some names in quotes, the first of many."""
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(f'"{name}"' for name in names[:shown]) + more


def typeless(column: str) -> Note:
    """Of a column whose values show no type."""
    return Note(f'the dtype of "{column}" was not judged: {_ALL_NULL}')


def of_sample(rows: int, of: int) -> tuple[Note, ...]:
    """Of a sample: how many rows nobody looked at."""
    fact = f"{of - rows:,} of {of:,} rows were not judged"
    return (Note(fact, "leave sample= out to judge them all, with the rules that need all rows"),)


def of_split(undivided: str, obstacles: Sequence[str]) -> tuple[Note, ...]:
    """Of a split that divided nothing: what stood in its way."""
    if not undivided:
        return ()
    fact = f"{undivided}, for not every row can be judged"
    return (Note(fact, f"mend {listed(obstacles)} first"),)


def of_held(rules: tuple[str, ...]) -> tuple[Note, ...]:
    """Of rules that could not be streamed."""
    if not rules:
        return ()
    fact = f"what {', '.join(rules)} compare{'s' if len(rules) == 1 else ''} was held in memory"
    return (Note(fact, "a file that is checked by its name is read in batches, and such rules spill"),)
