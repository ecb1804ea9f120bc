"""Meanings of other people's functions, from stub files that say nothing but meanings.

    # stubs/time.pyi
    from typedml import EpochSeconds, Unit
    Seconds = Annotated[float, Unit("second")]
    def sleep(seconds: Seconds) -> None: ...

The carrier - a float, an array - is what the library itself declares. The files are read, never imported, and
never stand on `mypy_path`, where a partial stub would hide the rest of the library.
"""

from __future__ import annotations

import ast
import typing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

import typedml
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.strictness import Place
from typedml.algebra.unification import bind, bound, freshened
from typedml.declare.metadata import meaning_of
from typedml.errors import TypedmlError
from typedml.messages import argument, render
from typedml.mypy.carrier import carries, lift_as, lower
from typedml.mypy.reports import fail
from typedml.shipped import stubs_folder

if TYPE_CHECKING:
    from mypy.plugin import FunctionContext
    from mypy.types import Type

    from typedml.mypy.session import Session

# What an annotation in a stub may consist of; anything else would have to be run to be read.
ALLOWED: Final = (
    *(ast.Expression, ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.Constant, ast.Call, ast.keyword),
    *(ast.BinOp, ast.Mult, ast.Div, ast.Pow, ast.BitOr, ast.UnaryOp, ast.USub, ast.Load),
)
NAMES: Final[dict[str, Any]] = {
    "__builtins__": {},
    "Annotated": typing.Annotated,
    "float": float,
    "int": int,
    "str": str,
    "bool": bool,
    "None": None,
}


class StubError(TypedmlError):
    """A stub file that cannot be read: where and why."""

    code = "typedml-unread"


@attrs.frozen
class LibraryFunction:
    """What a stub says of one function: the meanings of its parameters, in their order, and of its result."""

    name: str
    parameters: tuple[tuple[str, Meaning | None], ...]
    result: Meaning | None

    def meaning(self, name: str | None, position: int) -> Meaning | None:
        """The meaning of the parameter of this name, or at this position where it has no name."""
        named = dict(self.parameters)
        if name in named:
            return named[name]
        return self.parameters[position][1] if name is None and position < len(self.parameters) else None


@lru_cache(maxsize=1 << 14)
def find(fullname: str, folders: tuple[str, ...]) -> LibraryFunction | None:
    """Return what the stubs say of a function, the user's own before those that are shipped.

    Raises: StubError if the file that should say it cannot be read.
    """
    module, _, name = fullname.rpartition(".")
    for folder in (*folders, str(stubs_folder())):
        found = _read(f"{folder}/{module.replace('.', '/')}").get(name)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=4096)
def _read(place: str) -> dict[str, LibraryFunction]:
    for path in (Path(f"{place}.pyi"), Path(place) / "__init__.pyi"):
        if path.is_file():
            return read_stub(path)
    return {}


def read_stub(path: Path) -> dict[str, LibraryFunction]:
    """Read one stub file.

    Raises: StubError with file and line if something in it cannot be read.
    """
    names = dict(NAMES)
    found: dict[str, LibraryFunction] = {}
    try:
        for node in ast.parse(path.read_bytes()).body:
            _statement(node, names, found)
    except (OSError, SyntaxError, TypedmlError, AttributeError, NameError, TypeError) as error:
        line = getattr(node, "lineno", 1) if not isinstance(error, OSError | SyntaxError) else 1
        raise StubError(
            f"A stub of meanings cannot be read: {path}:{line}: {error}", "mend the stub"
        ) from None
    return found


def _statement(node: ast.stmt, names: dict[str, Any], found: dict[str, LibraryFunction]) -> None:
    if isinstance(node, ast.ImportFrom) and node.module == "typedml":
        names.update({alias.asname or alias.name: getattr(typedml, alias.name) for alias in node.names})
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        names[node.targets[0].id] = _value(node.value, names)
    elif isinstance(node, ast.FunctionDef):
        found[node.name] = _function(node, names)
    elif not isinstance(node, ast.ImportFrom | ast.Import | ast.Expr):
        raise TypeError(f"{ast.unparse(node).splitlines()[0]!r} has no place in a stub of meanings")


def _function(node: ast.FunctionDef, names: dict[str, Any]) -> LibraryFunction:
    given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    parameters = tuple((each.arg, _meaning(each.annotation, names)) for each in given)
    return LibraryFunction(node.name, parameters, _meaning(node.returns, names))


def _meaning(annotation: ast.expr | None, names: dict[str, Any]) -> Meaning | None:
    if annotation is None:
        return None
    value = _value(annotation, names)
    return meaning_of(typing.get_args(value)[1:]) if typing.get_origin(value) is typing.Annotated else None


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    unknown = next((part for part in ast.walk(node) if not isinstance(part, ALLOWED)), None)
    if unknown is not None:
        raise TypeError(f"{ast.unparse(unknown)!r} cannot be read without running it")
    return eval(compile(ast.Expression(node), "<stub>", "eval"), names)


def call(ctx: FunctionContext, function: LibraryFunction, session: Session) -> Type:
    """Check what a library function is given, and return the type of what it gives back."""
    meanings = [function.meaning(name, i) for i, name in enumerate(ctx.callee_arg_names)]
    given = [
        (freshened(meaning), typ, expression)
        for meaning, types, expressions in zip(meanings, ctx.arg_types, ctx.args, strict=True)
        for typ, expression in zip(types, expressions, strict=True)
        if meaning is not None and lower(typ) is not None
    ]
    operands = [session.operand(expression, typ) for _, typ, expression in given]
    if not session.uses_meanings and not any(carries(typ) for _, typ, _ in given):
        return ctx.default_return_type  # code that never heard of meanings is left alone
    solution = bind(
        (m.unit, o.unit) for (m, _, _), o in zip(given, operands, strict=True) if isinstance(o, Meaning)
    )
    for position, ((meaning, _, expression), operand) in enumerate(zip(given, operands, strict=True), 1):
        wanted = bound(meaning, solution)
        if wanted is None or operand is None:
            continue
        mismatch = flow(operand, wanted, level=session.level, place=Place.LIBRARY)
        if mismatch is not None:
            sentence = argument(mismatch, position, function.name, (session.carrier(expression), "float"))
            rendered = render(mismatch, names=(session.text(expression) or None, None), sentence=sentence)
            fail(ctx.api, mismatch.code, rendered.text, rendered.hint, ctx.context)
    result = bound(freshened(function.result), solution) if function.result is not None else None
    default = ctx.default_return_type
    if result is None or lower(default) is None:
        return default
    return lift_as(session.lookup, result, default) or default
