"""Functions of a library where functions of meanings are wanted: their stubs say what they make of a number."""

import math
import statistics
from collections.abc import Callable
from typing import Annotated

from typedml import Proportion, Unit

Mm = Annotated[float, Unit("mm")]
Area = Annotated[float, Unit("mm**2")]
Hour = Annotated[float, Unit("hour")]


def pipe(f: Callable[[Mm], Mm]) -> None: ...
def collect(f: Callable[[list[Mm]], Mm]) -> None: ...
def spread(f: Callable[[tuple[Mm, ...]], Area]) -> None: ...
def share(f: Callable[[list[Proportion]], Proportion]) -> None: ...
def choose(f: Callable[[Mm, Mm], Mm]) -> None: ...
def mix(f: Callable[[Mm, Hour], Mm]) -> None: ...


pipe(abs)
pipe(float)
pipe(round)
pipe(math.sqrt)  # E: Argument 1 to "pipe" has incompatible type "Callable[[SupportsFloat | SupportsIndex], float]"; expected "Callable[[float[mm]], float[mm]]"  [typedml-unit]
pipe(len)  # E: Argument 1 to "pipe" has incompatible type "Callable[[Sized], int]"; expected "Callable[[float[mm]], float[mm]]"  [arg-type]
collect(sum)
collect(max)
collect(statistics.mean)
collect(statistics.variance)  # E: Argument 1 to "collect" has incompatible type "Callable[[Iterable[_NumberT], _NumberT | None], _NumberT]"; expected "Callable[[list[float[mm]]], float[mm]]"  [typedml-unit]
spread(statistics.variance)
share(statistics.fmean)
share(sum)  # E: Argument 1 to "share" has incompatible type overloaded function; expected "Callable[[list[float[Proportion]]], float[Proportion]]"  [typedml-kind]
choose(max)
choose(math.hypot)
mix(max)  # E: Argument 1 to "mix" has incompatible type overloaded function; expected "Callable[[float[mm], float[hour]], float[mm]]"  [typedml-unit]

table: dict[str, Callable[[list[Mm]], Mm]] = {"most": max, "total": sum}
wrong: dict[str, Callable[[list[Mm]], Hour]] = {"total": sum}  # E: Dict entry 0 has incompatible type "str": overloaded function; expected "str": "Callable[[list[float[mm]]], float[hour]]"  [typedml-unit]
mended: Callable[[Mm], Mm] = abs
turned: Callable[[Mm], Hour] = abs  # E: Incompatible types in assignment (expression has type "Callable[[SupportsAbs[_T]], _T]", variable has type "Callable[[float[mm]], float[hour]]")  [typedml-unit]
