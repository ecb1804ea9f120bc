"""Worked examples of a feature: what they give it, what they expect, and which cells differ.

A frame may be given as a frame or as a mapping of columns, an array or a Series as a list. What is given is
called as it stands: columns that an example leaves out are not there.
"""

from __future__ import annotations

import copy
import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.declare.declared import ABSENT, DeclaredParameter
from typedml.laws.admission import as_time
from typedml.laws.build import arguments, leaf_of
from typedml.laws.case import Case, Column, Mask, Values, dtype_of, filler
from typedml.laws.cells import missing, packed
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input
from typedml.laws.outcome import Outcome, Output, differing, field_of, in_order, is_record

MISSING_COMPLEX = complex("nan+nanj")
# People work with a few digits; a wrong unit or a wrong row is farther off.
TOLERANCE = 1e-6
DIGITS = 4


class Unreadable(Exception):
    """An example that cannot be given to the feature, or compared with its result; says why."""


@final
@attrs.frozen
class Difference:
    """Which cells of which output are not what an example expects."""

    expected: tuple[Output, ...]
    marks: Mapping[str, Mask]


def case_of(feature: Feature, given: Mapping[str, object]) -> Case:
    """What an example gives, as a case.

    Raises: Unreadable where a column is unknown, too short, or holds what is not declared.
    """
    columns = []
    for name, value in given.items():
        mine = [source for source in feature.inputs if source.parameter.name == name]
        if mine:
            columns += list(_columns(name, mine, value))
    lengths = {len(c.values) for c in columns if c.input.tabular and c.input.table == ""}
    if len(lengths) > 1:
        raise Unreadable(f"its columns are of different lengths: {', '.join(map(str, sorted(lengths)))}")
    return Case(tuple(columns), 0)


def arguments_of(given: Mapping[str, object], case: Case) -> dict[str, Any]:
    """The arguments of a call, fresh each time: mappings and lists in the carriers that are declared."""
    built = arguments(case)
    return {
        name: built[name] if name in built and _is_laid_out(case, name, value) else copy.deepcopy(value)
        for name, value in given.items()
    }


def _is_laid_out(case: Case, name: str, value: object) -> bool:
    """True for a mapping or a list that stands for a frame or an array; a dict of settings is one."""
    mine = [column.input for column in case.columns if column.input.parameter.name == name]
    return isinstance(value, list) or (isinstance(value, Mapping) and not any(s.several for s in mine))


def difference(feature: Feature, outcome: Outcome, value: object) -> Difference:
    """What differs between a result and what an example expects of it; no marks where nothing does.

    Raises: Unreadable where the two have nothing in common.
    """
    expected = tuple(_expected(feature, outcome, value))
    found = {output.label: output for output in outcome.outputs}
    marks = _marks(expected, found)
    if marks and feature.options.rows == "any" and len({len(e.values) for e in expected}) == 1:
        # Rows in no order are compared in one.
        chosen = attrs.evolve(outcome, outputs=tuple(found[e.label] for e in expected))
        left, right = in_order(Outcome(expected)), in_order(chosen)
        if not _marks(left.outputs, {output.label: output for output in right.outputs}):
            return Difference(expected, {})
    return Difference(expected, marks)


