"""Reads what is written in `@feature(...)`: every option in its one form, what contradicts itself refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Group, Past, Row, Scope, Table
from typedml.errors import DeclarationError

CHOICES = {
    "rows": ("each", "any", "ordered"),
    "nulls": ("propagate", "skip", "handle"),
}
DIRECTIONS = ("increasing", "decreasing")
SCOPES = (Row, Group, Past, Table)


def read_options(function: Any, given: Mapping[str, Any]) -> FeatureOptions:
    """The options of a function as data.

    Raises: DeclarationError for an option that is unknown, or that contradicts itself or the signature.
    """
    name = getattr(function, "__qualname__", repr(function))
    known = attrs.fields_dict(FeatureOptions)
    unknown = [option for option in given if option not in known]
    if unknown:
        fact = f"@feature takes no option {unknown[0]!r}."
        raise DeclarationError(fact, f"Its options are {', '.join(known)}.")
    read = {
        option: READERS[option](function, f"{name}: {option}={value!r}", value)
        for option, value in given.items()
        if value is not None
    }
    return FeatureOptions(**read)


def _choice(function: Any, said: str, value: Any) -> Any:
    option = said.split(": ")[1].split("=")[0]
    if value not in CHOICES[option]:
        choices = ", ".join(map(repr, CHOICES[option]))
        raise DeclarationError(f"{said} is unknown.", f"It is one of {choices}.")
    return value


def _scope(function: Any, said: str, value: Any) -> Scope:
    if isinstance(value, type) and value in (Row, Table):
        value = value()
    if not isinstance(value, SCOPES):
        hint = 'Write scope=Row(), Group("carrier"), Past("sched_dep", window="24h") or Table().'
        raise DeclarationError(f"{said} is no scope.", hint)
    return value


def _outcome(function: Any, said: str, value: Any) -> dict[str, str | None]:
    if isinstance(value, str):
        return {value: None}
    found = dict(value) if isinstance(value, Mapping) else dict.fromkeys(value)
    if not all(_is_name(name) and (known is None or _is_name(known)) for name, known in found.items()):
        hint = 'Write outcome=["arr_delay"], or {"arr_delay": "arr_time"} with the time when it is known.'
        raise DeclarationError(f"{said} names no columns.", hint)
    return found


def _column(function: Any, said: str, value: Any) -> str:
    if not _is_name(value):
        raise DeclarationError(f"{said} is no name.", "Give the name of a column or of a parameter.")
    return str(value)


def _parameter(function: Any, said: str, value: Any) -> str:
    from typedml.declare.function_reading import parameter_names

    known = parameter_names(function)
    if value not in known:
        raise DeclarationError(f"{said} is no parameter.", f"Its parameters are {', '.join(known)}.")
    return str(value)


def _asof(function: Any, said: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(map(_is_name, value.values())):
        hint = 'Write asof={"weather": "time_hour"}: a parameter, and its column of times.'
        raise DeclarationError(f"{said} names no columns of times.", hint)
    return {_parameter(function, said, name): str(column) for name, column in value.items()}


def _monotone(function: Any, said: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not set(value.values()) <= set(DIRECTIONS):
        hint = 'Write monotone={"distance": "increasing"}, or "decreasing".'
        raise DeclarationError(f"{said} gives no directions.", hint)
    return dict(value)


def _complement(function: Any, said: str, value: Any) -> tuple[str, ...]:
    names = tuple(value) if not isinstance(value, str) else (value,)
    if len(names) != 2 or not all(map(_is_name, names)) or names[0] == names[1]:
        raise DeclarationError(f"{said} is no pair of inputs.", 'Write complement=("home", "away").')
    return names


def _serving(function: Any, said: str, value: Any) -> Callable[..., Any]:
    if not callable(value):
        raise DeclarationError(f"{said} is no function.", "Give the function that serves one row, or rows.")
    return value  # type: ignore[no-any-return]


def _examples(function: Any, said: str, value: Any) -> tuple[tuple[Mapping[str, object], object], ...]:
    from typedml.declare.function_reading import bind_arguments

    name = said.split(": ")[0]
    found = []
    for example in value:
        if not isinstance(example, tuple) or len(example) != 2:
            fact = f"{name}: the example {example!r} is no pair of arguments and result."
            raise DeclarationError(fact, "Write examples=[((120.0, 2.0), 60.0)].")
        found.append((bind_arguments(function, name, example[0]), example[1]))
    return tuple(found)


def _waivers(function: Any, said: str, value: Any) -> dict[str, str]:
    name = said.split(": ")[0]
    if not isinstance(value, dict):
        raise DeclarationError(
            f"{said} gives no reasons.", 'Write waive={"permute": "the first row is the reference"}.'
        )
    for law, reason in value.items():
        if not isinstance(reason, str) or not reason.strip():
            fact = f"{name}: law {law!r} is waived without a reason."
            raise DeclarationError(fact, f'Write waive={{"{law}": "why it does not hold"}}.')
    return dict(value)


def _dimensions(function: Any, said: str, value: Any) -> tuple[str, ...]:
    from typedml.algebra.base_dimensions import base_unit_of

    if isinstance(value, str):
        raise DeclarationError(f"{said} is one text.", f"Write pinned=[{value!r}].")
    if not isinstance(value, Iterable) or not all(map(_is_name, names := list(value))):
        raise DeclarationError(f"{said} names no dimensions.", 'Write pinned=["length"].')
    return tuple(base_unit_of(name) for name in names)


def _coefficient(function: Any, said: str, value: Any) -> float:
    if not isinstance(value, (int, float, Fraction)) or isinstance(value, bool) or not value > 0:
        raise DeclarationError(f"{said} is no positive number.", "Give the constant in SI units.")
    return float(value)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


READERS: dict[str, Callable[[Any, str, Any], Any]] = {
    "rows": _choice,
    "scope": _scope,
    "outcome": _outcome,
    "label": _column,
    "fit": _parameter,
    "asof": _asof,
    "nulls": _choice,
    "monotone": _monotone,
    "complement": _complement,
    "serving": _serving,
    "examples": _examples,
    "waive": _waivers,
    "pinned": _dimensions,
    "coefficient": _coefficient,
}
