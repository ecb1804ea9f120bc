"""Classes generic over a unit: in `class Vec(Generic[Q])`, `UnitVar("Q")` is the unit of `Q`.

    Q = TypeVar("Q", bound=float)
    U = UnitVar("Q")
    class Vec(Generic[Q]):
        x: Annotated[float, U]
        def norm(self) -> Annotated[float, U]: ...
    v: Vec[Km] = Vec(k, k)       # v.x and v.norm() are kilometres

To mypy, at run time and to other type checkers `Vec` is generic in a type variable like any other class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.expandtype import expand_type
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.types import AnyType, CallableType, Instance, Type, TypeVarType, get_proper_type

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.monomial import Monomial
from typedml.algebra.unification import instance
from typedml.algebra.unit import Unit
from typedml.mypy.carrier import lift, lower
from typedml.mypy.variables import changed, mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy.plugin import AttributeContext
    from mypy.types import TypeVarId

    from typedml.mypy.carrier import Lookup

    Settled = Unit | AnyType | None


def variable_of(name: str) -> str:
    """Return the unit variable that is the unit of a type variable."""
    return f"'{name}"


def unit_of(typ: Type) -> Unit | None:
    """Return the unit that a type argument stands for; of a type variable its own."""
    proper = get_proper_type(typ)
    if isinstance(proper, TypeVarType):
        return Unit(Monomial({variable_of(proper.name): 1}))
    meaning = lower(proper)
    return meaning.unit if isinstance(meaning, Meaning) and meaning.sort is Sort.VECTOR else None


def _stands_for(typ: Type) -> Settled:
    proper = get_proper_type(typ)
    return proper if isinstance(proper, AnyType) else unit_of(proper)


def units_of(owner: Type | None) -> dict[str, Settled]:
    """Return what the unit variables of an object's classes stand for; None where nothing is known of one."""
    typ = get_proper_type(owner)
    found: dict[str, Settled] = {}
    if isinstance(typ, Instance):
        for base in typ.type.mro:
            if base.defn.type_vars:
                args = map_instance_to_supertype(typ, base).args
                names = [variable_of(each.name) for each in base.defn.type_vars]
                found.update(zip(names, map(_stands_for, args), strict=False))
    return found


def applied_units(signature: CallableType) -> dict[str, Settled]:
    """Return what the unit variables stand for of a class that is called with them: `Vec[Km](x, y)`."""
    result = get_proper_type(signature.ret_type)
    if not signature.is_type_obj() or not isinstance(result, Instance):
        return {}
    free = {variable_of(each.name) for each in signature.variables}
    return {name: unit for name, unit in units_of(result).items() if name not in free}


def seen(ctx: AttributeContext, lookup: Lookup) -> Type:
    """Return the type of an attribute, with the units of the object that it belongs to."""
    units = units_of(ctx.type)
    return settled_in(ctx.default_attr_type, units, lookup) if units else ctx.default_attr_type


def settled_in(typ: Type, units: dict[str, Settled], lookup: Lookup) -> Type:
    """Return a type with the unit variables of a class replaced; what depends on Any is Any."""
    known = {name: unit for name, unit in units.items() if isinstance(unit, Unit)}

    def replaced(meaning: Meaning, within: bool) -> Operand | Type:
        others = [units[name] for name in meaning.unit.variables if name in units and name not in known]
        unsaid = next((each for each in others if isinstance(each, AnyType)), None)
        return unsaid or (UNKNOWN if others else instance(meaning, known))

    return changed(typ, replaced, lookup) if mentions(typ) else typ


def own_variables(stack: Iterable[Any]) -> list[TypeVarType]:
    """Return the type variables of the classes around a place."""
    classes = (each for each in stack if isinstance(each, TypeInfo))
    return [each for info in classes for each in info.defn.type_vars if isinstance(each, TypeVarType)]


def with_units(typ: Type, variables: Iterable[TypeVarType], lookup: Lookup) -> Type:
    """Return a type with numbers of a unit in place of the type variables of the class around."""
    found: dict[TypeVarId, Type] = {}
    for each in variables:
        number = lift(lookup, Meaning(None, Unit(Monomial({variable_of(each.name): 1}))), "builtins.float")
        if number is not None:
            found[each.id] = number
    return expand_type(typ, found)
