"""Reads annotations that are text: evaluates what it can, and takes the rest by its syntax.

`"Annotated[pd.DataFrame, Flight]"` with pandas imported only for type checkers still says `Flight`.
"""

from __future__ import annotations

import ast
from typing import Any, NoReturn

import attrs

from typedml.declare.annotation import Reading, Scope, merge_union, read_annotation, with_metadata
from typedml.declare.declared import Carrier, Library
from typedml.declare.metadata import named
from typedml.declare.plain import HOLDERS
from typedml.errors import DeclarationError

LONGEST_SHOWN = 80
_LIBRARIES: dict[str, Library] = {
    "pd": "pandas",
    "pandas": "pandas",
    "pl": "polars",
    "polars": "polars",
    "np": "numpy",
    "npt": "numpy",
    "numpy": "numpy",
}
_CARRIERS: dict[str, Carrier] = {name: carrier for (_, name), (carrier, _) in HOLDERS.items()} | {
    "NDArray": "array"
}


def read_text(text: str, scope: Scope) -> Reading:
    """What the annotation spelled by `text` says.

    Raises: DeclarationError (typedml-unread) if it can be neither evaluated nor read by its syntax.
    """
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        unread(text, scope, f"it is not an expression ({error})")
    return _read_node(node, scope)


def unread(text: str, scope: Scope, why: str) -> NoReturn:
    """Report an annotation that cannot be read."""
    shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
    fact = f"The annotation `{shown}` of {scope.owner} cannot be read: {why}."
    hint = "Import its names at run time, outside `if TYPE_CHECKING:`, and define them before they are used."
    raise DeclarationError(fact, hint, code="typedml-unread")


def _read_node(node: ast.expr, scope: Scope) -> Reading:
    try:
        value = _evaluate(node, scope)
    except DeclarationError:
        raise
    except Exception as error:  # noqa: BLE001  # a name's attributes or a class's subscript may raise anything
        return _read_syntax(node, scope, error)
    return read_annotation(value, scope)


def _evaluate(node: ast.expr, scope: Scope) -> Any:
    code = compile(ast.Expression(node), "<annotation>", "eval")
    with named(scope.owner):
        return eval(code, scope.globals, scope.locals)  # what typing.get_type_hints does


def _read_syntax(node: ast.expr, scope: Scope, error: Exception) -> Reading:
    match node:
        case ast.BinOp(left, ast.BitOr(), right):
            return merge_union([_read_node(left, scope), _read_node(right, scope)], scope)
        case ast.Subscript(head, ast.Tuple([inner, *metadata])) if _last_name(head) == "Annotated":
            return with_metadata(_read_node(inner, scope), tuple(_metadata(item, scope) for item in metadata))
        case ast.Subscript(head, inner) if _last_name(head) == "Optional":
            return attrs.evolve(_read_node(inner, scope), nullable=True)
        case ast.Subscript(head, inner) if _last_name(head) in ("ClassVar", "Final"):
            return _read_node(inner, scope)
        case ast.Subscript(head, inner) if _last_name(head) == "Required":
            return attrs.evolve(_read_node(inner, scope), required=True)
        case ast.Subscript(head, inner) if _last_name(head) == "NotRequired":
            return attrs.evolve(_read_node(inner, scope), required=False)
        case ast.Subscript(head, inner) if _last_name(head) in _CARRIERS:
            return _read_holder(head, inner, scope)
        case ast.Name() | ast.Attribute() if _last_name(node) in _CARRIERS:
            return _holder(node)
    unread(ast.unparse(node), scope, f"{type(error).__name__}: {error}")


def _metadata(node: ast.expr, scope: Scope) -> object:
    try:
        return _evaluate(node, scope)
    except DeclarationError:
        raise
    except Exception as error:  # noqa: BLE001  # as above
        unread(ast.unparse(node), scope, f"{type(error).__name__}: {error}")


def _read_holder(head: ast.expr, inner: ast.expr, scope: Scope) -> Reading:
    outer = _holder(head)
    if isinstance(inner, ast.Tuple):
        return outer
    element = _read_node(inner, scope)
    return attrs.evolve(outer, base=element.base, metadata=element.metadata, record=element.record)


def _holder(node: ast.expr) -> Reading:
    return Reading(carrier=_CARRIERS[_last_name(node)], library=_LIBRARIES.get(_first_name(node)))


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _first_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
