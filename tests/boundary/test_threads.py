"""One schema in many threads and processes: caches that are cold, and what is sent from one to another."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.boundary.tables import column, field, operation, schema
from typedml import Count, FeatureSchema
from typedml import field as declared_field
from typedml.boundary import BoundaryError, Report, check, plan_of, split, validate

THREADS = 16


class Trip(FeatureSchema):
    """A trip that other processes know by its name."""

    key: str = declared_field(unique=True, pattern="[a-z]+[0-9]*")
    distance: float = declared_field(gt=0)
    stops: Count


TABLE: dict[str, list[Any]] = {"key": ["a", "a", "B"], "distance": [1.0, -1.0, 2.0], "stops": [1, 2, -3]}


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What sixteen threads find that begin together."""
    start, found = threading.Barrier(THREADS), [None] * THREADS
    errors: list[BaseException] = []

    def run(number: int) -> None:
        start.wait()
        try:
            found[number] = work(number)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return found


MAKERS: list[Callable[[Any], Any]] = [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table]


@pytest.mark.usefixtures("switching")
@pytest.mark.parametrize("rows", [3, 3000])
def test_threads_that_meet_a_schema_at_once_agree(rows: int) -> None:
    for turn in range(5):
        cold = schema(
            field("key", str, unique=True),
            field("x", gt=turn),
            field("n", int, isin=(1, 2, 3)),
            checks={"less": operation("<", column("x"), column("n", int))},
        )
        table = {
            "key": [str(number % (rows - 1)) for number in range(rows)],
            "x": [float(number % 7) for number in range(rows)],
            "n": [number % 5 for number in range(rows)],
        }
        frames = [make(table) for make in MAKERS]

        def work(number: int) -> Any:
            frame = frames[number % len(frames)]  # noqa: B023
            report = check(cold, frame)  # noqa: B023
            divided = split(cold, frame) if number % 4 < 2 else None  # noqa: B023
            return report.counts, None if divided is None else [len(part) for part in divided]

        found = at_once(work)
        assert all(counts == found[0][0] for counts, _ in found)
        assert len({str(lengths) for _, lengths in found if lengths}) == 1


@pytest.mark.usefixtures("switching")
def test_threads_that_meet_many_schemas_at_once_agree() -> None:
    def work(number: int) -> list[bool]:
        oks = []
        for bound in range(60):
            cold = schema(field(f"x{bound % 7}", gt=bound))
            oks.append(check(cold, pl.DataFrame({f"x{bound % 7}": [30.5]})).ok)
        return oks

    for found in at_once(work):
        assert found == [bound < 31 for bound in range(60)]


@pytest.mark.parametrize("make", MAKERS)
def test_reports_errors_plans_and_schemas_can_be_sent_to_another_process(make: Any) -> None:
    frame = make(TABLE)
    report = Trip.check(frame, rows=None, sample=2) if make is pl.DataFrame else Trip.check(frame, rows=None)
    for each in (report, Trip.declared, Trip):
        again = pickle.loads(pickle.dumps(each))
        assert again == each
        assert copy.deepcopy(each) == each
    with pytest.raises(BoundaryError) as caught:
        validate(Trip, frame)
    error = pickle.loads(pickle.dumps(caught.value))
    assert error.report == caught.value.report
    assert str(error) == str(caught.value)
    plan = pickle.loads(pickle.dumps(plan_of(Trip)))
    assert str(plan) == str(plan_of(Trip))
    assert check(plan.schema, frame).counts == Trip.check(frame).counts


def test_a_report_keeps_plain_values_that_any_process_can_read() -> None:
    odd = pd.DataFrame({"x": np.array([1, -2], np.int16), "t": pd.date_range("2020", periods=2, tz="UTC")})
    report = check(schema(field("x", gt=0), field("t", object, unique=True)), odd)
    assert pickle.loads(pickle.dumps(report)) == report


def judge(table: dict[str, list[Any]]) -> tuple[Report, str]:
    """What another process says."""
    try:
        Trip.validate(pl.DataFrame(table))
    except BoundaryError as error:
        return error.report, str(error)
    raise AssertionError


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_another_process_says_the_same(method: str) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        found = list(pool.map(judge, [TABLE, TABLE]))
    assert found == [judge(TABLE)] * 2
