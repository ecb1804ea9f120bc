"""`Row`, `Group`, `Past` and `Table` say which rows reach an output."""

import datetime as dt
from typing import Annotated, Any

import pandas as pd
import pytest

import typedml as t
from typedml import FeatureSchema, Group, Past, Row, Table, Timestamp, Unit, feature
from typedml.declare.reader import read

Minutes = Annotated[float, Unit("minute")]


class Delays(FeatureSchema):
    """Delays by carrier and time."""

    carrier: str
    left: Timestamp
    landed: Timestamp
    delay: Minutes


def recent(flights: Annotated[pd.DataFrame, Delays], hours: float = 1.0) -> Minutes:
    return float(flights["delay"].mean())


@pytest.mark.parametrize(
    ("window", "span"),
    [
        ("24h", dt.timedelta(hours=24)),
        ("7 days", dt.timedelta(days=7)),
        ("1.5 hour", dt.timedelta(minutes=90)),
        ("30min", dt.timedelta(minutes=30)),
        ("7D", dt.timedelta(days=7)),
        ("1w", dt.timedelta(days=7)),
        (dt.timedelta(days=2), dt.timedelta(days=2)),
        (10, 10),
        (None, None),
    ],
)
def test_a_window_is_a_span_or_a_number_of_rows(window: Any, span: Any) -> None:
    assert Past("left", by="carrier", window=window).window == span


@pytest.mark.parametrize("window", ["24 miles", "soon", "-1h", 0, -3, True, dt.timedelta(0), "24"])
def test_what_is_no_window_is_refused(window: Any) -> None:
    with pytest.raises(t.DeclarationError, match="is no window") as caught:
        Past("left", window=window)
    assert "Hint: " in str(caught.value)


def test_groups_and_times_must_be_named() -> None:
    with pytest.raises(t.DeclarationError, match="names no column"):
        Group()
    with pytest.raises(t.DeclarationError, match="names no column of times"):
        Past("")


def test_by_is_one_column_or_several() -> None:
    assert Past("left", by="carrier").by == ("carrier",)
    assert Past("left", by=("carrier", "landed")).by == ("carrier", "landed")
    assert Past("left").by == ()


def test_the_instant_of_the_row_is_in_its_past_unless_left_out() -> None:
    assert Past("left").closed == "right"
    assert Past("left", closed="left") != Past("left")
    for end in ("both", "", None):
        with pytest.raises(t.DeclarationError, match="is no end of a window") as caught:
            Past("left", closed=end)  # type: ignore[arg-type]
        assert "Hint: " in str(caught.value)


@pytest.mark.parametrize("scope", [Row(), Group("carrier"), Past("left", by="carrier"), Table()])
def test_a_scope_is_read(scope: Any) -> None:
    options = read(feature(scope=scope)(recent)).options
    assert options is not None
    assert options.scope == scope


@pytest.mark.parametrize("scope", [Row, Table])
def test_a_scope_without_arguments_may_be_its_class(scope: Any) -> None:
    options = read(feature(scope=scope)(recent)).options
    assert options is not None
    assert options.scope == scope()


def test_every_option_is_read_in_its_one_form() -> None:
    marked = feature(
        outcome=["delay"], label="delay", fit="flights", asof={"flights": "left"}, nulls="skip",
        monotone={"delay": "increasing"}, complement=("left", "landed"), serving=recent,
    )  # fmt: skip
    options = read(marked(recent)).options
    assert options is not None
    assert (options.outcome, options.label, options.fit) == ({"delay": None}, "delay", "flights")
    assert (options.asof, options.nulls) == ({"flights": "left"}, "skip")
    assert (options.monotone, options.complement) == ({"delay": "increasing"}, ("left", "landed"))
    assert options.serving is recent


def test_an_outcome_may_say_when_it_is_known() -> None:
    options = read(feature(outcome={"delay": "landed"})(recent)).options
    assert options is not None
    assert options.outcome == {"delay": "landed"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"scope": "carrier"}, "is no scope"),
        ({"scope": Group}, "is no scope"),
        ({"outcome": [1]}, "names no columns"),
        ({"label": 3}, "is no name"),
        ({"fit": "train"}, "is no parameter"),
        ({"asof": {"weather": "left"}}, "is no parameter"),
        ({"asof": ["left"]}, "names no columns of times"),
        ({"nulls": "drop"}, "is unknown"),
        ({"monotone": {"delay": "up"}}, "gives no directions"),
        ({"complement": ("delay", "delay")}, "is no pair"),
        ({"complement": "delay"}, "is no pair"),
        ({"serving": "recent"}, "is no function"),
    ],
)
def test_options_that_contradict_themselves_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        feature(**given)(recent)
    assert "Hint: " in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"scope": Group("carier")},
        {"scope": Past("departed")},
        {"scope": Past("left", by="origin")},
        {"outcome": "lateness"},
        {"outcome": {"delay": "arrived"}},
        {"label": "late"},
        {"monotone": {"distance": "increasing"}},
        {"complement": ("delay", "home")},
        {"asof": {"flights": "time"}},
    ],
)
def test_columns_that_nothing_declares_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(t.DeclarationError, match="declare") as caught:
        read(feature(**given)(recent))
    assert "Hint: " in str(caught.value)


def test_the_column_that_may_be_meant_is_named() -> None:
    with pytest.raises(t.DeclarationError, match='Did you mean "carrier"'):
        read(feature(scope=Group("carier"))(recent))
