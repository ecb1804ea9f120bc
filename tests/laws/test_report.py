"""What the report says besides failures: what ran, what could not run and for want of which word, notes."""

import random
import sys
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from tests.laws.right_days import degree_days, used_a_day
from tests.laws.right_features import Flight, Km, Miles, Minutes, Mph, ground_speed, late_share
from tests.laws.wrong_features import late_by_hidden_limit, noisy, padded, speed_per_minute
from tests.laws.wrong_learning import scaled_by_all
from typedml import Celsius, FeatureSchema, Probability, Unit, feature, field
from typedml.errors import DeclarationError
from typedml.laws import LawBroken, LawReport, check_laws, laws_of


def wanting(report: LawReport) -> dict[str, str]:
    return {skipped.law: skipped.wanting for skipped in report.skipped}


def test_a_report_is_true_where_no_law_is_broken() -> None:
    assert check_laws(ground_speed)
    assert not check_laws(speed_per_minute)


def test_the_law_that_names_a_mistake_is_told_before_those_that_many_mistakes_break() -> None:
    broken = [failure.law for failure in check_laws(scaled_by_all).failures]
    assert broken[0] == "fit"
    assert {"local", "chunk"} <= set(broken[1:])


def test_a_report_names_the_law_and_the_number_of_tables() -> None:
    tables = {c.law: c.tables for c in check_laws(late_share, tables=5).checked}
    assert {"call": 5, "frame": 5, "scale": 5, "permute": 5, "range": 4}.items() <= tables.items()


def test_a_feature_without_units_says_which_word_is_wanting() -> None:
    def area(width: float, height: float) -> float:
        return width * height

    words = {
        "scale": "a unit or kind of the result",
        "coherent": "a unit of the result",
        "period": "an angle or a cyclic kind",
        "permute": "a table",
        "range": "a kind with a range, or a rule, on the result",
    }
    assert words.items() <= wanting(check_laws(area)).items()


@pytest.mark.parametrize("feature", [degree_days, used_a_day])
def test_scale_is_not_said_to_hold_where_days_are_counted_and_time_was_not_judged(feature: Any) -> None:
    report = check_laws(feature, only="scale")
    assert not report.checked
    assert wanting(report)["scale"] == "inputs that scale (`read` is a point)"


def test_a_number_without_a_unit_that_matters_is_the_wanting_word() -> None:
    def in_kilometres(distance: Miles, factor: float) -> Km:
        return distance + factor

    assert wanting(check_laws(in_kilometres))["scale"] == "a unit or kind of `factor`"


def test_a_number_without_a_unit_that_does_not_matter_hinders_nothing() -> None:
    def plus_five(distance: Miles, factor: float) -> Miles:
        return distance + 5

    assert [failure.law for failure in check_laws(plus_five).failures] == ["scale"]


def test_what_was_not_tried_is_not_fine() -> None:
    report = check_laws(ground_speed, only=["permute"])
    assert not report
    assert report.unchecked == "no law was checked: it wants a table"
    cut = check_laws(ground_speed, budget=1e-9)
    assert not cut.ok
    assert "the budget of 1e-09 s was spent" in cut.unchecked
    assert check_laws(ground_speed).unchecked == check_laws(speed_per_minute).unchecked == ""


def test_rows_whose_order_nobody_declared_are_not_permuted() -> None:
    def first_delay(flights: Annotated[pd.DataFrame, Flight]) -> Minutes:
        return float(flights["arr_delay"].iloc[0])

    assert "rows=" in wanting(check_laws(first_delay))["permute"]


def test_a_parameter_that_nothing_can_fill_is_named() -> None:
    class Model:
        pass

    def predict(model: Model, x: Km) -> Probability:
        return 0.5

    report = check_laws(predict)
    assert not report.ok
    assert report.checked == ()
    assert report.failures == ()
    assert "a type for `model`" in report.unchecked
    assert "cannot be judged" in str(report)
    assert "`model`" in wanting(report)["scale"]


def test_a_frame_without_a_schema_is_named() -> None:
    def count(frame: pd.DataFrame) -> int:
        return len(frame)

    assert "`frame`" in wanting(check_laws(count))["call"]


def test_rules_that_no_row_keeps_are_reported() -> None:
    class Narrow(FeatureSchema):
        key: str = field(pattern=r"^(a|b)$", unique=True)

    def count(frame: Annotated[pd.DataFrame, Narrow]) -> int:
        return len(frame)

    assert "different texts for `key`" in wanting(check_laws(count))["call"]


def test_a_waived_law_is_skipped_with_its_reason() -> None:
    @feature(waive={"scale": "the regulation says fifteen minutes"})
    def late(delay: Minutes) -> bool:
        return delay > 15

    report = check_laws(late)
    assert report.ok
    assert wanting(report)["scale"] == "waived: the regulation says fifteen minutes"
    assert not check_laws(late_by_hidden_limit).ok


def test_a_pinned_dimension_is_not_scaled() -> None:
    @feature(pinned=["s"])
    def late(delay: Minutes) -> bool:
        return delay > 15

    assert "pinned" in wanting(check_laws(late))["scale"]


def test_a_declared_coefficient_is_required() -> None:
    @feature(coefficient=0.5)
    def half(x: Km) -> Km:
        return x

    assert [failure.law for failure in check_laws(half).failures] == ["coherent"]


def test_a_random_feature_is_asked_nothing_else() -> None:
    report = check_laws(noisy)
    assert [failure.law for failure in report.failures] == ["frame"]
    assert wanting(report)["scale"] == "the same result for the same input"


