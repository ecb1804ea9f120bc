"""Counts, what is counted, ranks and indices."""

from typing import Annotated

from typedml import COUNT, Count, Index, INDEX, Proportion, Rank, Unit

Clicks = Annotated[int, COUNT, Unit("click")]
Views = Annotated[int, COUNT, Unit("view")]
Km = Annotated[float, Unit("km")]


def counts(n: Count, m: Count, clicks: Clicks, views: Views, items: list[str], k: int) -> None:
    c: Clicks = len(items)
    d: Count = len(items)


def expected(n: Count, p: Proportion) -> Count:
    return n * p  # E: Incompatible return value type (got "float[1]", expected "int[Count]")  [typedml-kind]
