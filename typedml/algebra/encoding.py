"""The one-word form of a meaning, which rides inside the type names of a checker and its caches.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> Meaning(KINDS["Probability"], cut=True).encode()
'k=Probability;c='
>>> Meaning.decode('k=Probability;c=')
<Meaning Threshold[Probability]>

Fields are `key=value`, separated by semicolons: `k` the kind (a shipped name, or a chain of definitions down
from a shipped one or a root), `u` the vector of the unit, `n` its spelling, `o` its origin, `c` a cut,
`r` the roles. A kind's own unit is left out. Nothing needs a registry to be read back.
"""

from __future__ import annotations

from functools import lru_cache

from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import DEFAULTS, Kind, Sort, build_kind
from typedml.algebra.meaning import Meaning
from typedml.algebra.monomial import Monomial
from typedml.algebra.ranges import Range
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.*/()-+'#^")
"""What stands for itself; everything else is written `%` with its code in hexadecimal and a dot."""

LONGEST = 50_000
DEEPEST = 40
"""What no meaning reaches whose kinds were declared by `define_kind`."""


def encode(meaning: Meaning) -> str:
    """Return the word for `meaning`."""
    kind, unit = meaning.kind, meaning.unit
    fields = [] if kind is None else [f"k={_kind_text(kind)}"]
    if kind is None or not _same_spelling(unit, kind.default_unit):
        fields += _unit_fields(unit)
    if meaning.cut:
        fields.append("c=")
    if meaning.roles:
        fields.append(f"r={'+'.join(_quote(role).replace('+', '%2b.') for role in sorted(meaning.roles))}")
    return ";".join(fields)


@lru_cache(maxsize=4096)
def decode(text: str) -> Meaning:
    """Return the meaning that `encode` wrote as `text`.

    Raises:
        ValueError: if the text is not one that `encode` writes.
    """
    try:
        return _decoded(text)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        shown = text if len(text) <= 60 else text[:57] + "..."
        reason = getattr(error, "fact", None) or str(error) or type(error).__name__
        raise ValueError(
            f"{shown!r} is not an encoded meaning: {reason}\nHint: clear the cache that it was kept in."
        ) from None


def _decoded(text: str) -> Meaning:
    if len(text) > LONGEST or text.count("<") > DEEPEST:
        raise ValueError("it is too long")
    fields = dict(_halves(field) for field in text.split(";"))
    kind = _read_kind(fields["k"]) if "k" in fields else None
    if "u" in fields:
        unit = _read_unit(fields["u"], fields.get("n"), fields.get("o"))
    elif kind is not None:
        unit = kind.default_unit
    else:
        raise ValueError("it has neither kind nor unit")
    roles = frozenset(map(_unquote, fields["r"].split("+"))) if "r" in fields else frozenset()
    return Meaning(kind, unit, "c" in fields, roles)


def _halves(field: str) -> tuple[str, str]:
    key, equals, value = field.partition("=")
    if not equals:
        raise ValueError(f"{field!r} is not a field")
    return key, value


def _same_spelling(left: Unit, right: Unit) -> bool:
    return left == right and left.spelling == right.spelling


def _unit_fields(unit: Unit) -> list[str]:
    fields = [f"u={_quote(str(unit.vector))}"]
    if unit.spelling != unit.vector:
        fields.append(f"n={_names(unit.spelling)}")
    if unit.origin is not None:
        fields.append(f"o={_origin(unit)}")
    return fields


def _names(spelling: Monomial) -> str:
    """Write a spelling name by name: written names may hold any character, so none is left to be parsed."""
    return "!".join(f"{_quote(name)}:{power}" for name, power in spelling.items)


def _read_names(text: str) -> Monomial:
    if not text:
        return Monomial()
    pairs = (item.split(":") for item in text.split("!"))
    return Monomial({_unquote(name): Monomial.parse(f"m**({power})").exponent("m") for name, power in pairs})


def _origin(unit: Unit) -> str:
    return f"'{_quote(unit.origin)}" if isinstance(unit.origin, str) else str(unit.origin)


def _read_unit(vector: str, names: str | None, origin: str | None) -> Unit:
    exponents = Monomial.parse(_unquote(vector))
    spelling = exponents if names is None else _read_names(names)
    if origin is None:
        return Unit(exponents, spelling)
    if origin.startswith("'"):
        return Unit(exponents, spelling, _unquote(origin[1:]))
    from fractions import Fraction

    return Unit(exponents, spelling, Fraction(origin))


def _kind_text(kind: Kind) -> str:
    """Write a shipped kind as its name, another as its name and what differs from its parent, and so up."""
    if kind.name in KINDS and KINDS[kind.name] == kind:
        return kind.name
    above = DEFAULTS if kind.parent is None else {key: getattr(kind.parent, key) for key in DEFAULTS}
    own = {key: getattr(kind, key) for key in DEFAULTS}
    differing = (f"{key}:{_write(value)}" for key, value in own.items() if value != above[key])
    parent = "" if kind.parent is None else f"<{_kind_text(kind.parent)}"
    return f"{kind.name}{{{'!'.join(differing)}}}{parent}"


def _read_kind(text: str) -> Kind:
    name, braces, rest = text.partition("{")
    if not braces:
        return KINDS[name]
    own, _, above = rest.partition("}")
    parent = _read_kind(above[1:]) if above else None
    pairs = (item.partition(":") for item in own.split("!") if own)
    return build_kind(name, parent, **{key: _read(value) for key, _, value in pairs})


def _write(value: object) -> str:
    """Write a property of a kind, its type in the first letter."""
    match value:
        case None:
            return "n"
        case bool():
            return f"b{int(value)}"
        case float():
            return f"f{value!r}"
        case str():
            return f"s{_quote(value)}"
        case Sort():
            return f"k{value.value}"
        case Range():
            return f"r{value.low!r}~{value.high!r}~{int(value.low_open)}~{int(value.high_open)}"
        case Monomial():
            return f"m{_quote(str(value))}"
        case Unit():
            return f"u{_quote(encode(Meaning(None, value)))}"
    raise TypeError(f"{value!r} is no property of a kind")


def _read(text: str) -> object:
    return _READERS[text[0]](text[1:])


def _read_range(text: str) -> Range:
    low, high, low_open, high_open = text.split("~")
    return Range(float(low), float(high), low_open == "1", high_open == "1")


_READERS: dict[str, Callable[[str], object]] = {
    "n": lambda text: None,
    "b": lambda text: text == "1",
    "f": float,
    "s": lambda text: str(_unquote(text)),
    "k": Sort,
    "r": _read_range,
    "m": lambda text: Monomial.parse(_unquote(text)),
    "u": lambda text: decode(_unquote(text)).unit,
}


def _quote(text: str) -> str:
    return "".join(letter if letter in _PLAIN else f"%{ord(letter):x}." for letter in text)


def _unquote(text: str) -> str:
    first, *rest = text.split("%")
    pieces = (piece.partition(".") for piece in rest)
    return first + "".join(chr(int(code, 16)) + tail for code, _, tail in pieces)
