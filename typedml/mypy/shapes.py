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

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLE: Final = "\0"
_CARRIER: Final = (
    r"(?:typedml\.declare\.carriers\.)?\b(?P<carrier>Float|Int)\[TypedDict\(\{(?P<claims>.*?)\}\)\]"
)
CARRIED: Final = re.compile(_CARRIER)
_NUMBER: Final = re.compile(_CARRIER + r"|(?<![\w.\"'])(?:builtins\.)?(?P<plain>float|int|bool)\b(?!\[)")
_CLAIM: Final = re.compile(r"'(?P<key>[^']*)'=?: (?:object\?\[(?P<shown>[^\]]*)\]|Any)")
_QUOTED: Final = re.compile(r'"([^"]*)"')
NAMES: Final = {"Float": "float", "Int": "int"}


@attrs.frozen
class Number:
    """A number type in a printed type: its plain class and what it means."""

    plain: str
    operand: Operand


@attrs.frozen
class Shape:
    """A printed type: its text with a hole for each number type."""

    text: str
    numbers: tuple[Number, ...]

    @property
    def is_scalar(self) -> bool:
        """Whether it is one number and nothing else."""
        return self.text == HOLE


def shape(printed: str) -> Shape:
    """Return the shape of a printed type."""
    numbers = tuple(map(_number, _NUMBER.finditer(printed)))
    return Shape(_NUMBER.sub(HOLE, printed), numbers)


def _number(match: re.Match[str]) -> Number:
    if match["plain"]:
        return Number(match["plain"], UNKNOWN)
    return Number(NAMES[match["carrier"]], claimed(match["claims"]))


def claimed(claims: str) -> Operand:
    """Return the meaning that the printed keys of a carrier stand for."""
    return nearest([(match["key"], match["shown"]) for match in _CLAIM.finditer(claims)])


def spell(message: str) -> str:
    """Return a message of mypy's with meanings as people read them: `float[km]`."""

    def shown(match: re.Match[str]) -> str:
        return describe(claimed(match["claims"]), NAMES[match["carrier"]]).strip('"')

    return CARRIED.sub(shown, message)


def quoted(message: str) -> list[str]:
    """Return what stands in double quotes in a message."""
    return _QUOTED.findall(message)


def members(printed: str) -> Iterator[str]:
    """Yield the members of a printed union."""
    depth = start = 0
    for i, letter in enumerate(printed):
        depth += (letter in "[({") - (letter in "])}")
        if depth == 0 and printed.startswith(" | ", i):
            yield printed[start:i]
            start = i + 3
    yield printed[start:]
