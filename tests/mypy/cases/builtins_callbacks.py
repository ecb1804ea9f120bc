"""Functions that are given functions, starts and defaults; what is not a number is left to mypy."""

from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
def f(kms: list[Km], a: Km) -> None:
    reveal_type(next(iter(kms), 0.0))  # R: float[km]
    reveal_type(next(iter(kms), a))  # R: float[km]
import heapq, operator, statistics
from functools import reduce
from decimal import Decimal
Mile = Annotated[float, Unit("mile")]
Whole = Annotated[int, Unit("km")]
def g(kms: list[Km], a: Km, m: Mile, b: Km, ws: list[Whole], maybe: list[Km | None], any_, ds: list[Decimal], d: dict[str, Km]) -> None:
    reduce(lambda u, v: u + v, kms, m)  # E: Unsupported operand types for + ("float[mile]" and "float[km]")  [typedml-unit]
    reduce(operator.add, kms, m)  # E: Arguments of "reduce" have incompatible types "float[mile]" and "float[km]"  [typedml-unit]
    reduce(operator.add, kms, 5.0)  # E: Arguments of "reduce" have incompatible types "float" and "float[km]"  [typedml-unit]
    a in [0.0, float("inf")]
    a in (b, 0)
    a in []
    a in any_
    sum(maybe)  # E: Argument 1 to "sum" has incompatible type "list[float[km] | None]"; expected "Iterable[bool]"  [arg-type]
    max(maybe)  # E: Value of type variable "SupportsRichComparisonT" of "max" cannot be "float[km] | None"  [type-var]
    max(a, "x")
    max(kms, default="x")
    reveal_type(max(a, any_))  # R: Any
    reveal_type(sum(any_))  # R: Any
    reveal_type(sum(ds))  # R: decimal.Decimal | Literal[0]
    reveal_type(sum(ws))  # R: int[km]
    reveal_type(max(ws))  # R: int[km]
    reveal_type(max(ws, default=0))  # R: int[km]
    reveal_type(list(map(operator.add, ws, ws)))  # R: list[int[km]]
    reveal_type(list(map(lambda x, y: x + y, kms, kms)))  # R: list[float[km]]
    reveal_type(statistics.mean(ws))  # R: float[km]
    reveal_type(statistics.mean(ds))  # R: decimal.Decimal
    reveal_type(sum(a for _ in range(3)))  # R: float[km]
    reveal_type(max((a, b), key=lambda v: v + m))  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit] # R: float[km]
    reveal_type(min(d, key=lambda k: d[k]))  # R: str
    reveal_type(min(d.items(), key=lambda kv: kv[1]))  # R: tuple[str, float[km]]
    reveal_type(max(d.values(), key=lambda v: v))  # R: float[km]
    heapq.heappush(kms, 0.0)
    heapq.heappush(kms, 1.0)  # E: Arguments of "heappush" have incompatible types "float[km]" and "float"  [typedml-unit]
    heapq.heappush(kms, "x")  # E: Cannot infer value of type parameter "_T" of "heappush"  [misc]
    abs("x")  # E: Argument 1 to "abs" has incompatible type "str"; expected "SupportsAbs[Never]"  [arg-type]
    round("x")  # E: No overload variant of "round" matches argument type "str"  [call-overload] # N: Possible overload variants: # N:     def [_T] round(number: _SupportsRound1[_T], ndigits: None = ...) -> _T # N:     def [_T] round(number: _SupportsRound2[_T], ndigits: SupportsIndex) -> _T
    x: Mile = max(a, b)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[mile]")  [typedml-unit]
    y: list[Mile] = sorted(kms)  # E: Argument 1 to "sorted" has incompatible type "list[float[km]]"; expected "Iterable[float[mile]]"  [typedml-unit]
    z: tuple[Mile, Mile] = divmod(a, b)  # E: Incompatible types in assignment (expression has type "tuple[float[1], float[km]]", variable has type "tuple[float[mile], float[mile]]")  [typedml-unit]
    {a} == {b}
    kms == []
    kms == [0.0]
    kms == [1.0]  # E: Unsupported operand types for == ("list[float[km]]" and "list[float]")  [typedml-unit]
    kms == None
    d == {}
