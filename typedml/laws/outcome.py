"""What a feature returned, as columns that laws can compare; or what it did instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.declare.declared import ABSENT, DeclaredField, DeclaredFunction, DeclaredParameter
from typedml.laws.build import leaf_of
from typedml.laws.case import Mask, Values
from typedml.laws.causes import said_by
from typedml.laws.cells import is_number, missing, packed
from typedml.laws.kept import foreign
from typedml.laws.limits import NoAnswer

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning

Declaration = DeclaredParameter | DeclaredField


# A sum of a dozen cells keeps all but these bits, whatever the order of its terms.
SUMMED = 64 * float(np.finfo(np.float64).eps)


class WrongResult(Exception):
    """The feature returned something else than its signature says."""


@final
@attrs.frozen(eq=False)
class Output:
    """One column of a result; a scalar has one row. `labels` are those of a pandas index."""

    label: str
    declared: Declaration | None
    values: Values
    null: Mask
    labels: tuple[object, ...] | None = None
    scalar: bool = False

    @property
    def meaning(self) -> Meaning | None:
        """What the values mean, where that is declared."""
        return self.declared.meaning if self.declared is not None else None

    @property
    def is_number(self) -> bool:
        """True for numbers; truth values, texts and instants are none."""
        return self.values.dtype.kind in "iuf"

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The values as floats, NaN where they are missing."""
        numbers = self.values.astype(np.float64)
        numbers[self.null] = np.nan
        return numbers

    def take(self, rows: Sequence[int]) -> Output:
        """The rows with these numbers, in this order."""
        chosen = np.asarray(rows, dtype=np.intp)
        labels = None if self.labels is None else tuple(self.labels[row] for row in chosen)
        return attrs.evolve(self, values=self.values[chosen], null=self.null[chosen], labels=labels)


@final
@attrs.frozen(eq=False)
class Outcome:
    """The columns of a result."""

    outputs: tuple[Output, ...]
    printed: str = ""
    printed_errors: str = ""


@final
@attrs.frozen(eq=False)
class Raised:
    """An exception in the place of a result; `place` is the line of the feature that raised it."""

    error: BaseException
    printed: str = ""
    place: str = ""

    def __str__(self) -> str:
        text, name = said_by(self.error), type(self.error).__name__
        return text if isinstance(self.error, NoAnswer) else f"{name}: {text}" if text else name


def read_result(declared: DeclaredFunction, value: object) -> tuple[Output, ...]:
    """A returned value as outputs.

    Raises: WrongResult where its shape or type is not the declared one.
    """
    if not declared.results:
        return _of_declared_type(_read(declared.result, declared.name, value))
    if not isinstance(value, tuple) or len(value) != len(declared.results):
        wanted = f"a tuple of {len(declared.results)}"
        raise WrongResult(f"it returned {describe(value)} where {wanted} is declared")
    return _of_declared_type(
        output
        for place, (part, item) in enumerate(zip(declared.results, value, strict=True))
        for output in _read(part, f"{declared.name}[{place}]", item)
    )


def _of_declared_type(outputs: Iterable[Output]) -> tuple[Output, ...]:
    found = tuple(outputs)
    for output in found:
        made = foreign(output)
        if made is not None and output.declared is not None:
            place = "" if output.scalar else f" in `{output.label}`"
            article = "an" if made[:1].lower() in "aeio" else "a"
            wanted = output.declared.base.__name__
            raise WrongResult(f"it returned {article} {made}{place} where {wanted} is declared")
    return tuple(part for output in found for part in _parts(output))


def _parts(output: Output) -> tuple[Output, ...]:
    """The real and the imaginary part of complex numbers, each of which laws can judge; else the output."""
    if output.values.dtype.kind != "c":
        return (output,)
    null = output.null | np.isnan(output.values)
    parts = {"real": output.values.real, "imag": output.values.imag}
    return tuple(
        attrs.evolve(output, label=f"{output.label}.{name}", values=part, null=null)
        for name, part in parts.items()
    )


def _read(declared: DeclaredParameter, label: str, value: object) -> Iterator[Output]:
    leaf = leaf_of(value)
    refuse_other_carrier(declared, value, leaf)
    if leaf is not None and leaf.is_frame(value):
        yield from _frame(declared, label, value, leaf)
    elif leaf is not None:
        values, null = leaf.series_values(value)
        yield Output(label, declared, values.copy(), null, leaf.series_labels(value))
    elif is_record(declared) and value is not None:
        yield from _record(declared, label, value)
    elif isinstance(value, Mapping):
        # A mapping has no order, and may name what it found in that of the rows.
        for key in sorted(value, key=repr):
            yield from _read(attrs.evolve(declared, carrier="other"), f"{label}[{key!r}]", value[key])
    else:
        yield from _array(declared, label, value)


def is_record(declared: DeclaredParameter) -> bool:
    """True where one record is declared: a dataclass, a TypedDict, a NamedTuple."""
    return declared.carrier == "other" and declared.schema is not None


def _record(declared: DeclaredParameter, label: str, value: object) -> Iterator[Output]:
    """The fields of a record, each as its own declaration says; it may hold arrays and Series, too."""
    assert declared.schema is not None
    for field in declared.schema.fields:
        found = field_of(value, field.name)
        if found is ABSENT and field.required:
            raise WrongResult(f"it returned {describe(value)} without {field.name!r}, which is declared")
        leaf = leaf_of(found)
        if leaf is not None and not leaf.is_frame(found):
            values, null = leaf.series_values(found)
            yield Output(field.name, field, values.copy(), null, leaf.series_labels(found))
        elif found is not ABSENT:
            yield from _array(field, field.name, found)


