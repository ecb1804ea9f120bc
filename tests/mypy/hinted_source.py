"""A file under edit: where an error is in it, and which of its expressions stand there."""

from __future__ import annotations

import ast

import attrs


@attrs.frozen
class Place:
    """Where an error is: a file, and positions in it as mypy prints them."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    fact: str = attrs.field(eq=False)


@attrs.frozen
class Edit:
    """Text to put between two offsets, and the names that it needs."""

    start: int
    end: int
    text: str


def parsed(code: str) -> ast.expr:
    return ast.parse(f"({code})", mode="eval").body


class Source:
    """One file under edit."""

    def __init__(self, text: str) -> None:
        self.text, self.tree = text, ast.parse(text)
        rows = text.splitlines(keepends=True)
        self.starts = [0, *(sum(map(len, rows[: i + 1])) for i in range(len(rows)))]
        self.parents = {part: node for node in ast.walk(self.tree) for part in ast.iter_child_nodes(node)}

    def range(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends; the sources of the cases are ASCII."""
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset

    def within(self, place: Place) -> list[ast.expr]:
        """Return the expressions of an error, outermost first; of its statement if there are none."""
        start = self.starts[place.line - 1] + place.column - 1
        end = self.starts[place.end_line - 1] + place.end_column
        # mypy ends an expression with its last operand, without the parentheses around that.
        start -= len(self.text[:start]) - len(self.text[:start].rstrip("("))
        end += len(self.text[end:]) - len(self.text[end:].lstrip(")"))
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.expr)]
        inside = [n for n in nodes if start <= self.range(n)[0] and self.range(n)[1] <= end]
        return inside or [n for n in nodes if n.lineno <= place.line <= (n.end_lineno or n.lineno)]

    def has_several_at(self, place: Place) -> bool:
        """Say whether one place holds several values that may each be wrong: a chain, a tuple."""
        outermost = self.within(place)[0]
        if isinstance(outermost, ast.Compare):
            return len(outermost.ops) > 1
        return isinstance(outermost, ast.Tuple)

    def statement(self, place: Place) -> ast.stmt | None:
        found = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.stmt) and node.lineno <= place.line <= (node.end_lineno or 0)
        ]
        return found[-1] if found else None

    def edit(self, node: ast.AST, code: str) -> Edit:
        """Return the edit that replaces a node, on as many lines as it had."""
        start, end = self.range(node)
        lines = "\n" * self.text[start:end].count("\n")
        bare = isinstance(parsed(code), ast.Call | ast.Name | ast.Attribute | ast.ListComp | ast.DictComp)
        return Edit(start, end, code if bare and not lines else f"({code}{lines})")
