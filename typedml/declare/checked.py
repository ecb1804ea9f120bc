"""`@checked`: checks arguments and results by their annotations at every call.

>>> from typedml import Probability, checked
>>> @checked
... def surprise(p: Probability) -> float:
...     return 1 / p
>>> surprise(0.5)
2.0
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.declare.call_checking import CallChecks

F = TypeVar("F", bound=Callable[..., Any])


def checked(function: F, /) -> F:
    """Return the function with its arguments and its result checked by their annotations at every call.

    Scalars, lists, arrays, Series and frames are checked, in functions and coroutine functions alike; what is
    not declared is not. The annotations are read at the first call.

    Raises: when called, CheckError naming function, parameter and value; BoundaryError for a frame;
    DeclarationError if an annotation cannot be read.
    """
    from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction

    from typedml.declare.call_checking import LazyChecks
    from typedml.declare.markings import mark

    given: object = function
    if not callable(given) or isinstance(given, type | staticmethod | classmethod):
        fact = f"@checked checks functions, not {function!r}."
        raise DeclarationError(fact, "Put it directly above the def, below @staticmethod or @classmethod.")
    if isgeneratorfunction(function) or isasyncgenfunction(function):
        fact = f"@checked cannot check {function.__qualname__}, which yields its results one by one."
        raise DeclarationError(fact, "Check each value where it is made: MARKER(value).")
    mark(function)
    checks = LazyChecks(function)
    wrap = _wrap_coroutine if iscoroutinefunction(function) else _wrap_function
    wrapped: F = wrap(function, checks)
    return wrapped


def _wrap_function(function: Any, checks: Callable[[], CallChecks]) -> Any:
    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        made = checks()
        made.check_arguments(args, kwargs)
        result = function(*args, **kwargs)
        made.check_result(result)
        return result

    return call


def _wrap_coroutine(function: Any, checks: Callable[[], CallChecks]) -> Any:
    @wraps(function)
    async def call(*args: Any, **kwargs: Any) -> Any:
        made = checks()
        made.check_arguments(args, kwargs)
        result = await function(*args, **kwargs)
        made.check_result(result)
        return result

    return call
