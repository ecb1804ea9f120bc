"""Features that misbehave: each is named as what it is, and none brings down the run or leaves a trace."""

import asyncio
import datetime
import decimal
import importlib
import os
import random
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.typing import NDArray

from tests.laws.right_features import Flight, Km, Minutes
from typedml import Category, FeatureSchema, Past, Unit, feature, field
from typedml.errors import DeclarationError
from typedml.laws import LawReport, check_laws, limits
from typedml.laws.surroundings import Surroundings

Kms = Annotated[NDArray[np.float64], Unit("km")]
Flights = Annotated[pd.DataFrame, Flight]


def said(report: LawReport) -> str:
    """All failures and notes, without the tables."""
    told = [f"{each.law}: {each.statement} {each.diagnosis}" for each in report.failures]
    return "\n".join([*told, *report.notes])


# What a feature that raises lacks.


def needs_a_file(x: Km) -> Km:
    with open("no_such_model.txt") as file:
        return float(file.read()) * x


def needs_a_folder(x: Km) -> Km:
    return len(os.listdir("no_such_folder")) * x


def needs_a_table(x: Km) -> Km:
    return float(pd.read_csv("no_such_table.csv")["a"].sum()) * x


def needs_a_variable(x: Km) -> Km:
    return float(os.environ["NO_SUCH_VARIABLE"]) * x


def needs_an_answer(x: Km) -> Km:
    return float(input("how far? ")) * x


def needs_a_name(x: Km) -> Km:
    socket.getaddrinfo("no-such-host.invalid", 80)
    return x


def needs_a_page(x: Km) -> Km:
    raise urllib.error.URLError("no route")


def needs_a_module(x: Km) -> Km:
    return float(importlib.import_module("no_such_module").f(x))


def calls_itself(x: Km) -> Km:
    return calls_itself(x)


def is_interrupted(x: Km) -> Km:
    raise KeyboardInterrupt


def leaves(x: Km) -> Km:
    sys.exit(3)


def runs_out(x: Km) -> Km:
    raise MemoryError


def fails_a_test(x: Km) -> Km:
    pytest.fail("not like this")


RAISING = [
    (needs_a_file, "it needs the file 'no_such_model.txt'"),
    (needs_a_folder, "it needs the file 'no_such_folder'"),
    (needs_a_table, "it needs the file 'no_such_table.csv'"),
    (needs_a_variable, "it needs the environment variable 'NO_SUCH_VARIABLE'"),
    (needs_an_answer, "it asks for input"),
    (needs_a_name, "it needs the network"),
    (needs_a_page, "it needs the network"),
    (needs_a_module, "it needs the module 'no_such_module'"),
    (calls_itself, "it calls itself without end"),
    (is_interrupted, "it raises KeyboardInterrupt"),
    (leaves, "it calls sys.exit"),
    (runs_out, "it asks for more memory"),
    (fails_a_test, "not like this"),
]


@pytest.mark.parametrize(("wrong", "word"), [pytest.param(*row, id=row[0].__name__) for row in RAISING])
def test_what_a_feature_that_raises_lacks_is_named(wrong: Any, word: str) -> None:
    (failure,) = check_laws(wrong).failures
    assert failure.law == "call"
    assert word in failure.statement
    assert "it raises on every table" in failure.diagnosis
    assert "Traceback" not in failure.message


def test_a_feature_that_raises_sometimes_is_shown_with_what_it_raised_on_and_where() -> None:
    def refuses(delay: Minutes) -> Minutes:
        if delay > 300:
            raise ValueError("too late")
        return delay

    failure = check_laws(refuses, only=["call"]).failures[0]
    assert "ValueError: too late" in failure.statement
    assert "of 8 tables, in tests/laws/test_bad_input.py, line" in failure.diagnosis
    assert '`raise ValueError("too late")`' in failure.diagnosis
    assert float(failure.tables[0].columns[0].cells[0]) > 300


# What comes back.


class Tagged(pd.DataFrame):
    """A subclass of a frame."""


def gives(value: object) -> Any:
    def distance(x: Kms) -> Km:
        return value  # type: ignore[return-value]

    return distance


