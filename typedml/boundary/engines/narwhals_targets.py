"""The rows that a reference may name, as a frame of the caller's own session to join with.

Thousands of keys are no text of a query: they are handed over as Arrow, and a left join marks the rows that
have one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import narwhals as nw

from typedml.boundary.engines.decimals import DIGITS, as_stored, scale_of
from typedml.boundary.engines.narwhals_columns import stored
from typedml.boundary.engines.narwhals_steps import Steps
from typedml.boundary.families import Family, Found
from typedml.boundary.stage import Stage
from typedml.boundary.times import ticks

_BEYOND_INT64 = ("UInt64", "Int128", "UInt128")


class Part(NamedTuple):
    """How values of another frame are held beside a column; `convert` gives None for what no cell equals."""

    arrow: Callable[[Any], Any]
    spark: str
    convert: Callable[[Any], Any]


def is_target(stage: Stage, names: tuple[str, ...], known: frozenset[Any], steps: Steps, library: str) -> str:
    """The name of a column that is null in the rows whose cells are no row of `known`.

    Raises: KeyError if rows cannot be handed over to the library.
    """
    native = NATIVE[library]
    parts = [_part(stage.found[name]) for name in names]
    rows = _held(parts, known if len(names) > 1 else ((value,) for value in known))
    keys = [_key(stage, name, steps) for name in names]
    mark = steps.new_name()
    theirs = [f"{mark}_{number}" for number in range(len(keys))]
    table = _arrow(theirs, parts, rows)

    def join(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        targets: nw.LazyFrame[Any] = nw.from_native(native(frame.to_native(), table, parts))
        targets = targets.with_columns(nw.lit(1).alias(mark))
        return frame.join(targets, how="left", left_on=keys, right_on=theirs)

    steps.joins.append(join)
    return mark


def _key(stage: Stage, name: str, steps: Steps) -> str:
    """The name of a column as it is joined; whole numbers of more than 64 bits by their digits."""
    found = stage.found[name]
    if found.family is Family.INT and found.dtype in _BEYOND_INT64:
        return steps.of(f"{name} in digits", nw.col(name).cast(nw.String))
    return stored(stage, name, steps)


def _part(found: Found) -> Part:
    match found.family:
        case Family.INT if found.dtype in _BEYOND_INT64:
            return Part(lambda pa: pa.string(), "string", _digits)
        case Family.DATETIME:
            unit, zone = "ns" if found.fine else "us", "UTC" if found.zoned else None
            spark = "timestamp" if found.zoned else "timestamp_ntz"
            return Part(lambda pa: pa.timestamp(unit, zone), spark, lambda value: ticks(value, unit))
        case Family.DECIMAL:
            scale = scale_of(found)
            spark = f"decimal({DIGITS}, {scale})"
            return Part(lambda pa: pa.decimal128(DIGITS, scale), spark, lambda value: as_stored(value, scale))
        case _:
            return _PARTS[found.family]


def _held(parts: list[Part], known: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows as the columns hold them, each once: a row that is there twice would be counted twice."""
    whole = (row for row in known if None not in row)
    held = {tuple(part.convert(value) for part, value in zip(parts, row, strict=True)) for row in whole}
    return [row for row in held if None not in row]


def _arrow(names: list[str], parts: list[Part], rows: list[tuple[Any, ...]]) -> Any:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(parts)
    arrays = [pa.array(cells, part.arrow(pa)) for part, cells in zip(parts, columns, strict=True)]
    return pa.table(dict(zip(names, arrays, strict=True)))


def _in_duckdb(relation: Any, table: Any, parts: list[Part]) -> Any:
    """A relation on the connection of another one, which gives its connection to queries alone."""
    typedml_targets = table  # The query finds it by this name.
    made = relation.query(_VIEW, "select * from typedml_targets")
    del typedml_targets
    # Before DuckDB 2 the relation is left behind as a view of this name.
    made.query(_VIEW, f"drop view if exists {_VIEW}")
    return made


_VIEW = "__typedml_frame__"


def _in_spark(frame: Any, table: Any, parts: list[Part]) -> Any:
    from pyspark.sql.types import StructType

    fields = [f"`{name}` {part.spark}" for name, part in zip(table.column_names, parts, strict=True)]
    return frame.sparkSession.createDataFrame(table, StructType.fromDDL(", ".join(fields)))


# The libraries that take rows over, by the name that narwhals has for them.
NATIVE: Mapping[str, Callable[[Any, Any, list[Part]], Any]] = {"duckdb": _in_duckdb, "pyspark": _in_spark}


def _as_it_is(value: Any) -> Any:
    return value


def _whole(value: Any) -> int | None:
    return int(value) if value % 1 == 0 and -(2**63) <= value < 2**63 else None


def _digits(value: Any) -> str | None:
    return str(int(value)) if value % 1 == 0 else None


def _float(value: Any) -> float:
    # Zero has no sign in the column either.
    return float(value) + 0.0


def _nothing(value: Any) -> None:
    """None: a column without a value equals nothing."""


_PARTS: Mapping[Family, Part] = {
    Family.BOOL: Part(lambda pa: pa.bool_(), "boolean", _as_it_is),
    Family.INT: Part(lambda pa: pa.int64(), "bigint", _whole),
    Family.FLOAT: Part(lambda pa: pa.float64(), "double", _float),
    Family.NOTHING: Part(lambda pa: pa.float64(), "double", _nothing),
    Family.STR: Part(lambda pa: pa.string(), "string", _as_it_is),
    Family.DATE: Part(lambda pa: pa.date32(), "date", _as_it_is),
    Family.TIME: Part(lambda pa: pa.time64("us"), "time", _as_it_is),
    Family.TIMEDELTA: Part(
        lambda pa: pa.duration("us"), "interval day to second", lambda value: ticks(value, "us")
    ),
}
