"""What a declaration determines, what needs a worked example, and the example that is proposed."""

import datetime as dt
import math
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from tests.laws import right_features as right
from tests.laws import right_optional, right_results, right_settings, right_sklearn
from tests.laws.gathered import right_features
from tests.laws.mutants.examples import ENERGY
from tests.laws.reports import report_of
from tests.laws.right_features import RIGHT, Flight, Km, Miles, Minutes, Mph
from typedml import (
    BINARY,
    CATEGORY,
    Category,
    FeatureSchema,
    Group,
    Latitude,
    Longitude,
    Table,
    Threshold,
    Unit,
    feature,
    field,
)
from typedml.laws import LawReport, check_laws
from typedml.laws.findings import findings
from typedml.laws.skeleton import _written

Flights = Annotated[pd.DataFrame, Flight]
Kms = Annotated[NDArray[np.float64], Unit("km")]


def determined(report: LawReport) -> dict[str, str]:
    return {each.output: each.by for each in report.determinacy}


class Trip(FeatureSchema):
    """A way and the time that it took."""

    driver: str
    began: dt.datetime = field(increasing=True)
    way: Km = field(gt=0)
    time: Minutes = field(gt=0)


Trips = Annotated[pd.DataFrame, Trip]
Way = Annotated["pd.Series[float]", Unit("km")]


def way_in_miles(way: Km) -> Miles:
    return way / 1.609344


def detour(way: Km, shortest: Km) -> Km:
    return way - shortest


@feature(monotone={"way": "increasing", "shortest": "decreasing"})
def longer_way(way: Km, shortest: Km) -> Km:
    return way - shortest


@feature(monotone={"landed": "increasing"})
def time_away(departed: dt.datetime, landed: dt.datetime) -> Minutes:
    return (landed - departed).total_seconds() / 60


def way_of_each(way: Km, people: Annotated[float, Unit("1")]) -> Km:
    return way / people


def share_of_the_way(way: Km, whole: Km) -> Annotated[float, Unit("1")]:
    return way / whole


@feature(rows="any")
def all_ways(trips: Trips) -> Km:
    return float(trips["way"].sum())


@feature(rows="any")
def all_ways_in_metres(trips: Trips) -> Annotated[float, Unit("m")]:
    return float(trips["way"].sum() * 1000)


@feature(rows="each")
def ways(trips: Trips) -> Trips:
    return trips


def is_far(way: Km, far: Threshold[Km]) -> bool:
    return way >= far


def is_far_in_miles(way: Km, far: Threshold[Miles]) -> bool:
    return way / 1.609344 >= far


DETERMINED = [
    (right.ground_speed, "a product of powers"),
    (right.celsius, "the same point"),
    (time_away, "a sum or difference of `departed` and `landed`"),
    (way_in_miles, "a product of powers"),
    (longer_way, "a sum or difference of `way` and `shortest`"),
    (all_ways, "the sum of `way`"),
    (all_ways_in_metres, "the sum of `way`"),
    (ways, "handed through"),
    (is_far_in_miles, "the threshold"),
]


@pytest.mark.parametrize(("given", "by"), [pytest.param(*row, id=row[0].__name__) for row in DETERMINED])
def test_what_a_declaration_determines_needs_no_example(given: Any, by: str) -> None:
    report = check_laws(given)
    assert report.ok, str(report)
    assert report.undetermined == ()
    assert report.skeleton == ""
    assert all(by in said for said in determined(report).values())


@feature(rows="any")
def mean_way(trips: Trips) -> Km:
    return float(trips["way"].mean())


@feature(rows="any")
def median_way(trips: Trips) -> Km:
    return float(trips["way"].median())


@feature(rows="ordered")
def way_before_last(trips: Trips) -> Way:
    return trips["way"].shift(2)


@feature(rows="each", scope=Table())
def share_of_the_mean(trips: Trips) -> Annotated["pd.Series[float]", Unit("1")]:
    return trips["way"] / trips["way"].mean()


