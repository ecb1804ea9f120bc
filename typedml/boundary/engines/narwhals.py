"""PySpark, DuckDB and whatever else narwhals wraps, on the caller's own session.

Rows are counted by one query: windows first, then one select of aggregates, so that the source is read once.
Failing rows are asked for by a second one, only where a count is above zero. Rows have no positions here, for
these libraries promise no order. `split` hands back lazy frames of the same library.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, final

import narwhals as nw

from typedml.boundary.engines import narwhals_rules
from typedml.boundary.engines.lists import clean
from typedml.boundary.engines.narwhals_columns import literal, literal_in_spark
from typedml.boundary.families import FAMILIES_BY_NAME, Family, Found
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey

NAME = "narwhals"
LACKS = frozenset({"order", "python", "linear"})
# RE2 answers every pattern in a time that grows with the text alone; Java goes back and tries again.
LACKS_OF_RE2 = LACKS - {"linear"}
_ON_RE2 = ("duckdb", "_duckdb")
_SEPARATOR = "\x1f"
_AT_LEAST = 1_000
# Types that narwhals has no name for, as Spark and DuckDB spell them.
_SPELLED = {"void": Family.NOTHING, "interval day to second": Family.TIMEDELTA, '"NULL"': Family.NOTHING}


def takes(frame: object) -> bool:
    """Whether narwhals wraps the object as a frame.

    Raises: FrameError if narwhals wraps a frame of a library that has an engine of its own.
    """
    if isinstance(frame, (nw.DataFrame, nw.LazyFrame)):
        kind = type(frame.to_native()).__module__.partition(".")[0]
        if kind in ("polars", "pandas", "pyarrow"):
            raise FrameError(f"this is a frame of {kind} in a wrapper", "hand in frame.to_native()")
    return _wrapped(frame) is not None


def survey(plan: Plan, frame: Any) -> Survey:
    """What the frame's columns are found to be."""
    names = tuple(map(str, frame.columns))
    library = type(_lazy(frame).to_native()).__module__.partition(".")[0]
    lacks = LACKS_OF_RE2 if library in _ON_RE2 else LACKS
    wanted = [column.column for column in plan.columns if column.column in names]
    repeated = tuple(name for name in wanted if names.count(name) > 1)
    if repeated:
        return Survey(names, {}, repeated, "", lacks)
    with _plain_errors(None):
        schema = _lazy(frame).collect_schema()
    found = {name: _found(frame, name, schema[name]) for name in wanted}
    return Survey(names, found, (), "", lacks)


def lists(stage: Stage, frame: Any, names: Sequence[str]) -> dict[str, list[Any]] | None:
    """Never: whether a frame has few rows is a query here."""
    return None


def values(frame: Any, name: str) -> list[Any] | None:
    """Never: a column may be larger than memory."""
    return None


def count(stage: Stage, frame: Any) -> tuple[int, list[int]]:
    """How many rows there are, and how many break each rule of the stage, by one query."""
    query = _query(stage, frame)
    with _plain_errors(frame):
        (row,) = _collected(query.on(_lazy(frame)).select(**query.aggregates))
    # DuckDB sums whole numbers to decimals, and a sum over no rows is null.
    return int(row["rows"]), [int(row[f"rule_{number}"] or 0) for number in range(len(stage.rules))]


def hold(frame: Any, columns: Sequence[str]) -> Any:
    """The frame, with room for the failing rows that are found in it."""
    return _Held(frame, columns)


