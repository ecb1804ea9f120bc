"""A feature called with real rows, for the probabilities that it gives them and the labels that they have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typedml.declare.declared import ABSENT, DeclaredFunction, DeclaredParameter
from typedml.errors import DeclarationError
from typedml.laws.check import declaration_of
from typedml.laws.outcome import WrongResult, read_result
from typedml.laws.placing import BASE, tables_of

Floats = NDArray[np.float64]


def scored(
    f: Callable[..., Any], frame: Any, label: str | None, others: Mapping[str, Any]
) -> tuple[str, Floats, Floats]:
    """The name of a feature, the probability that it gives each row of a frame, and whether that came true.

    Raises: DeclarationError where its result is no declared probability, or the label cannot be read.
    """
    declared = declaration_of(f)
    _refuse_no_probability(declared)
    name = label or (declared.options.label if declared.options else None)
    if name is None or name not in list(frame.columns):
        fact = f"{declared.name} names no label." if name is None else f'The frame has no column "{name}".'
        hint = 'Name the column that says what came true: label="late", in @feature or in the call.'
        raise DeclarationError(fact, hint)
    given = {p.name: _argument(declared, p, frame, others) for p in declared.parameters if _is_fed(p, others)}
    try:
        outputs = read_result(declared, f(**given))
    except WrongResult as wrong:
        raise DeclarationError(f"{declared.name}: {wrong}.", "Return what the signature declares.") from None
    if len(outputs) != 1 or len(outputs[0].values) != len(frame):
        fact = f"{declared.name} does not give one probability for each of {len(frame):,} rows."
        raise DeclarationError(fact, "Return an array, or a Series, of the probability of the label.")
    return declared.name, outputs[0].numbers, _labels(name, frame[name])


def _refuse_no_probability(declared: DeclaredFunction) -> None:
    meaning = declared.result.meaning
    span = meaning.range if meaning is not None else None
    if span is None or (span.low, span.high) != (0.0, 1.0):
        fact = f"{declared.name} declares {meaning or 'nothing'} as its result, which is no probability."
        raise DeclarationError(fact, "Declare what it gives: Annotated[np.ndarray, PROBABILITY].")


def _is_fed(parameter: DeclaredParameter, others: Mapping[str, Any]) -> bool:
    return parameter.name in others or parameter.default is ABSENT


def _argument(
    declared: DeclaredFunction, parameter: DeclaredParameter, frame: Any, others: Mapping[str, Any]
) -> Any:
    name = parameter.name
    if name in others:
        return others[name]
    if tables_of(declared).get(name) == BASE and parameter.carrier == "frame":
        return frame
    if parameter.carrier in ("array", "series", "list") and name in list(frame.columns):
        column = frame[name]
        if parameter.carrier == "series":
            return column
        return column.to_numpy() if parameter.carrier == "array" else column.to_list()
    fact = f"{declared.name} wants `{name}`, which is not given."
    raise DeclarationError(fact, f"Give it by name: calibration({declared.name}, frame, {name}=...).")


def _labels(name: str, column: Any) -> Floats:
    """The labels as 0 and 1, NaN where there is none."""
    cells = [None if _is_missing(cell) else cell for cell in column.to_list()]
    try:
        return np.asarray([np.nan if cell is None else float(cell) for cell in cells])
    except (TypeError, ValueError):
        fact = f'The label "{name}" holds {next(c for c in cells if c is not None)!r}, not what came true.'
        hint = "Compare it with the class that is predicted, so that it is a bool."
        raise DeclarationError(fact, hint) from None


def _is_missing(cell: Any) -> bool:
    """True for None, NaN and pandas' NA, which is neither equal to itself nor different."""
    try:
        return cell is None or bool(cell != cell)
    except TypeError:
        return True
