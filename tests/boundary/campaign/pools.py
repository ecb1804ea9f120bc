"""Values of every type, texts of every pattern: what columns are drawn from."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from tests.boundary.conformance.kinds import BOUNDS

START = datetime.datetime(2013, 1, 1, 5, 0, 0, 7)
PATTERNS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    r"N\d+": (("N1", "N12", "N0", "N999", "N42"), ("N", "n1", "N1 ", "N1\n", "N٣", "xN1", "")),
    r"[A-Z]{3}": (("EWR", "JFK", "LGA", "IAH", "MIA"), ("EW", "EWRX", "ewr", "ÉWR", "EWR\n", "")),
    r"a|bc": (("a", "bc"), ("ab", "abc", "b", "A", "")),
    r"\w*": (("", "a", "A_1", "snake_case", "x9"), ("a b", "é", "-", "a\n", "naïve")),
    r"(?i)ewr|jfk": (("EWR", "ewr", "Jfk", "jFK"), ("EWRJFK", "ew", "")),
    r"[^\d]+": (("abc", "-", "é", "a b"), ("a1", "7", "")),
    r"\S+@\S+": (("a@b", "x.y@z", "@@@"), ("a b@c", "@", "plain")),
    r".{2,4}": (("ab", "éé", "abcd"), ("a", "abcde", "ab\ncd", "")),
    r"^x.*$": (("x", "xyz"), ("ax", "x\n", "")),
}
WORDS = ("", "a", "A", "é", "N12", "EWR", "EWR ", "a b", "٣", "x" * 40, "<b>", "'; --", "\x1b[1m", "null")
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 1e-9, 1e300, -1e300, 5e-324, math.inf, -math.inf)
HUGE = (2**53 - 1, 2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**53) - 1, -(2**63))


def number(random: Random, kind: str | None, *, whole: bool, huge: bool) -> float | int:
    """A number that a kind admits, with its ends and the odd special value among them."""
    bounds = BOUNDS.get(kind or "")
    low = -50.0 if bounds is None else max(bounds.low, -50.0)
    high = 50.0 if bounds is None else min(bounds.high, max(low, 0) + 50.0)
    if huge and random.random() < 0.5:
        return random.choice(HUGE)
    if whole:
        return random.randint(math.ceil(low), math.floor(high))
    chance = random.random()
    if chance < 0.1:
        special = random.choice(SPECIAL)
        return special if bounds is None or bounds.holds(special) else 0.0 if bounds.holds(0.0) else low
    if chance < 0.2:
        return random.choice((low, high))
    return round(random.uniform(low, high), random.choice((0, 1, 2, 6)))


def span(random: Random) -> datetime.timedelta:
    """A span of time, in microseconds, days or years."""
    return datetime.timedelta(
        days=random.choice((0, 0, 1, -3, 800)), microseconds=random.choice((0, 1, -1, 10**6))
    )


def zoned(random: Random) -> datetime.datetime:
    """An instant, around the hour that is there twice when summer time ends."""
    hours = random.randint(0, 8)
    return datetime.datetime(2013, 11, 3, 4, 30, tzinfo=datetime.UTC) + datetime.timedelta(hours=hours)


def clean(random: Random) -> str:
    """A text, hostile ones among them."""
    return random.choice(WORDS)


PLAIN: dict[str, Callable[[Random], Any]] = {
    "str": clean,
    "bool": lambda random: random.random() < 0.5,
    "datetime": lambda random: START + span(random) + datetime.timedelta(hours=random.randint(0, 40)),
    "zoned": zoned,
    "date": lambda random: START.date() + datetime.timedelta(days=random.randint(-40, 40)),
    "timedelta": lambda random: span(random) + datetime.timedelta(minutes=random.randint(-9, 9)),
    "decimal": lambda random: Decimal(random.randint(-3000, 3000)).scaleb(-random.choice((0, 1, 4))),
}
