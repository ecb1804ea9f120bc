"""The page of a unit: dimension, exact scale, zero point, and how it is declared."""

from __future__ import annotations

from rich.console import RenderableType

from typedml.algebra.unit import Unit
from typedml.cli.console import facts


def unit_page(unit: Unit) -> RenderableType:
    """Return everything there is to say of a unit."""
    base = Unit(unit.dimension * unit.tags)
    return facts(
        [
            ("dimension", str(Unit(unit.dimension)) if unit.dimension else "a pure number"),
            ("counts", _plain(Unit(unit.tags)) if unit.tags else ""),
            ("scale", _scale(unit, base)),
            ("zero point", _origin(unit)),
            ("differences", str(unit.delta()) if unit.is_point else ""),
            ("declare", f'Annotated[float, Unit("{unit}")]'),
        ]
    )


def _scale(unit: Unit, base: Unit) -> str:
    ratio = Unit(unit.vector).ratio(base)
    exact = ratio.exact
    figure = f"{float(ratio):.12g}"
    if exact is not None:
        figure = str(exact) if exact.denominator == 1 else f"{exact} ({figure})"
    return f"1 {unit.delta()} = {figure}{'' if base.is_number else f' {_plain(base)}'}"


def _plain(unit: Unit) -> str:
    """Return the text of a unit without the marks that tell tags from base units."""
    return str(unit).replace("#", "")


def _origin(unit: Unit) -> str:
    if unit.origin is None:
        return ""
    if isinstance(unit.origin, str):
        return unit.origin
    return f"{float(unit.origin):.12g} {Unit(unit.dimension)}"
