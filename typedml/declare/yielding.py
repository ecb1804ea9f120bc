"""Iterators whose items are checked one by one, as they pass: a stream of frames is never held."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typedml.declare.call_checking import CallChecks

Check = Callable[[Any], Any]


def is_iterator(value: object) -> bool:
    """Whether a value gives its items once, one by one."""
    return hasattr(value, "__next__") or hasattr(value, "__anext__")


def watched(iterator: Any, check: Check) -> Any:
    """An iterator, or one of asyncio, whose items are checked before they are handed on."""
    return _each(iterator, check) if hasattr(iterator, "__next__") else _each_later(iterator, check)


def _each(iterator: Iterator[Any], check: Check) -> Iterator[Any]:
    for item in iterator:
        yield check(item)


async def _each_later(iterator: AsyncIterator[Any], check: Check) -> AsyncIterator[Any]:
    async for item in iterator:
        yield check(item)


def wrap_generator(function: Any, checks: Callable[[], CallChecks]) -> Any:
    """A generator function whose arguments, items and end are checked: `yield from` it, with checks."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        made = checks()
        given, named = made.check_arguments(args, kwargs)
        generator = function(*given, **named)
        try:
            item = next(generator)
            while True:
                checked = made.check_yield(item)
                try:
                    sent = yield checked
                except GeneratorExit:
                    raise
                except BaseException as error:  # noqa: BLE001  # what a caller throws in is the generator's
                    item = generator.throw(error)
                else:
                    item = generator.send(sent)
        except StopIteration as end:
            return made.check_result(end.value)
        finally:
            generator.close()

    return call


def wrap_async_generator(function: Any, checks: Callable[[], CallChecks]) -> Any:
    """The same for a generator function of asyncio."""

    @wraps(function)
    async def call(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        made = checks()
        given, named = made.check_arguments(args, kwargs)
        generator = function(*given, **named)
        try:
            item = await anext(generator)
            while True:
                checked = made.check_yield(item)
                try:
                    sent = yield checked
                except GeneratorExit:
                    raise
                except BaseException as error:  # noqa: BLE001  # see `wrap_generator`
                    item = await generator.athrow(error)
                else:
                    item = await generator.asend(sent)
        except StopAsyncIteration:
            return
        finally:
            await generator.aclose()

    return call
