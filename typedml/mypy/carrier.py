"""How a meaning rides on a mypy type: the one file that knows.

`Annotated[float, Unit("km")]` is `typedml.declare.carriers.Float[TypedDict({...})]`. The keys of the
TypedDict are the meanings that the value may stand for, so mypy's own subtyping lets a child flow into its
parent and joins two branches to their nearest common ancestor. The values of its items carry the author's
spelling: an `UnboundType` fits every type, so `km/h` and `kph` are one type with two names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mypy.nodes import TypeInfo
from mypy.types import (
    AnyType,
    Instance,
    LiteralType,
    NoneType,
    ProperType,
    SentinelValue,
    Type,
    TypedDictType,
    TypeOfAny,
    UnboundType,
    UnionType,
    get_proper_type,
)

from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.widening import unspelled, widenings
from typedml.mypy.classes import BASES, CARRIERS, ROW_OF, family, said_by
from typedml.mypy.instants import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy.nodes import SymbolTableNode

    Lookup = Callable[[str], SymbolTableNode | None]


def written(meaning: Meaning) -> str:
    """Return a meaning as one word without quotation marks, which would change how mypy prints a key."""
    return meaning.encode().replace("'", "^")


@lru_cache(maxsize=1 << 14)
def read(text: str) -> Meaning:
    """Return the meaning that `written` wrote."""
    return Meaning.decode(text.replace("^", "'"))


@lru_cache(maxsize=4096)
def _keys(meaning: Meaning) -> tuple[str, ...]:
    # In front the height in the hierarchy: caches sort the keys, and the nearest is the highest.
    return tuple(f"{len(widenings(wider)):02d}{written(unspelled(wider))}" for wider in widenings(meaning))


def _info(lookup: Lookup, name: str) -> TypeInfo | None:
    symbol = lookup(name)
    return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None


def lift(lookup: Lookup, meaning: Operand, base: str) -> Instance | None:
    """Return the type of a `base` ("builtins.float", "decimal.Decimal") that has this meaning.

    None where the carriers are not loaded, which is so in a build that never imports typedml. Each type is
    made once: mypy compares and hashes what is one object fast.
    """
    text = meaning.encode() if isinstance(meaning, Meaning) else ""
    known = _lifted.get((base, text))
    return known if known is not None else _made(lookup, meaning, base, text)


def lift_as(lookup: Lookup, meaning: Operand, like: Type) -> Instance | None:
    """Return the type of a value with this meaning that is of the same class as another.

    None where the class carries no meaning, or its carrier is not loaded.
    """
    proper = _instance(like)
    row = ROW_OF.get(proper.type.fullname) if proper is not None else None
    if proper is None or row is None:
        return None
    own = proper.args[:-1] if proper.type.fullname in BASES else proper.args
    found = lift(lookup, meaning, row.plain)
    if not own or found is None:
        return found
    return found.copy_modified(args=[*own, *found.args[len(own) :]])


def plain(lookup: Lookup, typ: Type) -> Type:
    """Return a type without the meaning of its values."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return UnionType([plain(lookup, item) for item in proper.items])
    return (lift_as(lookup, UNKNOWN, proper) if carries(proper) else None) or typ


def _made(lookup: Lookup, meaning: Operand, base: str, text: str) -> Instance | None:
    if not isinstance(meaning, Meaning):
        info = _info(lookup, base)
        return Instance(info, _unsaid(len(info.defn.type_vars))) if info else None
    carrier, fallback = _info(lookup, CARRIERS[base]), _info(lookup, "typing._TypedDict")
    root = _info(lookup, "builtins.object")
    if carrier is None or fallback is None or root is None:
        return None
    claims = _claims(written(settled(meaning, base)), fallback, root)
    lifted = _lifted[base, text] = Instance(carrier, [*_unsaid(len(carrier.defn.type_vars) - 1), claims])
    return lifted


def _unsaid(count: int) -> list[Type]:
    """Return arguments for the parameters that a class of numpy has of its own."""
    return [AnyType(TypeOfAny.special_form)] * count