async def _awaited() -> float:
    return 1.0


def _yielded() -> Iterator[float]:
    yield 1.0


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: None, "None"),
        (lambda: [1.0], "a list"),
        (lambda: {"a": 1.0}, "a dict"),
        (lambda: np.zeros(3), "a numpy array of shape (3,)"),
        (lambda: pd.Series([1.0]), "a Series"),
        (lambda: pd.DataFrame({"a": [1.0]}), "a DataFrame"),
        (_yielded, "a generator"),
        (_awaited, "a coroutine"),
        (lambda: (1.0, 2.0), "a tuple"),
        (lambda: {1.0}, "a set"),
        (lambda: lambda: 1.0, "a function"),
        (lambda: float, "a type"),
        (lambda: "1.0", "str"),
    ],
)
def test_what_is_returned_instead_is_named(make: Callable[[], object], word: str) -> None:
    def distance(x: Kms) -> Km:
        return make()  # type: ignore[return-value]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        failure = check_laws(distance).failures[0]
    assert failure.law == "call"
    assert word in failure.statement


@pytest.mark.parametrize("function", [_awaited, asyncio.sleep])
def test_a_coroutine_is_refused(function: Any) -> None:
    from typedml.errors import DeclarationError

    with pytest.raises(DeclarationError, match="Hint"):
        check_laws(function)


def test_subclasses_views_and_masked_arrays_are_results_like_others() -> None:
    @feature(rows="each")
    def tagged(flights: Flights) -> Flights:
        return Tagged(flights)

    @feature(rows="each")
    def viewed(x: Kms) -> Kms:
        return x[:]

    @feature(rows="each")
    def masked(x: Kms) -> Kms:
        return np.ma.masked_array(x, mask=np.zeros(len(x), dtype=bool))

    for right in (tagged, viewed, masked):
        report = check_laws(right)
        assert report.ok, str(report)


def test_one_array_that_is_filled_at_every_call_changes_no_earlier_result() -> None:
    buffer: dict[int, Any] = {}

    @feature(rows="each")
    def doubled(x: Kms) -> Kms:
        kept = buffer.setdefault(len(x), np.empty(len(x)))
        np.multiply(x, 2.0, out=kept)
        return kept

    failures = check_laws(doubled).failures
    assert [failure.law for failure in failures if "coherent" not in failure.law] == ["frame"]
    assert "an earlier result" in failures[0].statement


# What it changes.


class Nested(FeatureSchema):
    """A table with a number and a text."""

    name: str
    cost: Minutes = field(gt=0)


def changes_a_cell(x: Kms) -> Km:
    x[0] = 0.0
    return float(x.sum())


def changes_a_frame(table: Annotated[pd.DataFrame, Nested]) -> Minutes:
    table.loc[table.index[0], "cost"] = 0.0
    return float(table["cost"].sum())


def changes_an_index(table: Annotated[pd.DataFrame, Nested]) -> Minutes:
    table.index = pd.Index(range(1, len(table) + 1))
    return float(table["cost"].sum())


def changes_a_list(costs: list[Annotated[float, Unit("minute")]]) -> Minutes:
    costs.reverse()
    return sum(costs)


@pytest.mark.parametrize(
    "wrong", [changes_a_cell, changes_a_frame, changes_an_index, changes_a_list], ids=lambda f: f.__name__
)
def test_inputs_that_are_changed_are_named(wrong: Any) -> None:
    failure = next(each for each in check_laws(wrong).failures if each.law == "frame")
    assert "must leave its inputs as they were" in failure.statement


def test_polars_frames_cannot_be_changed_and_nothing_is_said() -> None:
    def total(table: Annotated[pl.DataFrame, Nested]) -> Minutes:
        table = table.with_columns(pl.col("cost") * 2)
        return float(table["cost"].sum()) / 2

    assert "frame" not in {each.law for each in check_laws(total).failures}


def sets_a_variable(x: Km) -> Km:
    os.environ["TYPEDML_TEST"] = "1"
    return x


