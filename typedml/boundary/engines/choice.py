"""Which engine takes a frame, told by the library of its class; none is imported to find out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey


class Engine(Protocol):
    """What a module in `engines` offers for the frames of one library."""

    NAME: str
    takes: Callable[[object], bool]
    survey: Callable[[Plan, Any], Survey]
    lists: Callable[[Stage, Any, Sequence[str]], dict[str, list[Any]] | None]
    values: Callable[[Any, str], list[Any] | None]
    count: Callable[[Stage, Any], tuple[int, list[int]]]
    hold: Callable[[Any, Sequence[str]], Any]
    locate: Callable[[Stage, Any, Sequence[Rule], int | None], list[list[int]]]
    fetch: Callable[[Any, Sequence[str], Sequence[int]], list[dict[str, object]]]
    divide: Callable[[Stage, Any, Sequence[Rule], str], tuple[Any, Any]]
    size: Callable[[Any], int]
    pick: Callable[[Any, Sequence[int]], Any]
    distinct: Callable[[Any, Sequence[str]], list[tuple[Any, ...]] | None]


def engine_for(frame: object, *, streaming: bool = False) -> Engine:
    """The engine that takes a frame, told by the library its class comes from.

    `streaming`: one that reads in pieces, where the library has such a one for this frame.

    Raises: FrameError if there is none.
    """
    for parent in type(frame).__mro__:
        library = parent.__module__.partition(".")[0]
        if library in ENGINES:
            engine = _engine(ENGINES[library])
            if streaming and library in STREAMING and _engine(STREAMING[library]).takes(frame):
                return _engine(STREAMING[library])
            if engine.takes(frame):
                return engine
    for name in OF_ANY_LIBRARY:
        if not isinstance(frame, _NEVER_FRAMES) and _engine(name).takes(frame):
            return _engine(name)
    raise FrameError(f"{_shown(frame)} is not a frame", _frame_hint(frame))


# Libraries by the first name of the module that defines their frames, each with the engine that takes them.
ENGINES = {
    "polars": "polars",
    "pandas": "pandas",
    "pyarrow": "pyarrow",
    "numpy": "numpy",
    "dask": "dask",
    **dict.fromkeys(("pyspark", "duckdb", "_duckdb", "narwhals"), "narwhals"),
    **dict.fromkeys(("ibis", "modin", "cudf", "sqlframe"), "narwhals"),
}
STREAMING = {"polars": "polars_streaming"}
OF_ANY_LIBRARY = ("rows", "narwhals")
_NEVER_FRAMES = (type(None), bool, int, float, complex, str, bytes, bytearray, type)


def _engine(name: str) -> Engine:
    return cast(Engine, import_module(f"typedml.boundary.engines.{name}"))


def _shown(frame: object) -> str:
    if isinstance(frame, type):
        return f"the class {frame.__name__}"
    kind = type(frame)
    article = "an" if kind.__name__[0].lower() in "aeiou" or kind.__name__.startswith("nd") else "a"
    return "None" if frame is None else f"{article} {kind.__name__}"


def _frame_hint(frame: object) -> str:
    match type(frame).__name__:
        case "Series":
            return "one column has no schema: hand in series.to_frame(), or check it with its marker"
        case "dict":
            return "make a frame of columns, pl.DataFrame(columns), and a list of one record, [record]"
        case _:
            return "frames of polars, pandas, pyarrow, PySpark, DuckDB, Dask are taken, and lists of records"
