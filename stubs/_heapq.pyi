"""A heap compares what it holds."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

T = TypeVar("T")

def heappush(heap: Iterable[float], item: Annotated[float, "heap < item"], /) -> None: ...
def heappushpop(heap: Iterable[float], item: Annotated[float, "heap < item"], /) -> Annotated[T, "heap"]: ...
def heapreplace(heap: Iterable[float], item: Annotated[float, "heap < item"], /) -> Annotated[T, "heap"]: ...