def sets_an_option(x: Km) -> Km:
    pd.set_option("display.max_rows", 7)
    return x


def goes_elsewhere(x: Km) -> Km:
    os.chdir("/")
    return x


def silences_warnings(x: Km) -> Km:
    warnings.simplefilter("error")
    return x


def silences_numpy(x: Km) -> Km:
    np.seterr(divide="raise")
    return x


def sets_decimals(x: Km) -> Km:
    decimal.getcontext().prec = 7
    return x


def sets_polars(x: Km) -> Km:
    pl.Config.set_tbl_rows(7)
    return x


def extends_the_path(x: Km) -> Km:
    sys.path.append("/no/such/folder")
    return x


CHANGING = [
    (sets_a_variable, "the environment variable TYPEDML_TEST"),
    (sets_an_option, "the option of pandas display.max_rows"),
    (goes_elsewhere, "the current folder"),
    (silences_warnings, "the filters of warnings"),
    (silences_numpy, "numpy's treatment of errors"),
    (sets_decimals, "the context of decimals"),
    (sets_polars, "the environment variable POLARS_FMT_MAX_ROWS"),
    (extends_the_path, "sys.path"),
]


@pytest.mark.parametrize(("wrong", "word"), [pytest.param(*row, id=row[0].__name__) for row in CHANGING])
def test_settings_that_are_changed_are_named_and_put_back(wrong: Any, word: str) -> None:
    before = Surroundings.now()
    report = check_laws(wrong)
    assert before.changed() == []
    assert f"it changes {word}" in said(report)
    assert [failure.law for failure in report.failures] == ["frame"]


def test_what_only_the_first_call_changes_is_a_library_that_is_loaded() -> None:
    loaded: list[str] = []

    def loads(x: Km) -> Km:
        if not loaded:
            loaded.append("once")
            os.environ["TYPEDML_LOADED"] = "1"
        return x

    try:
        assert check_laws(loads).ok
        assert os.environ["TYPEDML_LOADED"] == "1"
    finally:
        os.environ.pop("TYPEDML_LOADED", None)


# What it depends on beside its input.


def seeded(x: Km) -> Km:
    np.random.seed(3)
    return x + 0 * float(np.random.normal())


def seeded_python(x: Km) -> Km:
    random.seed(3)
    return x + 0 * random.random()


@pytest.mark.parametrize("wrong", [seeded, seeded_python], ids=lambda f: f.__name__)
def test_a_feature_that_seeds_everybody_is_named(wrong: Any) -> None:
    assert "it seeds the global generator" in said(check_laws(wrong))


def draws(x: Km) -> Km:
    return x + random.random()


def draws_anew(x: Km) -> Km:
    return x + float(np.random.default_rng().random())


@pytest.mark.parametrize(
    ("wrong", "word"),
    [(draws, "it draws random numbers"), (draws_anew, "from a generator that it seeds anew")],
    ids=["draws", "draws_anew"],
)
def test_a_random_feature_is_named(wrong: Any, word: str) -> None:
    assert word in said(check_laws(wrong))


def is_late_today(day: Annotated[int, Unit("day")]) -> bool:
    return day < date.today().toordinal() - 738_000


def year_of_now(x: Km) -> Km:
    return x * (datetime.datetime.now(tz=datetime.UTC).year - 2000)


def day_of_time(x: Km) -> Km:
    return x * (time.time() // 86_400)


def today_inside(x: Km) -> Km:
    import datetime as dt

    return x * dt.date.today().toordinal()


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (year_of_now, "it reads `datetime.now`"),
        (day_of_time, "it reads `time.time`"),
        (today_inside, "it reads `date.today`"),
    ],
    ids=["year_of_now", "day_of_time", "today_inside"],
)
def test_a_feature_that_depends_on_the_clock_is_shown_under_another_one(wrong: Any, word: str) -> None:
    failure = next(each for each in check_laws(wrong).failures if each.law == "frame")
    assert "depends on the clock" in failure.statement
    assert word in failure.statement
    assert [table.side for table in failure.tables] == ["today", "397 days later"]
    assert datetime.datetime is type(datetime.datetime.now(tz=datetime.UTC))


