"""What definitions mean: lines in, entries out, with forward references, and cycles and clashes refused."""

from __future__ import annotations

from typedml.algebra.decibels import level
from typedml.algebra.definitions import ALIAS, PREFIX, UNIT, Line
from typedml.algebra.errors import RegistryError, UnitError
from typedml.algebra.grammar import parse_definition
from typedml.algebra.lexicon import Entry, Lexicon, multiply, split, untwin
from typedml.algebra.monomial import ONE, PI, Monomial, magnitude

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from typedml.algebra.grammar import Expression

LARGEST_EXPONENT = 10_000
# The kilogram is the base unit; Pint counts in grams.
GRAM = Monomial({"2": -3, "5": -3, "kg": 1})


class Batch:
    """Definitions that are read together: they may refer to each other in any order.

    `refused(name)` raises where a name must not be used (a trap). Nothing reaches the lexicon before every
    line has been understood.
    """

    def __init__(self, lines: Iterable[Line], lexicon: Lexicon, refused: Callable[[str], object]) -> None:
        self.lexicon = lexicon
        self.refused = refused
        self.prefixes = dict(lexicon.prefixes)
        self.lines: dict[str, Line] = {}
        self.names: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.parsed: dict[str, Expression] = {}
        self.repeated: list[tuple[str, str]] = []
        self.alias_places: dict[str, str] = {}
        self.dimensions = dict(lexicon.dimensions)
        lines = list(lines)
        for line in lines:
            if line.kind == PREFIX:
                self._add_prefix(line)
            elif line.kind == UNIT:
                self._add_unit(line)
        self._add_aliases([line for line in lines if line.kind == ALIAS])

    def _add_prefix(self, line: Line) -> None:
        expression = self._parse(line)
        if expression.positions:
            fact = f'"{line.expression}", the value of the prefix "{line.name}", is not a number'
            raise RegistryError(fact, f'write a number, such as "{line.name}- = 1e3"', place=line.place)
        value = str(expression.vector)
        for name in (line.name, *line.names):
            if self.prefixes.setdefault(untwin(name), value) != value:
                hint = "give the prefix another name"
                raise RegistryError(f'The prefix "{name}" has another value already', hint, place=line.place)

    def _add_unit(self, line: Line) -> None:
        key = f"{line.name}'{len(self.lines)}" if line.name in self.lines else line.name
        self.lines[key] = line
        for name in map(untwin, (line.name, *line.names)):
            if self.names.setdefault(name, key) != key:
                self.repeated.append((name, key))

    def _add_aliases(self, lines: list[Line]) -> None:
        for line in lines:
            canonical = self.names.get(untwin(line.name)) or self.lexicon.canonical(line.name)
            if canonical is None:
                raise self._unknown(line, line.name)
            for alias in map(untwin, line.names):
                self.alias_places[alias] = line.place
                if self.names.setdefault(alias, canonical) != canonical:
                    raise self._clash(alias, line)

    def evaluate(self) -> None:
        """Evaluate every line. Raises: RegistryError for what is unknown, cyclic or clashes."""
        for name in self.lines:
            self._evaluate_from(name)
        for name, mine in self.repeated:
            other = self.names[name]
            if self.entries[other] != self.entries[mine]:
                raise self._clash(name, self.lines[mine], f" at {self.lines[other].place}")

    def _evaluate_from(self, start: str) -> None:
        """Evaluate a line after those it refers to; a stack of our own, as files may be deep."""
        stack = [start]
        active: dict[str, None] = {}
        while stack:
            name = stack[-1]
            if name in self.entries:
                active.pop(stack.pop(), None)
                continue
            active[name] = None
            line = self.lines[name]
            expression = self.parsed.get(name) or self._parse(line)
            self.parsed[name] = expression
            waiting = [need for need in self._needs(line, expression) if need not in self.entries]
            for need in waiting:
                if need in active:
                    raise self._cycle([*active], need)
            stack += waiting
            if not waiting:
                self.entries[name] = self._entry(line, expression)

    def _parse(self, line: Line) -> Expression:
        if line.expression.startswith("[") and line.expression.endswith("]"):
            return parse_definition("1")
        try:
            return parse_definition(line.expression)
        except UnitError as error:
            raise RegistryError(error.fact, error.hint, place=line.place) from None

    def _canonical(self, name: str) -> str | None:
        return self.names.get(untwin(name)) or self.lexicon.canonical(name)

    def _split(self, line: Line, name: str) -> tuple[str, str] | None:
        """Split a name; one that is not defined here must not be a trap."""
        parts = split(name, self._canonical, self.prefixes)
        if untwin(name) not in self.names:
            try:
                self.refused(name)
            except UnitError as error:
                raise RegistryError(error.fact, error.hint, place=line.place) from None
        return parts

    def _needs(self, line: Line, expression: Expression) -> list[str]:
        """The lines of this batch that a line refers to."""
        parts = (self._split(line, name) for name in expression.positions)
        return [part[1] for part in parts if part is not None and part[1] in self.lines]

    def _entry(self, line: Line, expression: Expression) -> Entry:
        if line.expression == "[]":
            return Entry(Monomial({f"#{line.name}": 1}))
        if line.expression.startswith("["):
            return self._base(line)
        if line.name == PI:
            return Entry(Monomial({PI: 1}))
        vector = ONE
        for atom, exponent in expression.vector.items:
            known = atom not in expression.positions
            base = Monomial({atom: 1}) if known else self._lookup(line, atom).vector
            vector = vector * base**exponent
        if any(magnitude(exponent) > LARGEST_EXPONENT for _, exponent in vector.items):
            fact = f'The exponents of "{line.name}" are too large'
            raise RegistryError(fact, "write smaller ones", place=line.place)
        return self._modified(line, vector)

    def _base(self, line: Line) -> Entry:
        """A base unit, the only one of its dimension."""
        known = self.dimensions.setdefault(line.expression, line.name)
        if known != line.name:
            fact = f"the dimension {line.expression} has a base unit, {known}"
            hint = f'define "{line.name}" by it, such as "{line.name} = 3 * {known}"'
            raise RegistryError(fact, hint, place=line.place)
        return Entry(GRAM if line.name == "gram" else Monomial({line.symbol or line.name: 1}))

    def _lookup(self, line: Line, name: str) -> Entry:
        parts = self._split(line, name)
        try:
            if parts is None:
                entry = self.lexicon.find(name)
            else:
                prefix, canonical = parts
                base = self.entries.get(canonical) or self.lexicon.entry(canonical)
                entry = multiply(self.prefixes.get(prefix, "1"), prefix, canonical, base)
        except UnitError as error:
            raise RegistryError(error.fact, error.hint, place=line.place) from None
        if entry is None:
            raise self._unknown(line, name)
        if entry.origin is not None:
            hint = f'use the unit of its differences, or add "; offset: ..." to "{line.name}"'
            raise RegistryError(
                f'"{name}" is a point and cannot be part of a definition', hint, place=line.place
            )
        return entry

    def _modified(self, line: Line, vector: Monomial) -> Entry:
        modifiers = dict(line.modifiers)
        try:
            values = {key: number(text) for key, text in modifiers.items()}
            if "logbase" in values or "logfactor" in values:
                return level(values, vector)
        except UnitError as error:
            raise RegistryError(error.fact, error.hint, place=line.place) from None
        return Entry(vector, values.get("offset") or None)

    def _unknown(self, line: Line, name: str) -> RegistryError:
        from typedml.algebra.suggestions import suggest

        near = suggest(name, [*self.names, *self.lexicon.names], self.prefixes)
        hint = f'did you mean "{near}"?' if near else f'define "{name}" in the same file'
        return RegistryError(f'"{line.name}" refers to the unknown unit "{name}"', hint, place=line.place)

    def _cycle(self, active: list[str], need: str) -> RegistryError:
        chain = [*active[active.index(need) :], need]
        shown = " -> ".join(chain if len(chain) < 9 else [*chain[:4], "...", *chain[-3:]])
        hint = "define one of them by units from elsewhere"
        return RegistryError(f"Definitions go in a circle: {shown}", hint, place=self.lines[need].place)

    def _clash(self, name: str, line: Line, where: str = "") -> RegistryError:
        fact = f'"{name}" is already defined with another meaning{where}'
        return RegistryError(fact, "give the new unit another name", place=line.place)


def number(text: str) -> Fraction:
    """Evaluate the arithmetic that modifiers are written in: `233.15 + 200 / 9`."""
    from fractions import Fraction

    total = Fraction(0)
    for term in text.split(" + "):
        # Zero has no prime factors; it is the offset of scales that begin at absolute zero.
        total += _term(term, text) if term.strip(" 0.") else 0
    return total


def _term(term: str, text: str) -> Fraction:
    from typedml.algebra.ratio import Ratio

    expression = parse_definition(term)
    value = None if expression.positions else Ratio(expression.vector, None).exact
    if value is None:
        raise UnitError(f'"{text}" is not a number', 'write a number, such as "273.15"')
    return value
