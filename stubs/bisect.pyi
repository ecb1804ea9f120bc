"""Searching compares: what is sought is of the unit of what is searched."""

from collections.abc import Iterable
from typing import Annotated

Numbers = Iterable[float]
Sought = Annotated[float, "a < x"]

def bisect(a: Numbers, x: Sought, lo: int = 0, hi: object = None) -> int: ...
def insort(a: Numbers, x: Sought, lo: int = 0, hi: object = None) -> None: ...
