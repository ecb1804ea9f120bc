"""Where annotations stand in a source file.

mypy drops the metadata of `Annotated` before most hooks see it, but keeps exact positions. So the statements
that mention it are parsed once more, and each name that stands in the first argument of an `Annotated` is
known by its line and column, together with the metadata that belong to it.
"""

from __future__ import annotations

import ast
import os
import re
from bisect import bisect_left
from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, Final

from typedml.mypy.assignments import assignments, by_name, returned, scopes
from typedml.mypy.subjects import Quoted, carriers, last_name, said_within, unquoted

if TYPE_CHECKING:
    from mypy.nodes import MypyFile

# `from typing import Annotated as A`
RENAMED: Final = re.compile(rb"\bAnnotated\s+as\s+(\w+)")
# A file in another encoding says so in one of its first two lines.
CODING: Final = re.compile(rb"[ \t\f]*#.*?coding[:=]")
CASE: Final = re.compile(rb"^[ \t]+case\b", re.MULTILINE)
# Each parenthesis, and each string as a whole: those in it are text.
PARENTHESES: Final = re.compile(r"""[()]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""")

Position = tuple[int, int]


class Source:
    """One file: metadata by the position of the name they belong to, and assignments by name and line.

    Most files declare nothing, and are never parsed here.
    """

    def __init__(self, text: bytes) -> None:
        self._raw = text
        self._metadata: dict[Position, tuple[ast.expr, ...]] | None = None
        # Written for a newer Python than the one that runs mypy.
        self.is_unreadable = False
        # Some of it cannot be read, which is of concern only where something is looked for in it.
        self.is_newer = False
        self.told: Position | None = None
        # Names that are one of several in a type: of `float | str` the text is no number, and need be none.
        self.shared: set[Position] = set()

    @cached_property
    def text(self) -> list[bytes]:
        """The lines of the file."""
        return self._raw.split(b"\n")

    @cached_property
    def declares(self) -> bool:
        """Whether the file may declare a meaning."""
        return b"Annotated" in self._raw

    @cached_property
    def has_patterns(self) -> bool:
        """Whether there may be a `match` statement in the file."""
        return CASE.search(self._raw) is not None

    @cached_property
    def names_within(self) -> bool:
        """Whether there may be an expression in the file that assigns a name, `(n := 1)`."""
        return b":=" in self._raw

    @cached_property
    def uses_typedml(self) -> bool:
        """Whether the file may define a marker."""
        return b"typedml" in self._raw

    def said(self, tree: MypyFile, place: Position, name: str) -> tuple[ast.expr, ...]:
        """Return the metadata of a name at a position; at that of a quoted annotation stand all its names."""
        found = self.metadata(tree).get(place, ())
        if not any(isinstance(each, Quoted) for each in found):
            return found
        parts = (each.by_name.get(name, ()) if isinstance(each, Quoted) else (each,) for each in found)
        return tuple(each for part in parts for each in part)

    def metadata(self, tree: MypyFile) -> dict[Position, tuple[ast.expr, ...]]:
        """What stands in `Annotated`, by the positions of the names in its first argument."""
        if self._metadata is None:
            self._metadata = {}
            if self.declares:
                self._read(tree)
        return self._metadata

    @cached_property
    def assigned(self) -> dict[tuple[str, int], ast.expr]:
        """What names are assigned, by name and line."""
        return {(name.id, name.lineno): value for name, value in assignments(self.whole)}

    @cached_property
    def rebound(self) -> dict[tuple[str, int], list[tuple[int, ast.expr]]]:
        """All that names are assigned which are assigned more than once, with the lines, by name and line."""
        return {
            (name, line): found
            for body in scopes(self.whole)
            for name, found in by_name(body).items()
            if len(found) > 1
            for line, _ in found
        }

    def place(self, name: str, line: int) -> tuple[str, int]:
        """Return the name and line of an assignment; mypy's cache forgets the lines of variables."""
        known = (name, line)
        return known if line > 0 else next((key for key in self.assigned if key[0] == name), known)

    @cached_property
    def returned(self) -> dict[str, list[ast.expr]]:
        """What functions return, by their names."""
        return returned(self.whole)

    @cached_property
    def whole(self) -> ast.Module:
        """The file as Python reads it; of one for a newer Python, those statements that this one can read."""
        try:
            return ast.parse(self._raw)
        except (SyntaxError, ValueError):
            self.is_newer = True
            return ast.Module(
                [each for first, last in self._pieces() for each in self._piece(first, last)], []
            )

    def _pieces(self) -> list[tuple[int, int]]:
        """Return the first and last lines of what may be a statement: from one that is not indented on."""
        starts = [n for n, row in enumerate(self.text, 1) if row[:1].strip(b" \t\r)]}#@")]
        return list(zip(starts, [start - 1 for start in starts[1:]] + [len(self.text)], strict=True))

    def _piece(self, first: int, last: int) -> list[ast.stmt]:
        try:
            parsed = ast.parse(b"\n".join(self.text[first - 1 : last]))
        except (SyntaxError, ValueError):
            return []
        return ast.increment_lineno(parsed, first - 1).body

    def _parsed(self, text: bytes) -> ast.Module:
        try:
            return ast.parse(text, type_comments=True)
        except (SyntaxError, ValueError):
            self.is_unreadable = True
            return ast.Module([], [])

    def _read(self, tree: MypyFile) -> None:
        """Parse the statements that a name of `Annotated` stands in; no other can declare anything."""
        names = {"Annotated", *(found.decode() for found in RENAMED.findall(self._raw))}
        mentioned = re.compile(b"|".join(name.encode() for name in names))
        lines = [number for number, row in enumerate(self.text, 1) if mentioned.search(row)]
        for first, last in self._statements(tree):
            if _any_between(lines, first, last):
                parsed = self._parsed(b"\n".join(self.text[first - 1 : last]))
                self._walk(parsed, [line - first + 1 for line in lines], first - 1, names)

    def _statements(self, tree: MypyFile) -> list[tuple[int, int]]:
        """Return the first and last lines of the statements of a file, each with what stands above it."""
        if any(CODING.match(row) for row in self.text[:2]):
            return [(1, len(self.text))]  # which has to be read as a whole
        found: list[tuple[int, int]] = []
        for statement in tree.defs:
            above, last = found[-1][1] if found else 0, statement.end_line or statement.line
            if found and statement.line <= above:
                found[-1] = (found[-1][0], max(above, last))
            else:
                found.append((above + 1, last))
        return found

    def _walk(self, parsed: ast.Module, lines: list[int], above: int, names: set[str]) -> None:
        """Find what is declared on some lines of a statement that begins so many lines down the file."""
        waiting: deque[ast.AST] = deque([parsed])
        while waiting:
            node = waiting.popleft()
            waiting.extend(each for each in ast.iter_child_nodes(node) if _is_among(each, lines))
            if isinstance(node, ast.Assign) and node.type_comment:
                self._quoted(node, node.type_comment, above, names)
            elif isinstance(node, ast.Subscript) and last_name(node.value) in names:
                self._annotated(node, above, names)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._quoted(node, node.value, above, names)

    def snippet(self, line: int, column: int, end_line: int, end_column: int) -> str:
        """Return the source text between two positions, on one line."""
        rows = self.text[line - 1 : end_line]
        if not rows:
            return ""
        if len(rows) == 1:
            return rows[0][column:end_column].decode(errors="replace")
        parts = [rows[0][column:], *rows[1:-1], rows[-1][:end_column]]
        return " ".join(part.decode(errors="replace").strip() for part in parts)

    def _annotated(self, node: ast.Subscript, above: int, names: set[str]) -> None:
        if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) > 1:
            subject, *metadata = node.slice.elts
            named = carriers(subject)
            for name in named:
                inner = unquoted(str(name.value)) if isinstance(name, ast.Constant) else None
                if inner is None:
                    self._say(name, above, metadata, shared=len(named) > 1)
                else:
                    said: list[ast.expr] = [Quoted(said_within(inner, names, metadata))]
                    self._say(name, above, said, shared=len(named) > 1 or len(carriers(inner)) > 1)

    def _say(
        self, place: ast.expr | ast.stmt, above: int, metadata: list[ast.expr], shared: bool = False
    ) -> None:
        line = place.lineno + above
        known = self._metadata if self._metadata is not None else {}
        for position in _positions(self.text[line - 1], line, place.col_offset):
            # Walking goes from the outside in, but what stands nearest to the name is read first.
            known[position] = (*metadata, *known.get(position, ()))
            if shared:
                self.shared.add(position)

    def _quoted(self, place: ast.Constant | ast.Assign, text: str, above: int, names: set[str]) -> None:
        """Read a quoted annotation, all of whose names mypy places at the quotation mark."""
        inner = unquoted(text) if any(name in text for name in names) else None
        if inner is not None:
            self._say(place, above, [Quoted(said_within(inner, names, []))])


