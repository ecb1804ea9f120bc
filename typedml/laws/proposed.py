"""What a feature gave, as the result that a worked example states."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.laws.outcome import Outcome, Output


def proposed_result(declared: DeclaredFunction, outcome: Outcome) -> Any:
    """A result in plain Python: a frame and a record by their columns, an array of two dimensions by rows."""
    if not declared.results:
        return _of_part(declared.result, declared.name, outcome.outputs)
    rest = list(outcome.outputs)
    found = []
    for place, part in enumerate(declared.results):
        label = f"{declared.name}[{place}]"
        own = [output for output in rest if _is_of(output, part, label)]
        rest = [output for output in rest if not any(output is each for each in own)]
        found.append(_of_part(part, label, own))
    return tuple(found)


def plain_cells(values: Any) -> list[Any]:
    """Plain Python values; moments to the microsecond, for finer ones are numbers to numpy."""
    if values.dtype.kind in "mM":
        return list(values.astype(f"{values.dtype.kind}8[us]").tolist())
    return list(values.tolist())


def _is_of(output: Output, part: DeclaredParameter, label: str) -> bool:
    """True for an output of one member of a tuple: a column of its schema, or what has its label."""
    if part.schema is not None:
        return any(output.declared is field for field in part.schema.fields)
    return output.label == label or output.label.startswith((f"{label}[", f"{label}."))


def _of_part(part: DeclaredParameter, label: str, outputs: Sequence[Output]) -> Any:
    if part.carrier == "frame" or part.schema is not None:
        return {output.label: _cells(output) for output in outputs}
    if [output.label for output in outputs] == [f"{label}.real", f"{label}.imag"]:
        cells = _complex(*outputs)
        return cells[0] if outputs[0].scalar else cells
    if part.carrier == "array" and outputs and outputs[0].label == f"{label}[0]":
        return [list(row) for row in zip(*map(_cells, outputs), strict=True)]
    if not outputs or outputs[0].label != label:
        return {_key(output.label, label): _cells(output) for output in outputs}
    return _cells(outputs[0])


def _key(label: str, name: str) -> Any:
    """The key of an item of a mapping, of which the label is `name['key']`."""
    inside = label.removeprefix(f"{name}[").removesuffix("]")
    try:
        return ast.literal_eval(inside)
    except (SyntaxError, ValueError):
        return inside


def _complex(real: Output, imaginary: Output) -> list[complex | None]:
    parts = zip(real.numbers.tolist(), imaginary.numbers.tolist(), real.null | imaginary.null, strict=True)
    return [None if null else complex(one, other) for one, other, null in parts]


def _cells(output: Output) -> Any:
    cells = [
        None if null else cell
        for cell, null in zip(plain_cells(output.values), output.null.tolist(), strict=True)
    ]
    return cells[0] if output.scalar else cells
