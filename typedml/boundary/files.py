"""Read a data file for the command line: Parquet, CSV, JSON, NDJSON and Arrow.

Text formats have no types of their own: CSV columns are parsed as the schema declares them, JSON's texts
where times are declared. A column with a value that cannot be parsed is left as text, so that its report
names the rows instead of failing here.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import attrs

from typedml.boundary import texts
from typedml.boundary.separators import SEPARATORS, encoding_hint, unseparated
from typedml.errors import TypedmlError

if TYPE_CHECKING:
    from typedml.boundary.plan import Plan

Read = Callable[[Path], Any]


class FileError(TypedmlError):
    """A data file that cannot be read; `fact` says why, `hint` what would help.

    `quoted` is what its library says of it, the end of the fact: it may quote the file.
    """

    def __init__(self, fact: str, hint: str | None = None, quoted: str = "") -> None:
        super().__init__(f"{fact}: {quoted}" if quoted else fact, hint)
        self.quoted = quoted

    def redacted(self) -> FileError:
        """The same without what may quote the file."""
        return FileError(self.fact.removesuffix(f": {self.quoted}"), self.hint)


@final
@attrs.frozen
class Format:
    """How files of one format are read, by library, and which columns come as text."""

    name: str
    polars: Read
    pandas: Read
    texts: tuple[type, ...] = ()


def read_frame(path: Path | str, schema: Any = None) -> Any:
    """The table in a file, as a polars frame (or a pandas one, where polars is not installed).

    `schema`: what the columns of a text format are parsed as; without one their types are guessed. Where it
    has rules that only frames of one library can be asked, the frame is one of that library.

    Raises: FileError, if the file is not there, empty, of an unknown format or not what its name says.
    """
    path = Path(path)
    require_content(path)
    plan = None if schema is None else _plan(schema)
    wanted = {rule.argument.frames for rule in plan.opaque} if plan is not None else set()
    return _read(path, wanted.pop() if len(wanted) == 1 else _library(), plan)


def read_polars(path: Path, plan: Plan) -> Any:
    """The table in a file as a polars frame.

    Raises: FileError, as `read_frame` does.
    """
    return _read(path, "polars", plan)


def _read(path: Path, library: str, plan: Plan | None) -> Any:
    chosen = format_of(path)
    try:
        frame = getattr(chosen, library)(path)
    except Exception as error:  # noqa: BLE001  # each library and version raises its own for a broken file
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        advice = encoding_hint(first) or _hint(chosen)
        raise FileError(f"{path} cannot be read as {chosen.name}", advice, first) from None
    if plan is None or not chosen.texts:
        return frame
    require_separated(str(path), list(frame.columns), plan, SEPARATORS.get(chosen.name))
    return texts.parse(frame, plan, chosen.texts)


def _plan(schema: Any) -> Plan:
    from typedml.boundary.checking import plan_of

    return plan_of(schema)


def format_of(path: Path) -> Format:
    """The format of a file, told by its ending.

    Raises: FileError, if it is none known here.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in (".gz", ".zst"):
        suffixes.pop()
    found = _FORMATS.get(suffixes[-1]) if suffixes else None
    if found is None:
        ending = f'ends in "{suffixes[-1]}"' if suffixes else "has no ending"
        raise FileError(f"{path} {ending}, which is no format known here", f"known are {', '.join(_FORMATS)}")
    return found


def require_content(path: Path) -> None:
    """Refuse what is not there, a folder, what may not be opened, and an empty file.

    Raises: FileError.
    """
    if not path.exists():
        there = path.parent.is_dir()
        raise FileError(
            f"{path} does not exist", "check the name" if there else f"{path.parent} is no folder"
        )
    if path.is_dir():
        raise FileError(f"{path} is a folder", "name one file in it")
    try:
        with path.open("rb") as file:
            content = file.read(1)
    except OSError as error:
        raise FileError(f"{path} cannot be opened: {error.strerror}", "check its permissions") from None
    if not content:
        raise FileError(f"{path} is empty", "a table without rows still names its columns")


def require_separated(name: str, columns: Sequence[str], plan: Plan, separator: str | None) -> None:
    """Refuse a file of separated values whose header was not cut at its separator.

    Raises: FileError.
    """
    wrong = unseparated(name, columns, plan, separator) if separator is not None else None
    if wrong is not None:
        raise FileError(*wrong)


def _library() -> str:
    for library in ("polars", "pandas"):
        if importlib.util.find_spec(library) is not None:
            return library
    raise FileError("no library that reads tables is installed", 'pip install "typedml[polars]"')


def _hint(chosen: Format) -> str:
    return f"see that it is {chosen.name}: its ending says so, its content does not"


def _polars_csv(separator: str) -> Read:
    def read(path: Path) -> Any:
        import polars

        return polars.read_csv(path, separator=separator, infer_schema=False)

    return read


def _pandas_csv(separator: str) -> Read:
    def read(path: Path) -> Any:
        import pandas

        return pandas.read_csv(path, sep=separator, dtype=str, keep_default_na=False, na_values=[""])

    return read


def _polars(function: str) -> Read:
    def read(path: Path) -> Any:
        import polars

        return getattr(polars, function)(path)

    return read


def _pandas(function: str, **options: Any) -> Read:
    def read(path: Path) -> Any:
        import pandas

        return getattr(pandas, function)(path, **options)

    return read


_PARQUET = Format("Parquet", _polars("read_parquet"), _pandas("read_parquet"))
_ARROW = Format("Arrow", _polars("read_ipc"), _pandas("read_feather"))
_JSON = Format("JSON", _polars("read_json"), _pandas("read_json", orient="records"), texts.TIMES)
_LINES = Format(
    "NDJSON", _polars("read_ndjson"), _pandas("read_json", orient="records", lines=True), texts.TIMES
)
_FORMATS = {
    ".parquet": _PARQUET,
    ".pq": _PARQUET,
    ".csv": Format("CSV", _polars_csv(","), _pandas_csv(","), texts.ALL),
    ".tsv": Format("TSV", _polars_csv("\t"), _pandas_csv("\t"), texts.ALL),
    ".json": _JSON,
    ".ndjson": _LINES,
    ".jsonl": _LINES,
    ".feather": _ARROW,
    ".arrow": _ARROW,
    ".ipc": _ARROW,
}
