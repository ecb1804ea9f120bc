"""Verdicts are compared expression by expression: what has a reason hides nothing beside it."""

from __future__ import annotations

from random import Random

from tests.differential.checker import Finding
from tests.differential.explained import explain
from tests.differential.expressions import Node, build, leaf
from tests.differential.facts import FACTS
from tests.differential.generate import Program, Statement, binary
from tests.differential.valuations import values_of
from tests.differential.verdicts import differences

OF_NAMES = 'Unsupported operand types for + ("float[Odds]" and "float[ZScore]")'


def value(name: str, kind: str) -> Node:
    fact = FACTS[kind]
    return leaf(name, values_of(fact, Random(name)), fact.sort, is_int=fact.integral, fact=fact)


def program(*nodes: Node) -> Program:
    statements = tuple(Statement(f"x{i} = {node.text}", node) for i, node in enumerate(nodes))
    lines = "".join(f"\n    {each.text}" for each in statements)
    return Program(0, f"def f():{lines}", statements, (), None)


ODDS, SCORE = value("o", "Odds"), value("z", "ZScore")
NAMES, UNITS = binary("+", ODDS, SCORE), binary("+", value("d", "Km"), value("t", "Hour"))


def test_a_fault_that_is_reported_where_it_is_makes_no_difference() -> None:
    said = [Finding("typedml-unit", "Unsupported operand types for +", 1, "d + t")]
    assert differences(program(UNITS), said) == []


def test_a_reason_hides_no_fault_of_another_statement() -> None:
    said = [Finding("typedml-kind", OF_NAMES, 1, "o + z")]
    reasons = [explain(each) for each in differences(program(NAMES, UNITS), said)]
    assert reasons == ["kinds of two names never add or compare", None]


def test_a_reason_hides_no_fault_of_the_same_statement() -> None:
    said = [Finding("typedml-kind", OF_NAMES, 1, "o + z")]
    found = differences(program(binary("*", NAMES, UNITS)), said)
    assert [(each.fault is None, explain(each)) for each in found] == [
        (True, "kinds of two names never add or compare"),
        (False, None),
    ]


def test_an_error_elsewhere_does_not_stand_for_a_fault() -> None:
    said = [Finding("typedml-unit", "Unsupported operand types for *", 1, "o * z")]
    found = differences(program(binary("*", binary("*", ODDS, SCORE), UNITS)), said)
    assert [explain(each) for each in found] == [None, None]


def test_an_argument_that_is_used_twice_does_not_stand_for_both_uses() -> None:
    called = build("exp", ODDS, text="math.exp(o)")
    beside = binary("+", ODDS, value("d", "Km"))
    said = [Finding("typedml-kind", 'Argument 1 to "exp" has incompatible type "float[Odds]"', 1, "o")]
    found = differences(program(binary("*", called, beside)), said)
    assert [(each.fault is None, explain(each)) for each in found] == [
        (True, "edges begin where they are declared"),
        (False, None),
    ]


def test_what_is_made_of_something_refused_is_not_judged_again() -> None:
    made = binary("+", NAMES, value("p", "Probability"))
    text = 'Unsupported operand types for + ("float" and "float[Probability]")'
    said = [Finding("typedml-kind", OF_NAMES, 1, "o + z"), Finding("operator", text, 1, "o + z) + p")]
    reasons = [explain(each) for each in differences(program(made), said)]
    assert reasons == [
        "kinds of two names never add or compare",
        "what is made of something refused is unknown",
    ]
