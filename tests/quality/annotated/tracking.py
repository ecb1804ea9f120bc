"""Filters over a series, for any unit: moving and exponential averages, trackers, Kalman filters."""

from __future__ import annotations

import itertools
import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from typedml import PROPORTION, Proportion, Unit, UnitVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Q = TypeVar("Q", bound=float)
X = UnitVar("Q")
U = UnitVar("U")
S, M = Unit("s"), Unit("m")
Seconds = Annotated[float, S]
Metres = Annotated[float, M]
Speed = Annotated[float, M / S]
Acceleration = Annotated[float, M / S**2]
Value = Annotated[float, U]


def moving_average(values: Iterable[Value], width: int) -> Iterator[Value]:
    window: deque[Value] = deque(maxlen=width)
    total = 0.0
    for value in values:
        if len(window) == width:
            total -= window[0]
        window.append(value)
        total += value
        yield total / len(window)


def exponential_average(values: Sequence[Value], alpha: Proportion) -> list[Value]:
    average = values[0]
    found = [average]
    for value in values[1:]:
        average = alpha * value + (1 - alpha) * average
        found.append(average)
    return found


def weight_of(step: Seconds, time_constant: Seconds) -> Proportion:
    return PROPORTION(1 - math.exp(-step / time_constant))


def rate(values: Sequence[Value], step: Seconds) -> list[Annotated[float, U / S]]:
    return [(b - a) / step for a, b in itertools.pairwise(values)]


def area(values: Sequence[Value], step: Seconds) -> Annotated[float, U * S]:
    return sum((a + b) / 2 * step for a, b in itertools.pairwise(values))


def root_mean_square(values: Sequence[Value]) -> Value:
    return math.sqrt(sum(v**2 for v in values) / len(values))


@dataclass
class Kalman(Generic[Q]):
    """One value that drifts, and is measured with noise."""

    value: Annotated[float, X]
    variance: Annotated[float, X**2]
    drift: Annotated[float, X**2]
    noise: Annotated[float, X**2]

    @property
    def deviation(self) -> Annotated[float, X]:
        return math.sqrt(self.variance)

    def update(self, measured: Annotated[float, X]) -> Annotated[float, X]:
        self.variance += self.drift
        gain = self.variance / (self.variance + self.noise)
        innovation = measured - self.value
        self.value += gain * innovation
        self.variance *= 1 - gain
        return self.value

    def is_outlier(self, measured: Annotated[float, X], limit: float = 3.0) -> bool:
        return abs(measured - self.value) > limit * math.sqrt(self.variance + self.noise)


@dataclass
class Tracker:
    """Position and speed of something that is seen now and then."""

    position: Metres
    speed: Speed = 0.0
    alpha: Proportion = 0.5
    beta: Proportion = 0.1

    def update(self, seen: Metres, step: Seconds) -> tuple[Metres, Speed]:
        predicted = self.position + self.speed * step
        residual = seen - predicted
        self.position = predicted + self.alpha * residual
        self.speed += self.beta * residual / step
        return self.position, self.speed


@dataclass(frozen=True)
class State:
    """Where something is, how fast, with the covariance of both."""

    x: Metres
    v: Speed
    xx: Annotated[float, M**2]
    xv: Annotated[float, M**2 / S]
    vv: Annotated[float, M**2 / S**2]

    def predict(self, dt: Seconds, jerk: Acceleration) -> State:
        q = jerk**2
        return State(
            x=self.x + self.v * dt,
            v=self.v,
            xx=self.xx + 2 * dt * self.xv + dt**2 * self.vv + q * dt**4 / 4,
            xv=self.xv + dt * self.vv + q * dt**3 / 2,
            vv=self.vv + q * dt**2,
        )

    def correct(self, seen: Metres, noise: Metres) -> State:
        s = self.xx + noise**2
        kx, kv = self.xx / s, self.xv / s
        residual = seen - self.x
        return State(
            x=self.x + kx * residual,
            v=self.v + kv * residual,
            xx=(1 - kx) * self.xx,
            xv=(1 - kx) * self.xv,
            vv=self.vv - kv * self.xv,
        )


def followed(start: State, seen: Iterable[Metres], dt: Seconds, noise: Metres) -> State:
    state = start
    for x in seen:
        state = state.predict(dt, Unit("m/s**2")(0.5)).correct(x, noise)
    return state


def smooth_heights(heights: Sequence[Metres]) -> list[Metres]:
    filter_: Kalman[Metres] = Kalman(heights[0], M(1.0) ** 2, M(0.1) ** 2, M(0.5) ** 2)
    return [filter_.update(height) for height in heights]
