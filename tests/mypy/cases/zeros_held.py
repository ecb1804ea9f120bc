"""Containers that begin as numbers of every unit, and get theirs from what is stored in them."""

from collections import defaultdict, deque
from typing import Annotated

from typedml import Celsius, Count, Unit

KM = Unit("km")
Km = Annotated[float, KM]
Hour = Annotated[float, Unit("hour")]


def sums(legs: list[Km]) -> list[Km]:
    cum = [0.0]
    for leg in legs:
        cum.append(cum[-1] + leg)
    reveal_type(cum)  # R: list[float[km]]
    return cum


def in_hours(legs: list[Km]) -> list[Hour]:
    cum = [0.0]
    for leg in legs:
        cum.append(cum[-1] + leg)
    return cum  # E: Incompatible return value type (got "list[float[km]]", expected "list[float[hour]]")  [typedml-unit]


def several(n: int, k: Km) -> Km:
    best = [0.0] * n
    best[0] = k
    reveal_type(best)  # R: list[float[km]]
    return best[0] + best[1]


def filled(n: int, k: Km) -> Km:
    best = [0.0 for _ in range(n)]
    best[0] += k
    return sum(best)


def by_name(k: Km) -> dict[str, Km]:
    tot = {"a": 0.0}
    tot["a"] += k
    reveal_type(tot)  # R: dict[str, float[km]]
    return tot


def from_keys(names: list[str], k: Km) -> dict[str, Km]:
    tot = dict.fromkeys(names, 0.0)
    tot["a"] += k
    reveal_type(tot)  # R: dict[str, float[km]]
    return tot


def by_default(names: list[str], k: Km) -> dict[str, Km]:
    tot: defaultdict[str, Km] = defaultdict(float)
    for name in names:
        tot[name] += k
    return tot


def got(legs: list[tuple[str, Km]]) -> dict[str, Km]:
    tot = {"all": 0.0}
    for name, leg in legs:
        tot[name] = tot.get(name, 0.0) + leg
    return tot


def shortest(graph: dict[str, dict[str, Km]], start: str) -> dict[str, Km]:
    reached = {node: float("inf") for node in graph}
    reached[start] = 0.0
    for u in graph:
        for v, leg in graph[u].items():
            if reached[u] + leg < reached[v]:
                reached[v] = reached[u] + leg
    return reached


def grid(n: int, rows: list[int], k: Km) -> list[list[Km]]:
    cells = [[0.0] * n for _ in rows]
    cells[0][1] = k
    cells[0][2] = min(cells[0][1] + k, cells[0][0])
    reveal_type(cells)  # R: list[list[float[km]]]
    return cells


def two_units(k: Km, h: Hour) -> None:
    cum = [0.0]
    cum.append(k)
    cum.append(h)  # E: Argument 1 to "append" of "list" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    best = [0.0] * 4
    best[0] = k
    best[1] = h  # E: Incompatible types in assignment (expression has type "float[hour]", target has type "float[km]")  [typedml-unit]
    near = {"a": 0.0}
    near["a"] += k
    near["a"] += h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    last = deque([0.0])
    last.append(k)
    last[0] + h  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]


def beside_zero(k: Km, h: Hour) -> list[Km]:
    some = [0.0, k]
    some.append(h)  # E: Argument 1 to "append" of "list" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    more = [0.0, k]
    more[1] = h  # E: Incompatible types in assignment (expression has type "float[hour]", target has type "float[km]")  [typedml-unit]
    more.append(1.0)  # E: Argument 1 to "append" of "list" has incompatible type "float"; expected "float[km]"  [typedml-unit]
    return [0.0, k]


def beside_zero_in_hours(k: Km) -> list[Hour]:
    some = [0.0, k]
    return some  # E: Incompatible return value type (got "list[float]", expected "list[float[hour]]")  [typedml-unit]


def put_together(legs: list[Km]) -> list[Km]:
    some = [0.0] + legs
    more = [0.0]
    more.extend(legs)
    reveal_type(more)  # R: list[float[km]]
    others = [0.0]
    others += legs
    reveal_type(others)  # R: list[float[km]]
    if len(some) > 3:
        return [0.0] + legs
    return some


def put_together_in_hours(legs: list[Km]) -> list[Hour]:
    some = [0.0] + legs
    return some  # E: Incompatible return value type (got "list[float[km]]", expected "list[float[hour]]")  [typedml-unit]


def empty(k: Km) -> list[Km]:
    some = []
    some.append(0.0)
    some.append(k)
    return some


def passed(legs: list[Km]) -> None: ...


def given(n: int, h: Hour) -> None:
    zeros = [0.0] * n
    passed(zeros)
    zeros.append(h)  # E: Argument 1 to "append" of "list" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]
    passed([0.0] * n)
    ones = [1.0]
    passed(ones)  # E: Argument 1 to "passed" has incompatible type "list[float]"; expected "list[float[km]]"  [typedml-unit]


def only_zeros(n: int) -> list[Km]:
    zeros = [0.0] * n
    return zeros


def in_rounds(rows: list[list[Km]]) -> list[list[Km]]:
    found = []
    for row in rows:
        cum = [0.0]
        for leg in row:
            cum.append(cum[-1] + leg)
        found.append(cum)
    return found


def points(readings: list[Celsius]) -> None:
    total = [0.0]
    for reading in readings:
        total[0] += reading  # E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]