def locate(stage: Stage, frame: Any, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """Numbers of rows that break each of the rules, among those that were fetched.

    Raises: FrameError if the frame was not held.
    """
    return _located(stage, frame if isinstance(frame, _Held) else _Held(frame, ()), rules, limit)


def fetch(frame: Any, columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some columns in some rows that were found."""
    return [{name: frame.rows[at][name] for name in columns} for at in positions]


def divide(stage: Stage, frame: Any, rules: Sequence[Rule], label: str) -> tuple[Any, Any]:
    """The rows that keep every rule, and the others with a list of their reasons, both lazy."""
    query, whole = _query(stage, frame), _lazy(frame)
    marked = query.on(whole).with_columns(**{label: _reasons(query, rules)})
    good, bad = marked.filter(nw.col(label).is_null()), marked.filter(~nw.col(label).is_null())
    kept = [name for name in whole.collect_schema().names() if name != label]
    listed = nw.col(label).str.split(_SEPARATOR)
    return _like(frame, good.select(*kept)), _like(frame, bad.select(*kept, listed))


def size(frame: Any) -> int:
    """How many rows there are, by a query of its own."""
    with _plain_errors(None):
        (row,) = _collected(_lazy(frame).select(rows=nw.len()))
    return int(row["rows"])


def pick(frame: Any, positions: Sequence[int]) -> Any:
    """Never: rows have no positions.

    Raises: FrameError, always.
    """
    fact = f"the rows of a {type(frame).__name__} of {_library(frame)} have no order to draw a sample from"
    raise FrameError(fact, "draw it there, and check that: frame.sample(fraction=0.01)")


def distinct(frame: Any, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some columns, each once."""
    with _plain_errors(None):
        rows = _collected(_lazy(frame).select(*names).unique())
    return [tuple(row[name] for name in names) for row in rows]


@final
class _Held:
    """A frame, the columns to show of it, and the rows that were found to break a rule."""

    def __init__(self, frame: Any, columns: Sequence[str]) -> None:
        self.frame, self.columns = frame, columns
        self.rows: list[dict[str, Any]] = []


def _located(stage: Stage, held: _Held, rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    query = _query(stage, held.frame)
    flags = {f"__typedml_bad_{number}__": query.bad[rule] for number, rule in enumerate(rules)}
    asked = query.on(_lazy(held.frame))
    marked = asked.with_columns(**{name: narwhals_rules.flag(bad) for name, bad in flags.items()}).select(
        *held.columns, *flags
    )
    broken = nw.any_horizontal(*(nw.col(name) == 1 for name in flags), ignore_nulls=False)
    at_most = None if limit is None else max(_AT_LEAST, limit * len(rules))
    rows = _rows(marked.filter(broken), at_most)
    found = [[at for at, row in enumerate(rows) if row[name] == 1] for name in flags]
    for number, name in enumerate(flags):
        # A rule whose rows are behind those of the others is asked by itself; few are.
        if at_most is not None and len(rows) >= at_most and len(found[number]) < (limit or 0):
            more = _rows(marked.filter(nw.col(name) == 1), limit)
            found[number] = list(range(len(rows), len(rows) + len(more)))
            rows = [*rows, *more]
    held.rows = [{name: row[name] for name in held.columns} for row in rows]
    return [each[:limit] for each in found]


def _rows(frame: nw.LazyFrame[Any], at_most: int | None) -> list[dict[str, Any]]:
    return _collected(frame if at_most is None else frame.head(at_most))


def _collected(frame: nw.LazyFrame[Any]) -> list[dict[str, Any]]:
    """The rows of a query, with every missing value as None."""
    rows = frame.collect().rows(named=True)
    return [dict(zip(row, clean(map(_python, row.values())), strict=True)) for row in rows]


def _python(value: Any) -> Any:
    """A value without the wrapping of numpy, pandas or Arrow."""
    if type(value).__name__ == "MonthDayNano" and not value.months:
        return datetime.timedelta(value.days, microseconds=value.nanoseconds // 1000)
    for plain in ("to_pydatetime", "to_pytimedelta", "item"):
        if hasattr(value, plain):
            return getattr(value, plain)()
    return value


def _query(stage: Stage, frame: Any) -> narwhals_rules.Query:
    library = _library(frame)
    if library not in stage.compiled:
        spark = library == "pyspark"
        stage.compiled[library] = narwhals_rules.Query(stage, literal_in_spark if spark else literal, library)
    query: narwhals_rules.Query = stage.compiled[library]
    return query


def _reasons(query: narwhals_rules.Query, rules: Sequence[Rule]) -> nw.Expr:
    """The reasons of a row in one text; null where it has none."""
    if not rules:
        return nw.lit(None).cast(nw.String)
    told = [
        nw.when(query.bad[rule]).then(nw.lit(_SEPARATOR + rule.reason)).otherwise(nw.lit(""))
        for rule in rules
    ]
    joined = nw.concat_str(*told)
    return nw.when(joined != "").then(joined.str.slice(len(_SEPARATOR)))


def _wrapped(frame: Any) -> Any:
    made = nw.from_native(frame, pass_through=True)
    return made if isinstance(made, (nw.DataFrame, nw.LazyFrame)) else None


def _lazy(frame: Any) -> nw.LazyFrame[Any]:
    made = _wrapped(frame)
    if isinstance(made, nw.DataFrame):
        # Eager frames of the pandas kind know only NaN, unless asked for more.
        return nw.maybe_convert_dtypes(made).lazy()
    lazy: nw.LazyFrame[Any] = made
    return lazy


def _like(frame: Any, made: nw.LazyFrame[Any]) -> Any:
    if isinstance(frame, nw.LazyFrame):
        return made
    return made.collect().to_native() if isinstance(_wrapped(frame), nw.DataFrame) else made.to_native()


def _library(frame: Any) -> str:
    return str(_wrapped(frame).implementation)


def _found(frame: Any, name: str, dtype: Any) -> Found:
    kind, shown = type(dtype).__name__, str(dtype)
    if kind == "Unknown":
        shown = _spelled(frame, name)
    family = _SPELLED.get(shown) or FAMILIES_BY_NAME.get(kind, Family.OTHER)
    zoned = getattr(dtype, "time_zone", None) is not None
    note = f"values are {shown}" if family is Family.OTHER else ""
    fine = getattr(dtype, "time_unit", None) == "ns"
    return Found(family, shown, note, zoned, kind in ("Float16", "Float32"), fine)


def _spelled(frame: Any, name: str) -> str:
    """What the library itself calls the type of a column."""
    native = frame.to_native() if isinstance(frame, nw.LazyFrame) else frame
    types = getattr(native, "dtypes", ())
    pairs = types if types and isinstance(types[0], tuple) else zip(native.columns, types, strict=False)
    return str(dict(pairs).get(name, "unknown"))


# The libraries whose errors are about the caller's own query, by the first name of their modules.
_OF_QUERIES = ("pyspark", "py4j", "duckdb", "_duckdb", "narwhals", "pyarrow")
_HINT = "collect it by itself to see where the query fails; no row was judged"


@contextmanager
def _plain_errors(frame: Any) -> Iterator[None]:
    """Turn an error of the caller's own query into one that says so.

    A `frame` that gives a row by itself is not to blame: then a rule is, and the error is left as it is.

    Raises: FrameError in its place.
    """
    try:
        yield
    except Exception as error:
        library = type(error).__module__.partition(".")[0]
        if library not in _OF_QUERIES and not isinstance(error, OSError):
            raise
        if frame is not None and _gives_rows(frame):
            raise
        first = str(error).strip().split("\n", 1)[0]
        raise FrameError(f"the lazy frame cannot be collected: {first}", _HINT) from error


def _gives_rows(frame: Any) -> bool:
    try:
        _collected(_lazy(frame).head(1))
    except Exception:  # noqa: BLE001  # whatever it raises, it cannot be collected
        return False
    return True
