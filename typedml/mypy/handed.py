"""Functions of a library where functions of meanings are wanted: `pipe(abs)`, `{"most": max, "total": sum}`.

mypy compares the types that the library declares, in which no number means anything; what the function makes
of a number with a meaning is said by its stub of meanings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mypy.nodes import RefExpr

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning, Unknown
from typedml.mypy.applied import Fault, Value, evaluated
from typedml.mypy.shapes import HOLE, Shape
from typedml.mypy.stubs import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy.nodes import Expression

    from typedml.algebra.mismatch import Mismatch
    from typedml.mypy.session import Session
    from typedml.mypy.shapes import Number
    from typedml.mypy.stubs import LibraryFunction, Parameter

    Values = dict[str, list[Value]]

# A function of numbers, or of what holds numbers of one sort, that gives one number.
WANTED: Final = re.compile(rf"Callable\[\[(?P<taken>[^()]*)\], {HOLE}\]")
TAKEN: Final = re.compile(r"[^\[\], ]+(?:\[[^\]]*\])?")
HOLDER: Final = re.compile(rf"\w+\[{HOLE}(?:, \.\.\.)?\]")


def answer(expression: Expression | None, wanted: Shape, session: Session) -> Mismatch | bool | None:
    """Say whether a function of a library fits where a type is wanted; None where nothing is known."""
    match = WANTED.fullmatch(wanted.text)
    if match is None or not isinstance(expression, RefExpr):
        return None
    taken = TAKEN.findall(match["taken"])
    *numbers, result = wanted.numbers
    if len(taken) != len(numbers):
        return None
    fault: Mismatch | None = None
    for function in find(expression.fullname):
        values = _values(function, taken, numbers)
        formula = function.results[0].expression if values and len(function.results) == 1 else None
        found = evaluated(formula, values, session.level) if formula is not None and values else None
        if isinstance(found, Fault):
            fault = fault or found.mismatch
            continue
        given = found.operand if found is not None else None
        if isinstance(given, Meaning | Unknown):
            wants = result.operand
            clash = flow(given, wants, level=session.level) if isinstance(wants, Meaning) else None
            return True if clash is None else clash
    return fault


def _values(function: LibraryFunction, taken: Sequence[str], given: Sequence[Number]) -> Values | None:
    """Return what the parameters of a function are given; None where they take something else."""
    parameters = function.parameters
    places = [min(place, len(parameters) - 1) for place in range(len(taken))]
    values: Values = {}
    for place, (text, number) in enumerate(zip(taken, given, strict=True)):
        parameter = parameters[places[place]] if parameters else None
        if parameter is None or (places[place] < place and not parameter.takes_rest):
            return None
        if not _takes(parameter, text):
            return None
        values.setdefault(parameter.name, []).append(Value(number.operand))
    left = (each for each in parameters if each.is_required and each.name not in values)
    return None if any(left) else values


def _takes(parameter: Parameter, text: str) -> bool:
    if parameter.is_keyword:
        return False
    return (
        HOLDER.fullmatch(text) is not None if parameter.runs_over else parameter.holds_number and text == HOLE
    )
