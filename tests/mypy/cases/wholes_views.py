"""A mapping holds as many as its views: a mean of its values is a point, as that of a list is."""

from typing import Annotated

from typedml import Celsius, Fahrenheit, Proportion, Unit

Km = Annotated[float, Unit("km")]


class Stations:
    def __init__(self, by_name: dict[str, Celsius]) -> None:
        self.by_name: dict[str, Celsius] = by_name

    def mean(self) -> Celsius:
        return sum(self.by_name.values()) / len(self.by_name)


def means(by_name: dict[str, Celsius], names: dict[Celsius, str], w: Proportion) -> Celsius:
    reveal_type(sum(by_name.values()) / len(by_name))  # R: float[Celsius]
    reveal_type(sum(by_name.values()) / len(by_name.values()))  # R: float[Celsius]
    reveal_type(sum(by_name.values()) / len(by_name.keys()))  # R: float[Celsius]
    reveal_type(sum(c for c in by_name.values()) / len(by_name))  # R: float[Celsius]
    reveal_type(sum(c for _, c in by_name.items()) / len(by_name))  # R: float[Celsius]
    reveal_type(sum(names.keys()) / len(names))  # R: float[Celsius]
    n = len(by_name)
    reveal_type(sum(by_name.values()) / n)  # R: float[Celsius]
    reveal_type(w * (sum(by_name.values()) / len(by_name)) + (1 - w) * by_name["a"])  # R: float[Celsius]
    return sum(by_name.values()) / len(by_name)


def each(grid: dict[str, dict[str, Celsius]]) -> dict[str, Celsius]:
    reveal_type({k: sum(row.values()) / len(row) for k, row in grid.items()})  # R: dict[str, float[Celsius]]
    return {k: sum(grid[k].values()) / len(grid[k]) for k in grid}


def shares(legs: dict[str, Km], hits: dict[str, bool]) -> Proportion:
    a: Proportion = sum(1 for x in legs.values() if x > 0) / len(legs)
    b: Proportion = sum(1 for x in legs.values() if x > 0) / len(hits)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
    reveal_type(sum(legs.values()) / len(legs))  # R: float[km]
    return sum(hits.values()) / len(hits)


def of_others(a: dict[str, Celsius], b: dict[str, Celsius], grid: dict[str, dict[str, Celsius]]) -> Fahrenheit:
    sum(a.values())  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    sum(a.values()) / len(b)  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    sum(c for c in a.values() if c > c) / len(a)  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    sum(grid["a"].values()) / len(grid["b"])  # E: Argument 1 to "sum" has incompatible type "float[Celsius]"  [typedml-kind]
    return sum(a.values()) / len(a)  # E: Incompatible return value type (got "float[Celsius]", expected "float[Fahrenheit]")  [typedml-unit]
