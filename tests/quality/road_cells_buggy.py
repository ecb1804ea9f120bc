"""One step of a cell transmission model of a road."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Unit

Metres = Annotated[float, Unit("m")]
Seconds = Annotated[float, Unit("second")]
Density = Annotated[float, Unit("vehicle/km")]
Flow = Annotated[float, Unit("vehicle/hour")]

METRE, SECOND = Unit("m"), Unit("second")
DENSITY, FLOW = Unit("vehicle/km"), Unit("vehicle/hour")


@dataclass
class Cell:
    length: Metres
    density: Density


def advance(cell: Cell, inflow: Flow, outflow: Flow, step: Seconds) -> Cell:
    change = (inflow - outflow) * step / cell.length
    return Cell(cell.length, cell.density + change)  # the bug


def run(cell: Cell, inflow: Flow, outflow: Flow, steps: int) -> Density:
    for _ in range(steps):
        cell = advance(cell, inflow, outflow, SECOND(10.0))
    return cell.density


def main() -> float:
    return run(Cell(METRE(500.0), DENSITY(20.0)), FLOW(1800.0), FLOW(1440.0), steps=6)
