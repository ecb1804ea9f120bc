"""Pint as the last resort: asked for a unit that the shipped table lacks, and only then imported.

The application registry of Pint is asked, so what a program has defined there is known here too.
"""

from __future__ import annotations

from typing import Any


def definition_of(name: str) -> str | None:
    """The definition of `name` in base units, in Pint's format, or None if Pint does not know it either.

    >>> definition_of("fortnight")
    'fortnight = 1209600 * second**1'
    """
    if not name.isidentifier():
        return None
    try:
        from pint import application_registry
    except ImportError:
        return None
    registry: Any = application_registry
    try:
        factor, base = registry.get_base_units(name)
        powers = dict(base._units)
    except Exception:  # noqa: BLE001  # beside its own errors Pint raises those of Python's tokenizer
        return None
    if powers == {name: 1}:
        return f"{name} = [{name}]"
    product = [f"{unit}**{_shown(powers[unit])}" for unit in sorted(powers)]
    return f"{name} = " + " * ".join([repr(factor), *product])


def _shown(power: float) -> str:
    return str(int(power)) if power == int(power) else str(power)
