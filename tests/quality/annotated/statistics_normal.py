"""The normal distribution of `statistics`, a class generic over the unit of its variable.

From CPython 3.11.7, Lib/statistics.py. Copyright (c) 2001-2023 Python Software Foundation;
All Rights Reserved. Under the PSF License Version 2, see LICENSE.python.txt. Changed: annotated;
sampling, quantiles, doctests and the methods for pickling are left out, and attributes have no slots.
"""

from __future__ import annotations

from math import erf, exp, fabs, fsum, hypot, log, sqrt, tau
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from typedml import PROBABILITY, Probability, Unit, UnitVar, ZScore

if TYPE_CHECKING:
    from collections.abc import Sequence

Q = TypeVar("Q", bound=float)
U = UnitVar("Q")
X = Annotated[float, U]
Kilograms = Annotated[float, Unit("kg")]
Grams = Annotated[float, Unit("g")]
GRAM = Unit("g")

_SQRT2 = sqrt(2.0)


class NormalDist(Generic[Q]):
    """Normal distribution of a random variable."""

    def __init__(self, mu: X, sigma: X) -> None:
        if sigma < 0.0:
            raise ValueError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data: Sequence[X]) -> NormalDist[Q]:
        """Make a normal distribution instance from sample data."""
        n = len(data)
        xbar = fsum(data) / n
        ss = fsum((x - xbar) ** 2 for x in data)
        return cls(xbar, sqrt(ss / (n - 1)))

    def pdf(self, x: X) -> Annotated[float, U**-1]:
        """Probability density function.  P(x <= X < x+dx) / dx."""
        variance = self._sigma * self._sigma
        if not variance:
            raise ValueError("pdf() not defined when sigma is zero")
        diff = x - self._mu
        return exp(diff * diff / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x: X) -> Probability:
        """Cumulative distribution function.  P(X <= x)."""
        if not self._sigma:
            raise ValueError("cdf() not defined when sigma is zero")
        return PROBABILITY(0.5 * (1.0 + erf((x - self._mu) / (self._sigma * _SQRT2))))

    def overlap(self, other: NormalDist[Q]) -> Probability:
        """Compute the overlapping coefficient (OVL) between two normal distributions."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        a, b = self, other
        if (b._sigma, b._mu) < (a._sigma, a._mu):  # sort to assure commutativity
            a, b = b, a
        a_var, b_var = a.variance, b.variance
        if not a_var or not b_var:
            raise ValueError("overlap() not defined when sigma is zero")
        dv = b_var - a_var
        dm = fabs(b._mu - a._mu)
        if not dv:
            return PROBABILITY(1.0 - erf(dm / (2.0 * a._sigma * _SQRT2)))
        c = a._mu * b_var - b._mu * a_var
        d = a._sigma * b._sigma * sqrt(dm * dm + dv * log(b_var / a_var))
        x1 = (c + d) / dv
        x2 = (c - d) / dv
        return PROBABILITY(1.0 - (fabs(b.cdf(x1) - a.cdf(x1)) + fabs(b.cdf(x2) - a.cdf(x2))))

    def zscore(self, x: X) -> ZScore:
        """Compute the Standard Score.  (x - mean) / stdev."""
        if not self._sigma:
            raise ValueError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    @property
    def mean(self) -> X:
        """Arithmetic mean of the normal distribution."""
        return self._mu

    @property
    def stdev(self) -> X:
        """Standard deviation of the normal distribution."""
        return self._sigma

    @property
    def variance(self) -> Annotated[float, U**2]:
        """Square of the standard deviation."""
        return self._sigma * self._sigma

    def __add__(self, other: NormalDist[Q] | X) -> NormalDist[Q]:
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other: NormalDist[Q] | X) -> NormalDist[Q]:
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, factor: float) -> NormalDist[Q]:
        return NormalDist(self._mu * factor, self._sigma * fabs(factor))

    def __truediv__(self, factor: float) -> NormalDist[Q]:
        return NormalDist(self._mu / factor, self._sigma / fabs(factor))

    def __pos__(self) -> NormalDist[Q]:
        return NormalDist(self._mu, self._sigma)

    def __neg__(self) -> NormalDist[Q]:
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: X) -> NormalDist[Q]:
        return -(self - other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NormalDist):
            return NotImplemented
        return bool(self._mu == other._mu and self._sigma == other._sigma)

    def __hash__(self) -> int:
        return hash((self._mu, self._sigma))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"


def underweight(weights: Sequence[Grams], limit: Grams) -> Probability:
    """How likely a packet weighs less than the limit, judged by some."""
    packets: NormalDist[Grams] = NormalDist.from_samples(weights)
    return packets.cdf(limit)


def pallet(packet: NormalDist[Grams], wood: NormalDist[Grams]) -> NormalDist[Grams]:
    return packet * 4 + wood + GRAM(250.0)


def spread(packet: NormalDist[Grams], weight: Grams) -> tuple[ZScore, Grams]:
    return packet.zscore(weight), packet.mean + 2 * packet.stdev
