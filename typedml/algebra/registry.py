"""The registry: text to unit, with the built-in table, the user's own definitions, and a last resort.

>>> str(unit("mile/hour"))
'mile/hour'
>>> unit("km/hour") == unit("kph")
True
"""

from __future__ import annotations

from typedml.algebra.errors import RegistryError, UnitError
from typedml.algebra.grammar import parse, split_logarithm
from typedml.algebra.lexicon import Entry, Lexicon, split, untwin
from typedml.algebra.monomial import ONE, Monomial, is_variable
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from typedml.algebra.definitions import Line
    from typedml.algebra.evaluation import Batch
    from typedml.algebra.grammar import Expression

# Enough for any program; a loop over hostile texts does not fill the memory.
CACHE_SIZE = 10_000


class Registry:
    """Units by name: Pint's and ours from the generated table, then what users define.

    `resolver`, where one is set, is given a name that nobody knows and may return a definition of it in
    Pint's format.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.resolver: Callable[[str], str | None] | None = None
        self._lexicon = _table() if lexicon is None else lexicon
        self._traps = lexicon is None
        self._own: set[str] = set()
        self._sources: list[str] = []
        self._cache: dict[tuple[str, bool], Unit] = {}

    @staticmethod
    def empty() -> Registry:
        """A registry without any names."""
        return Registry(Lexicon({}, {}, {}, {}))

    def unit(self, text: str, variables: bool = False) -> Unit:
        """Read a unit expression; `'U` is allowed where `variables` says so. Raises: UnitError."""
        if not isinstance(text, str):
            fact = f"A unit is a text, not {type(text).__name__}"
            raise UnitError(fact, 'write Unit("km/hour"); the unit of numbers is Unit("1")', text=repr(text))
        found = self._cache.get((text, variables))
        if found is None:
            found = self._read(text, variables)
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[text, variables] = found
        return found

    def _read(self, text: str, variables: bool) -> Unit:
        logarithm = split_logarithm(text)
        if logarithm is not None:
            return self._level(text, *logarithm, variables)
        expression = parse(text, variables=variables)
        entries = {name: self._known(name, text, at) for name, at in expression.positions.items()}
        if len(entries) == 1 and expression.vector.items == ((next(iter(entries)), 1),):
            (entry,) = entries.values()
            return Unit(entry.vector, expression.vector, entry.origin)
        return self._product(expression, entries, text)

    def _level(self, text: str, function: str, inside: str, variables: bool) -> Unit:
        """The unit of a declared level, `log(km)` or `20*log10(V)`."""
        from typedml.algebra.levels import read_level

        try:
            return read_level(text, self.unit(inside, variables), function)
        except UnitError as error:
            position = text.index("(") + 1 + error.position if error.text == inside else 0
            raise UnitError(error.fact, error.hint, text=text, position=position) from None

    def _product(self, expression: Expression, entries: dict[str, Entry], text: str) -> Unit:
        for name, entry in entries.items():
            if entry.origin is not None:
                difference = Unit(entry.vector, Monomial({name: 1}), entry.origin).delta()
                fact = f'"{name}" in the unit "{text}" is a point on a scale and cannot be part of a product'
                hint = f'the unit of its differences can: write "{difference}"'
                raise UnitError(fact, hint, text=text, position=expression.positions[name])
        vector = ONE
        for atom, exponent in expression.vector.items:
            base = Monomial({atom: 1}) if is_variable(atom) else entries[atom].vector
            vector = vector * base**exponent
        return Unit(vector, expression.vector)

    def _known(self, name: str, text: str, position: int) -> Entry:
        """What a name stands for, with the error placed in the text."""
        try:
            entry = self._find(name)
        except UnitError as error:
            raise UnitError(error.fact, error.hint, text=text, position=position) from None
        if entry is None:
            raise self._unknown(name, text, position)
        return entry

    def _find(self, name: str) -> Entry | None:
        self._refuse_trap(name)
        entry = self._lexicon.find(name)
        if entry is None and self.resolver is not None:
            definition = self.resolver(name)
            if definition:
                self._accept(name, definition)
                entry = self._lexicon.find(name)
        return entry

    def _accept(self, name: str, definition: str) -> None:
        """Add what the resolver knows: no declaration of the user's, so it is not part of the digest."""
        sources = list(self._sources)
        try:
            self.define(definition, f"<definition of {name}>")
        except RegistryError as error:
            raise UnitError(error.fact, error.hint, text=name) from None
        finally:
            self._sources = sources

    def _refuse_trap(self, name: str) -> None:
        """Raise where Pint would read a name as something that few would expect."""
        if not self._traps or untwin(name) in self._own:
            return
        from typedml.algebra.traps import trap

        found = None if self._stands_on_own(name) else trap(name, self._lexicon)
        if found is not None:
            fact, hint = found
            raise UnitError(fact, hint, text=name)

    def _stands_on_own(self, name: str) -> bool:
        """Whether a name is a prefix or plural of something that the user has defined."""
        parts = split(name, self._lexicon.canonical, self._lexicon.prefixes) if self._own else None
        return parts is not None and parts[1] in self._own

    def _unknown(self, name: str, text: str, position: int) -> UnitError:
        from typedml.algebra.unknown import explain_unknown

        hint = explain_unknown(name, self._lexicon)
        shown = name if len(name) <= 60 else name[:57] + "..."
        within = "" if name == text else f' in "{text if len(text) <= 60 else text[:57] + "..."}"'
        return UnitError(f'Unknown unit "{shown}"{within}', hint, text=text, position=position)

    def suggest(self, name: str) -> str | None:
        """The nearest known name, None where nothing is near."""
        from typedml.algebra.suggestions import suggest

        return suggest(name, self._lexicon.names, self._lexicon.prefixes)

    @property
    def names(self) -> frozenset[str]:
        """Every name and alias, without prefixes and plurals."""
        return frozenset(self._lexicon.names)

    @property
    def digest(self) -> str:
        """A digest of all definitions: it changes exactly when a name may have changed its meaning."""
        from hashlib import sha256

        from typedml.algebra.unit_table import DIGEST

        return sha256("\n".join([DIGEST, *self._sources]).encode()).hexdigest()

    def define(self, text: str, source: str = "<text>") -> None:
        """Add definitions in Pint's format. Raises: RegistryError; then nothing has been added."""
        from typedml.algebra.definitions import read_text

        self.add(read_text(text, source))

    def load(self, path: str | PathLike[str]) -> None:
        """Add the definitions of a file in Pint's format. Raises: RegistryError; then nothing was added."""
        from typedml.algebra.definitions import read_file

        self.add(read_file(path))

    def add(self, lines: list[Line]) -> None:
        """Add definitions that have been read, all or none."""
        from typedml.algebra.evaluation import Batch

        batch = Batch(lines, self._lexicon, self._refuse_trap)
        batch.evaluate()
        self._check_clashes(batch)
        keys = {key: self._key_for(key, entry) for key, entry in batch.entries.items()}
        lexicon = self._lexicon
        lexicon.entries.update({keys[key]: entry for key, entry in batch.entries.items()})
        lexicon.names.update({name: keys.get(key, key) for name, key in batch.names.items()})
        lexicon.prefixes.update(batch.prefixes)
        lexicon.dimensions.update(batch.dimensions)
        self._own.update(batch.names, keys.values())
        self._sources += [repr(line.meaning()) for line in lines]
        self._cache.clear()

    def _key_for(self, key: str, entry: Entry) -> str:
        """A key of the lexicon for a new entry: aliases of a trap that is given a meaning keep theirs."""
        known = key in self._lexicon.rows or key in self._lexicon.entries
        return self._key_for(f"{key}'", entry) if known and self._lexicon.entry(key) != entry else key

    def _check_clashes(self, batch: Batch) -> None:
        for name, key in batch.names.items():
            before, after = self._before(name), batch.entries.get(key) or self._lexicon.entry(key)
            if before is not None and before != after:
                fact = f'"{name}" is already defined with another meaning ({Unit(before.vector)})'
                place = batch.lines[key].place if key in batch.lines else batch.alias_places[name]
                raise RegistryError(fact, "give the new unit another name", place=place)

    def _before(self, name: str) -> Entry | None:
        """What a name meant so far, as far as anybody may rely on it."""
        known = self._lexicon.canonical(name)
        if known is not None and untwin(name) in self._own:
            return self._lexicon.entry(known)
        try:
            self._refuse_trap(name)
            return self._lexicon.find(name) if known is not None or _is_regular(name, self._lexicon) else None
        except UnitError:
            return None


def _is_regular(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is a prefix and a unit of one style (km, kilometer), not an accident (f + are)."""
    parts = split(name, lexicon.canonical, lexicon.prefixes)
    if parts is None or not parts[0]:
        return parts is not None
    stem = name[len(parts[0]) :]
    return (len(parts[0]) <= 2) == (len(stem) <= 2)


def _table() -> Lexicon:
    """Return a lexicon of the built-in units; its dictionaries are its own, as users may add to them."""
    from typedml.algebra.unit_table import DIMENSIONS, NAMES, PREFIXES, UNITS

    return Lexicon(UNITS, dict(NAMES), dict(PREFIXES), dict(DIMENSIONS))


_default: Registry | None = None


def default_registry() -> Registry:
    """The registry of this process, which `load_units` adds to."""
    global _default  # noqa: PLW0603  # one registry a process is what the name promises
    if _default is None:
        _default = Registry()
    return _default


def unit(text: str) -> Unit:
    """Read a unit expression with the registry of this process. Raises: UnitError."""
    return default_registry().unit(text)
