"""What functions of one operand must give, by ALGEBRA's words and by values that are really computed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement
from math import ceil, floor, inf, trunc

from tests.algebra.oracle import (
    NOT_MULTIPLIED,
    Expected,
    Exponents,
    computed,
    exponents_of,
    is_integral,
    lineage,
    named,
    numbers,
)
from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Meaning

Many = Callable[[Sequence[float]], float]

SAME = (
    "+",
    "float",
    "dropna",
    "ffill",
    "bfill",
    "sort",
    "mode",
    "first",
    "last",
    "unique",
    "reversed",
    "sorted",
)
ROUNDED = ("round", "floor", "ceil", "trunc", "int")
CENTRES = ("mean", "median", "quantile")
# "mean, median, quantile are its unit without the kind"; of an indicator the mean is a Proportion
WITHOUT_A_MEAN = ("Count", "Binary", "Index", "IndexFromOne")

SINGLE: dict[str, Callable[[float], float]] = {
    "-": lambda x: -x,
    "+": lambda x: x,
    "abs": abs,
    "float": float,
    "round": round,
    "floor": floor,
    "ceil": ceil,
    "trunc": trunc,
    "int": int,
    "square": lambda x: x * x,
}
MANY: dict[str, Many] = {
    "sum": sum,
    "cumsum": sum,
    "prod": math.prod,
    "mean": statistics.fmean,
    "median": statistics.median,
    "quantile": lambda xs: xs[0] + 0.3 * (xs[-1] - xs[0]),
    "min": min,
    "max": max,
    "std": statistics.pstdev,
    "var": statistics.pvariance,
    "diff": lambda xs: xs[-1] - xs[0],
    "sort": min,
    "sorted": min,
    "reversed": max,
    "mode": statistics.mode,
    "first": lambda xs: xs[0],
    "last": lambda xs: xs[-1],
    "unique": max,
    "dropna": max,
    "ffill": max,
    "bfill": min,
    "count": len,
    "len": len,
    "nunique": lambda xs: len(set(xs)),
    "argmin": lambda xs: xs.index(min(xs)),
    "argmax": lambda xs: xs.index(max(xs)),
}
EDGES: dict[tuple[str, str], tuple[str, Callable[[float], float]]] = {
    ("expit", "Logit"): ("Probability", lambda x: 1 / (1 + math.exp(-x))),
    ("logit", "Probability"): ("Logit", lambda p: math.log(p / (1 - p))),
    ("softmax", "Logit"): ("Simplex", lambda x: 1 / (1 + math.exp(-x))),
    ("log_softmax", "Logit"): ("LogProbability", lambda x: -math.log1p(math.exp(-x))),
    ("log", "Probability"): ("LogProbability", math.log),
    ("exp", "LogProbability"): ("Probability", math.exp),
    ("exp", "Logit"): ("Odds", math.exp),
    ("log", "Odds"): ("Logit", math.log),
}
"""The named edges of section 3 that are functions of one operand."""

FUNCTIONS = (*SINGLE, *(name for name in MANY if name not in SINGLE))


def applied(function: str, operand: Meaning) -> Expected | None:
    """Return what a function of an operand must be, None where it has no numbers."""
    mine = [x for x in numbers(operand) if abs(x) < 1e5 and (not operand.integral or x.is_integer())]
    results = _results(function, mine)
    if function in ROUNDED and operand.sort is Sort.TORSOR:
        # Rounding moves a point by less than one, beyond the least there is if that is -459.67.
        results = [x for x in results if x is not None and operand.range.contains(x)]
    if function in CENTRES and operand.sort is Sort.OPAQUE:
        results = [*mine]  # what needs an order only chooses one of the values
    if function == "ceil" and operand.sort is Sort.VECTOR:
        results += [float(ceil(x)) for x in (operand.range.low,) if x > -inf]  # steps close open ends
    values = computed(results, _whole(function, operand, results))
    if values is None:
        return None
    sort = Sort.VECTOR if function in ("std", "var", "diff", "count", "len", "nunique") else operand.sort
    if function in ("argmin", "argmax"):
        return Expected((KINDS["Index"],), {}, Sort.TORSOR, values)
    if function in ("count", "len", "nunique"):
        return Expected((KINDS["Count"],), {}, Sort.VECTOR, values)
    return Expected(_kinds(function, operand), _exponents(function, operand), sort, values)


def _results(function: str, mine: Sequence[float]) -> list[float | None]:
    if function in SINGLE:
        return [float(SINGLE[function](x)) for x in mine]
    groups = [*combinations_with_replacement(mine, 1), *combinations_with_replacement(mine, 2)]
    groups += [*combinations_with_replacement(mine[::2], 3), *(group[::-1] for group in groups)]
    return [float(MANY[function](group)) for group in groups]


def _whole(function: str, operand: Meaning, results: Sequence[float | None]) -> bool:
    if function in ROUNDED or function in ("count", "len", "nunique", "argmin", "argmax"):
        return True
    chosen = function in CENTRES and operand.sort is Sort.OPAQUE
    kept = is_integral(operand) and (chosen or function not in (*CENTRES, "std", "var"))
    return kept and all(each is not None and each.is_integer() for each in results)


def _exponents(function: str, operand: Meaning) -> Exponents:
    mine = exponents_of(operand)
    if function in ("var", "square"):
        return {atom: exponent * 2 for atom, exponent in mine.items()}
    return {} if function == "prod" else mine


def _kinds(function: str, operand: Meaning) -> tuple[Kind, ...]:
    kind = operand.kind
    if kind is None:
        return ()
    if function in SAME:
        return (kind,)
    if operand.sort is not Sort.VECTOR:
        return () if function in ("std", "var", "diff") else (kind,)
    if function in ("sum", "cumsum") and named(kind, ["Binary"]):
        return (KINDS["Count"],)  # "sum is a Count"
    if function in CENTRES:
        return _centre(function, kind)
    if function == "var":
        return ()
    if function == "std":  # "std keeps it", where a deviation of any size is of the kind
        spreads = (above for above in lineage(kind) if not named(above, (*WITHOUT_A_MEAN, "LogDensity")))
        return tuple(above for above in spreads if above.range.low <= 0 and above.range.high == inf)
    if function in ("prod", "square") and (named(kind, NOT_MULTIPLIED) or exponents_of(operand)):
        return ()
    if function in ("-", "abs", "diff") and named(kind, ["LogDensity"]):
        return ()  # minus a logarithm of a density is none
    return lineage(kind)


def _centre(function: str, kind: Kind) -> tuple[Kind, ...]:
    if named(kind, ["Binary"]):
        return (KINDS["Proportion"],)  # "mean a Proportion"
    # Means of columns that each sum to one sum to one; their medians need not.
    kept = kind.lineage if function == "mean" else lineage(kind)
    return tuple(above for above in kept if not named(above, WITHOUT_A_MEAN))


def crossed(function: str, source: str) -> Expected:
    """Return what a named edge leads to: its target, which holds all that is really computed."""
    target, compute = EDGES[function, source]
    results = []
    for x in numbers(Meaning(KINDS[source])):
        try:
            results.append(compute(x))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue  # an end that the edge leads to infinity
    values = computed(results, False)
    assert values is not None
    reached = Meaning(KINDS[target])
    return Expected((KINDS[target],), exponents_of(reached), reached.sort, values)
