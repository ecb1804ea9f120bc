"""The ranges of the kinds, written down from the table of the specification, not read from the package."""

from __future__ import annotations

from math import inf

import attrs


@attrs.frozen
class Bounds:
    """What values of a kind may be: from `low` to `high`, ends included where they are finite."""

    low: float
    high: float
    whole: bool = False
    unit: str | None = None
    """The unit that has to be written beside the kind, where it has none of its own."""

    def holds(self, value: float) -> bool:
        """True where a value that is there is in range; infinity is where the range is open at infinity."""
        return self.low <= value <= self.high

    @property
    def is_limited(self) -> bool:
        """True where some number is out of range."""
        return self.low > -inf or self.high < inf


_SHARE = Bounds(0, 1)
_ANY = Bounds(-inf, inf)
BOUNDS: dict[str, Bounds] = {
    "Proportion": _SHARE,
    "Probability": _SHARE,
    "Simplex": _SHARE,
    "UnitInterval": _SHARE,
    "Similarity01": _SHARE,
    "Binary": Bounds(0, 1, whole=True),
    "Count": Bounds(0, inf, whole=True),
    "Rank": Bounds(1, inf, whole=True),
    "Index": Bounds(0, inf, whole=True),
    "IndexFromOne": Bounds(1, inf, whole=True),
    "ClockHHMM": Bounds(0, 2400, whole=True),
    "Odds": Bounds(0, inf),
    "Kelvin": Bounds(0, inf),
    "LogProbability": Bounds(-inf, 0),
    "Similarity": Bounds(-1, 1),
    "Pixel255": Bounds(0, 255),
    "Celsius": Bounds(-273.15, inf),
    "Fahrenheit": Bounds(-459.67, inf),
    "Latitude": Bounds(-90, 90),
    "Longitude": Bounds(-180, 180),
    "Bearing": Bounds(0, 360),
    "HourOfDay": Bounds(0, 24),
    "Duration": _ANY,
    "Distance": _ANY,
    "Rate": _ANY,
    "Percent": _ANY,
    "Weight": _ANY,
    "ScaleFactor": _ANY,
    "LogDensity": _ANY,
    "ZScore": _ANY,
    "EpochSeconds": _ANY,
    "EpochMillis": _ANY,
    "Logit": _ANY,
    "Score": _ANY,
}
UNITS = ("km", "mile/hour", "second", "kg*m/s**2", "degC", "percent", "USD", "1")
OF_UNIT = {"degC": "Celsius", "degF": "Fahrenheit"}
"""A unit with a zero point of its own is that of a kind, whose range it brings along."""


def bounds_of(kind: str | None, unit: str | None) -> Bounds | None:
    """What values of a column may be, from its kind or its unit; None where neither limits them."""
    return BOUNDS.get(kind or OF_UNIT.get(unit or "", ""))
