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
    from typedml.declare.feature_options import Direction, FeatureOptions, Nulls, Rows
    from typedml.declare.scope import Scope

F = TypeVar("F", bound=Callable[..., Any])


@overload
def feature(function: F, /) -> F: ...
@overload
def feature(
    *,
    rows: Rows | None = None,
    scope: Scope | None = None,
    outcome: str | Iterable[str] | Mapping[str, str | None] = (),
    label: str | None = None,
    fit: str | None = None,
    asof: Mapping[str, str] | None = None,
    nulls: Nulls | None = None,
    monotone: Mapping[str, Direction] | None = None,
    complement: tuple[str, str] | tuple[()] = (),
    serving: Callable[..., Any] | None = None,
    examples: Iterable[tuple[object, object]] = (),
    waive: Mapping[str, str] | None = None,
    pinned: Iterable[str] = (),
    coefficient: float | None = None,
) -> Callable[[F], F]: ...
def feature(function: Any = None, /, **options: Any) -> Any:
    """Mark a function as a feature; it is returned as it is and costs nothing.

    `rows` is "each" (one output for each row of the first table, in its place; from that row alone where no
    `scope` says otherwise), "any" (row order does not matter) or "ordered" (it does). `scope` says which rows
    reach an output: `Row()`, `Group("carrier")`, `Past("sched_dep", by="carrier", window="24h")`, `Table()`.
    `outcome` are the columns that are known only after the row's own event; with a mapping, each with the
    column of the time at which it is. `label` is the column to be predicted, `fit` the parameter (a frame, or
    arrays of one role) whose rows are learnt from, `asof` the column of time by which the rows of a table
    that is looked up become known.

    `nulls` is "propagate" (null in, null out), "skip" (rows with a null count for nothing) or "handle".
    `monotone` gives the direction, "increasing" or "decreasing", in which the result moves with an input,
    `complement` two inputs whose exchange gives one minus the result, `serving` the function that computes
    the same where rows are served. `examples` are worked examples `(arguments, result)`, the arguments a
    tuple or a dict, a frame or a dict of its columns; they hold to a millionth of each value, or to the last
    digit where four or more are written. `waive` names laws that do not hold, each with its reason. `pinned`
    are base dimensions on which the formula is empirical. `coefficient` is the constant of a product of
    powers, in SI units.

    Raises: DeclarationError if an option contradicts itself or the signature.
    """
    if function is not None:
        if not callable(function):
            fact = f"@feature({function!r}) marks no function."
            raise DeclarationError(fact, "Write @feature, or @feature(rows=...) with options by name.")
        return _mark(function, {})
    return lambda decorated: _mark(decorated, options)


def _mark(function: Any, options: dict[str, Any]) -> Any:
    from typedml.declare.feature_reading import read_options
    from typedml.declare.markings import mark

    if not callable(function):
        raise DeclarationError(f"@feature marks functions, not {function!r}.", "Put it directly above a def.")
    made: FeatureOptions = read_options(function, options)
    mark(function, depth=3).options = made
    return function
