"""Kinds of one's own: every argument of `Kind(...)` is read as it is at run time."""

import statistics
from typing import Annotated

from typedml import COUNT, DURATION, Duration, Kind, Label, Probability, Proportion, Score, Threshold, Unit, ZScore

WIND = Kind("Wind", sort="torsor", unit="degree", period=360)
UPTIME = Kind("Uptime", sort="torsor", unit="second", origin="boot", delta=DURATION)
SHARES = Kind("Shares", parent=Proportion, collective=True)
SEATS = Kind("Seats", parent=COUNT, range=(0, 600))
LENGTH = Kind("AnyLength", unit="meter", any_unit=True)
MARGIN = Kind("VoteMargin", sort="torsor", scalable=True)
GRADE = Kind("Grade", sort="opaque")
ZIP = Kind("Zip", sort="opaque", ordinal=False)
TWISTED = Kind("Twisted", period=360)  # E: Kind "Twisted" has a period, but is a vector: only points come round again  [typedml-unread]

Wind = Annotated[float, WIND]
Uptime = Annotated[float, UPTIME]
Shares = Annotated[float, SHARES]
Seats = Annotated[int, SEATS]
Girth = Annotated[float, LENGTH, Unit("cm")]
Margin = Annotated[float, MARGIN]
Grade = Annotated[int, GRADE]
Zip = Annotated[int, ZIP]
Twisted = Annotated[float, TWISTED]  # E: Kind "Twisted" has a period, but is a vector: only points come round again  [typedml-unread]


def behave(w: Wind, u: Uptime, d: Duration, s: Shares, n: Seats, g: Girth, m: Margin) -> None:
    w % 360
    w + w  # E: Unsupported operand types for + ("float[Wind]" and "float[Wind]")  [typedml-kind]
    statistics.mean([w, w])  # E: Argument 1 to "mean" has incompatible type "float[Wind]"  [typedml-kind]
    reveal_type(u + d)  # R: float[Uptime]
    reveal_type(s * s)  # R: float[Proportion]
    reveal_type(n + n)  # R: int[Count]
    reveal_type(g + g)  # R: float[AnyLength, cm]
    reveal_type(-m * 2)  # R: float[VoteMargin]


def aggregate(zips: list[Zip], grades: list[Grade], scores: list[Score], ps: list[Probability]) -> None:
    reveal_type(max(grades))  # R: int[Grade]
    reveal_type(statistics.median(scores))  # R: float[Score]
    max(zips)  # E: Argument 1 to "max" has incompatible type "int[Zip]"  [typedml-kind] # N: Hint: count, mode and nunique are what there is of names
    reveal_type(sum(ps))  # R: float[1]
    reveal_type(statistics.stdev(ps))  # R: float[1]


def compared(p: Probability, cut: Threshold[Probability], y: Label, z: ZScore) -> None:
    p > 50  # E: Unsupported operand types for > ("float[Probability]" and "int")  [typedml-value] # N: Hint: "float[Probability]" takes a number in [0, 1]
    cut >= 95  # E: Unsupported operand types for >= ("float[Threshold[Probability]]" and "int")  [typedml-value]
    0 <= p <= 1, p < 1.5, p == -1, p == 50, p > -1, p < 999, p < float("inf"), y == -1, abs(z) > 3


def floored(km: Annotated[float, Unit("km")], hours: Annotated[float, Unit("hour")]) -> None:
    km // hours  # E: Unsupported operand types for // ("float[km]" and "float[hour]")  [typedml-unit]
    reveal_type(km // km)  # R: float[1]
    reveal_type(km // 2)  # R: float[km]
