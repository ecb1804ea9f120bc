"""The tokens of unit expressions, and what is said of characters that look like them."""

from __future__ import annotations

from typedml.algebra.errors import UnitError
from typedml.algebra.value import Value

NAME, NUMBER, VARIABLE, END = "name", "number", "variable", "end"
OPERATORS = frozenset("*/^()+-")
# Signs that stand in the names of Pint's units beside letters, digits and underscores.
NAME_SIGNS = frozenset("_°%‰∞")
DIGITS = frozenset("0123456789")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
LOOKALIKES = {
    "·": "*", "×": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "＊": "*",
    "÷": "/", "∕": "/", "⁄": "/", "／": "/",
    "−": "-", "–": "-", "—": "-", "（": "(", "）": ")",
    "’": "'", "‘": "'", "`": "'",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY",
}  # fmt: skip


class Token(Value):
    """A piece of the text: its kind (an operator is its own kind), text and position."""

    __slots__ = ("kind", "position", "text")
    kind: str
    text: str
    position: int

    def __init__(self, kind: str, text: str, position: int) -> None:
        self._fill(kind=kind, text=text, position=position)


def tokens(text: str, *, loose: bool) -> list[Token]:
    """Split a text into tokens, an end token last. Raises: UnitError at a character that has no place."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        if text[position] in " \t":
            position += 1
            continue
        token = _token(text, position, loose)
        found.append(token)
        position += len(token.text)
    return [*found, Token(END, "", len(text))]


def _token(text: str, start: int, loose: bool) -> Token:
    first = text[start]
    if text.startswith("**", start):
        return Token("**", "**", start)
    if first in OPERATORS:
        return Token(first, first, start)
    if first in DIGITS or (loose and first == "." and text[start + 1 : start + 2] in DIGITS):
        return Token(NUMBER, text[start : _number_end(text, start)], start)
    if first == "'":
        return _variable(text, start)
    if _is_name(first):
        return Token(NAME, text[start : _name_end(text, start)], start)
    raise _strange(text, start)


def _is_name(character: str) -> bool:
    return (character.isalnum() and ord(character) not in SUPERSCRIPTS) or character in NAME_SIGNS


def _name_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and _is_name(text[end]):
        end += 1
    return end


def _digits_end(text: str, start: int) -> int:
    while start < len(text) and text[start] in DIGITS:
        start += 1
    return start


def _number_end(text: str, start: int) -> int:
    end = _digits_end(text, start)
    if text[end : end + 1] == ".":
        end = _digits_end(text, end + 1)
    if text[end : end + 1] in {"e", "E"}:
        signed = end + 2 if text[end + 1 : end + 2] in {"+", "-"} else end + 1
        end = _digits_end(text, signed) if text[signed : signed + 1] in DIGITS else end
    return end


def _variable(text: str, start: int) -> Token:
    end = _name_end(text, start + 1)
    if not text[start + 1 : end].isidentifier():
        raise _error("A quote is not followed by a name", "a unit variable is written 'U", text, start)
    return Token(VARIABLE, text[start:end], start)


def _strange(text: str, position: int) -> UnitError:
    """Say what a character is that no unit expression holds, and what was probably meant."""
    character = text[position]
    if ord(character) in SUPERSCRIPTS:
        end = position
        while end < len(text) and ord(text[end]) in SUPERSCRIPTS:
            end += 1
        power = text[position:end].translate(SUPERSCRIPTS)
        meant = shorten(f"{text[:position]}**{power}{text[end:]}")
        return _error(f'The superscript "{text[position:end]}" stands', f'write "{meant}"', text, position)
    hint = "names, *, /, ** and parentheses make up a unit"
    if character in LOOKALIKES:
        hint = f'write "{LOOKALIKES[character]}"'
    return _error(f"The character {describe(character)} stands", hint, text, position)


def describe(character: str) -> str:
    """Name a character so that look-alikes can be told apart."""
    from unicodedata import name

    shown = f'"{character}" ' if character.isprintable() and not character.isspace() else ""
    return f"{shown}(U+{ord(character):04X} {name(character, 'unnamed')})"


def shorten(text: str) -> str:
    """Cut a text to what a message can show, on one line."""
    shown = text if text.isprintable() else ascii(text)[1:-1]
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _error(fact: str, hint: str, text: str, position: int) -> UnitError:
    return UnitError(f'{fact} in the unit "{shorten(text)}"', hint, text=text, position=position)
