"""Types as mypy prints them, with the meanings that ride in them told apart.

`list[Float[TypedDict({'02m...'=: object?[m...]})]]` is read as the text `list[\\0]` and one number type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from typedml.algebra.meaning import UNKNOWN, Operand
from typedml.messages import describe
from typedml.mypy.carrier import nearest
from typedml.mypy.classes import ROWS, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLE: Final = "\0"
EITHER: Final = f"{HOLE} | {HOLE}"
_BY_CARRIER: Final = {row.carrier.rpartition(".")[2]: row for row in ROWS}
_MODULES: Final = "|".join(
    re.escape(name) for name in sorted({row.carrier.rpartition(".")[0] for row in ROWS})
)
_CARRIER: Final = (
    rf"(?:(?:{_MODULES})\.)?\b(?P<carrier>{'|'.join(_BY_CARRIER)})"
    r"\[(?P<own>[^\[\]{}]*, )?TypedDict\(\{(?P<claims>.*?)\}\)\]"
)
CARRIED: Final = re.compile(_CARRIER)
# The short name of a plain class may be that of another class too: mypy prints the full name of both then.
_PLAIN: Final = {name: row for row in ROWS for name in (row.plain, row.name)}
_PRINTED: Final = "|".join(map(re.escape, sorted(_PLAIN, key=len, reverse=True)))
_NUMBER: Final = re.compile(
    _CARRIER
    + r"|\bLiteral\[(?:(?P<text>'[^\[\]]*)|(?P<whole>-?\d[^\[\]']*))\]"
    + rf"|(?<![\w.\"'])(?P<plain>{_PRINTED})\b(?:\[(?P<args>[^\[\]{{}}]*)\]|(?![\[.]))"
)
# Where a plain class and its carrier stand in one message, mypy prints the full name of both.
_FULL: Final = re.compile(rf"(?<![\w.])(?:{'|'.join(re.escape(row.plain) for row in ROWS)})\b(?!\.)")
_CLAIM: Final = re.compile(r"'(?P<key>[^']*)'=?: (?:object\?\[(?P<shown>[^\]]*)\]|Any)")
_QUOTED: Final = re.compile(r'"([^"]*)"')


@attrs.frozen
class Number:
    """A number type in a printed type: its plain class and what it means."""

    row: Row
    operand: Operand

    @property
    def plain(self) -> str:
        """The plain class as messages show it."""
        return self.row.name


@attrs.frozen
class Shape:
    """A printed type: its text with a hole for each number type."""

    text: str
    numbers: tuple[Number, ...]

    @property
    def is_scalar(self) -> bool:
        """Whether it is one number and nothing else."""
        return self.text == HOLE

    @property
    def level(self) -> int:
        """How many levels down the last number stands: in `dict[str, list[float]]` two."""
        before = self.text.rpartition(HOLE)[0]
        return before.count("[") - before.count("]")

    @property
    def alternatives(self) -> tuple[Shape, ...]:
        """What a container is that holds numbers of two types, with one of them and with the other."""
        if self.text.count(EITHER) != 1 or not self.text.rstrip("]").endswith(EITHER):
            return (self,)
        *before, one, other = self.numbers
        text = self.text.replace(EITHER, HOLE)
        return tuple(Shape(text, (*before, each)) for each in (one, other))


def shape(printed: str) -> Shape:
    """Return the shape of a printed type."""
    numbers = tuple(map(_number, _NUMBER.finditer(printed)))
    return Shape(_NUMBER.sub(HOLE, printed), numbers)


def _number(match: re.Match[str]) -> Number:
    named = match["plain"] or (match["text"] and "str") or (match["whole"] and "int")
    if named:
        return Number(_PLAIN[named], UNKNOWN)
    return Number(_BY_CARRIER[match["carrier"]], claimed(match["claims"]))


def claimed(claims: str) -> Operand:
    """Return the meaning that the printed keys of a carrier stand for."""
    return nearest([(match["key"], match["shown"]) for match in _CLAIM.finditer(claims)])


def spell(message: str) -> str:
    """Return a message of mypy's with meanings as people read them: `float[km]`."""

    def shown(match: re.Match[str]) -> str:
        return describe(claimed(match["claims"]), _BY_CARRIER[match["carrier"]].name).strip('"')

    return _FULL.sub(lambda match: _PLAIN[match[0]].name, CARRIED.sub(shown, message))


def quoted(message: str) -> list[str]:
    """Return what stands in double quotes in a message."""
    return _QUOTED.findall(message)


def members(printed: str, separator: str = " | ") -> Iterator[str]:
    """Yield the members of a printed union, or what else stands between separators."""
    depth = start = 0
    for i, letter in enumerate(printed):
        depth += (letter in "[({") - (letter in "])}")
        if depth == 0 and printed.startswith(separator, i):
            yield printed[start:i]
            start = i + len(separator)
    yield printed[start:]
