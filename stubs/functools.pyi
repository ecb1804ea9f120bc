"""Folding: what comes out goes in again, and so it means what the values mean."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

T = TypeVar("T")

def reduce(
    function: Annotated[object, "function(initial, function(iterable, iterable)) == iterable"],
    iterable: Iterable[float],
    initial: float = ...,
    /,
) -> Annotated[T, "function(iterable, iterable)"]: ...
