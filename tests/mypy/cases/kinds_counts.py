"""Counts, what is counted, ranks and indices."""

from typing import Annotated

from typedml import COUNT, Count, Index, INDEX, Proportion, Rank, Unit

Clicks = Annotated[int, COUNT, Unit("click")]
Views = Annotated[int, COUNT, Unit("view")]
Km = Annotated[float, Unit("km")]


def counts(n: Count, m: Count, clicks: Clicks, views: Views, items: list[str], k: int) -> Count:
    reveal_type(n + m)  # R: int[Count]
    reveal_type(n + 1)  # R: int[Count]
    reveal_type(n * m)  # R: int[Count]
    reveal_type(n * 2)  # R: int[Count]
    reveal_type(n - m)  # R: int[1]
    reveal_type(n / m)  # R: float[1]
    reveal_type(n * 0.5)  # R: float[1]
    reveal_type(clicks + clicks)  # R: int[Count, click]
    reveal_type(clicks + 1)  # R: int[Count, click]
    reveal_type(clicks / views)  # R: float[click/view]
    reveal_type(clicks / clicks)  # R: float[Proportion]
    clicks + views  # E: Unsupported operand types for + ("int[Count, click]" and "int[Count, view]")  [typedml-unit]
    clicks < views  # E: Unsupported operand types for < ("int[Count, click]" and "int[Count, view]")  [typedml-unit]
    clicks == views  # E: Unsupported operand types for == ("int[Count, click]" and "int[Count, view]")  [typedml-unit]
    clicks > 10
    clicks + len(items)
    n + len(items)
    a: Count = clicks
    b: Clicks = n
    e: Count = 3
    f: Count = -1  # E: Incompatible types in assignment (expression has type "int", variable has type "int[Count]")  [typedml-value]
    g: Clicks = 0
    h: Clicks = 3
    i: Annotated[float, Unit("click/view")] = views / clicks  # E: Incompatible types in assignment (expression has type "float[view/click]", variable has type "float[click/view]")  [typedml-unit]
    n += 1
    n -= 1  # E: Incompatible types in assignment (expression has type "int[1]", variable has type "int[Count]")  [typedml-kind]
    c: Clicks = len(items)
    d: Count = len(items)
    return k  # E: Incompatible return value type (got "int", expected "int[Count]")  [typedml-kind]


def tagged(fuel: Annotated[float, Unit("km/flight")], flights: Annotated[int, COUNT, Unit("flight")]) -> Km:
    total: Km = fuel
    back: Annotated[float, Unit("km/flight")] = total  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[km/flight]")  [typedml-unit]
    return fuel * flights


def ranks(r: Rank, i: Index, j: Index, n: Count) -> None:
    reveal_type(1 / r)  # R: float[1]
    reveal_type(i + 1)  # R: int[Index]
    reveal_type(i - j)  # R: int[1]
    i < n
    i == 0
    i + j  # E: Unsupported operand types for + ("int[Index]" and "int[Index]")  [typedml-kind]
    i * 2  # E: Unsupported operand types for * ("int[Index]" and "int")  [typedml-kind]
    [10, 20, 30][i]
    range(n)
    "x" * n


def expected(n: Count, p: Proportion) -> Count:
    return n * p  # E: Incompatible return value type (got "float[1]", expected "int[Count]")  [typedml-kind]


def lengths(n: Count, clicks: Clicks, km: Km, items: list[Clicks]) -> Count:
    n < len(items), len(items) == n, clicks <= len(items), len(items) - n
    reveal_type(n + len(items))  # R: int[Count]
    reveal_type(clicks + len(items))  # R: int[Count, click]
    reveal_type(sum(items) / len(items))  # R: float[click]
    reveal_type(km / len(items))  # R: float[km]
    km + len(items)  # E: Unsupported operand types for + ("float[km]" and "int[Count]")  [typedml-unit]
    if n:
        return len(items)
    size = len(items)
    return size
