"""What `@checked` does at a call: one check for each declared parameter and result, made once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.declare.plain import carrier_of
from typedml.declare.values import described, first_failure
from typedml.errors import CheckError, TypedmlError

Check = Callable[[Any], None]


class CallChecks:
    """The checks of one function: by position, by name, and of the result."""

    __slots__ = ("_by_name", "_by_position", "_named_rest", "_rest", "check_result")

    def __init__(self, declared: DeclaredFunction) -> None:
        kinds = {name: p.kind for name, p in inspect.signature(declared.source).parameters.items()}
        checks = {p.name: parameter_check(p, declared.name) for p in declared.parameters}
        by_position = [
            name for name, kind in kinds.items() if kind in (kind.POSITIONAL_ONLY, kind.POSITIONAL_OR_KEYWORD)
        ]
        self._by_position = tuple(checks[name] for name in by_position)
        self._by_name = checks
        self._rest = self._check_of(inspect.Parameter.VAR_POSITIONAL, kinds, checks)
        self._named_rest = self._check_of(inspect.Parameter.VAR_KEYWORD, kinds, checks)
        self.check_result = result_check(declared)

    def _check_of(
        self, wanted: Any, kinds: Mapping[str, Any], checks: Mapping[str, Check | None]
    ) -> Check | None:
        return next((checks[name] for name, kind in kinds.items() if kind is wanted), None)

    def check_arguments(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Check the arguments of one call.

        Raises: CheckError or BoundaryError.
        """
        for check, value in zip(self._by_position, args, strict=False):
            if check is not None:
                check(value)
        if self._rest is not None:
            for value in args[len(self._by_position) :]:
                self._rest(value)
        for name, value in kwargs.items():
            found = self._by_name.get(name, self._named_rest)
            if found is not None:
                found(value)


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


def result_check(declared: DeclaredFunction) -> Check:
    """The check of the result; of a tuple, member by member."""
    if not declared.results:
        return _check(declared.result, f"{declared.name}, result") or _accept
    members = [_check(member, f"{declared.name}, {member.name}") for member in declared.results]

    def check(values: Any) -> None:
        for member, value in zip(members, values, strict=True):
            if member is not None:
                member(value)

    return check


def _accept(value: object) -> None:
    """Accept everything: nothing is declared."""


def _check(declared: DeclaredParameter, owner: str) -> Check | None:
    if declared.schema is not None:
        return _schema_check(declared, owner)
    if declared.meaning is None:
        return None
    meaning, nullable, members = declared.meaning, declared.nullable, declared.isin

    def check(value: Any) -> None:
        failure = first_failure(value, meaning, nullable)
        if failure is not None:
            raise CheckError(f"{owner}: {described(failure)}", failure.hint)
        if members is not None and value is not None and value not in members:
            raise CheckError(f"{owner}: {value!r} is none of {list(members)!r}.", "Give one of them.")

    return check


def _schema_check(declared: DeclaredParameter, owner: str) -> Check | None:
    # A record is checked where it is made; only frames arrive unchecked.
    if declared.carrier != "frame":
        return None
    schema = declared.schema

    def check(frame: Any) -> None:
        if frame is None:
            if not declared.nullable:
                raise CheckError(f"{owner}: the frame is None.", "Give a frame, or annotate it `| None`.")
            return
        _require_library(declared, frame, owner)
        boundary = import_module("typedml.boundary")
        try:
            boundary.validate(schema, frame)
        except TypedmlError as error:
            error.add_note(f"in {owner}")
            raise

    return check


def _require_library(declared: DeclaredParameter, frame: object, owner: str) -> None:
    """Refuse a polars frame where one of pandas is declared, and the reverse."""
    found = carrier_of(type(frame))
    if declared.library is None or found is None or found[0] != "frame" or found[1] == declared.library:
        return
    fact = f"{owner}: a {found[1]} {type(frame).__name__}, where a frame of {declared.library} is declared."
    hint = _CONVERSIONS.get((str(found[1]), declared.library), f"Give a frame of {declared.library}.")
    raise CheckError(fact, hint, code="typedml-column")


_CONVERSIONS = {
    ("polars", "pandas"): "Convert it: frame.to_pandas() (of a LazyFrame frame.collect().to_pandas()).",
    ("pandas", "polars"): "Convert it: pl.from_pandas(frame).",
}
