"""Cells held as Python values: small frames, objects, dates, decimals, and text where there is no Arrow.

The definition of every rule in plain Python. The other engines are held to the same answers.
"""

from __future__ import annotations

import datetime
import operator
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, final

from typedml.boundary.families import NUMBERS, Family, Found, family_of_value, merge
from typedml.boundary.patterns import matcher
from typedml.boundary.plan import Rule

Values = Sequence[Any]
Bad = Callable[[Any], bool]

ORDERS = ("increasing", "decreasing")
HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}


@final
class ListCells:
    """The cells of one column as Python values, None where one is missing.

    `decimal` is True where numbers are Decimals: they are floats beside bounds, and exact beside others.
    """

    def __init__(self, values: list[Any], found: Found) -> None:
        self.zoned = found.zoned
        self.values = _instants(values) if found.zoned else values
        self.decimal = found.family is Family.DECIMAL
        self.numeric = found.family in NUMBERS
        self.single = found.single
        self.hashable = found.family not in (Family.OTHER, Family.MIXED)

    @cached_property
    def present(self) -> list[Any]:
        """The values that are not missing, in order."""
        return [value for value in self.values if value is not None] if None in self.values else self.values

    @cached_property
    def numbers(self) -> list[Any]:
        """The values that are there, as they are compared."""
        return [float(value) for value in self.present] if self.decimal else self.present

    @property
    def comparable(self) -> list[Any]:
        """The values as they are compared with those of other columns, None where one is missing."""
        return self.values if self.hashable else [None if v is None else repr(v) for v in self.values]

    @property
    def nulls(self) -> int:
        """How many cells are missing."""
        return len(self.values) - len(self.present)

    def count(self, rule: Rule) -> int:
        """How many cells break the rule."""
        if rule.name in _QUICK and (
            not self.numbers or _QUICK[rule.name](self.numbers, self._argument(rule))
        ):
            return 0
        if rule.name == "unique" and self.hashable and len(set(self.present)) == len(self.present):
            return 0
        return sum(self.bad(rule))

    def bad(self, rule: Rule) -> list[bool]:
        """Whether each cell breaks the rule."""
        if rule.name in ("null", "null_fraction"):
            return [value is None for value in self.values]
        if rule.name == "unique":
            return _repeated(self.values, self.hashable)
        if rule.name in ORDERS:
            return falls(self.values, rule.argument.descending)
        test = _TESTS[rule.name](self._argument(rule))
        convert = float if self.decimal else None
        return [value is not None and test(convert(value) if convert else value) for value in self.values]

    def _argument(self, rule: Rule) -> Any:
        if self.zoned:
            return comparable(rule.argument)
        return single_precision(rule.argument) if self.single else rule.argument


def single_precision(argument: Any) -> Any:
    """A bound, set or range as a column of 32-bit floats holds it: 0.1 is as near to 0.1 as they come."""
    if isinstance(argument, tuple):
        return tuple(single_precision(each) for each in argument)
    if isinstance(argument, float) and abs(argument) < 3e38:
        return struct.unpack("f", struct.pack("f", argument))[0]
    if hasattr(argument, "low_open"):
        low, high = single_precision(argument.low), single_precision(argument.high)
        return type(argument)(low, high, argument.low_open, argument.high_open)
    return argument


def comparable(argument: Any) -> Any:
    """A moment with a zone, or each of several, on the clock of UTC; anything else as it is.

    Within a zone Python compares what clocks show, and an hour that is there twice would be one hour.
    """
    if isinstance(argument, tuple):
        return tuple(comparable(each) for each in argument)
    zoned = isinstance(argument, datetime.datetime) and argument.tzinfo is not None
    return argument.astimezone(datetime.UTC) if zoned else argument


def _instants(values: Values) -> list[Any]:
    return [comparable(value) for value in values]


def _range_holds(values: Values, allowed: Any) -> bool:
    # A range has no holes: what holds for the least and the greatest holds for all between.
    return bool(allowed.contains(min(values)) and allowed.contains(max(values)))


