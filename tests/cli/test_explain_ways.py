"""`typedml explain "A -> B"`: whether a value flows, and the ways across, there and back."""

import pytest
from click.testing import CliRunner, Result

from typedml.algebra.catalogue import KINDS
from typedml.algebra.edge_table import FALLING, RISING, define_edge, edges, remove_edge
from typedml.cli.commands import main
from typedml.cli.explain_ways import LONGEST, ways


def explain(question: str) -> Result:
    return CliRunner().invoke(main, ["explain", question], env={"COLUMNS": "200"})


def line(shown: str, name: str) -> str:
    return next(each.strip() for each in shown.splitlines() if each.startswith(f"  {name} "))


@pytest.mark.parametrize("question", ["Probability -> Logit", "Probability to Logit", "PROBABILITY → LOGIT"])
def test_a_crossing_names_the_edge_there_and_back(question: str) -> None:
    shown = explain(question).output
    assert 'expression has type "float[Probability]", variable has type "float[Logit]"' in line(
        shown, "refused"
    )
    assert "logit(p) makes it" in line(shown, "instead")
    assert "logit(p)  Logit  rising" in line(shown, "ways")
    assert "expit(z)" in line(shown, "back")


def test_units_are_converted_both_ways() -> None:
    shown = explain("minute -> hour").output
    assert 'convert(x, "minute", "hour")' in line(shown, "instead")
    assert 'convert(x, "hour", "minute")' in line(shown, "back")


def test_what_flows_says_why_and_what_the_way_back_needs() -> None:
    shown = explain("Probability -> Proportion").output
    assert "✓ a child flows into its parent" in line(shown, "flows")
    assert "PROBABILITY(p)" in line(shown, "back")
    shown = explain("Proportion -> Probability").output
    assert "PROBABILITY(p)" in line(shown, "instead")
    assert "Probability flows into Proportion as it is" in line(shown, "back")


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Money -> Money", "Money is Money"),
        ("second -> Duration", "Duration has no range to check"),
        ("Probability -> 1", "a kind flows into the plain unit"),
    ],
)
def test_each_way_of_flowing_has_a_reason(question: str, why: str) -> None:
    assert why in line(explain(question).output, "flows")


def test_where_no_edge_leads_there_that_is_said() -> None:
    assert "no named edge leads there" in line(explain("Count -> Logit").output, "ways")


def test_ways_of_several_edges_are_found_where_no_single_one_is() -> None:
    shown = explain("Odds -> LogProbability").output
    assert "log_expit(log(r))" in line(shown, "ways")
    assert "by way of Logit, rising" in line(shown, "ways")
    assert "instead" not in shown


def test_an_unknown_side_gets_a_suggestion() -> None:
    refused = explain("Probability -> Logti")
    assert refused.exit_code == 2
    assert "did you mean the kind Logit?" in refused.stderr


def codes(source: str, target: str) -> list[str]:
    return [way.code for way in ways(KINDS[source], KINDS[target], "x")]


def test_a_way_is_as_short_as_there_is_and_ends_at_the_kind_or_a_child() -> None:
    assert codes("Logit", "Proportion") == ["expit(x)", "softmax(x)"]
    assert codes("Simplex", "Logit") == ["logit(x)"]
    assert codes("Count", "Logit") == []


def test_a_formula_around_a_call_needs_no_parentheses() -> None:
    assert codes("ZScore", "Odds") == ["ndtr(x) / (1 - ndtr(x))"]


def test_two_falling_edges_rise() -> None:
    assert {each.monotone for each in edges()} <= {RISING, FALLING, None}
    first = define_edge("Score", "Count", "down_once", monotone=FALLING)
    second = define_edge("Count", "Similarity", "down_twice", monotone=FALLING)
    try:
        (once,) = ways(KINDS["Score"], KINDS["Count"], "x")
        (twice,) = ways(KINDS["Score"], KINDS["Similarity"], "x")
        assert (once.monotone, twice.monotone) == (FALLING, RISING)
        assert twice.code == "down_twice(down_once(x))"
    finally:
        remove_edge(first)
        remove_edge(second)


def test_a_circle_of_edges_ends() -> None:
    assert LONGEST == 3
    assert all(
        len(way.edges) <= LONGEST for s in KINDS for t in KINDS for way in ways(KINDS[s], KINDS[t], "x")
    )
