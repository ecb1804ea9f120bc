"""`@edge`: names a function of your own as the way from one kind to another.

>>> from typing import Annotated
>>> from typedml import Kind, Probability, edge, raw
>>> MARGIN = Kind("Margin", sort="torsor")
>>> @edge(monotone="rising")
... def calibrate(margin: Annotated[float, MARGIN]) -> Probability:
...     return 1 / (1 + 2.0 ** -raw(margin))
>>> calibrate(0.0)
0.5

A function leads wherever its signature says, marked or not. The mark is for everybody else: hints name the
function where a margin stands for a probability, and a threshold may follow it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.edge_table import Edge
    from typedml.algebra.kind import Kind
    from typedml.declare.declared import DeclaredFunction

F = TypeVar("F", bound=Callable[..., Any])

_marked: dict[tuple[str, str], Edge] = {}


@overload
def edge(function: F, /) -> F: ...
@overload
def edge(
    *, monotone: Literal["rising", "falling"] | None = None, inverse: str | None = None
) -> Callable[[F], F]: ...
def edge(function: Any = None, /, *, monotone: str | None = None, inverse: str | None = None) -> Any:
    """Mark a function as the way from the kind of its first argument to that of its result.

    `monotone` is "rising" or "falling": then the image of a threshold is a threshold, and what falls turns
    comparisons round. `inverse` is the name of the function that leads back. The function is returned as it
    is and costs nothing.

    Raises: DeclarationError if the signature names no two kinds, or contradicts an edge that is there.
    """
    if function is not None:
        return _mark(function, monotone, inverse)
    return lambda decorated: _mark(decorated, monotone, inverse)


def _mark(function: Any, monotone: str | None, inverse: str | None) -> Any:
    from typedml.algebra.edge_table import define_edge, remove_edge
    from typedml.declare.function_reading import read_function
    from typedml.declare.markings import mark
    from typedml.declare.units import as_declaration_error

    if not callable(function) or isinstance(function, type):
        raise DeclarationError(f"@edge marks functions, not {function!r}.", "Put it directly above a def.")
    mark(function, depth=3)
    declared = read_function(function)
    source, target = _ends(declared)
    place = (str(getattr(function, "__module__", "")), str(getattr(function, "__qualname__", declared.name)))
    before = _marked.pop(place, None)
    if before is not None:
        # Code that runs anew, as a cell of a notebook does, replaces what it defined before.
        remove_edge(before)
    with as_declaration_error():
        _marked[place] = define_edge(
            source, target, declared.name.rpartition(".")[2], monotone=monotone, inverse=inverse
        )
    return function


def _ends(declared: DeclaredFunction) -> tuple[Kind, Kind]:
    """Return the kinds of the first argument and of the result."""
    first = declared.parameters[0].meaning if declared.parameters else None
    last = declared.result.meaning
    source = first.kind if first is not None else None
    target = last.kind if last is not None else None
    if source is None or target is None:
        side = "first argument" if source is None else "result"
        raise DeclarationError(
            f"@edge on {declared.name}: the {side} has no kind.",
            "An edge leads from kind to kind: def calibrate(margin: Margin) -> Probability.",
        )
    return source, target
