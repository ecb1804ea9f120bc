"""`convert` is exact where it can be, on every carrier; `raw`, `conversion` and `load_units` beside it."""

import pathlib
import subprocess
import sys
import timeit
from array import array
from collections import UserList, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import pytest

import typedml as t
from typedml import Unit, conversion, convert, load_units, raw
from typedml.declare.reader import read

EXACT = [
    (120.0, "minute", "hour", 2.0),
    (90.0, "minute", "hour", 1.5),
    (7.0, "minute", "hour", 7 / 60),
    (1.0, "mile", "km", 1.609344),
    (1.609344, "km", "mile", 1.0),
    (1.0, "inch", "cm", 2.54),
    (36.0, "km/hour", "m/s", 10.0),
    (10.0, "m/s", "km/hour", 36.0),
    (100.0, "degC", "degF", 212.0),
    (37.0, "degC", "degF", 98.6),
    (98.6, "degF", "degC", 37.0),
    (32.0, "degF", "degC", 0.0),
    (-40.0, "degF", "degC", -40.0),
    (0.0, "degC", "kelvin", 273.15),
    (273.15, "kelvin", "degC", 0.0),
    (9.0, "delta_degF", "delta_degC", 5.0),
    (50.0, "percent", "1", 0.5),
    (180.0, "degree", "radian", 3.141592653589793),
    (3.141592653589793, "radian", "degree", 180.0),
    (3.0, "km", "kilometer", 3.0),
]


@pytest.mark.parametrize(("value", "source", "target", "expected"), EXACT)
def test_a_float_converts_exactly(value: float, source: str, target: str, expected: float) -> None:
    assert convert(value, source, target) == expected


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (90, "minute", "hour", 1.5),
        (3, "minute", "second", 180),
        (1_700_000_000_123_456_789, "nanosecond", "microsecond", 1_700_000_000_123_456.8),
        (2**70, "second", "millisecond", 2**70 * 1000),
        (37, "degC", "degF", 98.6),
        (Decimal(1), "mile", "km", Decimal("1.609344")),
        (Decimal("98.6"), "degF", "degC", Decimal("37.0")),
        (Fraction(1, 3), "hour", "minute", Fraction(20)),
        ([60.0, 120], "minute", "hour", [1.0, 2.0]),
        ((60.0,), "minute", "hour", (1.0,)),
    ],
)
def test_other_numbers_stay_what_they_are(value: Any, source: str, target: str, expected: Any) -> None:
    got = convert(value, source, target)
    assert got == pytest.approx(expected) if isinstance(value, Decimal) else got == expected
    assert type(got) is type(expected)


def test_irrational_factors_convert_every_number() -> None:
    assert convert(180, "degree", "radian") == pytest.approx(3.141592653589793)
    assert float(convert(Decimal(180), "degree", "radian")) == pytest.approx(3.141592653589793)


def test_markers_are_units_too() -> None:
    assert convert(120.0, Unit("minute"), Unit("hour")) == convert(120.0, "minute", Unit("hour")) == 2.0


@pytest.mark.parametrize(
    "make",
    [
        lambda x: np.array(x),
        lambda x: pd.Series(x, name="a"),
        lambda x: pd.Series(x, dtype="Float64"),
        lambda x: pd.Series(x, dtype="float64[pyarrow]"),
        lambda x: pl.Series("a", x),
        lambda x: np.array(x, dtype=object),
    ],
)
def test_arrays_and_series_convert_in_their_own_type(make: Callable[[list[float]], Any]) -> None:
    given = make([60.0, 120.0])
    got = convert(given, "minute", "hour")
    assert type(got) is type(given)
    assert list(got) == [1.0, 2.0]
    assert got.dtype == given.dtype
    assert list(convert(make([32.0, 212.0]), "degF", "degC")) == [0.0, 100.0]
    assert list(given) == [60.0, 120.0]


def test_float32_stays_float32() -> None:
    assert convert(np.array([1], dtype=np.float32), "hour", "minute").dtype == np.float32
    assert convert(np.float32(1), "hour", "minute").dtype == np.float32


@pytest.mark.parametrize(
    "make",
    [
        lambda x: np.array(x, dtype=np.int16),
        lambda x: pd.Series(x, dtype="int16"),
        lambda x: pd.Series(x, dtype="Int16"),
        lambda x: pd.Series(x, dtype="int16[pyarrow]"),
        lambda x: pl.Series(x, dtype=pl.Int16),
    ],
)
def test_narrow_integers_do_not_overflow(make: Callable[[list[int]], Any]) -> None:
    assert list(convert(make([600, 1000]), "minute", "second")) == [36_000, 60_000]
    assert list(convert(make([600, 30]), "minute", "hour")) == [10.0, 0.5]
    assert list(convert(make([100]), "degC", "degF")) == [212.0]
    assert list(convert(make([]), "minute", "second")) == []


@pytest.mark.parametrize("make", [lambda x: np.array(x), lambda x: pd.Series(x), lambda x: pl.Series(x)])
def test_integers_that_would_overflow_even_64_bits_are_refused(make: Callable[[list[int]], Any]) -> None:
    with pytest.raises(t.CheckError, match="overflow"):
        convert(make([2**62]), "second", "nanosecond")


def test_long_integers_stay_exact() -> None:
    seconds = np.array([1_700_000_000])
    assert convert(seconds, "second", "nanosecond").tolist() == [1_700_000_000_000_000_000]
    assert convert(pl.Series(seconds), "second", "nanosecond").to_list() == [1_700_000_000_000_000_000]


