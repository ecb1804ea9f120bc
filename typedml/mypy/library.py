"""Calls of functions that a stub of meanings knows: what they are given is checked, what they give is told.

What a function makes of meanings is said in stub files and worked out by the algebra; here is what mypy knows
of one call. The carrier - a float, an array - is what the library itself declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mypy.messages import format_type
from mypy.nodes import (
    ARG_STAR,
    Expression,
    RefExpr,
    TypeInfo,
)
from mypy.plugin import MethodContext
from mypy.types import AnyType, NoneType, Type, TypeOfAny, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.strictness import Place
from typedml.algebra.unification import bind, bound, freshened
from typedml.messages import argument, render
from typedml.mypy.applied import Fault, Value, collected, evaluated
from typedml.mypy.carrier import base_of, carries, lift, lower
from typedml.mypy.opened import unwrapped
from typedml.mypy.passed import Argument, Bound, arguments_of, bound_to
from typedml.mypy.recalled import Recalled, key_of, recall, remember
from typedml.mypy.relabelled import Label, common_class, concerns, displayed, item_of, relabelled
from typedml.mypy.reports import fail
from typedml.mypy.shapes import spell
from typedml.mypy.stubs import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.plugin import FunctionContext, MethodContext

    from typedml.mypy.carrier import Lookup, base_of
    from typedml.mypy.session import Session
    from typedml.mypy.stubs import LibraryFunction, Overloads, Parameter

    Context = FunctionContext | MethodContext

SIGNS: Final = {
    "__and__": "&",
    "__or__": "|",
    "__sub__": "-",
    "__xor__": "^",
    "__eq__": "==",
    "__ne__": "!=",
    "__le__": "<=",
    "__lt__": "<",
    "__ge__": ">=",
    "__gt__": ">",
}


def call(ctx: Context, overloads: Overloads, session: Session) -> Type:
    """Check what a library function is given, and return the type of what it gives back."""
    default = unwrapped(ctx.default_return_type)
    if not any(map(concerns, _types(ctx))) and not session.uses_meanings:
        return default  # code that never heard of meanings is left alone
    key = key_of(ctx, overloads, session, default)
    known = recall(key, ctx, session) if key is not None else None
    if known is not None:
        return known
    arguments = list(arguments_of(ctx))
    for function in overloads:
        given = bound_to(function, arguments, ctx)
        if given is not None:
            made = _Call(ctx, function, given, session, default)
            found = made.type()
            if key is not None and made.told is not None:
                remember(key, Recalled(found, *made.told, (default, overloads)))
            return found
    return default


def _types(ctx: Context) -> Iterator[Type]:
    if isinstance(ctx, MethodContext):
        yield ctx.type
    for types in ctx.arg_types:
        yield from types


class _Call:
    """One call of one function, whose arguments are told apart by the parameters that they are for."""

    def __init__(
        self, ctx: Context, function: LibraryFunction, given: Bound, session: Session, default: Type
    ) -> None:
        self.ctx, self.function, self.given, self.session, self.default = (
            ctx,
            function,
            given,
            session,
            default,
        )
        # What the call means by itself, and of which numbers, where nothing else has a say.
        self.told: tuple[Meaning, tuple[Meaning, ...]] | None = None
        self.is_refused = False
        self.parameters = {each.name: each for each in function.parameters}
        self.solution = bind(
            (freshened(parameter.meaning).unit, value.operand.unit)
            for parameter, value in self._declared()
            if parameter.meaning is not None and isinstance(value.operand, Meaning)
        )

    def type(self) -> Type:
        """Return the type of the result, and report what is wrong with the arguments."""
        self._check_meanings()
        wholes = self.session.wholes
        whole = wholes.around(self.ctx.context) if wholes.awaits(self.ctx.context) else None
        if isinstance(whole, Meaning | Unknown):
            return lift(self.session.lookup, whole, "builtins.float") or self.default
        if not any(map(self._is_concerned, self.given.values())):
            return self._declared_result()
        values = {name: self._values(name, given) for name, given in self.given.items()}
        if any(value.operand is None for found in values.values() for value in found):
            return self.default
        for name in self.given:
            expression = self.parameters[name].check
            fault = evaluated(expression, values, self.session.level) if expression is not None else None
            if isinstance(fault, Fault):
                return self._refused(fault)
        return self._result(values)

    def _declared_result(self) -> Type:
        """Return the type of a result whose meaning the user's own stub says, whatever was given."""
        results = self.function.results
        meaning = results[0].meaning if self.function.is_own and len(results) == 1 else None
        if meaning is None or meaning.unit.variables or not self.session.uses_meanings:
            return self.default
        return relabelled(self.default, [Label(meaning)], self.session.lookup)

    def _declared(self) -> Iterator[tuple[Parameter, Value]]:
        """Yield the numbers that are given where the stub says what they mean."""
        for name, given in self.given.items():
            parameter = self.parameters[name]
            for each in given if parameter.meaning is not None else ():
                if lower(each.type) is not None:
                    operand = self.session.operand(each.expression, each.type)
                    yield parameter, Value(operand, each.expression, each.type)

    def _check_meanings(self) -> None:
        for parameter, value in self._declared():
            wanted = bound(freshened(parameter.meaning), self.solution) if parameter.meaning else None
            if wanted is None or value.operand is None:
                continue
            mismatch = flow(value.operand, wanted, level=self.session.level, place=Place.LIBRARY)
            if mismatch is not None:
                self.is_refused = True
                self._report_argument(mismatch, parameter, value)

    def _report_argument(self, mismatch: Mismatch, parameter: Parameter, value: Value) -> None:
        place = list(self.parameters).index(parameter.name) + 1 - ("self" in self.parameters)
        carriers = (self.session.carrier(value.expression), "float")
        sentence = argument(mismatch, place, self.function.name, carriers)
        text = self.session.text(value.expression) or None
        rendered = render(mismatch, names=(text, None), sentence=sentence)
        fail(self.ctx.api, mismatch.code, rendered.text, rendered.hint, self.ctx.context)

    def _is_concerned(self, given: list[Argument]) -> bool:
        parameter = next(name for name, each in self.given.items() if each is given)
        if not (self.parameters[parameter].holds_number or self.parameters[parameter].runs_over):
            return False
        return any(concerns(each.type) or self._holds_meanings(each.expression) for each in given)

    def _holds_meanings(self, expression: Expression) -> bool:
        types = (self.session.type_of(item) for item in displayed(expression))
        return any(typ is not None and carries(typ) for typ in types)

    def _values(self, name: str, given: list[Argument]) -> list[Value]:
        """Return the numbers given for a parameter, or what those that it runs over have in common."""
        parameter = self.parameters[name]
        numbers = [each for each in given if not isinstance(get_proper_type(each.type), NoneType)]
        if parameter.runs_over:
            return [self._items(each) for each in numbers]
        if parameter.holds_number:
            return [self._number(each) for each in numbers]
        return [Value(UNKNOWN, each.expression, each.type, function_named(each)) for each in numbers]

    def _number(self, each: Argument) -> Value:
        # One of many has no source of its own.
        expression = each.expression if each.kind is not ARG_STAR else None
        return Value(self.session.operand(expression, each.type), expression, each.type)

    def _items(self, each: Argument) -> Value:
        items = [
            Value(self.session.operand(item, typ), item, typ)
            for item in displayed(each.expression)
            if (typ := self.session.type_of(item)) is not None
        ]
        if items and all(item.operand is not None for item in items):
            return collected(items)
        item_type = item_of(each.type) or each.type
        return Value(self.session.operand(None, item_type), None, item_type)

    def _result(self, values: dict[str, list[Value]]) -> Type:
        numbers = [value for name, found in values.items() if self._tells_class(name) for value in found]
        like = common_class([value.type for value in numbers if value.type is not None])
        labels = []
        for result in self.function.results:
            answer: Operand | Fault | None = None
            keeps = result.keeps_class
            if result.expression is not None:
                found = evaluated(result.expression, values, self.session.level)
                keeps = keeps or (isinstance(found, Value) and found.keeps_class)
                answer = found.operand if isinstance(found, Value) else found
                answer = self._as_whole(answer, numbers) if answer is not None else None
            elif result.meaning is not None:
                answer = bound(freshened(result.meaning), self.solution)
            if isinstance(answer, Fault):
                return self._refused(answer)
            if result.takes_no_integer and like is not None and base_of(like) == "builtins.int":
                labels.append(Label(answer, lift(self.session.lookup, UNKNOWN, "builtins.float"), keeps))
            else:
                labels.append(Label(answer, like, keeps))
        return relabelled(self.default, labels, self.session.lookup)

    def _tells_class(self, name: str) -> bool:
        return self.parameters[name].holds_number or self.parameters[name].runs_over

    def _as_whole(self, answer: Operand | Fault, numbers: list[Value]) -> Operand | Fault:
        """Return what a call means as a part of a larger expression, or by what its arguments are."""
        wholes, context = self.session.wholes, self.ctx.context
        if isinstance(answer, Fault):
            found = wholes.mended(context, answer.mismatch)
        else:
            operands = tuple(value.operand for value in numbers if value.operand)
            found = wholes.gained(context, answer, operands)
            if found is None and not self.is_refused:
                self._tell(answer, operands)
        return found if isinstance(found, Meaning | Unknown) else answer

    def _tell(self, answer: Operand, operands: tuple[Operand, ...]) -> None:
        """Say what may be recalled: one number that was made of numbers whose types say what they mean."""
        simple = len(self.function.results) == 1 and all(self.parameters[n].holds_number for n in self.given)
        meanings = tuple(each for each in operands if isinstance(each, Meaning))
        if simple and isinstance(answer, Meaning) and len(meanings) == len(operands):
            self.told = (answer, meanings)

    def _refused(self, fault: Fault) -> Type:
        if self.function.name in SIGNS:
            return self._refused_operator(fault)
        expressions = [value.expression for value in fault.values]
        types = [value.type or AnyType(TypeOfAny.special_form) for value in fault.values]
        mismatch = fault.mismatch
        if not mismatch.operation.isidentifier():
            mismatch = mismatch.within(self.function.name)
        if None in expressions and (len(expressions) > 1 or not self.function.parameters[0].runs_over):
            # What runs over numbers has no one source that a hint could change.
            mismatch = mismatch.with_remedy(None)
        self.session.report(self.ctx, mismatch, expressions, self.function.name, types=types)
        return AnyType(TypeOfAny.from_error)

    def _refused_operator(self, fault: Fault) -> Type:
        """Report an operator of containers, with the types that stand on its sides."""
        sign, options = SIGNS[self.function.name], self.ctx.api.options
        sides = [found[0].type for found in self.given.values()]
        sentence = "Unsupported operand types for {} ({} and {})".format(
            sign, *(spell(format_type(side, options)) for side in sides)
        )
        rendered = render(fault.mismatch.with_remedy(None), sentence=sentence)
        fail(self.ctx.api, fault.mismatch.code, rendered.text, rendered.hint, self.ctx.context)
        return self.default


def function_named(each: Argument) -> str:
    """Return the full name of a function that is given as an argument."""
    return each.expression.fullname if isinstance(each.expression, RefExpr) else ""


def method(fullname: str, lookup: Lookup, folders: tuple[str, ...]) -> Overloads:
    """Return what the stubs say of a method, by the class that defines it."""
    owner, _, name = fullname.rpartition(".")
    symbol = lookup(owner)
    node = symbol.node if symbol is not None else None
    defining = node.get_containing_type_info(name) if isinstance(node, TypeInfo) else None
    return find(f"{defining.fullname}.{name}", folders) if defining is not None else ()
