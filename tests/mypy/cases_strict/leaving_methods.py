"""Operators, subscripts, overloads, unpacked arguments and containers take no meaning for a plain number."""

from collections import defaultdict, deque
from dataclasses import dataclass
from queue import Queue
from typing import TypedDict, TypeVar, Union, overload
from typedml import raw
from leaving_units import Km, distance

Tree = Union[float, list["Tree"]]
T = TypeVar("T")

class Money:
    def __init__(self, plain: float) -> None: ...
    def __add__(self, x: float) -> "Money": return self
    def __radd__(self, x: float) -> "Money": return self
    def __iadd__(self, x: float) -> "Money": return self
    def __mul__(self, x: Km) -> "Money": return self
    def __lt__(self, x: float) -> bool: return True
    def __contains__(self, x: float) -> bool: return True
    def __getitem__(self, at: float) -> float: return at
    def __setitem__(self, at: int, x: float) -> None: ...

class Row(TypedDict):
    plain: float
    known: Km

class Legs(list[Km]):
    pass

@dataclass
class Holder:
    plain: list[float]
    table: dict[str, float]
    known: list[Km]

@overload
def over(x: str) -> str: ...
@overload
def over(x: float, y: float = 0.0) -> float: ...
def over(x: str | float, y: float = 0.0) -> str | float:
    return x

@overload
def better(x: Km) -> Km: ...
@overload
def better(x: float) -> float: ...
def better(x: float) -> float:
    return x

class Method:
    @overload
    def over(self, x: int) -> int: ...
    @overload
    def over(self, x: float) -> float: ...
    def over(self, x: float) -> float:
        return x

def rest(*xs: float, **named: float) -> None: ...
def two(x: float, y: Km) -> None: ...
def walked(tree: Tree) -> None: ...

def overloaded(d: Km, m: Method) -> None:
    over(d)  # E: Argument 1 to "over" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    over(1.0, y=d)  # E: Argument "y" to "over" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    over("x")
    over(raw(d))
    better(d)
    m.over(d)  # E: Argument 1 to "over" of "Method" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning

def unpacked(ds: list[Km], pair: tuple[Km, Km], named: dict[str, Km], legs: Legs, plain: list[float]) -> None:
    rest(*ds)  # E: Argument 1 to "rest" has incompatible type "list[float[km]]"; expected "float"  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each
    rest(1.0, *pair)  # E: Argument 2 to "rest" has incompatible type "tuple[float[km], float[km]]"; expected "float"  [typedml-kind]  # N: Hint: declare there what pair holds, or hand over raw() of each
    rest(**named)  # E: Argument 1 to "rest" has incompatible type "dict[str, float[km]]"; expected "float"  [typedml-kind]  # N: Hint: declare there what named holds, or hand over raw() of each
    rest(*legs)  # E: Argument 1 to "rest" has incompatible type "Legs"; expected "float"  [typedml-kind]  # N: Hint: declare there what legs holds, or hand over raw() of each
    rest(*plain)
    rest(*(raw(d) for d in ds))

def operators(money: Money, d: Km, ds: list[Km]) -> None:
    money + d  # E: Argument 1 to "__add__" of "Money" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    d + money  # E: Argument 1 to "__radd__" of "Money" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    money += d  # E: Argument 1 to "__iadd__" of "Money" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    money < d  # E: Argument 1 to "__lt__" of "Money" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    d in money  # E: Argument 1 to "__contains__" of "Money" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    money[d]  # E: Argument 1 to "__getitem__" of "Money" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    money[0] = d  # E: Incompatible types in assignment (expression has type "float[km]", target has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    money * d
    money + raw(d)
    money == d
    d * 2.0 < d + d

def containers(plain: list[float], d: Km, ds: list[Km], holder: Holder, row: Row, later: "Queue[float]") -> None:
    plain.append(d)  # E: Argument 1 to "append" of "list" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    plain.insert(0, d)  # E: Argument 2 to "insert" of "list" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    plain.extend(ds)  # E: Argument 1 to "extend" of "list" has incompatible type "list[float[km]]"; expected "Iterable[float]"  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each
    plain += ds  # E: Argument 1 to "__iadd__" of "list" has incompatible type "list[float[km]]"; expected "Iterable[float]"  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each
    plain[0] = d  # E: Incompatible types in assignment (expression has type "float[km]", target has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    plain[1:] = ds  # E: Incompatible types in assignment (expression has type "list[float[km]]", target has type "Iterable[float]")  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each
    holder.plain.append(d)  # E: Argument 1 to "append" of "list" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    holder.table["a"] = d  # E: Incompatible types in assignment (expression has type "float[km]", target has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    holder.table.setdefault("a", d)  # E: Argument 2 to "setdefault" of "MutableMapping" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    row["plain"] = d  # E: Value of "plain" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    row["known"] = d
    later.put(d)  # E: Argument 1 to "put" of "Queue" has incompatible type "float[km]"; expected "float"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    holder.known.append(d)
    holder.known[0] = d
    plain.append(raw(d))
    plain.index(1.0)
    [1.0].append(d)
    inferred = []
    inferred.append(d)
    table = defaultdict(list)
    table["a"].append(d)
    table["a"] = ds
    waiting: deque[Km] = deque()
    waiting.append(d)
    print(plain[0], ds[0], holder.table.get("a"), [*ds], sorted(plain), "a".join([]))
    for each in plain:
        print(each)

def drawn(ds: list[Km], d: Km, trees: list[Tree], tree: Tree) -> None:
    x: float
    for x in ds:  # E: Incompatible types in assignment (expression has type "list[float[km]]", variable has type "float")  [typedml-kind]  # N: Hint: declare there what ds holds, or hand over raw() of each
        print(x)
    y: Km
    for y in ds:
        print(y)
    if (x := d):  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
        print(x)
    walked(tree)
    walked(trees)
    walked(d)  # E: Argument 1 to "walked" has incompatible type "float[km]"; expected "Tree"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    walked([[d]])  # E: Argument 1 to "walked" has incompatible type "float[km]"; expected "Tree"  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
