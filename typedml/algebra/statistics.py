"""Functions of many values: sums, means, deviations, ranks; one table from statistic and scale to a rule.

>>> from typedml.algebra.catalogue import KINDS, PERCENT
>>> from typedml.algebra.meaning import Meaning
>>> for name, kind in [("sum", "Binary"), ("mean", "Count"), ("std", "Celsius"), ("median", "Score")]:
...     print(aggregate(name, (Meaning(KINDS[kind]),), Level.STANDARD))
Count
1
delta_degC
Score
"""

from __future__ import annotations

from typedml.algebra.agreement import difference
from typedml.algebra.catalogue import KINDS, PERCENT
from typedml.algebra.closure import make, roles_of
from typedml.algebra.edges import conversion
from typedml.algebra.elementwise import named
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason, Side
from typedml.algebra.ranges import UNIT_RANGE, Range
from typedml.algebra.reductions import (
    COUNTED,
    acyclic,
    added,
    circular,
    counted,
    cut,
    cyclic,
    differences,
    encoded,
    mean_of,
    mean_point,
    middle_of,
    number,
    opaque,
    picked,
    product_of,
    same,
    scaled,
    spread_of,
    squared,
    standardised,
    step_of,
    sum_of,
    unranked,
)
from typedml.algebra.roles import fitted
from typedml.algebra.rules import combine
from typedml.algebra.scales import Scale, scale_of
from typedml.algebra.strictness import Level
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from typedml.algebra.reductions import Answer, Cell

    Rule: TypeAlias = Callable[[str, tuple[Operand, ...], Level], Answer]


def aggregate(name: str, operands: tuple[Operand, ...], level: Level) -> Answer:
    """Return the statistic of many values, each of which means `operands[0]`."""
    operand = operands[0]
    if not isinstance(operand, Meaning):
        return Meaning(KINDS[COUNTED[name]]) if name in COUNTED else UNKNOWN
    answer = TABLE[name, scale_of(operand)](name, operand)
    return in_role(name, answer, operand)


def in_role(name: str, answer: Answer, *operands: Operand) -> Answer:
    """Return a statistic in its roles: what is not a row any more was fitted on rows."""
    roles = roles_of(*operands)
    if not roles or not isinstance(answer, Meaning) or name in ROW_BY_ROW:
        return answer
    if name in SIZES:
        return answer.with_roles(frozenset())
    return answer.with_roles(roles | fitted(roles) if name in IN_PLACE else fitted(roles))


def total(name: str, operands: tuple[Operand, ...], level: Level) -> Answer:
    """Return the sum of many values, and of a start if it is given."""
    # As many ones as there are values: `sum(1 for p in ps if p > 0.5)`.
    ones = operands[0] == Literal(1)
    found = make(KINDS["Count"], Unit.number()) if ones else aggregate(name, operands, level)
    if len(operands) == 1 or isinstance(found, Mismatch):
        return found
    # A start of 0 is of every unit, and no start makes a sum of ones and zeros another thing than a count.
    return named(name, combine("+", found, operands[1], level=level))


def weighted(name: str, operands: tuple[Operand, ...], level: Level) -> Answer:
    """Return a mean; weights, if there are any, are a quantity."""
    found = aggregate("mean", operands, level)
    weights = operands[1] if len(operands) > 1 else None
    if isinstance(found, Mismatch) or not isinstance(weights, Meaning):
        return found.within(name) if isinstance(found, Mismatch) else found
    if scale_of(weights) is not Scale.QUANTITY:
        refused = TABLE["prod", scale_of(weights)](name, weights)
        return refused if isinstance(refused, Mismatch) else found
    return in_role("mean", found, operands[0], weights)


def quantile(name: str, operands: tuple[Operand, ...], level: Level) -> Answer:
    """Return a quantile; which one is a share, or of 100 for a percentile."""
    which = operands[1] if len(operands) > 1 else None
    span, unit = QUANTILES[name]
    if isinstance(which, Literal) and not span.contains(which.value):
        return Mismatch(Reason.OUT_OF_RANGE, which, None, name, detail=str(span))
    if isinstance(which, Meaning) and which.unit != unit and not _is_plain(which):
        wanted = Meaning(None, unit)
        reason = difference(which.unit, unit)
        step = conversion(Side.LEFT, which.unit, unit, wanted) if reason is Reason.UNITS_DIFFER else None
        return Mismatch(reason, which, wanted, name, step)
    return aggregate(name, operands, level)


def _is_plain(which: Meaning) -> bool:
    return which.kind is None and which.unit.is_number


def paired(name: str, operands: tuple[Operand, ...], level: Level) -> Answer:
    """Return a covariance, in the product of both units, or a correlation, a number."""
    for operand in operands[:2]:
        if isinstance(operand, Meaning):
            found = TABLE[name, scale_of(operand)](name, operand)
            if isinstance(found, Mismatch):
                return found
    mine, theirs = operands[0], operands[1] if len(operands) > 1 else operands[0]
    if not (isinstance(mine, Meaning) and isinstance(theirs, Meaning)):
        return make(None, Unit.number(), *operands) if name in CORRELATIONS else UNKNOWN
    unit = Unit.number() if name in CORRELATIONS else mine.unit.delta() * theirs.unit.delta()
    return in_role(name, make(None, unit, mine, theirs), mine, theirs)


