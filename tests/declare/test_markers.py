"""Markers: what they mean together, what they refuse, and how they check a value."""

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, get_args

import numpy as np
import pandas as pd
import polars as pl
import pytest

import typedml as t
from typedml.declare.metadata import claim_of, meaning_of

NAN = float("nan")


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        (Annotated[float, t.Unit("mile/hour")], "mile/hour"),
        (t.Probability, "Probability"),
        (t.Threshold[t.Probability], "Threshold[Probability]"),
        (Annotated[int, t.COUNT, t.Unit("click")], "Count, click"),
        (Annotated[t.Money, t.Unit("USD")], "Money, USD"),
        (Annotated[t.Duration, t.Unit("minute")], "Duration, minute"),
        (Annotated[t.Probability, t.SIMPLEX], "Simplex"),
        (Annotated[t.Simplex, t.PROBABILITY], "Simplex"),
        (t.Target[t.Probability], "Probability, Target"),
        (Annotated[float, t.UnitVar("U") ** 2], "'U**2"),
        (Annotated[float, "prose", 3, t.Unit("km")], "km"),
        (t.EpochMillis, "EpochMillis"),
    ],
)
def test_several_markers_make_one_meaning(declared: Any, shown: str) -> None:
    assert str(meaning_of(get_args(declared)[1:])) == shown


def test_metadata_without_markers_means_nothing() -> None:
    assert meaning_of(("prose", 3, None)) is None


def test_a_role_alone_is_no_meaning_but_a_role() -> None:
    assert meaning_of((t.TRAIN,)) is None
    assert claim_of((t.TRAIN, t.TARGET)).roles == {"Train", "Target"}
    assert claim_of((t.UNSPLIT, t.TARGET)).roles == {"Unsplit", "Target"}


