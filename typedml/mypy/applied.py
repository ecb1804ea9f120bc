"""What an expression of a stub makes of the arguments of a call: `hypot(coordinates)`, `x * y + z`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from mypy.nodes import CallExpr, Expression, RefExpr
from mypy.types import Type

from typedml.algebra.expression import Call, Name, Number, Operation, Unary
from typedml.algebra.flow import join
from typedml.algebra.functions import apply
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine, unary
from typedml.mypy.stubs import find
from typedml.mypy.variables import is_of_any_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typedml.algebra.expression import Expression as Formula
    from typedml.algebra.strictness import Level
    from typedml.mypy.operands import Reader
    from typedml.mypy.stubs import LibraryFunction

FOLDED = {"prod": "*"}
"""Functions of many values that combine those of a display, each with a meaning of its own."""


@attrs.frozen
class Value:
    """What is given for a parameter: its meaning, its source and type, and the function that it is, if any.

    Of a display these are what its items have in common, and the items. `keeps_class` tells that a function
    that was passed gives integers where it is given integers.
    """

    operand: Operand | None
    expression: Expression | None = None
    type: Type | None = None
    function: str = ""
    items: tuple[Value, ...] = ()
    keeps_class: bool = False


@attrs.frozen
class Fault:
    """Why an expression has no meaning, and the values that it is about in the order of the mismatch."""

    mismatch: Mismatch
    values: tuple[Value, ...]


class UnsaidError(Exception):
    """A part of an expression of which nothing is known, so that the whole says nothing."""


def evaluated(formula: Formula, values: Mapping[str, Sequence[Value]], level: Level) -> Value | Fault | None:
    """Return what an expression means with values for its names; None where nothing is known of it."""
    try:
        found = _Evaluation(values, level).of(formula)
    except UnsaidError:
        return None
    if isinstance(found, Fault):
        return found
    return found[0] if found else None


class _Evaluation:
    """Each part of an expression stands for as many values as were given: a name may for several."""

    def __init__(self, values: Mapping[str, Sequence[Value]], level: Level) -> None:
        self.values, self.level = values, level

    def of(self, formula: Formula) -> list[Value] | Fault:
        if isinstance(formula, Name):
            return [*self.values.get(formula.text, ())]
        if isinstance(formula, Number):
            return [Value(formula.operand)]
        parts: list[Value] = []
        for part in formula.parts:
            found = self.of(part)
            if isinstance(found, Fault):
                return found
            parts += found
        return self._combined(formula, parts)

    def _combined(self, formula: Formula, parts: list[Value]) -> list[Value] | Fault:
        if isinstance(formula, Call) and formula.function in FOLDED and parts and parts[0].items:
            return self._folded(FOLDED[formula.function], parts[0].items)
        clash = next(filter(None, (disagreement(each.items, self.level) for each in parts)), None)
        if clash is not None:
            return clash
        operands = [each.operand or UNKNOWN for each in parts]
        if isinstance(formula, Call):
            if formula.function in self.values:
                return self._passed(self.values[formula.function][0].function, parts)
            return self._value(apply(formula.function, *operands, level=self.level), parts)
        if isinstance(formula, Unary):
            return self._value(unary(formula.op, operands[0]), parts)
        if not isinstance(formula, Operation) or len(parts) == 1:
            return parts  # what is optional was not given: `prod(iterable) * start`
        return self._value(combine(formula.op, operands[0], operands[1], level=self.level), parts)

    def _folded(self, op: str, items: Sequence[Value]) -> list[Value] | Fault:
        """Return what the values of a display are together: `prod([distance, speed])`."""
        answer: Operand | Mismatch = items[0].operand or UNKNOWN
        for each in items[1:]:
            if not isinstance(answer, Mismatch):
                answer = combine(op, answer, each.operand or UNKNOWN, level=self.level)
        return self._value(answer, [*items])

    def _passed(self, fullname: str, parts: list[Value]) -> list[Value] | Fault:
        """Return what a function that is passed makes of values, if the stubs know it."""
        for function in find(fullname):
            result = function.results[0].expression if len(function.results) == 1 else None
            names = [each.name for each in function.parameters]
            fits = len(names) >= len(parts) and not any(each.runs_over for each in function.parameters)
            if result is not None and fits:
                values = {name: [part] for name, part in zip(names, parts, strict=False)}
                found = _Evaluation(values, self.level).of(result)
                if isinstance(found, Fault):
                    return Fault(found.mismatch.within(function.name), found.values)
                keeps = function.results[0].keeps_class
                return [attrs.evolve(each, keeps_class=keeps) for each in found]
        raise UnsaidError

    def _value(self, answer: Operand | Mismatch, parts: list[Value]) -> list[Value] | Fault:
        return Fault(answer, tuple(parts)) if isinstance(answer, Mismatch) else [Value(answer)]


def collected(items: Sequence[Value]) -> Value:
    """Return the items of a display as one value: what they have in common; 0.0 takes part in any unit."""
    found = [each.operand or UNKNOWN for each in items]
    specific = [each for each in found if not (isinstance(each, Literal) and each.is_generic)] or found[:1]
    result = specific[0]
    for each in specific[1:]:
        result = join(result, each)
    return Value(result, None, items[0].type, items=tuple(items))


def disagreement(items: Sequence[Value], level: Level) -> Fault | None:
    """Return which two of several values cannot stand side by side: they do not even compare."""
    declared = [place for place, each in enumerate(items) if isinstance(each.operand, Meaning)]
    for place in range(len(items)) if declared else ():
        pair = [items[each] for each in sorted((declared[0], place))]
        clash = combine("==", *(each.operand or UNKNOWN for each in pair), level=level)
        if place != declared[0] and isinstance(clash, Mismatch):
            return Fault(clash, tuple(pair))
    return None


def called(call: CallExpr, reader: Reader, depth: int) -> Operand:
    """Return what a call means whose type alone does not say it: `len(xs)`, `min(least, leg)`, a share.

    A mean of truth values is a proportion, and their sum a count.
    """
    name = call.callee.fullname if isinstance(call.callee, RefExpr) else ""
    if name == "builtins.len":
        answer = apply("len", UNKNOWN)
        return UNKNOWN if isinstance(answer, Mismatch) else answer
    if isinstance(call.callee, RefExpr) and is_of_any_unit(call.callee.node):
        return Literal(0.0)  # nothing else is: a value of every unit is zero, infinite or no number
    for function in find(name):
        formula = function.results[0].expression if len(function.results) == 1 else None
        values = _read_values(call, function, reader, depth) if formula is not None else None
        found = evaluated(formula, values, reader.level) if formula is not None and values else None
        operand = found.operand if isinstance(found, Value) else None
        # The least of several zeros has every unit, as they have.
        if isinstance(operand, Meaning) or (isinstance(operand, Literal) and operand.is_generic):
            return operand
    return UNKNOWN


def _read_values(
    call: CallExpr, function: LibraryFunction, reader: Reader, depth: int
) -> dict[str, list[Value]] | None:
    """Return what is given for the parameters of a function, of one iterable or of several numbers."""
    parameters = function.parameters
    if parameters[0].runs_over:
        each = reader.each(call.args[0], depth) if len(call.args) == 1 else UNKNOWN
        return {parameters[0].name: [Value(each)]} if isinstance(each, Meaning | Literal) else None
    numbers = [each for each in parameters if each.holds_number]
    if not call.args or not numbers:
        return None
    if len(call.args) == 1 and not isinstance(reader.operand(call.args[0], depth=depth), Meaning):
        return None  # what is read of a plain value is plain
    values: dict[str, list[Value]] = {}
    for place, argument in enumerate(call.args):
        name = numbers[min(place, len(numbers) - 1)].name
        values.setdefault(name, []).append(Value(reader.beside(argument, depth=depth)))
    return values
