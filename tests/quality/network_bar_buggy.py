"""The rate of a network interface, for a status bar that shows megabytes per second."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Unit

Bytes = Annotated[int, Unit("byte")]
Seconds = Annotated[float, Unit("second")]
MegabytesPerSecond = Annotated[float, Unit("MB/second")]

BYTE, SECOND = Unit("byte"), Unit("second")


@dataclass
class Counter:
    received: Bytes
    at: Seconds


def rate(before: Counter, after: Counter) -> MegabytesPerSecond:
    received = after.received - before.received
    elapsed = after.at - before.at
    return received / 8 / 1e6 / elapsed  # the bug


def main() -> float:
    return rate(Counter(BYTE(1_000_000), SECOND(10.0)), Counter(BYTE(25_000_000), SECOND(12.0)))
