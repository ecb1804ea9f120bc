"""Sensors: lines through reference points, thermistors, bridges, converters and decibels."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, linear_regression, stdev
from typing import TYPE_CHECKING, Annotated

from typedml import PROPORTION, Celsius, Count, Kelvin, Kind, Proportion, Threshold, Unit, convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VOLT, OHM, BAR = Unit("V"), Unit("ohm"), Unit("bar")
Volts = Annotated[float, VOLT]
Ohms = Annotated[float, OHM]
Bars = Annotated[float, BAR]
Amperes = Annotated[float, Unit("A")]
MilliAmperes = Annotated[float, Unit("mA")]
BarPerVolt = Annotated[float, BAR / VOLT]
MicroVolts = Annotated[float, Unit("uV")]
Watts = Annotated[float, Unit("W")]
CODE = Kind("AdcCode", range=(0, 4095), integral=True)
Code = Annotated[int, CODE]

STEPS = 4096
REFERENCE: Volts = 3.3
ROOM: Kelvin = 298.15


@dataclass(frozen=True)
class Line:
    """What a pressure sensor's voltage stands for."""

    slope: BarPerVolt
    offset: Bars

    @classmethod
    def through(cls, low: tuple[Volts, Bars], high: tuple[Volts, Bars]) -> Line:
        slope = (high[1] - low[1]) / (high[0] - low[0])
        return cls(slope, low[1] - slope * low[0])

    @classmethod
    def fitted(cls, volts: Sequence[Volts], bars: Sequence[Bars]) -> Line:
        slope, offset = linear_regression(volts, bars)
        return cls(slope, offset)

    def __call__(self, volts: Volts) -> Bars:
        return self.slope * volts + self.offset

    def residuals(self, volts: Iterable[Volts], bars: Iterable[Bars]) -> list[Bars]:
        return [bar - self(volt) for volt, bar in zip(volts, bars, strict=True)]


@dataclass(frozen=True)
class Thermistor:
    """A resistor that says how warm it is."""

    at_room: Ohms
    beta: Kelvin

    def temperature(self, resistance: Ohms) -> Celsius:
        inverse = 1 / ROOM + math.log(resistance / self.at_room) / self.beta
        return convert(1 / inverse, "kelvin", "degC")

    def resistance(self, temperature: Celsius) -> Ohms:
        kelvin = convert(temperature, "degC", "kelvin")
        return self.at_room * math.exp(self.beta * (1 / kelvin - 1 / ROOM))


def volts_of(code: Code, reference: Volts = REFERENCE) -> Volts:
    return reference * code / STEPS


def code_of(volts: Volts, reference: Volts = REFERENCE) -> Code:
    return CODE(min(STEPS - 1, max(0, int(volts / reference * STEPS))))


def divider(supply: Volts, upper: Ohms, seen: Volts) -> Ohms:
    """The lower resistor of a divider."""
    return upper * seen / (supply - seen)


def loop_share(current: MilliAmperes) -> Proportion:
    """What a current of 4 to 20 mA stands for."""
    low: MilliAmperes = 4.0
    high: MilliAmperes = 20.0
    share = (current - low) / (high - low)
    return PROPORTION(max(0.0, min(1.0, share)))


def dissipated(volts: Volts, resistance: Ohms) -> Watts:
    return volts**2 / resistance


def parallel(resistors: Iterable[Ohms]) -> Ohms:
    return 1 / sum(1 / r for r in resistors)


def interpolated(table: Mapping[Volts, Celsius], volts: Volts) -> Celsius:
    """Look up a temperature in a table of voltages, and between two of them draw a line."""
    known = sorted(table)
    i = min(max(bisect_right(known, volts), 1), len(known) - 1)
    low, high = known[i - 1], known[i]
    share = (volts - low) / (high - low)
    return table[low] + share * (table[high] - table[low])


def gain(output: Volts, given: Volts) -> Annotated[float, Unit("dB")]:
    return 20 * math.log10(output / given)


def noise(samples: Sequence[Volts]) -> MicroVolts:
    return convert(stdev(samples), "V", "uV")


def tared(samples: Sequence[Bars], empty: Sequence[Bars]) -> list[Bars]:
    zero = fmean(empty)
    return [sample - zero for sample in samples]


def is_monotone(samples: Sequence[Volts]) -> bool:
    return all(a <= b for a, b in pairwise(samples))


def alarms(temperatures: Sequence[Celsius], limit: Threshold[Celsius]) -> Count:
    return sum(1 for t in temperatures if t > limit)


def duty(temperature: Celsius, target: Celsius, band: Annotated[float, Unit("delta_degC")]) -> Proportion:
    """How long a heater is on, in proportion to what is missing."""
    missing = (target - temperature) / band
    return PROPORTION(min(1.0, max(0.0, missing)))


def mean_temperature(sensor: Thermistor, resistances: Iterable[Ohms]) -> Celsius:
    return fmean(map(sensor.temperature, resistances))
