"""The tables of mutants fit the examples that they are of."""

import ast
from collections import Counter

import pytest

from tests.laws.mutants_blind.tables import (
    EXAMPLES,
    REWRITES,
    Mutant,
    changed,
    feature_of,
    folder_of,
    mutants,
)
from typedml.laws import check_laws

EVERY = [(table, mutant) for table in EXAMPLES for mutant in mutants(table)]
RIGHT = [(table, mutant) for table in REWRITES for mutant in mutants(table)]


def test_each_mutant_has_a_name_of_its_own() -> None:
    names = Counter(mutant.name for _, mutant in EVERY + RIGHT)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(("table", "mutant"), EVERY, ids=[mutant.name for _, mutant in EVERY])
def test_a_mutant_changes_its_feature_into_another_program(table: str, mutant: Mutant) -> None:
    source = (folder_of(table) / mutant.file).read_text(encoding="utf-8")
    assert f"def {mutant.feature}(" in source
    assert ast.dump(ast.parse(changed(mutant, source))) != ast.dump(ast.parse(source))
    assert mutant.wrong.endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize(("table", "rewrite"), RIGHT, ids=[rewrite.name for _, rewrite in RIGHT])
def test_a_right_feature_in_other_words_keeps_every_law(table: str, rewrite: Mutant) -> None:
    with feature_of(table, rewrite) as function:
        report = check_laws(function)
    assert report.ok, [failure.message for failure in report.failures]
