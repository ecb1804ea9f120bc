"""`typedml explain` knows every law and every word of @feature."""

import attrs
import pytest
from click.testing import CliRunner

import typedml
from typedml.cli import main
from typedml.declare.feature_options import SAYS, FeatureOptions
from typedml.laws.catalogue import CATALOGUE, Law


def explained(thing: str) -> str:
    result = CliRunner().invoke(main, ["explain", thing])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("law", CATALOGUE, ids=str)
def test_a_law_is_explained_by_its_statement(law: Law) -> None:
    assert law.statement in explained(law.name)


@pytest.mark.parametrize("word", SAYS)
def test_a_word_is_explained_by_what_it_says(word: str) -> None:
    assert SAYS[word] in explained(word)


@pytest.mark.parametrize("scope", ["Row", "Group", "Past", "Table"])
def test_a_class_of_scopes_is_explained_as_the_scope(scope: str) -> None:
    assert SAYS["scope"] in explained(scope)
    assert scope in dir(typedml)


def test_every_word_of_the_options_is_explained() -> None:
    assert set(SAYS) == set(attrs.fields_dict(FeatureOptions))


def test_what_is_law_and_word_is_explained_as_both() -> None:
    both = explained("rows")
    assert "a law" in both
    assert "a word of @feature" in both


def test_units_and_kinds_are_explained_as_before() -> None:
    assert "a unit" in explained("minute")
    assert "a kind" in explained("Probability")
