"""Stub files of meanings: what numbers mean in the functions of other people.

    # stubs/time.pyi
    def sleep(seconds: Annotated[float, Unit("second")], /) -> None: ...

    # stubs/math.pyi
    def hypot(*coordinates: float) -> Annotated[float, "hypot(coordinates)"]: ...

A text is an expression of the algebra over the parameters: beside the result it says what comes out, beside
a parameter what must have a meaning where that parameter is given. The files are read, never imported, and
never stand on `mypy_path`, where a partial stub would hide the rest of the library.
"""

from __future__ import annotations

import ast
import re
import types
import typing
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

import typedml
from typedml.algebra.errors import AlgebraError
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.reading import read
from typedml.declare.metadata import meaning_of
from typedml.errors import TypedmlError
from typedml.shipped import stubs_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.algebra.expression import Expression

# What an annotation in a stub may consist of; anything else would have to be run to be read.
ALLOWED: Final = (
    *(ast.Expression, ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.Constant, ast.Call, ast.keyword),
    *(ast.BinOp, ast.Mult, ast.Div, ast.Pow, ast.BitOr, ast.UnaryOp, ast.USub, ast.Load),
)
NAMES: Final[dict[str, Any]] = {
    "__builtins__": {},
    "Annotated": typing.Annotated,
    "Iterable": Iterable,
    "TypeVar": typing.TypeVar,
    "Decimal": Decimal,
    "Fraction": Fraction,
    **{each.__name__: each for each in (float, int, str, bool, object, list, tuple)},
    "None": None,
}
CONSTRUCTORS: Final = ("__new__", "__init__")
METHOD: Final = re.compile(r"^    def (\w+)\(", re.MULTILINE)


class StubError(TypedmlError):
    """A stub file that cannot be read: where and why."""

    code = "typedml-unread"


@attrs.frozen
class Parameter:
    """One parameter: its meaning, what it has to agree with, and if it holds numbers or runs over them."""

    name: str
    meaning: Meaning | None = None
    check: Expression | None = None
    holds_number: bool = False
    runs_over: bool = False
    is_required: bool = False
    takes_rest: bool = False
    is_keyword: bool = False


@attrs.frozen
class Result:
    """One number of a result: its meaning, or the expression that says it."""

    meaning: Meaning | None = None
    expression: Expression | None = None
    # Of the class of what is given, and of integers a float where the type variable takes none.
    keeps_class: bool = False
    takes_no_integer: bool = False


@attrs.frozen
class LibraryFunction:
    """What a stub says of one function: its parameters in their order, and the numbers of its result."""

    name: str
    parameters: tuple[Parameter, ...]
    results: tuple[Result, ...]
    is_own: bool = False
    """Whether the user wrote the stub: what it says of a result holds whatever is given."""

    @property
    def is_generic(self) -> bool:
        """Whether the class of a result is that of what is given."""
        return any(each.keeps_class for each in self.results)

    @property
    def runs_over(self) -> bool:
        """Whether a parameter is something that runs over numbers."""
        return any(each.runs_over for each in self.parameters)

    def parameter(self, name: str | None, position: int) -> Parameter | None:
        """The parameter of this name, or at this position where it has no name."""
        named = next((each for each in self.parameters if each.name == name), None)
        if named is not None:
            return named
        at = self.parameters[position] if position < len(self.parameters) else None
        if at is not None and (at.takes_rest or (name is None and not at.is_keyword)):
            return at
        return next((each for each in self.parameters if each.takes_rest), None) if name is None else None


# Overloads in the order of the stub.
Overloads = tuple[LibraryFunction, ...]


@lru_cache(maxsize=1 << 14)
def find(fullname: str, folders: tuple[str, ...] = ()) -> Overloads:
    """Return what the stubs say of a function or a method, the user's own before those that are shipped.

    Raises: StubError if the file that should say it cannot be read.
    """
    module, _, name = fullname.rpartition(".")
    outer, _, owner = module.rpartition(".")
    for folder in (*folders, str(stubs_folder())):
        for place, key in ((module, name), (outer, f"{owner}.{name}")):
            found = _read(f"{folder}/{place.replace('.', '/')}").get(key) if place else None
            if found is not None:
                return tuple(attrs.evolve(each, is_own=folder in folders) for each in found)
    return ()


@lru_cache(maxsize=16)
def methods(folders: tuple[str, ...] = ()) -> set[str]:
    """Return the names of all methods that stubs say something of, whatever the class.

    Those that are shipped can be read, and are not before one of them is asked for.

    Raises: StubError if a stub of the user's cannot be read.
    """
    paths = [path for folder in folders for path in Path(folder).rglob("*.pyi")]
    keys = (key for path in paths for key in _read(str(path.with_suffix("")).removesuffix("/__init__")))
    own = {key.rpartition(".")[2] for key in keys if "." in key}
    shipped = (path.read_text(encoding="utf-8") for path in stubs_folder().rglob("*.pyi"))
    return own.union(*map(METHOD.findall, shipped)).difference(CONSTRUCTORS)


@lru_cache(maxsize=4096)
def _read(place: str) -> dict[str, Overloads]:
    for path in (Path(f"{place}.pyi"), Path(place) / "__init__.pyi"):
        if path.is_file():
            return read_stub(path)
    return {}


