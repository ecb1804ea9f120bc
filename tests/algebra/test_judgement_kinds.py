"""Whole expressions over kinds that are near to each other, and how long judging takes at most."""

from __future__ import annotations

import time
from itertools import permutations
from math import inf
from typing import Any

import pytest

from tests.algebra.shorthand import MEANINGS, kind, told
from tests.algebra.shorthand import read as operand
from tests.algebra.test_judgement import answer
from typedml import raw
from typedml.algebra.catalogue import KINDS
from typedml.algebra.edge_table import define_edge, remove_edge
from typedml.algebra.errors import KindError
from typedml.algebra.expression import Name, Operation
from typedml.algebra.judgement import judge
from typedml.algebra.kind import define_kind
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.reading import read
from typedml.algebra.rules import combine

CHURN = Meaning(define_kind("ChurnShare", parent=KINDS["Probability"]))
CLICKED = Meaning(define_kind("ClickedShare", parent=KINDS["Probability"]))
SHARE = Meaning(KINDS["Proportion"])
PROBABILITY = Meaning(KINDS["Probability"])

MIXED = {
    "0.5 * {a} + 0.5 * {b}": (CHURN, CLICKED, "Probability"),
    "{a} + {b} - {a} * {b}": (CHURN, CLICKED, "Probability"),
    "w * {a} + (1 - w) * {b}": (CHURN, CLICKED, "Probability"),
    "({a} + {b}) / 2": (PROBABILITY, SHARE, "Proportion"),
    "0.3 * {a} + 0.7 * {b} ": (CHURN, PROBABILITY, "Probability"),
    "0.5 * {a} + 0.5 * {b}  ": (CHURN, CHURN, "ChurnShare"),
    "0.5 * {a} + 0.25 + 0.25 * {b}": (CHURN, CHURN, "ChurnShare"),
    "w * {a} + (1 - w) * 0.5 + 0 * {b}": (CHURN, CLICKED, "ChurnShare"),
    "1 - (1 - {a}) * (1 - {b})": (CHURN, CLICKED, "Probability"),
}


@pytest.mark.parametrize("text", MIXED)
@pytest.mark.parametrize("names", list(permutations("acz", 2)))
def test_what_mixes_siblings_is_what_both_are_whatever_they_are_called(
    text: str, names: tuple[str, str]
) -> None:
    left, right, expected = MIXED[text]
    meanings = {**dict(zip(names, (left, right), strict=True)), "w": operand("?")}
    assert told(judge(read(text.format(a=names[0], b=names[1]), meanings))) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("sum(s * t)", "s=Simplex; t=Simplex", "Probability"),
        ("sum(s * s)", "s=Simplex", "Probability"),
        ("sum(s * x)", "s=Simplex; x=Celsius", "Celsius"),
        ("i + j - k", "i=Index; j=Index; k=Index", "Index"),
        ("i - k + j", "i=Index; j=Index; k=Index", "Index"),
        ("(i + j) / 2", "i=Index; j=Index", "NO_MEAN"),
        ("2 * i - j", "i=Index; j=Index", "Index"),
        ("b + c - d", "b=Bearing; c=Bearing; d=Bearing", "Bearing"),
        ("t + k", "t=Celsius; k=Kelvin", "KINDS_DIFFER"),
        ("t - k", "t=Celsius; k=Kelvin", "KINDS_DIFFER"),
        ("t + k", "t=Celsius; k=kelvin", "Celsius"),
        ("1 - arccos(s) / pi", "s=Similarity", "1"),
        ("1 - 2 * arccos(s) / pi", "s=Similarity", "1"),
        ("0.5 + arctan2(x, y) / (2 * pi)", "x=km; y=km", "1"),
        ("1 - arccos(s) / 3", "s=Similarity", "NUMBER_BESIDE_UNIT"),
        ("1 - d / pi", "d=deg", "NUMBER_BESIDE_UNIT"),
        ("(p + x) / 2", "p=Probability; x=?", "1"),
        ("0.3 * x + 0.7 * p", "p=Probability; x=?", "1"),
        ("w * p + (1 - w) * x", "p=Probability; x=?; w=?", "1"),
        ("w * p + (1 - w) * 0.2", "p=Probability; w=?", "Probability"),
        ("clip(array([p - q, q - p]), 0, 1)", "p=Probability; q=Probability", "Probability"),
        ("abs(array([p - q, q - p]))", "p=Probability; q=Probability", "Probability"),
        ("b + d", "b=Bearing; d=Degrees", "Bearing"),
    ],
)
def test_near_kinds_are_told_apart(text: str, names: str, expected: str) -> None:
    assert answer(text, names) == expected


