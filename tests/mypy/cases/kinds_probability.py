"""Shares, chances, odds and their logarithms."""

import math
from typing import Annotated

from typedml import (
    Binary, Count, LogProbability, Logit, Odds, Percent, PROBABILITY, Probability, Proportion, ScaleFactor, Score,
    Similarity, Unit, Weight, ZScore,
)

Usd = Annotated[float, Unit("USD")]


def closed(p: Probability, q: Probability, share: Proportion, k: ScaleFactor, price: Usd, n: Count) -> None:
    reveal_type(p * q)  # R: float[Probability]
    reveal_type(1 - p)  # R: float[Probability]
    reveal_type(1.0 - p)  # R: float[Probability]
    reveal_type(p**2)  # R: float[Probability]
    reveal_type(p * share)  # R: float[Proportion]
    reveal_type(p + q)  # R: float[1]
    reveal_type(2 * p)  # R: float[1]
    reveal_type(p * 2)  # R: float[1]
    reveal_type(p / q)  # R: float[1]
    reveal_type(p - q)  # R: float[1]
    reveal_type(p / 2)  # R: float[Probability]
    reveal_type(p * 0.5)  # R: float[Probability]
    reveal_type(p * price)  # R: float[USD]
    reveal_type(n * p)  # R: float[1]
    reveal_type(-p)  # R: float[1]
    reveal_type(abs(p))  # R: float[Probability]
    reveal_type(p / (1 - p))  # R: float[Odds]


def flows(p: Probability, q: Probability, share: Proportion, x: float) -> Probability:
    a: Proportion = p
    b: Probability = 0.5
    c: Probability = 1
    d: Probability = 1.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value] # N: Hint: "float[Probability]" takes a number in [0, 1]
    e: Probability = -0.1  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-value]
    f: Probability = share  # E: Incompatible types in assignment (expression has type "float[Proportion]", variable has type "float[Probability]")  [typedml-kind]
    g: Probability = x  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-kind]
    h: Probability = p + q  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Probability]")  [typedml-kind] # N: Hint: PROBABILITY(p + q) makes it "float[Probability]" after checking that it is in [0, 1]
    plain: float = p
    p + q > 0.5, p > 0.5, p == 1, 0 <= p <= 1, p < q, p < share
    p + 0.1, p - 0.1, 1 + p
    p > 1.5
    if p > q:
        return 2 * p  # E: Incompatible return value type (got "float[1]", expected "float[Probability]")  [typedml-kind] # N: Hint: PROBABILITY(2 * p) makes it "float[Probability]" after checking that it is in [0, 1]
    return 1 - p * q


def threshold(p: Probability, default: Probability = 0.5, wrong: Probability = 2.0) -> Probability:  # E: Incompatible default for parameter "wrong" (default has type "float", parameter has type "float[Probability]")  [typedml-value]
    return threshold(0.3)


def crossed(p: Probability, z: Logit, lp: LogProbability, odds: Odds, s: Score, w: Weight, sim: Similarity, zs: ZScore, pc: Percent, b: Binary) -> None:
    p + z  # E: Unsupported operand types for + ("float[Probability]" and "float[Logit]")  [typedml-kind]
    p > z  # E: Unsupported operand types for > ("float[Probability]" and "float[Logit]")  [typedml-kind]
    a: Probability = z  # E: Incompatible types in assignment (expression has type "float[Logit]", variable has type "float[Probability]")  [typedml-kind] # N: Hint: expit(z) makes it "float[Probability]", with expit declared from Logit to Probability
    c: Logit = p  # E: Incompatible types in assignment (expression has type "float[Probability]", variable has type "float[Logit]")  [typedml-kind] # N: Hint: logit(p) makes it "float[Logit]", with logit declared from Probability to Logit
    d: LogProbability = p  # E: Incompatible types in assignment (expression has type "float[Probability]", variable has type "float[LogProbability]")  [typedml-kind]
    e: Odds = p  # E: Incompatible types in assignment (expression has type "float[Probability]", variable has type "float[Odds]")  [typedml-kind]
    f: Probability = s  # E: Incompatible types in assignment (expression has type "float[Score]", variable has type "float[Probability]")  [typedml-kind]
    p + 50 * pc  # E: Unsupported operand types for + ("float[Probability]" and "float[Percent]")  [typedml-unit] # N: Hint: convert(50 * pc, "percent", "1") makes it "float[1]"
    reveal_type(lp + lp)  # R: float[LogProbability]
    reveal_type(math.exp(lp))  # R: float[Probability]
    reveal_type(math.log(p))  # R: float[LogProbability]
    reveal_type(math.exp(z))  # R: float[Odds]
    reveal_type(math.log(odds))  # R: float[Logit]
    reveal_type(z - z)  # R: float[1]
    reveal_type(z * 2)  # R: float[Logit]
    reveal_type(z / 2.0)  # R: float[Logit]
    reveal_type(-z)  # R: float[Logit]
    math.exp(p)  # E: Argument 1 to "exp" has incompatible type "float[Probability]"  [typedml-kind]
    math.log(lp)  # E: Argument 1 to "log" has incompatible type "float[LogProbability]"  [typedml-kind]
    math.log(z)  # E: Argument 1 to "log" has incompatible type "float[Logit]"  [typedml-kind]
    z + z  # E: Unsupported operand types for + ("float[Logit]" and "float[Logit]")  [typedml-kind]
    abs(zs) > 3
    s + s  # E: Unsupported operand types for + ("float[Score]" and "float[Score]")  [typedml-kind]
    s * 2  # E: Unsupported operand types for * ("float[Score]" and "int")  [typedml-kind]
    s > s, max(s, s)
    s > 0.5
    sum([s])  # E: Argument 1 to "sum" has incompatible type "float[Score]"  [typedml-kind]