def test_the_clock_may_be_read_to_measure() -> None:
    def timed(x: Km) -> Km:
        started = time.perf_counter()
        result = 2 * x - x
        assert time.perf_counter() >= started
        return result

    assert check_laws(timed).ok


def test_a_compiled_clock_that_nothing_tells_of_is_noted() -> None:
    def at_midnight(x: Km) -> Km:
        return x * pd.Timestamp.now().normalize().dayofyear

    assert any("its code says `now`" in note for note in check_laws(at_midnight).notes)


def test_state_that_shows_after_many_calls_is_named() -> None:
    calls: list[float] = []

    def tires(x: Km) -> Km:
        calls.append(x)
        return x if len(calls) < 30 else 2 * x

    assert "keeps state between calls" in said(check_laws(tires, only=["call", "frame"]))


def test_a_cache_by_its_inputs_is_no_state() -> None:
    @cache
    def remembered(x: float) -> float:
        return 2 * x - x

    def doubled(x: Km) -> Km:
        return remembered(x)

    assert check_laws(doubled).ok


# What is only noted.


def test_what_it_prints_is_held_back_and_noted(capfd: pytest.CaptureFixture[str]) -> None:
    def loud(x: Km) -> Km:
        sys.stdout.write("working\n")
        sys.stderr.write("hard\n")
        return x

    report = check_laws(loud)
    assert report.ok
    assert report.notes[:2] == (
        "it prints to standard output: 'working'",
        "it prints to standard error: 'hard'",
    )
    assert capfd.readouterr() == ("", "")


def test_what_it_reads_and_starts_is_noted(tmp_path: Any) -> None:
    path = tmp_path / "factor.txt"
    path.write_text("1")

    def reads(x: Km) -> Km:
        os.environ.get("TYPEDML_FACTOR", "1")
        return float(path.read_text()) * x

    def starts(x: Km) -> Km:
        subprocess.run([sys.executable, "-S", "-c", ""], check=True)
        return x

    notes = said(check_laws(reads))
    assert f"it reads the file {str(path)!r}" in notes
    assert "it reads the environment variable 'TYPEDML_FACTOR'" in notes
    assert "it starts the program" in said(check_laws(starts, tables=1, only=["call"]))


def test_a_feature_that_sleeps_or_is_slow_is_named_with_its_seconds() -> None:
    def sleeps(x: Km) -> Km:
        time.sleep(0.002)
        return x

    def waits(x: Km) -> Km:
        until = time.monotonic() + 0.15
        while time.monotonic() < until:
            pass
        return x

    assert "it sleeps: 0.00" in said(check_laws(sleeps, tables=1))
    assert "it is slow: 0.1" in said(check_laws(waits, tables=1, only=["call"]))


# What does not end.


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CALL_SECONDS", 0.2)
    monkeypatch.setattr(limits, "AGAIN_SECONDS", 0.1)


def never_ends(x: Km) -> Km:
    while True:
        x += 0.0


def never_ends_quietly(x: Km) -> Km:
    while True:
        try:
            x += 0.0
        except Exception:  # noqa: BLE001  # what swallows everything is what is tried here
            x += 1.0


def sleeps_on(x: Km) -> Km:
    time.sleep(3600)
    return x


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("wrong", [never_ends, never_ends_quietly, sleeps_on], ids=lambda f: f.__name__)
def test_what_gives_no_answer_is_ended_and_named(wrong: Any) -> None:
    started = time.monotonic()
    report = check_laws(wrong)
    assert "it gives no answer within 0.2 s" in said(report)
    assert time.monotonic() - started < 5
    assert [failure.law for failure in report.failures] == ["call"]
    assert {"scale", "frame"} <= {each.law for each in report.skipped}


@pytest.mark.usefixtures("impatient")
def test_what_gives_no_answer_for_some_values_cuts_the_other_laws() -> None:
    def hangs(x: Km) -> Km:
        while x > 300:
            pass
        return x

    report = check_laws(hangs)
    assert "it gives no answer within 0.2 s" in said(report)
    assert all("no answer within 0.2 s" in str(cut) for cut in report.unreached)
    assert report.unreached


