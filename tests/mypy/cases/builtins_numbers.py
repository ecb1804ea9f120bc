"""What the built-in functions make of numbers with meanings, and refuse."""

import bisect, collections, functools, heapq, itertools, math, operator, random, statistics
from collections import Counter, defaultdict, deque
from functools import partial, reduce
from typing import Annotated, Callable, Iterable, Final
from typedml import Bearing, Celsius, Count, Probability, Score, Unit
Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]
Deg = Annotated[float, Unit("degree")]
Rad = Annotated[float, Unit("rad")]
Whole = Annotated[int, Unit("km")]
def builtin(a: Km, b: Km, m: Mile, h: Hour, w: Whole, kms: list[Km], miles: list[Mile], hours: list[Hour], t: Celsius, ts: list[Celsius], ps: list[Probability], ns: list[Count], x: float, p: Probability, r: Rad, d: Deg, s: Score, flag: bool, maybe: Km | None) -> None:
    reveal_type(sum(kms))  # R: float[km]
    reveal_type(sum(kms, start=0.0))  # R: float[km]
    reveal_type(sum(kms, b))  # R: float[km]
    sum(kms, m)  # E: Arguments of "sum" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    reveal_type(sum(kms, start=b))  # R: float[km]
    sum(kms, start=m)  # E: Arguments of "sum" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    sum(ts)  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    reveal_type(sum(ts) if flag else 1)  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind] # R: Any | Literal[1]?
    reveal_type(sum(k for k in kms if k > 0))  # R: float[km]
    sum(k + m for k in kms)  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit]
    reveal_type(sum(k > 1.0 for k in kms))  # E: Unsupported operand types for > ("float[km]" and "float")  [typedml-unit] # R: Any
    reveal_type(sum(k > b for k in kms))  # R: int
    reveal_type(sum(1 for k in kms))  # R: int
    reveal_type(min(kms, default=None))  # R: float[km] | None
    reveal_type(min(kms, default=b))  # R: float[km]
    min(kms, default=m)  # E: Arguments of "min" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    min(kms, default=5.0)  # E: Arguments of "min" have incompatible types "float[km]" and "float"  [typedml-unit]
    reveal_type(min(kms, key=abs))  # R: float[km]
    reveal_type(min(a, b, key=lambda v: -v))  # R: float[km]
    reveal_type(min(a, m, key=lambda v: 1))  # E: Arguments of "min" have incompatible types "float[km]" and "float[mile]"  [typedml-unit] # R: Any
    reveal_type(max(*kms))  # R: float[km]
    reveal_type(max(a, *kms))  # R: float[km]
    max(m, *kms)  # E: Arguments of "max" have incompatible types "float[mile]" and "float[km]"  [typedml-unit]
    reveal_type(max(t, *ts))  # R: float[Celsius]
    max(t, 0.0)  # E: Arguments of "max" have incompatible types "float[Celsius]" and "float"  [typedml-unit]
    reveal_type(max(zip(kms, hours)))  # R: tuple[float[km], float[hour]]
    reveal_type(max((k, h) for k, h in zip(kms, hours)))  # R: tuple[float[km], float[hour]]
    reveal_type(max({a: "x"}))  # R: float[km]
    reveal_type(max({"x": a}.values()))  # R: float[km]
    reveal_type(abs(a))  # R: float[km]
    reveal_type(abs(a - b))  # R: float[km]
    reveal_type(abs(w))  # R: int[km]
    abs(t)  # E: Argument 1 to "abs" has incompatible type "float[Celsius]"  [typedml-kind]
    reveal_type(round(a))  # R: int[km]
    reveal_type(round(a, 1))  # R: float[km]
    reveal_type(round(a, None))  # R: int[km]
    reveal_type(round(w))  # R: int[km]
    reveal_type(round(t))  # R: int[Celsius]
    reveal_type(round(t, 1))  # R: float[Celsius]
    round(s)
    round(a, w)  # E: Argument 2 to "round" has incompatible type "int[km]"; expected "float[1]"  [typedml-unit]
    reveal_type(pow(a, 2))  # R: float[km**2]
    reveal_type(pow(a, 0.5))  # R: float[km**(1/2)]
    reveal_type(pow(a, -1))  # R: float[1/km]
    reveal_type(pow(x, 2))  # R: float
    reveal_type(pow(a, x))  # E: Arguments of "pow" have incompatible types "float[km]" and "float"  [typedml-unit] # R: Any
    reveal_type(divmod(a, b))  # R: tuple[float[1], float[km]]
    divmod(a, h)  # E: Unsupported operand types for divmod ("float[km]" and "float[hour]")  [typedml-unit]
    reveal_type(divmod(w, w))  # R: tuple[int[1], int[km]]
    reveal_type(divmod(a, 5.0))  # E: Unsupported operand types for divmod ("float[km]" and "float")  [typedml-unit] # R: Any
    reveal_type(sorted(kms))  # R: list[float[km]]
    reveal_type(sorted(kms, reverse=True))  # R: list[float[km]]
    reveal_type(sorted(kms, key=lambda v: v / b))  # R: list[float[km]]
    reveal_type(sorted(kms, key=lambda v: v + m))  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit] # R: list[float[km]]
    reveal_type(list(reversed(kms)))  # R: list[float[km]]
    reveal_type(list(zip(kms, miles)))  # R: list[tuple[float[km], float[mile]]]
    for k, v in zip(kms, miles):
        k + v  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit]
    for i, k in enumerate(kms):
        reveal_type(i)  # R: int
        reveal_type(k)  # R: float[km]
    reveal_type(list(map(lambda k: k * 2, kms)))  # R: list[float[km]]
    reveal_type(list(map(abs, kms)))  # R: list[float[km]]
    reveal_type(list(map(round, kms)))  # R: list[int[km]]
    reveal_type(list(map(float, kms)))  # R: list[float[km]]
    reveal_type(list(map(int, kms)))  # R: list[int[km]]
    reveal_type(list(map(math.sqrt, kms)))  # R: list[float[km**(1/2)]]
    reveal_type(list(map(math.sin, [d])))  # E: Argument 1 to "map" has incompatible type "float[degree]"; expected "float[radian]"  [typedml-unit] # R: list[Any]
    reveal_type(list(map(max, kms, kms)))  # R: list[float[km]]
    reveal_type(list(map(max, kms, miles)))  # E: Arguments of "map" have incompatible types "float[km]" and "float[mile]"  [typedml-unit] # R: list[Any]
    reveal_type(list(map(operator.add, kms, kms)))  # R: list[float[km]]
    reveal_type(list(map(operator.add, kms, miles)))  # E: Arguments of "map" have incompatible types "float[km]" and "float[mile]"  [typedml-unit] # R: list[Any]
    reveal_type(list(map(operator.truediv, kms, hours)))  # R: list[float[km/hour]]
    reveal_type(list(map(sum, [kms])))  # R: list[float[km] | Literal[0]]
    reveal_type(list(filter(None, kms)))  # R: list[float[km]]
    reveal_type(list(filter(lambda k: k > b, kms)))  # R: list[float[km]]
    reveal_type(any(k > b for k in kms))  # R: bool
    reveal_type(all(k > m for k in kms))  # E: Unsupported operand types for > ("float[km]" and "float[mile]")  [typedml-unit] # R: bool
    reveal_type(len(kms))  # R: int
    reveal_type(range(len(kms)))  # R: range
    range(w)  # E: Argument 1 to "range" has incompatible type "int[km]"  [typedml-unit]
    for i in range(0, w, w):
        reveal_type(i)  # R: int
    reveal_type(float(a))  # R: float[km]
    reveal_type(int(a))  # R: int[km]
    reveal_type(bool(a))  # R: bool
    reveal_type(str(a))  # R: str
    reveal_type(f"{a:.1f} {m}")  # R: str
    reveal_type(format(a, ".2f"))  # R: str
    reveal_type("{}".format(a))  # R: str
    reveal_type("%.1f" % a)  # R: str
    reveal_type(repr(a))  # R: str
    reveal_type(hash(a))  # R: int
    reveal_type(complex(a))  # R: complex[km]
    y: Hour = float(a)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    z: Hour = int(a)  # E: Incompatible types in assignment (expression has type "int[km]", variable has type "float[hour]")  [typedml-unit]
    reveal_type(int(w))  # R: int[km]
    reveal_type(float(w))  # R: float[km]
    reveal_type(float(x))  # R: float
    reveal_type(a if flag else b)  # R: float[km]
    reveal_type(float(flag))  # R: float
    reveal_type(float("1.5"))  # R: float
    reveal_type(int(p))  # R: int[Probability]
    reveal_type(sum(ps) / len(ps))  # R: float[Probability]
    reveal_type(sum(kms) / len(kms))  # R: float[km]
    reveal_type(sum(ts) / len(ts))  # R: float[Celsius]
    reveal_type(sum(ns) / len(ns))  # R: float[1]
    reveal_type(isinstance(a, float))  # R: bool
    print(a, m)
    reveal_type(next(iter(kms), None))  # R: float[km] | None
    reveal_type(next(iter(kms), 0.0))  # R: float[km]
    reveal_type(next(iter(kms), m))  # R: float[km] | float[mile]
    reveal_type(a.is_integer())  # R: bool
    reveal_type(a.as_integer_ratio())  # R: tuple[int, int]
    reveal_type(a.conjugate())  # R: float
    reveal_type(a.real)  # R: float
    reveal_type(w.bit_length())  # R: int
    reveal_type(sum(kms[1:]))  # R: float[km]
    reveal_type(sum(set(kms)))  # R: float[km]
    reveal_type(sum((a, b)))  # R: float[km]
    reveal_type(sum((a, h)))  # E: Arguments of "sum" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # R: Any
    reveal_type(sum({"a": a}.values()))  # R: float[km]
    reveal_type(sum([sum(kms), sum(kms)]))  # R: float[km]
    reveal_type(sum(map(lambda k: k * 2, kms)))  # R: float[km]
    reveal_type(sum(itertools.chain(kms, kms)))  # R: float[km]
    reveal_type(max([a, h]))  # E: Arguments of "max" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # R: Any
    reveal_type(max((a, h)))  # E: Arguments of "max" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # R: Any
    reveal_type(max({a, h}))  # E: Arguments of "max" have incompatible types "float[km]" and "float[hour]"  [typedml-unit] # R: Any
    reveal_type([a, h])  # R: list[float]
    reveal_type((a, h))  # R: tuple[float[km], float[hour]]
    reveal_type({a, h})  # R: set[float]
    reveal_type({"d": a, "t": h})  # R: dict[str, float]
