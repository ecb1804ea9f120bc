"""One regular expression, the same matches on every engine.

Python, Rust (polars), RE2 (Arrow) and Java agree on a subset of the syntax only, and even there not on `\\d`
(Unicode or ASCII) and `$` (before a last newline or not). Here the *whole* text matches, `\\d`, `\\w` and
`\\s` are ASCII, and `$` is the very end. What lies outside the subset runs in Python on the distinct values:
slower, with the same answers, and in a time that grows with the length of a text alone.

>>> portable(r"N\\d+")
'^(?:N[0-9]+)$'
>>> portable(r"(?<=a)b") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from typedml.boundary.automaton import Unreadable, automaton, is_tame
from typedml.errors import DeclarationError

_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": " \\t\\n\\r\\f\\v"}
_TOKEN = re.compile(
    r"""
    (?P<escape>\\.)
  | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
  | (?P<group>\((?:\?:|(?!\?)))
  | (?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})(?![*+]))
  | (?P<anchor>[\^$])
  | (?P<plain>[|).]|[^\\\[({*+?^$|).}\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_SPECIAL = frozenset("\\.^$*+?()[]{}|-tnrfv")  # these keep their backslash
_PLAIN = frozenset("/ :,;=!<>@#&~'\"%_`")  # these never needed one


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern for the `fullmatch` of Python's own `re`, with the meaning that all engines share.

    Raises: re.error, if it is not a regular expression.
    """
    return re.compile(
        re.sub(r"(\\.)|(\[\^?\]?(?:\\.|[^\]\\])*\])|(\$)", _end, pattern, flags=re.DOTALL), re.ASCII
    )


@lru_cache(maxsize=512)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a whole text matches the pattern, in Python, in a time that grows with its length alone.

    Python's matcher is asked where it cannot go astray; otherwise all ways are followed at once.

    Raises: DeclarationError where neither will do: a pattern of thousands of states that may go astray.
    """
    python = compiled(pattern)
    if is_tame(python.pattern):
        return lambda text: python.fullmatch(text) is not None
    try:
        return automaton(python.pattern)
    except Unreadable:
        fact = f"pattern={pattern!r} repeats repetitions, and no bound is known for the time that it takes."
        hint = "Write fewer or smaller repetitions in one another, and leave flags for parts of it out."
        raise DeclarationError(fact, hint) from None


@lru_cache(maxsize=512)
def portable(pattern: str) -> str | None:
    """The pattern, anchored, in the syntax that every engine reads alike; None where there is none."""
    position, parts = 0, []
    while position < len(pattern):
        token = _TOKEN.match(pattern, position)
        part = _translate(token) if token else None
        if token is None or part is None:
            return None
        parts.append(part)
        position = token.end()
    return f"^(?:{''.join(parts)})$"


MARK = "\x01"
"""What is put behind a text, so that `$` is its very end for Java and Python, too, and no last newline."""


@lru_cache(maxsize=512)
def marked(pattern: str) -> str | None:
    r"""The pattern for texts with a `MARK` behind them, as Java reads it, too; None if there is none.

    >>> marked(r"N.")
    '^(?:N[^\\n])\x01$'
    """
    syntax = portable(_END_AT_LAST.sub("", pattern))
    if syntax is None:
        return None
    inside = syntax[len("^(?:") : -len(")$")]
    parts = [_in_java(token) for token in _TOKEN.finditer(inside)]
    return None if None in parts else f"^(?:{''.join(map(str, parts))}){MARK}$"


_END_AT_LAST = re.compile(r"(?<!\\)(\$|\\Z)\Z")
_MOST_REPEATS = 1000  # of RE2


def _in_java(token: re.Match[str]) -> str | None:
    text = token.group(0)
    if text in ("$", r"\z"):
        return None
    if text[0] == "{" and max(map(int, re.findall(r"\d+", text))) > _MOST_REPEATS:
        return None
    # A dot leaves out more than a newline there, and \v is every vertical blank.
    return r"[^\n]" if text == "." else re.sub(r"\\(.)", _vertical, text, flags=re.DOTALL)


def _vertical(escape: re.Match[str]) -> str:
    return r"\x0b" if escape.group(1) == "v" else escape.group(0)


def _end(token: re.Match[str]) -> str:
    return r"\Z" if token.group(3) else token.group(0)


def _translate(token: re.Match[str]) -> str | None:
    text = token.group(0)
    match token.lastgroup:
        case "escape":
            return _escape(text[1])
        case "set":
            return _character_set(text)
        case _:
            return text


def _escape(letter: str) -> str | None:
    if letter in _PLAIN:
        return letter
    if letter in _SPECIAL:
        return "\\" + letter
    if letter.lower() in _CLASSES:
        return f"[{'^' if letter.isupper() else ''}{_CLASSES[letter.lower()]}]"
    return r"\z" if letter == "Z" else None


def _character_set(text: str) -> str | None:
    negated = text.startswith("[^")
    inside = text[2 if negated else 1 : -1]
    # A nested set, an intersection or a leading bracket is read differently from engine to engine.
    if not inside or inside[0] in "]^" or re.search(r"\[|&&|--|~~|\|\|", inside):
        return None
    parts = [_member(escape) if escape else plain for escape, plain in _MEMBERS.findall(inside)]
    return None if None in parts else f"[{'^' if negated else ''}{''.join(map(str, parts))}]"


_MEMBERS = re.compile(r"\\(.)|([^\\])", re.DOTALL)


def _member(letter: str) -> str | None:
    return _CLASSES.get(letter) or (_escape(letter) if letter in _SPECIAL or letter in _PLAIN else None)
