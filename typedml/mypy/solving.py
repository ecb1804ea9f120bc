"""One call of a function with unit variables: what is given decides what they are.

The callee's open variables, and those of functions that are passed, are solved for by linear algebra over
exponents; mypy's own type variables only as far as they stand between the two, as in `map(square, legs)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.constraints import SUPERTYPE_OF, infer_constraints
from mypy.expandtype import expand_type, freshen_function_type_vars
from mypy.nodes import Expression, LambdaExpr
from mypy.solve import solve_constraints
from mypy.subtypes import is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Type,
    TypeOfAny,
    TypeVarId,
    UninhabitedType,
    get_proper_type,
    has_type_vars,
)

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.unification import (
    FRESH,
    freshened,
    instance,
    is_open,
    loosened,
    readable,
    settled,
    unify,
)
from typedml.mypy.carrier import lift, lower
from typedml.mypy.equations import callable_of, equations
from typedml.mypy.given import Given, given
from typedml.mypy.literals import literal_of
from typedml.mypy.owners import applied_units, settled_in, unit_of, units_of, variable_of, with_units
from typedml.mypy.scopes import Scope
from typedml.mypy.variables import changed, mentioned, mentions

if TYPE_CHECKING:
    from mypy.constraints import Constraint

    from typedml.algebra.unit import Unit
    from typedml.mypy.carrier import Lookup

NAME = "<function>"
"""The name of a function that has none; mypy tells a plugin of the call of what has one."""


class Call:
    """What is known of one call; `api` is mypy's checker."""

    def __init__(
        self,
        signature: CallableType,
        args: list[list[Expression]],
        context: Any,
        api: Any,
        owner: Type | None = None,
    ) -> None:
        self.units = {**units_of(owner), **applied_units(signature)}
        self.signature: CallableType = freshen_function_type_vars(signature)
        self.context, self.api, self.scope = context, api, Scope(api)
        self.given = list(given(context, args))
        self.equations: list[tuple[Unit, Unit]] = []
        self.constraints: list[Constraint] = []
        self.types: dict[TypeVarId, Type] = {}
        # Parameters that are given what no unit variable takes, and what functions are given.
        self.refused: set[int] = set()
        self.functions: dict[int, tuple[Type, Type]] = {}

    def solved(self, lookup: Lookup) -> CallableType:
        """Return the signature with its variables solved from what is given."""
        self._solve(lookup)
        return self._signature()

    def applied(self, lookup: Lookup) -> CallableType:
        """Return what is left of a function that is given some of its arguments: the rest may stay open."""
        self._solve(lookup)
        left: CallableType = self._result(self.fresh)  # type: ignore[assignment]  # a callable stays one
        return left

    def _solve(self, lookup: Lookup) -> None:
        self._lookup = lookup
        opened = self.scope.opened(getattr(self.context, "callee", None), self.signature)
        opened -= {name for name, unit in self.units.items() if unit is not None}
        fresh = changed(self.signature, lambda meaning, _: freshened(meaning, opened), lookup)
        self.fresh: CallableType = settled_in(fresh, self.units, lookup)  # type: ignore[assignment]  # stays one
        later = [each for each in self.given if not self._values(each)]
        for each in later:
            self._passed(each)
        for each in later:
            if isinstance(each.expression, LambdaExpr):
                self._lambda(each)
        self._wanted()
        self._tie()

    def _values(self, each: Given) -> bool:
        """Take account of an argument that is no function; return whether it is none."""
        formal = self.fresh.arg_types[each.formal]
        takes = callable_of(formal) is not None
        if isinstance(each.expression, LambdaExpr):
            return not takes
        typ = each.part(self._type_of(each.expression), self.signature)
        if typ is None:
            return True
        if takes and callable_of(typ) is not None:
            return False
        self._equate(each.formal, formal, typ)
        if self.fresh.variables and not _is_generic(each.expression):
            self._infer(formal, typ)
        return True

    def _type_of(self, expression: Expression) -> Type:
        with self.api.msg.filter_errors():
            found: Type = self.api.get_expression_type(expression)
        return found

    def _equate(self, index: int, formal: Type, typ: Type) -> None:
        pairs = list(equations(formal, typ))
        if any(found.sort is not Sort.VECTOR for _, found in pairs):
            self.refused.add(index)
        self.equations += [(wanted.unit, found.unit) for wanted, found in pairs if found.sort is Sort.VECTOR]

    def _infer(self, formal: Type, typ: Type) -> None:
        """Let mypy solve its own type variables as far as they are known."""
        self.constraints += infer_constraints(formal, typ, SUPERTYPE_OF)
        solved, _ = solve_constraints(self.fresh.variables, self.constraints, strict=False)
        for variable, found in zip(self.fresh.variables, solved, strict=True):
            if found is not None and not isinstance(get_proper_type(found), UninhabitedType | AnyType):
                self.types[variable.id] = found

    def _passed(self, each: Given) -> None:
        """Take account of a function that is given, whose own variables are open."""
        if isinstance(each.expression, LambdaExpr):
            return
        typ = each.part(self._type_of(each.expression), self.signature)
        formal = expand_type(self.fresh.arg_types[each.formal], self.types)
        wanted, have = callable_of(formal), callable_of(typ)
        if typ is None or wanted is None or have is None:
            return
        names, apart = self.scope.opened(each.expression, typ), len(self.functions)
        for item in have.items:
            loose = changed(item, lambda meaning, _: _loosened(meaning, names, apart), self._lookup)
            pairs = list(equations(wanted, loose))
            units = [(left.unit, right.unit) for left, right in pairs if right.sort is Sort.VECTOR]
            if unify([*self.equations, *units]).holds or item is have.items[-1]:
                break
        self._equate(each.formal, wanted, loose)
        if names:
            self.functions[each.formal] = (typ, loose)
        if self.fresh.variables:
            self._infer(self.fresh.arg_types[each.formal], self._instance(loose))

    def _lambda(self, each: Given) -> None:
        """Take account of what a lambda gives, whose parameters are known by now."""
        formal = expand_type(self.fresh.arg_types[each.formal], self.types)
        wanted = callable_of(formal)
        if not isinstance(wanted, CallableType) or not mentions(wanted.ret_type):
            return
        context = self._closed(wanted).copy_modified(ret_type=AnyType(TypeOfAny.special_form))
        if has_type_vars(context):
            return
        with self.api.msg.filter_errors():
            found = get_proper_type(self.api.get_expression_type(each.expression, context))
        if isinstance(found, CallableType):
            self._equate(each.formal, wanted.ret_type, found.ret_type)

    def _wanted(self) -> None:
        """Let the place of a result decide what no argument can: `start: Km = zero()`."""
        names = {name for typ in self.fresh.arg_types for name in mentioned(typ)}
        meaning = lower(self.fresh.ret_type)
        if not isinstance(meaning, Meaning) or not {*filter(is_open, meaning.unit.variables)} - names:
            return
        context = self.api.expr_checker.type_context[-1]
        if context is not None:
            self._equate(-1, self.fresh.ret_type, context)

    def _tie(self) -> None:
        """Let the unit of a type variable decide what it is: `Vec(k, k)` is a `Vec[Km]`."""
        solution = unify(self.equations).solution
        for variable in self.fresh.variables:
            unit = solution.get(variable_of(variable.name) + FRESH)
            if unit is None or any(map(is_open, unit.variables)):
                continue
            own = [each for each in self.scope.own if unit_of(each) == unit]
            found = own[0] if own else lift(self._lookup, Meaning(None, unit), "builtins.float")
            if found is not None:
                self.types[variable.id] = found

    def _instance(self, typ: Type) -> Type:
        solution = unify(self.equations).solution
        return changed(typ, lambda meaning, _: instance(meaning, solution), self._lookup)

    def _closed(self, typ: CallableType) -> CallableType:
        """Return a type with open variables solved, and plain numbers where they stay open."""
        solution = unify(self.equations).solution

        def close(meaning: Meaning, within: bool) -> Operand:
            found = instance(meaning, solution)
            return UNKNOWN if any(map(is_open, found.unit.variables)) else found

        return changed(typ, close, self._lookup)  # type: ignore[return-value]  # a callable stays one

    def _signature(self) -> CallableType:
        known: CallableType = expand_type(self.fresh, self.types)
        plain = self._closed(known)
        formals = [
            self._formal(index, declared, formal)
            for index, (declared, formal) in enumerate(
                zip(self.signature.arg_types, plain.arg_types, strict=True)
            )
        ]
        return known.copy_modified(
            arg_types=formals,
            ret_type=self._result(known.ret_type),
            variables=[each for each in known.variables if each.id not in self.types],
        )

    def _formal(self, index: int, declared: Type, formal: Type) -> Type:
        if index in self.refused:
            return declared
        decided = mentions(declared) or has_type_vars(declared)
        if decided and isinstance(lower(formal), Meaning) and self._is_generic(index):
            return lift(self._lookup, UNKNOWN, "builtins.float") or formal
        typ, loose = self.functions.get(index, (None, None))
        if typ is None or loose is None:
            return self._with_own(index, formal)
        # A function that is passed has variables of its own: some choice of them must fit.
        fits = is_subtype(
            self._instance(loose), self._instance(expand_type(self.fresh.arg_types[index], self.types))
        )
        return typ if fits or has_type_vars(formal) else formal

    def _with_own(self, index: int, formal: Type) -> Type:
        """Return a type in terms of the type variables of the class around, where such are given."""
        types = [
            each.part(self._type_of(each.expression), self.signature)
            for each in self.given
            if self.scope.own and each.formal == index
        ]
        for typ in types:
            if typ is not None and has_type_vars(typ):
                fits = is_subtype(with_units(typ, self.scope.own, self._lookup), formal)
                return typ if fits else formal
        return formal

    def _is_generic(self, index: int) -> bool:
        """Whether a parameter is given a number that every unit has, which mypy takes for another type."""
        return all(_is_generic(each.expression) for each in self.given if each.formal == index)

    def _result(self, typ: Type) -> Type:
        """Return what comes back; only a function keeps variables that are open, as its own."""
        found = self._instance(typ)
        names = readable(mentioned(found), self.scope.rigid)

        def close(meaning: Meaning, within: bool) -> Operand:
            if not any(map(is_open, meaning.unit.variables)):
                return meaning
            return settled(meaning, names) if within else UNKNOWN

        return named(changed(found, close, self._lookup))


def named(typ: Type) -> Type:
    """Return a function type by a name, if it has unit variables."""
    proper = get_proper_type(typ)
    if isinstance(proper, CallableType) and proper.name is None and mentions(proper):
        return proper.copy_modified(name=NAME)
    return typ


def _loosened(meaning: Meaning, names: frozenset[str], apart: int) -> Meaning:
    return Meaning(meaning.kind, loosened(meaning.unit, names, apart), meaning.cut, meaning.roles)


def _is_generic(expression: Expression) -> bool:
    literal = literal_of(expression)
    return literal is not None and literal.is_generic
