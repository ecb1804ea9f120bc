"""Checks a value against its meaning: what a marker does when it is called, and `@checked` for scalars.

Arrays and Series are recognised through `sys.modules`: if numpy is not loaded, nothing is an array.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from typedml.errors import CheckError

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning


MISSING = "is missing"


class Failure(NamedTuple):
    """The first value that is not what it should be: the value, where it is, and why; how many there are."""

    value: object
    why: str
    hint: str
    place: int | str | None = None
    failing: int = 1


def check_value(x: object, meaning: Meaning | None, owner: object) -> None:
    """Check a scalar, list, array or Series; `owner` is who asks, and is shown by its `repr`.

    The parts of a Simplex must also sum to 1 along the last axis; one scalar is checked by its range only.

    Raises: CheckError naming the first value that fails.
    """
    if meaning is None:
        return
    failure = first_failure(x, meaning)
    if failure is not None:
        raise CheckError(f"{owner!r}: {described(failure)}", failure.hint)
    if meaning.kind is not None and meaning.kind.is_named("Simplex"):
        from typedml.declare.simplex import check_sums

        check_sums(x, owner)


def described(failure: Failure) -> str:
    """The failure in one sentence."""
    if failure.why == MISSING and failure.place is not None:
        more = "" if failure.failing == 1 else f", and {failure.failing - 1:,} more are"
        return f"the value at {failure.place} {MISSING}{more}."
    where = "" if failure.place is None else f" at {failure.place}"
    others = "" if failure.failing == 1 else f" ({failure.failing:,} values fail)"
    return f"{failure.value!r}{where} {failure.why}{others}."


def first_failure(x: object, meaning: Meaning, nullable: bool = False) -> Failure | None:
    """The first value of `x` that `meaning` does not allow; None if there is none."""
    if type(x) is float or type(x) is int:
        return _number_failure(x, meaning, nullable)
    if x is None or type(x).__name__ in ("NAType", "NaTType"):
        return None if nullable else missing_value(x)
    if isinstance(x, str | bytes):
        return _scalar_failure(x, meaning, nullable)
    if isinstance(x, Mapping):
        return _items_failure(x.items(), meaning, nullable)
    if isinstance(x, list | tuple | set | frozenset):
        return _items_failure(enumerate(x), meaning, nullable)
    from typedml.declare.column_values import column_failure, is_column

    if is_column(x):
        return column_failure(x, meaning, nullable)
    return _scalar_failure(x, meaning, nullable)


def _items_failure(items: Iterable[tuple[Any, object]], meaning: Meaning, nullable: bool) -> Failure | None:
    for place, item in items:
        failure = first_failure(item, meaning, nullable)
        if failure is not None:
            return failure._replace(place=repr(place) if isinstance(place, str) else f"position {place}")
    return None


def tolerates_missing(meaning: Meaning, nullable: bool) -> bool:
    """True where a nan among the values breaks nothing: a unit alone says nothing of gaps, a range does."""
    return nullable or (meaning.kind is None and not meaning.cut and meaning.range.is_unbounded)


def missing_value(x: object) -> Failure:
    """The failure of a value that is not there."""
    return Failure(x, MISSING, "Drop or fill missing values first, or annotate `| None`.")


def _scalar_failure(x: Any, meaning: Meaning, nullable: bool) -> Failure | None:
    from typedml.declare.fitting import is_nominal, misfit
    from typedml.declare.plain import plain_base

    base = plain_base(type(x))
    if base is object:
        unchecked = is_nominal(meaning.kind) or _is_symbolic(x)
        return None if unchecked else Failure(x, f'is no value that "{meaning}" describes', "Give a number.")
    found = misfit(meaning, base)
    if found is not None:
        hint = "Parse it first: float(text)." if base in (str, bytes) else found[1]
        return Failure(x, f'is a {base.__name__}, which cannot be "{meaning}"', hint)
    if isinstance(x, str | bytes | date | timedelta | complex) or is_nominal(meaning.kind):
        return None
    return _number_failure(x, meaning, nullable)


def _is_symbolic(x: object) -> bool:
    """True for an expression that stands for values which are not there yet."""
    polars = sys.modules.get("polars")
    from typedml.declare.expression import Expression

    return isinstance(x, Expression) or (polars is not None and isinstance(x, polars.Expr))


def _number_failure(x: Any, meaning: Meaning, nullable: bool) -> Failure | None:
    allowed = meaning.range
    if x != x:
        return None if tolerates_missing(meaning, nullable) else missing_value(x)
    if not allowed.contains(x):
        return outside(x, meaning)
    if meaning.integral and not (math.isfinite(x) and x == math.floor(x)):
        return not_whole(x, meaning)
    return None


def not_whole(x: object, meaning: Meaning) -> Failure:
    """The failure of a fraction where whole numbers are declared."""
    return Failure(x, f"is not a whole number, as a {meaning} is", "Round it knowingly: round(x).")


def outside(x: object, meaning: Meaning) -> Failure:
    """The failure of a value that lies outside of its range."""
    hint = f"A {meaning} lies in {meaning.range}"
    if meaning.kind is not None and meaning.kind.is_named("Proportion") and isinstance(x, int | float):
        hint += '; if it is in percent, write convert(x, "percent", "1")' if 1 < x <= 100 else ""
    return Failure(x, f"is outside of {meaning.range}, the range of {meaning}", f"{hint}.")
