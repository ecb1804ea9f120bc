"""How laws run: table by table, until a budget is spent; waivers that are needed, and others."""

import time
from typing import Annotated

import pandas as pd
import pytest

from tests.laws.right_features import Km, Miles, Minutes, Mph, ground_speed
from tests.laws.wrong_features import speed_per_minute
from typedml import FeatureSchema, Unit, feature, field
from typedml.declare.declared import DeclaredFunction
from typedml.declare.reader import read
from typedml.errors import DeclarationError
from typedml.laws import check_laws
from typedml.laws.equalised import equalised
from typedml.laws.generate import cases
from typedml.laws.inputs import inputs_of

Hours = Annotated[float, Unit("hour")]


def slow_speed(distance: Miles, hours: Hours) -> Mph:
    time.sleep(0.004)
    return distance / hours


def test_a_budget_cuts_all_laws_alike_and_what_is_cut_is_told_and_not_held() -> None:
    report = check_laws(slow_speed, tables=40, budget=0.5)
    cut = {each.law: each.tables for each in report.unreached}
    assert {"call", "scale"} <= set(cut)
    assert max(cut["call"], cut["scale"]) - min(cut["call"], cut["scale"]) <= 1
    assert not set(cut) & {each.law for each in report.checked}
    assert f"scale ran on {cut['scale']} of 40 tables: the budget of 0.5 s was spent" in str(report)


def test_without_a_budget_every_table_is_reached() -> None:
    report = check_laws(slow_speed, tables=2)
    assert report.unreached == ()


def test_a_budget_that_is_not_reached_changes_no_verdict() -> None:
    for each in (ground_speed, speed_per_minute):
        assert check_laws(each, budget=600.0) == check_laws(each)


def test_beyond_quick_mode_each_law_is_tried_on_all_tables() -> None:
    quick, more = (
        {each.law: each.tables for each in check_laws(ground_speed, tables=number).checked}
        for number in (8, 9)
    )
    assert (quick["scale"], quick["frame"], quick["coherent"]) == (8, 6, 2)
    assert (more["scale"], more["frame"], more["coherent"]) == (9, 9, 9)


class Stop(FeatureSchema, key="stop"):
    """A place, and how far it is."""

    stop: str
    way: Km = field(gt=0)


class Ride(FeatureSchema):
    """A ride to a place."""

    stop: str = field(references=Stop.c.stop)


@feature(rows="any")
def mean_of_ways(
    rides: Annotated[pd.DataFrame, Ride], stops: Annotated[pd.DataFrame, Stop], beyond: Km
) -> Km | None:
    ways = stops.set_index("stop")["way"].reindex(rides["stop"]).dropna()
    return float(ways.mean() + beyond) / 2 if len(ways) else None


def test_a_table_without_rows_is_made_equal_to_nothing() -> None:
    declared = read(mean_of_ways)
    assert isinstance(declared, DeclaredFunction)
    inputs = inputs_of(declared)
    (case,) = cases(inputs, tables=1, seed=0)
    ways = tuple(source for source in inputs if source.unit is not None)
    assert [source.name for source in ways] == ["way", "beyond"]
    flat = equalised(case.take([], ways[0].table), [ways])
    assert flat is not None
    assert flat.column_of(ways[0]).values.tolist() == []
    assert check_laws(mean_of_ways, tables=16).ok


@pytest.mark.parametrize("budget", [0, -1.0, float("nan")])
def test_no_time_is_refused(budget: float) -> None:
    with pytest.raises(DeclarationError, match="is no time"):
        check_laws(ground_speed, budget=budget)


def test_a_search_finds_what_the_tables_miss_and_is_repeated_with_it() -> None:
    def rare(x: Km, y: Km) -> Km:
        return 0.0 if x == y else x + y

    def rarer(x: Km) -> Km:
        return 0.5 * x if x > 1000 else 2.0 * x - x

    assert check_laws(rare, search=20, only=["frame"]).ok
    found = [check_laws(rarer, tables=1, search=cases, only=["scale"]) for cases in (0, 300)]
    assert [report.ok for report in found] == [True, False]
    assert found[1].failures[0].repeat == 'check_laws(rarer, only=["scale"], seed=0, tables=1, search=300)'


def test_only_the_named_laws_run() -> None:
    report = check_laws(ground_speed, only=["scale", "permute"])
    assert [each.law for each in report.checked] == ["scale"]
    assert [each.law for each in report.skipped] == ["permute"]


def test_a_law_that_there_is_not_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(DeclarationError, match="no law 'scael'\\.\nHint: Did you mean \"scale\""):
        check_laws(ground_speed, only=["scael"])


def test_a_waiver_of_a_law_that_there_is_not_is_refused() -> None:
    @feature(waive={"permut": "the first row is the reference"})
    def first(x: Km) -> Km:
        return x

    with pytest.raises(DeclarationError, match=r"names no law 'permut'\.\nHint: Did you mean .permute"):
        check_laws(first)


def test_a_waiver_that_is_not_needed_is_noted() -> None:
    @feature(waive={"scale": "the regulation", "permute": "the first row is the reference"})
    def late(delay: Minutes, cut: Minutes) -> bool:
        return delay > cut

    assert check_laws(late).notes == (
        "the waiver of `scale` may go: the law held on 8 tables",
        "the waiver of `permute` waives nothing: the law is not asked, for it wants a table",
    )


def test_a_waiver_that_is_needed_is_not_noted() -> None:
    @feature(waive={"scale": "the regulation says fifteen minutes"})
    def late(delay: Minutes) -> bool:
        return delay > 15

    report = check_laws(late)
    assert report.ok
    assert report.notes == ()
    assert "not checked: scale: waived: the regulation says fifteen minutes" in str(report)
