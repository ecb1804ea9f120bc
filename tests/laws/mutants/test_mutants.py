"""Every mutant is one small mistake in the example; at night each is refused by a layer, or said why not."""

import json
import sys
from collections import Counter

import pytest

from tests.laws.mutants import matrix
from tests.laws.mutants.layers import real_arguments, said_of_results
from tests.laws.mutants.mutant import FIRST, FLIGHTS, Mutant, alone, loaded, read
from tests.laws.mutants.page import fill

sys.path.insert(0, str(FLIGHTS))
MUTANTS = read(FIRST)


def test_there_are_sixty_mutants_and_more_in_many_families_of_mistakes_and_in_every_module() -> None:
    assert len(MUTANTS) >= 60
    assert len({mutant.family for mutant in MUTANTS}) >= 18
    assert len({mutant.module for mutant in MUTANTS}) == 7


def test_every_mutant_is_another_feature_and_can_be_called() -> None:
    for mutant in MUTANTS:
        right = (FLIGHTS / f"{mutant.module}.py").read_text(encoding="utf-8")
        assert mutant.source() != right
        assert loaded(mutant).__name__ == mutant.feature


def test_no_mistake_is_written_twice() -> None:
    texts = Counter(mutant.source() for mutant in MUTANTS)
    assert max(texts.values()) == 1


def test_old_text_that_stands_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand exactly once"):
        Mutant(1, "features", "detour", "formula", "no such text", "").source()


def test_a_module_is_cut_down_to_one_feature_and_what_it_needs() -> None:
    text = alone((FLIGHTS / "joins.py").read_text(encoding="utf-8"), "route_courses")
    assert "def _ends(" in text
    assert "Ends = tuple" in text
    assert "def temperatures(" not in text


@pytest.mark.slow
def test_the_boundary_refuses_no_result_of_a_right_feature() -> None:
    import arrays
    import features
    import frames
    import frames_polars
    import joins
    import learned
    import windows

    modules = (features, frames, frames_polars, windows, joins, arrays, learned)
    named = {f"{module.__name__}.{f.__name__}": f for module in modules for f in module.FEATURES}
    assert set(named) <= set(real_arguments())
    assert {name: said for name, f in named.items() if (said := said_of_results(f, name))} == {}


def test_a_page_is_filled_between_its_marks() -> None:
    verdict = matrix.Verdict(MUTANTS[0], laws={"coherent": "1/60"})
    page = "before\n<!-- first: by_law -->\nold\n<!-- end -->\n<!-- second: by_law -->\nkept\n<!-- end -->\n"
    filled = fill(page, "first", [verdict])
    assert "| coherent | 1 | 1 |" in filled
    assert "old" not in filled
    assert "kept" in filled


@pytest.mark.campaign
def test_every_mutant_of_the_first_half_is_refused_or_it_is_said_why_not() -> None:
    verdicts = matrix.judged(MUTANTS)
    assert [v.mutant.name for v in verdicts if v.survives and not v.mutant.why] == []
    assert [json.dumps(v.mutant.name) for v in verdicts if not v.survives and v.mutant.why] == []
