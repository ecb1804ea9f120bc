"""Mappings whose values are tuples: zeros that are written as a default are of what the items mean."""

from collections import defaultdict
from typing import Annotated

from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


def totals(rows: list[tuple[str, Km, Hour]]) -> dict[str, tuple[Km, Hour]]:
    out: dict[str, tuple[Km, Hour]] = {}
    for name, leg, time in rows:
        far, long = out.get(name, (0.0, 0.0))
        out[name] = (far + leg, long + time)
    reveal_type(out.get("a", (0.0, 0.0)))  # R: tuple[float[km], float[hour]]
    reveal_type(out.pop("a", (0, 0.0)))  # R: tuple[float[km], float[hour]]
    reveal_type(out.get("a", (0.0, 5.0)))  # R: tuple[float, float]
    reveal_type(out.get("a", (0.0, 0.0, 0.0)))  # R: tuple[float[km], float[hour]] | tuple[float, float, float]
    return out


def named(best: dict[str, tuple[str, Km]], nested: defaultdict[str, tuple[str, tuple[Km, Hour]]], chances: dict[str, tuple[Km, Probability]]) -> None:
    reveal_type(best.get("a", ("", 0.0)))  # R: tuple[str, float[km]]
    reveal_type(best.get("a", (0.0, 0.0)))  # R: tuple[str, float[km]] | tuple[float, float]
    reveal_type(nested.get("a", ("", (0.0, 0.0))))  # R: tuple[str, tuple[float[km], float[hour]]]
    reveal_type(chances.get("a", (0.0, 0.5)))  # R: tuple[float[km], float[Probability]]
    reveal_type(chances.get("a", (0.0, 1.5)))  # R: tuple[float, float]


def wrong(out: dict[str, tuple[Km, Hour]], t: Hour) -> None:
    far, long = out.get("a", (0.0, 0.0))
    far + long  # E: Unsupported operand types for + ("float[km]" and "float[hour]")  [typedml-unit]
    reveal_type(out.get("a", (t, t)))  # R: tuple[float[km], float[hour]] | tuple[float[hour], float[hour]]
