"""Factors that people know by heart: 60 of an hour in minutes, 25.4 of an inch in millimetres.

>>> from typedml.algebra.registry import unit
>>> reached(unit("hour"), 60), reached(unit("km/hour"), 1 / 3.6), reached(unit("hour"), 59)
(<Unit minute>, <Unit m/s>, None)
>>> reached(unit("mile"), 1.609, rounding(1.609)), rounding(2.2)
(<Unit km>, 0.0)
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, product
from math import inf, isclose

from typedml.algebra.errors import UnitError
from typedml.algebra.registry import unit as read_unit
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.algebra.monomial import Exponent

CUSTOMARY = (
    "nanosecond microsecond millisecond second minute hour day week month year",
    "mm cm m km inch foot yard mile nautical_mile",
    "mg g kg tonne ounce pound",
    "mL L gallon",
    "m/s kph mph knot",
    "J kJ MJ Wh kWh cal kcal",
    "W kW MW",
    "Pa hPa kPa bar psi atm",
    "mV V kV",
    "mA A",
    "Hz kHz MHz GHz",
    "bit byte kilobyte megabyte gigabyte kibibyte mebibyte gibibyte",
    "radian degree",
    "delta_degC delta_degF",
)
"""Units that are turned into one another by hand, those of one dimension in a row."""

TEMPERATURES = "kelvin degC degF degR"
"""Scales of one quantity with other zero points."""

EXACT = 1e-9
"""How far products of floats are off that stand for an exact factor."""

FEWEST = 3
"""Of how many digits a rounded factor is told from any other number."""

# Whole numbers below it, and these, are how many there are more often than a factor.
LEAST = 12
ROUND = (100.0,)
# A unit of more names than this is nobody's to convert by heart.
MOST = 2


def reached(source: Unit, factor: float, tolerance: float = EXACT) -> Unit | None:
    """Return the customary unit in which values of `source` are once they are multiplied by a number."""
    # Units are equal that are spelled in other names, and what changes the fewest names is another unit then.
    return _reached(source, str(source.spelling), factor, tolerance)


@lru_cache(maxsize=1 << 12)
def _reached(source: Unit, spelled: str, factor: float, tolerance: float) -> Unit | None:
    if not 0 < factor < inf or not 1 / factor < inf or _is_count(factor):
        return None
    for ratio, target in _reachable(source, spelled):
        if isclose(ratio, factor, rel_tol=max(tolerance, EXACT)):
            return target
    return None


def shifted(source: Unit, factor: float, offset: float, tolerance: float = EXACT) -> Unit | None:
    """Return the temperature scale that values of `source` are on once they are multiplied and shifted.

    >>> shifted(read_unit("degC"), 1.0, 273.15), shifted(read_unit("degF"), 5 / 9, -160 / 9)
    (<Unit kelvin>, <Unit degC>)
    """
    for target in map(read_unit, TEMPERATURES.split()):
        ratio = source.ratio(target) if target.dimension == source.dimension and target != source else None
        if ratio is None or not ratio.offset:
            continue
        pairs = ((factor, float(ratio)), (offset, float(ratio.offset)))
        if all(isclose(have, want, rel_tol=max(tolerance, EXACT)) for have, want in pairs):
            return target
    return None


def rounding(number: float, fewest: int = FEWEST) -> float:
    """Return half of the last written digit, as a part of the number; nothing of a number of few digits."""
    from decimal import Decimal

    digits = Decimal(repr(number)).normalize().as_tuple()
    exponent = digits.exponent
    if not isinstance(exponent, int) or not number or len(digits.digits) < fewest:
        return 0.0
    # 1e3 is as exact as 1000.
    return 0.5 * 10.0 ** min(exponent, 0) / abs(number)


def _is_count(factor: float) -> bool:
    return any(each in ROUND or (each < LEAST and each.is_integer()) for each in _both_ways(factor))


def _both_ways(factor: float) -> Iterator[float]:
    for each in (float(factor), 1 / factor):
        yield float(round(each)) if isclose(each, round(each), rel_tol=EXACT) else each


@lru_cache(maxsize=1 << 9)
def _reachable(source: Unit, spelled: str) -> tuple[tuple[float, Unit], ...]:
    """Return the customary units of the same dimension, those that change the fewest names first."""
    items = source.spelling.items
    if source.is_point or source.variables or not source.dimension or len(items) > MOST:
        return ()
    found = {target: float(source.ratio(target)) for target in _targets(source)}
    return tuple((ratio, target) for target, ratio in found.items() if ratio != 1)


def _targets(source: Unit) -> Iterator[Unit]:
    parts = [(each, exponent) for each, exponent in _parts(source) if _alike(each)]
    for count in range(1, len(parts) + 1):
        for changed in combinations(parts, count):
            for names in product(*(_alike(each) for each, _ in changed)):
                made = source
                for (each, exponent), name in zip(changed, names, strict=True):
                    made = made * (name / each) ** exponent
                yield made
        # `kph` becomes `m/s`, `km/minute` rather `km/hour` than `kph`.
        yield from () if source.tags else _alike(source)


def _parts(source: Unit) -> list[tuple[Unit, Exponent]]:
    try:
        return [(read_unit(name), exponent) for name, exponent in source.spelling.items]
    except UnitError:
        return []  # of a registry that is no longer there


def _alike(source: Unit) -> tuple[Unit, ...]:
    return next((row for row in _rows() if row[0].dimension == source.dimension), ())


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[Unit, ...], ...]:
    return tuple(tuple(map(read_unit, row.split())) for row in CUSTOMARY)
