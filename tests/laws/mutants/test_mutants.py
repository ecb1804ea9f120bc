"""Every mutant is one small mistake in an example; at night each is refused by a layer, or said why not."""

import ast
from collections import Counter

import pytest

from tests.laws.mutants import matrix
from tests.laws.mutants.examples import ENERGY, FLIGHTS, Example
from tests.laws.mutants.layers import proposed_examples, said_by_the_proposed_example, said_of_results
from tests.laws.mutants.mutant import REWRITES, SEEN, TABLES, Mutant, alone, loaded, read
from tests.laws.mutants.page import fill
from tests.laws.mutants.processes import spread
from typedml.laws import check_laws

SEEN_MUTANTS = read(SEEN)
EVERY = [mutant for table in TABLES for mutant in read(table)]
RIGHT = [mutant for table in REWRITES for mutant in read(table)]


def named(mutants: list[Mutant]) -> list[str]:
    return [mutant.name for mutant in mutants]


def test_what_laws_may_be_tuned_to_has_many_families_of_mistakes_in_every_module() -> None:
    assert len(SEEN_MUTANTS) >= 100
    assert len({mutant.family for mutant in SEEN_MUTANTS}) >= 18
    assert {mutant.module for mutant in SEEN_MUTANTS} == set(FLIGHTS.modules)


def test_each_has_a_name_of_its_own_and_no_mistake_is_written_twice() -> None:
    assert [name for name, times in Counter(named(EVERY + RIGHT)).items() if times > 1] == []
    for table in TABLES:
        assert max(Counter(mutant.source() for mutant in read(table)).values()) == 1


@pytest.mark.parametrize("mutant", EVERY + RIGHT, ids=named(EVERY + RIGHT))
def test_a_mutant_changes_its_feature_into_another_program_that_can_be_called(mutant: Mutant) -> None:
    right = (mutant.example.folder / f"{mutant.module}.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(mutant.source())) != ast.dump(ast.parse(right))
    assert loaded(mutant).__name__ == mutant.feature


def test_old_text_that_stands_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand exactly once"):
        Mutant(FLIGHTS, "none", "features", "detour", "formula", "no such text", "").source()


def test_a_module_is_cut_down_to_one_feature_and_what_it_needs() -> None:
    text = alone((FLIGHTS.folder / "joins.py").read_text(encoding="utf-8"), "route_courses")
    assert "def _ends(" in text
    assert "Ends = tuple" in text
    assert "def temperatures(" not in text


@pytest.mark.slow
@pytest.mark.parametrize("example", [FLIGHTS, ENERGY], ids=["flights", "energy"])
def test_the_boundary_refuses_no_result_of_a_right_feature(example: Example) -> None:
    features = dict(example.features())
    said = {place: said_of_results(feature, example, place) for place, feature in features.items()}
    assert {place: words for place, words in said.items() if words} == {}


def test_each_feature_of_the_flights_is_called_with_real_rows() -> None:
    assert set(dict(FLIGHTS.features())) <= set(FLIGHTS.calls())


def test_what_several_processes_give_stands_in_the_order_of_what_they_were_given() -> None:
    assert spread(abs, [-3, 1, -2], 2) == spread(abs, [-3, 1, -2], 1) == [3, 1, 2]


def test_a_page_is_filled_between_its_marks() -> None:
    verdict = matrix.Verdict(SEEN_MUTANTS[0], laws={"coherent": "1/60"})
    page = f"before\n<!-- {SEEN}: by_law -->\nold\n<!-- end -->\n<!-- other: by_law -->\nkept\n<!-- end -->\n"
    filled = fill(page, SEEN, [verdict])
    assert "| coherent | 1 | 1 |" in filled
    assert "old" not in filled
    assert "kept" in filled


@pytest.mark.slow
def test_the_example_that_is_proposed_for_a_right_feature_holds_there_and_refutes_another_formula() -> None:
    mutant = next(each for each in read("blind_energy") if each.name == "mean_without_half")
    assert len(proposed_examples(ENERGY, mutant.module, mutant.feature)) == 1
    assert said_by_the_proposed_example(mutant).startswith("Example 1 of `mean_temperature`")


@pytest.mark.slow
@pytest.mark.parametrize("rewrite", RIGHT, ids=named(RIGHT))
def test_a_right_feature_in_other_words_keeps_every_law(rewrite: Mutant) -> None:
    report = check_laws(loaded(rewrite))
    assert report.ok, [failure.message for failure in report.failures]


@pytest.mark.campaign
def test_every_mutant_that_laws_may_be_tuned_to_is_refused_or_it_is_said_why_not() -> None:
    verdicts = matrix.judged(SEEN_MUTANTS)
    assert [v.mutant.name for v in verdicts if v.survives and not v.mutant.why] == []
    assert [v.mutant.name for v in verdicts if not v.survives and v.mutant.why] == []
