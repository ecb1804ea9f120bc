"""What functions do to meanings: one table from the names of functions to rules.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> print(apply("expit", Meaning(KINDS["Logit"])), apply("mean", Meaning(KINDS["Celsius"])))
Probability Celsius
"""

from __future__ import annotations

from functools import lru_cache

from typedml.algebra import crossings, elementwise, extremes, progressions, statistics, trigonometry
from typedml.algebra.edge_table import edges_through, forgotten_with_edges
from typedml.algebra.meaning import UNKNOWN, Operand, spelling
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.roles import apart
from typedml.algebra.strictness import STANDARD, Level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Rule: TypeAlias = Callable[[str, tuple[Operand, ...], Level], Operand | Mismatch]


def _rows(rule: Rule, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


PURE = """
exp exp2 exp10 expm1 log1p sinh cosh tanh arcsinh arccosh arctanh sinc exprel
erf erfc erfcx erfinv erfcinv gamma lgamma digamma beta betaln factorial comb perm gcd lcm
entropy entr rel_entr softplus elu selu gelu silu mish softsign
"""
"""Functions of pure numbers that give one."""

TOLD = """
isnan isinf isfinite isna isnull isnat notna notnull signbit heaviside bool bitwise_count modf frexp
"""
"""Functions whose result is a plain truth or number, or several, whatever they are given."""

TOGETHER = """
asarray asanyarray ascontiguousarray tensor as_tensor Series list tuple
stack vstack hstack dstack column_stack concatenate concat cat
"""
"""Other functions that put values together, as `array` does."""

FUNCTIONS: dict[str, Rule] = {
    **_rows(elementwise.keep, "abs round floor ceil trunc int float"),
    **_rows(elementwise.signed, " ".join(elementwise.SIGNS)),
    **_rows(elementwise.pure, PURE),
    **_rows(elementwise.logarithm, "log log2 log10"),
    **_rows(elementwise.weighted_logarithm, "xlogy xlog1py"),
    **_rows(elementwise.root, "sqrt cbrt square"),
    **_rows(elementwise.reciprocal, "reciprocal"),
    **_rows(elementwise.rectified, "relu"),
    **_rows(elementwise.multiply_add, "fma"),
    **_rows(elementwise.multiple, "ldexp"),
    **_rows(elementwise.dot, "dot vdot vecdot inner matmul matvec vecmat"),
    **_rows(elementwise.distance, "dist spacing"),
    **_rows(elementwise.blended, "lerp"),
    **_rows(elementwise.chosen, "where"),
    **_rows(elementwise.extreme, "minimum maximum fmin fmax clip nextafter"),
    **_rows(extremes.extreme, "min max"),
    **_rows(extremes.filled, "fillna fill_null"),
    **_rows(extremes.collected, "display"),
    **_rows(extremes.held, "array"),
    **_rows(elementwise.operator_of, " ".join(elementwise.OPERATORS_OF)),
    **_rows(elementwise.first_of, "copysign"),
    **_rows(elementwise.sign, "sign"),
    **_rows(elementwise.truth, "all any logical_and logical_or logical_xor logical_not"),
    **_rows(elementwise.told, TOLD),
    **_rows(trigonometry.trigonometric, "sin cos tan"),
    **_rows(trigonometry.of_degrees, "sindg cosdg tandg"),
    **_rows(trigonometry.inverse, "arcsin arccos arctan arctan2"),
    **_rows(trigonometry.turned, "deg2rad rad2deg"),
    **_rows(trigonometry.hypotenuse, "hypot"),
    **_rows(trigonometry.length, "norm"),
    **_rows(crossings.along, "expit logit softmax log_softmax log_expit ndtr ndtri log_ndtr ndtri_exp"),
    **_rows(crossings.loss, " ".join(crossings.LOSSES)),
    **_rows(crossings.log_sum, "logsumexp logaddexp logaddexp2"),
    **_rows(crossings.sorting, "argsort"),
    **_rows(progressions.stepped, "arange range"),
    **_rows(progressions.spaced, "linspace"),
    **statistics.RULES,
}
"""Every function with a rule."""

OF_MANY = frozenset(name for name, rule in FUNCTIONS.items() if rule.__module__ == statistics.__name__)
"""Functions of many values, whose other arguments say how and not of what."""

MERGING = frozenset(
    "all any arange display dot inner linspace logsumexp matmul matvec max min norm range"
    " vdot vecdot vecmat".split()
)
"""Functions that make fewer values, or others than those that they are given, and are no statistics."""

ELEMENTWISE = frozenset(FUNCTIONS) - OF_MANY - MERGING
"""Functions that make one value of each value they are given."""

ALIASES: dict[str, str] = {
    **dict.fromkeys(("fabs", "absolute"), "abs"),
    **dict.fromkeys(("rint", "around", "round_"), "round"),
    **dict.fromkeys(("fix",), "trunc"),
    **dict.fromkeys(("float16", "float32", "float64", "asfarray"), "float"),
    **dict.fromkeys(("int8", "int16", "int32", "int64"), "int"),
    **dict.fromkeys(("neg",), "negative"),
    **dict.fromkeys(("conj",), "conjugate"),
    **dict.fromkeys(("bitwise_not", "bitwise_invert"), "invert"),
    **dict.fromkeys(("bitwise_left_shift",), "left_shift"),
    **dict.fromkeys(("bitwise_right_shift",), "right_shift"),
    **dict.fromkeys(("isqrt",), "sqrt"),
    **dict.fromkeys(("ulp",), "spacing"),
    **dict.fromkeys(("asin",), "arcsin"),
    **dict.fromkeys(("acos",), "arccos"),
    **dict.fromkeys(("atan",), "arctan"),
    **dict.fromkeys(("atan2",), "arctan2"),
    **dict.fromkeys(("asinh",), "arcsinh"),
    **dict.fromkeys(("acosh",), "arccosh"),
    **dict.fromkeys(("atanh",), "arctanh"),
    **dict.fromkeys(("radians",), "deg2rad"),
    **dict.fromkeys(("degrees",), "rad2deg"),
    **dict.fromkeys(("fsum", "nansum"), "sum"),
    **dict.fromkeys(("fmean", "nanmean"), "mean"),
    **dict.fromkeys(("stdev", "nanstd"), "std"),
    **dict.fromkeys(("variance", "nanvar"), "var"),
    **dict.fromkeys(("amin", "nanmin"), "min"),
    **dict.fromkeys(("amax", "nanmax"), "max"),
    **dict.fromkeys(("nanmedian",), "median"),
    **dict.fromkeys(("nanquantile",), "quantile"),
    **dict.fromkeys(("nanpercentile",), "percentile"),
    **statistics.ALIASES,
    **dict.fromkeys(("clamp",), "clip"),
    **dict.fromkeys(("clamp_min",), "maximum"),
    **dict.fromkeys(("clamp_max",), "minimum"),
    **dict.fromkeys(TOGETHER.split(), "array"),
    **dict.fromkeys(("sub",), "subtract"),
    **dict.fromkeys(("mul",), "multiply"),
    **dict.fromkeys(("div", "true_divide", "truediv"), "divide"),
    **dict.fromkeys(("floordiv",), "floor_divide"),
    **dict.fromkeys(("fmod", "remainder"), "mod"),
    **dict.fromkeys(("pow", "float_power"), "power"),
    **dict.fromkeys(("lt",), "less"),
    **dict.fromkeys(("le",), "less_equal"),
    **dict.fromkeys(("gt",), "greater"),
    **dict.fromkeys(("ge",), "greater_equal"),
    **dict.fromkeys(("eq",), "equal"),
    **dict.fromkeys(("ne",), "not_equal"),
    **dict.fromkeys(("sigmoid",), "expit"),
    **dict.fromkeys(("logsigmoid", "log_sigmoid"), "log_expit"),
    **dict.fromkeys(("norm.cdf",), "ndtr"),
    **dict.fromkeys(("norm.ppf", "probit"), "ndtri"),
    **dict.fromkeys(("norm.logcdf",), "log_ndtr"),
    **dict.fromkeys(("logcumsumexp",), "logsumexp"),
    **dict.fromkeys(("standardise", "standardize"), "zscore"),
    **dict.fromkeys(("rankdata",), "rank"),
    **dict.fromkeys(("gammaln",), "lgamma"),
    **dict.fromkeys(("psi",), "digamma"),
    **dict.fromkeys(("swish",), "silu"),
}
"""Other names of the same functions."""


def apply(function: str, *operands: Operand, level: Level = STANDARD) -> Operand | Mismatch:
    """Return the meaning of a call, or why it has none; of a function without a rule nothing is known.

    A function of many values (`sum`, `mean`) is given one operand: what each of them means.
    """
    return _apply(ALIASES.get(function, function), operands, level, spelling(*operands))


@lru_cache(maxsize=1 << 13)
def _apply(name: str, operands: tuple[Operand, ...], level: Level, spelled: str) -> Operand | Mismatch:
    rule = FUNCTIONS.get(name) or (crossings.along if edges_through(name) else None)
    if rule is None or not operands:
        return UNKNOWN
    answer = rule(name, operands, level)
    return answer if isinstance(answer, Mismatch) else apart(name, *operands) or answer


forgotten_with_edges(_apply.cache_clear)
