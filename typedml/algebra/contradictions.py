"""What contradicts itself in the definition of a kind, as a table: when it does, the fact, and the hint."""

from __future__ import annotations

from math import ceil, floor, inf, isfinite

from typedml.algebra.kind import Kind, Sort

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias


ARTICLED = {Sort.VECTOR: "a vector", Sort.TORSOR: "a torsor", Sort.OPAQUE: "opaque"}


class Definition:
    """A kind that may contradict itself, with what its author wrote."""

    def __init__(self, kind: Kind, parent: Kind | None, given: Mapping[str, Any]) -> None:
        self.kind = kind
        self.given = given
        self.delta: Kind | None = given.get("delta")
        self.is_root = parent is None
        self.above = kind if parent is None else parent
        self.turn = kind.range.high - kind.range.low
        self.sort, self.sort_above = ARTICLED[kind.sort], ARTICLED[self.above.sort]
        self.sort_of_delta = ARTICLED[self.delta.sort] if self.delta is not None else ""


if TYPE_CHECKING:
    Contradiction: TypeAlias = tuple[Callable[[Definition], bool], str, str]


def _changed(key: str) -> Callable[[Definition], bool]:
    """A property that all relatives share, because their values meet: a clock, a turn."""

    def changed(d: Definition) -> bool:
        above = getattr(d.above, key)
        return above is not None and getattr(d.kind, key) != above

    return changed


def _gained(key: str) -> Callable[[Definition], bool]:
    """A permission that the parent does not give, but that a value given as the parent's would have had."""
    return lambda d: getattr(d.kind, key) and not getattr(d.above, key)


def _only(sort: Sort, key: str) -> Callable[[Definition], bool]:
    """A property that only one sort has."""
    return lambda d: d.kind.sort is not sort and getattr(d.kind, key) not in (None, False)


def _is_without_integers(d: Definition) -> bool:
    span = d.kind.range
    if not d.kind.integral or not (isfinite(span.low) and isfinite(span.high)):
        return False
    return not any(span.contains(each) for each in (ceil(span.low), floor(span.high), floor(span.low) + 1))


def _has_range_in_many_units(d: Definition) -> bool:
    return bool(d.given.get("any_unit")) and not {d.kind.range.low, d.kind.range.high} <= {-inf, 0.0, inf}


def _delta_is_no_quantity(d: Definition) -> bool:
    return d.delta is not None and d.delta.sort is not Sort.VECTOR


def _delta_is_elsewhere(d: Definition) -> bool:
    return d.delta is not None and not d.delta.admits(d.kind.default_unit.delta())