def integral(name: str, operands: tuple[Operand, ...], level: Level) -> Answer:
    """Return the area under values over where they were measured; without a width it is unknown."""
    values, places = operands[0], operands[1] if len(operands) > 1 else UNKNOWN
    if not (isinstance(values, Meaning) and isinstance(places, Meaning)):
        return UNKNOWN
    for operand, column in ((values, "prod"), (places, "std")):
        found = TABLE[column, scale_of(operand)](name, operand)
        if isinstance(found, Mismatch) and found.reason is not Reason.EXPONENT_UNKNOWN:
            return found
    area = make(None, values.unit * places.unit.delta(), values, places)
    return in_role(name, area, values, places)


# Columns in the order of Scale: quantity, point, cycle, code, ranked, named, cut.
CELLS: dict[str, tuple[Cell, ...]] = {
    "sum cumsum": (sum_of, added, cyclic, encoded, opaque, opaque, cut),
    "mean interpolate": (mean_of, mean_point, cyclic, encoded, opaque, opaque, cut),
    "gmean hmean": (middle_of, scaled, cyclic, encoded, opaque, opaque, cut),
    "median quantile percentile": (middle_of, mean_point, cyclic, encoded, same, unranked, cut),
    "min max cummin cummax": (picked, same, cyclic, same, same, unranked, same),
    "std sem mad ptp iqr": (spread_of, step_of, cyclic, encoded, opaque, opaque, cut),
    "var cov": (squared, squared, cyclic, encoded, opaque, opaque, cut),
    "diff": (differences, differences, differences, encoded, opaque, opaque, cut),
    "prod cumprod": (product_of, scaled, cyclic, encoded, opaque, opaque, cut),
    "pct_change": (number, scaled, cyclic, encoded, opaque, opaque, cut),
    "skew kurtosis corrcoef": (number, number, cyclic, encoded, opaque, opaque, cut),
    "corr": (number, number, cyclic, encoded, number, unranked, cut),
    "zscore": (standardised, standardised, cyclic, encoded, opaque, opaque, cut),
    "circmean": (circular, acyclic, same, encoded, opaque, opaque, cut),
    "circstd": (circular, acyclic, step_of, encoded, opaque, opaque, cut),
    "rank": (counted, counted, cyclic, counted, counted, unranked, cut),
    "argmin argmax": (counted, counted, cyclic, counted, counted, unranked, counted),
    "len count nunique": (counted,) * 7,
    "mode first last sort sorted unique shift reversed ffill bfill dropna": (same,) * 7,
}
"""What each statistic makes of values on each scale."""

TABLE: dict[tuple[str, Scale], Cell] = {
    (name, scale): cell
    for names, cells in CELLS.items()
    for name in names.split()
    for scale, cell in zip(Scale, cells, strict=True)
}

QUANTILES = {"quantile": (UNIT_RANGE, Unit.number()), "percentile": (Range(0, 100), PERCENT)}
"""Where the number lies that says which one, and its unit."""

CORRELATIONS = frozenset({"corr", "corrcoef"})
SIZES = frozenset({"len", "count"})
"""How many rows there are is learned from none of them."""

IN_PLACE = frozenset({"zscore", "rank"})
"""What leaves rows rows, though each is changed by what all of them are."""

ROW_BY_ROW = frozenset(
    "sort sorted unique shift reversed first last ffill bfill dropna".split()
    + "diff cumsum cumprod cummin cummax pct_change interpolate".split()
)
"""What leaves rows rows, and at most puts what came before into them."""

RULES: dict[str, Rule] = {
    **{name: aggregate for name, _ in TABLE if name not in ("min", "max")},
    "sum": total,
    **dict.fromkeys(("mean", "average"), weighted),
    **dict.fromkeys(QUANTILES, quantile),
    **dict.fromkeys(("cov", *CORRELATIONS), paired),
    "trapezoid": integral,
}
"""The rule of every function of many values; `min` and `max` are told apart by how many they are given."""

ALIASES: dict[str, str] = {
    "nancumsum": "cumsum",
    "nanprod": "prod",
    "pstdev": "std",
    "pvariance": "var",
    "geometric_mean": "gmean",
    "harmonic_mean": "hmean",
    "idxmin": "argmin",
    "idxmax": "argmax",
    "n_unique": "nunique",
    "size": "len",
    "covariance": "cov",
    "correlation": "corr",
    "pearsonr": "corrcoef",
    "spearmanr": "corr",
    "kendalltau": "corr",
    "kurt": "kurtosis",
    "trapz": "trapezoid",
    "sort_values": "sort",
    "drop_nulls": "dropna",
    "forward_fill": "ffill",
    "backward_fill": "bfill",
}
"""Other names of the same statistics."""
