"""What the shipped edges do to numbers: the one place where `expit` and its kin are computed.

>>> round(float(crossed("expit", 0.0)), 3), crossed("x / (1 - x)", 0.75)
(0.5, 3.0)

Values may be floats or arrays of them: every formula is written with operators and the functions of `math`,
element by element.
"""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _ndtr(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def _ndtri(x: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(x)


VALUES: dict[str, Callable[[float], float]] = {
    "expit": _expit,
    "logit": lambda p: math.log(p / (1 - p)),
    "exp": math.exp,
    "log": math.log,
    "log_expit": lambda x: min(x, 0.0) - math.log1p(math.exp(-abs(x))),
    "x / (1 - x)": lambda p: p / (1 - p),
    "x / (1 + x)": lambda odds: odds / (1 + odds),
    "ndtr": _ndtr,
    "ndtri": _ndtri,
    "log_ndtr": lambda x: math.log(_ndtr(x)),
    "ndtri_exp": lambda x: _ndtri(math.exp(x)),
}
"""The edges that are a function of one value, by the name or the formula of the edge table."""


def crossed(function: str, values: Any) -> Any:
    """Return what an edge makes of a number or an array; None for one that is not computed here.

    Where the function has no value (the logit of 1) it is nan.
    """
    formula = VALUES.get(function)
    if formula is None:
        return None
    if not hasattr(values, "tolist"):
        return _value(formula, values)
    found = [_value(formula, float(value)) for value in values.reshape(-1).tolist()]
    made = values.astype(float)
    made.reshape(-1)[:] = found
    return made


def _value(formula: Callable[[float], float], value: float) -> float:
    try:
        return formula(value)
    except (ValueError, ArithmeticError):
        return math.nan
