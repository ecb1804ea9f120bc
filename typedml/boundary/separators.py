"""What goes wrong with files of separated values: another separator than their ending says, no UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedml.boundary.plan import Plan

SEPARATORS = {"CSV": ",", "TSV": "\t"}
_NAMED = {",": "a comma", "\t": "a tab", ";": "a semicolon", "|": "a bar"}
_ENDINGS = {",": "name it .csv", "\t": "name it .tsv"}
_READ = 'check polars.read_csv(path, separator="{}"), or save it with commas'


def unseparated(name: str, columns: Sequence[str], plan: Plan, separator: str) -> tuple[str, str] | None:
    """The fact and the hint where a header is one name, and would hold declared ones if it were cut."""
    declared = {column.column for column in plan.columns}
    if len(columns) != 1 or columns[0] in declared:
        return None
    for other in _NAMED:
        pieces = {piece.strip(' "') for piece in columns[0].split(other)}
        if other != separator and len(pieces) > 1 and declared & pieces:
            fact = f"{name} has one column, for it is read with {_NAMED[separator]} between its cells"
            return fact, f"is its separator {_NAMED[other]}? {_ENDINGS.get(other, _READ.format(other))}"
    return None


def encoding_hint(said: str) -> str:
    """What helps where a library says that a text is not UTF-8; nothing for all else that it says."""
    signs = ("utf8", "utf-8", "\x00")
    return "save it as UTF-8" if any(sign in said.lower() for sign in signs) else ""