_lifted: dict[tuple[str, str], Instance] = {}
# By identity, which the type in the value keeps from being given to another.
_lowered: dict[int, tuple[ProperType, Operand]] = {}
MOST_LOWERED: Final = 1 << 14


def forget() -> None:
    """Drop the types of another build."""
    _lifted.clear()
    _lowered.clear()


@lru_cache(maxsize=4096)
def _claims(text: str, fallback: TypeInfo, root: TypeInfo) -> TypedDictType:
    """Return the argument of a carrier; the text tells spellings apart that are one unit."""
    # The union keeps the spelling where two types join; an UnboundType alone would become Any.
    spelling = UnboundType("object", [LiteralType(SentinelValue(text, text), Instance(root, []))])
    keys = _keys(read(text))
    items: dict[str, Type] = dict.fromkeys(keys, UnionType([spelling, NoneType()]))
    return TypedDictType(items, set(keys), set(keys), Instance(fallback, []))


def _instance(typ: Type) -> Instance | None:
    proper = get_proper_type(typ)
    if isinstance(proper, Instance):
        return proper
    return proper.fallback if isinstance(proper, LiteralType) else None


def lower(typ: Type) -> Operand | None:
    """Return what a type says of its value; None where it is of no class that can carry a meaning."""
    proper = get_proper_type(typ)
    if isinstance(proper, LiteralType):
        proper = proper.fallback
    if not isinstance(proper, Instance):
        return None
    name = proper.type.fullname
    if name not in BASES:
        return said_by(name) if name in CARRIERS else None
    return _meaning(get_proper_type(proper.args[-1])) if proper.args else UNKNOWN


def _meaning(claims: ProperType) -> Operand:
    known = _lowered.get(id(claims))
    if known is not None and known[0] is claims:
        return known[1]
    if len(_lowered) >= MOST_LOWERED:
        _lowered.clear()
    # Where two types join, mypy keeps as not required what only one of them is.
    found: Operand = UNKNOWN
    if isinstance(claims, TypedDictType):
        found = nearest([(key, _spelling(claims.items[key])) for key in claims.required_keys])
    _lowered[id(claims)] = (claims, found)
    return found


def _spelling(typ: Type) -> str | None:
    shown = get_proper_type(typ)
    first = get_proper_type(shown.items[0]) if isinstance(shown, UnionType) else shown
    literal = get_proper_type(first.args[0]) if isinstance(first, UnboundType) and first.args else None
    if isinstance(literal, LiteralType) and isinstance(literal.value, SentinelValue):
        return literal.value.name
    return None


def nearest(claims: Sequence[tuple[str, str | None]]) -> Operand:
    """Return the nearest of the meanings that stand in a type, each a key and the spelling it came with."""
    if not claims:
        return UNKNOWN
    key, spelling = max(claims, key=lambda claim: claim[0])
    # The spelling is that of the value itself; what has joined is one of the things it may stand for.
    wider = _spelled(spelling).get(key) if spelling is not None else None
    return read(key[2:]) if wider is None else wider


@lru_cache(maxsize=4096)
def _spelled(spelling: str) -> dict[str, Meaning]:
    meaning = read(spelling)
    return dict(zip(_keys(meaning), widenings(meaning), strict=True))


def carries(typ: Type) -> bool:
    """Whether this type, or a member of this union, has a declared meaning."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return any(map(carries, proper.items))
    return isinstance(proper, Instance) and proper.type.fullname in BASES


def is_truth(typ: Type) -> bool:
    """Whether values of this type are true or false."""
    proper = get_proper_type(typ)
    if isinstance(proper, LiteralType):
        proper = proper.fallback
    return isinstance(proper, Instance) and proper.type.fullname == "builtins.bool"


def is_number(typ: Type) -> bool:
    """Whether values of this type, of all members of this union, are of classes that carry meanings."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return all(map(is_number, proper.items))
    return lower(proper) is not None


def base_of(typ: Type) -> str:
    """Return the full name of the plain class that values of this type are of; a float by default."""
    proper = _instance(typ)
    row = family(proper.type) if proper is not None else None
    return "builtins.float" if row is None else row.plain