def test_what_a_feature_prints_is_held_back_and_noted(capsys: pytest.CaptureFixture[str]) -> None:
    def loud(x: Km) -> Km:
        sys.stdout.write("working on it\n")
        return x

    report = check_laws(loud)
    assert report.ok
    assert report.notes == ("it prints to standard output: 'working on it'",)
    assert capsys.readouterr().out == ""


def test_a_feature_that_always_raises_is_named_and_not_a_crash() -> None:
    def broken(x: Km) -> Km:
        raise RuntimeError("no\nlonger")

    (failure,) = check_laws(broken).failures
    assert failure.law == "call"
    assert "RuntimeError: no" in failure.message


def test_the_same_seed_gives_the_same_report_and_another_seed_other_tables() -> None:
    assert str(check_laws(padded, seed=3)) == str(check_laws(padded, seed=3))
    seen: list[list[float]] = [[], []]
    for seed in (0, 1):

        def watching(x: Annotated[NDArray[np.float64], Unit("km")], _seed: int = seed) -> Km:
            seen[_seed].append(float(x[0]))
            return float(x[0])

        check_laws(watching, seed=seed)
    assert seen[0] != seen[1]


def test_the_state_of_the_global_generators_is_left_alone() -> None:
    state, legacy = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    check_laws(ground_speed)
    assert random.getstate() == state
    assert np.random.get_state()[1].tolist() == legacy  # type: ignore[index]


def test_laws_of_gives_a_parameter_for_each_law_of_each_feature() -> None:
    names = [str(parameter.id) for parameter in laws_of(ground_speed, late_share)]
    assert {"ground_speed-call", "ground_speed-coherent", "late_share-permute", "late_share-range"} <= set(
        names
    )
    assert "ground_speed-permute" not in names
    assert len(set(names)) == len(names)


def test_features_of_one_name_are_told_apart() -> None:
    def ground_speed(distance: Miles) -> Miles:
        return distance

    ids = [parameter.id for parameter in laws_of(globals()["ground_speed"], ground_speed, ground_speed)]
    here = f"{__name__}.ground_speed"
    named = [name for name in ids if name.endswith("-call")]
    assert named == ["tests.laws.right_features.ground_speed-call", f"{here}.1-call", f"{here}.2-call"]


def test_tests_of_a_feature_share_what_it_returned() -> None:
    calls: list[float] = []

    def halved(x: Km) -> Km:
        calls.append(x)
        return 0.5 * x

    alone = check_laws(halved, only=["scale"]).calls
    calls.clear()
    for parameter in laws_of(halved, tables=8):
        law, feature = parameter.values
        if law.law == "scale":
            law(feature)
            law(feature)
    assert len(calls) < 2 * alone


def test_no_tables_are_refused_for_tests_too() -> None:
    with pytest.raises(DeclarationError, match="laws_of\\(tables=0\\)"):
        laws_of(ground_speed, tables=0)


def test_a_law_that_could_not_be_judged_skips_its_test() -> None:
    def in_kilometres(distance: Miles, factor: float) -> Km:
        return distance + factor

    scale = next(p for p in laws_of(in_kilometres) if p.id.endswith("-scale"))
    law, feature = scale.values
    with pytest.raises(pytest.skip.Exception, match="scale wants a unit or kind of `factor`"):
        law(feature)


@pytest.mark.parametrize(("law", "feature"), laws_of(ground_speed, late_share))
def test_laws_of_parametrises_tests(law: Any, feature: Any) -> None:
    law(feature)


def test_a_law_of_a_wrong_feature_fails_its_test() -> None:
    coherent = next(p for p in laws_of(speed_per_minute) if p.id.endswith("coherent"))
    law, wrong = coherent.values
    with pytest.raises(LawBroken, match="minute -> hour"):
        law(wrong)


@pytest.mark.parametrize("given", [3, Flight, "speed"])
def test_what_is_no_function_is_refused_with_a_hint(given: Any) -> None:
    with pytest.raises(DeclarationError, match="Hint: "):
        check_laws(given)


def test_functions_that_await_or_yield_are_refused() -> None:
    async def awaiting(x: Km) -> Km:
        return x

    def yielding(x: Km) -> Any:
        yield x

    for given in (awaiting, yielding):
        with pytest.raises(DeclarationError, match="awaits or yields"):
            check_laws(given)


def test_what_overflows_or_never_ends_is_named() -> None:
    def overflowing(x: Km) -> Km:
        return 10.0**400 * x

    def endless(x: Km) -> Km:
        return endless(x)

    for wrong, word in ((overflowing, "OverflowError"), (endless, "RecursionError")):
        assert word in check_laws(wrong).failures[0].message


def test_no_tables_are_refused() -> None:
    with pytest.raises(DeclarationError, match="tables=0"):
        check_laws(ground_speed, tables=0)


def test_positional_only_and_variadic_parameters_are_called_rightly() -> None:
    def speed(distance: Miles, hours: Annotated[float, Unit("hour")], /, *rest: float, **more: float) -> Mph:
        return distance / hours

    assert {"call", "frame", "scale", "coherent"} <= {c.law for c in check_laws(speed).checked}


def test_what_hangs_on_one_point_alone_is_not_said_to_hold_of_points_that_move() -> None:
    def comfort(temperature: Celsius) -> Annotated[float, Unit("1")]:
        return temperature / 10

    def hot(temperature: Celsius) -> bool:
        return temperature > 30

    for lone in (comfort, hot):
        assert "one point alone is let pass" in wanting(check_laws(lone))["shift"]
