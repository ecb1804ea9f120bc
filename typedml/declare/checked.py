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
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.declare.call_checking import CallChecks

F = TypeVar("F", bound=Callable[..., Any])


def checked(function: F, /) -> F:
    """Return the function with its arguments and its result checked by their annotations at every call.

    Scalars, lists, mappings, tuples, arrays, Series and frames of every library are checked, and each item of
    an iterator as it passes; in functions, coroutine functions and generators of both kinds. Of a class its
    `__init__` is checked, and of a dataclass each field that it sets. What is not declared is not. The
    annotations are read at the first call.

    Raises: when called, CheckError naming function, parameter and value; BoundaryError for a frame;
    DeclarationError if an annotation cannot be read. A generator raises when it is first asked for an item.
    """
    from inspect import isfunction

    given: Any = function
    if isinstance(given, staticmethod | classmethod):
        return cast(F, type(given)(_wrapped(given.__func__)))
    if isinstance(given, type) and isfunction(vars(given).get("__init__")):
        # Set on the class itself: a copy would be another class.
        given.__init__ = _wrapped(given.__init__)  # type: ignore[misc]
        if "__dataclass_fields__" in vars(given):
            _check_construction(given)
        return function
    if not callable(given) or isinstance(given, type):
        fact = f"@checked checks functions, not {function!r}."
        raise DeclarationError(fact, "Put it above a def, or above a class with an __init__ of its own.")
    return cast(F, _wrapped(given))


def _wrapped(function: Any) -> Any:
    from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction

    from typedml.declare.call_checking import LazyChecks
    from typedml.declare.markings import mark
    from typedml.declare.yielding import wrap_async_generator, wrap_generator

    mark(function, depth=3)
    checks = LazyChecks(function)
    if isgeneratorfunction(function):
        return wrap_generator(function, checks)
    if isasyncgenfunction(function):
        return wrap_async_generator(function, checks)
    return (_wrap_coroutine if iscoroutinefunction(function) else _wrap_function)(function, checks)


def _check_construction(cls: Any) -> None:
    """Check the fields of a dataclass whenever an instance is made: defaults and rules of fields, too."""
    make = cls.__init__

    @wraps(make)
    def construct(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        # The one way up a floor, as for frames.
        import_module("typedml.boundary.records").require_values(cls, self)

    cls.__init__ = construct


def _wrap_function(function: Any, checks: Callable[[], CallChecks]) -> Any:
    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        made = checks()
        given, named = made.check_arguments(args, kwargs)
        return made.check_result(function(*given, **named))

    return call


def _wrap_coroutine(function: Any, checks: Callable[[], CallChecks]) -> Any:
    @wraps(function)
    async def call(*args: Any, **kwargs: Any) -> Any:
        made = checks()
        given, named = made.check_arguments(args, kwargs)
        return made.check_result(await function(*given, **named))

    return call