def balanced(text: str) -> str:
    """Return a piece of source with the parentheses that it begins or ends within.

    >>> balanced("x - lo) / (hi - lo")
    '(x - lo) / (hi - lo)'
    """
    depth = lowest = 0
    for sign in PARENTHESES.findall(text):
        depth += (sign == "(") - (sign == ")")
        lowest = min(lowest, depth)
    return "(" * -lowest + text + ")" * (depth - lowest)


def _any_between(lines: list[int], first: int, last: int) -> bool:
    place = bisect_left(lines, first)
    return place < len(lines) and lines[place] <= last


def _is_among(node: ast.AST, lines: list[int]) -> bool:
    """Whether a node stands on one of these lines, or may hold one that does."""
    first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    decorators = getattr(node, "decorator_list", ())
    if first is None or last is None or decorators:
        return True
    return _any_between(lines, first, last)


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


_latest: list[tuple[MypyFile, object, Source]] = []


def source_of_tree(tree: MypyFile) -> Source:
    """Return the file of a module that is analysed: mypy asks about many names of one before the next."""
    if not _latest or _latest[0][0] is not tree or _latest[0][1] is not tree.defs:
        _latest[:] = [(tree, tree.defs, source_of(tree.path))]
    return _latest[0][2]


def _positions(row: bytes, line: int, column: int) -> set[Position]:
    # Beside letters outside ASCII mypy 2.4 counts neither bytes nor characters: it converts twice.
    characters = len(row[:column].decode(errors="replace"))
    return {(line, column), (line, characters), (line, 2 * characters - column)}
