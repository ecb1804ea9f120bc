"""The reader of Pint's definition format: text in, lines of definitions out.

Units (`smoot = 1.7018 * meter = smt`), prefixes (`kilo- = 1e3 = k-`), base units (`USD = [currency_USD]`),
tags (`click = []`), `@alias`, `@import` and `@group` are read. `@context`, `@system` and `@defaults`, and
derived dimensions (`[area] = ...`), say nothing about what a unit is and are skipped.
"""

from __future__ import annotations

from typedml.algebra.errors import RegistryError, UnitError
from typedml.algebra.tokens import NAME, shorten, tokens
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike
    from pathlib import Path

SKIPPED_BLOCKS = frozenset({"@context", "@system", "@defaults"})
MODIFIERS = frozenset({"offset", "logbase", "logfactor"})
PREFIX, UNIT, ALIAS = "prefix", "unit", "alias"

# Bounds that no honest file comes near: Pint's own has 900 lines, 30 prefixes and one import.
LONGEST_TEXT = 1_000_000
LONGEST_LINE = 10_000
MOST_DEFINITIONS = 5_000
MOST_PREFIXES = 100
MOST_FILES = 100
DEEPEST_IMPORT = 20


class Line(Value):
    """One definition: its kind, name, right side, modifiers, other names and place.

    `names` begins with the symbol where there is one (`symbol` says so). An alias line has no expression.
    """

    __slots__ = ("expression", "kind", "modifiers", "name", "names", "place", "symbol")
    kind: str
    name: str
    expression: str
    modifiers: tuple[tuple[str, str], ...]
    symbol: str | None
    names: tuple[str, ...]
    place: str

    def __init__(
        self,
        kind: str,
        name: str,
        expression: str,
        place: str,
        names: tuple[str, ...] = (),
        symbol: str | None = None,
        modifiers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._fill(
            kind=kind,
            name=name,
            expression=expression,
            place=place,
            names=names,
            symbol=symbol,
            modifiers=modifiers,
        )

    def meaning(self) -> tuple[object, ...]:
        """Everything but the place."""
        return self.kind, self.name, self.expression, self.modifiers, self.symbol, self.names


def read_text(text: str, source: str) -> list[Line]:
    """Read definitions from a text. Raises: RegistryError with source and line."""
    _check_length(len(text), source)
    return _bounded(_lines(text, source, lambda name, place: _no_import(place)))


def read_file(path: str | PathLike[str]) -> list[Line]:
    """Read definitions from a file and the files it imports. Raises: RegistryError with file and line."""
    from pathlib import Path

    return _bounded(_Files().read(Path(path), (), ""))


class _Files:
    """A file and all that it imports, counted."""

    def __init__(self) -> None:
        self.number = 0

    def read(self, path: Path, importing: tuple[Path, ...], place: str) -> Iterator[Line]:
        text, resolved = _text_of(path, place)
        if resolved in importing:
            raise RegistryError(f'"{path.name}" imports itself', "remove this @import", place=place)
        self.number += 1
        if self.number > MOST_FILES or len(importing) > DEEPEST_IMPORT:
            fact = f'"{shorten(path.name)}" is one @import too many'
            hint = f"at most {MOST_FILES} files are read, and {DEEPEST_IMPORT} deep: join some of them"
            raise RegistryError(fact, hint, place=place)
        inner = (*importing, resolved)
        yield from _lines(text, path.name, lambda name, at: self.read(path.parent / name, inner, at))


def _text_of(path: Path, place: str) -> tuple[str, Path]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            text, resolved = file.read(LONGEST_TEXT + 1), path.resolve()
    except (OSError, ValueError) as error:
        unreadable = isinstance(error, UnicodeDecodeError)
        reason = "it is not UTF-8 text" if unreadable else getattr(error, "strerror", None) or str(error)
        shown = ascii(str(path)[-200:])[1:-1]
        hint = "name a text file with unit definitions in Pint's format"
        raise RegistryError(
            f'The registry file "{shown}" cannot be read: {reason}', hint, place=place
        ) from None
    _check_length(len(text), place or path.name)
    return text, resolved


def _check_length(length: int, place: str) -> None:
    if length > LONGEST_TEXT:
        fact = f"The definitions are longer than {LONGEST_TEXT} characters"
        raise RegistryError(fact, "keep the units that your program uses", place=place)


def _bounded(lines: Iterable[Line]) -> list[Line]:
    found: list[Line] = []
    prefixes = 0
    for line in lines:
        found.append(line)
        prefixes += line.kind == PREFIX
        if len(found) > MOST_DEFINITIONS or prefixes > MOST_PREFIXES:
            fact = f"More than {MOST_DEFINITIONS} definitions, or {MOST_PREFIXES} prefixes, are not read"
            raise RegistryError(fact, "keep the units that your program uses", place=line.place)
    return found


def _no_import(place: str) -> list[Line]:
    raise RegistryError("@import stands in a text that is not a file", "load the file instead", place=place)


def _lines(text: str, source: str, imported: Callable[[str, str], Iterable[Line]]) -> Iterator[Line]:
    block = ""
    place = source
    for number, raw in enumerate(text.splitlines(), 1):
        place = f"{source}:{number}"
        if len(raw) > LONGEST_LINE:
            fact = f"A line of {len(raw)} characters is too long"
            raise RegistryError(fact, f"at most {LONGEST_LINE} are read", place=place)
        line = raw.partition("#")[0].strip()
        if line.startswith("@import "):
            yield from imported(line.removeprefix("@import ").strip(), place)
        elif line.startswith("@") and not line.startswith("@alias "):
            block = _directive(line, block, place)
        elif line and block not in SKIPPED_BLOCKS and not line.startswith("["):
            yield _definition(line, place)
    if block:
        raise RegistryError(f"{block} is never closed", 'add "@end"', place=place)


def _directive(line: str, block: str, place: str) -> str:
    """Return the block that is open after a line with a directive."""
    word = line.split()[0].partition("(")[0]
    if word == "@end" and block:
        return ""
    if word in SKIPPED_BLOCKS or word == "@group":
        if block:
            raise RegistryError(f"{word} stands inside {block}", 'close the first with "@end"', place=place)
        return word
    hint = "@alias, @import, @group, @system, @context and @end are known"
    raise RegistryError(f'"{shorten(line)}" is not a directive that can stand here', hint, place=place)


def _definition(line: str, place: str) -> Line:
    head, *rest = (part.strip() for part in line.removeprefix("@alias ").split("="))
    if not rest or not head or not rest[0]:
        hint = 'write "name = 3 * other_unit", "name = [dimension]" or "name = []"'
        raise RegistryError(f'"{shorten(line)}" is not a definition', hint, place=place)
    if line.startswith("@alias "):
        return Line(ALIAS, _name(head, place), "", place, _names(rest, place))
    symbol = None if len(rest) < 2 or rest[1] in {"", "_"} else rest[1]
    if head.endswith("-"):
        names = _names([name.removesuffix("-") for name in rest[1:]], place)
        return Line(PREFIX, _name(head[:-1], place), rest[0], place, names, symbol and names[0])
    expression, *modifiers = (part.strip() for part in rest[0].split(";"))
    pairs = tuple(_modifier(modifier, place) for modifier in modifiers)
    return Line(UNIT, _name(head, place), expression, place, _names(rest[1:], place), symbol, pairs)


def _modifier(text: str, place: str) -> tuple[str, str]:
    key, _, value = (part.strip() for part in text.partition(":"))
    if key not in MODIFIERS or not value:
        hint = '"; offset: 273.15" and "; logbase: 10; logfactor: 10" are known'
        raise RegistryError(f'"{shorten(text)}" does not modify a unit', hint, place=place)
    return key, value


def _names(parts: list[str], place: str) -> tuple[str, ...]:
    return tuple(_name(part, place) for part in parts if part not in {"", "_"})


def _name(text: str, place: str) -> str:
    """Check that a text is a single name."""
    try:
        found = tokens(text[:200], loose=True)
    except UnitError:
        found = []
    if len(found) != 2 or found[0].kind != NAME or len(text) > 100:
        hint = "a name is letters, digits and underscores, and does not begin with a digit"
        raise RegistryError(f'"{shorten(text)}" is not a name for a unit', hint, place=place)
    return text
