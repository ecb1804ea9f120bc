"""Functions of `statistics` with their meanings, for any unit: averages, spreads, regression.

From CPython 3.11.7, Lib/statistics.py. Copyright (c) 2001-2023 Python Software Foundation;
All Rights Reserved. Under the PSF License Version 2, see LICENSE.python.txt. Changed: annotated;
sums are those of floats; exact conversion, doctests and some checks are left out; no variable changes its
type or its unit; the geometric mean takes the library's mean, since logarithms are points, which no unit
variable stands for.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left, bisect_right
from itertools import repeat
from math import exp, fsum, log, sqrt
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typedml import Unit, UnitVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

U, V = UnitVar("U"), UnitVar("V")
X = Annotated[float, U]
Y = Annotated[float, V]
Squared = Annotated[float, U**2]
Correlation = Annotated[float, Unit("1")]


class StatisticsError(ValueError):
    pass


def _fail_neg(values: Iterable[X], errmsg: str = "negative value") -> Iterable[X]:
    """Iterate over values, failing if any are less than zero."""
    for x in values:
        if x < 0:
            raise StatisticsError(errmsg)
        yield x


def fmean(data: Iterable[X]) -> X:
    n = 0

    def count(iterable: Iterable[X]) -> Iterable[X]:
        nonlocal n
        for n, x in enumerate(iterable, start=1):  # noqa: B007
            yield x

    total = fsum(count(data))
    try:
        return total / n
    except ZeroDivisionError:
        raise StatisticsError("fmean requires at least one data point") from None


def weighted_fmean(data: Sequence[X], weights: Sequence[Y]) -> X:
    num = fsum(x * w for x, w in zip(data, weights, strict=True))
    den = fsum(weights)
    if not den:
        raise StatisticsError("sum of weights must be non-zero")
    return num / den


def geometric_mean(data: Iterable[X]) -> X:
    try:
        return exp(statistics.fmean(map(log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires positive numbers") from None


def harmonic_mean(data: Sequence[X]) -> X:
    errmsg = "harmonic mean does not support negative values"
    n = len(data)
    if n < 1:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if n == 1:
        x = data[0]
        if x < 0:
            raise StatisticsError(errmsg)
        return x
    weights = repeat(1, n)
    sum_weights = n
    try:
        total = fsum(w / x if w else 0 for w, x in zip(weights, _fail_neg(data, errmsg), strict=True))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return sum_weights / total


def weighted_harmonic_mean(data: Sequence[X], weights: Sequence[Y]) -> X:
    if len(weights) != len(data):
        raise StatisticsError("Number of weights does not match data size")
    sum_weights = sum(_fail_neg(weights))
    try:
        total = fsum(w / x if w else 0 for w, x in zip(weights, _fail_neg(data), strict=True))
    except ZeroDivisionError:
        return 0
    return sum_weights / total


def median(data: Iterable[X]) -> X:
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n % 2 == 1:
        return values[n // 2]
    i = n // 2
    return (values[i - 1] + values[i]) / 2


def median_low(data: Iterable[X]) -> X:
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return values[n // 2] if n % 2 == 1 else values[n // 2 - 1]


def median_grouped(data: Iterable[X], interval: X) -> X:
    values = sorted(data)
    n = len(values)
    if not n:
        raise StatisticsError("no median for empty data")
    x = values[n // 2]
    i = bisect_left(values, x)
    j = bisect_right(values, x, lo=i)
    interval = float(interval)
    x = float(x)
    lower = x - interval / 2.0
    cf = i
    f = j - i
    return lower + interval * (n / 2 - cf) / f


def quantiles(data: Iterable[X], *, n: int = 4, method: str = "exclusive") -> list[X]:
    if n < 1:
        raise StatisticsError("n must be at least 1")
    values = sorted(data)
    ld = len(values)
    if ld < 2:
        raise StatisticsError("must have at least two data points")
    result = []
    if method == "inclusive":
        m = ld - 1
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            interpolated = (values[j] * (n - delta) + values[j + 1] * delta) / n
            result.append(interpolated)
        return result
    m = ld + 1
    for i in range(1, n):
        j = i * m // n
        j = 1 if j < 1 else min(j, ld - 1)
        delta = i * m - j * n
        interpolated = (values[j - 1] * (n - delta) + values[j] * delta) / n
        result.append(interpolated)
    return result


def _ss(data: Sequence[X], c: X | None = None) -> tuple[Squared, X, int]:
    """Return the sum of square deviations, the mean and the number of data."""
    if c is None:
        c = fmean(data)
    return fsum((d := x - c) * d for x in data), c, len(data)


def variance(data: Sequence[X], xbar: X | None = None) -> Squared:
    ss, _c, n = _ss(data, xbar)
    if n < 2:
        raise StatisticsError("variance requires at least two data points")
    return ss / (n - 1)


def stdev(data: Sequence[X], xbar: X | None = None) -> X:
    ss, _c, n = _ss(data, xbar)
    if n < 2:
        raise StatisticsError("stdev requires at least two data points")
    mss = ss / (n - 1)
    return sqrt(mss)


def _mean_stdev(data: Sequence[X]) -> tuple[X, X]:
    """In one pass, compute the mean and sample standard deviation as floats."""
    ss, xbar, n = _ss(data)
    if n < 2:
        raise StatisticsError("stdev requires at least two data points")
    mss = ss / (n - 1)
    return float(xbar), sqrt(mss)


def covariance(x: Sequence[X], y: Sequence[Y], /) -> Annotated[float, U * V]:
    n = len(x)
    if len(y) != n:
        raise StatisticsError("covariance requires that both inputs have same number of data points")
    xbar = fsum(x) / n
    ybar = fsum(y) / n
    sxy = fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y, strict=True))
    return sxy / (n - 1)


def correlation(x: Sequence[X], y: Sequence[Y], /) -> Correlation:
    n = len(x)
    xbar = fsum(x) / n
    ybar = fsum(y) / n
    sxy = fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y, strict=True))
    sxx = fsum((dx := xi - xbar) * dx for xi in x)
    syy = fsum((dy := yi - ybar) * dy for yi in y)
    try:
        return sxy / sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


class Metres(NamedTuple):
    """A line through lengths against times, as a named tuple has it: one unit for each field."""

    slope: Annotated[float, Unit("m/s")]
    intercept: Annotated[float, Unit("m")]


def linear_regression(
    x: Sequence[X], y: Sequence[Y], /, *, proportional: bool = False
) -> tuple[Annotated[float, V / U], Y]:
    n = len(x)
    if len(y) != n:
        raise StatisticsError("linear regression requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError("linear regression requires at least two data points")
    xbar = fsum(x) / n
    ybar = fsum(y) / n
    if proportional:
        sxy = fsum(xi * yi for xi, yi in zip(x, y, strict=True))
        sxx = fsum(xi * xi for xi in x)
    else:
        sxy = fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y, strict=True))
        sxx = fsum((d := xi - xbar) * d for xi in x)
    try:
        slope = sxy / sxx  # equivalent to: covariance(x, y) / variance(x)
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    intercept = 0.0 if proportional else ybar - slope * xbar
    return slope, intercept


def motion(
    times: Sequence[Annotated[float, Unit("s")]], places: Sequence[Annotated[float, Unit("m")]]
) -> Metres:
    slope, intercept = linear_regression(times, places)
    return Metres(slope=slope, intercept=intercept)
