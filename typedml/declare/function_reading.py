"""Reads the signature of a function into a DeclaredFunction."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from typedml.declare.annotation import UNSTATED, Reading, Scope, read_annotation
from typedml.declare.contradictions import refuse
from typedml.declare.declared import ABSENT, DeclaredFunction, DeclaredParameter, DeclaredSchema
from typedml.declare.feature_contradictions import refuse_unknown_columns
from typedml.declare.fitting import misfit, natural_base
from typedml.declare.markings import marking_of
from typedml.declare.metadata import claim_of, meaning_of, named
from typedml.declare.plain import is_schema
from typedml.declare.values import described, first_failure
from typedml.errors import DeclarationError


def read_function(function: Callable[..., Any]) -> DeclaredFunction:
    """What the signature of `function`, and `@feature` on it, declare.

    Raises: DeclarationError (typedml-unread) if it has no signature, or an annotation cannot be read.
    """
    plain = _plain_function(function)
    name = getattr(plain, "__qualname__", repr(function)).rpartition("<locals>.")[2]
    signature = _signature(function, name)
    scope = _scope(plain, name)
    result = read_annotation(signature.return_annotation, scope.at(f"{name}'s result"))
    unstated = signature.return_annotation is inspect.Signature.empty
    marking = marking_of(plain)
    declared = DeclaredFunction(
        name=name,
        parameters=tuple(
            _read_parameter(parameter, scope, name) for parameter in signature.parameters.values()
        ),
        result=_declare("result", UNSTATED if unstated else result, name),
        results=tuple(_declare(f"result[{i}]", member, name) for i, member in enumerate(result.members)),
        source=function,
        options=marking.options,
        is_conversion=marking.is_conversion,
        converts=marking.converts,
        doc=inspect.cleandoc(plain.__doc__ or ""),
    )
    refuse_unknown_columns(declared)
    return declared


def _plain_function(function: Callable[..., Any]) -> Any:
    while isinstance(function, functools.partial):
        function = function.func
    unwrapped: Any = inspect.unwrap(function)
    if not hasattr(unwrapped, "__code__") and not inspect.ismethod(unwrapped):
        call = vars(type(unwrapped)).get("__call__")
        unwrapped = call if hasattr(call, "__code__") else unwrapped
    return getattr(unwrapped, "__func__", unwrapped)


def _signature(function: Callable[..., Any], name: str) -> inspect.Signature:
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        fact = f"{name} has no signature that Python can see."
        hint = "Wrap it in a function of your own with annotated parameters."
        raise DeclarationError(fact, hint, code="typedml-unread") from None


def _scope(plain: Any, name: str) -> Scope:
    local: dict[str, Any] = dict(marking_of(plain).local)
    cells = getattr(plain, "__closure__", None) or ()
    for free, cell in zip(plain.__code__.co_freevars if cells else (), cells, strict=True):
        # A cell is empty until its name is assigned.
        try:
            local[free] = cell.cell_contents
        except ValueError:
            continue
    return Scope(name, getattr(plain, "__globals__", {}), local)


def _read_parameter(parameter: inspect.Parameter, scope: Scope, function: str) -> DeclaredParameter:
    reading = UNSTATED
    if parameter.annotation is not inspect.Parameter.empty:
        reading = read_annotation(
            parameter.annotation, scope.at(f'parameter "{parameter.name}" of {function}')
        )
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL and reading.carrier == "scalar":
        reading = attrs.evolve(reading, carrier="list")
    declared = _declare(parameter.name, reading, function)
    absent = parameter.default is inspect.Parameter.empty
    if not absent:
        _refuse_default(parameter.default, declared, function)
    return attrs.evolve(
        declared,
        default=ABSENT if absent else parameter.default,
        keyword_only=parameter.kind is inspect.Parameter.KEYWORD_ONLY,
    )


def _refuse_default(default: object, declared: DeclaredParameter, function: str) -> None:
    # Anything but a number may be a sentinel, which the function replaces.
    if declared.meaning is None or type(default) not in (int, float):
        return
    failure = first_failure(default, declared.meaning, declared.nullable)
    if failure is not None:
        fact = f'{function}, default of "{declared.name}": {described(failure)}'
        raise DeclarationError(fact, failure.hint, code="typedml-value")


def _declare(name: str, reading: Reading, function: str) -> DeclaredParameter:
    owner = f'{function}, "{name}"'
    with named(owner):
        meaning, roles = meaning_of(reading.metadata), claim_of(reading.metadata).roles
    base = reading.base
    if meaning is not None:
        base = natural_base(meaning) if base is object else base
        found = misfit(meaning, base)
        if found is not None:
            refuse(f"{owner}: {found[0]}", found[1])
    return DeclaredParameter(
        name=name,
        meaning=meaning,
        base=base,
        nullable=reading.nullable,
        carrier=_carrier(reading, meaning),
        schema=_schema(reading, owner),
        library=reading.library,
        container=reading.container,
        roles=roles,
        isin=reading.isin,
        parts=tuple(_declare(f"{name}[{i}]", member, function) for i, member in enumerate(reading.members)),
        holds=_declare_within(name, reading.holds, function),
        returned=_declare_within(name, reading.returned, function),
    )


def _declare_within(name: str, reading: Reading | None, function: str) -> DeclaredParameter | None:
    return None if reading is None else _declare(name, reading, function)


def _carrier(reading: Reading, meaning: object) -> Any:
    # `Annotated[T, THRESHOLD]` without a known T is a value of its own.
    return (
        "scalar"
        if reading == attrs.evolve(UNSTATED, metadata=reading.metadata) and meaning
        else reading.carrier
    )


def _schema(reading: Reading, owner: str) -> DeclaredSchema | None:
    if reading.record is None:
        return None
    from typedml.declare.reader import read

    if isinstance(reading.record, type) and is_schema(reading.record):
        if "declared" not in vars(reading.record):
            return None
        if reading.carrier == "other" and reading.record not in reading.metadata:
            name = reading.record.__name__
            fact = f"{owner} is annotated with {name} itself, which has no instances."
            hint = f"Annotate the frame: Annotated[pd.DataFrame, {name}]."
            raise DeclarationError(fact, hint, code="typedml-unread")
    return read(reading.record)


def parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the parameters of a function.

    Raises: DeclarationError if it has no signature.
    """
    return tuple(_signature(function, getattr(function, "__qualname__", repr(function))).parameters)


def bind_arguments(function: Callable[..., Any], name: str, given: object) -> Mapping[str, object]:
    """The arguments of a worked example by name.

    Raises: DeclarationError if they do not fit the signature.
    """
    signature = _signature(function, name)
    try:
        if isinstance(given, Mapping):
            return signature.bind(**given).arguments
        return signature.bind(*(given if isinstance(given, tuple) else (given,))).arguments
    except TypeError as error:
        fact = f"The example {given!r} does not fit {name}: {error}."
        raise DeclarationError(
            fact, "Write examples=[((120.0, 2.0), 60.0)], or the arguments by name."
        ) from None
