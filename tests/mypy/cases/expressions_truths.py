"""A truth value among numbers is an indicator: its mean a proportion, its sum a count."""

import statistics
from typing import Annotated

from typedml import Binary, Celsius, Count, Label, Logit, Probability, Proportion, Threshold, Unit

Usd = Annotated[float, Unit("USD")]


def accuracy(ys: list[Label], guesses: list[Label]) -> Proportion:
    return statistics.fmean([y == guess for y, guess in zip(ys, guesses)])


def rate(late: list[bool]) -> Proportion:
    return statistics.fmean(late)


def hits(ps: list[Probability], cut: Threshold[Probability]) -> Count:
    return sum(p > cut for p in ps)


def indicator(z: Logit, flag: bool) -> Binary:
    found: Binary = flag
    return z > 0


def charged(price: Usd, flag: bool, share: Probability) -> Usd:
    reveal_type(price * flag)  # R: float[USD]
    price + flag  # E: Unsupported operand types for + ("float[USD]" and "bool")  [typedml-unit]
    wrong: Usd = flag  # E: Incompatible types in assignment (expression has type "bool", variable has type "float[USD]")  [typedml-unit]
    return price * flag


def steps(first: Annotated[int, Unit("second")], last: Annotated[int, Unit("second")], n: Count) -> None:
    range(first, last, 60)  # E: Arguments of "range" have incompatible types "int[second]" and "int"  [typedml-unit] # N: Hint: SECOND(60) makes it "int[second]", with SECOND = Unit("second")
    range(first, last)  # E: Arguments of "range" have incompatible types "int[second]" and "int"  [typedml-unit]
    reveal_type(range(n))  # R: range
    for i in range(1, n):
        reveal_type(i)  # R: int


def chosen(flag: bool, p: Probability, q: Probability, t: Celsius, u: Celsius) -> None:
    reveal_type(flag * p + (1 - flag) * q)  # R: float[Probability]
    reveal_type(flag * t + (1 - flag) * u)  # R: float[Celsius]
    reveal_type(p - flag)  # R: float[1]
    flag * t  # E: Unsupported operand types for * ("bool" and "float[Celsius]")  [typedml-kind]