CONTRADICTIONS: tuple[Contradiction, ...] = (
    (lambda d: d.kind.sort is not d.above.sort,
     'Kind "{d.kind}" is declared {d.sort}, but its parent "{d.above}" is {d.sort_above}.',
     "leave sort= out to inherit it, or declare {d.kind.name!r} without a parent."),
    (lambda d: not d.kind.range.within(d.above.range),
     ('The range {d.kind.range} of kind "{d.kind}" is wider than {d.above.range}, '
      'the range of its parent "{d.above}".'),
     "a child flows into its parent unchecked: its range must lie inside. Swap the two, or narrow it."),
    (lambda d: d.above.integral and not d.kind.integral,
     'Kind "{d.kind}" is declared not integral, but its parent "{d.above}" holds integers only.',
     "leave integral= out to inherit it."),
    (lambda d: d.kind.unit is not None and not d.above.admits(d.kind.unit),
     'Kind "{d.kind}" is declared in "{d.kind.unit}", which its parent "{d.above}" does not take.',
     'leave unit= out, or declare it in "{d.above.default_unit}".'),
    (lambda d: d.above.unit is not None and d.kind.unit is None,
     'Kind "{d.kind}" is declared in any unit, but its parent "{d.above}" takes only "{d.above.unit}".',
     "leave any_unit= out, or declare {d.kind.name!r} without a parent."),
    (lambda d: d.above.dimension is not None and not d.above.admits(d.kind.default_unit),
     'Kind "{d.kind}" is declared in "{d.kind.default_unit}", which its parent "{d.above}" does not take.',
     'leave unit= out, or declare it in "{d.above.default_unit}".'),
    (lambda d: bool(d.given.get("any_unit")) and "unit" not in d.given,
     'Kind "{d.kind}" takes any unit, but of which dimension is not said.',
     'name the usual one: Kind({d.kind.name!r}, unit="m", any_unit=True).'),
    (lambda d: bool(d.kind.default_unit.variables),
     'Kind "{d.kind}" is declared in "{d.kind.default_unit}", which holds a unit variable.',
     "a kind has one unit: write the unit, or leave unit= out."),
    (lambda d: d.kind.default_unit.is_point and d.kind.sort is not Sort.TORSOR,
     'Kind "{d.kind}" is declared {d.sort}, but values in "{d.kind.default_unit}" are points.',
     'leave sort= out, or declare it in the unit of differences, "delta_{d.kind.default_unit}".'),
    (_has_range_in_many_units,
     'The range {d.kind.range} of kind "{d.kind}" is in no unit: it takes any of its dimension.',
     "leave any_unit= out, so that the range is in the unit; or let it begin or end at 0."),
    (_is_without_integers,
     'Kind "{d.kind}" holds integers only, and no integer is in {d.kind.range}.',
     "widen range=, or leave integral= out."),
    (lambda d: d.kind.mean and d.kind.integral,
     'Kind "{d.kind}" holds integers only, and the mean of integers need not be one.',
     "leave mean= out: the mean is then a plain number in the unit."),
    (lambda d: d.kind.mean and d.kind.sort is Sort.OPAQUE,
     'Kind "{d.kind}" is opaque, which has no arithmetic, but is declared to have a mean.',
     'leave mean= out, or declare it sort="vector".'),
    (lambda d: d.kind.mean and d.kind.is_cyclic,
     'Kind "{d.kind}" is cyclic, but is declared to have a mean: the mean of 350 and 10 would be 180.',
     "leave mean= out: cyclic kinds have the circular mean."),
    (_gained("mean"),
     'Kind "{d.kind}" is declared to have a mean, but values of its parent "{d.above}" have none.',
     "leave mean= out to inherit it."),
    (_gained("scalable"),
     'Kind "{d.kind}" is declared scalable, but values of its parent "{d.above}" are not.',
     "leave scalable= out to inherit it."),
    (_gained("ordered"),
     'Kind "{d.kind}" is declared ordered, but values of its parent "{d.above}" have no order.',
     "leave ordered= out to inherit it."),
    (_gained("ordinal"),
     'Kind "{d.kind}" is declared ordinal, but the order of its parent "{d.above}" is not of more and less.',
     "leave ordinal= out to inherit it."),
    (_only(Sort.TORSOR, "period"),
     'Kind "{d.kind}" has a period, but is {d.sort}: only points come round again.',
     'declare it sort="torsor", or leave period= out.'),
    (_only(Sort.TORSOR, "origin"),
     'Kind "{d.kind}" has an origin, but is {d.sort}: only points are counted from one.',
     'declare it sort="torsor", or leave origin= out.'),
    (_only(Sort.TORSOR, "delta"),
     'Kind "{d.kind}" has a kind of differences, but is {d.sort}: its differences are its own.',
     'declare it sort="torsor", or leave delta= out.'),
    (_only(Sort.TORSOR, "scalable"),
     'Kind "{d.kind}" is declared scalable, but is {d.sort}.',
     "leave scalable= out: vectors have multiples anyway, and opaque values have none."),
    (_only(Sort.VECTOR, "extensive"),
     'Kind "{d.kind}" is declared extensive, but is {d.sort}, and such values do not add up.',
     'leave extensive= out, or declare it sort="vector".'),
    (_only(Sort.VECTOR, "collective"),
     'Kind "{d.kind}" is declared collective, but is {d.sort}.',
     'leave collective= out, or declare it sort="vector".'),
    (lambda d: not d.kind.ordered and d.kind.sort is not Sort.OPAQUE,
     'Kind "{d.kind}" is declared without an order, but is {d.sort}, and numbers have one.',
     'declare it sort="opaque", or leave ordered= out.'),
    (lambda d: not d.kind.ordinal and d.kind.sort is not Sort.OPAQUE,
     'Kind "{d.kind}" is declared not ordinal, but is {d.sort}: more and less mean something.',
     'declare it sort="opaque", or leave ordinal= out.'),
    (lambda d: d.kind.ordinal and not d.kind.ordered,
     'Kind "{d.kind}" is declared ordinal, but without an order.',
     "leave one of ordered= and ordinal= out."),
    (lambda d: d.kind.period is not None and not 0 < d.kind.period < inf,
     'The period {d.kind.period} of kind "{d.kind}" is no turn.',
     "give the number after which values come round again: period=360."),
    (lambda d: d.kind.period is not None and d.turn > d.kind.period,
     'The range {d.kind.range} of kind "{d.kind}" is longer than its period of {d.kind.period:g}.',
     "leave range= out, or let it span one turn."),
    (_changed("period"),
     'Kind "{d.kind}" has the period {d.kind.period:g}, but its parent "{d.above}" has {d.above.period:g}.',
     "leave period= out to inherit it, or declare {d.kind.name!r} without a parent."),
    (_changed("origin"),
     'Kind "{d.kind}" is counted from {d.kind.origin!r}, but its parent "{d.above}" from {d.above.origin!r}.',
     "leave origin= out to inherit it, or declare {d.kind.name!r} without a parent."),
    (_changed("delta"),
     'Differences of "{d.kind}" are declared {d.kind.delta}, but those of "{d.above}" are {d.above.delta}.',
     "leave delta= out to inherit it."),
    (_delta_is_no_quantity,
     'Differences of kind "{d.kind}" are declared {d.delta}, which is {d.sort_of_delta}.',
     "differences add and scale: name a vector kind, or leave delta= out."),
    (_delta_is_elsewhere,
     'Differences of kind "{d.kind}" are in "{d.kind.default_unit}", which {d.delta} does not take.',
     "name a kind in that unit, or leave delta= out."),
)  # fmt: skip
"""When a definition contradicts its parent or itself, the fact, and what would be right."""
