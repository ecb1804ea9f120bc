"""A function of meanings against the same function of floats: the declarations are erased at run time."""

from collections.abc import Callable
from typing import Annotated

from benchmarks import Row
from benchmarks.measure import side_by_side
from typedml import Unit

Miles = Annotated[float, Unit("mile")]
Hours = Annotated[float, Unit("hour")]
Mph = Annotated[float, Unit("mile/hour")]

CALLS = 200_000
# What two runs of one and the same function differ by on a quiet machine.
NOISE = 0.02


def ground_speed(distance: Miles, air_time: Hours) -> Mph:
    """Return the speed over ground."""
    return distance / air_time


def plain(distance: float, air_time: float) -> float:
    """Return the speed over ground."""
    return distance / air_time


def rows() -> list[Row]:
    """Call both many times, in turns."""
    best = side_by_side({"declared": _calls(ground_speed), "plain": _calls(plain)}, rounds=15)
    same = ground_speed.__code__.co_code == plain.__code__.co_code
    return [
        Row(
            what="a function of meanings, per call",
            measured=best["declared"] / CALLS * 1e9,
            reference=best["plain"] / CALLS * 1e9,
            unit="ns CPU",
            beside="the same of floats",
            budget=1.0 + NOISE,
            note=f"byte code {'identical' if same else 'DIFFERS'}",
        )
    ]


def _calls(function: Callable[[float, float], float]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(CALLS):
            function(1400.0, 3.5)

    return run
