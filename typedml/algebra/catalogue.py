"""The kinds that typedml ships, as rows; ALGEBRA's table of kinds is their specification.

>>> KINDS["Probability"].parent, str(KINDS["Probability"].range)
(Kind('Proportion'), '[0, 1]')

A row gives only what differs from its parent, so reading one row is reading what is special about the kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from typedml.algebra.currency import CURRENCY
from typedml.algebra.kind import Kind, Sort, build_kind
from typedml.algebra.monomial import Monomial
from typedml.algebra.ranges import NON_NEGATIVE, UNIT_RANGE, Range
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    Properties: TypeAlias = Mapping[str, object]
    Row: TypeAlias = Properties | Callable[[], Properties]


def _unit(name: str, **exponents: int) -> Unit:
    """Return a unit without asking the registry, which costs more to load than this floor may take."""
    atoms = {_PRIMES.get(atom, atom): power for atom, power in exponents.items()}
    return Unit(Monomial(atoms), Monomial({name: 1}))


_PRIMES = {"two": "2", "three": "3", "five": "5"}
SECOND = _unit("second", s=1)
MILLISECOND = _unit("millisecond", two=-3, five=-3, s=1)
MICROSECOND = _unit("microsecond", two=-6, five=-6, s=1)
NANOSECOND = _unit("nanosecond", two=-9, five=-9, s=1)
MINUTE = _unit("minute", two=2, three=1, five=1, s=1)
HOUR = _unit("hour", two=4, three=2, five=2, s=1)
DAY = _unit("day", two=7, three=3, five=2, s=1)
RADIAN = _unit("radian", rad=1)
DEGREE = _unit("degree", pi=1, two=-2, three=-2, five=-1, rad=1)
PERCENT = _unit("percent", two=-2, five=-2)
KELVIN = _unit("kelvin", K=1)
DECIBEL = _unit("dB", dB=1)
MONEY = _unit("money", **{CURRENCY: 1})

_TORSOR: Properties = {"sort": Sort.TORSOR, "extensive": False}
_OPAQUE: Properties = {"unit": Unit.number(), "sort": Sort.OPAQUE, "extensive": False, "mean": False}
_NAME: Properties = {**_OPAQUE, "ordinal": False}
_ANGLE: Properties = {**_TORSOR, "unit": DEGREE, "default_unit": DEGREE}
_CYCLE: Properties = {**_TORSOR, "mean": False}
_NUMBER: Properties = {"unit": Unit.number()}
_FACTOR: Properties = {**_NUMBER, "factor": True, "scales": True}


def _temperature(unit: Unit, origin: tuple[int, int], lowest: float) -> Properties:
    # Only origins need fractions, whose import costs as much as all the rest: such a row waits for its use.
    from fractions import Fraction

    scale = Unit(unit.vector, unit.spelling, Fraction(*origin))
    return {**_TORSOR, "unit": scale, "default_unit": scale, "range": Range(lowest, inf)}


ROWS: tuple[tuple[str, str | None, Row], ...] = (
    # quantities: a unit and a name
    ("Duration", None, {"dimension": Monomial({"s": 1}), "default_unit": SECOND, "extensive": True}),
    ("Money", None, {"dimension": Monomial({CURRENCY: 1}), "default_unit": MONEY, "extensive": True}),
    ("Distance", None, {"closed": False, "extensive": False}),
    ("Rate", None, {"closed": False, "extensive": False}),
    ("Radians", None, {"unit": RADIAN, "default_unit": RADIAN, "extensive": False}),
    ("Degrees", None, {"unit": DEGREE, "default_unit": DEGREE, "extensive": False}),
    ("Percent", None, {"unit": PERCENT, "default_unit": PERCENT, "extensive": False}),
    ("Kelvin", None, {"unit": KELVIN, "default_unit": KELVIN, "range": NON_NEGATIVE, "extensive": False}),
    # numbers
    ("Weight", None, {**_FACTOR, "extensive": True}),
    ("ScaleFactor", None, {**_FACTOR, "extensive": False}),
    ("Odds", None, {**_NUMBER, "range": NON_NEGATIVE, "extensive": False}),
    ("Count", None, {**_NUMBER, "range": NON_NEGATIVE, "integral": True, "mean": False, "extensive": True}),
    ("Rank", "Count", {"range": Range(1, inf), "extensive": False}),
    ("Proportion", None, {**_NUMBER, "range": UNIT_RANGE, "scales": True, "extensive": False}),
    ("Probability", "Proportion", {}),
    ("Simplex", "Probability", {"collective": True}),
    ("Binary", "Probability", {"integral": True, "mean": False}),
    ("Similarity", None, {**_NUMBER, "range": Range(-1, 1), "extensive": False, "complement": "Distance"}),
    ("Similarity01", "Similarity", {"range": UNIT_RANGE}),
    ("LogDensity", None, {**_NUMBER, "closed": False, "negatable": False, "extensive": True}),
    ("LogProbability", "LogDensity", {"range": Range(-inf, 0)}),
    ("ZScore", None, {**_NUMBER, "collective": True, "extensive": False}),
    ("UnitInterval", None, {**_NUMBER, "range": UNIT_RANGE, "extensive": False}),
    ("Pixel255", None, {**_NUMBER, "range": Range(0, 255), "extensive": False}),
    # points in time
    ("Timestamp", None, {**_TORSOR, "dimension": Monomial({"s": 1}), "default_unit": SECOND, "origin": "unix",
                         "delta": "Duration"}),
    ("EpochSeconds", "Timestamp", {"unit": SECOND, "default_unit": SECOND}),
    ("EpochMillis", "Timestamp", {"unit": MILLISECOND, "default_unit": MILLISECOND}),
    ("EpochMicros", "Timestamp", {"unit": MICROSECOND, "default_unit": MICROSECOND}),
    ("EpochNanos", "Timestamp", {"unit": NANOSECOND, "default_unit": NANOSECOND}),
    ("Date", "Timestamp", {"unit": DAY, "default_unit": DAY}),
    ("ClockHHMM", None, {**_CYCLE, **_NUMBER, "range": Range(0, 2400), "integral": True, "encoded": True}),
    # temperatures and places
    ("Celsius", None, lambda: _temperature(_unit("degC", K=1), (27315, 100), -273.15)),
    ("Fahrenheit", None, lambda: _temperature(_unit("degF", K=1, five=1, three=-2), (45967, 180), -459.67)),
    ("Latitude", None, {**_ANGLE, "range": Range(-90, 90)}),
    # cyclic
    ("Longitude", None, {**_ANGLE, "mean": False, "period": 360.0, "range": Range(-180, 180)}),
    ("Bearing", None, {**_ANGLE, "mean": False, "period": 360.0, "range": Range(0, 360)}),
    ("HourOfDay", None, {**_CYCLE, "unit": HOUR, "default_unit": HOUR, "period": 24.0, "range": Range(0, 24),
                         "delta": "Duration"}),
    # levels
    ("Logit", None, {**_TORSOR, **_NUMBER, "scalable": True}),
    ("Decibel", None, {**_TORSOR, "dimension": Monomial({"dB": 1}), "default_unit": DECIBEL}),
    # places in a sequence; two bases are two roots, so they never mix
    ("Index", None, {**_TORSOR, **_NUMBER, "range": NON_NEGATIVE, "integral": True, "origin": "first is 0",
                     "mean": False, "delta": "Count"}),
    ("IndexFromOne", None, {**_TORSOR, **_NUMBER, "range": Range(1, inf), "integral": True,
                            "origin": "first is 1", "mean": False, "delta": "Count"}),
    # no arithmetic
    ("Score", None, _OPAQUE),
    ("Identifier", None, _NAME),
    ("Label", None, {**_NAME, "ordered": False}),
    ("Category", None, {**_NAME, "ordered": False}),
)  # fmt: skip
"""Name, parent, and what differs from the parent (or, for a root, from `kind.DEFAULTS`)."""


class Catalogue(Mapping[str, Kind]):
    """The shipped kinds by name, each built when it is first asked for."""

    def __init__(self, rows: Iterable[tuple[str, str | None, Row]]) -> None:
        self._rows = {name: (parent, row) for name, parent, row in rows}
        self._built: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        kind = self._built.get(name)
        if kind is None:
            parent, row = self._rows[name]
            above = None if parent is None else self[parent]
            kind = self._built[name] = build_kind(name, above, **(row() if callable(row) else row))
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, name: object) -> bool:
        return name in self._rows


KINDS = Catalogue(ROWS)
"""Every shipped kind by its name."""