def _all_whole(values: Values, infinities: tuple[float, ...]) -> bool:
    return all(type(value) is int for value in values)


def _all_in(values: Values, members: tuple[object, ...]) -> bool:
    try:
        return set(values) <= set(members)
    except TypeError:
        return False


_QUICK: dict[str, Callable[[Values, Any], bool]] = {
    "gt": lambda values, bound: min(values) > bound,
    "ge": lambda values, bound: min(values) >= bound,
    "lt": lambda values, bound: max(values) < bound,
    "le": lambda values, bound: max(values) <= bound,
    "range": _range_holds,
    "integral": _all_whole,
    "isin": _all_in,
}


def _breaks(holds: Callable[[Any, Any], bool], bound: object) -> Bad:
    return lambda value: not holds(value, bound)


def _outside(allowed: Any) -> Bad:
    return lambda value: not allowed.contains(value)


def _not_whole(infinities: tuple[float, ...]) -> Bad:
    return lambda value: value in infinities or (value % 1 != 0 and abs(value) != float("inf"))


def _not_in(members: tuple[object, ...]) -> Bad:
    return lambda value: value not in members


def _unmatched(pattern: str) -> Bad:
    matches = matcher(pattern)
    return lambda value: not matches(value)


_TESTS: dict[str, Callable[[Any], Bad]] = {
    **{name: partial(_breaks, holds) for name, holds in HOLDS.items()},
    "range": _outside,
    "integral": _not_whole,
    "isin": _not_in,
    "pattern": _unmatched,
    "min_length": lambda least: lambda value: len(value) < least,
    "max_length": lambda most: lambda value: len(value) > most,
}


def test_of(rule: Rule) -> Bad:
    """Whether a number, text or truth value of Python breaks a rule about one value."""
    return _TESTS[rule.name](rule.argument)


def _repeated(values: Values, hashable: bool) -> list[bool]:
    keys = values if hashable else [None if value is None else _shown_in_full(value) for value in values]
    times = Counter(keys)
    return [key is not None and times[key] > 1 for key in keys]


def _shown_in_full(value: Any) -> str:
    """What tells one odd object from another; a long array would show its ends alone."""
    if hasattr(value, "tolist") and hasattr(value, "shape"):
        return f"{value.shape} {value.tolist()!r}"
    return repr(value)


def falls(values: Iterable[Any], descending: bool) -> list[bool]:
    """Whether each value lies below the one before it (`descending`: above), past those that are missing."""
    beyond = operator.gt if descending else operator.lt
    bad, last = [], None
    for value in values:
        bad.append(value is not None and last is not None and beyond(value, last))
        last = last if value is None else value
    return bad


def clean(values: Iterable[Any], missing: frozenset[str] = frozenset({"NAType", "NaTType"})) -> list[Any]:
    """The values with every spelling of a missing one (None, NaN, NA, NaT) turned into None."""
    return [
        None if value is None or value.__class__.__name__ in missing or _is_nan(value) else value
        for value in values
    ]


def _is_nan(value: Any) -> bool:
    # Only NaN differs from itself; arrays and other odd objects in a column answer with anything.
    try:
        return bool(value != value)
    except Exception:  # noqa: BLE001  # an object may raise what it likes; a signalling NaN of Decimal does
        return isinstance(value, Decimal)


def find(values: list[Any], dtype: str) -> Found:
    """What a cleaned list of values is found to be, with a note on what disagrees."""
    kinds = {type(value) for value in values}
    kinds.discard(type(None))
    families = {kind: family_of_value(kind) for kind in kinds}
    family = merge(set(families.values()))
    clocks = family in (Family.DATETIME, Family.TIME)
    zones = {getattr(value, "tzinfo", None) is not None for value in values if value is not None and clocks}
    if len(zones) > 1:
        return Found(Family.MIXED, dtype, f"{family.value}s with and without a time zone")
    note = ""
    if family in (Family.MIXED, Family.OTHER):
        times = Counter(type(value).__name__ for value in values if value is not None)
        note = " and ".join(f"{number:,} {name}" for name, number in times.most_common(4))
    return Found(family, dtype, note, zones == {True})
