"""Which files a path, a folder, a pattern, a list of them or a pyarrow dataset stands for.

What other programs leave beside data (`_SUCCESS`, `.part-0.crc`) is no data, as in datasets; folders named
`year=2013` give a column `year` to the files in them.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, final
from urllib.parse import unquote

import attrs

from typedml.boundary.files import FileError

_WILD = "*?["
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@final
@attrs.frozen(eq=False)
class Part:
    """One file: its name as a report shows it, and the values that its folders give to columns.

    `fragment` is the piece of a pyarrow dataset that it is, where one was handed in.
    """

    path: Path
    name: str
    partition: Mapping[str, str | None] = attrs.field(factory=dict)
    fragment: Any = None
    schema: Any = None


def names_files(candidate: object) -> bool:
    """Whether this is a path, or a list of paths."""
    if isinstance(candidate, (list, tuple)) and candidate:
        return all(isinstance(each, (str, os.PathLike)) for each in candidate)
    return isinstance(candidate, (str, os.PathLike))


def is_of_files(candidate: object) -> bool:
    """Whether this is a pyarrow dataset of files, which may be larger than memory; not one of none."""
    return is_dataset(candidate) and bool(getattr(candidate, "files", None))


def is_dataset(candidate: object) -> bool:
    """Whether this is a pyarrow dataset; one cannot exist before its module is loaded."""
    dataset = sys.modules.get("pyarrow.dataset")
    return dataset is not None and isinstance(candidate, dataset.Dataset)


def find_parts(source: Any) -> list[Part]:
    """The files that a source stands for, in the order of their names.

    Raises: FileError, if there are none.
    """
    if is_dataset(source):
        found = list(_fragments(source))
    elif isinstance(source, (list, tuple)):
        found = [part for each in source for part in find_parts(each)]
    else:
        found = list(_matches(os.fspath(source)))
    if not found:
        raise FileError(f"{_shown(source)} holds no data files", _EMPTY_HINT)
    return found


_EMPTY_HINT = "names that begin with _ or . are skipped; a table without rows still is a file"


def _shown(source: Any) -> str:
    return str(source) if isinstance(source, (str, os.PathLike)) else f"a {type(source).__name__}"


def _matches(text: str) -> Iterator[Part]:
    path = Path(text)
    if path.is_dir():
        yield from _within(path)
    elif path.exists() or not any(sign in text for sign in _WILD):
        yield Part(path, str(path))
    else:
        yield from _globbed(text)


def _globbed(pattern: str) -> Iterator[Part]:
    root = Path(*_plain_start(Path(pattern).parts))
    explicit = any(_is_hidden(part) for part in Path(pattern).relative_to(root).parts)
    for name in sorted(glob.glob(pattern, recursive=True), key=_in_order):
        path = Path(name)
        if path.is_dir():
            continue
        if explicit or not any(map(_is_hidden, path.relative_to(root).parts)):
            yield _part(path, root)


def _plain_start(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        if any(sign in part for sign in _WILD):
            return
        yield part


def _within(folder: Path) -> Iterator[Part]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not _is_hidden(each)]
        found += [Path(place, name) for name in names if not _is_hidden(name)]
    for path in sorted(found, key=_in_order):
        yield _part(path, folder)


def _in_order(path: Path | str) -> tuple[str, ...]:
    return Path(path).parts


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "_")) or name.endswith((".crc", ".tmp"))


def _part(path: Path, root: Path) -> Part:
    inner = path.relative_to(root)
    return Part(path, inner.as_posix(), dict(_partition(inner.parent)))


def _partition(folders: Path) -> Iterator[tuple[str, str | None]]:
    for folder in folders.parts:
        name, sign, value = folder.partition("=")
        if sign and name:
            yield name, None if value == _NO_VALUE else unquote(value)


def _fragments(dataset: Any) -> Iterator[Part]:
    try:
        fragments = list(dataset.get_fragments())
    except ValueError:
        # pyarrow gives no files of a dataset that is filtered.
        hint = "check dataset.to_table(), or the dataset without its filter"
        raise FileError("a filtered dataset cannot be read file by file", hint) from None
    for number, fragment in enumerate(fragments):
        path = Path(getattr(fragment, "path", f"part {number}"))
        yield Part(path, path.name, {}, fragment, dataset.schema)
