"""Nothing is unanswered: every operator on every two sorts, every function on every kind, at every level.

A question has a meaning, or a refusal that has a reason, a sentence and a hint; that nothing is known is an
answer only where a number without a meaning is asked of, or where a function is not ours.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from tests.algebra.shorthand import MEANINGS, cut, kind, unit
from tests.algebra.test_rows_executed import DECLARED
from typedml.algebra.catalogue import KINDS
from typedml.algebra.functions import FUNCTIONS, apply
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.rules import OPERATORS, combine, unary
from typedml.algebra.strictness import Level
from typedml.messages import render

KIND_VALUES: tuple[Meaning, ...] = tuple(
    Meaning(each) for each in (*map(KINDS.__getitem__, KINDS), *DECLARED)
)
EVERY: tuple[Meaning, ...] = (*MEANINGS, *(Meaning(each) for each in DECLARED))
NUMBERS: tuple[Operand, ...] = (Literal(0), Literal(2), Literal(0.5), Literal(-1.5), UNKNOWN)
SORTS = {sort: [each for each in EVERY if each.sort is sort] for sort in Sort}
UNARY = ("-", "+", "~", "abs", "round", "int", "float", "floor", "ceil", "trunc", "not", "bool")
AGGREGATIONS = tuple(
    "sum mean median quantile min max var std diff cumsum count average circmean prod mode nunique".split()
)
"""The statistics that issue and ALGEBRA name: none may be without a rule."""

BITWISE = frozenset({"&", "|", "^", "<<", ">>"})


def is_answered(found: object, operands: tuple[Operand, ...], op: str) -> bool:
    """Say whether an answer is one: unknown only of what is unknown, or of bits."""
    if isinstance(found, Unknown):
        return op in BITWISE or any(not isinstance(each, Meaning) for each in operands)
    return isinstance(found, Meaning | Mismatch | Literal)


def faults(found: object, names: tuple[str, str | None]) -> list[str]:
    """Return what is wrong with how a refusal is said."""
    if not isinstance(found, Mismatch):
        return []
    text, hint = render(found, names=names)
    wrong = [] if found.reason in Reason and found.code.startswith("typedml-") else ["reason"]
    wrong += [] if text and "\n" not in text else ["text"]
    return wrong + ([] if hint and "{" not in hint and "None" not in hint else [f"hint {hint!r}"])


@pytest.mark.parametrize("op", OPERATORS)
def test_every_operator_answers_for_every_two_sorts(op: str) -> None:
    """Every meaning that the tests know, beside every representative of every sort and every number."""
    answered: Counter[tuple[Sort, Sort]] = Counter()
    for left_sort, right_sort in product(Sort, Sort):
        for left, right in product(SORTS[left_sort], SORTS[right_sort][::4]):
            found = combine(op, left, right)
            assert is_answered(found, (left, right), op), (op, left, right, found)
            assert faults(found, ("a", "b")) == [], (op, left, right)
            answered[left_sort, right_sort] += 1
    assert len(answered) == 9
    assert min(answered.values()) > 30


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("op", OPERATORS)
def test_every_operator_answers_for_every_meaning_beside_every_number(op: str, level: Level) -> None:
    for meaning, number in product(EVERY, NUMBERS):
        for left, right in ((meaning, number), (number, meaning)):
            found = combine(op, left, right, level=level)
            assert is_answered(found, (left, right), op), (op, left, right, found)
            assert faults(found, ("a", "b")) == [], (op, left, right)


@pytest.mark.parametrize("op", UNARY)
def test_every_unary_operator_answers_for_every_meaning(op: str) -> None:
    for operand in (*EVERY, *NUMBERS):
        found = unary(op, operand)
        told = op in ("not", "bool", "~")  # plain truths, and masks of bits
        assert told or is_answered(found, (operand,), op), (op, operand, found)
        assert faults(found, ("a", None)) == [], (op, operand)


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_every_aggregation_answers_for_every_kind(name: str) -> None:
    for operand in EVERY:
        found = apply(name, operand)
        assert isinstance(found, Meaning | Mismatch), (name, operand, found)
        assert faults(found, ("xs", None)) == [], (name, operand)
        assert apply(name, operand.with_roles(frozenset({"Train"}))) is not UNKNOWN


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_answers_for_every_kind_at_every_level(name: str) -> None:
    at_the_others = product((*EVERY[::5], *NUMBERS), (Level.GRADUAL, Level.STRICT))
    for operand, level in (*product((*EVERY, *NUMBERS), [Level.STANDARD]), *at_the_others):
        found = apply(name, operand, level=level)
        assert isinstance(found, Meaning | Mismatch | Literal | Unknown), (name, operand)
        assert faults(found, ("x", None)) == [], (name, operand)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_answers_for_two_operands_of_any_sort(name: str) -> None:
    some: list[Operand] = [
        unit("km"), unit("m"), unit("1"), kind("Probability"), kind("Count"), kind("Celsius"),
        kind("Bearing"), kind("Logit"), kind("Label"), cut("Probability"), Literal(2.5), UNKNOWN,
    ]  # fmt: skip
    for left, right in product(some, some):
        found = apply(name, left, right)
        assert isinstance(found, Meaning | Mismatch | Literal | Unknown), (name, left, right)
        assert faults(found, ("x", "y")) == [], (name, left, right)


def test_every_reason_is_reached_by_some_question() -> None:
    """A reason that nothing gives is dead, and a row of the tables that nobody reads."""
    questions = [
        combine(op, a, b) for op in OPERATORS for a, b in product(EVERY[::2], (*EVERY[::3], *NUMBERS))
    ]
    answers = [
        *questions,
        combine("-", unit("dBm"), unit("dBW")),
        *(apply(name, each) for name in FUNCTIONS for each in EVERY),
    ]
    reached = {found.reason for found in answers if isinstance(found, Mismatch)}
    by_operators_and_functions = {reason for reason in Reason if reason.name in REACHED.split()}
    assert by_operators_and_functions <= reached


REACHED = """
UNITS_DIFFER DIMENSIONS_DIFFER ORIGINS_DIFFER TAGS_DIFFER ANGLE_ALONE NUMBER_BESIDE_UNIT UNKNOWN_BESIDE_UNIT
NUMBER_NEEDED ANGLE_NEEDED EXPONENT_UNKNOWN KINDS_DIFFER SORTS_DIFFER POINTS_ADDED POINT_SCALED
POINT_SUBTRACTED CYCLE ENCODED OPAQUE UNORDERED CUT_ARITHMETIC NO_EDGE
"""


def test_an_operator_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Hint: it is one of"):
        combine("@@", unit("km"), unit("km"))
    with pytest.raises(ValueError, match="Hint: it is one of"):
        unary("@@", unit("km"))


def test_a_silent_answer_would_be_noticed() -> None:
    km = unit("km")
    assert not is_answered(UNKNOWN, (km, km), "+")
    assert is_answered(UNKNOWN, (km, UNKNOWN), "+")
    assert not is_answered(None, (km, km), "+")
