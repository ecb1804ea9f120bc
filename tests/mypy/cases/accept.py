"""What the algebra must accept without a word, as far as scalars go."""

import math
import time
from typing import Annotated

from typedml import COUNT, Binary, Celsius, Count, EpochSeconds, Logit, LogProbability, PROBABILITY, Probability, Proportion, Radians, Unit, ZScore

Km = Annotated[float, Unit("km")]
Usd = Annotated[float, Unit("USD")]
Dbm = Annotated[float, Unit("dBm")]
Db = Annotated[float, Unit("dB")]
Clicks = Annotated[int, COUNT, Unit("click")]
Seconds = Annotated[float, Unit("second")]


def f1(precision: Proportion, recall: Proportion) -> float:
    return 2 * precision * recall / (precision + recall)


def brier(p: Probability, y: Binary) -> float:
    return (p - y) ** 2


def cross_entropy(p: Probability, q: Probability) -> float:
    return -(p * math.log(q) + (1 - p) * math.log(1 - q))


def bayes(prior: Probability, likelihood: Probability, evidence: Probability) -> Probability:
    return PROBABILITY(likelihood * prior / evidence)


def temperature_scaling(z: Logit, t: float) -> Logit:
    return z / 2.0


def logs(clicks: Clicks) -> float:
    return math.log1p(clicks)


def laplace(clicks: Clicks, total: Clicks) -> float:
    return (clicks + 1) / (total + 2)


def tf_idf(tf: Count, n: Count, df: Count) -> float:
    return tf * math.log(n / df)


def taxed(price: Usd, tax: Proportion) -> Usd:
    return price * (1 + tax)


def haversine(lat1: Radians, lat2: Radians, lon1: Radians, lon2: Radians, radius: Km) -> Km:
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * radius * math.asin(math.sqrt(a))


def cosine(step: Count, steps: Count) -> float:
    return 0.5 * (1 + math.cos(math.pi * step / steps))


def smoothed(x: Km, previous: Km) -> Km:
    return 0.9 * previous + 0.1 * x


def standard_error(p: Proportion, n: Count) -> float:
    return math.sqrt(p * (1 - p) / n)


def perplexity(lp: LogProbability, n: Count) -> float:
    return math.exp(-lp / n)


def link(power: Dbm, gain: Db, loss: Db) -> Dbm:
    return power + gain - loss


def returns(now: Usd, before: Usd) -> float:
    return now / before - 1


def change(now: Usd, before: Usd) -> float:
    return (now - before) / before


def sharpe(gain: Usd, risk: Usd) -> float:
    return gain / risk * math.sqrt(252)


def standardised(x: Km, mean: Km, sd: Km) -> float:
    z = (x - mean) / sd
    return z


def outlier(z: ZScore) -> bool:
    return abs(z) > 3


def waits(s: Seconds) -> None:
    time.sleep(0.1)
    time.sleep(s)


def totals(items: list[Km]) -> Km:
    total = 0.0
    for item in items:
        total += item
    return total


def beside(n: Count, items: list[str]) -> bool:
    return n == len(items) or n > len(items) or n + len(items) > 3


def deltas(t: Celsius, u: Celsius, a: EpochSeconds, b: EpochSeconds) -> float:
    return (t - u) / (t - u) + (a - b) / (a - b)


def counted(n: Count) -> float:
    return n * 100.0 / (n + 1)


def shown(a: Km, p: Probability) -> str:
    return f"{a:.1f} km, {p:.0%}" + str(round(a, 1)) + "%.2f" % a + "{}".format(p)
