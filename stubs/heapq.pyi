"""Merging compares what it merges."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

T = TypeVar("T")

def merge(
    *iterables: Iterable[float], reverse: object = ...
) -> Annotated[T, "max(iterables, iterables)"]: ...
