"""Where annotations stand in a source file.

mypy drops the metadata of `Annotated` before most hooks see it, but keeps exact positions. So a file that is
analysed is parsed once more, and each name that stands in the first argument of an `Annotated` is known by
its line and column, together with the metadata that belong to it.
"""

from __future__ import annotations

import ast
import os
from functools import cached_property
from typing import Final

# The values of these carry what is said of the whole: `Annotated[list[float], KM]` is a list of kilometres.
HOLDERS: Final = frozenset(
    "Optional Union List list Sequence MutableSequence Tuple tuple Set set FrozenSet frozenset "
    "AbstractSet Iterable Iterator Generator Collection Deque deque Final ClassVar Required NotRequired "
    "ReadOnly Type type".split()
)
MAPPINGS: Final = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict"})

# Stands for metadata of several annotations in one quoted string, which cannot be told apart.
AMBIGUOUS: Final = ast.Constant(value=...)

Position = tuple[int, int]


class Source:
    """One file: metadata by the position of the name they belong to, and assignments by name and line.

    Most files declare nothing, and are never parsed here.
    """

    def __init__(self, text: bytes) -> None:
        self._raw = text
        self._metadata: dict[Position, tuple[ast.expr, ...]] = {}
        self._assigned: dict[tuple[str, int], ast.expr] = {}
        # Written for a newer Python than the one that runs mypy.
        self.is_unreadable = False
        self.told: Position | None = None

    @cached_property
    def text(self) -> list[bytes]:
        """The lines of the file."""
        return self._raw.split(b"\n")

    @cached_property
    def metadata(self) -> dict[Position, tuple[ast.expr, ...]]:
        """What stands in `Annotated`, by the positions of the names in its first argument."""
        if b"Annotated" in self._raw:
            self._parse()
        return self._metadata

    @cached_property
    def assigned(self) -> dict[tuple[str, int], ast.expr]:
        """What names are assigned, by name and line."""
        self._parse()
        return self._assigned

    def _parse(self) -> None:
        if self._assigned or self._metadata or self.is_unreadable:
            return
        try:
            tree = ast.parse(self._raw, type_comments=True)
        except (SyntaxError, ValueError):
            self.is_unreadable = True
            return
        names = {"Annotated"}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names.update(a.asname for a in node.names if a.name == "Annotated" and a.asname)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                self._assignment(node, names)
            elif isinstance(node, ast.Subscript) and _last_name(node.value) in names:
                self._annotated(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._quoted(node, node.value, names)

    def snippet(self, line: int, column: int, end_line: int, end_column: int) -> str:
        """Return the source text between two positions, on one line."""
        rows = self.text[line - 1 : end_line]
        if not rows:
            return ""
        if len(rows) == 1:
            return rows[0][column:end_column].decode(errors="replace")
        parts = [rows[0][column:], *rows[1:-1], rows[-1][:end_column]]
        return " ".join(part.decode(errors="replace").strip() for part in parts)

    def _assignment(self, node: ast.Assign | ast.AnnAssign, names: set[str]) -> None:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name) and node.value is not None:
                self._assigned[target.id, target.lineno] = node.value
        if isinstance(node, ast.Assign) and node.type_comment:
            self._quoted(node, node.type_comment, names)

    def _annotated(self, node: ast.Subscript) -> None:
        if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) > 1:
            subject, *metadata = node.slice.elts
            for name in _carriers(subject):
                self._say(name, metadata)

    def _say(self, place: ast.expr | ast.stmt, metadata: list[ast.expr]) -> None:
        for position in _positions(self.text[place.lineno - 1], place.lineno, place.col_offset):
            # Walking goes from the outside in, but what stands nearest to the name is read first.
            self._metadata[position] = (*metadata, *self._metadata.get(position, ()))

    def _quoted(self, place: ast.Constant | ast.Assign, text: str, names: set[str]) -> None:
        """Read a quoted annotation, all of whose names mypy places at the quotation mark."""
        if not any(name in text for name in names):
            return
        try:
            inner = ast.parse(text.strip(), mode="eval")
        except (SyntaxError, ValueError):
            return
        found = [n for n in ast.walk(inner) if isinstance(n, ast.Subscript) and _last_name(n.value) in names]
        for node in found:
            if isinstance(node.slice, ast.Tuple) and _carriers(node.slice.elts[0]):
                self._say(place, node.slice.elts[1:] if len(found) == 1 else [AMBIGUOUS])


_known: dict[str, tuple[tuple[int, int], Source]] = {}


def source_of(path: str) -> Source:
    """Return the file at `path`, from memory while it has not changed."""
    try:
        status = os.stat(path)
        key = (status.st_mtime_ns, status.st_size)
        known = _known.get(path)
        if known is None or known[0] != key:
            with open(path, "rb") as file:
                known = _known[path] = (key, Source(file.read()))
    except OSError:
        return Source(b"")
    return known[1]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _positions(row: bytes, line: int, column: int) -> set[Position]:
    # Beside letters outside ASCII mypy 2.4 counts neither bytes nor characters: it converts twice.
    characters = len(row[:column].decode(errors="replace"))
    return {(line, column), (line, characters), (line, 2 * characters - column)}


def _carriers(node: ast.expr) -> list[ast.expr]:
    """Return the names in a type that metadata on the whole type belong to."""
    if isinstance(node, ast.Name | ast.Attribute):
        return [node]
    if isinstance(node, ast.BinOp):
        return [*_carriers(node.left), *_carriers(node.right)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node] if node.value.replace(".", "").strip().isidentifier() else []
    return _held(node) if isinstance(node, ast.Subscript) else []


def _held(node: ast.Subscript) -> list[ast.expr]:
    base = _last_name(node.value)
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base in HOLDERS:
        return [found for part in inner for found in _carriers(part)]
    if base in MAPPINGS:
        return _carriers(inner[-1])
    if base == "Annotated":
        return _carriers(inner[0])
    return [node.value]
