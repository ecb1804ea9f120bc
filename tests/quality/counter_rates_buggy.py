"""The rates of a counter between two checks, per second and per minute."""

from dataclasses import dataclass
from typing import Annotated

from typedml import EPOCH_SECONDS, Count, EpochSeconds, Unit

PerSecond = Annotated[float, Unit("1/second")]
PerMinute = Annotated[float, Unit("1/minute")]


@dataclass
class Check:
    time: EpochSeconds
    value: Count


@dataclass
class Rates:
    per_second: PerSecond
    per_minute: PerMinute


def rates(last: Check, now: Check) -> Rates:
    per_second = (now.value - last.value) / (now.time - last.time)
    return Rates(per_second, per_second / 60)  # the bug


def main() -> float:
    last, now = Check(EPOCH_SECONDS(1_600_000_000.0), 400), Check(EPOCH_SECONDS(1_600_000_120.0), 640)
    return rates(last, now).per_minute
