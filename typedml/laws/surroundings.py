"""What a feature might change beside its result: settings of the process and of libraries.

>>> before = Surroundings.now()
>>> os.environ["TYPEDML_EXAMPLE"] = "1"
>>> before.changed()
['the environment variable TYPEDML_EXAMPLE']
>>> before.restore()
>>> before.changed()
[]
"""

from __future__ import annotations

import decimal
import locale
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any, final

import attrs
import numpy as np

from typedml.laws.build import library


@final
@attrs.frozen(eq=False)
class _Setting:
    """One setting: what it is called, how it is read and how it is put back."""

    name: str
    read: Callable[[], Any]
    write: Callable[[Any], object]


def _write_environment(values: Mapping[str, str]) -> None:
    for name in [name for name in os.environ if name not in values]:
        del os.environ[name]
    for name, value in values.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def _write_filters(filters: list[Any]) -> None:
    warnings.filters[:] = filters  # type: ignore[index]


def _write_path(entries: list[str]) -> None:
    sys.path[:] = entries


def _read_pandas() -> dict[str, Any]:
    """The options of pandas where it is loaded; those of polars are environment variables."""
    return library("pandas").settings() if "pandas" in sys.modules else {}


def _write_pandas(values: dict[str, Any]) -> None:
    if values:
        library("pandas").restore_settings(values)


def _read_decimals() -> tuple[int, str]:
    context = decimal.getcontext()
    return context.prec, context.rounding


def _write_decimals(values: tuple[int, str]) -> None:
    context = decimal.getcontext()
    context.prec, context.rounding = values


ENVIRONMENT = "the environment variable"
PANDAS = "the option of pandas"

SETTINGS = (
    _Setting(ENVIRONMENT, lambda: dict(os.environ), _write_environment),
    _Setting("the current folder", os.getcwd, os.chdir),
    _Setting("the filters of warnings", lambda: list(warnings.filters), _write_filters),
    _Setting("numpy's treatment of errors", np.geterr, lambda values: np.seterr(**values)),
    _Setting("numpy's print options", np.get_printoptions, lambda values: np.set_printoptions(**values)),
    _Setting(PANDAS, _read_pandas, _write_pandas),
    _Setting("sys.path", lambda: list(sys.path), _write_path),
    _Setting("the recursion limit", sys.getrecursionlimit, sys.setrecursionlimit),
    _Setting("the context of decimals", _read_decimals, _write_decimals),
    _Setting(
        "the locale",
        lambda: locale.setlocale(locale.LC_ALL),
        lambda value: locale.setlocale(locale.LC_ALL, value),
    ),
)


@final
@attrs.frozen(eq=False)
class Surroundings:
    """The settings at one moment."""

    values: Mapping[str, Any]

    @classmethod
    def now(cls) -> Surroundings:
        """The settings as they are."""
        return cls({setting.name: setting.read() for setting in SETTINGS})

    def changed(self) -> list[str]:
        """What is another one now, in words."""
        found: list[str] = []
        for setting in SETTINGS:
            before, now = self.values[setting.name], setting.read()
            if before != now:
                found += _names(setting.name, before, now)
        return found

    def restore(self) -> None:
        """Put back what is another one now."""
        for setting in SETTINGS:
            if setting.read() != self.values[setting.name]:
                setting.write(self.values[setting.name])


def _names(name: str, before: Any, now: Any) -> list[str]:
    """A variable or an option by its name; a library that was loaded meanwhile has changed nothing."""
    if name == PANDAS and not before:
        return []
    if name in (ENVIRONMENT, PANDAS):
        return [f"{name} {key}" for key in sorted(_unlike(before, now))]
    return [name]


def _unlike(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    absent = object()
    keys = dict.fromkeys([*before, *now])
    return [key for key in keys if before.get(key, absent) != now.get(key, absent)]
