"""Numbers outside of the range of what is declared, wherever they may stand."""

from dataclasses import dataclass, field
from typing import ClassVar, Final, NamedTuple, TypedDict

from typedml import Bearing, Binary, Count, LogProbability, Odds, Probability, Proportion

P: Final = 3 / 2
HALF: Final = 0.5


# fmt: off
def defaults(p: Probability = HALF, *, q: Probability = P) -> Probability:  # E: Incompatible default for parameter "q" (default has type "float", parameter has type "float[Probability]")  [typedml-value]
    return 2  # E: Incompatible return value type (got "int", expected "float[Probability]")  [typedml-value]


@dataclass
class Record:
    p: Probability
    q: Probability = 1.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]
    r: Probability = field(default=1.5)  # E: Argument "default" to "field" has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    limit: ClassVar[Probability] = 1.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]


class Row(TypedDict):
    p: Probability


class Pair(NamedTuple):
    p: Probability = -0.1  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]


def choices(flag: bool) -> Probability:
    right: Probability = 0.5 if flag else 0.7
    count: Count = 1 if flag else 2
    wrong: Probability = 0.5 if flag else 1.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]
    return 0.5 if flag else 0.7


def values(b: Bearing, ps: list[Probability], named: dict[str, Probability]) -> None:
    a: Probability = 1e-3
    a = 1 - 0.1
    a = HALF
    a = 1 / 2
    a = P  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]
    a = -0.1  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]
    a = 2 * 0.75  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]
    defaults(2)  # E: Argument 1 to "defaults" has incompatible type "int"; expected "float[Probability]"  [typedml-value]
    defaults(q=2)  # E: Argument "q" to "defaults" has incompatible type "int"; expected "float[Probability]"  [typedml-value]
    Record(1.5)  # E: Argument 1 to "Record" has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    row: Row = {"p": 1.5}  # E: Incompatible types (expression has type "float", TypedDict item "p" has type "float[Probability]")  [typedml-value]
    Pair(1.5)  # E: Argument 1 to "Pair" has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    ps.append(1.5)  # E: Argument 1 to "append" of "list" has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    named["x"] = 1.5  # E: Incompatible types in assignment (expression has type "float", target has type "float[Probability]")  [typedml-value]
    several: list[Probability] = [0.5, 1.5]  # E: List item 1 has incompatible type "float"; expected "float[Probability]"  [typedml-value]
    count: Count = 2.5  # E: Incompatible types in assignment (expression has type "float", variable has type "int[Count]")  [typedml-value]
    bearing: Bearing = 400.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Bearing]")  [typedml-value]
    share: Proportion = 1.0001  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Proportion]")  [typedml-value]
    log: LogProbability = 0.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[LogProbability]")  [typedml-value]
    odds: Odds = -1.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Odds]")  [typedml-value]
    flag: Binary = 2  # E: Incompatible types in assignment (expression has type "int", variable has type "int[Binary]")  [typedml-value]
    perhaps: Probability | None = 1.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability] | None")  [typedml-value]
