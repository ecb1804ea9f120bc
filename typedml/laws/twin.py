"""The function that serves what a feature computes, called with the same rows in its own carriers.

It may take the whole table, a record or single values of one row; its parameters are matched by name, and
numbers are converted where it declares another unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, final

import attrs
import numpy as np

from typedml.algebra.meaning import Meaning
from typedml.declare.declared import ABSENT, DeclaredFunction, DeclaredParameter, DeclaredSchema
from typedml.laws.alignment import by_row
from typedml.laws.breach import Wanting
from typedml.laws.build import arguments, python_cells
from typedml.laws.case import Case, Column, Mask, Values
from typedml.laws.comparison import EPSILON, noise
from typedml.laws.feature import Feature
from typedml.laws.grid import within
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.outcome import Outcome, Output, Raised, differing, in_order
from typedml.laws.physical import size, zero
from typedml.laws.placing import BASE
from typedml.laws.reach import is_of_rows
from typedml.laws.settings import Unfillable

Marks = dict[str, Mask]
# Another library adds in another order, and another unit rounds once more.
ELSEWHERE = 1e-12


def twin_of(feature: Feature) -> Twin:
    """The serving function of a feature, ready to be called on its cases."""
    if feature not in _TWINS:
        _TWINS.clear()
        _TWINS[feature] = Twin(feature)
    return _TWINS[feature]


# The twin of the feature that is being checked; each law of a run is called with the same feature.
_TWINS: dict[Feature, Twin] = {}


@final
class Twin:
    """A serving function beside its feature."""

    def __init__(self, feature: Feature) -> None:
        from typedml.declare.reader import read

        serving = feature.options.serving
        assert serving is not None
        declared = read(serving)
        assert isinstance(declared, DeclaredFunction)
        self.feature = feature
        self.declared = declared
        self.records = {p.name: p for p in declared.parameters if _is_record(p)}
        rest = tuple(p for p in declared.parameters if p.name not in self.records)
        self.box = Feature(attrs.evolve(declared, parameters=rest), serving)
        self._outcomes: dict[Case, Outcome | Raised | Wanting] = {}

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.declared.name

    def outcome(self, case: Case) -> Outcome | Raised | Wanting:
        """What it makes of a case: of the whole table, or of each row in turn."""
        if case not in self._outcomes:
            self._outcomes[case] = self._outcome(case)
        return self._outcomes[case]

    def admitted(self, case: Case) -> Mask:
        """Which rows of the base table it is declared to take: with nulls, and numbers, that it admits."""
        rows = np.ones(case.rows, dtype=np.bool_)
        fed = [(source, self._source(case, source)) for source in self._inputs()]
        for parameter in self.records.values():
            schema = parameter.schema or (parameter.holds.schema if parameter.holds is not None else None)
            fields = schema.fields if schema is not None else ()
            fed += [(Input(parameter, field), case.column(field.column)) for field in fields]
        for source, column in fed:
            if column is None or (column.input.tabular and column.input.table != BASE):
                continue
            good = _admits(source, column)
            rows &= good if column.input.tabular else good.all()
        return rows

    def _inputs(self) -> tuple[Input, ...]:
        try:
            return inputs_of(self.box.declared)
        except Unfillable:
            return ()

    def _outcome(self, case: Case) -> Outcome | Raised | Wanting:
        try:
            inputs = inputs_of(self.box.declared)
        except Unfillable as wanting:
            return Wanting(f"{wanting} (of `{self.name}`)")
        sources = {source: self._source(case, source) for source in inputs}
        missing = [source.name for source, column in sources.items() if column is None]
        if missing:
            return Wanting(f"`{missing[0]}`, which `{self.name}` reads, among the inputs")
        found = {source: column for source, column in sources.items() if column is not None}
        singly = any(p.carrier != "list" for p in self.records.values()) or any(
            column.input.tabular and not source.tabular for source, column in found.items()
        )
        if not singly:
            return self._call(case, found, None)
        if not is_of_rows(self.feature.options):
            return Wanting(f"`{self.name}` to take the rows of a scope, not one row")
        return _stacked([self._call(case, found, row) for row in range(case.rows)])

    def _source(self, case: Case, source: Input) -> Column | None:
        """The column of a case that an input of the twin is fed from."""
        parameter = source.parameter.name
        own = [column for column in case.columns if column.input.parameter.name == parameter]
        tables = [own[0].input.table] if own and source.field is not None else [BASE]
        column = next((c for table in tables if (c := case.column(source.name, table)) is not None), None)
        return column or next((c for c in own if source.field is None), None)

    def _call(self, case: Case, found: Mapping[Input, Column], row: int | None) -> Outcome | Raised:
        columns = tuple(_fed(source, column, row) for source, column in found.items())
        given = arguments(Case(columns, case.number))
        for name, parameter in self.records.items():
            rows = range(case.rows) if row is None else (row,)
            records = [_record(parameter, case, each) for each in rows]
            given[name] = records if parameter.carrier == "list" else records[0]
        return self.box.call(given)


def _admits(source: Input, column: Column) -> Mask:
    """Which cells of a column an input of the twin may hold."""
    if not source.is_number or column.values.dtype.kind not in "iuf":
        return np.asarray(~column.null | source.nullable)
    values = converted(column.values, column.input.meaning, source.meaning)
    return np.where(column.null, source.nullable, within(source, values))


def _fed(source: Input, column: Column, row: int | None) -> Column:
    """The cells of a column as an input of the twin takes them: one of them for a single value."""
    values, null = column.values, column.null
    if row is not None and column.input.tabular and column.input.table == BASE:
        values, null = values[row : row + 1], null[row : row + 1]
    values = converted(values, column.input.meaning, source.meaning)
    return Column(source, values, null)


def converted(values: Values, given: Meaning | None, wanted: Meaning | None) -> Values:
    """Numbers in the unit that is wanted; as they are where it is the same, or none is declared."""
    if given is None or wanted is None or given.unit == wanted.unit or values.dtype.kind not in "iuf":
        return values
    if given.unit.dimension != wanted.unit.dimension:
        return values
    base = values.astype(np.float64) * size(given.unit) + zero(given.unit)
    return np.asarray((base - zero(wanted.unit)) / size(wanted.unit))


def _is_record(parameter: DeclaredParameter) -> bool:
    """True for one row as a record, or for rows as a list of records."""
    if parameter.default is not ABSENT:
        return False
    if parameter.carrier == "frame":
        return parameter.library is None
    held = parameter.holds is not None and parameter.holds.carrier == "other"
    return parameter.carrier == "other" or (parameter.carrier == "list" and held)


def _record(parameter: DeclaredParameter, case: Case, row: int) -> Any:
    """One row of the base table as the record that is declared, a dict where none is."""
    schema = parameter.schema or (parameter.holds.schema if parameter.holds is not None else None)
    cells = dict(_cells(case, schema, row))
    plain = schema is None or not _makes_instances(schema.source)
    return cells if plain or schema is None else schema.source(**cells)


def _cells(case: Case, schema: DeclaredSchema | None, row: int) -> Iterator[tuple[str, Any]]:
    fields = {field.column: field for field in schema.fields} if schema is not None else {}
    for column in case.columns_of(BASE):
        field = fields.get(column.input.name)
        if schema is None or field is not None:
            meaning = field.meaning if field is not None else None
            cell = column.take((row,))
            values = converted(cell.values, column.input.meaning, meaning)
            name = column.input.name if field is None or not _makes_instances(_source(schema)) else field.name
            yield name, next(iter(python_cells(cell.replaced(values))))


def _source(schema: DeclaredSchema | None) -> type:
    return object if schema is None else schema.source


def _makes_instances(source: type) -> bool:
    """True for a class of records; a TypedDict is a dict, and a schema of frames has no instances."""
    from typedml.declare.plain import is_schema

    return source is not object and not issubclass(source, dict) and not is_schema(source)


def _stacked(outcomes: list[Outcome | Raised]) -> Outcome | Raised:
    """The outputs of calls with one row each, one under the other."""
    raised = next((outcome for outcome in outcomes if isinstance(outcome, Raised)), None)
    if raised is not None:
        return raised
    rows = [outcome.outputs for outcome in outcomes if isinstance(outcome, Outcome)]
    return Outcome(
        tuple(
            attrs.evolve(
                parts[0],
                values=np.concatenate([part.values for part in parts]),
                null=np.concatenate([part.null for part in parts]),
                labels=None,
                scalar=False,
            )
            for parts in zip(*rows, strict=False)
        )
    )


def compared(
    feature: Feature, twin: Twin, case: Case, served: Outcome
) -> tuple[Marks, tuple[Output, ...]] | Wanting | None:
    """The rows that are served otherwise, and what they should be; None where there are none."""
    before = feature.outcome(case)
    assert isinstance(before, Outcome)
    pairs = _paired(before, served, case)
    if pairs is None:
        return Wanting(f"results of `{twin.name}` with the names of those of `{feature.name}`")
    wanted = [(_in_unit_of(theirs, ours), theirs) for ours, theirs in pairs]
    marks = {theirs.label: differing(ours, theirs) for ours, theirs in wanted}
    if any(mask.any() for mask in marks.values()):
        allowed = _allowed(feature, case, pairs)
        marks = {t.label: differing(o, t, allowed[t.label]) for o, t in wanted}
    marks = {label: mask for label, mask in marks.items() if mask.any()}
    return (
        (marks, tuple(attrs.evolve(ours, label=theirs.label) for ours, theirs in wanted)) if marks else None
    )


def _paired(before: Outcome, served: Outcome, case: Case) -> list[tuple[Output, Output]] | None:
    """Outputs of both sides that belong together: by name, else by their place."""
    ours, theirs = by_row(before, case), by_row(served, case)
    left = (ours if ours is not None and theirs is not None else in_order(before)).outputs
    right = (theirs if ours is not None and theirs is not None else in_order(served)).outputs
    named = {output.label: output for output in left}
    both = [(named[output.label], output) for output in right if output.label in named]
    if both:
        return both
    left = tuple(output for output in left if output.declared is not None) or left
    return list(zip(left, right, strict=True)) if len(left) == len(right) else None


def _in_unit_of(theirs: Output, ours: Output) -> Output:
    """Our output in the unit in which theirs is declared."""
    return attrs.evolve(ours, values=converted(ours.values, ours.meaning, theirs.meaning))


def _allowed(feature: Feature, case: Case, pairs: list[tuple[Output, Output]]) -> dict[str, float]:
    """How far each served output may be off by rounding."""
    single = any(output.values.dtype == np.float32 for pair in pairs for output in pair)
    allowed = noise(feature, case, float(np.finfo(np.float32).eps) if single else EPSILON)
    found = {}
    for ours, theirs in pairs:
        units = converted(np.asarray([0.0, allowed.get(ours.label, 0.0)]), ours.meaning, theirs.meaning)
        found[theirs.label] = float(np.abs(units[1] - units[0])) + ELSEWHERE * _greatest(theirs)
    return found


def _greatest(output: Output) -> float:
    """The greatest value of an output, counted from the zero of its dimension: 283.15 for 10 degC."""
    if not output.is_number:
        return 0.0
    unit = output.meaning.unit if output.meaning is not None else None
    origin = 0.0 if unit is None else zero(unit) / size(unit)
    numbers = np.abs(output.numbers[np.isfinite(output.numbers)]) + abs(origin)
    return float(np.max(numbers, initial=0.0))
