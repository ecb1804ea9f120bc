"""What operators and statistics are not applied to: conditions, text, other statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.declare.expression import Expression

COMPARISONS = ("<", "<=", ">", ">=", "==")
_UNSIZED = frozenset({"str", "bytes", "bool", "object", "time"})
_TIMES = frozenset({"date", "datetime", "timedelta"})
_NOT_AGGREGATED = {"min": _UNSIZED, "max": _UNSIZED, "sum": _UNSIZED | _TIMES, "mean": _UNSIZED | _TIMES}


def require_value(sign: str, side: Expression) -> None:
    """See that an operator stands beside a value.

    Raises: DeclarationError where that is a condition, or text and truth values that are not compared.
    """
    if _is_made_condition(side):
        fact = f"`{sign}` is applied to the condition `{side.shown}`."
        raise DeclarationError(fact, "`&` and `|` bind more tightly: put parentheses around each comparison.")
    base = _base(side)
    if base in ("str", "bool") and sign not in COMPARISONS:
        fact = f"`{sign}` is applied to column {side.shown!r} of {base}."
        raise DeclarationError(fact, "Compare it with `.equals()` or `.is_in()`.")


def require_aggregable(name: str, value: Expression) -> None:
    """See that a statistic is taken of values that have it.

    Raises: DeclarationError where they do not, or are made by another statistic.
    """
    if value.is_aggregate:
        fact = f"`.{name}()` is applied to `{value.shown}`, which looks at many rows already."
        raise DeclarationError(fact, "Compute the inner one beforehand, as a column of its own.")
    if _is_made_condition(value):
        fact = f"`.{name}()` is applied to the condition `{value.shown}`."
        raise DeclarationError(fact, "Declare a column of 0 and 1 for it, and take that one's sum or mean.")
    for node in value.nodes():
        base = _base(node)
        if base in _NOT_AGGREGATED.get(name, ()):
            fact = f"`.{name}()` is applied to column {node.shown!r} of {base}."
            raise DeclarationError(fact, "Values without size are counted: .count() or .n_unique().")


def refuse_missing(side: Expression, name: str) -> NoReturn:
    """Tell what an expression has, when it is asked for something else.

    Raises: AttributeError, which whoever probes for a method of arrays or for a special one expects.
    """
    if name.startswith("_"):
        raise AttributeError(name)
    fact = f"`{side.shown}` has no `.{name}` in a rule."
    raise AttributeError(f"{fact}\nHint: {_METHODS}")


_METHODS = (
    "Over many rows there are .sum() .mean() .min() .max() .count() .n_unique(), over one .abs() .equals() "
    ".is_close() .is_in() .is_null(). Compute anything else beforehand, as a column of its own."
)


def _is_made_condition(side: Expression) -> bool:
    return side.is_condition and _base(side) is None


def _base(node: Expression) -> str | None:
    """The type of a column, by its name; None for what is not a column."""
    field = getattr(node, "field", None)
    return None if field is None else str(field.base.__name__)
