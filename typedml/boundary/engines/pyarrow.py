"""Arrow tables, record batches and datasets: through polars, which shares their memory, or by Arrow alone.

Of a dataset only the declared columns are read, each time that it is asked. `split` gives Arrow tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs
import numpy as np
import numpy.typing as npt

from typedml.boundary.carried.sayings import from_arrow
from typedml.boundary.engines import array_across, arrow
from typedml.boundary.engines.arrays import TEXT_RULES, Cells
from typedml.boundary.engines.lists import clean
from typedml.boundary.families import Family, Found
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset

    Frame: TypeAlias = pa.Table | pa.RecordBatch | pyarrow.dataset.Dataset

NAME = "pyarrow"


def takes(frame: object) -> bool:
    """Whether the object is a table of this library.

    Raises: FrameError if it is a stream of batches, which can be read once.
    """
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None:
        return False
    if isinstance(frame, pyarrow.RecordBatchReader):
        fact = "a RecordBatchReader can be read once, so nothing would be left of it"
        raise FrameError(fact, "table = reader.read_all() keeps its rows; check that")
    return isinstance(frame, (pyarrow.Table, pyarrow.RecordBatch)) or _is_dataset(frame)


def survey(plan: Plan, frame: Frame) -> Survey:
    """What the table's columns are found to be."""
    names, there = tuple(frame.schema.names), set(frame.schema.names)
    wanted = [column.column for column in plan.columns if column.column in there]
    repeated = tuple(name for name in wanted if len(there) < len(names) and names.count(name) > 1)
    found = {name: _found(frame.schema.field(name).type) for name in wanted if name not in repeated}
    return Survey(names, found, repeated, carried=from_arrow(frame.schema))


def lists(stage: Stage, frame: Frame, names: Sequence[str]) -> dict[str, list[Any]] | None:
    """The columns as lists of Python values, or None where that would lose something."""
    if any(stage.found[name].fine for name in names):
        return None
    table = _table(frame, names)
    return {name: clean(table.column(name).to_pylist()) for name in names}


def values(frame: Frame, name: str) -> list[Any]:
    """One column as a list of Python values, None where one is missing."""
    return clean(_readable(_table(frame, [name]).column(name)).to_pylist())


def count(stage: Stage, frame: Frame) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage."""
    table = _table(frame, list(stage.found))
    through = _through_polars(stage, table)
    if through is not None:
        return through.count()
    columns = _Columns(stage, table)
    return table.num_rows, [columns.count(rule) for rule in stage.rules]


def hold(frame: Frame, columns: Sequence[str]) -> Frame:
    """The table as its rows can be asked for twice: itself, for its files keep their order."""
    return frame


def locate(stage: Stage, frame: Frame, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """The positions of the first rows that break each of the rules."""
    table = _table(frame, list(stage.found))
    through = _through_polars(stage, table) if rules else None
    if through is not None:
        return through.locate(rules, limit)
    columns = _Columns(stage, table)
    return [[int(row) for row in np.flatnonzero(columns.bad(rule))[:limit]] for rule in rules]


def fetch(frame: Frame, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some columns in some rows."""
    picked = _pick(_table(frame, columns), positions)
    cells = {name: clean(_readable(picked.column(name)).to_pylist()) for name in columns}
    return [{name: values[row] for name, values in cells.items()} for row in range(len(positions))]


def divide(stage: Stage, frame: Frame, rules: Sequence[Rule], label: str) -> tuple[pa.Table, pa.Table]:
    """The rows that keep every rule, and the others with their reasons, as tables."""
    import pyarrow

    table = _table(frame, None)
    located = locate(stage, table, rules, None)
    reasons: dict[int, list[str]] = {}
    for rule, positions in zip(rules, located, strict=True):
        for position in positions:
            reasons.setdefault(position, []).append(rule.reason)
    broken = np.zeros(table.num_rows, np.bool_)
    broken[list(reasons)] = True
    told = pyarrow.array([reasons[row] for row in sorted(reasons)], pyarrow.list_(pyarrow.string()))
    bad = _pick(table, np.flatnonzero(broken)).append_column(label, told)
    return _pick(table, np.flatnonzero(~broken)), bad


def size(frame: Frame) -> int:
    """How many rows there are."""
    return int(frame.count_rows()) if _is_dataset(frame) else int(frame.num_rows)


def pick(frame: Frame, positions: Sequence[int]) -> pa.Table:
    """Some rows, in this order."""
    return _pick(_table(frame, None), positions)