def test_missing_values_stay_missing() -> None:
    assert convert(pd.Series([None, 1], dtype="Int16"), "minute", "second").isna().tolist() == [True, False]
    assert convert(pl.Series([None, 1]), "minute", "second").to_list() == [None, 60]
    assert convert(pl.Series([None], dtype=pl.Int16), "minute", "second").to_list() == [None]


class Pair(NamedTuple):
    start: float
    end: float


def test_sequences_convert_item_by_item() -> None:
    assert convert([1.0, 2.0], "hour", "minute") == [60.0, 120.0]
    assert convert((1.0, [2.0]), "hour", "minute") == (60.0, [120.0])
    window = convert(deque([1.0, 2.0], maxlen=2), "hour", "minute")
    assert window == deque([60.0, 120.0])
    assert window.maxlen == 2
    made = convert(Pair(1.0, 2.0), "hour", "minute")
    assert made == (60.0, 120.0)
    assert type(made) is tuple


def test_a_polars_expression_converts_where_it_is_used() -> None:
    frame = pl.DataFrame({"a": pl.Series([600], dtype=pl.Int16), "f": [32.0]})
    assert frame.select(convert(pl.col("a"), "minute", "second")).item() == 36_000
    assert frame.select(convert(pl.col("f"), "degF", "degC")).item() == 0.0
    assert frame.select(convert(pl.col("f"), "km", "kilometer")).item() == 32.0


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("3", "no number"),
        (True, "no number"),
        (None, "None"),
        (timedelta(1), "no number"),
        (datetime(2013, 1, 1), "no number"),
        (np.array(["3"]), "holds no numbers"),
        (np.array([True]), "holds no numbers"),
        (np.array(["2013"], dtype="datetime64[s]"), "holds no numbers"),
        (np.array([1], dtype="timedelta64[s]"), "holds no numbers"),
        (pd.Series(["3"]), "does not multiply"),
        (pl.Series(["3"]), "holds no numbers"),
        (object(), "an object, which does not multiply"),
        ({1.0}, "a set, which does not multiply"),
        (array("d", [1.0]), "array, a sequence"),
        (b"ab", "bytes, a sequence"),
        (range(3), "range, a sequence"),
        (UserList([1.0]), "UserList, a sequence"),
        ([UserList([1.0])], "UserList, a sequence"),
    ],
)
def test_what_is_no_number_is_refused(value: Any, said: str) -> None:
    with pytest.raises(t.CheckError, match=said) as caught:
        convert(value, "minute", "hour")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("minute", "km", "does not convert"),
        ("minute", "hourr", "hourr"),
        ("USD", "EUR", "does not convert"),
        ("dBm", "dBW", ""),
        ("minute", 3, "spelled as text"),
        ("minute", [], "spelled as text"),
    ],
)
def test_units_that_do_not_convert_are_refused_at_once(source: str, target: Any, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said or None) as caught:
        convert(1.0, source, target)
    assert caught.value.hint


def test_an_integer_too_large_for_a_float_is_refused_or_stays_exact() -> None:
    with pytest.raises(t.CheckError, match="401 digits"):
        convert(10**400, "m", "km")
    assert convert(Fraction(10**400), "m", "km") == 10**397
    assert convert(10**400, "km", "m") == 10**403


def test_a_scalar_call_is_cheap() -> None:
    seconds = min(timeit.repeat(lambda: convert(120.0, "minute", "hour"), number=10_000, repeat=5)) / 10_000
    assert seconds < 3e-6


def test_raw_returns_its_argument() -> None:
    x = object()
    assert raw(x) is x


def test_a_conversion_is_marked_and_left_alone() -> None:
    def to_hours(x: Annotated[float, Unit("minute")]) -> Annotated[float, Unit("hour")]:
        return x / 60

    assert not read(to_hours).is_conversion
    assert conversion(to_hours) is to_hours
    assert conversion("minute", "hour")(to_hours) is to_hours
    assert read(to_hours).is_conversion
    with pytest.raises(t.DeclarationError, match="does not convert"):
        conversion("minute", "km")
    with pytest.raises(t.DeclarationError, match="two units, not 1"):
        conversion("minute")  # type: ignore[call-overload]


def run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)


def test_units_of_ones_own_are_loaded_from_a_file_or_a_text(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "units.txt"
    path.write_text("smidgen = 3 * gram\n")
    code = (
        "from typedml import *\nload_units({!r})\nload_units('bigsmidgen = 2 * smidgen')\n"
        "print(convert(1.0, 'bigsmidgen', 'gram'), UNIT_INTERVAL(0.5))"
    )
    assert run(code.format(str(path))).stdout == "6.0 0.5\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("km = 3 * m", "km"),
        ("aa = 2 * bb\nbb = 2 * aa", "aa"),
        ("aa == 2", "aa"),
        ("aa = 2 * nosuchunit", "nosuchunit"),
    ],
)
def test_definitions_that_clash_or_turn_in_circles_are_refused(text: str, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said):
        load_units(text)


def test_what_is_neither_path_nor_text_is_refused() -> None:
    with pytest.raises(t.DeclarationError, match="neither a path nor a text"):
        load_units(3)  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_is_reported(tmp_path: pathlib.Path) -> None:
    for path in (tmp_path / "absent.txt", tmp_path):
        with pytest.raises(t.DeclarationError) as caught:
            load_units(path)
        assert caught.value.fact
        assert caught.value.hint
