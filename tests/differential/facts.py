"""The kinds and units that programs are made of, with what is true of each: written by hand, from ALGEBRA.

A row says how to annotate, by which units a value scales, from which origin a point is measured, which labels
a name bears, its range, whether it is an integer, and the names of the kind and of those above it.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Final

import attrs

from tests.differential.transformations import Exponents

PRELUDE: Final = '''"""What the generated programs declare."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from typedml import *
from typedml import Celsius, Count, Probability, Unit

{units}
ALTITUDE = Kind("Altitude", sort="torsor", unit="meter")
SPAN = Kind("Span", unit="meter")
WIDTH = Kind("Width", parent=SPAN)
HEIGHT = Kind("Height", parent=SPAN)
CHURN = Kind("Churn", parent=PROBABILITY)
Altitude = Annotated[float, ALTITUDE]
Span = Annotated[float, SPAN]
Width = Annotated[float, WIDTH]
Height = Annotated[float, HEIGHT]
Churn = Annotated[float, CHURN]
UserId = Annotated[int, IDENTIFIER]
Cut = Threshold[Probability]


@dataclass
class Leg:
    """What programs read attributes of."""

    km: Km
    hour: Hour
    usd: Usd
    chance: Probability
    warmth: Celsius
    flights: Count
'''


@attrs.frozen
class Fact:
    """One way to declare a value."""

    annotation: str
    exponents: Exponents = ()
    origin: str | None = None
    labels: str | None = None
    low: float = -inf
    high: float = inf
    integral: bool = False
    names: tuple[str, ...] = ()
    cut: bool = False

    @property
    def sort(self) -> str:
        if self.labels or self.cut:
            return "opaque"
        return "torsor" if self.origin else "vector"

    @property
    def is_unit(self) -> bool:
        """Say whether it is a unit alone, which is all that Pint knows of."""
        return not self.names and self.sort == "vector"


def exponents(**powers: float) -> Exponents:
    return tuple((name, Fraction(powers[name])) for name in sorted(powers))


UNITS: Final = {
    "Km": ("km", exponents(km=1)),
    "M": ("m", exponents(m=1)),
    "Mile": ("mile", exponents(mile=1)),
    "Hour": ("hour", exponents(hour=1)),
    "Minute": ("minute", exponents(minute=1)),
    "Second": ("second", exponents(second=1)),
    "Kg": ("kg", exponents(kg=1)),
    "Usd": ("USD", exponents(USD=1)),
    "Eur": ("EUR", exponents(EUR=1)),
    "Speed": ("km/hour", exponents(km=1, hour=-1)),
    "Kph": ("kph", exponents(km=1, hour=-1)),
    "Fare": ("USD/km", exponents(USD=1, km=-1)),
    "Area": ("km**2", exponents(km=2)),
    "Newton": ("newton", exponents(kg=1, m=1, second=-2)),
    "Joule": ("J", exponents(kg=1, m=2, second=-2)),
    "Frequency": ("1/hour", exponents(hour=-1)),
    "Warming": ("delta_degC", exponents(K=1)),
    "Gain": ("dB", exponents(dB=1)),
    "Number": ("1", ()),
}
"""Name of the alias, the unit as it is written, and the scales that it is made of."""


def _kind(name: str, *above: str, **rest: object) -> Fact:
    return Fact(name, names=(name, *above), **rest)  # type: ignore[arg-type]


FACTS: Final = {
    **{name: Fact(name, exponents=powers) for name, (_, powers) in UNITS.items()},
    "Probability": _kind("Probability", "Proportion", low=0, high=1),
    "Proportion": _kind("Proportion", low=0, high=1),
    "Churn": _kind("Churn", "Probability", "Proportion", low=0, high=1),
    "Odds": _kind("Odds", low=0),
    "Similarity": _kind("Similarity", low=-1, high=1),
    "UnitInterval": _kind("UnitInterval", low=0, high=1),
    "LogProbability": _kind("LogProbability", "LogDensity", high=0),
    "ZScore": _kind("ZScore"),
    "Weight": _kind("Weight"),
    "ScaleFactor": _kind("ScaleFactor"),
    "Count": _kind("Count", low=0, integral=True),
    "Duration": _kind("Duration", exponents=exponents(second=1)),
    "Kelvin": _kind("Kelvin", exponents=exponents(K=1), low=0),
    "Span": _kind("Span", exponents=exponents(m=1)),
    "Width": _kind("Width", "Span", exponents=exponents(m=1)),
    "Height": _kind("Height", "Span", exponents=exponents(m=1)),
    "Celsius": _kind("Celsius", exponents=exponents(K=1), origin="zero of degC"),
    "Fahrenheit": _kind("Fahrenheit", exponents=exponents(degF=1), origin="zero of degF"),
    "EpochSeconds": _kind("EpochSeconds", exponents=exponents(second=1), origin="epoch"),
    "EpochMillis": _kind("EpochMillis", exponents=exponents(ms=1), origin="epoch of ms", integral=True),
    "Latitude": _kind("Latitude", exponents=exponents(degree=1), origin="equator"),
    "Altitude": _kind("Altitude", exponents=exponents(m=1), origin="sea level"),
    "Decibel": _kind("Decibel", exponents=exponents(dB=1), origin="reference power"),
    "Logit": _kind("Logit", origin="even odds"),
    "Score": _kind("Score", labels="score"),
    "UserId": _kind("UserId", labels="identifier", integral=True),
    "Label": _kind("Label", labels="label", integral=True),
    "Cut": _kind("Cut", low=0, high=1, cut=True),
}
"""Every declaration that programs draw from."""

RECORD: Final = {
    "km": "Km", "hour": "Hour", "usd": "Usd", "chance": "Probability", "warmth": "Celsius",
    "flights": "Count",
}  # fmt: skip
"""The attributes of `Leg`."""


def prelude() -> str:
    """Return the module that all programs import from."""
    units = "\n".join(f'{name} = Annotated[float, Unit("{text}")]' for name, (text, _) in UNITS.items())
    return PRELUDE.replace("{units}", units)


def spelled(powers: Exponents) -> str:
    """Return how to write a unit: `km**2/hour` as `km**2*hour**(-1)`."""
    names = {"K": "delta_degC", "degF": "delta_degF", "ms": "ms"}
    parts = [f"{names.get(name, name)}**({power})" for name, power in powers]
    return "*".join(parts) or "1"
