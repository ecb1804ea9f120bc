"""The law `conversion`: from one notation to another there is one way.

A function marked `@conversion` is held to it. Another map of one input may be a formula of its own (a
calibration leads from logits to probabilities as well): it is refuted only where what it gives is what people
give by mistake.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs
import numpy as np

from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
from typedml.declare.declared import DeclaredFunction
from typedml.laws.admission import as_time
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column
from typedml.laws.conversions import confusions, exact
from typedml.laws.diagnosis import diagnose
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.monomials import Floats, constant
from typedml.laws.outcome import Declaration, Output, Raised
from typedml.laws.settings import INSTANTS
from typedml.laws.signature import output_declarations
from typedml.laws.standing import unscaled
from typedml.laws.torsors import INSTANT, torsor_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE = 1e-5
FINE = 1e-12
CONFIRMATIONS = 6
PROBE = np.array([0.25, 0.75])
MARK = "`@conversion` on a function that is nothing but one"


def conversion(feature: Feature, case: Case) -> Verdict:
    """A conversion gives what the algebra of units and kinds gives, offsets included, to five digits."""
    outcome, ends = feature.outcome(case), _ends(feature.declared)
    if isinstance(outcome, Raised) or ends is None:
        return Wanting("a table on which it does not raise")
    source, meaning, target = ends
    column = case.columns[0]
    output = outcome.outputs[0]
    values = _numbers(column)
    if len(output.values) != len(values) or _results(output) is None:
        return Wanting("one number for each value")
    wanted = exact(values, meaning, target)
    if any(not _off(output, each, column).any() for each in wanted):
        return None
    found = "" if source.is_instant else _confusion(output, column, meaning, target)
    if not feature.declared.is_conversion and not (found and _recurs(feature, meaning, target, found)):
        return Wanting(MARK)
    return unscaled(feature) or _breach(feature, case, column, output, wanted[0], found)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which there are no two notations."""
    ends = _ends(declared)
    if ends is None:
        return "one input and one result, of two units or kinds with one way between them"
    return None if exact(PROBE, ends[1], ends[2]) else "two units or kinds with one way between them"


def _ends(declared: DeclaredFunction) -> tuple[Input, Meaning, Meaning] | None:
    """The one input and what its values and the results mean."""
    inputs, outputs = inputs_of(declared), list(output_declarations(declared))
    if len(inputs) != 1 or len(outputs) != 1 or inputs[0].field is not None:
        return None
    if declared.converts is not None:
        source, target = declared.converts
        return inputs[0], Meaning(None, source), Meaning(None, target)
    given, got = _meaning(inputs[0]), _meaning(outputs[0])
    return None if given is None or got is None else (inputs[0], given, got)


def _meaning(end: Input | Declaration) -> Meaning | None:
    """What values mean; instants are read as microseconds since 1970."""
    if issubclass(end.base, INSTANTS):
        return Meaning(KINDS["EpochMicros"])
    return end.meaning


def _numbers(column: Column) -> Floats:
    if column.values.dtype.kind == "M":
        return _microseconds(column.values)
    return column.numbers


def _microseconds(values: NDArray[np.generic]) -> Floats:
    return values.astype("datetime64[us]").astype(np.int64).astype(np.float64)


def _results(output: Output) -> Floats | None:
    """The results as numbers; None where they are neither numbers nor instants."""
    if output.is_number:
        return output.numbers
    values = output.values
    if values.dtype.kind == "O" and all(isinstance(cell, dt.date) for cell in values):
        return _microseconds(np.array([as_time(cell) for cell in values]))
    return _microseconds(values) if values.dtype.kind == "M" else None


def _off(output: Output, wanted: Floats, column: Column) -> NDArray[np.bool_]:
    """The rows that are farther off than rounding, and the rounding to whole numbers, explains."""
    got = _results(output)
    assert got is not None
    with np.errstate(all="ignore"):
        instant = output.declared is not None and torsor_of(output.declared.base, output.meaning) == INSTANT
        # An epoch is a large number, of which five digits are hours.
        allowed = (FINE if instant else TOLERANCE) * np.abs(wanted) + 1e-9
        if output.values.dtype.kind in "iu" or _is_whole(output):
            allowed = allowed + 1.0
        return np.asarray((np.abs(got - wanted) > allowed) & np.isfinite(wanted) & ~column.null)


def _is_whole(output: Output) -> bool:
    declared = output.declared
    return declared is not None and (
        declared.base is int or (declared.meaning is not None and declared.meaning.integral)
    )


def _confusion(output: Output, column: Column, source: Meaning, target: Meaning) -> str:
    """What was given in the place of the conversion, "" where it is nothing that people confuse."""
    for said, other in confusions(_numbers(column), source, target):
        if (np.isfinite(other) & ~column.null).any() and not _off(output, other, column).any():
            return said
    return ""


def _recurs(feature: Feature, source: Meaning, target: Meaning, said: str) -> bool:
    """True where other values are confused in the same way: a formula of its own may meet one by chance."""
    for other in feature.cases[:CONFIRMATIONS]:
        outcome = feature.outcome(other)
        if isinstance(outcome, Raised):
            return False
        if said != _confusion(outcome.outputs[0], other.columns[0], source, target):
            return False
    return True


def _breach(
    feature: Feature, case: Case, column: Column, output: Output, wanted: Floats, found: str
) -> Breach:
    ends = _ends(feature.declared)
    assert ends is not None
    _, source, target = ends
    name = column.input.name
    expected = attrs.evolve(output, values=wanted)
    if not output.is_number:
        expected = attrs.evolve(output, values=wanted.astype(np.int64).astype("datetime64[us]"))
    given = "an instant" if column.input.is_instant else source
    return Breach(
        statement=f"`{output.label}` must be `{name}` in {target} for {given}.",
        sides=(Side("called with", case, feature.outcome(case)),),
        marks={output.label: _off(output, wanted, column)},
        expected=(expected,),
        diagnosis=f"{found}." if found else _factor(output, wanted, source, target),
        hint=_hint(column.input, source, target),
    )


def _factor(output: Output, wanted: Floats, source: Meaning, target: Meaning) -> str:
    if not output.is_number:
        return ""
    with np.errstate(all="ignore"):
        ratio = constant(output.numbers / wanted)
    if ratio is None or ratio <= 0:
        return "an offset or a formula is another one."
    known = diagnose(ratio, [source.unit.delta(), target.unit.delta()])
    return f"it is {ratio:.6g} times as much{f' ({known})' if known else ''}."


def _hint(source: Input, meaning: Meaning, target: Meaning) -> str:
    if source.is_instant:
        return (
            f"`{source.name}.timestamp()` is in seconds; convert them, and give naive moments a zone first."
        )
    if meaning.unit != target.unit and meaning.unit.dimension == target.unit.dimension:
        return f'convert({source.name}, "{meaning.unit}", "{target.unit}").'
    return "use the function that leads from the one to the other; a formula of its own is no conversion."
