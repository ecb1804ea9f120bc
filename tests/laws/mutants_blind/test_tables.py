"""The tables of mutants fit the examples that they are of."""

import ast
from collections import Counter

import pytest

from tests.laws.mutants_blind.tables import EXAMPLES, Mutant, changed, folder_of, mutants

EVERY = [(table, mutant) for table in EXAMPLES for mutant in mutants(table)]


def test_each_mutant_has_a_name_of_its_own() -> None:
    names = Counter(mutant.name for _, mutant in EVERY)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(("table", "mutant"), EVERY, ids=[mutant.name for _, mutant in EVERY])
def test_a_mutant_changes_its_feature_into_another_program(table: str, mutant: Mutant) -> None:
    source = (folder_of(table) / mutant.file).read_text(encoding="utf-8")
    assert f"def {mutant.feature}(" in source
    assert ast.dump(ast.parse(changed(mutant, source))) != ast.dump(ast.parse(source))
    assert mutant.wrong.endswith(".")
