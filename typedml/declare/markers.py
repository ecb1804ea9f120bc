"""Markers: what stands in `Annotated` and says what a number means.

>>> from typing import Annotated
>>> from typedml import Unit
>>> Km = Annotated[float, Unit("km")]
>>> KM = Unit("km")
>>> KM(3.0)
3.0
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn, TypeVar, final

if TYPE_CHECKING:
    from fractions import Fraction

    from typedml.algebra.kind import Kind as KindDefinition
    from typedml.algebra.kind import Sort
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.ranges import Range
    from typedml.algebra.unit import Unit as AlgebraUnit

T = TypeVar("T")
SortName = Literal["vector", "torsor", "opaque"]
Bounds = tuple[float | None, float | None]

# The shipped markers know only their names until they are used: `import typedml` loads no table of units.


class Claim(NamedTuple):
    """What one marker says of a value; several are merged by `typedml.declare.metadata`."""

    kind: KindDefinition | None = None
    unit: AlgebraUnit | None = None
    cut: bool = False
    roles: frozenset[str] = frozenset()


class Marker:
    """A piece of `Annotated` metadata that says what a value means.

    Called, it checks its argument against what it says and returns it unchanged; numbers, lists, numpy
    arrays, pandas and polars Series are checked value by value.
    """

    __slots__ = ("_meaning",)
    _meaning: Meaning | None

    @property
    def claim(self) -> Claim:
        """What this marker says, unmerged."""
        raise NotImplementedError

    @property
    def meaning(self) -> Meaning | None:
        """The meaning of a value that carries this marker alone; None for a role."""
        try:
            return self._meaning
        except AttributeError:
            from typedml.declare.metadata import meaning_of

            self._meaning = meaning_of((self,))
            return self._meaning

    def __call__(self, x: T) -> T:
        """Return `x` unchanged after checking it.

        Raises: CheckError if a value is outside the range, not a number where one is needed, or missing.
        """
        from typedml.declare.values import check_value

        check_value(x, self.meaning, self)
        return x

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marker) and self.claim == other.claim

    def __hash__(self) -> int:
        # The spelling counts here: `typing` keeps one `Annotated[...]` of all that are alike, as it was first
        # written, and "km/h" would show as "kph". Equality stays that of meanings.
        return hash(repr(self))

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from typedml.declare.pydantic import core_schema

        return core_schema(self, source, handler)


class Unit(Marker):
    """The unit of a value, written with `*`, `/`, `**` and names known to Pint: `Unit("mile/hour")`.

    Units multiply and divide: `Unit("km") / Unit("hour")` is `Unit("km/hour")`.

    Raises: DeclarationError if the text is not a unit; the hint names the nearest known one.

    >>> MPH = Unit("mile/hour")
    >>> MPH(60.0)
    60.0
    >>> Unit("km") / Unit("hour")
    Unit("km/hour")
    """

    __slots__ = ("_unit",)
    _unit: AlgebraUnit

    def __init__(self, text: str) -> None:
        from typedml.declare.units import parse_unit

        self._unit = parse_unit(text)

    @classmethod
    def of(cls, unit: AlgebraUnit) -> Unit:
        """The marker of a unit that the algebra computed."""
        made = Unit.__new__(Unit)
        made._unit = unit
        return made

    @property
    def unit(self) -> AlgebraUnit:
        """The unit as the algebra knows it: dimension, exact scale and origin."""
        return self._unit

    @property
    def claim(self) -> Claim:
        return Claim(unit=self._unit)

    def __repr__(self) -> str:
        return f'Unit("{self._unit}")'

    def __mul__(self, other: Unit) -> Unit:
        return _unit(lambda: self._unit * _operand(self, "*", other))

    def __truediv__(self, other: Unit) -> Unit:
        return _unit(lambda: self._unit / _operand(self, "/", other))

    def __rtruediv__(self, other: Literal[1]) -> Unit:
        if other != 1:
            _refuse_number(self, other)
        return _unit(lambda: self._unit**-1)

    def __rmul__(self, other: object) -> NoReturn:
        _refuse_number(self, other)

    def __pow__(self, exponent: int | float | Fraction) -> Unit:
        from fractions import Fraction

        return _unit(lambda: self._unit ** Fraction(exponent))


def _unit(compute: Callable[[], AlgebraUnit]) -> Unit:
    from typedml.declare.units import as_declaration_error

    with as_declaration_error():
        return Unit.of(compute())


def _operand(left: Unit, sign: str, right: object) -> AlgebraUnit:
    if isinstance(right, Unit):
        return right.unit
    from typedml.errors import DeclarationError

    fact = f"{left!r} {sign} {right!r} is not a unit."
    raise DeclarationError(fact, "Write the factor into a unit of its own, or mark a value: MARKER(3.0).")


def _refuse_number(right: Unit, number: object) -> NoReturn:
    from typedml.errors import DeclarationError

    fact = f"A number does not multiply a unit marker: {number!r} beside {right!r}."
    raise DeclarationError(fact, f"To mark the number, call the marker: {right!r}({number!r}).")


@final
class UnitVar(Unit):
    """A unit that a function leaves open, and that each call decides: `U = UnitVar("U")`.

    `Annotated[float, U**2]` is the square of whatever `U` is.

    >>> from typing import Annotated
    >>> U = UnitVar("U")
    >>> def root(area: Annotated[float, U**2]) -> Annotated[float, U]:
    ...     return area**0.5
    """

    __slots__ = ("_name",)
    _name: str

    def __init__(self, name: str) -> None:
        from typedml.declare.units import unit_variable

        self._name = name
        self._unit = unit_variable(name)

    @property
    def name(self) -> str:
        """The name of the variable, without the quote it is shown with."""
        return self._name

    def __repr__(self) -> str:
        return f'UnitVar("{self._name}")'


@final
class Kind(Marker):
    """A kind of value: what it is, beside its unit. One line declares a new one.

    What is left out comes from `parent`, which is a kind marker or an alias that has one. `sort` is "vector",
    "torsor" (a point) or "opaque". `unit` is the only one that is taken, or with `any_unit` the usual one of
    its dimension; `range` is `(low, high)` in it, None leaving a side open, and `integral` leaves integers.
    `extensive` says whether the parts of a whole add up, `mean` whether a mean is of the kind too, and
    `collective` that it is a fact about all values together, such as that they sum to one.

    Of a torsor, `period` is the turn after which values come round again, `origin` names its clock or base,
    `delta` is the kind of its differences, and `scalable` lets it be multiplied by a number. Of opaque
    values, `ordered` says whether they compare, and `ordinal` whether the order is of more and less.

    Raises: DeclarationError if the definition contradicts itself, its parent or a kind of the same name.

    >>> from typedml import Distance
    >>> HEIGHT = Kind("Height", parent=Distance, unit="m")
    >>> HEIGHT(1.8)
    1.8
    """

    __slots__ = ("_definition", "_name")
    _definition: KindDefinition | None
    _name: str

    def __init__(
        self,
        name: str,
        *,
        parent: object = None,
        sort: Sort | SortName | None = None,
        unit: str | Unit | None = None,
        any_unit: bool | None = None,
        range: Range | Bounds | None = None,
        integral: bool | None = None,
        extensive: bool | None = None,
        mean: bool | None = None,
        collective: bool | None = None,
        period: float | None = None,
        origin: str | None = None,
        delta: object = None,
        scalable: bool | None = None,
        ordered: bool | None = None,
        ordinal: bool | None = None,
    ) -> None:
        given = {key: value for key, value in locals().items() if key not in ("self", "name", "parent")}
        from typedml.declare.kind_names import register
        from typedml.declare.kinds import declare_kind

        self._name = name
        self._definition = declare_kind(name, parent, given)
        register(self._definition, sys._getframe(1))

    @classmethod
    def shipped(cls, name: str) -> Kind:
        """The marker of a kind that typedml ships; its definition is looked up when it is first used."""
        marker = cls.__new__(cls)
        marker._name, marker._definition = name, None
        return marker

    @property
    def name(self) -> str:
        """The name of the kind, as messages show it."""
        return self._name

    @property
    def definition(self) -> KindDefinition:
        """The kind as the algebra knows it: sort, range, parent."""
        if self._definition is None:
            from typedml.algebra.catalogue import KINDS

            self._definition = KINDS[self._name]
        return self._definition

    @property
    def claim(self) -> Claim:
        return Claim(kind=self.definition)

    # By name first: a hash (`Annotated` asks for one) must not load the catalogue.
    def __hash__(self) -> int:
        return hash(self._name)

    def __eq__(self, other: object) -> bool:
        same_name = isinstance(other, Kind) and self._name == other._name
        return same_name and isinstance(other, Kind) and self.definition == other.definition

    def __repr__(self) -> str:
        from typedml.algebra.catalogue import KINDS

        definition = self.definition
        return definition.marker if KINDS.get(self._name) == definition else f'Kind("{self._name}")'


@final
class Cut(Marker):
    """Marks a threshold: it orders against values of its kind, and does nothing else."""

    __slots__ = ()

    @property
    def claim(self) -> Claim:
        return Claim(cut=True)

    def __repr__(self) -> str:
        return "THRESHOLD"


@final
class Role(Marker):
    """Marks what rows are for (train, validation, test) or that a column is the target; never the meaning."""

    __slots__ = ("_name",)
    _name: str

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        """The name of the role: "Train", "Validation", "Test", "Unsplit", "Target", or "as of" a time."""
        return self._name

    @property
    def claim(self) -> Claim:
        return Claim(roles=frozenset({self._name}))

    def __repr__(self) -> str:
        return self._name.upper()
