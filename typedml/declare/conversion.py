"""`convert`: the one way from one unit to another, a single multiplication; `raw`: the way out of all units.

>>> from typedml import convert
>>> convert(120.0, "minute", "hour")
2.0
>>> convert(100.0, "degC", "degF")
212.0
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, overload

from typedml.declare.markers import Unit
from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.unit import Unit as AlgebraUnit

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

_steps: dict[tuple[object, object], Callable[[Any], Any]] = {}


@overload
def convert(x: int, source: str | Unit, target: str | Unit) -> float: ...
@overload
def convert(x: T, source: str | Unit, target: str | Unit) -> T: ...
def convert(x: Any, source: str | Unit, target: str | Unit) -> Any:
    """Return `x`, given in unit `source`, in unit `target`.

    `x` is a number, a Decimal, a Fraction, a list, tuple or deque of them, a numpy array, a pandas or polars
    Series, a polars expression or a column in a rule. A temperature given as a point (`degC`) is shifted as
    well. Integers stay integers where the factor is one; narrow integer arrays are widened first, so none
    overflows.

    Raises: DeclarationError if the dimensions differ; CheckError if `x` is no number.

    >>> convert(5.0, "km", "m")
    5000.0
    """
    try:
        step = _steps[source, target]
    except (KeyError, TypeError):
        # What cannot be hashed is no unit either; `_step` says so.
        step = _step(source, target)
        _steps[source, target] = step
    return step(x)


def raw(x: T) -> T:
    """Return `x` unchanged, and tell mypy to forget what it means.

    >>> raw(3.0)
    3.0
    """
    return x


@overload
def conversion(function: F, /) -> F: ...
@overload
def conversion(source: str | Unit, target: str | Unit, /) -> Callable[[F], F]: ...
def conversion(*given: Any) -> Any:
    """Mark a function as a conversion: the one place where a bare factor between units may stand.

    Bare, it takes both units from the signature; `@conversion("minute", "hour")` names them. A law compares
    the function with the true ratio.

    Raises: DeclarationError if the dimensions of the two units differ.

    >>> from typing import Annotated
    >>> from typedml import Unit, conversion
    >>> @conversion
    ... def to_hours(t: Annotated[float, Unit("minute")]) -> Annotated[float, Unit("hour")]:
    ...     return t / 60
    """
    if len(given) == 1 and callable(given[0]) and not isinstance(given[0], Unit):
        return _mark(given[0], depth=3)
    if len(given) != 2:
        fact = f"@conversion takes two units, not {len(given)}."
        raise DeclarationError(fact, 'Write @conversion, or @conversion("minute", "hour").')
    _step(*given)
    source, target = map(_unit, given)
    return lambda function: _mark(function, 3, (source, target))


def _mark(function: Any, depth: int, units: tuple[AlgebraUnit, AlgebraUnit] | None = None) -> Any:
    from typedml.declare.markings import mark

    marking = mark(function, depth)
    marking.is_conversion, marking.converts = True, units
    return function


def forget() -> None:
    """Drop the remembered factors, after units were added."""
    _steps.clear()


def _step(source: str | Unit, target: str | Unit) -> Callable[[Any], Any]:
    from typedml.declare.factors import conversion_step
    from typedml.declare.units import as_declaration_error

    given, wanted = _unit(source), _unit(target)
    with as_declaration_error("Only units of one dimension convert; raw(x) leaves units behind, by name."):
        ratio = given.ratio(wanted)
    return conversion_step(given, wanted, ratio)


def _unit(written: str | Unit) -> AlgebraUnit:
    from typedml.declare.units import parse_unit

    return written.unit if isinstance(written, Unit) else parse_unit(written)
