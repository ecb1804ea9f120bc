"""Write unit and kind of declared columns into the data itself, in every place that survives.

>>> from typing import Annotated
>>> import pandas as pd
>>> from typedml import FeatureSchema, Unit
>>> class Leg(FeatureSchema):
...     distance: Annotated[float, Unit("mile")]
>>> stamp(Leg, pd.DataFrame({"distance": [1.0]})).attrs
{'typedml': {'columns': {'distance': {'unit': 'mile'}}}}
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from typedml.boundary.carried.comparing import CODES, compared
from typedml.boundary.carried.sayings import (
    KIND_KEY,
    PANDAS_KEY,
    TABLE_KEY,
    UNIT_KEY,
    from_arrow,
    from_attrs,
)
from typedml.boundary.engines.quantities import is_quantity, magnitudes, with_units
from typedml.boundary.files import FileError
from typedml.boundary.plans import plan_of
from typedml.boundary.report import FrameError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.boundary.carried.sayings import Sayings
    from typedml.declare.declared import DeclaredSchema

Frame = TypeVar("Frame")


def stamp(schema: Any, frame: Frame) -> Frame:
    """The same data with unit and kind of its declared columns written beside it; no value is touched.

    A pandas frame keeps them in `attrs`, an Arrow table in the metadata of its fields and of its schema.

    Raises: FrameError, if the frame says something else already, or can carry nothing, as of polars.
    """
    declared = plan_of(schema).schema
    module = type(frame).__module__.partition(".")[0]
    stamped: Frame
    if module == "pandas" and hasattr(frame, "attrs"):
        stamped = _stamped_pandas(declared, frame)
        return stamped
    if module == "pyarrow" and hasattr(frame, "replace_schema_metadata"):
        stamped = _stamped_arrow(declared, frame)
        return stamped
    raise FrameError(f"a {type(frame).__name__} of {module} carries no metadata", _WRITE)


_WRITE = "write_parquet(Flight, frame, path) writes them into the file"


def write_parquet(schema: Any, frame: object, path: str | os.PathLike[str], **options: Any) -> None:
    """Write a frame of pandas, polars or Arrow to a Parquet file that carries unit and kind of its columns.

    `options` are those of `pyarrow.parquet.write_table`. Nothing is checked but what the frame itself says.

    Raises: FrameError, if the frame says something else already; FileError, if pyarrow is not installed or
    the file cannot be written.
    """
    table = _stamped_arrow(plan_of(schema).schema, _table(schema, frame))
    import pyarrow.parquet

    with _told(path):
        pyarrow.parquet.write_table(table, os.fspath(path), **options)


def write_ipc(schema: Any, frame: object, path: str | os.PathLike[str], **options: Any) -> None:
    """Write a frame of pandas, polars or Arrow to an Arrow IPC (Feather) file, as `write_parquet` does.

    `options` are those of `pyarrow.feather.write_feather`.

    Raises: FrameError, if the frame says something else already; FileError, if pyarrow is not installed or
    the file cannot be written.
    """
    table = _stamped_arrow(plan_of(schema).schema, _table(schema, frame))
    import pyarrow.feather

    with _told(path):
        pyarrow.feather.write_feather(table, os.fspath(path), **options)


@contextmanager
def _told(path: str | os.PathLike[str]) -> Iterator[None]:
    """Raises: FileError for a file that cannot be written."""
    try:
        yield
    except OSError as error:
        shown = os.fspath(path)
        why = os.strerror(error.errno) if error.errno else str(error)
        folder = os.path.dirname(shown)
        absent = bool(folder) and not os.path.isdir(folder)
        hint = (
            f"make its folder first: mkdir -p {folder}" if absent else "see that the place can be written to"
        )
        raise FileError(f"{shown} cannot be written: {why}", hint) from error


def _table(schema: Any, frame: Any) -> Any:
    if importlib.util.find_spec("pyarrow") is None:
        raise FileError(
            "files are written by pyarrow, which is not installed", 'pip install "typedml[files]"'
        )
    import pyarrow

    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        stamped = _stamped_pandas(plan_of(schema).schema, frame)
        plain = {name: magnitudes(stamped[name]) for name in stamped if is_quantity(stamped[name].dtype)}
        return pyarrow.Table.from_pandas(stamped.assign(**plain) if plain else stamped)
    if polars is not None and isinstance(frame, (polars.DataFrame, polars.LazyFrame)):
        return frame.lazy().collect().to_arrow()
    if isinstance(frame, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([frame])
    if isinstance(frame, pyarrow.Table):
        return frame
    raise FrameError(
        f"a {type(frame).__name__} is no frame that can be written", "hand in pandas, polars or Arrow"
    )


def metadata_of(declared: DeclaredSchema, columns: set[str]) -> dict[str, dict[str, str]]:
    """Unit and kind of each of these columns that has a meaning, as they are written."""
    return {
        field.column: _words(field.meaning)
        for field in declared.fields
        if field.meaning is not None and field.column in columns
    }


def _words(meaning: Meaning) -> dict[str, str]:
    words: dict[str, str] = {}
    if not meaning.unit.is_number or meaning.kind is None:
        words["unit"] = str(meaning.unit)
    kind = "" if meaning.kind is None else meaning.kind.name
    if kind or meaning.cut:
        words["kind"] = f"Threshold[{kind}]" if meaning.cut else kind
    return words


def refuse_contradiction(declared: DeclaredSchema, said: Sayings) -> None:
    """Refuse to write another unit or kind than what the data says already.

    Raises: FrameError.
    """
    for _, verdict in compared(declared, said, declared.columns):
        if verdict.fact:
            raise FrameError(verdict.fact, verdict.hint, code=CODES[verdict.rule.name])


def _stamped_pandas(declared: DeclaredSchema, frame: Any) -> Any:
    types = dict(zip(map(str, frame.columns), frame.dtypes, strict=True))
    refuse_contradiction(declared, with_units(from_attrs(frame.attrs), types))
    made = frame.copy(deep=False)
    made.attrs = _with_table(dict(frame.attrs), metadata_of(declared, set(map(str, frame.columns))))
    return made


def _with_table(attributes: dict[Any, Any], words: dict[str, dict[str, str]]) -> dict[Any, Any]:
    known = attributes.get(TABLE_KEY, {}).get("columns", {})
    return attributes | ({TABLE_KEY: {"columns": known | words}} if known or words else {})


def _stamped_arrow(declared: DeclaredSchema, table: Any) -> Any:
    import pyarrow

    kind = pyarrow.Table if isinstance(table, pyarrow.Table) else pyarrow.RecordBatch
    return kind.from_arrays(table.columns, schema=stamped_schema(declared, table.schema))


def stamped_schema(declared: DeclaredSchema, schema: Any) -> Any:
    """An Arrow schema with unit and kind of its declared columns in all places where they survive.

    Raises: FrameError, if it says something else already.
    """
    import pyarrow

    refuse_contradiction(declared, from_arrow(schema))
    words = metadata_of(declared, set(schema.names))
    fields = [_stamped_field(field, words.get(field.name, {})) for field in schema]
    metadata = dict(schema.metadata or {})
    attributes = _with_table(json.loads(metadata.get(PANDAS_KEY.encode(), b"{}")), words)
    metadata[TABLE_KEY.encode()] = json.dumps({"columns": words}).encode()
    # pandas reads its attrs from here.
    metadata[PANDAS_KEY.encode()] = json.dumps(attributes).encode()
    return pyarrow.schema(fields, metadata=metadata)


def _stamped_field(field: Any, words: dict[str, str]) -> Any:
    keys = {"unit": UNIT_KEY, "kind": KIND_KEY}
    added = {keys[name].encode(): text.encode() for name, text in words.items()}
    return field.with_metadata({**(field.metadata or {}), **added}) if added else field