def whole_hours(time: Minutes) -> int:
    return int(time // 60)


def larger(way: Km, other: Km) -> Km:
    return max(way, other)


def larger_if_given(way: Km, other: Km | None = None) -> Km:
    return way if other is None else max(way, other)


@feature(rows="each")
def capped(trips: Trips, most: Km | None = None) -> Way:
    return trips["way"] if most is None else trips["way"].clip(upper=most)


def speed_of_legs(way: Km, time: Minutes, legs: Kms | None = None) -> Annotated[float, Unit("km/min")]:
    return (way if legs is None else float(legs.sum())) / time


@feature(rows="each", scope=Group("driver"))
def of_the_group(trips: Trips) -> Way:
    return trips["way"] - trips.groupby("driver")["way"].transform("mean")


@pytest.mark.parametrize(
    "given",
    [
        mean_way,
        median_way,
        way_before_last,
        share_of_the_mean,
        whole_hours,
        larger,
        larger_if_given,
        capped,
        speed_of_legs,
        is_far,
        of_the_group,
        right.elapsed,
        detour,
        way_of_each,
        share_of_the_way,
    ],
    ids=lambda f: f.__name__,
)
def test_what_no_symmetry_can_see_needs_a_worked_example(given: Any) -> None:
    report = check_laws(given)
    assert [each.output for each in report.undetermined]
    assert "needs a worked example" in str(report)
    assert report.skeleton.startswith("examples=[({")
    (note,) = (note for note in findings(report).notes if "worked example" in note.fact)
    assert note.hint == f"@feature({report.skeleton})"
    assert findings(report).data["determinacy"][0]["by"] == ""


@pytest.mark.parametrize("seed", range(8))
def test_what_is_a_product_of_one_input_and_then_of_another_is_not_determined(seed: int) -> None:
    for given in (larger, larger_if_given):
        assert check_laws(given, seed=seed).undetermined


def test_what_is_never_given_is_named() -> None:
    assert "no law tells what it gives where `legs` is given" in str(check_laws(speed_of_legs))


NEEDY = [given for given in RIGHT if given.__module__.endswith("right_features")]
NEEDY += [given for part in (right_results, right_sklearn) for given in part.RIGHT]


def pasted(given: Any) -> Any:
    """A run of the feature with the examples that its report proposes; None where it proposes none."""
    import attrs

    from typedml.laws.check import declaration_of, run_of
    from typedml.laws.effort import EFFORTS

    report = report_of(given)
    if not report.skeleton:
        assert report.undetermined == ()
        return None
    written = report.skeleton.removeprefix("examples=")
    examples = tuple(eval(written, {"dt": dt, "nan": float("nan"), "inf": float("inf")}))
    declared = declaration_of(given)
    options = attrs.evolve(declared.options or right_options(), examples=examples)
    run = run_of(attrs.evolve(declared, options=options), given, EFFORTS["quick"])
    assert not isinstance(run, LawReport)
    return run


@pytest.mark.parametrize("given", NEEDY, ids=lambda f: f.__name__)
def test_the_proposed_example_holds_when_it_is_pasted(given: Any) -> None:
    from typedml.laws.catalogue import law_named

    run = pasted(given)
    if run is not None:
        again = run.report([law_named("anchor")])
        assert again.ok, str(again)
        assert [each.law for each in again.checked] == ["anchor"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "given", [*right_features(), *(given for _, given in ENERGY.features())], ids=lambda f: f.__name__
)
def test_the_proposed_example_is_strong_enough(given: Any) -> None:
    from typedml.laws.catalogue import CATALOGUE

    run = pasted(given)
    if run is not None:
        again = run.report(CATALOGUE, whole=True)
        assert again.ok, str(again)
        assert again.undetermined == ()


def right_options() -> Any:
    from typedml.declare.feature_options import FeatureOptions

    return FeatureOptions()


def proposed(given: Any) -> list[tuple[dict[str, Any], Any]]:
    """The examples that a report proposes, as pasting them would read them."""
    return list(eval(check_laws(given).skeleton.removeprefix("examples="), {"dt": dt}))


def test_a_proposed_example_has_few_rows_and_only_what_is_read() -> None:
    ((given, _),) = proposed(mean_way)
    assert list(given["trips"]) == ["way"]
    assert len(given["trips"]["way"]) == 6


def test_no_two_statistics_of_a_proposed_group_agree() -> None:
    ((given, _),) = proposed(of_the_group)
    trips = pd.DataFrame(given["trips"])
    assert trips.duplicated().any()
    group = max((rows["way"] for _, rows in trips.groupby("driver")), key=len)
    told = [group.mean(), (group.min() + group.max()) / 2, group.drop_duplicates().mean()]
    told += [group.min(), group.max(), group.iloc[0], group.iloc[-1]]
    assert len(group) >= 3
    assert trips["driver"].nunique() == 2
    assert len({round(float(value), 6) for value in told}) == len(told)
    # Of five values the median is one of them, but neither the least nor the greatest.
    assert round(float(group.median()), 6) not in {round(float(value), 6) for value in told[:5]}


@feature(rows="any")
def far_share(trips: Trips, far: Threshold[Km]) -> Annotated[float, Unit("1")]:
    return float((trips["way"] > far).mean())


def test_a_proposed_table_has_values_at_the_threshold_and_on_both_sides() -> None:
    ((given, result),) = proposed(far_share)
    ways, far = np.array(given["trips"]["way"]), given["far"]
    assert (ways < far).any()
    assert (ways == far).any()
    assert (ways > far).any()
    assert result not in (0, 1)


def test_a_proposed_call_lies_at_the_threshold_beside_one_of_each_answer() -> None:
    def is_far_or_long(way: Km, far: Threshold[Km], time: Minutes) -> int:
        return int(way >= far) + int(time > 60.0)

    calls = proposed(is_far_or_long)
    assert 1 < len(calls) <= 3
    assert len({result for _, result in calls}) > 1
    assert any(given["way"] == given["far"] for given, _ in calls)


@feature(rows="each", fit="train")
def beyond_the_driver(train: Trips, trips: Trips) -> Way:
    means = train.groupby("driver")["way"].mean()
    return trips["way"] - trips["driver"].map(means).fillna(train["way"].mean())


def test_a_proposed_table_scores_a_key_that_was_never_learnt() -> None:
    ((given, _),) = proposed(beyond_the_driver)
    train, trips = given["train"], given["trips"]
    assert len(trips["way"]) <= 6
    assert len(train["way"]) <= 6
    assert set(trips["driver"]) - set(train["driver"])
    assert set(trips["driver"]) & set(train["driver"])


@feature(rows="each")
def at_the_weekend(trips: Trips) -> Annotated[NDArray[np.bool_], BINARY]:
    return (trips["began"].dt.dayofweek >= 5).to_numpy()


def test_proposed_times_lie_on_weekdays_and_weekends_in_summer_and_winter() -> None:
    ((given, result),) = proposed(at_the_weekend)
    began = given["trips"]["began"]
    assert {moment.month for moment in began} == {5, 6, 11}
    assert {moment.weekday() >= 5 for moment in began} == {True, False}
    assert set(map(bool, result)) == {True, False}


@feature(rows="each")
def on_holiday(
    trips: Trips, holidays: tuple[dt.date, ...] = (dt.date(2024, 12, 25), dt.date(2024, 7, 4))
) -> Annotated[NDArray[np.bool_], BINARY]:
    return trips["began"].dt.date.isin(holidays).to_numpy()


def test_proposed_times_lie_on_a_day_that_a_default_names() -> None:
    ((given, result),) = proposed(on_holiday)
    assert {moment.date() for moment in given["trips"]["began"]} >= {dt.date(2024, 7, 4)}
    assert set(map(bool, result)) == {True, False}


class Stay(FeatureSchema, key=("guest", "night")):
    """A night of a guest, and what was paid for it."""

    guest: str
    night: dt.datetime
    paid: Annotated[float, Unit("EUR")] = field(ge=0)


@feature(rows="any", scope=Group("guest"))
def mean_paid(stays: Annotated[pd.DataFrame, Stay]) -> Annotated["pd.Series[float]", Unit("EUR")]:
    return stays.groupby("guest")["paid"].median()


def test_a_proposed_table_keeps_its_key_and_repeats_a_value_instead_of_a_row() -> None:
    ((given, _),) = proposed(mean_paid)
    stays = pd.DataFrame(given["stays"])
    assert len(stays) == 6
    assert stays.duplicated(["guest", "paid"]).sum() == 1


def test_an_example_determines_and_a_weak_one_does_not() -> None:
    cases = [
        ({"trips": {"way": [10.0, 20.0, 60.0]}}, 30.0, "a worked example", ""),
        ({"trips": {"way": [10.0]}}, 10.0, "", "one row cannot tell"),
        ({"trips": {"way": [10.0, 10.0, 10.0]}}, 10.0, "", "equal values cannot tell"),
        ({"trips": {"way": [1.0, 0.5, 0.0]}}, 0.5, "a worked example", ""),
    ]
    for given, result, by, weak in cases:

        @feature(rows="any", examples=[(given, result)])
        def mean_of_ways(trips: Trips) -> Km:
            return float(trips["way"].mean())

        (found,) = check_laws(mean_of_ways).determinacy
        assert found.by == by
        assert weak in found.weak
        if weak:
            assert f"the example is weak: {weak}" in check_laws(mean_of_ways).request


def test_an_example_of_noughts_and_ones_is_weak() -> None:
    @feature(examples=[((1.0, 1.0), 1.0)])
    def longer(way: Km, other: Km) -> Km:
        return max(way, other)

    (found,) = check_laws(longer).determinacy
    assert "values of 0 and 1" in found.weak


def test_an_example_whose_results_are_all_the_same_is_weak() -> None:
    table = {"way": [5.0, 7.0, 11.0], "time": [1.0, 2.0, 3.0]}

    @feature(rows="each", examples=[(({"way": [3.0, 3.0, 3.0]}, 5.0), [0.0, 0.0, 0.0])])
    def beyond(trips: Trips, least: Km) -> Way:
        return (trips["way"] - least).clip(lower=0.0)

    @feature(rows="each", examples=[((table, 5.0), [0.0, 2.0, 6.0])])
    def told(trips: Trips, least: Km) -> Way:
        return (trips["way"] - least).clip(lower=0.0)

    (found,) = check_laws(beyond).determinacy
    assert "results that are all the same" in found.weak
    assert check_laws(told).undetermined == ()


def test_an_example_whose_results_are_those_of_a_column_is_weak() -> None:
    @feature(rows="each", examples=[(({"way": [3.0, 5.0, 8.0]}, 2.0), [3.0, 5.0, 8.0])])
    def at_least(trips: Trips, least: Km) -> Way:
        return trips["way"].clip(lower=least)

    @feature(rows="each", examples=[(({"way": [3.0, 5.0, 8.0]}, 4.0), [4.0, 5.0, 8.0])])
    def told(trips: Trips, least: Km) -> Way:
        return trips["way"].clip(lower=least)

    @feature(rows="each", examples=[({"trips": {"driver": ["A0", "B1"]}}, ["A0", "B1"])])
    def copied(trips: Trips) -> Annotated["pd.Series[str]", CATEGORY]:
        return trips["driver"]

    (found,) = check_laws(at_least).determinacy
    assert found.weak == "results that are the values of `way` tell no formula from a copy"
    assert check_laws(told).undetermined == ()
    assert check_laws(copied).undetermined == ()


@pytest.mark.parametrize("given", [right_settings.way_of_guests, right_optional.ways_between])
def test_the_results_of_a_proposed_table_are_not_those_of_a_column(given: Any) -> None:
    ((table, result),) = proposed(given)
    assert list(result) != table["people"]["way"]


def test_a_proposed_number_is_no_negative_nought() -> None:
    assert _written([-0.0, 2.5]) == "[0.0, 2.5]"


def test_what_is_proposed_is_code() -> None:
    given = {"day": [dt.date(2024, 7, 4), None], "far": (math.inf, -math.inf), "text": "datetime.date"}
    written = _written(given)
    assert "[dt.date(2024, 7, 4), None]" in written
    assert eval(written, {"dt": dt}) == given


class Beginning(FeatureSchema):
    """When somebody left."""

    began: dt.datetime


@feature(rows="each")
def as_nanoseconds(trips: Trips) -> Annotated[pd.DataFrame, Beginning]:
    return trips[["began"]].astype("datetime64[ns]")


def test_a_moment_that_is_handed_through_more_finely_is_a_copy() -> None:
    report = check_laws(as_nanoseconds, tables=4)
    assert report.ok
    assert determined(report) == {"began": "the column `began`, handed through"}


def test_only_an_example_at_the_threshold_tells_its_side() -> None:
    cases = [
        ((12.0, 10.0), True, "", "the example is weak: no `way` of it is at the threshold"),
        ((10.0, 10.0), True, "a worked example", ""),
    ]
    for (way, far), result, by, weak in cases:

        @feature(examples=[((way, far), result)])
        def far_away(way: Km, far: Threshold[Km]) -> bool:
            return way >= far

        report = check_laws(far_away)
        assert [each.by for each in report.determinacy] == [by]
        assert weak in report.request
    assert "on which side of the decision the threshold itself is" in check_laws(is_far).request


def test_the_default_of_a_threshold_is_one_that_an_example_may_lie_at() -> None:
    @feature(examples=[({"way": 10.0}, True)])
    def far_away(way: Km, far: Threshold[Km] = 10.0) -> bool:
        return way >= far

    assert check_laws(far_away).undetermined == ()


@feature(rows="each")
def both_ways(there: Kms, back: Kms) -> Kms:
    return np.stack([there, back], axis=1)


def test_the_columns_of_an_array_are_told_apart_by_an_example_only() -> None:
    report = check_laws(both_ways)
    assert [each.by for each in report.determinacy] == ["", ""]
    assert "no law tells one column of this array from another" in report.request


Gigawatts = Annotated[float, Unit("gigawatt*hour/year")]
Megawatts = Annotated[float, Unit("megawatt")]


def power_of_a_common_year(generation: Gigawatts) -> Megawatts:
    return generation * 1000 / 8760


def power(generation: Gigawatts) -> Megawatts:
    return generation * 1000 / 8766


def way_by_few_digits(way: Km) -> Miles:
    return way / 1.609


@feature(coefficient=365.25 / 365)
def power_as_it_is_the_custom(generation: Gigawatts) -> Megawatts:
    return generation * 1000 / 8760


@pytest.mark.parametrize(
    ("given", "untold"),
    [
        (power_of_a_common_year, "1.000685 times its coherent value from that value (365 days for a year of"),
        (way_by_few_digits, "1.000214 times its coherent value from that value (a constant of few digits?)"),
        (power, ""),
        (power_as_it_is_the_custom, ""),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_coefficient_that_is_nearly_right_is_no_breach_and_not_determined(given: Any, untold: str) -> None:
    report = check_laws(given)
    assert report.ok, str(report)
    assert untold in report.request
    assert [each.is_determined for each in report.determinacy] == [not untold]


def test_one_strong_example_is_enough() -> None:
    @feature(examples=[((1.0, 1.0), 1.0), ((3.0, 5.0), 5.0)])
    def longer(way: Km, other: Km) -> Km:
        return max(way, other)

    assert check_laws(longer).undetermined == ()


def test_nothing_is_asked_of_what_breaks_a_law_or_was_tried_in_part() -> None:
    def wrong(way: Miles, time: Minutes) -> Mph:
        return way / time

    assert check_laws(wrong).determinacy == ()
    assert check_laws(mean_way, only=["scale"]).determinacy == ()


class Place(FeatureSchema):
    """Two places."""

    lat1: Latitude
    lon1: Longitude
    lat2: Latitude
    lon2: Longitude


@feature(rows="each")
def apart(places: Annotated[pd.DataFrame, Place]) -> Kms:
    north = np.radians(places["lat2"] - places["lat1"])
    east = np.radians(places["lon2"])
    return (6371.0 * np.hypot(north, east)).to_numpy()


class Lab(FeatureSchema):
    """What was found in a patient."""

    patient: str
    taken: dt.datetime
    found: Annotated[float, Unit("mg/L")]


class Visit(FeatureSchema):
    """A visit of a patient."""

    patient: str
    came: dt.datetime


@feature(rows="each", asof={"labs": "taken"})
def last_found(
    visits: Annotated[pd.DataFrame, Visit], labs: Annotated[pd.DataFrame, Lab]
) -> Annotated["pd.Series[float]", Unit("mg/L")]:
    left = visits[["came"]].sort_values("came")
    labs = labs[["taken", "found"]].sort_values(["taken", "found"])
    found = pd.merge_asof(left, labs, left_on="came", right_on="taken")["found"]
    return found.set_axis(left.index).reindex(visits.index)


class Leg(FeatureSchema):
    """A way that somebody went."""

    who: Category
    way: Km


Legs = Annotated[pd.DataFrame, Leg]


@feature(rows="each")
def no_longer_than_another(legs: Legs, others: Legs | None = None) -> Way:
    most = others["way"].max() if others is not None and len(others) else None
    return legs["way"].clip(upper=most)


def farther(way: Km, other: Km, people: Annotated[float, Unit("1")]) -> Km:
    return max(way, other)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (apart, ["lon1"]),
        (last_found, ["patient", "labs.patient"]),
        (farther, ["people"]),
        (no_longer_than_another, ["who", "others.who"]),
        (is_far, []),
        (mean_way, []),
        (of_the_group, []),
        (beyond_the_driver, []),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_declared_and_never_matters_is_noted(given: Any, names: list[str]) -> None:
    from typedml.laws.catalogue import CATALOGUE
    from typedml.laws.check import declaration_of, run_of
    from typedml.laws.effort import EFFORTS
    from typedml.laws.unread import unread

    run = run_of(declaration_of(given), given, EFFORTS["quick"])
    assert not isinstance(run, LawReport)
    run.report(CATALOGUE)
    before = run.feature.calls
    told = list(unread(run.feature, run.cases))
    assert [note.split("`")[1] for note in told] == names
    assert run.feature.calls <= before + max(before // 25, 0 if run.cases[0].tabular else 80)
    assert all("never mattered to a result" in note for note in told)
    if check_laws(given).ok:
        assert set(told) <= set(check_laws(given).notes)


class Measured(FeatureSchema):
    """What may be missing of somebody."""

    pulse: Annotated[float, Unit("1/minute")] | None
    weight: Annotated[float, Unit("kg")] | None


Measures = Annotated[pd.DataFrame, Measured]


@feature(rows="each", fit="train", nulls="handle")
def weights(
    train: Measures, rows: Measures, default: Annotated[float, Unit("kg")] = 70.0
) -> Annotated["pd.Series[float]", Unit("kg")]:
    known = train["weight"].dropna()
    return rows["weight"].fillna(known.median() if len(known) else default)


@feature(rows="each", nulls="handle")
def weights_as_they_are(
    rows: Measures, default: Annotated[float, Unit("kg")] = 70.0
) -> Annotated["pd.Series[float] | None", Unit("kg")]:
    return rows["weight"]


@feature(rows="each", nulls="propagate")
def heavy(
    rows: Measures, cut: Threshold[Annotated[float, Unit("kg")]] = 100.0
) -> Annotated["pd.Series[float] | None", BINARY]:
    return (rows["weight"] > cut).astype(float).where(rows["weight"].notna())


def test_a_proposed_example_shows_what_is_filled_of_what_is_read() -> None:
    ((given, _),) = proposed(weights)
    assert None in given["rows"]["weight"]


def test_a_gap_in_a_proposed_example_leaves_the_threshold() -> None:
    ((given, _),) = proposed(heavy)
    assert None in given["rows"]["weight"]
    assert given["cut"] in given["rows"]["weight"]


def test_a_parameter_that_stands_in_for_what_is_not_there_matters() -> None:
    assert not [note for note in check_laws(weights).notes if "never mattered" in note]
    assert [note for note in check_laws(weights_as_they_are).notes if "`default`" in note]


def test_what_is_filled_is_not_determined_by_what_is_there() -> None:
    assert determined(check_laws(weights)) == {"weights": ""}
