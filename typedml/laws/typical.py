"""Where the values of a kind usually lie: the rows from which grids are made.

A law holds for every value of a kind, but a feature that is right may still overflow at 1e300 degrees; and 0
and 1 hide bugs, because adding the one and multiplying by the other change nothing. So values are drawn from
where real ones are.
"""

from __future__ import annotations

from typedml.laws.inputs import Input
from typedml.laws.physical import size, zero

# kind: lowest and highest typical value, in the unit of the kind
TYPICAL: dict[str, tuple[float, float]] = {
    "Celsius": (-20.0, 40.0),
    "Fahrenheit": (5.0, 100.0),
    "Kelvin": (250.0, 315.0),
    "Latitude": (-60.0, 60.0),
    "Longitude": (-150.0, 150.0),
    "EpochSeconds": (1_357_000_000, 1_388_000_000),
    "EpochMillis": (1_357_000_000_000, 1_388_000_000_000),
    "EpochMicros": (1_357_000_000_000_000, 1_388_000_000_000_000),
    "EpochNanos": (1_357_000_000_000_000_000, 1_388_000_000_000_000_000),
    "ClockHHMM": (100, 2300),
    "Logit": (-4.0, 4.0),
    "Score": (-4.0, 4.0),
    "ZScore": (-3.0, 3.0),
    "LogProbability": (-6.0, -0.125),
    "LogDensity": (-6.0, 2.0),
    "Odds": (0.125, 8.0),
    "ScaleFactor": (0.25, 4.0),
    "Weight": (0.25, 4.0),
    "Percent": (2.0, 98.0),
    "Decibel": (-40.0, 40.0),
    "Radians": (0.125, 6.0),
    "Degrees": (5.0, 350.0),
    "Year": (1990, 2030),
    "Rank": (2, 40),
    "Index": (2, 40),
    "Label": (0, 3),
    "Category": (0, 3),
    "Binary": (0, 1),
    "Indicator": (0, 1),
    "Identifier": (1001, 1040),
    "Count": (2, 60),
}

# What is typical where a kind says nothing: away from 0 and 1, within a few doublings.
FLOATS = (3.0, 1027.0)
WHOLE = (2, 258)
ANGLE_IN_RADIANS = (0.125, 6.0)
TEMPERATURE_IN_KELVIN = (255.0, 313.0)


def typical_range(source: Input) -> tuple[float, float]:
    """The lowest and highest typical value of an input, by its kind, its unit or its type."""
    meaning = source.meaning
    if meaning is None:
        return WHOLE if source.integral else FLOATS
    for kind in meaning.kind.lineage if meaning.kind else ():
        if kind.name in TYPICAL:
            return TYPICAL[kind.name]
    return _typical_of_unit(source)


def _typical_of_unit(source: Input) -> tuple[float, float]:
    meaning = source.meaning
    assert meaning is not None
    unit = meaning.unit
    if unit.has_angle and unit.dimension.atoms == ("rad",):
        return _rescaled(ANGLE_IN_RADIANS, size(unit), 0.0)
    if unit.origin is not None and not isinstance(unit.origin, str):
        return _rescaled(TEMPERATURE_IN_KELVIN, size(unit), zero(unit))
    return WHOLE if source.integral else FLOATS


def _rescaled(bounds: tuple[float, float], scale: float, origin: float) -> tuple[float, float]:
    low, high = bounds
    return (low - origin) / scale, (high - origin) / scale
