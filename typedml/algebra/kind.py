"""Kinds: what a number *is*, beside its unit - a probability, a count, a point in time, an identifier.

>>> altitude = define_kind("Altitude", sort=Sort.TORSOR, range=(-500, 9000))
>>> altitude.sort.value, str(altitude.range)
('torsor', '[-500, 9000]')

What operators do with a kind follows from its sort and its range; nothing asks for a kind by name that could
ask for a property of it, so that the kinds of users behave as the shipped ones do.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

from typedml.algebra.currency import some_currency
from typedml.algebra.errors import KindError
from typedml.algebra.monomial import Monomial
from typedml.algebra.ranges import UNBOUNDED, Range
from typedml.algebra.unit import Unit
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict, Unpack


class Sort(Enum):
    """How operators see a value."""

    VECTOR = "vector"
    TORSOR = "torsor"
    OPAQUE = "opaque"


if TYPE_CHECKING:

    class Properties(TypedDict, total=False):
        """What a kind inherits from its parent unless it says otherwise."""

        sort: Sort
        unit: Unit | None
        dimension: Monomial | None
        default_unit: Unit
        range: Range
        integral: bool
        extensive: bool | None
        ordered: bool
        period: float | None
        origin: str | None
        mean: bool
        closed: bool
        scalable: bool
        encoded: bool
        factor: bool
        scales: bool
        delta: str | None


DEFAULTS: Properties = {
    "sort": Sort.VECTOR,
    "unit": None,
    "dimension": None,
    "default_unit": Unit.number(),
    "range": UNBOUNDED,
    "integral": False,
    "extensive": None,
    "ordered": True,
    "period": None,
    "origin": None,
    "mean": True,
    "closed": True,
    "scalable": False,
    "encoded": False,
    "factor": False,
    "scales": False,
    "delta": None,
}
"""The properties of a kind without a parent."""


class Kind(Value):
    """A kind and all its properties; built by `define_kind`, which checks them.

    `unit` is the only unit that the kind takes (None: any, or any of `dimension`), `default_unit` the one
    that stands for the kind alone. `range` is in `unit`. `ordered` lets opaque values compare, `period` makes
    a torsor cyclic, `origin` names the clock or base of its points, `mean` says whether a mean has the kind
    too, `closed` whether products of two may, `scalable` whether a torsor may be multiplied by a number,
    `encoded` forbids even differences. What `scales` keeps the kind of what it multiplies, and a `factor`
    gives its own up. `delta` is the root kind of the differences of a torsor.
    """

    __slots__ = ("_hash", "ancestors", "closed", "default_unit", "delta", "dimension", "encoded", "extensive",
                 "factor", "integral", "mean", "name", "ordered", "origin", "parent", "period", "range",
                 "scalable", "scales", "sort", "unit")  # fmt: skip

    name: str
    parent: Kind | None
    ancestors: tuple[Kind, ...]
    sort: Sort
    unit: Unit | None
    dimension: Monomial | None
    default_unit: Unit
    range: Range
    integral: bool
    extensive: bool | None
    ordered: bool
    period: float | None
    origin: str | None
    mean: bool
    closed: bool
    scalable: bool
    encoded: bool
    factor: bool
    scales: bool
    delta: str | None
    _hash: int

    def __init__(self, name: str, parent: Kind | None, properties: Properties) -> None:
        put = object.__setattr__
        put(self, "name", name)
        put(self, "parent", parent)
        for key, value in properties.items():
            put(self, key, value)
        above = () if parent is None else (parent, *parent.ancestors)
        put(self, "ancestors", above)
        put(self, "_hash", hash((name, parent, self.unit, self.range)))

    def _key(self) -> tuple[object, ...]:
        return (self.name, self.parent, *(getattr(self, key) for key in DEFAULTS))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Kind) and self._hash == other._hash and self._key() == other._key()

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Kind({self.name!r})"

    def __str__(self) -> str:
        return self.name

    @property
    def root(self) -> Kind:
        """Return the oldest ancestor, itself if it has none."""
        return self.ancestors[-1] if self.ancestors else self

    @property
    def lineage(self) -> tuple[Kind, ...]:
        """Return the kind and its ancestors, nearest first."""
        return (self, *self.ancestors)

    @property
    def marker(self) -> str:
        """Return the name of the marker that makes such a value: `EPOCH_MILLIS` for `EpochMillis`."""
        return marker_name(self.name)

    def descends_from(self, other: Kind) -> bool:
        """Say whether `other` is this kind or an ancestor of it."""
        return self is other or other in self.lineage

    def is_named(self, name: str) -> bool:
        """Say whether this kind or an ancestor of it has that name."""
        return any(kind.name == name for kind in self.lineage)

    def admits(self, unit: Unit) -> bool:
        """Say whether a value of this kind may be given in `unit`; tags are always free."""
        if self.unit is not None:
            same = unit.origin == self.unit.origin and untagged(unit) == untagged(self.unit)
            return same or unit == self.unit
        return self.dimension is None or some_currency(unit.dimension) == self.dimension


def marker_name(name: str) -> str:
    """Return `name` in capitals, an underscore wherever a capital follows a small letter or a digit."""
    pieces = [name[:1]]
    for before, letter in pairwise(name):
        starts = letter.isupper() and (before.islower() or before.isdigit())
        pieces.append(f"_{letter}" if starts else letter)
    # The one irregular name of the catalogue: a z-score is one word.
    return "ZSCORE" if name == "ZScore" else "".join(pieces).upper()


def untagged(unit: Unit) -> Monomial:
    """Return the vector of a unit without what it counts."""
    tags = unit.tags
    return unit.vector / tags if tags else unit.vector


def nearest_common(left: Kind, right: Kind) -> Kind | None:
    """Return the nearest kind that both descend from, or None if their roots differ."""
    if left is right:
        return left
    lineage = right.lineage
    return next((kind for kind in left.lineage if kind in lineage), None)


def define_kind(
    name: str,
    *,
    parent: Kind | None = None,
    sort: Sort | None = None,
    unit: Unit | None = None,
    range: Range | tuple[float, float] | None = None,
    integral: bool | None = None,
    extensive: bool | None = None,
) -> Kind:
    """Declare a kind; what is left out comes from its parent.

    Raises:
        KindError: if the declaration contradicts its parent or itself, or takes the name of a shipped kind.
    """
    from typedml.algebra.catalogue import KINDS

    _check_name(name, parent)
    if name in KINDS:
        raise KindError(
            f'Kind "{name}" is one that typedml ships.',
            f"use it as it is, or declare a child of it: Kind({'My' + name!r}, parent=...).",
        )
    properties: Properties = {}
    if sort is not None:
        properties["sort"] = sort
    if unit is not None:
        properties["unit"] = properties["default_unit"] = unit
    if range is not None:
        properties["range"] = _as_range(name, range)
    if integral is not None:
        properties["integral"] = integral
    if extensive is not None:
        properties["extensive"] = extensive
    return build_kind(name, parent, **properties)


def build_kind(name: str, parent: Kind | None = None, **given: Unpack[Properties]) -> Kind:
    """Return the kind with the given properties and otherwise those of its parent, or the defaults."""
    inherited = DEFAULTS if parent is None else {key: getattr(parent, key) for key in DEFAULTS}
    properties: Properties = {**inherited, **given}  # type: ignore[typeddict-item]  # the keys are DEFAULTS' own
    if parent is not None:
        _check_parent(name, parent, properties)
    return Kind(name, parent, properties)


def _as_range(name: str, given: Range | tuple[float, float]) -> Range:
    if isinstance(given, Range):
        return given
    try:
        low, high = given
        return Range(low, high)
    except (TypeError, ValueError):
        raise KindError(
            f'The range {given!r} of kind "{name}" is not a lowest and a highest value.',
            f"write Kind({name!r}, range=(0, 1)); use float('inf') for an end that is free.",
        ) from None


def _check_name(name: str, parent: Kind | None) -> None:
    if not (name.isidentifier() and name.isascii()):
        raise KindError(
            f"{name!r} cannot be the name of a kind.",
            'a kind is named like a class, in letters, digits and underscores: Kind("WingLoad").',
        )
    if parent is not None and parent.is_named(name):
        raise KindError(
            f'Kind "{name}" would be its own ancestor.',
            f"give the child of {parent.name!r} a name of its own.",
        )


def _check_parent(name: str, parent: Kind, properties: Properties) -> None:
    if properties["sort"] is not parent.sort:
        raise KindError(
            f'Kind "{name}" is declared a {properties["sort"].value}, '
            f'but its parent "{parent.name}" is a {parent.sort.value}.',
            f"leave sort= out to inherit it, or declare {name!r} without a parent.",
        )
    if not properties["range"].within(parent.range):
        raise KindError(
            f'The range {properties["range"]} of kind "{name}" is wider than {parent.range}, '
            f'the range of its parent "{parent.name}".',
            "a child flows into its parent unchecked: its range must lie inside. Swap the two, or narrow it.",
        )
    if parent.integral and not properties["integral"]:
        raise KindError(
            f'Kind "{name}" is declared not integral, but its parent "{parent.name}" holds integers only.',
            "leave integral= out to inherit it.",
        )
    unit = properties["unit"]
    if unit is not None and not parent.admits(unit):
        raise KindError(
            f'Kind "{name}" is declared in "{unit}", which its parent "{parent.name}" does not take.',
            f'leave unit= out, or declare it in "{parent.unit or parent.default_unit}".',
        )
