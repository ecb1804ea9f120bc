"""Which names of a type the metadata of an `Annotated` belong to, in source and in quoted text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    Said = dict[str, tuple[ast.expr, ...]]

# The values of these carry what is said of the whole: `Annotated[list[float], KM]` is a list of kilometres.
HOLDERS: Final = frozenset(
    "Optional Union List list Sequence MutableSequence Tuple tuple Set set FrozenSet frozenset "
    "AbstractSet Iterable Iterator Generator Collection Deque deque Final ClassVar Required NotRequired "
    "ReadOnly Type type Reversible Container KeysView ValuesView AsyncIterable AsyncIterator AsyncGenerator "
    "Awaitable".split()
)
# Of these it is the last argument that holds the values.
MAPPINGS: Final = frozenset(
    "dict Dict Mapping MutableMapping defaultdict DefaultDict OrderedDict Coroutine".split()
)
HELD: Final = HOLDERS | MAPPINGS


class Quoted(ast.expr):
    """What is said in a quoted annotation, by name: mypy places all of its names at the quotation mark."""

    def __init__(self, by_name: Said) -> None:
        super().__init__()
        self.by_name = by_name


class Unplaced(ast.Tuple):
    """Metadata of a name that stands in one quoted annotation several times, with different ones."""


def last_name(node: ast.expr) -> str:
    """Return the name that ends a dotted one; of other expressions there is none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def carriers(node: ast.expr) -> list[ast.expr]:
    """Return the names in a type that metadata on the whole type belong to."""
    if isinstance(node, ast.Name | ast.Attribute):
        return [node]
    if isinstance(node, ast.BinOp):
        return [*carriers(node.left), *carriers(node.right)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node] if unquoted(node.value) is not None else []
    return _held(node) if isinstance(node, ast.Subscript) else []


def _held(node: ast.Subscript) -> list[ast.expr]:
    base, inner = last_name(node.value), _arguments(node)
    if base in HOLDERS:
        return [found for part in inner for found in carriers(part)]
    if base in MAPPINGS:
        return carriers(inner[-1])
    return carriers(inner[0]) if base == "Annotated" else [node.value]


def _arguments(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def unquoted(text: str) -> ast.expr | None:
    """Return the type that a quoted annotation spells; None where it is no type."""
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def said_within(inner: ast.expr, names: Set[str], outer: list[ast.expr]) -> Said:
    """Return the metadata of each name in a quoted type, of which all is said that stands around it.

    `names` are those of `Annotated`.
    """
    said: dict[ast.expr, list[ast.expr]] = dict.fromkeys(carriers(inner), outer)
    for node in ast.walk(inner):
        if isinstance(node, ast.Subscript) and last_name(node.value) in names:
            subject, *metadata = _arguments(node)
            for name in carriers(subject):
                said[name] = [*metadata, *said.get(name, ())]
    found: dict[str, list[list[ast.expr]]] = {}
    for name in _names(inner, names):
        found.setdefault(ast.unparse(name), []).append(said.get(name, []))
    return {name: _agreed(each) for name, each in found.items()}


def _agreed(several: list[list[ast.expr]]) -> tuple[ast.expr, ...]:
    if len({*map(_text, several)}) == 1:
        return tuple(several[0])
    return (Unplaced([each for said in several for each in said], ast.Load()),)


def _text(said: list[ast.expr]) -> str:
    return ast.dump(ast.Tuple(said, ast.Load()))


def _names(node: ast.AST, names: Set[str]) -> Iterator[ast.expr]:
    """Yield the names of classes in a type; what `Annotated` says of them are none."""
    if isinstance(node, ast.Name | ast.Attribute):
        yield node
    elif isinstance(node, ast.Subscript) and last_name(node.value) in names:
        yield from _names(_arguments(node)[0], names)
    else:
        for part in ast.iter_child_nodes(node):
            yield from _names(part, names)
