"""Roles: what is fitted on rows that are held back does not touch the others, and no label is an input."""

from __future__ import annotations

from itertools import product

import pytest

from tests.algebra.shorthand import OPERANDS, kind, told, unit
from typedml.algebra.flow import flow, join
from typedml.algebra.functions import FUNCTIONS, apply
from typedml.algebra.marking import mark
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import ROLE, Mismatch, Reason
from typedml.algebra.roles import SPLITS, TOUCHED, fitted
from typedml.algebra.rules import OPERATORS, combine, unary
from typedml.algebra.statistics import ROW_BY_ROW, RULES, SIZES, TABLE
from typedml.messages import render


def km(*roles: str) -> Meaning:
    return unit("km").with_roles(frozenset(roles))


def roles(found: Operand | Mismatch) -> list[str]:
    assert isinstance(found, Meaning), found
    return sorted(found.roles)


# what is fitted on the rows of the first may touch rows of ...
MAY_TOUCH = {
    "Train": ["Test", "Train", "Unsplit", "Validation"],
    "Validation": ["Test", "Unsplit", "Validation"],
    "Test": ["Test", "Unsplit"],
    "Unsplit": ["Test", "Unsplit"],
}


@pytest.mark.parametrize("source", MAY_TOUCH)
def test_what_is_fitted_on_rows_touches_those_that_it_may(source: str) -> None:
    for name in ("mean", "std", "min", "max", "quantile", "median", "sum", "mode", "nunique"):
        statistic = apply(name, km(source))
        assert roles(statistic) == [f"fitted on {source}"]
    mean = apply("mean", km(source))
    assert isinstance(mean, Meaning)
    for target in SPLITS:
        for found in (combine("-", km(target), mean), combine("<", mean, km(target)), flow(mean, km(target))):
            refused = isinstance(found, Mismatch)
            assert refused == (target not in MAY_TOUCH[source]), (source, target)
            if isinstance(found, Mismatch):
                assert (found.reason, found.code) == (Reason.FITTED_ELSEWHERE, ROLE)
                assert "Train rows" in render(found, names=("x", "mean")).hint


def test_the_scaler_of_all_rows_is_refused_and_that_of_training_rows_accepted() -> None:
    def standardised(rows: str, reference: str) -> Operand | Mismatch:
        mean, deviation = apply("mean", km(reference)), apply("std", km(reference))
        assert not isinstance(mean, Mismatch)
        assert not isinstance(deviation, Mismatch)
        centred = combine("-", km(rows), mean)
        return centred if isinstance(centred, Mismatch) else combine("/", centred, deviation)

    assert roles(standardised("Train", "Train")) == ["Train", "fitted on Train"]
    assert roles(standardised("Test", "Train")) == ["Test", "fitted on Train"]
    assert told(standardised("Train", "Unsplit")) == "FITTED_ELSEWHERE"
    assert told(standardised("Train", "Test")) == "FITTED_ELSEWHERE"
    assert told(standardised("Validation", "Test")) == "FITTED_ELSEWHERE"
    # Within the test rows alone: the total sum of squares of a coefficient of determination.
    assert roles(standardised("Test", "Test")) == ["Test", "fitted on Test"]


def test_rows_of_both_splits_together_are_rows_of_all() -> None:
    both = join(km("Train"), km("Test"))
    assert roles(both) == ["Test", "Train"]
    mean = apply("mean", both)
    assert roles(mean) == ["fitted on Test", "fitted on Train"]
    assert told(combine("-", km("Train"), mean)) == "FITTED_ELSEWHERE"  # type: ignore[arg-type]  # no refusal
    assert flow(both, km("Train")) is not None


def test_rows_of_two_splits_do_not_meet_element_by_element() -> None:
    for op in OPERATORS:
        found = combine(
            op, kind("Count").with_roles(frozenset({"Train"})), kind("Count").with_roles(frozenset({"Test"}))
        )
        meets = op in ("==", "!=", "<<", ">>") and told(found) in ("Binary, Test, Train", "?")
        assert meets or told(found) == "ROLES_DIFFER", op
    for name in ("cov", "corr", "average", "trapezoid", "fillna", "hypot", "clip"):
        assert told(apply(name, km("Train"), km("Test"))) == "ROLES_DIFFER"
    assert told(apply("maximum", km("Train"), km("Test"))) == "ROLES_DIFFER"


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {name for name, _ in TABLE}))
def test_roles_survive_every_function_and_keep_rows_apart(name: str) -> None:
    for meaning in (each for each in OPERANDS if isinstance(each, Meaning)):
        train, test = (meaning.with_roles(frozenset({role})) for role in ("Train", "Test"))
        alone = apply(name, train)
        if isinstance(alone, Meaning):
            assert roles(alone) == (["fitted on Train"] if name in RULES else ["Train"]), meaning
        both = apply(name, train, test)
        compares = name in ("equal", "not_equal", "isclose", "allclose")
        assert compares or not isinstance(both, Meaning), (meaning, both)


def test_metrics_of_two_splits_are_compared() -> None:
    gap = combine("-", apply("mean", km("Train")), apply("mean", km("Test")))  # type: ignore[arg-type]  # means
    assert roles(gap) == ["fitted on Test", "fitted on Train"]
    assert told(combine("<", apply("mean", km("Validation")), Literal(0))) == "Binary, fitted on Validation"  # type: ignore[arg-type]  # a mean
    # The number of rows is learned from none of them.
    assert roles(apply("len", km("Test"))) == roles(apply("count", km("Test"))) == []


