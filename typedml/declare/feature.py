"""`@feature`: marks a function as a feature, whose signature implies laws that it must keep.

>>> from typing import Annotated
>>> from typedml import Unit, feature
>>> Mile = Annotated[float, Unit("mile")]
>>> Hour = Annotated[float, Unit("hour")]
>>> @feature(examples=[((120.0, 2.0), 60.0)])
... def speed(distance: Mile, time: Hour) -> Annotated[float, Unit("mile/hour")]:
...     return distance / time
>>> speed(120.0, 2.0)
60.0
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.declare.declared import FeatureOptions, Rows

F = TypeVar("F", bound=Callable[..., Any])
ROWS = ("each", "any", "ordered")


@overload
def feature(function: F, /) -> F: ...
@overload
def feature(
    *,
    rows: Rows | None = None,
    examples: Iterable[tuple[object, object]] = (),
    waive: Mapping[str, str] | None = None,
    pinned: Iterable[str] = (),
    coefficient: float | None = None,
) -> Callable[[F], F]: ...
def feature(function: Any = None, /, **options: Any) -> Any:
    """Mark a function as a feature; it is returned as it is and costs nothing.

    `rows` is "each" (one output for each row, from that row alone), "any" (row order does not matter)
    or "ordered" (it does). `examples` are worked examples `(arguments, result)`, the arguments a tuple or
    a dict.
    `waive` names laws that do not hold, each with its reason. `pinned` are base dimensions on which the
    formula is empirical. `coefficient` is the constant of a product of powers, in SI units.

    Raises: DeclarationError if an option contradicts itself or the signature.
    """
    if function is not None:
        if not callable(function):
            fact = f"@feature({function!r}) marks no function."
            raise DeclarationError(fact, "Write @feature, or @feature(rows=...) with options by name.")
        return _mark(function, {})
    return lambda decorated: _mark(decorated, options)


def _mark(function: Any, options: dict[str, Any]) -> Any:
    from typedml.declare.markings import mark

    if not callable(function):
        raise DeclarationError(f"@feature marks functions, not {function!r}.", "Put it directly above a def.")
    mark(function, depth=3).options = _options(function, **options)
    return function


def _options(
    function: Any,
    rows: Rows | None = None,
    examples: Iterable[tuple[object, object]] = (),
    waive: Mapping[str, str] | None = None,
    pinned: Iterable[str] = (),
    coefficient: float | None = None,
    **unknown: object,
) -> FeatureOptions:
    from typedml.declare.declared import FeatureOptions

    name = getattr(function, "__qualname__", repr(function))
    if unknown:
        fact = f"@feature takes no option {next(iter(unknown))!r}."
        raise DeclarationError(fact, "Its options are rows, examples, waive, pinned and coefficient.")
    if rows not in (None, *ROWS):
        raise DeclarationError(
            f"{name}: rows={rows!r} is unknown.", f"It is one of {', '.join(map(repr, ROWS))}."
        )
    if coefficient is not None and not coefficient > 0:
        raise DeclarationError(
            f"{name}: coefficient={coefficient!r} is not positive.", "Give the constant in SI units."
        )
    return FeatureOptions(
        rows=rows,
        examples=tuple(_example(function, name, example) for example in examples),
        waive=_waivers(name, waive or {}),
        pinned=_dimensions(name, pinned),
        coefficient=coefficient,
    )


def _example(function: Any, name: str, example: Any) -> tuple[Mapping[str, object], object]:
    from typedml.declare.function_reading import bind_arguments

    if not isinstance(example, tuple) or len(example) != 2:
        fact = f"{name}: the example {example!r} is no pair of arguments and result."
        raise DeclarationError(fact, "Write examples=[((120.0, 2.0), 60.0)].")
    return bind_arguments(function, name, example[0]), example[1]


def _waivers(name: str, waive: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(waive, dict):
        fact = f"{name}: waive={waive!r} gives no reasons."
        raise DeclarationError(fact, 'Write waive={"permute": "the first row is the reference"}.')
    for law, reason in waive.items():
        if not isinstance(reason, str) or not reason.strip():
            fact = f"{name}: law {law!r} is waived without a reason."
            raise DeclarationError(fact, f'Write waive={{"{law}": "why it does not hold"}}.')
    return dict(waive)


def _dimensions(name: str, pinned: Iterable[str]) -> tuple[str, ...]:
    if isinstance(pinned, str):
        raise DeclarationError(f"{name}: pinned={pinned!r} is one text.", f"Write pinned=[{pinned!r}].")
    return tuple(pinned)