def distinct(frame: Frame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some columns, each once."""
    table = _table(frame, names)
    readable = [_readable(table.column(name)) for name in names]
    if len(readable) == 1:
        readable = [readable[0].unique()]
    return list(dict.fromkeys(zip(*(clean(column.to_pylist()) for column in readable), strict=True)))


def _pick(table: pa.Table, positions: Sequence[int] | npt.NDArray[np.int64]) -> pa.Table:
    import pyarrow

    # Arrow cannot take rows of views yet; they become views again.
    whole = pyarrow.schema([_without_views(field) for field in table.schema], table.schema.metadata)
    taken = table.cast(whole) if whole != table.schema else table
    return taken.take(pyarrow.array(positions, pyarrow.int64())).cast(table.schema)


def _without_views(field: Any) -> Any:
    import pyarrow

    return field.with_type(pyarrow.large_string()) if pyarrow.types.is_string_view(field.type) else field


def _is_dataset(frame: object) -> bool:
    dataset = sys.modules.get("pyarrow.dataset")
    return dataset is not None and isinstance(frame, dataset.Dataset)


def _table(frame: Any, names: Sequence[str] | None) -> pa.Table:
    """Some columns of a frame (None: all) as one table."""
    import pyarrow

    if _is_dataset(frame):
        try:
            return frame.to_table(columns=None if names is None else list(names))
        except (pyarrow.ArrowException, OSError) as error:
            first = str(error).split("\n", 1)[0]
            raise FrameError(f"the dataset cannot be read: {first}", _UNREADABLE) from None
    table = pyarrow.Table.from_batches([frame]) if isinstance(frame, pyarrow.RecordBatch) else frame
    return table if names is None else table.select(list(names))


_UNREADABLE = "run its to_table() to see which file fails; no row was judged"


def _readable(column: Any) -> Any:
    """Times in microseconds, where those become Python's own without another library."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
    if pyarrow.types.is_duration(kind) and kind.unit == "ns":
        return column.cast(pyarrow.duration("us"), safe=False)
    return column


def _found(kind: Any) -> Found:
    import pyarrow

    found = arrow.found(kind, str(kind))
    timed = pyarrow.types.is_timestamp(kind) or pyarrow.types.is_duration(kind)
    return attrs.evolve(found, fine=timed and kind.unit == "ns")


class _Through:
    """A table as polars sees it, and the stage of its columns there; text is left to Arrow where it can be.

    polars keeps text in another form, which would be a copy of 16 bytes a row and column.
    """

    def __init__(self, stage: Stage, table: pa.Table) -> None:
        import polars

        from typedml.boundary.engines import polars as engine

        self.engine, self.rows = engine, table.num_rows
        self.texts = _Columns(stage, table)
        rules = tuple(rule for rule in stage.rules if not _is_of_text(stage, rule))
        # One column at least says how many rows there are.
        read = {name for rule in rules for name in rule.reads} or {_narrowest(stage)}
        self.frame = cast(polars.DataFrame, polars.from_arrow(table.select(sorted(read))))
        if NAME not in stage.compiled:
            found = engine.survey(stage.plan, self.frame).found
            stage.compiled[NAME] = attrs.evolve(stage, found=found, rules=rules, compiled={})
        self.stage: Stage = stage.compiled[NAME]

    def count(self) -> tuple[int, list[int]]:
        _, counted = self.engine.count(self.stage, self.frame)
        counts = dict(zip(self.stage.rules, counted, strict=True))
        asked = self.texts.stage.rules
        return self.rows, [counts[rule] if rule in counts else self.texts.count(rule) for rule in asked]

    def locate(self, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
        others = [rule for rule in rules if not _is_of_text(self.texts.stage, rule)]
        located = self.engine.locate(self.stage, self.frame, others, limit) if others else []
        found = dict(zip(others, located, strict=True))
        return [
            found[rule] if rule in found else np.flatnonzero(self.texts.bad(rule))[:limit].tolist()
            for rule in rules
        ]


def _narrowest(stage: Stage) -> str:
    return min(stage.found, key=lambda name: stage.found[name].family is Family.STR)


def _is_of_text(stage: Stage, rule: Rule) -> bool:
    return (
        not rule.is_across and rule.name in TEXT_RULES and stage.found[str(rule.column)].family is Family.STR
    )


# What polars holds as it stands; other types (dictionaries, halves, wide decimals) are judged by Arrow.
_SHARED = (
    *("is_boolean", "is_integer", "is_float32", "is_float64", "is_decimal128", "is_null"),
    *("is_string", "is_large_string", "is_string_view", "is_date32", "is_timestamp", "is_duration"),
)


def _through_polars(stage: Stage, table: pa.Table) -> _Through | None:
    """The way through polars, where it is installed and holds every column without a loss."""
    if find_spec("polars") is None or not table.num_columns:
        return None
    import pyarrow.types

    tests = [getattr(pyarrow.types, name) for name in _SHARED]
    shared = all(any(test(kind) for test in tests) for kind in table.schema.types)
    return _Through(stage, table) if shared else None


class _Columns(Mapping[str, Cells]):
    """The cells of a table's columns, each made when it is first asked for."""

    def __init__(self, stage: Stage, table: pa.Table) -> None:
        self.stage, self.table = stage, table
        self.made: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self.made:
            self.made[name] = arrow.cells(self.table.column(name), self.stage.found[name])
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.stage.found)

    def __len__(self) -> int:
        return len(self.stage.found)

    def count(self, rule: Rule) -> int:
        if rule.is_across or rule.column is None:
            return array_across.count(self.stage, rule, self, self.table.num_rows)
        return self[rule.column].count(rule)

    def bad(self, rule: Rule) -> Any:
        if rule.is_across or rule.column is None:
            return array_across.broken_rows(self.stage, rule, self, self.table.num_rows)
        return self[rule.column].bad(rule)
