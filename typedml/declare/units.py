"""Units by name: the registry that declarations use, with Pint behind it, and `load_units` for your own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.errors import AlgebraError
    from typedml.algebra.registry import Registry
    from typedml.algebra.unit import Unit

LONGEST_SHOWN = 80


@cache
def registry() -> Registry:
    """The units known to this process; Pint is asked only for a name that the shipped table lacks."""
    from typedml.algebra.registry import default_registry
    from typedml.declare.pint import definition_of

    shared = default_registry()
    if shared.resolver is None:
        shared.resolver = definition_of
    return shared


def load_units(source: str | os.PathLike[str]) -> None:
    """Add units of your own, from a file or a text in Pint's format.

    A text is told from a path by its `=`. Definitions that clash with a known unit are refused.

    Raises: DeclarationError with file and line if a definition cannot be read, clashes or is cyclic.

    >>> from typedml import Unit, convert, load_units
    >>> load_units("furlong_per_nap = furlong / (20 * minute)")
    >>> convert(1.0, "furlong_per_nap", "furlong/hour")
    3.0
    """
    given: object = source
    if not isinstance(given, str | os.PathLike):
        fact = f"{given!r} is neither a path nor a text with definitions."
        raise DeclarationError(fact, 'Write load_units("units.txt"), or load_units("league = 3 * mile").')
    with as_declaration_error():
        if isinstance(source, str) and ("=" in source or "\n" in source):
            registry().define(source)
        else:
            registry().load(source)
    from typedml.declare.conversion import forget

    forget()


def parse_unit(text: object) -> Unit:
    """The unit that `text` spells.

    Raises: DeclarationError if it is none.
    """
    if not isinstance(text, str):
        fact = f"A unit is spelled as text, not as {text!r}."
        raise DeclarationError(fact, 'Write Unit("km/hour"); for the pure number write Unit("1").')
    with as_declaration_error():
        return registry().unit(text)


def unit_variable(name: object) -> Unit:
    """The unit variable of this name.

    Raises: DeclarationError if the name is not an identifier.
    """
    if not isinstance(name, str) or not name.isidentifier():
        fact = f"{name!r} is not a name for a unit variable."
        raise DeclarationError(fact, 'Write U = UnitVar("U").')
    with as_declaration_error():
        return registry().unit(f"'{name}", variables=True)


@contextmanager
def as_declaration_error(hint: str | None = None) -> Iterator[None]:
    """Turn what the algebra refuses into a DeclarationError with its fact, and its hint or else this one."""
    from typedml.algebra.errors import AlgebraError, KindError

    try:
        yield
    except AlgebraError as error:
        code = "typedml-kind" if isinstance(error, KindError) else "typedml-unit"
        raise DeclarationError(_pointed(error), error.hint or hint, code=code) from None


def _pointed(error: AlgebraError) -> str:
    """The fact, with the place of the mistake below a unit that is longer than one name."""
    text, position = getattr(error, "text", ""), getattr(error, "position", 0)
    if text.isidentifier() or not 0 < len(text) <= LONGEST_SHOWN:
        return error.fact
    return f"{error.fact}\n    {text}\n    {' ' * position}^"
