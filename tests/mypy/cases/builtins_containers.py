"""What random, heapq, bisect, containers and comprehensions make of meanings; and membership."""

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
def cont(a: Km, b: Km, m: Mile, h: Hour, w: Whole, kms: list[Km], miles: list[Mile], hours: list[Hour], t: Celsius, ts: list[Celsius], ps: list[Probability], ns: list[Count], x: float, p: Probability, flag: bool, plain: list[float], by: dict[str, Km], sk: set[Km], sm: set[Mile]) -> None:
    reveal_type(random.uniform(a, b))  # R: float[km]
    random.uniform(a, m)  # E: Arguments of "uniform" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    random.uniform(0.0, a)
    reveal_type(random.uniform(0.0, a))  # R: float[km]
    random.uniform(1.0, a)  # E: Arguments of "uniform" have incompatible types "float" and "float[km]"  [typedml-unit]
    reveal_type(random.gauss(a, b))  # R: float[km]
    random.gauss(a, m)  # E: Arguments of "gauss" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    reveal_type(random.gauss(mu=a, sigma=b))  # R: float[km]
    reveal_type(random.normalvariate(a, b))  # R: float[km]
    reveal_type(random.gauss(t, 1.0))  # E: Arguments of "gauss" have incompatible types "float[Celsius]" and "float"  [typedml-unit] # R: Any
    reveal_type(random.triangular(a, b, a))  # R: float[km]
    reveal_type(random.expovariate(1 / a))  # R: float[km]
    reveal_type(random.choice(kms))  # R: float[km]
    reveal_type(random.choices(kms, k=2))  # R: list[float[km]]
    reveal_type(random.choices(kms, weights=ps, k=2))  # R: list[float[km]]
    reveal_type(random.sample(kms, 2))  # R: list[float[km]]
    random.shuffle(kms)
    reveal_type(random.random() * a)  # R: float[km]
    reveal_type(random.random() < p)  # R: bool
    reveal_type(random.randint(0, w))  # R: int[km]
    reveal_type(random.betavariate(2, 3))  # R: float
    rng = random.Random(1)
    reveal_type(rng.uniform(a, b))  # R: float[km]
    rng.uniform(a, m)  # E: Arguments of "uniform" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    reveal_type(rng.choice(kms))  # R: float[km]
    heapq.heappush(kms, a)
    heapq.heappush(kms, m)  # E: Arguments of "heappush" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    reveal_type(heapq.heappop(kms))  # R: float[km]
    reveal_type(heapq.nlargest(2, kms))  # R: list[float[km]]
    reveal_type(heapq.nsmallest(2, kms, key=lambda k: -k))  # R: list[float[km]]
    reveal_type(list(heapq.merge(kms, miles)))  # E: Arguments of "merge" have incompatible types "float[km]" and "float[mile]"  [typedml-unit] # R: list[Any]
    reveal_type(list(heapq.merge(kms, kms)))  # R: list[float[km]]
    heapq.heapreplace(kms, m)  # E: Arguments of "heapreplace" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    heapq.heappushpop(kms, m)  # E: Arguments of "heappushpop" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    reveal_type(bisect.bisect(kms, a))  # R: int
    bisect.bisect(miles, a)  # E: Arguments of "bisect" have incompatible types "float[mile]" and "float[km]"  [typedml-unit]
    bisect.bisect_left(miles, a)  # E: Arguments of "bisect_left" have incompatible types "float[mile]" and "float[km]"  [typedml-unit]
    bisect.bisect_right(kms, 5.0)  # E: Arguments of "bisect_right" have incompatible types "float[km]" and "float"  [typedml-unit]
    bisect.bisect_left(kms, 0.0)
    bisect.insort(kms, a)
    bisect.insort(kms, m)  # E: Arguments of "insort" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    bisect.bisect(plain, a)  # E: Arguments of "bisect" have incompatible types "float" and "float[km]"  [typedml-unit]
    bisect.bisect(kms, x)  # E: Arguments of "bisect" have incompatible types "float[km]" and "float"  [typedml-unit]
    bisect.bisect(hours, 2.0 * a, key=lambda v: v * (a / h))
    q: deque[Km] = deque(maxlen=3)
    q.append(a)
    q.append(m)  # E: Argument 1 to "append" of "deque" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    reveal_type(deque(kms))  # R: collections.deque[float[km]]
    reveal_type(q[0])  # R: float[km]
    reveal_type(q.popleft())  # R: float[km]
    reveal_type(Counter(kms))  # R: collections.Counter[float[km]]
    reveal_type(Counter(kms).most_common(1))  # R: list[tuple[float[km], int]]
    d: defaultdict[str, Km] = defaultdict(float)
    d["x"] += a
    d["x"] += m  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit]
    dd: defaultdict[str, list[Km]] = defaultdict(list)
    dd["x"].append(a)
    dd["x"].append(m)  # E: Argument 1 to "append" of "list" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    reveal_type(by.get("x"))  # R: float[km] | None
    reveal_type(by.get("x", 0.0))  # R: float[km]
    reveal_type(by.get("x", m))  # R: float[km] | float[mile]
    reveal_type(by.get("x", 5.0))  # R: float
    reveal_type(by.setdefault("x", a))  # R: float[km]
    by.setdefault("x", m)  # E: Argument 2 to "setdefault" of "MutableMapping" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    by.setdefault("x", 5.0)  # E: Argument 2 to "setdefault" of "MutableMapping" has incompatible type "float"; expected "float[km]"  [typedml-unit]
    by.setdefault("x", 0.0)
    reveal_type(by.pop("x"))  # R: float[km]
    reveal_type(by.pop("x", 0.0))  # R: float[km]
    reveal_type(by.pop("x", None))  # R: float[km] | None
    reveal_type(list(by.items()))  # R: list[tuple[str, float[km]]]
    reveal_type(list(by.values()))  # R: list[float[km]]
    by.update({"y": m})  # E: Dict entry 0 has incompatible type "str": "float[mile]"; expected "str": "float[km]"  [typedml-unit]
    by.update(y=m)  # E: Argument "y" to "update" of "MutableMapping" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    by["x"] = m  # E: Incompatible types in assignment (expression has type "float[mile]", target has type "float[km]")  [typedml-unit]
    by |= {"x": m}  # E: Dict entry 0 has incompatible type "str": "float[mile]"; expected "str": "float[km]"  [typedml-unit]
    reveal_type(by | by)  # R: dict[str, float[km]]
    kms.append(m)  # E: Argument 1 to "append" of "list" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    kms.extend(miles)  # E: Argument 1 to "extend" of "list" has incompatible type "list[float[mile]]"; expected "Iterable[float[km]]"  [typedml-unit]
    kms.extend([a, 0.0])
    kms.extend([a, m])  # E: List item 1 has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    kms.insert(0, m)  # E: Argument 2 to "insert" of "list" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    reveal_type(kms.index(a))  # R: int
    kms.index(m)  # E: Argument 1 to "index" of "list" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    reveal_type(kms.count(a))  # R: int
    kms.count(m)  # E: Argument 1 to "count" of "list" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    kms.count(0.0)
    kms.remove(m)  # E: Argument 1 to "remove" of "list" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    kms += miles  # E: Argument 1 to "__iadd__" of "list" has incompatible type "list[float[mile]]"; expected "Iterable[float[km]]"  [typedml-unit]
    reveal_type(kms + miles)  # R: list[float[mile] | float[km]]
    kms[0] = m  # E: Incompatible types in assignment (expression has type "float[mile]", target has type "float[km]")  [typedml-unit]
    kms[0:1] = [m]  # E: List item 0 has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    reveal_type(kms * 2)  # R: list[float[km]]
    sk.add(m)  # E: Argument 1 to "add" of "set" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    sk.add(a)
    reveal_type(sk | sk)  # R: set[float[km]]
    reveal_type(sk | sm)  # E: Unsupported operand types for | ("set[float[km]]" and "set[float[mile]]")  [typedml-unit] # R: set[float[km] | float[mile]]
    reveal_type(sk & sk)  # R: set[float[km]]
    reveal_type(sk & sm)  # E: Unsupported operand types for & ("set[float[km]]" and "set[float[mile]]")  [typedml-unit] # R: set[float[km]]
    reveal_type(sk - sm)  # E: Unsupported operand types for - ("set[float[km]]" and "set[float[mile]]")  [typedml-unit] # R: set[float[km]]
    reveal_type(sk ^ sm)  # E: Unsupported operand types for ^ ("set[float[km]]" and "set[float[mile]]")  [typedml-unit] # R: set[float[km] | float[mile]]
    sk.discard(m)  # E: Arguments of "discard" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    sk.remove(m)  # E: Argument 1 to "remove" of "set" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit]
    sk.union(sm)  # E: Arguments of "union" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    sk.intersection(miles)  # E: Arguments of "intersection" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    sk.issubset(sm)  # E: Arguments of "issubset" have incompatible types "float[km]" and "float[mile]"  [typedml-unit]
    sk <= sm  # E: Unsupported operand types for <= ("set[float[km]]" and "set[float[mile]]")  [typedml-unit]
    sk == sm  # E: Unsupported operand types for == ("set[float[km]]" and "set[float[mile]]")  [typedml-unit]
    kms == miles  # E: Unsupported operand types for == ("list[float[km]]" and "list[float[mile]]")  [typedml-unit]
    (a, h) == (m, h)
    (a, h) < (m, h)  # E: Unsupported operand types for > ("tuple[float[mile], float[hour]]" and "tuple[float[km], float[hour]]")  [operator]
    kms < miles  # E: Unsupported operand types for < ("list[float[km]]" and "list[float[mile]]")  [typedml-unit]
    reveal_type([k for k in kms])  # R: list[float[km]]
    reveal_type({k for k in kms})  # R: set[float[km]]
    reveal_type({k: v for k, v in zip(kms, hours)})  # R: dict[float[km], float[hour]]
    reveal_type({n: k for n, k in by.items()})  # R: dict[str, float[km]]
    reveal_type([k / v for k in kms for v in hours])  # R: list[float[km/hour]]
    reveal_type([k + v for k in kms for v in miles])  # E: Unsupported operand types for + ("float[km]" and "float[mile]")  [typedml-unit] # R: list[Any]
    reveal_type([(k, v) for k, v in zip(kms, hours)])  # R: list[tuple[float[km], float[hour]]]
    reveal_type([k if k > b else b for k in kms])  # R: list[float[km]]
    reveal_type([k if k > b else m for k in kms])  # R: list[float[km] | float[mile]]
    reveal_type([k if k > b else 0.0 for k in kms])  # R: list[float]
    reveal_type([[k for k in kms] for _ in range(2)])  # R: list[list[float[km]]]
    reveal_type([y for k in kms if (y := k * 2) > b])  # R: list[float[km]]
    a in miles  # E: Unsupported operand types for in ("float[km]" and "list[float[mile]]")  [typedml-unit]
    a in kms
    0.0 in kms
    a not in miles  # E: Unsupported operand types for in ("float[km]" and "list[float[mile]]")  [typedml-unit]
    a in (1.0, 2.0)  # E: Unsupported operand types for in ("float[km]" and "tuple[float, float]")  [typedml-unit]
    a in (b, a)
    a in sm  # E: Unsupported operand types for in ("float[km]" and "set[float[mile]]")  [typedml-unit]
    a in by
    "x" in by
    a in {a: 1}
    a in {m: 1}  # E: Unsupported operand types for in ("float[km]" and "dict[float[mile], int]")  [typedml-unit]
    a in plain  # E: Unsupported operand types for in ("float[km]" and "list[float]")  [typedml-unit]
    a == x  # E: Unsupported operand types for == ("float[km]" and "float")  [typedml-unit]
    x in kms  # E: Unsupported operand types for in ("float" and "list[float[km]]")  [typedml-unit]
    a in [0.0, math.inf]
    a in range(3)
    m in {b: 1}.keys()  # E: Unsupported operand types for in ("float[mile]" and "dict_keys[float[km], int]")  [typedml-unit]
    m in by.values()  # E: Unsupported operand types for in ("float[mile]" and "dict_values[str, float[km]]")  [typedml-unit]
    any(a == k for k in miles)  # E: Unsupported operand types for == ("float[km]" and "float[mile]")  [typedml-unit]
    reveal_type(sum(kms) / len(kms))  # R: float[km]
    total = 0.0
    for k in kms:
        total += k
    reveal_type(total / len(kms))  # R: float[km]
