"""The law `call` looks at what comes back: its plain type, and whether there is a value at all."""

import itertools
import math
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from tests.laws.right_features import Flight, Km
from tests.laws.right_optional import Kms
from tests.laws.right_settings import People, share_weighted
from typedml import ClockHHMM, Count, FeatureSchema, Identifier, Probability, Unit, feature
from typedml.laws import check_laws, storage
from typedml.laws.check import declaration_of
from typedml.laws.generate import cases
from typedml.laws.inputs import inputs_of


def returning(value: object) -> Any:
    """A function of a distance that always returns `value`."""

    def distance(d: Km) -> Km:
        return value  # type: ignore[return-value]

    return distance


@pytest.mark.parametrize(
    ("value", "word"), [("a", "str"), (True, "bool"), (object(), "object"), (1j, "complex")]
)
def test_a_result_of_another_type_than_declared_breaks_the_law_call(value: object, word: str) -> None:
    report = check_laws(returning(value))
    assert [failure.law for failure in report.failures] == ["call"]
    assert f" {word} where float is declared" in report.failures[0].message


def test_a_number_where_text_or_a_truth_value_is_declared_breaks_the_law_call() -> None:
    def name(d: Km) -> str:
        return d  # type: ignore[return-value]

    def far(d: Km) -> bool:
        return d  # type: ignore[return-value]

    assert [failure.law for failure in check_laws(name).failures] == ["call"]
    assert [failure.law for failure in check_laws(far).failures] == ["call"]


def test_a_fraction_where_a_whole_number_is_declared_breaks_the_law_call() -> None:
    def whole(d: Km) -> int:
        return 2.5  # type: ignore[return-value]

    assert "call" in [failure.law for failure in check_laws(whole).failures]


def test_texts_in_a_series_of_numbers_break_the_law_call() -> None:
    def texts(flights: Annotated[pd.DataFrame, Flight]) -> Annotated["pd.Series[float]", Unit("km")]:
        words: Any = pd.Series(["a"] * len(flights), index=flights.index)
        return words

    assert "call" in [failure.law for failure in check_laws(texts).failures]


def test_whole_numbers_and_numpy_scalars_are_floats_too() -> None:
    assert "call" not in {failure.law for failure in check_laws(returning(3)).failures}

    def share(p: Probability) -> Probability:
        rest: Any = np.float64(1 - p)
        return rest

    assert check_laws(share).ok


def test_a_result_that_is_always_nan_breaks_the_law_call() -> None:
    report = check_laws(returning(math.nan))
    assert [failure.law for failure in report.failures] == ["call"]
    assert "missing" in report.failures[0].message


def test_a_result_that_is_sometimes_nan_is_left_to_its_author() -> None:
    def far(d: Km) -> Km:
        return d if d > 1 else math.nan

    assert "call" not in [failure.law for failure in check_laws(far).failures]


def test_a_nullable_result_that_is_never_there_is_not_called_checked() -> None:
    def nothing(d: Km) -> Km | None:
        return None

    report = check_laws(nothing)
    assert not report.ok
    assert not report.failures
    assert "call" not in {checked.law for checked in report.checked}
    assert {skipped.law for skipped in report.skipped} >= {"call", "scale"}


def test_a_sum_whose_terms_are_taken_in_another_order_is_the_same_result() -> None:
    order = itertools.cycle((1, -1))

    def travelled(legs: Annotated[NDArray[np.float64], Unit("mile")]) -> Annotated[float, Unit("mile")]:
        """Add as threads do: in whatever order they come to an end."""
        return float(sum((legs / 3)[:: next(order)].tolist()))

    report = check_laws(feature(rows="any", coefficient=1 / 3)(travelled), only=["call", "frame"])
    assert report.ok, str(report)


@pytest.mark.parametrize("there", [True, False])
def test_columns_of_arrow_are_tried_where_arrow_is_there(
    there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def km(way: Annotated[pd.Series, Unit("m")]) -> Annotated[pd.Series, Unit("km")]:
        return way / 1000

    monkeypatch.setattr(storage, "find_spec", lambda name: object() if there else None)
    declared = declaration_of(km)
    case = next(c for c in cases(inputs_of(declared), tables=8, seed=0) if c.rows > 1)
    arrow = next(each for each in storage.STORAGES if each.needs == "pyarrow")
    assert (storage.stored(declared, case, arrow) is not None) == there


def test_what_is_missing_in_a_series_though_all_inputs_are_there_is_noted() -> None:
    def share_of_wait(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[pd.Series, Probability]:
        delay = flights["arr_delay"]
        return (delay / delay.max()).where(delay > delay.mean()).abs().clip(0, 1)

    @feature(nulls="handle")
    def meant(flights: Annotated[pd.DataFrame, Flight]) -> Annotated[pd.Series, Probability]:
        return share_of_wait(flights)

    (note,) = check_laws(share_of_wait).notes
    assert "`share_of_wait` has missing values in" in note
    assert 'nulls="propagate"' in note
    assert check_laws(meant).notes == ()


Distance = Annotated[float, Unit("km")]


class Nothing(FeatureSchema):
    """A table of which nothing is declared."""


def first_of_first(ways: list[list[Distance]]) -> Distance:
    return ways[0][0]


def total(*ways: Distance) -> Distance:
    return sum(ways)


def how_many(rows: Annotated[pd.DataFrame, Nothing]) -> Count:
    return len(rows)


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (first_of_first, "a type for `ways` that can be generated"),
        (total, "a parameter with a name of its own in the place of `*ways: "),
        (how_many, "a column in the schema of `rows`"),
    ],
)
def test_what_cannot_be_filled_is_wanting_and_not_left_out(function: Any, word: str) -> None:
    report = check_laws(function)
    assert report.failures == ()
    assert report.checked == ()
    assert word in report.skipped[0].wanting


