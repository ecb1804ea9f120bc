"""What may be done to inputs without changing what they mean, and how a value changes when it is done.

A unit is a choice of scale, so the values of every atomic unit are rescaled independently; an origin is a
choice, so the points of every clock are shifted; what only has an order, or only a name, is relabelled. A
number that stays as it is under all of these is absolute. An expression is meaningful if its value changes by
a law: a power of each scale, a whole weight of each origin, or as the labels do. Nothing of `typedml` is
used.

Arrays have three axes: the transformations (the first is none), the items of a list, the valuations.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

VALUATIONS: Final = 20
ITEMS: Final = 4
SCALED: Final = {
    "km": 1.7, "m": 0.31, "mile": 2.9, "hour": 0.61, "minute": 3.7, "second": 0.23, "ms": 5.3, "kg": 1.37,
    "USD": 0.43, "EUR": 2.3, "K": 1.9, "degF": 0.71, "degree": 0.53, "dB": 2.1, "percent": 0.83, "rad": 1.23,
}  # fmt: skip
SHIFTED: Final = {
    "zero of degC": 13.7, "zero of degF": -41.3, "epoch": 1234.5, "epoch of ms": -777.7, "equator": 17.1,
    "even odds": 1.3, "reference power": -11.9, "sea level": 231.7,
}  # fmt: skip


def _order(values: Array) -> Array:
    return as_array(np.sinh(values / 3.0) + values)


def _count(values: Array) -> Array:
    """Rename integers in an order-preserving way: still integers."""
    return as_array(np.floor(values) * 7 + np.floor(values / 5) * 3 + 2)


def _names(values: Array) -> Array:
    """Rename integers without any order: multiplication modulo a prime is a permutation."""
    return as_array(np.mod(np.floor(values) * 41 + 5, 97))


RELABELLED: Final[dict[str, Callable[[Array], Array]]] = {
    "score": _order,
    "identifier": _count,
    "label": _names,
}
ROWS: Final = (None, *SCALED, *SHIFTED, *RELABELLED)
ROW: Final = {name: index for index, name in enumerate(ROWS)}
FACTORS: Final = np.array(list(SCALED.values()))
STEPS: Final = np.array(list(SHIFTED.values()))
_FIRST_STEP: Final = 1 + len(SCALED)
_FIRST_NAME: Final = _FIRST_STEP + len(SHIFTED)
LOGARITHMS: Final = np.log(FACTORS)
SCALE_NAMES: Final = tuple(SCALED)
STEP_NAMES: Final = tuple(SHIFTED)
CLOSE: Final = 1e-7
NEAR: Final = 1e-5
NOISE: Final = 1e-10

Exponents = tuple[tuple[str, Fraction], ...]


@attrs.frozen
class Law:
    """How a value changes: exponents of the scales, weights of the origins, or the labels that it bears.

    `scale`, `weight` and `relabel` tell what is *not* so: that it changes by no power, by no constant
    multiple of a shift, by no relabelling. A `zero` is of every scale.
    """

    exponents: Exponents = ()
    weights: Exponents = ()
    labels: str | None = None
    zero: bool = False
    scale: bool = True
    weight: bool = True
    relabel: bool = True

    @property
    def is_meaningful(self) -> bool:
        """Say whether the value is one of a vector, of a point or of a label."""
        return self.is_affine and all(w == 1 for _, w in self.weights) and len(self.weights) <= 1

    @property
    def is_affine(self) -> bool:
        """Say whether only the weights of origins may be other than one or zero."""
        return self.scale and self.weight and self.relabel

    @property
    def is_point(self) -> bool:
        return bool(self.weights)

    @property
    def origins(self) -> list[str]:
        return [name for name, _ in self.weights]


ABSOLUTE: Final = Law()


class Degenerate(Exception):
    """Values that show no law: all of them are zero, or hardly one of them is a number."""


def law_of(values: Array) -> Law:
    """Return the law by which a value changes; `Degenerate` if it does not show."""
    flat = values.reshape(len(ROWS), -1)
    finite = np.isfinite(flat)
    if not finite.all():
        flat = flat[:, finite.all(axis=0)]
    base = flat[0]
    if base.size < 6 or not base.any():
        raise Degenerate
    size = np.abs(flat)
    same = (np.abs(flat - base) <= CLOSE * (size + np.abs(base))).all(axis=1)
    if same.all():
        return ABSOLUTE
    labels, relabel = None, True
    if not same[_FIRST_NAME:].all():
        for index in _FIRST_NAME + np.flatnonzero(~same[_FIRST_NAME:]):
            name = ROWS[index]
            assert name is not None
            expected = RELABELLED[name](base)
            labels = name
            relabel = relabel and bool(np.allclose(flat[index], expected, rtol=CLOSE, atol=1e-9))
    if (size[0] <= 1e-12).all():
        raise Degenerate
    exponents, scale = _scales(flat[1:_FIRST_STEP], base, same[1:_FIRST_STEP])
    weights, weight = _shifts(flat[_FIRST_STEP:_FIRST_NAME], base, same[_FIRST_STEP:_FIRST_NAME])
    return Law(exponents, weights, labels, False, scale, weight, relabel)


def _scales(flat: Array, base: Array, same: NDArray[np.bool_]) -> tuple[Exponents, bool]:
    changed = np.flatnonzero(~same)
    if not changed.size:
        return (), True
    changes, nonzero = flat[changed], base != 0
    if ((changes != 0) != nonzero).any():
        return (), False
    ratios = changes[:, nonzero] / base[nonzero]
    if (ratios <= 0).any():
        return (), False
    powers = np.log(ratios) / LOGARITHMS[changed, None]
    first = powers[:, 0]
    if (np.abs(powers - first[:, None]) > NEAR).any():
        return (), False
    names = [SCALE_NAMES[index] for index in changed]
    found = [(name, _fraction(float(power), 24)) for name, power in zip(names, first, strict=True)]
    lawful = all(abs(float(each) - power) < NEAR for (_, each), power in zip(found, first, strict=True))
    return tuple(sorted(each for each in found if each[1])), lawful


def exact(found: Array, size: Array) -> Array:
    """Return a sum without the noise that is left of a difference of equals of that size."""
    return np.where(np.abs(found) <= NOISE * size, 0.0, found)


def _shifts(flat: Array, base: Array, same: NDArray[np.bool_]) -> tuple[Exponents, bool]:
    found = []
    for index in np.flatnonzero(~same):
        steps = flat[index] - base
        noise = CLOSE * float(np.abs(base).max() + np.abs(steps).max())
        if steps.max() - steps.min() > noise:
            return (), False
        weight = _fraction(float(steps[0] / STEPS[index]), 240)
        if weight:
            found.append((STEP_NAMES[index], weight))
    return tuple(found), True


@cache
def _simple(value: float, most: int) -> Fraction:
    return Fraction(value).limit_denominator(most)


def _fraction(value: float, most: int) -> Fraction:
    """Return the simple fraction next to a number."""
    return _simple(round(value, 7), most)


def factors(exponents: Exponents) -> Array:
    """Return by what each transformation multiplies a value of these exponents."""
    column = np.ones(len(ROWS))
    for name, power in exponents:
        column[ROW[name]] = SCALED[name] ** float(power)
    return column[:, None, None]


def transformed(base: Array, exponents: Exponents, origin: str | None, labels: str | None) -> Array:
    """Return values of an input under every transformation; `base` has the items and valuations."""
    found = np.broadcast_to(base, (len(ROWS), *base.shape)) * factors(exponents)
    if origin is not None:
        found[ROW[origin]] = base + SHIFTED[origin]
    if labels is not None:
        found[ROW[labels]] = RELABELLED[labels](base)
    return found


def as_array(value: Any) -> Array:
    return np.asarray(value, dtype=np.float64)
