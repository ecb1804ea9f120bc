"""What people write to `typedml explain`: kinds, units and names in an expression, and what they stand for.

"Probability - Probability" is p - q: two values of one kind, each with a name of its own. After `where` names
are declared: "w * p + (1 - w) * q where p, q: Probability, w: Proportion".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain, count
from keyword import iskeyword
from typing import NamedTuple, get_args

from typedml.algebra.catalogue import KINDS
from typedml.algebra.edge_table import kind_named
from typedml.algebra.errors import KindError, UnitError
from typedml.algebra.expression import Expression
from typedml.algebra.kind import Kind, marker_name
from typedml.algebra.meaning import Meaning
from typedml.algebra.reading import ExpressionError, read
from typedml.algebra.registry import default_registry
from typedml.algebra.syntax import CONSTANTS, MODULES
from typedml.cli.failure import Failure
from typedml.cli.reference import load

WHERE = " where "
CUT = "Threshold"
CARRIERS = frozenset({"float", "int"})
MARKERS = {marker_name(name): name for name in KINDS}
SYMBOLS = {
    "Proportion": "pqrs", "Logit": "zy", "ZScore": "zy", "LogDensity": "ab", "Count": "nmk", "Odds": "rs",
    "Celsius": "tu", "Label": "c", "Duration": "tu", "Timestamp": "tu", "Identifier": "kj", "Index": "ij",
}  # fmt: skip
"""What values of a kind are usually called, where that is not its first letter and the next ones."""

LETTERS = "abcdfghjkmnpqrstuvwxyz"
"""What others are called: e is a number, and i, l and o look like some."""

# A word with what stands in its brackets; not an attribute of anything, and not called.
WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*+(?:\[[^\[\]]*\])?+(?!\s*\()")
# `module:NAME`; what stands in brackets is a slice.
REFERENCE = re.compile(r"(?<![\w.\[:])[A-Za-z_][\w.]*:[A-Za-z_][\w.]*(?!\s*[(\[\]])")
BOUND = re.compile(r"\bfor\s+(\w+)\s+in\b")
LONGEST = 2_000
SHOWN = 60


class Question(NamedTuple):
    """An expression, the values that it is about, and its text as it was written, without declarations.

    `one` is the same expression with all values of a kind as one, where that is another one.
    """

    expression: Expression
    names: dict[str, Meaning]
    body: str
    one: Expression | None = None


def question(text: str) -> Question:
    """Return what an expression of kinds, units and declared names asks.

    Raises: Failure if it cannot be read, or names what nobody knows.
    """
    if len(text) > LONGEST:
        raise Failure(f"the text has {len(text)} characters", f"at most {LONGEST} are read")
    body, where, declared = f"{text} ".partition(WHERE)
    names = declarations(declared)
    if where and not names:
        raise Failure('nothing is declared after "where"', 'write "p * q where p, q: Probability"')
    apart, together = _Values(body, names), _Values(body, names, repeated=True)
    try:
        expression, one = (read(each.stood_in(body), each.names) for each in (apart, together))
    except ExpressionError as error:
        raise Failure(error.fact, error.hint) from error
    return Question(expression, apart.names, body.strip(), None if one == expression else one)


def declarations(text: str) -> dict[str, Meaning]:
    """Return what names mean by a text such as "p, q: Probability; n: Count"."""
    names: dict[str, Meaning] = {}
    waiting: list[str] = []
    for piece in filter(str.strip, _pieces(text)):
        name, colon, meaning = (part.strip() for part in piece.replace("=", ":", 1).partition(":"))
        if not name.isidentifier() or iskeyword(name):
            raise Failure(f'"{shortened(name)}" is no name for a value', 'write "where p, q: Probability"')
        waiting.append(name)
        if colon:
            names.update(dict.fromkeys(waiting, meaning_named(meaning)))
            waiting.clear()
    if waiting:
        raise Failure(f'nothing is said of "{waiting[0]}"', f'write "where {waiting[0]}: Probability"')
    return names


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between commas and semicolons outside of brackets."""
    depth, piece = 0, ""
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        if letter in ",;" and depth <= 0:
            yield piece
            piece = ""
        else:
            piece += letter
    yield piece


def meaning_named(text: str) -> Meaning:
    """Return the meaning that a text names: a kind, a marker, a unit, `float[km]`, or `module:NAME`.

    Raises: Failure if it names none; the hint is the nearest that there is.
    """
    found = known(text)
    if found is not None:
        return found
    try:
        return Meaning(None, default_registry().unit(text))
    except UnitError as error:
        raise Failure(error.fact, nearest(text) or error.hint) from error


def known(text: str) -> Meaning | None:
    """Return the meaning of anything but a plain unit, None if the text is nothing of the sort."""
    head, bracket, inner = text.strip().partition("[")
    if bracket and inner.endswith("]") and head in CARRIERS | {CUT}:
        return _in_brackets(head, inner[:-1])
    if ":" in text and (REFERENCE.fullmatch(text.strip()) or not REFERENCE.search(text)):
        return _loaded(text.strip())
    kind = kind_of(text.strip())
    return None if kind is None else Meaning(kind)


