from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.algebra.shorthand import LITERALS, MEANINGS, OPERANDS, unit
from typedml.algebra.flow import Level, Place, flow, join
from typedml.algebra.functions import ALIASES, FUNCTIONS, apply
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine
from typedml.algebra.widening import widenings
from typedml.messages import render

operands = st.sampled_from(OPERANDS)
meanings = st.sampled_from(MEANINGS)
levels = st.sampled_from(Level)
PLAIN = [each for each in MEANINGS if each.kind is None and each.sort is Sort.VECTOR]


@given(operands, operands, levels)
def test_sums_and_products_commute(left: Operand, right: Operand, level: Level) -> None:
    for op in ("+", "*"):
        one, other = combine(op, left, right, level=level), combine(op, right, left, level=level)
        if isinstance(one, Mismatch):
            assert isinstance(other, Mismatch)
            assert one.reason is other.reason
        else:
            assert one == other


@given(st.sampled_from(PLAIN), st.sampled_from(PLAIN))
def test_dividing_by_a_factor_leads_back(left: Meaning, right: Meaning) -> None:
    product = combine("*", left, right)
    assert isinstance(product, Meaning)
    back = combine("/", product, right)
    assert isinstance(back, Meaning)
    assert back.unit == left.unit
    assert flow(back, left) is None


@given(operands, operands, levels)
def test_comparisons_refuse_the_same_both_ways(left: Operand, right: Operand, level: Level) -> None:
    one, other = combine("<", left, right, level=level), combine(">", right, left, level=level)
    assert isinstance(one, Mismatch) == isinstance(other, Mismatch)


@given(meanings)
def test_everything_flows_into_itself_and_into_what_it_widens_to(meaning: Meaning) -> None:
    wider = widenings(meaning)
    assert wider[0] == meaning
    for each in wider:
        for level in Level:
            assert flow(meaning, each, level=level) is None


@given(meanings, meanings, meanings)
def test_flow_is_transitive_between_kinds(first: Meaning, second: Meaning, third: Meaning) -> None:
    named = all(each.kind is not None for each in (first, second, third))
    if named and flow(first, second) is None and flow(second, third) is None:
        assert flow(first, third) is None


@given(operands, operands)
def test_both_sides_of_a_join_flow_into_it(left: Operand, right: Operand) -> None:
    joined = join(left, right)
    assert joined == join(right, left)
    if isinstance(joined, Meaning):
        for side in (left, right):
            assert flow(side, joined, level=Level.GRADUAL, place=Place.BESIDE) is None


@given(operands, meanings | st.just(UNKNOWN), levels, st.sampled_from(Place))
def test_every_refusal_of_a_flow_can_be_said(
    source: Operand, target: Operand, level: Level, place: Place
) -> None:
    assert not isinstance(target, Literal)
    found = flow(source, target, level=level, place=place)
    if found is not None:
        text, hint = render(found)
        assert text.startswith("Incompatible types")
        assert hint


@given(st.sampled_from("+ - * / // % ** < == & divmod".split()), operands, operands, levels)
def test_every_refusal_of_an_operator_can_be_said(
    op: str, left: Operand, right: Operand, level: Level
) -> None:
    found = combine(op, left, right, level=level)
    if isinstance(found, Mismatch):
        text, hint = render(found, names=("a", "b"))
        assert text.startswith("Unsupported operand types for")
        assert hint
        assert "{" not in hint


@pytest.mark.parametrize("name", [*FUNCTIONS, *ALIASES, "nobody_knows"])
def test_every_function_answers_for_every_operand(name: str) -> None:
    for operand in OPERANDS:
        for level in Level:
            found = apply(name, operand, level=level)
            if isinstance(found, Mismatch):
                assert all(render(found, names=("a", None)))


@pytest.mark.parametrize(
    "name", ["min", "hypot", "arctan2", "power", "mod", "log", "round", "sum", "copysign", "clip"]
)
def test_functions_of_two_values_answer_for_every_pair(name: str) -> None:
    some: list[Operand] = [
        unit("km"),
        unit("m"),
        unit("1"),
        *MEANINGS[::4],
        Literal(0),
        Literal(2.5),
        UNKNOWN,
    ]
    for left, right in combinations(some, 2):
        found = apply(name, left, right)
        if isinstance(found, Mismatch):
            assert all(render(found, names=("a", "b")))


def test_generic_numbers_have_every_linear_unit() -> None:
    for value in LITERALS:
        if Literal(value).is_generic:
            for meaning in PLAIN:
                assert combine("+", meaning, Literal(value)) == meaning
                assert flow(Literal(value), meaning, level=Level.STRICT) is None
