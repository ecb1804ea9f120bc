"""Aliases: local, imported, in a class, of aliases, explicit, generic holders."""

from typing import Annotated, TypeAlias

import units_elsewhere
import units_elsewhere as elsewhere
from units_elsewhere import Hours, Km, Propensity, Shared, Speed, trip

from typedml import THRESHOLD, Probability, Unit

Mile = Annotated[float, Unit("mile")]
Explicit: TypeAlias = Annotated[float, Unit("mile/hour")]
Again = Mile
Nullable = Mile | None
Many = list[Mile]
Quoted: TypeAlias = "Annotated[float, Unit('mile')]"
Cut = Annotated[Probability, THRESHOLD]
Renamed = Km


class Holder:
    Inner = Annotated[float, Unit("kg")]

    def weigh(self, mass: Inner) -> Inner:
        return mass


def local() -> None:
    Deep = Annotated[float, Unit("gram")]
    grams: Deep = 1.0
    reveal_type(grams)  # R: float[gram]


def use(
    a: Mile,
    b: Explicit,
    c: Again,
    d: Nullable,
    e: Many,
    f: Quoted,
    g: Cut,
    h: Renamed,
    i: Holder.Inner,
    j: Km,
    k: Hours,
    m: Speed,
    n: Propensity,
    o: Shared.Mile,
    p: units_elsewhere.Km,
    q: elsewhere.Speed,
) -> None:
    reveal_type(a)  # R: float[mile]
    reveal_type(b)  # R: float[mile/hour]
    reveal_type(c)  # R: float[mile]
    reveal_type(d)  # R: float[mile] | None
    reveal_type(e)  # R: list[float[mile]]
    reveal_type(f)  # R: float[mile]
    reveal_type(g)  # R: float[Threshold[Probability]]
    reveal_type(h)  # R: float[km]
    reveal_type(i)  # R: float[kg]
    reveal_type(j)  # R: float[km]
    reveal_type(k)  # R: float[hour]
    reveal_type(m)  # R: float[km/hour]
    reveal_type(n)  # R: float[Propensity]
    reveal_type(o)  # R: float[mile]
    reveal_type(p)  # R: float[km]
    reveal_type(q)  # R: float[km/hour]
    reveal_type(trip(j, k))  # R: float[km/hour]
    trip(k, j)  # E: Argument 1 to "trip" has incompatible type "float[hour]"; expected "float[km]"  [typedml-unit] # E: Argument 2 to "trip" has incompatible type "float[km]"; expected "float[hour]"  [typedml-unit]
    trip(a, k)  # E: Argument 1 to "trip" has incompatible type "float[mile]"; expected "float[km]"  [typedml-unit] # N: Hint: convert(a, "mile", "km") makes it "float[km]"
    Holder().weigh(j)  # E: Argument 1 to "weigh" of "Holder" has incompatible type "float[km]"; expected "float[kg]"  [typedml-unit]


def over(a: Annotated[Mile, "documented"], b: Annotated[Mile | None, "documented"]) -> None:
    reveal_type(a)  # R: float[mile]
    reveal_type(b)  # R: float[mile] | None
