"""What runs over numbers gives what they mean."""

from collections.abc import Iterable
from typing import Annotated, TypeVar, overload

T = TypeVar("T")

class accumulate:
    @overload
    def __new__(
        cls, iterable: Iterable[float], *, initial: Annotated[float, "iterable + initial"] = ...
    ) -> Annotated[T, "cumsum(iterable)"]: ...
    @overload
    def __new__(
        cls,
        iterable: Iterable[float],
        func: Annotated[object, "func(initial, func(iterable, iterable)) == iterable"],
        *,
        initial: float = ...,
    ) -> Annotated[T, "func(iterable, iterable)"]: ...

class count:
    def __new__(cls, start: float, step: float = ...) -> Annotated[T, "start + step"]: ...
