"""What the algebra may cost in CPU time: its budgets, with room for a busy machine (see the benchmark)."""

from __future__ import annotations

import pytest

from benchmarks import algebra
from benchmarks.measure import side_by_side
from typedml import raw
from typedml.algebra.catalogue import KINDS
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.meaning import Meaning
from typedml.algebra.rules import combine

ROOM = 4.0
"""How much slower a loaded machine may be than the one that the budgets were set on."""


@pytest.mark.parametrize("question", ["combine", "apply", "flow"])
def test_a_question_that_was_asked_before_is_answered_within_its_budget(question: str) -> None:
    p, share = Meaning(KINDS["Probability"]), Meaning(KINDS["Proportion"])
    asked = {
        "combine": lambda: combine("*", p, share),
        "apply": lambda: apply("mean", p),
        "flow": lambda: flow(p, share),
    }
    best = side_by_side({question: asked[question]}, calls=5_000)
    assert raw(best[question]) * 1e6 < algebra.COMBINE_US


def test_an_operation_of_fresh_operands_is_answered_within_its_budget() -> None:
    assert raw(algebra.uncached()) * 1e6 < ROOM * algebra.COMBINE_US


def test_a_call_of_four_unit_variables_is_unified_within_its_budget() -> None:
    best = side_by_side({"call": algebra.call_of_four()}, calls=1_000)
    assert raw(best["call"]) * 1e6 < ROOM * algebra.UNIFY_US


def test_the_benchmarks_call_has_the_result_that_it_should() -> None:
    assert str(algebra.call_of_four()()) == "USD*km"


@pytest.mark.slow
def test_the_floor_is_imported_within_its_budget() -> None:
    assert raw(algebra.import_ms()) < ROOM * algebra.IMPORT_MS


def test_the_measure_of_an_import_sees_a_heavy_module() -> None:
    assert raw(algebra.import_ms("import typing, inspect, dataclasses", rounds=2)) > raw(
        algebra.import_ms("pass", rounds=2)
    )