def other_numbers(n: int, k: Km) -> None:
    ones = [1.0] * n
    ones.append(k)
    ones[0] + k  # E: Unsupported operand types for + ("float" and "float[km]")  [typedml-unit] # N: Hint: declare ones: list[Km] = [1.0] * n
    mixed = [0.0]
    mixed[0] = 3.0
    mixed.append(k)
    reveal_type(mixed)  # R: list[float]
    mixed[-1] + k  # E: Unsupported operand types for + ("float" and "float[km]")  [typedml-unit] # N: Hint: declare mixed: list[Km] = [0.0]


def declared_plain(k: Km) -> None:
    plain: list[float] = [0.0]
    plain.append(k)
    reveal_type(plain)  # R: list[float]
    plain[0] + k  # E: Unsupported operand types for + ("float" and "float[km]")  [typedml-unit]


def never() -> None:
    zeros = [0.0] * 3
    zeros[0] += 1.0
    reveal_type(zeros)  # R: list[float]


class Run:
    def __init__(self, n: int) -> None:
        self.legs = [0.0] * n
        self.seen = {"a": 0}

    def first(self) -> Km:
        return self.legs[0]

    def all(self) -> list[Km]:
        return self.legs

    def hours(self) -> list[Hour]:
        return self.legs  # E: Incompatible return value type (got "list[float]", expected "list[float[hour]]")  [typedml-unit]

    def put(self, leg: Km, place: int) -> None:
        self.legs[place] = leg
        self.legs[place + 1] = self.legs[place] + leg

    def count(self, n: Count) -> dict[str, Count]:
        self.seen["b"] += n
        return self.seen


def either(k: Km, h: Hour, flag: bool) -> tuple[Km, Hour]:
    a, b = (k, h) if flag else (0.0, 0.0)
    c, d = 0.0, 0.0
    c += k
    d += h
    return a + c, b + d


def either_in_hours(k: Km, h: Hour, flag: bool) -> Hour:
    a, b = (k, h) if flag else (0.0, 0.0)
    return a  # E: Incompatible return value type (got "float[km]", expected "float[hour]")  [typedml-unit]


def zeros_in_both(k: Km, flag: bool) -> Km:
    total = 0.0 if flag else 0
    total += k
    return total


def undeclared(names: list[str], flags: list[bool], n: Count) -> None:
    counts = []
    for name in names:
        if name:
            counts.append(sum(flag for flag in flags))
        else:
            counts.append(name.count("a"))
    lengths = [0]
    lengths.append(len(names))
    lengths.append(5)
    declared = [0, n]
    declared.append(len(names))
    reveal_type(declared)  # R: list[float[Count]]
    longest = [0, len(names)]
    longest[0] = 5
    reveal_type(longest)  # R: list[int]


def records(rows: list[tuple[Km, Hour]]) -> Annotated[float, Unit("km/hour")]:
    stats = {"length": 0.0, "time": 0.0}
    for k, h in rows:
        stats["length"] += k
        stats["time"] = stats.get("time", 0.0) + h
    reveal_type(stats)  # R: dict[str, float]
    stats["length"] + rows[0][1]  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    stats.get("time", 0.0) + rows[0][0]  # E: Unsupported operand types for + ("float[hour]" and "float[km]")  [typedml-unit]
    return stats["length"] / stats["time"]


def one_record(k: Km, h: Hour) -> dict[str, Km]:
    stats = {"there": 0.0, "back": 0.0}
    stats["there"] = k
    stats["back"] = k
    reveal_type(stats)  # R: dict[str, float[km]]
    return stats


def no_record(k: Km, h: Hour) -> None:
    stats = {"there": 0.0, "back": 0.0}
    stats["there"] = k
    stats["there"] = h  # E: Incompatible types in assignment (expression has type "float[hour]", target has type "float[km]")  [typedml-unit]


def run_through(n: int, legs: list[Km], more: list[Km]) -> Km:
    best = [0.0] * n
    named = {"a": 0.0, "b": more[0]}
    for each in named.values():
        far = max(legs[0], each)
    for name in named:
        print(name)
    return far


TOTALS = {"a": 0.0}
SUM = 0.0


def into_totals(k: Km, h: Hour) -> Km:
    global SUM
    TOTALS["a"] += k
    TOTALS["a"] += h  # E: Unsupported operand types for + ("float" and "float[hour]")  [typedml-unit]
    SUM += k
    return SUM


class Mixed:
    def __init__(self) -> None:
        self.mixed = [0.0]

    def add(self, k: Km) -> None:
        self.mixed.append(k)

    def add_time(self, h: Hour) -> None:
        self.mixed.append(h)  # E: Argument 1 to "append" of "list" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit]


class Farthest:
    def __init__(self, n: int) -> None:
        self.steps = [0.0] * n

    def put(self, k: Km) -> None:
        self.steps[0] = k

    def far(self, k: Km) -> Km:
        for leg in self.steps:
            k = max(k, leg)
            k += leg
        return max(self.steps)

    def hours(self, h: Hour) -> None:
        for leg in self.steps:
            h += leg  # E: Unsupported operand types for + ("float[hour]" and "float[km]")  [typedml-unit]


def warped(a: list[Km], b: list[Km]) -> Km:
    cost = [[float("inf")] * len(b) for _ in a]
    cost[0][0] = 0.0
    for i in range(1, len(a)):
        for j in range(1, len(b)):
            cost[i][j] = abs(a[i] - b[j]) + min(cost[i - 1][j], cost[i][j - 1], cost[i - 1][j - 1])
    return cost[-1][-1]