def read_stub(path: Path) -> dict[str, Overloads]:
    """Read one stub file: functions by their names, methods as `Class.method`.

    Raises: StubError with file and line if something in it cannot be read.
    """
    names = dict(NAMES)
    found: dict[str, Overloads] = {}
    try:
        body = ast.parse(path.read_bytes()).body
        names = {each.name: object for each in body if isinstance(each, ast.ClassDef)} | names
        for node in body:
            _statement(node, names, found)
    except (OSError, SyntaxError, TypedmlError, AlgebraError, AttributeError, NameError, TypeError) as error:
        line = getattr(node, "lineno", 1) if not isinstance(error, OSError | SyntaxError) else 1
        raise StubError(
            f"A stub of meanings cannot be read: {path}:{line}: {error}", "mend the stub"
        ) from None
    return found


def _statement(node: ast.stmt, names: dict[str, Any], found: dict[str, Overloads], owner: str = "") -> None:
    if isinstance(node, ast.ImportFrom):
        _import(node, names)
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        names[node.targets[0].id] = _value(node.value, names)
    elif isinstance(node, ast.FunctionDef):
        key = f"{owner}{node.name}"
        if node.name in CONSTRUCTORS:
            # A class is called by its name, and without itself.
            key = node.name = owner.rstrip(".")
        if key == owner.rstrip(".") or _is_class_method(node):
            del (node.args.posonlyargs or node.args.args)[0]
        found[key] = (*found.get(key, ()), _function(node, names))
    elif isinstance(node, ast.ClassDef):
        for inner in node.body:
            _statement(inner, names, found, f"{node.name}.")
    elif not isinstance(node, ast.Import | ast.Expr):
        raise TypeError(f"{ast.unparse(node).splitlines()[0]!r} has no place in a stub of meanings")


def _import(node: ast.ImportFrom, names: dict[str, Any]) -> None:
    for alias in node.names:
        if node.module == "typedml":
            names[alias.asname or alias.name] = getattr(typedml, alias.name)
        else:
            names.setdefault(alias.asname or alias.name, object)  # a class that carries nothing


def _is_class_method(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "classmethod" for each in node.decorator_list)


def _function(node: ast.FunctionDef, names: dict[str, Any]) -> LibraryFunction:
    arguments = node.args
    plain = (*arguments.posonlyargs, *arguments.args)
    unset = len(plain) - len(arguments.defaults)
    rows = [(each, place < unset) for place, each in enumerate(plain)]
    rest = [(arguments.vararg, False)] if arguments.vararg else []
    keywords = [
        (each, default is None)
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    known = [each.arg for each, _ in (*rows, *rest, *keywords)]
    parameters = (
        *(_parameter(*row, names, known) for row in rows),
        *(attrs.evolve(_parameter(*row, names, known), takes_rest=True) for row in rest),
        *(attrs.evolve(_parameter(*row, names, known), is_keyword=True) for row in keywords),
    )
    results = tuple(_results(_value(node.returns, names), known)) if node.returns is not None else ()
    return LibraryFunction(node.name, parameters, results)


def _parameter(node: ast.arg, is_required: bool, names: dict[str, Any], known: list[str]) -> Parameter:
    value = _value(node.annotation, names) if node.annotation is not None else object
    parts = [typing.get_args(each) for each in _members(value) if _is_annotated(each)]
    metadata = [each for _, *inner in parts for each in inner]
    members = [
        member
        for each in _members(value)
        for member in _members(typing.get_args(each)[0] if _is_annotated(each) else each)
        if member is not type(None)
    ]
    return Parameter(
        node.arg,
        meaning_of(metadata),
        _expression(metadata, known),
        any(_is_number(each) for each in members),
        any(typing.get_origin(each) is Iterable for each in members),
        is_required,
    )


def _results(value: Any, known: list[str]) -> Iterator[Result]:
    """Yield what is said of each number in a result, in their order."""
    if _is_annotated(value):
        plain, *metadata = typing.get_args(value)
        is_free = isinstance(plain, typing.TypeVar)
        averages = is_free and bool(plain.__constraints__)
        yield Result(meaning_of(metadata), _expression(metadata, known), is_free, averages)
        return
    if _is_number(value):
        yield Result()
    for inner in typing.get_args(value):
        yield from _results(inner, known)


def _members(value: Any) -> tuple[Any, ...]:
    union = isinstance(value, types.UnionType) or typing.get_origin(value) is typing.Union
    return typing.get_args(value) if union else (value,)


def _is_annotated(value: Any) -> bool:
    return typing.get_origin(value) is typing.Annotated


def _is_number(value: Any) -> bool:
    return value in (float, int, bool) or isinstance(value, typing.TypeVar)


def _expression(metadata: Iterable[Any], known: list[str]) -> Expression | None:
    text = next((each for each in metadata if isinstance(each, str)), None)
    return read(text, dict.fromkeys(known, UNKNOWN)) if text is not None else None


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    unknown = next((part for part in ast.walk(node) if not isinstance(part, ALLOWED)), None)
    if unknown is not None:
        raise TypeError(f"{ast.unparse(unknown)!r} cannot be read without running it")
    return eval(compile(ast.Expression(node), "<stub>", "eval"), names)
