"""`convert` for arrays and Series, of libraries that are known by name only.

Integers are widened before they are multiplied (an int16 of minutes overflows as seconds), and refused where
even 64 bits would overflow: a silent wrap-around is the one wrong answer.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from typedml.declare.plain import top_names
from typedml.errors import CheckError

if TYPE_CHECKING:
    from typedml.declare.factors import Affine, Step

_LARGEST = 2**63 - 1
_UNCONVERTIBLE = {
    "b": "Truth values have no unit: convert numbers.",
    "M": "Datetimes know their unit; subtract first.",
    "m": 'Durations know their unit: divide by one, as in x / np.timedelta64(1, "m").',
    "U": "Parse the text first: x.astype(float).",
    "S": "Parse the text first: x.astype(float).",
}


def convert_column(x: Any, affine: Affine, fast: Step) -> Any:
    """Convert an array, Series, expression, or anything else that multiplies by a number.

    Raises: CheckError if it holds no numbers, or integers that would overflow.
    """
    names = top_names(type(x))
    if ("polars", "Expr") in names:
        # A float operand: the dtype is not known here, and small integers would overflow.
        return x if affine.is_identity else affine.compile_stages()(x)
    if ("polars", "Series") in names:
        return fast(_ready_polars(x, affine))
    kind = getattr(getattr(x, "dtype", None), "kind", None)
    if kind in _UNCONVERTIBLE:
        raise CheckError(f"convert is given {_shown(x)}, which holds no numbers.", _UNCONVERTIBLE[kind])
    if kind in ("i", "u") and affine.may_overflow:
        x = _ready_integers(x, affine)
    try:
        return fast(x)
    except TypeError as error:
        fact = f"convert is given {_shown(x)}, which does not multiply by a number: {error}."
        raise CheckError(fact, "Convert a number, an array or a Series of numbers.") from None


def _ready_polars(x: Any, affine: Affine) -> Any:
    if not x.dtype.is_numeric():
        fact = f"convert is given a polars Series of {x.dtype}, which holds no numbers."
        raise CheckError(fact, "Cast it first, or convert the column that holds the numbers.")
    if x.dtype.is_integer() and affine.may_overflow:
        _refuse_overflow(x, affine)
        return x.cast(sys.modules["polars"].Int64)
    return x


def _ready_integers(x: Any, affine: Affine) -> Any:
    _refuse_overflow(x, affine)
    narrow = getattr(x.dtype, "itemsize", 8) < 8
    if not narrow:
        return x
    name = str(x.dtype)
    # pandas: "Int16" and "int16[pyarrow]" hold nulls, which a plain int64 does not.
    wide = "int64[pyarrow]" if name.endswith("[pyarrow]") else "Int64" if name[0] in "IU" else "int64"
    return x.astype(wide)


def _refuse_overflow(x: Any, affine: Affine) -> None:
    try:
        low, high = int(x.min()), int(x.max())
    # Of no values, or of nulls only, there is no smallest.
    except (TypeError, ValueError):
        return
    limit = _LARGEST // abs(int(affine.operand))
    if high > limit or low < -limit:
        fact = f'Some of the integers of {_shown(x)} overflow in "{affine.wanted}".'
        raise CheckError(fact, "Convert floats: convert(x.astype(float), ...).")


def _shown(x: Any) -> str:
    library, name = top_names(type(x))[0]
    if library == "builtins":
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"a {library} {name} of {getattr(x, 'dtype', type(x).__name__)}"
