"""Texts for columns that hold them: keys that repeat, examples that the schema gives, simple patterns."""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from typedml.laws.admission import is_text_of
from typedml.laws.case import Values
from typedml.laws.grid import Generator
from typedml.laws.inputs import Input
from typedml.laws.settings import Unfillable

LETTERS = string.ascii_uppercase
ALPHABET = string.ascii_letters + string.digits + " _-./:"
MOST_REPEATS = 4
ATTEMPTS = 400
FEW_ROWS = 9
# So many texts there are at least where one of them is a known one.
LEAST = 2


def words(source: Input, rows: int, random: Generator, keys: int, known: Sequence[str] = ()) -> Values:
    """Texts for `rows` rows: of `keys` repeated ones, or all different where the schema says unique.

    One of them is one of the `known` ones, which the feature itself names.
    """
    wanted = 2 * rows + 4 if source.rules.unique else keys
    pool = _with_known(source, _pool(source, wanted, random), known)
    if source.rules.unique and len(pool) < rows:
        raise Unfillable(f"{rows} different texts for `{source.name}`")
    values = np.empty(rows, dtype=object)
    values[:] = [
        pool[place] for place in random.choice(len(pool), size=rows, replace=not source.rules.unique)
    ]
    return values


def _with_known(source: Input, pool: list[str], known: Sequence[str]) -> list[str]:
    """Made-up texts with a known one in place of the last, the same in every table; others as they are."""
    if source.rules.pattern is not None or (source.field is not None and source.field.examples):
        return pool
    fitting = [text for text in known if is_text_of(source, text)]
    if len(pool) < LEAST or not fitting or not set(pool).isdisjoint(fitting):
        return pool
    return [*pool[:-1], fitting[len(pool) % len(fitting)]]


def few(rows: int) -> int:
    """How many different keys the rows of a table have: so few that groups have several rows."""
    return 2 if rows < FEW_ROWS else 3


def _pool(source: Input, wanted: int, random: Generator) -> list[str]:
    pattern = source.rules.pattern
    if pattern is not None:
        return _matching(source, pattern, wanted, random)
    examples = [text for text in (source.field.examples if source.field else ()) if isinstance(text, str)]
    if examples and not source.rules.unique:
        return examples[:wanted]
    texts = [LETTERS[place % 26] * (1 + place // 26) + str(place % 7) for place in range(wanted)]
    return list(dict.fromkeys(_fitted(source, text) for text in texts))


def _fitted(source: Input, text: str) -> str:
    """A text of as many letters as the schema allows."""
    return text.ljust(source.rules.min_length or 0, "_")[: source.rules.max_length]


def _matching(source: Input, pattern: str, wanted: int, random: Generator) -> list[str]:
    """Texts that match a pattern; what is drawn is checked against it, so the drawing may be simple."""
    tree, found = _parse(pattern), dict.fromkeys(_examples(source))
    for _ in range(ATTEMPTS):
        if len(found) >= wanted:
            break
        text = "".join(_expand(node, random) for node in tree)
        if is_text_of(source, text):
            found[text] = None
    if not found:
        raise Unfillable(f"`examples` of `{source.name}`, whose pattern {pattern!r} is too rich to draw from")
    return list(found)


def _examples(source: Input) -> list[str]:
    given = source.field.examples if source.field else ()
    return [text for text in given if isinstance(text, str) and is_text_of(source, text)]


@lru_cache(maxsize=128)
def _parse(pattern: str) -> Any:
    # The parser of `re` is private, but has kept this form since Python 3.11; a test draws from it.
    from re import _parser  # type: ignore[attr-defined]

    return _parser.parse(pattern)


def _expand(node: tuple[Any, Any], random: Generator) -> str:
    """One text that a node of a parsed pattern matches; "" for what is not understood."""
    name, argument = str(node[0]), node[1]
    if name == "LITERAL":
        return chr(argument)
    if name == "ANY":
        return LETTERS[random.integers(26)]
    if name == "IN":
        letters = _class(argument)
        return letters[random.integers(len(letters))] if letters else ""
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        low, high, inner = argument
        times = int(random.integers(int(low), min(int(high), int(low) + MOST_REPEATS) + 1))
        return "".join(_expand(each, random) for _ in range(times) for each in inner)
    if name == "SUBPATTERN":
        return "".join(_expand(each, random) for each in argument[-1])
    if name == "BRANCH":
        branch = argument[1][random.integers(len(argument[1]))]
        return "".join(_expand(each, random) for each in branch)
    return ""


CATEGORIES = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_WORD": string.ascii_letters + string.digits + "_",
    "CATEGORY_SPACE": " ",
}


def _class(members: list[tuple[Any, Any]]) -> str:
    """The letters of a character class such as [A-Z0-9_]."""
    if str(members[0][0]) == "NEGATE":
        banned = _class(members[1:])
        return "".join(letter for letter in ALPHABET if letter not in banned)
    letters = ""
    for kind, argument in members:
        if str(kind) == "LITERAL":
            letters += chr(argument)
        elif str(kind) == "RANGE":
            letters += "".join(map(chr, range(argument[0], argument[1] + 1)))
        elif str(kind) == "CATEGORY":
            letters += CATEGORIES.get(str(argument), "")
    return letters
