"""Whether some choice of its unit variables makes one function fit where another is wanted.

    area: Callable[[Km], SquareKm] = square                 # U is km
    class Round(Shape): def area(self, r: V) -> V**2        # where Shape says U -> U**2

mypy compares the names of variables, so it complains, and each complaint is looked at once more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs
from mypy.nodes import Decorator, Expression, FuncBase, TypeInfo
from mypy.subtypes import is_subtype
from mypy.typeops import bind_self
from mypy.types import CallableType, Instance, Type, get_proper_type

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.unification import freshened, instance, loosened, readable, settled, unify
from typedml.mypy.equations import callable_of, equations
from typedml.mypy.scopes import Scope
from typedml.mypy.variables import changed, mentioned, mentions

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.unit import Unit
    from typedml.mypy.session import Session
    from typedml.mypy.shapes import Number, Shape

FUNCTION: Final = "Callable[["
OVERRIDE: Final = re.compile(r' of "(?P<name>\w+)" (?:is )?incompatible with .*supertype "(?P<base>\w+)"')


def chosen(
    given: Shape, wanted: Shape, expression: Expression | None, session: Session
) -> tuple[Shape, Shape]:
    """Return two printed functions with the variables solved for that are open in them."""
    if not given.text.startswith(FUNCTION) or len(given.numbers) != len(wanted.numbers):
        return given, wanted
    opened = _opened(given, expression, session)
    # Of a decorator mypy says no place, and its variables are open as well.
    loose = _renamed(given, lambda meaning: _loosened(meaning, opened))
    fresh = wanted if expression is not None else _renamed(wanted, freshened)
    solution = unify(_pairs(loose, fresh)).solution
    solved = [_renamed(each, lambda meaning: instance(meaning, solution)) for each in (loose, fresh)]
    names = readable((name for each in solved for number in each.numbers for name in _variables(number)), ())
    left, right = (_renamed(each, lambda meaning: settled(meaning, names)) for each in solved)
    return left, right


def _opened(given: Shape, expression: Expression | None, session: Session) -> frozenset[str]:
    typ = session.type_of(expression) if expression is not None else None
    if typ is not None and session.checker is not None and mentions(typ):
        return Scope(session.checker).opened(expression, typ)
    return frozenset(name for number in given.numbers for name in _variables(number))


def _variables(number: Number) -> tuple[str, ...]:
    return number.operand.unit.variables if isinstance(number.operand, Meaning) else ()


def _loosened(meaning: Meaning, names: frozenset[str]) -> Meaning:
    return Meaning(meaning.kind, loosened(meaning.unit, names), meaning.cut, meaning.roles)


def _renamed(printed: Shape, change: Callable[[Meaning], Meaning]) -> Shape:
    def renamed(operand: Operand) -> Operand:
        return change(operand) if isinstance(operand, Meaning) and operand.unit.variables else operand

    numbers = tuple(attrs.evolve(each, operand=renamed(each.operand)) for each in printed.numbers)
    return attrs.evolve(printed, numbers=numbers)


def _pairs(given: Shape, wanted: Shape) -> list[tuple[Unit, Unit]]:
    pairs = ((one.operand, other.operand) for one, other in zip(given.numbers, wanted.numbers, strict=True))
    return [
        (one.unit, other.unit)
        for one, other in pairs
        if isinstance(one, Meaning) and isinstance(other, Meaning) and _are_vectors(one, other)
    ]


def _are_vectors(*meanings: Meaning) -> bool:
    return all(meaning.sort is Sort.VECTOR for meaning in meanings)


def overrides(message: str, session: Session) -> bool:
    """Whether a method that mypy complains of is its base's, but for the names of variables."""
    match = OVERRIDE.search(message)
    info = session.checker.scope.current_class() if match is not None and session.checker else None
    if match is None or info is None:
        return False
    base = next((each for each in info.mro if each.name == match["base"]), None)
    own, other = (_method(each, match["name"]) for each in (info, base))
    return own is not None and other is not None and fits(own, other, frozenset(mentioned(own)), session)


def _method(info: TypeInfo | None, name: str) -> CallableType | None:
    node = info.names[name].node if info is not None and name in info.names else None
    function: FuncBase | Decorator | None = node if isinstance(node, FuncBase | Decorator) else None
    if function is None:
        return None
    declared = get_proper_type(function.var.type if isinstance(function, Decorator) else function.type)
    if not isinstance(declared, CallableType):
        return None
    inner = function.func if isinstance(function, Decorator) else function
    return declared if inner.is_static else bind_self(declared)


def implements(wanted: str, expression: Expression | None, session: Session) -> bool:
    """Whether a function is what a protocol of this name wants to be called."""
    symbol = session.tree.names.get(wanted)
    info = symbol.node if symbol is not None else None
    typ = session.type_of(expression) if expression is not None else None
    if typ is None or not isinstance(info, TypeInfo) or not info.is_protocol or info.type_vars:
        return False
    have, want = callable_of(typ), callable_of(Instance(info, []))
    if not isinstance(have, CallableType) or not isinstance(want, CallableType):
        return False
    return fits(have, want, Scope(session.checker).opened(expression, have), session)


def fits(have: CallableType, want: CallableType, names: frozenset[str], session: Session) -> bool:
    """Whether some choice of the named variables of a function makes it one that is wanted."""
    loose = changed(have, lambda meaning, _: _loosened(meaning, names), session.lookup)
    units = [(left.unit, right.unit) for left, right in equations(want, loose) if _are_vectors(left, right)]
    solution = unify(units).solution

    def solved(typ: Type) -> Type:
        return changed(typ, lambda meaning, _: instance(meaning, solution), session.lookup)

    return is_subtype(solved(loose), want)
