"""What `@checked` does at a call: one check for each declared parameter and result, made once."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from importlib import import_module
from inspect import isasyncgenfunction, isgeneratorfunction
from typing import TYPE_CHECKING, Any

from typedml.declare.containers import CONTAINERS, require_container
from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.declare.item_checking import Check, items_check, parts_check
from typedml.declare.values import described, first_failure
from typedml.declare.yielding import is_iterator, watched
from typedml.errors import CheckError, TypedmlError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning


class CallChecks:
    """The checks of one function: by position, by name, of the result, and of what a generator yields."""

    __slots__ = ("_by_name", "_by_position", "_named_rest", "_rest", "check_result", "check_yield")

    def __init__(self, declared: DeclaredFunction) -> None:
        kinds = {name: p.kind for name, p in inspect.signature(declared.source).parameters.items()}
        checks = {p.name: parameter_check(p, declared.name) for p in declared.parameters}
        self._by_position = tuple(checks[name] for name, kind in kinds.items() if kind in _POSITIONAL)
        self._by_name = {name: checks[name] for name, kind in kinds.items() if kind in _NAMED}
        self._rest = self._check_of(inspect.Parameter.VAR_POSITIONAL, kinds, checks)
        self._named_rest = self._check_of(inspect.Parameter.VAR_KEYWORD, kinds, checks)
        generates = isgeneratorfunction(declared.source) or isasyncgenfunction(declared.source)
        self.check_yield = _within(declared.result.holds, f"{declared.name}, yielded")
        self.check_result: Check
        if generates:
            self.check_result = _within(declared.result.returned, f"{declared.name}, returned")
        else:
            self.check_result = _check(declared.result, f"{declared.name}, result") or _accept

    def _check_of(
        self, wanted: Any, kinds: Mapping[str, Any], checks: Mapping[str, Check | None]
    ) -> Check | None:
        return next((checks[name] for name, kind in kinds.items() if kind is wanted), None)

    def check_arguments(
        self, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> tuple[list[Any], dict[str, Any]]:
        """The arguments of one call, checked; an iterator among them as one that checks what it yields.

        Raises: CheckError or BoundaryError.
        """
        given, named = list(args), dict(kwargs)
        for position, check in enumerate(self._by_position[: len(given)]):
            if check is not None:
                given[position] = check(given[position])
        if self._rest is not None:
            for position in range(len(self._by_position), len(given)):
                given[position] = self._rest(given[position])
        for name, value in kwargs.items():
            found = self._by_name.get(name, self._named_rest)
            if found is not None:
                named[name] = found(value)
        return given, named


_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_NAMED = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class LazyChecks:
    """Reads the annotations of a function when it is first called: they may name what is defined later."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self._made: CallChecks | None = None

    def __call__(self) -> CallChecks:
        if self._made is None:
            from typedml.declare.function_reading import read_function

            self._made = CallChecks(read_function(self._function))
        return self._made


def parameter_check(declared: DeclaredParameter, function: str) -> Check | None:
    """The check of one parameter, None where nothing is declared."""
    return _check(declared, f'{function}, parameter "{declared.name}"')


def _within(declared: DeclaredParameter | None, owner: str) -> Check:
    return _accept if declared is None else _check(declared, owner) or _accept


def _accept(value: Any) -> Any:
    """Accept everything: nothing is declared."""
    return value


def _check(declared: DeclaredParameter, owner: str) -> Check | None:
    """What checks a value and hands it on; None where nothing is declared."""
    if declared.schema is not None:
        return _schema_check(declared, owner)
    if declared.parts:
        checks = [_check(part, f"{owner}[{number}]") for number, part in enumerate(declared.parts)]
        return parts_check(checks, owner, declared.nullable) if any(checks) else None
    if declared.holds is not None and (declared.meaning is None or _is_more(declared.holds)):
        item = _check(declared.holds, f"{owner}, item")
        return None if item is None else _items_check(declared, item, owner)
    return None if declared.meaning is None else _meaning_check(declared, declared.meaning, owner)


def _items_check(declared: DeclaredParameter, item: Check, owner: str) -> Check:
    items = items_check(item, owner, declared.nullable)

    def check(values: Any) -> Any:
        if isinstance(values, Iterable) and not isinstance(values, str | bytes):
            require_container(declared, values, owner)
        return items(values)

    return check


def _is_more(item: DeclaredParameter) -> bool:
    """Whether items say more than their meaning, for which a list is looked at as a whole."""
    holder = item.carrier in ("array", "series", "frame")
    return holder or item.nullable or item.isin is not None or item.holds is not None


def _meaning_check(declared: DeclaredParameter, meaning: Meaning, owner: str) -> Check:
    nullable, members, held = declared.nullable, declared.isin, declared.holds
    contained = declared.carrier in CONTAINERS

    def check(value: Any) -> Any:
        if held is not None and is_iterator(value):
            return watched(value, _check(held, f"{owner}, item") or _accept)
        if contained:
            require_container(declared, value, owner)
        failure = first_failure(value, meaning, nullable)
        if failure is not None:
            raise CheckError(f"{owner}: {described(failure)}", failure.hint)
        if members is not None and value is not None and value not in members:
            raise CheckError(f"{owner}: {value!r} is none of {list(members)!r}.", "Give one of them.")
        return value

    return check


def _schema_check(declared: DeclaredParameter, owner: str) -> Check | None:
    # A record is checked where it is made; only what is a table arrives unchecked.
    if declared.carrier not in _TABLES:
        return None
    schema = declared.schema

    def check(frame: Any) -> Any:
        if frame is None:
            if not declared.nullable:
                raise CheckError(f"{owner}: the frame is None.", "Give a frame, or annotate it `| None`.")
            return None
        require_container(declared, frame, owner)
        boundary = import_module("typedml.boundary")
        try:
            boundary.validate(schema, frame)
        except TypedmlError as error:
            error.add_note(f"in {owner}")
            raise
        return frame

    return check


_TABLES = ("frame", "list", "array")