@pytest.mark.parametrize(
    ("markers", "said", "code"),
    [
        ((t.Unit("km"), t.Unit("m")), 'both "km" and "m"', "typedml-kind"),
        ((t.COUNT, t.PROBABILITY), "both Count and Probability", "typedml-kind"),
        ((t.PROBABILITY, t.Unit("km")), 'Probability cannot be in "km"', "typedml-kind"),
        ((t.MONEY, t.Unit("km")), 'Money cannot be in "km"', "typedml-kind"),
        ((t.TRAIN, t.TEST), "both Test and Train", "typedml-role"),
        ((t.Unit,), "without saying which", "typedml-unread"),
    ],
)
def test_contradictory_markers_are_refused(markers: tuple[Any, ...], said: str, code: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        meaning_of(markers)
    assert caught.value.hint
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: t.Unit("mile/hour/kilomter"), "kilomter"),
        (lambda: t.Unit("km s"), "without an operator"),
        (lambda: t.Unit(3), "spelled as text"),  # type: ignore[arg-type]
        (lambda: t.Unit("'U"), "U"),
        (lambda: t.UnitVar("a b"), "not a name"),
        (lambda: 3 * t.Unit("km"), "does not multiply"),
        (lambda: 3 / t.Unit("km"), "does not multiply"),  # type: ignore[operator]
        (lambda: t.Unit("km") * 3, "is not a unit"),  # type: ignore[operator]
        (lambda: t.Unit("degC") * t.Unit("m"), "point on a scale"),
        (lambda: t.Unit("km") ** 1_000_000, "large"),
    ],
)
def test_what_is_no_unit_is_refused_with_a_hint(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        make()
    assert caught.value.hint


def test_the_place_of_a_mistake_is_pointed_at() -> None:
    with pytest.raises(t.DeclarationError, match=r"\n    mile / kilomter\n           \^"):
        t.Unit("mile / kilomter")


def test_a_unit_is_shown_as_written_whatever_equal_unit_was_annotated_before() -> None:
    shown = [repr(get_args(Annotated[float, t.Unit(text)])[1]) for text in ("hectopascal", "millibar")]
    assert shown == ['Unit("hectopascal")', 'Unit("millibar")']


def test_units_multiply_divide_and_take_roots() -> None:
    assert t.Unit("km") / t.Unit("hour") == t.Unit("kph")
    assert t.Unit("km") * t.Unit("km") == t.Unit("km**2")
    assert 1 / t.Unit("s") == t.Unit("Hz")
    assert t.Unit("m**2") ** 0.5 == t.Unit("m")
    assert t.Unit("km") != t.Unit("m")
    assert repr(t.UnitVar("U")) == 'UnitVar("U")'
    assert t.UnitVar("U").name == "U"


def test_markers_of_different_sorts_differ() -> None:
    assert t.PROBABILITY != t.PROPORTION
    assert t.Unit("1") != t.PROBABILITY
    assert t.THRESHOLD != t.TRAIN
    assert repr(t.PROBABILITY) == "PROBABILITY"
    assert repr(t.TRAIN) == "TRAIN"
    assert t.TRAIN.name == "Train"


@pytest.mark.parametrize(
    ("marker", "value"),
    [
        (t.PROBABILITY, 0.5),
        (t.PROBABILITY, 1),
        (t.PROBABILITY, np.float32(0.5)),
        (t.PROBABILITY, [0.1, 0.2]),
        (t.PROBABILITY, {"a": 0.1}),
        (t.PROBABILITY, np.array([[0.1], [1.0]])),
        (t.PROBABILITY, np.array(0.5)),
        (t.PROBABILITY, pd.Series([0.1, 1.0])),
        (t.PROBABILITY, pd.Series([], dtype=float)),
        (t.PROBABILITY, pd.Series([0.1], dtype="float64[pyarrow]")),
        (t.PROBABILITY, pd.Index([0.1])),
        (t.PROBABILITY, pl.Series([0.1, 1.0])),
        (t.PROBABILITY, pl.col("p")),
        (t.BINARY, True),
        (t.BINARY, np.array([True])),
        (t.COUNT, 3.0),
        (t.COUNT, np.array([1.0, 2.0])),
        (t.COUNT, pd.Series([1, 2], dtype="Int64")),
        (t.LOG_PROBABILITY, float("-inf")),
        (t.Unit("km"), NAN),
        (t.Unit("km"), Decimal(3)),
        (t.Unit("km"), Fraction(1, 3)),
        (t.Unit("km"), pd.Series([1.0, None])),
        (t.Unit("km"), pl.Series([1.0, None])),
        (t.CATEGORY, "EWR"),
        (t.CATEGORY, pd.Series(["a"]).astype("category")),
        (t.IDENTIFIER, pl.Series(["a"])),
        (t.LABEL, np.array(["a", "b"])),
        (t.TIMESTAMP, dt.datetime(2013, 1, 1)),
        (t.TIMESTAMP, pd.Series(pd.to_datetime(["2013-01-01"]))),
        (t.TIMESTAMP, np.array(["2013"], dtype="datetime64[s]")),
        (t.DATE, dt.date(2013, 1, 1)),
        (t.DURATION, dt.timedelta(1)),
        (t.DURATION, np.array([1], dtype="timedelta64[s]")),
        (t.THRESHOLD, 0.5),
        (t.TRAIN, pd.DataFrame()),
    ],
)
def test_a_marker_called_returns_its_argument_itself(marker: t.Unit, value: Any) -> None:
    assert marker(value) is value


@pytest.mark.parametrize(
    ("marker", "value", "said"),
    [
        (t.PROBABILITY, 1.5, r"1\.5 is outside of \[0, 1\]"),
        (t.PROBABILITY, NAN, "nan is missing"),
        (t.PROBABILITY, None, "None is missing"),
        (t.PROBABILITY, pd.NA, "is missing"),
        (t.PROBABILITY, "a", "'a' is a str"),
        (t.PROBABILITY, True, "True is a bool"),
        (t.PROBABILITY, object(), "is no value"),
        (t.PROBABILITY, np.float64(2), "outside"),
        (t.PROBABILITY, [0.5, 2], "2 at position 1 is outside"),
        (t.PROBABILITY, {"a": 2}, "2 at 'a' is outside"),
        (t.PROBABILITY, np.array([0.1, 2, 3]), r"2\.0 at position 1 .*\(2 values fail\)"),
        (t.PROBABILITY, np.array([0.1, NAN]), "position 1 is missing"),
        (t.PROBABILITY, np.array([NAN, 0.1, NAN]), "position 0 is missing, and 1 more are"),
        (t.PROBABILITY, np.array(["a"]), "an array of text"),
        (t.PROBABILITY, np.array(1.5), "outside"),
        (t.PROBABILITY, np.array([True]), "an array of truth values"),
        (t.PROBABILITY, np.array([1j]), "complex"),
        (t.PROBABILITY, pd.Series([0.1, 2]), "position 1"),
        (t.PROBABILITY, pd.Series([0.1, None]), "position 1 is missing"),
        (t.PROBABILITY, pd.Series(["a"]), "'a' at position 0 is a str"),
        (t.PROBABILITY, pl.Series([0.1, None, 2]), "position 1 is missing"),
        (t.PROBABILITY, pl.Series([0.1, NAN]), "position 1 is missing"),
        (t.PROBABILITY, pl.Series([0.1, 2]), "position 1"),
        (t.COUNT, pd.Series([1, None, -4], dtype="Int64"), "position 1 is missing"),
        (t.COUNT, -1, "outside"),
        (t.COUNT, 1.5, "not a whole number"),
        (t.COUNT, float("inf"), "not a whole number"),
        (t.COUNT, np.array([1.0, 1.5]), r"1\.5 at position 1 is not a whole"),
        (t.Unit("km"), "3", "'3' is a str"),
        (t.Unit("km"), None, "missing"),
        (t.Unit("km"), dt.timedelta(1), "timedelta"),
        (t.Unit("degC"), -300.0, "outside"),
        (t.TIMESTAMP, "2013", "'2013' is a str"),
        (t.EPOCH_SECONDS, dt.datetime(2013, 1, 1), "is a datetime"),
        (t.EPOCH_SECONDS, np.array(["2013"], dtype="datetime64[s]"), "datetimes"),
        (t.Unit("km"), np.array([1], dtype="timedelta64[s]"), "durations"),
    ],
)
def test_a_marker_called_refuses_what_it_does_not_describe(marker: t.Unit, value: Any, said: str) -> None:
    with pytest.raises(t.CheckError, match=said) as caught:
        marker(value)
    assert caught.value.hint
    assert caught.value.code == "typedml-value"


def test_a_percentage_is_recognised_in_the_hint() -> None:
    with pytest.raises(t.CheckError, match=r'convert\(x, "percent", "1"\)'):
        t.PROBABILITY(40.0)


@pytest.mark.parametrize("marker", [t.PROBABILITY, t.Unit("km/hour"), t.UnitVar("U"), t.THRESHOLD, t.TRAIN])
def test_a_marker_survives_copying_and_pickling(marker: Any) -> None:
    for twin in (copy.deepcopy(marker), pickle.loads(pickle.dumps(marker))):
        assert twin == marker
        assert (repr(twin), twin.meaning) == (repr(marker), marker.meaning)


def test_a_called_simplex_checks_that_its_parts_sum_to_one() -> None:
    right: list[Any] = [
        [0.5, 0.5],
        (0.25, 0.75),
        {"a": 0.5, "b": 0.5},
        np.array([[0.5, 0.5], [0.1, 0.9]]),
        [[0.5, 0.5], [1.0, 0.0]],
        pd.Series([0.2, 0.8]),
        pl.Series([0.2, 0.8]),
        [1 / 3] * 3,
        0.3,
        np.float64(0.3),
    ]
    for whole in right:
        assert t.SIMPLEX(whole) is whole
    wrong: list[Any] = [
        [0.5, 0.6],
        (0.5,),
        {"a": 0.5, "b": 0.4},
        np.array([[0.5, 0.5], [0.5, 0.6]]),
        [[0.5, 0.5], [0.5, 0.4]],
        pd.Series([0.2, 0.7]),
        pl.Series([0.2, 0.7]),
        np.array([0.5, 0.50001]),
        [],
    ]
    for parts in wrong:
        with pytest.raises(t.CheckError, match="sum to") as caught:
            t.SIMPLEX(parts)
        assert caught.value.hint
    with pytest.raises(t.CheckError, match="outside"):
        t.SIMPLEX(1.5)
    assert t.PROBABILITY([0.5, 0.6]) == [0.5, 0.6]
