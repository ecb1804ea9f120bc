"""Named edges: each is crossed, each refusal seen, and each function executed on generated values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.algebra.shorthand import cut, kind, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.edge_table import (
    FALLING,
    LARGEST_NUMBER,
    RISING,
    SHIPPED,
    Edge,
    crossing,
    define_edge,
    edge,
    edges,
    edges_from,
    remove_edge,
    written,
)
from typedml.algebra.errors import KindError
from typedml.algebra.flow import flow
from typedml.algebra.functions import FUNCTIONS, apply
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning
from typedml.algebra.mismatch import Action, Mismatch, Reason
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Level
from typedml.messages import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

NORMAL = NormalDist()


def log_sum_exp(x: Values) -> float:
    return float(np.log(np.exp(x - x.max()).sum()) + x.max())


FUNCTIONS_OF: dict[str, Callable[[Values], Values]] = {
    "expit": lambda z: 1 / (1 + np.exp(-z)),
    "logit": lambda p: np.log(p) - np.log1p(-p),
    "softmax": lambda z: np.exp(z - log_sum_exp(z)),
    "log_softmax": lambda z: np.minimum(z - log_sum_exp(z), 0),
    "log_expit": lambda z: -np.logaddexp(0, -z),
    "exp": np.exp,
    "log": np.log,
    "x / (1 - x)": lambda x: x / (1 - x),
    "x / (1 + x)": lambda x: x / (1 + x),
    "ndtr": np.vectorize(NORMAL.cdf),
    "ndtri": np.vectorize(NORMAL.inv_cdf),
    "log_ndtr": np.vectorize(lambda z: math.log(NORMAL.cdf(z))),
    "ndtri_exp": np.vectorize(lambda x: NORMAL.inv_cdf(math.exp(x))),
}
"""The functions of the table by their formulas; what they lead to is in no table of ours."""

VALUES: dict[str, tuple[float, float]] = {
    "Logit": (-20, 20),
    "Probability": (1e-6, 1 - 1e-6),
    "LogProbability": (-15, -1e-6),
    "Odds": (1e-6, 1e6),
    "ZScore": (-4.5, 4.5),
}
"""Where values of each source are drawn: away from the ends, where floats have no digits left."""


def batches(source: str) -> st.SearchStrategy[list[float]]:
    low, high = VALUES[source]
    return st.lists(st.floats(low, high), min_size=1, max_size=6)


STATED = """
expit(x): Logit -> Probability
logit(x): Probability -> Logit
softmax(x): Logit -> Simplex
log_softmax(x): Logit -> LogProbability
log_expit(x): Logit -> LogProbability
exp(x): Logit -> Odds
log(x): Odds -> Logit
log(x): Probability -> LogProbability
exp(x): LogProbability -> Probability
x / (1 - x): Probability -> Odds
x / (1 + x): Odds -> Probability
ndtr(x): ZScore -> Probability
ndtri(x): Probability -> ZScore
log_ndtr(x): ZScore -> LogProbability
ndtri_exp(x): LogProbability -> ZScore
"""


def test_the_edges_are_those_of_the_specification_and_no_other() -> None:
    assert sorted(map(str, SHIPPED)) == sorted(filter(None, STATED.splitlines()))


@pytest.mark.parametrize("row", SHIPPED, ids=str)
def test_every_edge_is_crossed(row: Edge) -> None:
    assert edge(row.source, row.target) is not None
    if row.function.isidentifier():
        assert apply(row.function, kind(row.source)) == kind(row.target)


@pytest.mark.parametrize("row", SHIPPED, ids=str)
def test_a_child_of_the_source_crosses_too(row: Edge) -> None:
    child = define_kind(f"My{row.source}", parent=KINDS[row.source])
    found = crossing(child, KINDS[row.target])
    assert found is not None
    assert (found.source, found.target) == (row.source, row.target)
    if row.function.isidentifier():
        assert apply(row.function, Meaning(child)) == kind(row.target)


@pytest.mark.parametrize("row", SHIPPED, ids=str)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_image_falls_into_the_range_of_the_target(row: Edge, data: st.DataObject) -> None:
    images = FUNCTIONS_OF[row.function](np.array(data.draw(batches(row.source))))
    target = row.reached
    assert all(target.range.contains(float(image)) for image in images)
    if target.name == "Simplex":
        assert math.isclose(float(images.sum()), 1)


@pytest.mark.parametrize("row", [row for row in SHIPPED if row.inverse], ids=str)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_inverse_leads_back(row: Edge, data: st.DataObject) -> None:
    values = np.array(data.draw(batches(row.source)))
    back = FUNCTIONS_OF[str(row.inverse)](FUNCTIONS_OF[row.function](values))
    assert np.allclose(back, values, rtol=1e-4, atol=1e-6)
    rows = [each for each in SHIPPED if each.function == row.inverse and each.source == row.target]
    assert [each.target for each in rows] == [row.source]


@pytest.mark.parametrize("row", SHIPPED, ids=str)
def test_what_is_said_of_monotony_is_true(row: Edge) -> None:
    low, high = VALUES[row.source]
    grid = np.linspace(max(low, -10), min(high, 10), 50)
    one_by_one = np.array([float(FUNCTIONS_OF[row.function](np.array([x]))[0]) for x in grid])
    together = FUNCTIONS_OF[row.function](grid)
    if row.monotone is None:
        assert not np.allclose(one_by_one, together), "a function of each value alone has a direction"
    else:
        assert np.allclose(one_by_one, together)
        steps = np.diff(one_by_one)
        assert all(steps > 0) if row.monotone == RISING else all(steps < 0)


@pytest.mark.parametrize("row", [row for row in SHIPPED if row.function.isidentifier()], ids=str)
def test_a_threshold_follows_a_monotone_edge_and_no_other(row: Edge) -> None:
    found = apply(row.function, cut(row.source))
    if row.monotone is None:
        assert isinstance(found, Mismatch)
        assert found.reason is Reason.CUT_ARITHMETIC
        assert found.remedy is not None
        assert found.remedy.action is Action.RAW
    else:
        assert found == cut(row.target)


REFUSED = """
exp Probability : x is Probability already: use it as it is; logit(x) is Logit; log(x) is LogProbability
exp Binary : x is Binary already: use it as it is; logit(x) is Logit; log(x) is LogProbability
exp Odds : x is Odds already: use it as it is; log(x) is Logit
exp2 Probability : logit(x) is Logit; log(x) is LogProbability
exp2 LogProbability : exp(x) is Probability
log LogProbability : x is LogProbability already: use it as it is; exp(x) is Probability
log LogDensity : raw(x) is the plain number
log Logit : x is Logit already: use it as it is; expit(x) is Probability
log2 LogProbability : exp(x) is Probability
log10 Logit : expit(x) is Probability
log1p LogProbability : exp(x) is Probability
softmax Probability : x is Probability already: x / x.sum() adds up to one
softmax Simplex : x is Simplex already: use it as it is
log_softmax LogProbability : x is LogProbability already
expit Probability : x is Probability already: use it as it is
logit Logit : x is Logit already: use it as it is
log_expit LogProbability : x is LogProbability already
ndtr Probability : x is Probability already
ndtri ZScore : x is ZScore already
expit Odds : log(x) makes it "float[Logit]"
expit ZScore : ndtr(x) is Probability
softmax Odds : log(x) makes it "float[Logit]"
logit Odds : x / (1 + x) makes it "float[Probability]"
logit LogProbability : exp(x) makes it "float[Probability]"
ndtr LogProbability : ndtri_exp(x) makes it "float[ZScore]"
expit km : raw(x) is the plain number
logit Proportion : raw(x) is the plain number
expit Score : raw(x) is the plain number
entropy LogProbability : exp(x) is Probability
logsumexp km : divide by a value in the same unit first
logsumexp Celsius : raw(x) is the plain number
logaddexp2 LogProbability : exp(x) is Probability
tanh Logit : subtract a reference first
zscore Bearing : circular mean
zscore Label : raw(x)
zscore ClockHHMM : decode it first
rank Label : names have no order
"""


@pytest.mark.parametrize("row", [line for line in REFUSED.splitlines() if line])
def test_a_wrong_way_is_refused_and_the_right_one_named(row: str) -> None:
    call, _, says = row.partition(" : ")
    function, name = call.split()
    found = apply(function, kind(name) if name in KINDS else unit(name))
    assert isinstance(found, Mismatch), found
    assert (
        render(found, names=("x", None)).hint.startswith(says)
        or says in render(found, names=("x", None)).hint
    )


@pytest.mark.parametrize("row", SHIPPED, ids=str)
def test_no_function_is_applied_twice(row: Edge) -> None:
    if row.function.isidentifier():
        once = apply(row.function, kind(row.source))
        assert isinstance(once, Meaning)
        assert isinstance(apply(row.function, once), Mismatch)


def test_every_function_of_an_edge_has_a_rule_and_every_other_kind_an_answer() -> None:
    for row in SHIPPED:
        if row.function.isidentifier():
            assert row.function in FUNCTIONS
            for name in KINDS:
                found = apply(row.function, kind(name))
                assert isinstance(found, Meaning | Mismatch), (row, name)


def test_differences_of_logits_are_numbers_and_cross() -> None:
    centred = combine("-", kind("Logit"), kind("Logit"))
    assert isinstance(centred, Meaning)
    assert apply("softmax", centred) == kind("Simplex")
    assert apply("softmax", UNKNOWN) == kind("Simplex")
    assert isinstance(apply("softmax", UNKNOWN, level=Level.STRICT), Mismatch)


def test_roles_cross_with_the_value() -> None:
    train = kind("Logit").with_roles(frozenset({"Train"}))
    assert apply("expit", train) == kind("Probability").with_roles(frozenset({"Train"}))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-30, 30), min_size=2, max_size=5), st.floats(-5, 5))
def test_the_logarithm_of_a_sum_moves_with_its_logits(z: list[float], shift: float) -> None:
    assert apply("logsumexp", kind("Logit")) == kind("Logit")
    moved = log_sum_exp(np.array(z) + shift)
    assert math.isclose(moved, log_sum_exp(np.array(z)) + shift, abs_tol=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=5))
def test_a_log_of_summed_probabilities_is_a_log_density_for_they_may_sum_to_more_than_one(
    weights: list[float],
) -> None:
    probabilities = np.log(np.array(weights))
    for function in ("logsumexp", "logaddexp"):
        assert apply(function, kind("LogProbability"), kind("LogProbability")) == kind("LogDensity")
    outside = not kind("LogProbability").range.contains(log_sum_exp(probabilities))
    assert outside == (np.exp(probabilities).sum() > 1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(-(10**8), 10**8).map(lambda each: each / 100), min_size=3, max_size=20, unique=True)
)
def test_ranks_and_standard_scores_are_what_they_are_said_to_be(values: list[float]) -> None:
    ranks = np.argsort(np.argsort(values)) + 1
    assert apply("rankdata", kind("Score")) == kind("Rank")
    assert all(kind("Rank").range.contains(float(each)) and float(each).is_integer() for each in ranks)
    for meaning in (unit("km"), kind("Celsius"), kind("Logit"), kind("Count")):
        assert apply("zscore", meaning) == kind("ZScore")
    # The scores of temperatures are the same in every unit.
    celsius = np.array(values)
    one, other = ((each - each.mean()) / (each.std() or 1) for each in (celsius, celsius * 1.8 + 32))
    assert np.allclose(one, other, atol=1e-5)


# Edges of users


@pytest.fixture(autouse=True)
def _ours_alone() -> Iterator[None]:
    yield
    for each in set(edges()) - set(SHIPPED):
        remove_edge(each)


@pytest.fixture
def made() -> list[Edge]:
    # Examples in the documentation, run before, define edges too.
    for each in set(edges()) - set(SHIPPED):
        remove_edge(each)
    return []


MARGIN = define_kind("Margin", sort=Sort.TORSOR)
RISK = define_kind("Risk", parent=KINDS["Probability"])


def test_a_users_edge_is_as_good_as_ours(made: list[Edge]) -> None:
    assert apply("platt", Meaning(MARGIN)) is UNKNOWN
    refused = flow(Meaning(MARGIN), Meaning(RISK))
    assert refused is not None
    assert refused.remedy is None
    made.append(define_edge(MARGIN, RISK, "platt", monotone=RISING, inverse="unplatt"))
    assert apply("platt", Meaning(MARGIN)) == Meaning(RISK)
    assert apply("platt", Meaning(MARGIN, cut=True)) == Meaning(RISK, cut=True)
    assert edges_from(MARGIN) == tuple(made)
    refused = flow(Meaning(MARGIN), Meaning(RISK))
    assert refused is not None
    assert render(refused, names=("m", None)).hint == 'platt(m) makes it "float[Risk]"'
    twice = apply("platt", Meaning(RISK))
    assert isinstance(twice, Mismatch)
    assert render(twice, names=("m", None)).hint.startswith("m is Risk already: use it as it is")
    compared = combine(">", Meaning(MARGIN), Meaning(RISK, cut=True))
    assert isinstance(compared, Mismatch)
    assert render(compared, names=("m", "c")).hint == 'platt(m) makes it "float[Risk]"'


def test_an_edge_that_is_taken_back_is_gone(made: list[Edge]) -> None:
    remove_edge(define_edge(MARGIN, RISK, "platt"))
    assert apply("platt", Meaning(MARGIN)) is UNKNOWN
    assert edges() == SHIPPED


def test_a_falling_edge_turns_comparisons_round(made: list[Edge]) -> None:
    made.append(define_edge(MARGIN, RISK, "survival", monotone=FALLING))
    assert apply("survival", Meaning(MARGIN, cut=True)) == Meaning(RISK, cut=True)
    assert [made[0].comparison(op) for op in ("<", "<=", ">", ">=", "==")] == [">", ">=", "<", "<=", "=="]
    refused = combine(">=", Meaning(MARGIN), Meaning(RISK, cut=True))
    assert isinstance(refused, Mismatch)
    hint = render(refused, names=("m", "c")).hint
    assert hint == 'survival(m) makes it "float[Risk]", the larger the smaller: comparisons turn round'


@given(st.floats(-4, 4), st.floats(-4, 4))
def test_a_turned_comparison_says_the_same(x: float, threshold: float) -> None:
    falling = Edge("ZScore", "Probability", "sf", FALLING)
    assert falling.comparison(">") == "<"
    if abs(x - threshold) > 1e-6:
        assert (x > threshold) == (NORMAL.cdf(-x) < NORMAL.cdf(-threshold))


def test_a_shipped_function_may_lead_from_a_users_kind_too(made: list[Edge]) -> None:
    assert isinstance(apply("expit", Meaning(MARGIN)), Mismatch)
    made.append(define_edge(MARGIN, "Probability", "expit", monotone=RISING))
    assert apply("expit", Meaning(MARGIN)) == kind("Probability")
    assert apply("expit", kind("Logit")) == kind("Probability")
    assert apply("expit", Literal(0.5)) == kind("Probability")


CONTRADICTIONS: list[tuple[tuple[Kind | str, Kind | str, str], dict[str, str], str]] = [
    ((MARGIN, MARGIN, "platt"), {}, "to itself"),
    (("Margins", "Probability", "platt"), {}, "no kind that is known"),
    ((MARGIN, "Chance", "platt"), {}, "no kind that is known"),
    ((MARGIN, RISK, "mean"), {}, "a function of many values"),
    ((MARGIN, RISK, "1 - x"), {}, "not the name of a function"),
    ((MARGIN, RISK, "platt"), {"monotone": "yes"}, 'declared "yes"'),
    (("Logit", "Odds", "expit"), {}, 'leads from "Logit" to "Probability" already'),
    ((define_kind("MyLogit", parent=KINDS["Logit"]), "Odds", "expit"), {}, "already"),
    ((MARGIN, RISK, "platt"), {"inverse": "logit"}, "is not the way back"),
]


@pytest.mark.parametrize(("ends", "options", "says"), CONTRADICTIONS)
def test_a_contradictory_edge_is_refused(
    made: list[Edge], ends: tuple[Kind | str, Kind | str, str], options: dict[str, str], says: str
) -> None:
    with pytest.raises(KindError, match=says) as caught:
        define_edge(*ends, **options)
    assert caught.value.hint
    assert edges() == SHIPPED


def test_one_function_leads_from_one_kind_to_one_target(made: list[Edge]) -> None:
    made.append(define_edge(MARGIN, RISK, "platt"))
    with pytest.raises(KindError, match='leads from "Margin" to "Risk" already'):
        define_edge(MARGIN, "Odds", "platt")
    again = define_edge(MARGIN, RISK, "platt", monotone=RISING)
    assert edges()[len(SHIPPED) :] == (again,)


def test_edges_are_bounded_in_number(made: list[Edge]) -> None:
    made.extend(define_edge(MARGIN, RISK, f"platt{n}") for n in range(LARGEST_NUMBER))
    with pytest.raises(KindError, match="More than"):
        define_edge(MARGIN, RISK, "one_more")


def test_an_edge_is_written_as_code() -> None:
    assert written("expit", "z + 1") == "expit(z + 1)"
    assert written("x / (1 - x)", "p") == "p / (1 - p)"
    assert written("x / (1 - x)", "a * b") == "(a * b) / (1 - (a * b))"
