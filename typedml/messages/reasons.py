"""Why something is refused, and what an answer rests on: a sentence for each, in the words of the field.

>>> from typedml.algebra.mismatch import Reason
>>> print(WHY[Reason.POINTS_ADDED])
Points have a zero that somebody chose, so the sum of two depends on the choice; their differences do not.
"""

from __future__ import annotations

from typedml.algebra.mismatch import Reason

WHY: dict[Reason, str] = {
    Reason.UNITS_DIFFER: "The units measure one thing on two scales; values are plain numbers, so nothing"
    " converts silently.",
    Reason.DIMENSIONS_DIFFER: "The units measure different things: no factor leads from one to the other.",
    Reason.ORIGINS_DIFFER: "The two count from different zeros: clocks, zones, bases or zero points.",
    Reason.TAGS_DIFFER: "Different things are counted; clicks and views do not add up to anything.",
    Reason.ANGLE_ALONE: "An angle beside a number is one only in radians, and nothing here says so.",
    Reason.NUMBER_BESIDE_UNIT: "A number without a unit is added to or compared with one that has a unit.",
    Reason.UNKNOWN_BESIDE_UNIT: "Nothing is declared of one side, and the other has a unit.",
    Reason.NUMBER_NEEDED: "The function is a series of powers, so its argument is a pure number or has no"
    " meaning.",
    Reason.ANGLE_NEEDED: "Trigonometry takes radians or a pure number; degrees give another result.",
    Reason.THERE_ALREADY: "It is in that unit already, so converting once more would spoil it.",
    Reason.EXPONENT_UNKNOWN: "The unit of a power depends on the exponent, which is not known here.",
    Reason.KINDS_DIFFER: "The two are of different kinds, and only a named edge leads from one to the other.",
    Reason.SORTS_DIFFER: "A point and a difference of points are different things, though their units look"
    " alike.",
    Reason.NARROWER: "Every value of the child is one of the parent, but not the other way round: the step"
    " down is checked, by name.",
    Reason.MARKER_NEEDED: "A computed number carries no proof that it lies in the range of the kind: the step"
    " is checked, by name.",
    Reason.POINTS_ADDED: "Points have a zero that somebody chose, so the sum of two depends on the choice;"
    " their differences do not.",
    Reason.POINT_SCALED: "Points have a zero that somebody chose, so a multiple of one depends on the choice;"
    " a multiple of a difference does not.",
    Reason.POINT_SUBTRACTED: "A difference minus a point is nothing: only points minus points are.",
    Reason.CYCLE: "Values that come round again have no ordinary mean: that of 359 and 1 degrees is not 180.",
    Reason.ENCODED: "The digits are a code: 1259 is followed by 1300, so not even differences mean anything.",
    Reason.OPAQUE: "The numbers stand for an order or for names; their sums and distances mean nothing.",
    Reason.UNORDERED: "Names are equal or they are not; which is larger is an accident of their numbering.",
    Reason.CUT_ARITHMETIC: "A threshold is where a decision turns; twice a threshold is none.",
    Reason.CUT_NEEDED: "A value is no decision: it becomes a threshold by name only.",
    Reason.CUT_GIVEN: "A threshold is a decision, and none of the values that it decides about.",
    Reason.OUT_OF_RANGE: "The number lies outside of the range that is declared.",
    Reason.LITERAL_GIVEN: "A literal without its unit stands where a unit is declared.",
    Reason.UNKNOWN_GIVEN: "Nothing is declared of what is given, and here a meaning is wanted.",
    Reason.MEANING_LOST: "A value with a meaning would go on as a plain number; under strict that is said by"
    " name.",
    Reason.NO_EDGE: "The function is an edge between other kinds, or starts where nothing of this kind is.",
    Reason.NO_MEAN: "The mean of such values need not be such a value.",
    Reason.NOT_ORDINAL: "Identifiers can be sorted, but their order says nothing of more or less.",
    Reason.CYCLE_NEEDED: "A circular statistic is for values that come round again.",
    Reason.STANDARDISED: "It is standardised already, and once more would hide from what.",
    Reason.ROLES_DIFFER: "Rows of one split meet rows of another.",
    Reason.FITTED_ELSEWHERE: "What was fitted on rows that are held back would touch rows that train.",
    Reason.LABEL_GIVEN: "The label would be one of its own inputs.",
    Reason.KNOWN_LATER: "The value was known only after the time for which it is used.",
}
"""Each reason for a refusal, in one sentence."""

OF_STATISTICS: dict[str, str] = {
    "sum cumsum": "Quantities add up; what a total is follows from the range of what is added.",
    "mean average interpolate": "A mean lies between its values and its weights add to one, so points"
    " have one, too.",
    "gmean hmean": "Geometric and harmonic means lie between their values.",
    "median quantile percentile": "A quantile lies between two neighbours, so an order is enough for it.",
    "min max cummin cummax": "The smallest or largest value is one of the values.",
    "std sem mad ptp iqr": "A spread is a distance between values: a difference, in their unit.",
    "var cov": "A variance is a squared difference: its unit is squared, and it is no value of the kind.",
    "diff": "Each value minus the one before it: what the difference of two such values is.",
    "prod cumprod": "A product of many has a unit only if that is 1.",
    "pct_change": "A change over where it began is a plain number.",
    "skew kurtosis corrcoef corr": "A standardised statistic is a plain number.",
    "zscore": "How many standard deviations a value is from the mean is a ZScore.",
    "circmean": "The circular mean is the direction of the mean of the unit vectors: it comes round again.",
    "circstd": "A circular deviation is a difference of angles.",
    "rank": "A place in an order is a Rank.",
    "argmin argmax": "Where a value stands is an Index, counted from 0.",
    "len count nunique": "How many there are is a Count, whatever is counted.",
    "mode first last sort sorted unique shift reversed ffill bfill dropna": "The values are the same ones.",
}
"""What statistics are, by the groups of the algebra's own table."""


def of_statistic(name: str) -> str:
    """Return the sentence of a statistic, or nothing for a function that is none.

    >>> of_statistic("median")
    'A quantile lies between two neighbours, so an order is enough for it.'
    """
    return next((said for names, said in OF_STATISTICS.items() if name in names.split()), "")
