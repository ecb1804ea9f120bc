"""What functions do to meanings: one table from the names of functions to rules.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> print(apply("expit", Meaning(KINDS["Logit"])), apply("mean", Meaning(KINDS["Celsius"])))
Probability Celsius
"""

from __future__ import annotations

from functools import lru_cache

from typedml.algebra import elementwise, statistics
from typedml.algebra.meaning import UNKNOWN, Operand, spelling
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.strictness import STANDARD, Level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Rule: TypeAlias = Callable[[str, tuple[Operand, ...], Level], Operand | Mismatch]


def _rows(rule: Rule, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


FUNCTIONS: dict[str, Rule] = {
    **_rows(elementwise.keep, "abs round floor ceil trunc int float"),
    **_rows(
        elementwise.pure, "exp expm1 exp2 log1p sinh cosh tanh arcsinh arccosh arctanh erf erfc gamma lgamma"
    ),
    **_rows(elementwise.logarithm, "log log2 log10"),
    **_rows(elementwise.root, "sqrt cbrt square"),
    **_rows(elementwise.trigonometric, "sin cos tan"),
    **_rows(elementwise.inverse, "arcsin arccos arctan arctan2"),
    **_rows(elementwise.turned, "deg2rad rad2deg"),
    **_rows(elementwise.hypotenuse, "hypot"),
    **_rows(elementwise.extreme, "min max minimum maximum clip"),
    **_rows(elementwise.edge_function, "expit logit softmax log_softmax"),
    **_rows(elementwise.operator_of, "add subtract multiply divide floor_divide mod remainder power"),
    **_rows(elementwise.first_of, "copysign"),
    **_rows(elementwise.told, "isnan isinf isfinite isna isnull sign bool"),
    **_rows(statistics.total, "sum cumsum"),
    **_rows(statistics.mean, "mean median quantile"),
    **_rows(statistics.deviation, "std var"),
    **_rows(statistics.differences, "diff"),
    **_rows(statistics.product, "prod"),
    **_rows(statistics.number_of, "len count nunique"),
    **_rows(statistics.place_of, "argmin argmax"),
    **_rows(statistics.same, "sort sorted mode first last shift reversed unique"),
}
"""Every function with a rule."""

ALIASES: dict[str, str] = {
    "fabs": "abs",
    "absolute": "abs",
    "sigmoid": "expit",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "radians": "deg2rad",
    "degrees": "rad2deg",
    "fsum": "sum",
    "fmean": "mean",
    "fmod": "mod",
    "pow": "power",
    "stdev": "std",
    "variance": "var",
    "amin": "min",
    "amax": "max",
    "percentile": "quantile",
}
"""Other names of the same functions."""


def apply(function: str, *operands: Operand, level: Level = STANDARD) -> Operand | Mismatch:
    """Return the meaning of a call, or why it has none; of a function without a rule nothing is known.

    A function of many values (`sum`, `mean`) is given one operand: what each of them means.
    """
    return _apply(ALIASES.get(function, function), operands, level, spelling(*operands))


@lru_cache(maxsize=1 << 13)
def _apply(name: str, operands: tuple[Operand, ...], level: Level, spelled: str) -> Operand | Mismatch:
    rule = FUNCTIONS.get(name)
    return UNKNOWN if rule is None or not operands else rule(name, operands, level)