def test_an_edge_changes_the_answers_that_were_given_before_it() -> None:
    raws = {"r": operand("Score")}
    asked = read("calibrated_here(r)", raws)
    assert told(judge(asked)) == "?"
    edge = define_edge("Score", "Probability", "calibrated_here")
    assert told(judge(asked)) == "Probability"
    remove_edge(edge)
    assert told(judge(asked)) == "?"


@pytest.mark.parametrize("spelling", ["km/h", "kph", "km/hour"])
@pytest.mark.parametrize("text", ["x", "x + x", "x.mean()"])
def test_a_unit_is_shown_as_its_author_spelled_it(text: str, spelling: str) -> None:
    found = judge(read(text, {"x": operand(spelling)}))
    assert isinstance(found, Meaning)
    assert str(found.unit) == spelling


def terms(count: int) -> list[str]:
    return [f"p{place}" for place in range(count)]


LONG = {
    "a sum": " + ".join(terms(59)),
    "a mean": f"({' + '.join(terms(59))}) / 59",
    "a sum of products": " + ".join(f"p{place} * p{place + 1}" for place in range(0, 58, 2)),
    "differences of products": " - ".join(f"p{place} * p{place + 1}" for place in range(0, 58, 2)),
    "one minus products": "1 - " + " * ".join(f"(1 - {each})" for each in terms(59)),
    "products of sums": " * ".join(f"(p{place} + p{place + 1})" for place in range(0, 58, 2)),
    "powers": " + ".join(f"(p{place} - p{place + 1}) ** 6" for place in range(20)),
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_expression_is_judged_in_bounded_time(text: str) -> None:
    names = dict.fromkeys(terms(60), PROBABILITY)
    expression = read(text, names)
    start = time.process_time()
    found = judge(expression)
    # The longest takes 0.3 s on a quiet machine; without bounds it is minutes.
    assert raw(time.process_time() - start) < 3
    assert told(found) in ("1", "Probability")


@pytest.mark.parametrize(
    "text",
    ["max(p, inf) * q", "p - max(q, inf)", "p * 10**309", "p * 9**9**9", "0**-1 * p", "max(p, 1e400) - q"],
)
def test_what_is_infinite_proves_nothing_and_breaks_nothing(text: str) -> None:
    found = judge(read(text, {"p": PROBABILITY, "q": PROBABILITY}))
    assert isinstance(found, Mismatch) or told(found) in ("1", "?")


@pytest.mark.parametrize("span", [(inf, inf), (-inf, -inf), ("0", "1"), (True, False), (0, None)])
def test_a_range_without_a_finite_number_or_of_texts_is_refused(span: Any) -> None:
    with pytest.raises(KindError, match="range"):
        define_kind("DoseOfNothing", range=span)


# Every third of the other meanings stands for all: they differ in their units and cuts.
ONES = [Name("x", meaning) for meaning in (*map(kind, KINDS), *MEANINGS[len(KINDS) :: 3])]
OTHERS = [Name("y", kind(name)) for name in KINDS]


@pytest.mark.parametrize("op", "+ - * / // % ** < == !=".split())
def test_one_operator_means_as_a_whole_what_it_means_by_itself(op: str) -> None:
    differing = [
        (left.operand, right.operand)
        for left in ONES
        for right in OTHERS
        if told(judge(Operation(op, left, right))) != told(combine(op, left.operand, right.operand))
    ]
    assert not differing