def field_of(record: object, name: str) -> object:
    """The value of one field of a record; ABSENT where it has none."""
    return record.get(name, ABSENT) if isinstance(record, Mapping) else getattr(record, name, ABSENT)


def refuse_other_carrier(declared: DeclaredParameter, value: object, leaf: ModuleType | None) -> None:
    """Raise WrongResult where a value is held in something else than what is declared."""
    frame = leaf is not None and leaf.is_frame(value)
    series = leaf is not None and not frame
    if leaf is not None and series and declared.library in ("pandas", "polars"):
        series = leaf.__name__.endswith(declared.library)
    array = isinstance(value, np.ndarray) and value.ndim > 0
    wrong = {
        "scalar": frame or series or array or isinstance(value, (list, tuple, dict)),
        "array": not array,
        "series": not series,
        "list": not isinstance(value, (list, tuple)),
        "frame": not frame,
        "other": False,
    }[declared.carrier]
    if value is None and not declared.nullable and declared.base is not type(None):
        wrong = wrong or declared.carrier != "other"
    if wrong:
        wanted = _wanted(declared)
        raise WrongResult(f"it returned {describe(value)} where {wanted} is declared")


def _wanted(declared: DeclaredParameter) -> str:
    if declared.carrier == "scalar":
        return f"one {declared.base.__name__}"
    kind = {"array": "a numpy array", "series": "a Series", "list": "a list", "frame": "a frame"}[
        declared.carrier
    ]
    return kind if declared.library in (None, "numpy") else f"{kind} of {declared.library}"


def describe(value: object) -> str:
    """A returned value in a few words."""
    if value is None:
        return "None"
    shape = getattr(value, "shape", None)
    name = "numpy array" if isinstance(value, np.ndarray) else type(value).__name__
    article = "an" if name[:1].lower() in "aeio" else "a"
    return f"{article} {name}" + (f" of shape {tuple(shape)}" if shape else "")


def _frame(declared: DeclaredParameter, label: str, value: Any, leaf: ModuleType) -> Iterator[Output]:
    fields = {field.column: field for field in declared.schema.fields} if declared.schema else {}
    columns = list(leaf.frame_columns(value))
    found = dict(columns)
    twice = [name for name in fields if [each for each, _ in columns].count(name) > 1]
    if twice:
        raise WrongResult(f"it returned a frame with column {twice[0]!r} more than once")
    absent = [name for name, field in fields.items() if field.required and name not in found]
    if absent:
        raise WrongResult(f"it returned a frame without column {absent[0]!r}, which its schema declares")
    labels = leaf.series_labels(value)
    for name, series in found.items():
        values, null = leaf.series_values(series)
        yield Output(name, fields.get(name), values.copy(), null, labels)


def _array(declared: Declaration, label: str, value: object) -> Iterator[Output]:
    if isinstance(value, (list, tuple)):
        values, scalar = packed(list(value)), False
    elif isinstance(value, np.ndarray):
        # A copy: the feature may hold the array, and fill it at its next call.
        values, scalar = (value.copy(), False) if value.ndim else (value.reshape(1).copy(), True)
    else:
        values, scalar = packed([value]), True
    if values.dtype == object and values.size and all(map(is_number, values.ravel())):
        # Columns of Arrow come out of pandas as objects, two of them together.
        values = packed(list(values.ravel())).reshape(values.shape)
    if values.ndim > 1:
        parts = values.reshape(values.shape[0], -1)
        for place in range(parts.shape[1]):
            part = parts[:, place]
            yield Output(f"{label}[{place}]", declared, part, missing(part))
        return
    yield Output(label, declared, np.asarray(values), missing(values), scalar=scalar)


def differing(expected: Output, got: Output, tolerance: float = 0.0) -> Mask:
    """Which rows differ by more than `tolerance`; all of them where the numbers of rows do."""
    if len(expected.values) != len(got.values) or expected.is_number != got.is_number:
        return np.ones(len(got.values), dtype=np.bool_)
    if np.isinf(tolerance):
        return np.zeros(len(got.values), dtype=np.bool_)
    either, both = expected.null | got.null, expected.null & got.null
    if expected.is_number:
        equal = _close(expected, got, tolerance)
    else:
        equal = np.asarray(expected.values == got.values, dtype=np.bool_)
    return np.asarray(~(both | (equal & ~either)))


def reordered(output: Output) -> float:
    """How far sums may lie apart that threads take in another order: some units in the last place."""
    if not output.is_number:
        return 0.0
    numbers = output.numbers
    return SUMMED * float(np.max(np.abs(numbers[np.isfinite(numbers)]), initial=0.0))


def _close(expected: Output, got: Output, tolerance: float) -> Mask:
    left, right = expected.numbers, got.numbers
    with np.errstate(all="ignore"):
        return np.asarray((left == right) | (np.abs(left - right) <= tolerance))


def row_order(outcome: Outcome) -> NDArray[np.intp]:
    """The rows sorted by what is no float first, because floats may differ in the last bit."""
    keys = sorted(outcome.outputs, key=lambda output: output.values.dtype.kind == "f")
    return np.lexsort([_sortable(output) for output in reversed(keys)])


def in_order(outcome: Outcome) -> Outcome:
    """The outcome with its rows sorted, where all its columns are of one length."""
    if len({len(output.values) for output in outcome.outputs}) != 1:
        return outcome
    rows = row_order(outcome).tolist()
    return attrs.evolve(outcome, outputs=tuple(output.take(rows) for output in outcome.outputs))


def _sortable(output: Output) -> Values:
    return output.values if output.is_number else output.values.astype(str)