def kind_of(name: str) -> Kind | None:
    """Return the kind of a name or of a marker, those of user-defined edges included."""
    name = MARKERS.get(name, name)
    try:
        return kind_named(name)
    except KeyError:
        return None


def _in_brackets(head: str, inner: str) -> Meaning:
    first, comma, rest = inner.partition(",") if "[" not in inner else (inner, "", "")
    found = meaning_named(first)
    if comma:
        try:
            found = Meaning(found.kind, default_registry().unit(rest))
        except (UnitError, KindError) as error:
            raise Failure(error.fact, error.hint) from error
    if found.cut and head == CUT:
        fact = f'"{shortened(f"{head}[{inner}]")}" is a threshold of a threshold'
        raise Failure(fact, "a threshold cuts values: Threshold[Probability]")
    return Meaning(found.kind, found.unit, cut=found.cut or head == CUT)


def _loaded(reference: str) -> Meaning:
    """Return the meaning of a marker or an alias in a module of the user's."""
    from typedml.declare.markers import Marker
    from typedml.declare.metadata import meaning_of

    found = load(reference)
    meaning = meaning_of((found,) if isinstance(found, Marker) else get_args(found)[1:])
    if meaning is None:
        raise Failure(
            f'"{reference}" is no kind and no unit',
            'name a marker, such as CHURN = Kind("Churn", parent=PROBABILITY), or an alias that has one',
        )
    return meaning


def reference_name(text: str) -> str:
    """Return the name of the marker that a text such as `module:CHURN` leads to, or nothing."""
    from typedml.declare.markers import Marker

    module, colon, name = text.partition(":")
    return name if colon and isinstance(load(f"{module}:{name}"), Marker) else ""


def nearest(text: str) -> str | None:
    """Return the question whether the nearest kind was meant, None if none is near."""
    names = [*KINDS, *MARKERS, CUT]
    longer = [name for name in names if len(text) > 2 and name.lower().startswith(text.lower())]
    near = longer or get_close_matches(text[:SHOWN], names, n=1)
    return f"did you mean the kind {near[0]}?" if near else None


def shortened(text: str) -> str:
    """Return a text as far as a message should repeat it."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def symbol(meaning: Meaning, taken: Iterable[str]) -> str:
    """Return a name for a value that is not taken: p for a Probability, then q."""
    usual = ("cut",) if meaning.cut else tuple(_letters(meaning))
    numbered = (f"{usual[0]}{number}" for number in count(2))
    return next(name for name in chain(usual, numbered) if name not in taken)


def _letters(meaning: Meaning) -> str:
    if meaning.kind is None:
        return "xyz" + LETTERS[:-3]
    named = (SYMBOLS[each.name] for each in meaning.kind.lineage if each.name in SYMBOLS)
    first = next(named, meaning.kind.name[:1].lower())
    start = max(LETTERS.find(first[0]), 0)
    return (first if first[0] in LETTERS + "i" else "") + LETTERS[start:] + LETTERS[:start]


class _Values:
    """Gives each kind and unit in a text a name; two of one kind are two values unless `repeated`."""

    def __init__(self, body: str, declared: dict[str, Meaning], repeated: bool = False) -> None:
        self.repeated = repeated
        self.body = body
        self.names = dict(declared)
        self.left = {*BOUND.findall(body), *CONSTANTS, *CARRIERS}
        self.taken = {*self.names, *self.left, *re.findall(r"\w+", body)}

    def stood_in(self, body: str) -> str:
        """Return a text with a name for each value: of what `module:NAME` says first, as that holds words."""
        named = REFERENCE.sub(lambda found: self.name_of(self.meaning(found[0])), body)
        self.body = named
        return WORD.sub(self.stand_in, named)

    def stand_in(self, found: re.Match[str]) -> str:
        word = found[0]
        after = self.body[found.end() : found.end() + 3].lstrip()
        is_argument = after.startswith("=") and not after.startswith("==")
        is_module = after.startswith(".") and word in MODULES
        if word in self.names or word in self.left or iskeyword(word) or is_argument or is_module:
            return word
        if "[" in word and word.partition("[")[0] not in CARRIERS | {CUT}:
            return word
        return self.name_of(self.meaning(word))

    def name_of(self, meaning: Meaning) -> str:
        """Return the name of a value of this meaning, another one each time unless `repeated`."""
        same = (name for name, each in self.names.items() if self.repeated and each == meaning)
        name = next(same, None) or symbol(meaning, self.taken)
        self.names[name] = meaning
        self.taken.add(name)
        return name

    def meaning(self, word: str) -> Meaning:
        found = known(word)
        if found is not None:
            return found
        try:
            return Meaning(None, default_registry().unit(word))
        except UnitError:
            raise _unknown(word, self.body) from None


def _unknown(word: str, body: str) -> Failure:
    """Return that nobody knows a word, with the nearest kind or unit."""
    try:
        default_registry().unit(word)
    except UnitError as unknown:
        hint = nearest(word) or unknown.hint or ""
        if not hint or "registry file" in hint:
            hint = f'say what it means: "{shortened(body.strip())} where {shortened(word)}: Probability"'
        return Failure(f'nothing is known of "{shortened(word)}"', hint)
    return Failure(f'"{shortened(word)}" is not read here')
