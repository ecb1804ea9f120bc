"""Expressions from real code, and expressions written from the names of the kinds alone: refused or accepted.

`expressions.jsonl` has one a line: what its names mean, the expression, what the result is declared to be
(`into`), the verdict of who wrote it down with the reason, the meaning that they expected, and the origin:
a project, or "blind" for those written without sight of the rules. Each is agreed with, or decided otherwise.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.algebra.decisions import DECISIONS, MEANINGS
from tests.algebra.shorthand import read as operand
from tests.algebra.shorthand import told, unit
from typedml.algebra.declared import refused
from typedml.algebra.expression import Expression
from typedml.algebra.judgement import judge
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.reading import read

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "expressions.jsonl").read_text("utf-8").splitlines()
]
IDS = [row["id"] for row in ROWS]


def meaning(text: str) -> Operand:
    """What a name means; `1` is the unit, not the number."""
    found = operand(text)
    return unit(text) if isinstance(found, Literal) else found


def expression_of(row: dict[str, Any]) -> Expression:
    return read(row["expression"], {name: meaning(text) for name, text in row["names"].items()})


def answered(row: dict[str, Any]) -> Operand | Mismatch:
    """The meaning of a row's expression, or why it is refused, be it where it flows."""
    expression = expression_of(row)
    found = judge(expression)
    if isinstance(found, Mismatch) or row["into"] is None:
        return found
    declared = meaning(row["into"])
    assert isinstance(declared, Meaning)
    return refused(expression, declared) or found


def verdict(row: dict[str, Any]) -> str:
    return "refuse" if isinstance(answered(row), Mismatch) else "accept"


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_an_expression_is_judged_as_agreed_or_as_decided(row: dict[str, Any]) -> None:
    agrees = verdict(row) == row["verdict"]
    assert agrees != (row["id"] in DECISIONS), (row["expression"], told(answered(row)), row["why"])


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_an_accepted_expression_means_what_was_expected_or_more(row: dict[str, Any]) -> None:
    found = answered(row)
    if isinstance(found, Mismatch) or row["verdict"] != "accept" or row["gives"] is None:
        return
    expected = meaning(row["gives"])
    agrees = found == expected or (
        isinstance(found, Meaning)
        and isinstance(expected, Meaning)
        and refused(expression_of(row), expected) is None
    )
    agrees = agrees or (expected is UNKNOWN and row["gives"] == "?")
    assert agrees != (row["id"] in MEANINGS), (row["expression"], told(found), row["gives"])


def test_there_are_enough_of_both_from_code_and_written_blind() -> None:
    blind = Counter(row["verdict"] for row in ROWS if row["origin"] == "blind")
    found = Counter(row["verdict"] for row in ROWS if row["origin"] != "blind")
    assert sum(blind.values()) >= 40
    assert min(blind.values()) >= 20
    assert found["accept"] >= 60
    assert found["refuse"] >= 60


def test_every_decision_is_about_a_row_and_has_a_reason() -> None:
    assert {*DECISIONS, *MEANINGS} <= set(IDS)
    assert len(IDS) == len(set(IDS))
    assert all(len(reason) > 20 for reason in (*DECISIONS.values(), *MEANINGS.values()))
