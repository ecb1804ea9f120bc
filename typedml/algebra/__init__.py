"""Units, kinds and their rules: pure mathematics, standard library only.

Names are loaded when they are first asked for, so that a program pays for what it uses. The functions
`registry.unit` and `solve.solve` are imported from their modules, whose names they would hide.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.errors import AlgebraError, KindError, RegistryError, UnitError
    from typedml.algebra.monomial import ONE, Exponent, Monomial
    from typedml.algebra.ratio import Ratio
    from typedml.algebra.registry import Registry, default_registry
    from typedml.algebra.solve import Conflict, principal, rename_apart, substitute
    from typedml.algebra.unit import Unit

_HOMES = {
    "AlgebraError": "errors", "KindError": "errors", "RegistryError": "errors", "UnitError": "errors",
    "ONE": "monomial", "Exponent": "monomial", "Monomial": "monomial",
    "Ratio": "ratio",
    "Registry": "registry", "default_registry": "registry",
    "Conflict": "solve", "principal": "solve", "rename_apart": "solve", "substitute": "solve",
    "Unit": "unit",
}  # fmt: skip

__all__ = [
    "AlgebraError", "KindError", "RegistryError", "UnitError",
    "ONE", "Exponent", "Monomial",
    "Ratio",
    "Registry", "default_registry",
    "Conflict", "principal", "rename_apart", "substitute",
    "Unit",
]  # fmt: skip


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
