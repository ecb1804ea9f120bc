"""Text from a file, a schema or another library, made so that whatever shows it does not obey it.

Control characters, escapes, marks that turn the direction of writing, and everything else without a picture
are spelled out, and so is what a runner of workflows would take for a command.

>>> inert("a\\x1b[31mb\\u202e")
'a\\\\x1b[31mb\\\\u202e'
>>> inert("::error title=x::gone")
':\\\\x3aerror title=x::gone'
"""

from __future__ import annotations

import re

LONGEST = 2000
# `::command::` where a line begins, and `##[command]` anywhere: text may be wrapped, so everywhere.
_COMMAND = re.compile(r"(?<![\w:]):(?::)(?=[A-Za-z])|##(?=\[)")
_SPELLED = {"::": ":\\x3a", "##": "#\\x23"}


def inert(text: object, longest: int = LONGEST) -> str:
    """Return text on one line that no terminal, runner or parser obeys, cut where it is longer than this."""
    return _spelled(clipped(str(text), longest), "")


def inert_lines(text: object, longest: int = 20 * LONGEST) -> str:
    """Return the same of text that has lines."""
    return _spelled(clipped(str(text), longest), "\n")


def clipped(text: str, longest: int = LONGEST) -> str:
    """Return text that is not longer than this, and says how long it was."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def _spelled(text: str, kept: str) -> str:
    if not text.isprintable():
        text = "".join(each if each in kept or each.isprintable() else _spelling(each) for each in text)
    return _COMMAND.sub(lambda found: _SPELLED[found[0]], text) if "::" in text or "##[" in text else text


def _spelling(character: str) -> str:
    return character.encode("unicode_escape").decode()