def test_a_clock_time_is_no_time_that_scales() -> None:
    def minutes(clock: ClockHHMM, taxi: Annotated[float, Unit("minute")]) -> Annotated[float, Unit("minute")]:
        return (clock // 100) * 60 + clock % 100 + taxi

    report = check_laws(minutes)
    assert report.failures == (), str(report)
    assert "inputs that scale (`clock` is a point)" in str(report)


class Legs(FeatureSchema):
    """Two ways, one after the other."""

    first: Km
    second: Km


Of_Legs = Annotated[pd.DataFrame, Legs]
Km_Array = Annotated[NDArray[np.float64], Unit("km")]
Ohm = Annotated[float, Unit("ohm")]
Impedance = Annotated[complex, Unit("ohm")]


def test_a_frame_with_a_column_twice_breaks_the_law_call() -> None:
    @feature(rows="each")
    def twice(legs: Of_Legs) -> Of_Legs:
        return pd.concat([legs, legs], axis=1)

    (failure,) = check_laws(twice).failures
    assert (failure.law, "a frame with column 'first' more than once" in failure.message) == ("call", True)


def test_objects_in_an_array_of_lengths_break_the_law_call() -> None:
    @feature(rows="each")
    def objects(legs: Of_Legs) -> Km_Array:
        return np.array([object() for _ in range(len(legs))])

    (failure,) = check_laws(objects).failures
    assert (failure.law, "an object in `objects` where float" in failure.message) == ("call", True)


def test_objects_may_be_names() -> None:
    @feature(rows="each")
    def names(legs: Of_Legs) -> Annotated[NDArray[Any], Identifier]:
        return np.array([("leg", place) for place in range(len(legs))] + [None], dtype=object)[:-1]

    assert "call" not in [failure.law for failure in check_laws(names, only=["call"]).failures]


def test_complex_numbers_are_judged_by_their_parts() -> None:
    @feature(examples=[((3.0, 4.0), 3 + 4j)])
    def impedance(resistance: Ohm, reactance: Ohm) -> Impedance:
        return resistance + 1j * reactance

    def squared(resistance: Ohm, reactance: Ohm) -> Impedance:
        return complex(resistance, reactance * reactance)

    report = check_laws(impedance)
    assert report.ok, str(report)
    assert {"scale", "anchor", "dtype"} <= {law.law for law in report.checked}
    assert "`squared.imag`" in check_laws(squared, only=["scale"]).failures[0].message


def test_a_wrong_part_is_found_by_an_example() -> None:
    @feature(examples=[((3.0, 4.0), 3 - 4j)])
    def impedance(resistance: Ohm, reactance: Ohm) -> Impedance:
        return complex(resistance, reactance)

    assert [failure.law for failure in check_laws(impedance, only=["anchor"]).failures] == ["anchor"]


def test_an_array_of_several_values_for_each_row_is_noted() -> None:
    @feature(rows="each")
    def both(legs: Of_Legs) -> Km_Array:
        return legs[["first", "second"]].to_numpy()

    @feature(rows="each")
    def apart(legs: Of_Legs) -> tuple[Km_Array, Km_Array]:
        return legs["first"].to_numpy(), legs["second"].to_numpy()

    report = check_laws(both)
    assert report.ok, str(report)
    assert ["`both` returns 2 values for each row" in note for note in report.notes] == [True]
    assert check_laws(apart).notes == ()


def test_an_array_beside_a_frame_that_is_taken_for_values_of_its_own_is_noted() -> None:
    @feature(rows="each")
    def less_the_usual(people: People, usual: Annotated[np.ndarray, Unit("km")]) -> Kms:
        return people["way"] + usual.mean()

    @feature(rows="each")
    def of_a_series(people: People, usual: Kms) -> Kms:
        return people["way"] + usual

    @feature(rows="each")
    def leaking(people: People, usual: Kms) -> Kms:
        return people["way"] + usual.mean()

    (note,) = check_laws(less_the_usual).notes
    assert note.startswith("`usual` was taken for values of its own, as `less_the_usual` answers for other")
    assert check_laws(of_a_series).notes == check_laws(share_weighted).notes == ()
    assert {"local", "chunk"} <= {failure.law for failure in check_laws(leaking).failures}
