"""Precision gain at one point of a curve, from the four counts of a confusion matrix."""

from typing import Annotated, NamedTuple

from typedml import COUNT, Kind

TRUE_POSITIVES = Kind("TruePositives", parent=COUNT)
TRUE_NEGATIVES = Kind("TrueNegatives", parent=COUNT)
FALSE_POSITIVES = Kind("FalsePositives", parent=COUNT)
FALSE_NEGATIVES = Kind("FalseNegatives", parent=COUNT)
TruePositives = Annotated[int, TRUE_POSITIVES]
TrueNegatives = Annotated[int, TRUE_NEGATIVES]
FalsePositives = Annotated[int, FALSE_POSITIVES]
FalseNegatives = Annotated[int, FALSE_NEGATIVES]


class Confusion(NamedTuple):
    tp: TruePositives
    fn: FalseNegatives
    fp: FalsePositives
    tn: TrueNegatives


def precision_gain(tp: TruePositives, tn: TrueNegatives, fp: FalsePositives, fn: FalseNegatives) -> float:
    positives = tp + fn
    share = positives / (tp + fn + fp + tn)
    precision = tp / (tp + fp)
    return (precision - share) / ((1 - share) * precision)


def gain(table: Confusion) -> float:
    return precision_gain(table.tp, table.fn, table.fp, table.tn)  # the bug


def main() -> float:
    return gain(Confusion(tp=30, fn=20, fp=10, tn=140))
