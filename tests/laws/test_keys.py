"""A key tells rows apart: it neither switches off the laws of totals nor makes them refute what reads it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.laws.reports import report_of
from tests.laws.right_features import Dollars
from tests.laws.right_keys import (
    Stays,
    bills_of_a_series,
    cost_at_once,
    cost_of_each_once,
    cost_of_labs,
    hourly,
    ward_rates,
)
from typedml import feature
from typedml.laws import LawReport, check_laws


@feature(rows="any")
def cost_of_the_last_name(stays: Stays) -> Dollars:
    return float(stays.sort_values("stay")["cost"].iloc[-1])


@feature(rows="any")
def cost_of_a_letter(stays: Stays) -> Dollars:
    return float(stays.loc[stays["stay"].str.startswith(("A", "B", "C")), "cost"].sum())


def reasons(report: LawReport) -> dict[str, str]:
    return {skipped.law: str(skipped) for skipped in report.skipped}


@pytest.mark.parametrize("function", [ward_rates, cost_of_each_once, cost_of_labs, hourly])
def test_a_key_leaves_totals_to_be_checked(function: Callable[..., Any]) -> None:
    assert "replicate" in {law.law for law in report_of(function).checked}


def test_rates_of_rows_with_a_key_are_split() -> None:
    assert "split" in {law.law for law in report_of(hourly).checked}


def test_a_key_that_is_read_is_named() -> None:
    assert "not hang on the values of `number, line`" in reasons(report_of(bills_of_a_series))["replicate"]


def test_a_key_that_may_not_be_another_is_named() -> None:
    assert "`patient, taken` is a group" in reasons(report_of(cost_at_once))["replicate"]


@pytest.mark.parametrize("function", [cost_of_the_last_name, cost_of_a_letter])
def test_what_reads_a_key_breaks_no_law_of_totals(function: Callable[..., Any]) -> None:
    for seed in range(3):
        report = check_laws(function, only=["replicate", "additive", "split"], seed=seed)
        assert report.failures == (), str(report)
