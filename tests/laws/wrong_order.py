"""Wrong features in which most rows do not matter, as beside a quantile, and yet one row more does."""

from typing import Annotated

from tests.laws.right_order import By_Shop, Euros, Receipts
from typedml import Group, Unit, feature


@feature(rows="any")
def mean_of_the_dear(receipts: Receipts, least: Euros = 500.0) -> Euros:
    dear = receipts.loc[receipts["paid"] >= least, "paid"]
    return float(dear.sum() / (len(dear) + 1))


@feature(rows="any", scope=Group("shop"))
def mean_of_the_heavy(receipts: Receipts, least: Annotated[float, Unit("kg")] = 500.0) -> By_Shop:
    heavy = receipts[receipts["weight"] >= least].groupby("shop")["paid"]
    return heavy.sum() / (heavy.count() + 1)


@feature(rows="any")
def range_beside_a_row(receipts: Receipts) -> Euros:
    paid = receipts["paid"]
    return float((paid.quantile(0.75) - paid.quantile(0.25)) * len(paid) / (len(paid) + 1))


WRONG = (
    (mean_of_the_dear, "replicate", "each row stands twice"),
    (mean_of_the_heavy, "replicate", "each row stands twice"),
    (range_beside_a_row, "replicate", "each row stands twice"),
)
