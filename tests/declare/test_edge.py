"""`@edge`: a function of one's own is named where its kinds meet."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest

import typedml as t
from typedml.algebra.edge_table import SHIPPED, edges, remove_edge
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.meaning import Meaning
from typedml.messages import render

MARGIN = t.Kind("EdgeMargin", sort="torsor")
Margin = Annotated[float, MARGIN]


@pytest.fixture(autouse=True)
def _only_for_a_test() -> Iterator[None]:
    # Examples in the documentation, run before, define edges too.
    for each in set(edges()) - set(SHIPPED):
        remove_edge(each)
    yield
    for each in set(edges()) - set(SHIPPED):
        remove_edge(each)


def hint_of(kind: t.Kind) -> str:
    refused = flow(Meaning(MARGIN.definition), Meaning(kind.definition))
    assert refused is not None
    return render(refused, names=("m", None)).hint


def test_a_marked_function_is_the_hint_where_its_kinds_meet() -> None:
    assert "calibrate" not in hint_of(t.PROBABILITY)

    @t.edge
    def calibrate(margin: Margin) -> t.Probability:
        return 1 / (1 + 2**-margin)

    assert calibrate(0.0) == 0.5
    assert hint_of(t.PROBABILITY) == 'calibrate(m) makes it "float[Probability]"'
    assert apply("calibrate", Meaning(MARGIN.definition)) == Meaning(t.PROBABILITY.definition)


def test_a_threshold_follows_where_the_mark_says_so() -> None:
    cut = Meaning(MARGIN.definition, cut=True)

    @t.edge(monotone="falling")
    def survive(margin: Margin) -> t.Probability:
        return 1 / (1 + 2**margin)

    @t.edge
    def spread(margin: Margin) -> t.Simplex:
        return margin

    assert apply("survive", cut) == Meaning(t.PROBABILITY.definition, cut=True)
    assert not isinstance(apply("spread", cut), Meaning)
    assert survive(0.0) == spread(0.5)


def test_code_that_runs_anew_replaces_its_edge() -> None:
    def define(target: Any) -> None:
        def calibrate(margin: Margin) -> float:
            return margin

        calibrate.__annotations__["return"] = target
        t.edge(calibrate)

    define(t.Probability)
    define(t.Odds)
    assert [each.target for each in edges() if each.function == "calibrate"] == ["Odds"]


def no_kind(x: Margin) -> float:
    return x


def no_source(x: float) -> t.Probability:
    return x


def no_argument() -> t.Probability:
    return 0.5


def itself(x: Margin) -> Margin:
    return x


def expit(z: t.Logit) -> t.Odds:
    return z


@pytest.mark.parametrize(
    ("function", "options", "said"),
    [
        (no_kind, {}, "the result has no kind"),
        (no_source, {}, "the first argument has no kind"),
        (no_argument, {}, "the first argument has no kind"),
        (itself, {}, "to itself"),
        (expit, {}, "already"),
        (float, {}, "marks functions"),
        (3, {}, "marks functions"),
        (lambda x: x, {}, "has no kind"),
        (expit, {"monotone": "up"}, '"up"'),
    ],
)
def test_a_mark_that_says_nothing_or_contradicts_is_refused(function: Any, options: Any, said: str) -> None:
    before = edges()
    with pytest.raises(t.DeclarationError, match=said) as caught:
        t.edge(function) if not options else t.edge(**options)(function)
    assert caught.value.hint
    assert edges() == before
