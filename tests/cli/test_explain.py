"""`typedml explain`: pages of codes, units and kinds, and suggestions for what is none of them."""

import pytest
from click.testing import CliRunner, Result

from typedml.algebra.catalogue import KINDS
from typedml.cli.commands import main
from typedml.cli.explain import page_names

CODES = ["column", "factor", "internal", "kind", "law", "role", "unit", "unread", "value"]


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments], env={"COLUMNS": "100"})


def fact(shown: str, name: str) -> str:
    """What stands beside a name in the answer."""
    (line,) = (line.strip() for line in shown.splitlines() if line.strip().startswith(name + " "))
    return line.removeprefix(name).strip()


def test_every_code_has_a_page() -> None:
    assert page_names() == [f"typedml-{code}" for code in CODES]


@pytest.mark.parametrize("code", CODES)
def test_a_page_shows_a_failing_and_a_fixed_case(code: str) -> None:
    shown = explain(f"typedml-{code}")
    assert shown.exit_code == 0
    assert f"typedml-{code}" in shown.output
    assert len(shown.output.splitlines()) > 8


def test_a_code_may_be_named_without_its_prefix() -> None:
    assert explain("unit").output == explain("typedml-unit").output


def test_an_unknown_code_is_answered_with_the_list() -> None:
    refused = explain("typedml-units")
    assert refused.exit_code == 2
    assert "typedml-unit, typedml-unread, typedml-value" in refused.stderr


def test_a_unit_is_told_by_dimension_and_exact_scale() -> None:
    shown = explain("km/hour").output
    assert fact(shown, "dimension") == "m/s"
    assert fact(shown, "scale") == "1 km/hour = 5/18 (0.277777777778) m/s"
    assert "differences" not in shown


@pytest.mark.parametrize(
    ("unit", "name", "said"),
    [
        ("degC", "zero point", "273.15 K"),
        ("degC", "differences", "delta_degC"),
        ("degree", "scale", "1 degree = 0.0174532925199 rad"),
        ("click/view", "counts", "click/view"),
        ("percent", "scale", "1 percent = 1/100 (0.01)"),
        ("km", "scale", "1 km = 1000 m"),
        ("percent", "dimension", "a pure number"),
    ],
)
def test_what_is_special_about_a_unit_is_told(unit: str, name: str, said: str) -> None:
    assert fact(explain(unit).output, name) == said


def test_a_kind_is_told_by_sort_range_and_parents() -> None:
    shown = explain("Probability").output
    assert fact(shown, "sort").startswith("vector")
    assert fact(shown, "range") == "[0, 1]"
    assert fact(shown, "parents") == "Probability < Proportion"
    assert "Simplex" in fact(shown, "children")


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("Count", "range", "whole numbers"),
        ("Label", "sort", "compares for equality only"),
        ("Score", "sort", "it compares with its own"),
        ("EpochMillis", "unit", "millisecond"),
        ("Longitude", "period", "360"),
        ("Count", "aggregates", "extensive"),
        ("ZScore", "make", "ZSCORE(x)"),
        ("Celsius", "range", "[-273.15, inf)"),
        ("EpochMillis", "range", "any number"),
    ],
)
def test_what_is_special_about_a_kind_is_told(kind: str, name: str, said: str) -> None:
    assert said in fact(explain(kind).output, name)


@pytest.mark.parametrize(("marker", "kind"), [("LOG_PROBABILITY", "LogProbability"), ("ZSCORE", "ZScore")])
def test_a_marker_is_explained_as_its_kind(marker: str, kind: str) -> None:
    assert explain(marker).output == explain(kind).output


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_explained(kind: str) -> None:
    assert explain(kind).exit_code == 0


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("Probabilty", "did you mean the kind Probability?"),
        ("typdml-unit", "did you mean the code typedml-unit?"),
    ],
)
def test_a_misspelt_thing_gets_the_nearest(thing: str, said: str) -> None:
    refused = explain(thing)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_a_misspelt_unit_gets_the_hint_of_the_grammar() -> None:
    refused = explain("kilometre/huor")
    assert refused.exit_code == 2
    assert "huor" in refused.stderr
    assert "hour" in refused.stderr


def test_threshold_is_explained_as_the_flag_it_is() -> None:
    assert fact(explain("Threshold").output, "sort").startswith("opaque")


def test_without_a_thing_everything_is_listed() -> None:
    shown = explain().output
    assert "typedml-unit" in shown
    assert "Probability" in shown
