"""Where the results of functions lie: their images of the ranges of what they are given.

>>> print(image("exp", [Range(-1, 1)]), image("clip", [Range(-5, 5), Range.at(0), Range.at(1)]))
[0, inf) [0, 1]
"""

from __future__ import annotations

import math
from math import inf

from typedml.algebra.meaning import Literal
from typedml.algebra.ranges import NON_NEGATIVE, UNBOUNDED, Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typedml.algebra.meaning import Operand

ALWAYS: dict[str, Range] = {
    **dict.fromkeys("exp exp2 sqrt square hypot norm std var sem ptp mad count len".split(), NON_NEGATIVE),
    **dict.fromkeys("sin cos tanh erf corr sign".split(), Range(-1, 1)),
    "cosh": Range(1, inf),
}
"""The images of everything."""

ARRANGING = frozenset(
    "abs array clip cummax cummin display first last max maximum min minimum mode reversed shift sort sorted"
    " unique".split()
)
"""Functions that choose, or change signs: a kind that was lost by its range may return."""

MIDDLING = frozenset({"median", "percentile", "quantile"})
"""Functions whose results may lie between two values, and so be no whole number where they are."""


def _least(spans: Sequence[Range]) -> Range:
    return Range(min(span.low for span in spans), min(span.high for span in spans))


def _greatest(spans: Sequence[Range]) -> Range:
    return Range(max(span.low for span in spans), max(span.high for span in spans))


def _clipped(spans: Sequence[Range]) -> Range:
    first, *ends = spans
    bounded = _greatest([first, *ends[:1]])
    return _least([bounded, *ends[1:]])


def _total(spans: Sequence[Range]) -> Range:
    return NON_NEGATIVE if spans[0].low >= 0 else UNBOUNDED


def _hull(spans: Sequence[Range]) -> Range:
    if not spans:
        return UNBOUNDED
    return Range(min(span.low for span in spans), max(span.high for span in spans))


ROUNDING: dict[str, Callable[[Range], Range]] = {
    **dict.fromkeys(("round", "rint", "around"), Range.rounded),
    "floor": Range.floored,
    "ceil": Range.ceiled,
    **dict.fromkeys(("int", "trunc", "fix"), Range.truncated),
}
"""Functions that make whole numbers, and with them a kind that only fractions had lost."""

IMAGES: dict[str, Callable[[Sequence[Range]], Range]] = {
    **dict.fromkeys(("min", "minimum", "fmin"), _least),
    **dict.fromkeys(("max", "maximum", "fmax"), _greatest),
    **dict.fromkeys(("sum", "cumsum"), _total),
    **dict.fromkeys(
        "array average cummax cummin first float last mean median mode percentile quantile reversed shift"
        " sort sorted unique".split(),
        lambda spans: spans[0],
    ),
    "abs": lambda spans: abs(spans[0]),
    "clip": _clipped,
    "where": lambda spans: _hull(spans[1:]),
    "display": _hull,
}
"""The images of what is given, by function."""


FOLDED: dict[str, Callable[..., float]] = {
    name: getattr(math, name) for name in "sqrt exp log log2 log10 log1p expm1 sin cos tan tanh hypot".split()
}
"""Functions of written numbers that are written numbers again: `np.log(2)`."""


def image(function: str, spans: Sequence[Range]) -> Range:
    """Return where a function's results lie, given where its arguments do."""
    if function in ALWAYS:
        return ALWAYS[function]
    if function in ROUNDING:
        return ROUNDING[function](spans[0])
    found = IMAGES.get(function)
    return found(spans) if found is not None and spans else UNBOUNDED


def folded(function: str, operands: Sequence[Operand]) -> Literal | None:
    """Return the number that a function of written numbers is, None if it is not one of those."""
    values = [operand.value for operand in operands if isinstance(operand, Literal)]
    if function not in FOLDED or len(values) != len(operands):
        return None
    try:
        return Literal(FOLDED[function](*values))
    except (ArithmeticError, ValueError, TypeError):
        return None
