"""Whether an array or a list beside a frame has one value for each row, or is a parameter such as edges.

No declaration says so. What takes it for rows cannot answer where it has another length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np

from typedml.declare.declared import ABSENT, DeclaredFunction
from typedml.laws.case import Case
from typedml.laws.feature import Feature
from typedml.laws.generate import case
from typedml.laws.outcome import Output, Raised
from typedml.laws.placing import BASE, settings_of, tables_of
from typedml.laws.settings import Unfillable

# Tables with more rows than a setting has values.
TABLES = {0: 5, 2: 9}
ASKED = frozenset({"array", "list"})


def told_apart(declared: DeclaredFunction, function: Callable[..., Any]) -> DeclaredFunction:
    """The declaration with each array and list that is no column of the frame known as a setting."""
    tables, alone = tables_of(declared), settings_of(declared)
    framed = any(p.carrier == "frame" and tables[p.name] == BASE for p in declared.parameters)
    for parameter in declared.parameters if framed else ():
        asked = parameter.carrier in ASKED and parameter.default is ABSENT and parameter.name not in alone
        if asked and tables[parameter.name] == BASE:
            apart = _with(declared, parameter.name)
            declared = apart if _answers(apart, function, parameter.name) else declared
    return declared


def _with(declared: DeclaredFunction, name: str) -> DeclaredFunction:
    parameters = (attrs.evolve(p, aligned=p.aligned and p.name != name) for p in declared.parameters)
    return attrs.evolve(declared, parameters=tuple(parameters))


def _answers(declared: DeclaredFunction, function: Callable[..., Any], name: str) -> bool:
    """True where it gives what it should though an array has fewer values than the table has rows."""
    try:
        feature = Feature(declared, function)
        drawn = [
            case(feature.inputs, n, rows, np.random.default_rng((n, rows))) for n, rows in TABLES.items()
        ]
    except Unfillable:
        return False
    for each in drawn:
        given = next((c for c in each.columns if c.input.parameter.name == name), None)
        outcome = feature.outcome(each)
        if given is None or isinstance(outcome, Raised):
            return False
        if not all(_is_whole(feature, each, output, len(given.values)) for output in outcome.outputs):
            return False
    return True


def _is_whole(feature: Feature, case: Case, output: Output, size: int) -> bool:
    """True where a result has its rows, and values in those that the array does not reach."""
    if output.scalar or feature.options.rows != "each":
        return True
    beyond = output.null[size:]
    return len(output.values) == case.rows and not (len(beyond) and beyond.all())
