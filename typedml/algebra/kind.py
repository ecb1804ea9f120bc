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
from typedml.algebra.monomial import Monomial
from typedml.algebra.ranges import UNBOUNDED, UNIT_RANGE, Range
from typedml.algebra.unit import Unit
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Sort(Enum):
    """How operators see a value."""

    # Members are singletons; the hash of Enum itself goes through their names, in Python.
    __hash__ = object.__hash__

    VECTOR = "vector"
    TORSOR = "torsor"
    OPAQUE = "opaque"


class Properties(Value):
    """What a kind inherits from its parent unless it says otherwise, and what it is without a parent.

    `unit` is the only unit that the kind takes (None: any, or any of `dimension`), `default_unit` the one
    that stands for the kind alone, `range` is in it. `ordered` lets opaque values compare, and `ordinal` says
    that their order is one of more and less. `period` makes a torsor cyclic, `origin` names the clock or base
    of its points, `delta` the root kind of its differences. `mean` says whether a mean has the kind too,
    `closed` whether products of two may, `negatable` whether minus a value may, and a `collective` kind is a
    fact about all values together (they sum to one), which arithmetic on them does not keep. `scalable` lets
    a torsor be multiplied by a number, `encoded` forbids even differences. What `scales` keeps the kind of
    what it multiplies, and a `factor` gives its own up. `complement` names the kind of one minus a value.
    """

    __slots__ = ()

    sort: Sort = Sort.VECTOR
    unit: Unit | None = None
    dimension: Monomial | None = None
    default_unit: Unit = Unit.number()
    range: Range = UNBOUNDED
    integral: bool = False
    extensive: bool | None = None
    ordered: bool = True
    ordinal: bool = True
    period: float | None = None
    origin: str | None = None
    mean: bool = True
    closed: bool = True
    negatable: bool = True
    collective: bool = False
    scalable: bool = False
    encoded: bool = False
    factor: bool = False
    scales: bool = False
    delta: str | None = None
    complement: str | None = None


DEFAULTS: dict[str, object] = {name: getattr(Properties, name) for name in Properties.__annotations__}
"""The properties of a kind without a parent."""


class Kind(Properties):
    """A kind and all its properties; built by `define_kind`, which checks them."""

    __slots__ = ("_hash", "ancestors", "name", "parent", *DEFAULTS)

    name: str
    parent: Kind | None
    ancestors: tuple[Kind, ...]
    _hash: int

    def __init__(self, name: str, parent: Kind | None, properties: Mapping[str, object]) -> None:
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
    def is_cyclic(self) -> bool:
        """Say whether values come round again: bearings, hours of the day."""
        return self.period is not None

    @property
    def is_indicator(self) -> bool:
        """Say whether a value is one or zero: it happened or it did not."""
        return self.sort is Sort.VECTOR and self.integral and self.range.within(UNIT_RANGE)

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
            if unit == self.unit:
                return True
            return unit.origin == self.unit.origin and untagged(unit) == untagged(self.unit)
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


def common_or_only(left: Kind | None, right: Kind | None) -> Kind | None:
    """Return what both kinds have in common, or the only one where the other is plain."""
    return nearest_common(left, right) if left and right else left or right


def common_to(kinds: Iterable[Kind | None]) -> Kind | None:
    """Return the nearest kind that all descend from, or None if there is none, or one of them is None."""
    first, *others = kinds
    for other in others:
        first = nearest_common(first, other) if first and other else None
    return first


def define_kind(
    name: str,
    *,
    parent: Kind | None = None,
    sort: Sort | None = None,
    unit: Unit | None = None,
    any_unit: bool | None = None,
    range: Range | tuple[float, float] | None = None,
    integral: bool | None = None,
    extensive: bool | None = None,
    ordered: bool | None = None,
    ordinal: bool | None = None,
    period: float | None = None,
    origin: str | None = None,
    delta: Kind | None = None,
    mean: bool | None = None,
    scalable: bool | None = None,
    collective: bool | None = None,
) -> Kind:
    """Declare a kind; what is left out comes from its parent, or follows from what is given.

    With `any_unit`, `unit` is the default one and every unit of its dimension is taken. The other properties
    are those of `Properties`.

    Raises:
        KindError: if the declaration contradicts its parent or itself, or takes the name of a shipped kind.
    """
    # Only a declaration needs what checks it; the shipped kinds are checked by the tests.
    from typedml.algebra.kind_definition import complete

    given = {key: value for key, value in locals().items() if key in _GIVEN and value is not None}
    return build_kind(name, parent, **complete(name, parent, given))


_GIVEN = frozenset({*DEFAULTS, "any_unit"})


def build_kind(name: str, parent: Kind | None = None, **given: object) -> Kind:
    """Return the kind with the given properties and otherwise those of its parent, or the defaults."""
    inherited = DEFAULTS if parent is None else {key: getattr(parent, key) for key in DEFAULTS}
    return Kind(name, parent, {**inherited, **given})
