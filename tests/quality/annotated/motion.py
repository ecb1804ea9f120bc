"""How things move: projectiles, braking, circles, springs and collisions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Self

from typedml import Proportion, Unit, UnitVar, convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

M, S, KG, RAD = Unit("m"), Unit("s"), Unit("kg"), Unit("rad")
Metres = Annotated[float, M]
Seconds = Annotated[float, S]
Kilograms = Annotated[float, KG]
Radians = Annotated[float, RAD]
Speed = Annotated[float, M / S]
Acceleration = Annotated[float, M / S**2]
Newtons = Annotated[float, Unit("N")]
Joules = Annotated[float, Unit("J")]
Watts = Annotated[float, Unit("W")]
AngularSpeed = Annotated[float, RAD / S]
SpringConstant = Annotated[float, Unit("N/m")]
Kmh = Annotated[float, Unit("km/hour")]
U, V = UnitVar("U"), UnitVar("V")

G: Acceleration = 9.80665


@dataclass(frozen=True)
class Vector:
    """A velocity in two dimensions."""

    x: Speed
    y: Speed

    @classmethod
    def polar(cls, speed: Speed, angle: Radians) -> Self:
        return cls(speed * math.cos(angle), speed * math.sin(angle))

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor: float) -> Vector:
        return Vector(self.x * factor, self.y * factor)

    def __abs__(self) -> Speed:
        return math.hypot(self.x, self.y)

    def angle(self) -> Radians:
        return math.atan2(self.y, self.x)

    def dot(self, other: Vector) -> Annotated[float, (M / S) ** 2]:
        return self.x * other.x + self.y * other.y


def flight_time(v: Vector, height: Metres = 0.0) -> Seconds:
    return (v.y + math.sqrt(v.y**2 + 2 * G * height)) / G


def reach(v: Vector, height: Metres = 0.0) -> Metres:
    return v.x * flight_time(v, height)


def top(v: Vector) -> Metres:
    return v.y**2 / (2 * G)


def best_angle(speed: Speed, height: Metres) -> Radians:
    return math.atan(speed / math.sqrt(speed**2 + 2 * G * height))


def complement(angle: Radians) -> Radians:
    return math.pi / 2 - angle


def stopping_distance(speed: Kmh, reaction: Seconds = 1.0, friction: Proportion = 0.7) -> Metres:
    v = convert(speed, "km/hour", "m/s")
    return v * reaction + v**2 / (2 * friction * G)


def kinetic_energy(mass: Kilograms, speed: Speed) -> Joules:
    return mass * speed**2 / 2


def power(force: Newtons, speed: Speed) -> Watts:
    return force * speed


def centripetal(mass: Kilograms, radius: Metres, omega: AngularSpeed) -> Newtons:
    return mass * radius * omega**2


def rim_speed(radius: Metres, omega: AngularSpeed) -> Speed:
    return radius * omega


def swept(arc: Metres, radius: Metres) -> Radians:
    return RAD(arc / radius)


def wrapped(angle: Radians) -> Radians:
    """The same direction between half a turn to either side."""
    return (angle + math.pi) % math.tau - math.pi


def period(mass: Kilograms, spring: SpringConstant) -> Seconds:
    return math.tau * math.sqrt(mass / spring)


def pendulum(length: Metres) -> Seconds:
    return 2 * math.pi * math.sqrt(length / G)


def oscillation(amplitude: Metres, omega: AngularSpeed, phase: Radians, t: Seconds) -> Metres:
    return amplitude * math.cos(omega * t + phase)


def after_collision(m1: Kilograms, v1: Speed, m2: Kilograms, v2: Speed) -> tuple[Speed, Speed]:
    """Both speeds after an elastic collision."""
    total = m1 + m2
    u1 = ((m1 - m2) * v1 + 2 * m2 * v2) / total
    u2 = ((m2 - m1) * v2 + 2 * m1 * v1) / total
    return u1, u2


def derivative(
    f: Callable[[Annotated[float, U]], Annotated[float, V]], x: Annotated[float, U], h: Annotated[float, U]
) -> Annotated[float, V / U]:
    return (f(x + h) - f(x - h)) / (2 * h)


def fallen(t: Seconds) -> Metres:
    return G * t**2 / 2


def falling_speed(t: Seconds) -> Speed:
    return derivative(fallen, t, S(1e-3))


def drag(coefficient: Annotated[float, Unit("kg/m")], speed: Speed) -> Newtons:
    return coefficient * speed * abs(speed)


def simulated(
    mass: Kilograms, force: Callable[[Speed], Newtons], dt: Seconds
) -> Iterator[tuple[Seconds, Speed]]:
    t, v = S(0.0), Unit("m/s")(0.0)
    while True:
        yield t, v
        v += (G - force(v) / mass) * dt
        t += dt


def terminal_speed(mass: Kilograms, coefficient: Annotated[float, Unit("kg/m")]) -> Speed:
    resistance = partial(drag, coefficient)
    last: Speed = -1.0
    for _, v in simulated(mass, resistance, S(0.01)):
        if v - last < Unit("m/s")(1e-9):
            break
        last = v
    return last