def test_code_that_declares_no_roles_is_let_be() -> None:
    mean = apply("mean", unit("km"))
    assert roles(mean) == []
    for split in SPLITS:
        assert roles(combine("-", km(split), mean)) == [split]  # type: ignore[arg-type]  # a mean
    penalty = apply("sum", unit("1"))
    assert told(combine("+", kind("Odds").with_roles(frozenset({"Train"})), penalty)) == "1, Train"  # type: ignore[arg-type]  # a sum


def test_rows_stay_rows_where_each_is_kept_or_has_what_came_before() -> None:
    for name in sorted(ROW_BY_ROW - {"prod", "cumprod"}):
        assert roles(apply(name, km("Test"))) == ["Test"], name
    assert roles(apply("zscore", km("Test"))) == ["Test", "fitted on Test"]
    assert told(apply("rank", km("Unsplit"))) == "Rank, Unsplit, fitted on Unsplit"
    for found in (apply("abs", km("Test")), unary("-", km("Test")), apply("fillna", km("Test"), Literal(0))):
        assert roles(found) == ["Test"]


@pytest.mark.parametrize("name", sorted({name for name, _ in TABLE}))
def test_every_statistic_knows_its_rows(name: str) -> None:
    for meaning in (each for each in OPERANDS if isinstance(each, Meaning)):
        found = apply(name, meaning.with_roles(frozenset({"Test"})))
        plain = apply(name, meaning)
        assert isinstance(found, Mismatch) == isinstance(plain, Mismatch)
        if isinstance(found, Meaning) and isinstance(plain, Meaning):
            assert found.with_roles(plain.roles) == plain
            assert bool(found.roles) == (name not in SIZES), meaning


def test_roles_never_change_what_a_value_means() -> None:
    some = [kind(name) for name in ("Probability", "Count", "Celsius", "Logit", "Label", "Bearing")] + [
        unit("km")
    ]
    for op, left, right in product(OPERATORS, some, some):
        plain = combine(op, left, right)
        found = combine(op, left.with_roles(frozenset({"Train"})), right.with_roles(frozenset({"Train"})))
        if isinstance(plain, Mismatch):
            assert isinstance(found, Mismatch)
            assert found.reason is plain.reason
        elif isinstance(plain, Meaning):
            assert found == plain.with_roles(frozenset({"Train"}))
    assert len(FUNCTIONS) > 50


def test_a_label_is_not_an_input() -> None:
    label = km("Target", "Train")
    for derived in (label, combine("-", label, km("Train")), apply("cumsum", label), unary("-", label)):
        assert isinstance(derived, Meaning)
        found = flow(derived, km("Train"))
        assert found is not None
        assert (found.reason, found.code) == (Reason.LABEL_GIVEN, ROLE)
        assert "Target[...]" in render(found).hint
        # A metric, a loss and the label's own parameter take it.
        assert flow(derived, unit("km")) is None
        assert flow(derived, km("Train", "Target")) is None
    assert flow(km("Target"), km("Test")) is not None


def test_base_rates_and_target_encodings_are_inputs_fitted_on_their_rows() -> None:
    rate = apply("mean", kind("Binary").with_roles(frozenset({"Target", "Train"})))
    assert told(rate) == "Proportion, fitted on Train"
    assert isinstance(rate, Meaning)
    assert flow(rate, kind("Proportion").with_roles(frozenset({"Test"}))) is None
    leaked = apply("mean", kind("Binary").with_roles(frozenset({"Target", "Test"})))
    assert isinstance(leaked, Meaning)
    assert flow(leaked, kind("Proportion").with_roles(frozenset({"Train"}))) is not None


def test_what_was_known_later_does_not_flow_where_an_earlier_time_is_declared() -> None:
    january, february = km("as of 2026-01-31"), km("as of 2026-02-28")
    assert flow(january, february) is None
    found = flow(february, january)
    assert found is not None
    assert (found.reason, found.code) == (Reason.KNOWN_LATER, ROLE)
    both = combine("+", january, february)
    assert isinstance(both, Meaning)
    assert flow(both, january) is not None
    assert flow(both, february) is None
    assert flow(apply("mean", february), january) is not None  # type: ignore[arg-type]  # a mean
    assert flow(unit("km"), january) is None


def test_rows_and_statistics_flow_where_theirs_are_declared() -> None:
    assert flow(km("Test"), km("Train")) is not None
    assert flow(km("Unsplit"), km("Train")) is not None
    assert flow(km("Train"), km("Unsplit")) is None
    assert flow(km("fitted on Train"), km("fitted on Train")) is None
    found = flow(km("fitted on Test"), km("fitted on Train"))
    assert found is not None
    assert found.reason is Reason.FITTED_ELSEWHERE
    assert mark(km("fitted on Test"), km("Train")) is not None


def test_the_table_of_touching_is_that_of_the_specification() -> None:
    assert {split: sorted(rows) for split, rows in TOUCHED.items()} == MAY_TOUCH
    assert fitted(frozenset({"Train", "fitted on Test", "Target", "as of 2026"})) == {
        "fitted on Train",
        "fitted on Test",
        "as of 2026",
    }