def test_an_alarm_before_the_call_is_a_verdict_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # So soon that it comes while it is being set, or before the feature is entered.
    monkeypatch.setattr(limits, "CALL_SECONDS", 1e-6)
    monkeypatch.setattr(limits, "AGAIN_SECONDS", 0.1)
    report = check_laws(never_ends)
    assert [failure.law for failure in report.failures] == ["call"]


@pytest.mark.usefixtures("impatient")
def test_a_process_that_hardly_ran_gets_one_more_term(monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a machine where others have the processor: the clock on the wall goes on, that of the process not.
    def waits(x: Km) -> Km:
        if not calls:
            calls.append(x)
            time.sleep(0.3)
        return x

    calls: list[float] = []
    report = check_laws(waits, only=["call"])
    assert report.ok, str(report)


@pytest.mark.usefixtures("impatient")
def test_what_gives_no_answer_is_told_once_and_by_its_own_line() -> None:
    told = said(check_laws(never_ends))
    assert told.count("no answer within") == 1
    assert "limits.py" not in told
    assert "test_bad_input.py" in told
    told = said(check_laws(sleeps_on))
    assert "it sleeps: 0." in told
    assert told.endswith("called 1 time")


def test_a_series_of_another_library_is_not_what_is_declared() -> None:
    def way(x: Kms) -> Annotated["pd.Series[float]", Unit("km")]:
        return pl.Series(x)  # type: ignore[return-value]

    assert "where a Series of pandas is declared" in said(check_laws(way))


def test_a_column_that_is_not_declared_is_told_with_those_that_are() -> None:
    def way(flights: Flights) -> Annotated["pd.Series[float]", Unit("km")]:
        return flights["nosuch"]

    (failure,) = check_laws(way, only=["call"]).failures
    assert failure.hint.startswith("read a column that is declared (")


def test_a_coefficient_is_a_number() -> None:
    with pytest.raises(DeclarationError, match="no positive number"):
        feature(coefficient="two")(never_ends)  # type: ignore[call-overload]


def test_laws_run_under_a_profiler() -> None:
    import cProfile

    profiler = cProfile.Profile()
    profiler.enable()
    try:
        report = check_laws(year_of_now, only=["call"])
    finally:
        profiler.disable()
    assert report.ok


def test_laws_run_in_another_thread_too() -> None:
    reports: list[LawReport] = []
    thread = threading.Thread(target=lambda: reports.append(check_laws(is_interrupted)))
    thread.start()
    thread.join()
    assert "it raises KeyboardInterrupt" in said(reports[0])


def test_an_interrupt_from_the_keyboard_ends_the_run() -> None:
    import signal

    def interrupted(x: Km) -> Km:
        signal.raise_signal(signal.SIGINT)
        return x

    with pytest.raises(KeyboardInterrupt):
        check_laws(interrupted)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


class Paid(FeatureSchema):
    """What was paid when, and by whom."""

    who: Category
    at: datetime.datetime
    cost: Annotated[float, Unit("EUR")]


@feature(rows="each", scope=Past("at", by="who"))
def paid_so_far(rows: Annotated[pl.DataFrame, Paid]) -> Annotated[pl.Series, Unit("EUR")]:
    """Return a running sum over groups that polars gives in any order, where they tie in time."""
    days = rows.group_by("who", "at").agg(pl.col("cost").sum()).sort("at")
    days = days.with_columns(run=pl.col("cost").cum_sum()).drop("cost")
    return rows.join(days, on=["who", "at"], how="left", maintain_order="left")["run"]


@pytest.mark.parametrize("seed", [0, 3])
def test_what_differs_from_call_to_call_is_no_breach_of_another_law(seed: int) -> None:
    report = check_laws(paid_so_far, seed=seed)
    (failure,) = report.failures
    assert failure.law == "frame"
    assert "answers differently from call to call" in failure.statement
    assert "maintain_order=True" in failure.hint
    assert {"local wants the same result for the same input"} <= {str(each) for each in report.skipped}