def allowed(expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far off each value may be: a millionth of it, or half a unit of its last digit if it has four.

    What is copied from a book is rounded: 2.338 stands for 2.33828.
    """
    return np.array([max(TOLERANCE * abs(value), _rounding(value), 1e-12) for value in expected.tolist()])


def _rounding(value: float) -> float:
    if not math.isfinite(value):
        return 0.0
    _, digits, exponent = Decimal(repr(value)).as_tuple()
    is_rounded = isinstance(exponent, int) and exponent < 0 and len(digits) >= DIGITS and digits[-1] != 0
    return 0.500001 * 10.0 ** int(exponent) if is_rounded else 0.0


def _columns(name: str, mine: Sequence[Input], value: object) -> Iterator[Column]:
    if mine[0].part is not None and isinstance(value, (list, tuple)):
        yield from (_column(source, cell) for source, cell in zip(mine, value, strict=False))
        return
    if mine[0].field is None:
        yield _column(mine[0], value)
        return
    cells = _cells_by_column(value)
    unknown = [column for column in cells if column not in {source.name for source in mine}]
    if unknown and isinstance(value, Mapping):
        raise Unreadable(f"`{name}` has a column {unknown[0]!r}, which its schema does not declare")
    for source in mine:
        if source.name in cells:
            yield _column(source, cells[source.name])


def _cells_by_column(value: object) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    leaf = leaf_of(value)
    if leaf is None or not leaf.is_frame(value):
        raise Unreadable(f"{type(value).__name__} is given where a frame is declared")
    return dict(leaf.frame_columns(value))


def _column(source: Input, value: Any) -> Column:
    leaf = leaf_of(value)
    if leaf is not None:
        values, null = leaf.series_values(value)
    else:
        value = list(value.values()) if source.several and isinstance(value, Mapping) else value
        held = (source.tabular or source.several) and isinstance(value, (list, tuple, np.ndarray))
        cells = list(value) if held else [value]
        null = np.array([_is_missing(cell) for cell in cells], dtype=np.bool_)
        values = np.empty(len(cells), dtype=object)
        # Columns of moments are kept on the clock of UTC, as generated ones are.
        values[:] = [as_time(cell) if _has_zone(cell) else cell for cell in cells]
    dtype = dtype_of(source)
    values = values.astype(object)
    values[null] = filler(dtype)
    try:
        return Column(source, values.astype(dtype), null)
    except (TypeError, ValueError):
        shown = next((cell for cell in values.tolist() if isinstance(cell, str)), values.tolist()[0])
        raise Unreadable(
            f"`{source.name}` holds {shown!r}, where {source.base.__name__} is declared"
        ) from None


def _has_zone(cell: object) -> bool:
    return isinstance(cell, dt.datetime) and cell.tzinfo is not None


def _is_missing(cell: object) -> bool:
    return cell is None or (isinstance(cell, (float, np.floating, np.datetime64)) and bool(cell != cell))


def _expected(feature: Feature, outcome: Outcome, value: object) -> Iterator[Output]:
    declared = feature.declared
    if not declared.results:
        yield from _of_part(declared.result, declared.name, outcome, value)
        return
    if not isinstance(value, tuple) or len(value) != len(declared.results):
        raise Unreadable(f"it expects {value!r} where a tuple of {len(declared.results)} is declared")
    for place, (part, item) in enumerate(zip(declared.results, value, strict=True)):
        yield from _of_part(part, f"{declared.name}[{place}]", outcome, item)


def _of_part(part: DeclaredParameter, label: str, outcome: Outcome, value: object) -> Iterator[Output]:
    """The outputs of one result: by column, by key, or by the label of a row."""
    found = {output.label: output for output in outcome.outputs}
    value, leaf = _as_mapping(part, value), leaf_of(value)
    if isinstance(value, Mapping) or (leaf is not None and leaf.is_frame(value)):
        cells = _cells_by_column(value)
        if label in found and found[label].labels is not None and not set(cells) & set(found):
            yield _by_label(found[label], cells)
            return
        for key, column in cells.items():
            name = key if key in found else f"{label}[{key!r}]"
            yield _like(_known(found, name), column)
    elif label not in found and f"{label}.real" in found:
        given = np.asarray(value, dtype=object).reshape(-1).tolist()
        numbers = np.asarray([MISSING_COMPLEX if cell is None else cell for cell in given])
        yield _like(found[f"{label}.real"], numbers.real)
        yield _like(found[f"{label}.imag"], numbers.imag)
    elif label not in found and f"{label}[0]" in found:
        rows = np.asarray(value)
        for place in range(rows.shape[-1]):
            yield _like(_known(found, f"{label}[{place}]"), rows[..., place].reshape(-1))
    else:
        yield _like(_known(found, label), value)


def _as_mapping(part: DeclaredParameter, value: object) -> object:
    """A record by its fields; what is none as it is."""
    if not is_record(part) or part.schema is None or isinstance(value, Mapping):
        return value
    cells = {field.name: field_of(value, field.name) for field in part.schema.fields}
    return value if ABSENT in cells.values() else cells


def _known(found: Mapping[str, Output], label: str) -> Output:
    if label not in found:
        raise Unreadable(f"it expects {label!r}, which the result does not have")
    return found[label]


def _by_label(got: Output, cells: Mapping[Any, Any]) -> Output:
    """What is expected of a Series, by the labels of its rows."""
    assert got.labels is not None
    if set(cells) != set(got.labels):
        raise Unreadable(f"it expects the rows {sorted(map(str, cells))}, the result has {list(got.labels)}")
    return _like(got, [cells[label] for label in got.labels])


def _like(got: Output, value: Any) -> Output:
    """Expected cells as an output of the form that the result has."""
    leaf = leaf_of(value)
    if leaf is not None:
        values, null = leaf.series_values(value)
    else:
        held = isinstance(value, (list, tuple, np.ndarray)) and np.ndim(value) > 0
        values = packed([_plain(cell) for cell in (value if held else [value])])
        null = missing(values)
    if got.values.dtype.kind in "mM" and values.dtype != got.values.dtype:
        values = _as_times(values, null, got.values)
    return attrs.evolve(got, values=values, null=null, labels=None)


def _plain(cell: Any) -> Any:
    return cell.item() if isinstance(cell, np.generic) and cell.dtype.kind in "biuf" else cell


def _as_times(values: Values, null: Mask, like: Values) -> Values:
    times = np.full(len(values), filler(like.dtype), dtype=like.dtype)
    times[~null] = values[~null].astype(like.dtype)
    return times


def _marks(expected: Sequence[Output], found: Mapping[str, Output]) -> dict[str, Mask]:
    marks = {}
    for wanted in expected:
        got = found[wanted.label]
        mask = differing(wanted, got)
        if wanted.is_number and got.is_number and len(wanted.values) == len(got.values):
            mask = mask & ~(np.abs(wanted.numbers - got.numbers) <= allowed(wanted.numbers))
        marks[wanted.label] = mask if len(mask) or len(wanted.values) == len(got.values) else np.ones(1, bool)
    return {label: mask for label, mask in marks.items() if mask.any()}
