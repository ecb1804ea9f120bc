"""A run collects what is checked inside, whoever checks it, and has one verdict."""

from __future__ import annotations

import asyncio
import gc
import json
import pickle
import threading
import weakref
from typing import Annotated, Any

import pandas as pd
import polars as pl
import pytest

import typedml.boundary as boundary
from typedml import FeatureSchema, checked, field
from typedml.boundary import BoundaryError, Run, RunError
from typedml.boundary.handed import Handed
from typedml.boundary.runs import active_runs


class Airport(FeatureSchema):
    faa: str = field(unique=True)


class Trip(FeatureSchema):
    distance: float = field(gt=0)


GOOD = pd.DataFrame({"distance": [1.0]})
BAD = pd.DataFrame({"distance": [-1.0]})
AIRPORTS = pl.DataFrame({"faa": ["JFK", "LGA"]})


def test_every_check_inside_is_collected_and_the_verdict_is_one() -> None:
    with boundary.run("nightly") as nightly:
        Trip.validate(GOOD)
        assert nightly.ok
        Airport.check(AIRPORTS)
        Trip.split(BAD)
        with pytest.raises(BoundaryError):
            Trip.validate(BAD)
    Trip.check(BAD)
    assert [seen.call for seen in nightly.observations] == ["validate", "check", "split", "validate"]
    assert [report.schema for report in nightly.reports] == ["Trip", "Airport", "Trip", "Trip"]
    assert (nightly.ok, nightly.exit_status) == (False, 1)
    assert nightly.summary == "nightly: 2 of 4 frames broke their schemas"


def test_a_checked_function_belongs_to_the_run_it_is_called_in() -> None:
    @checked
    def total(trips: Annotated[pd.DataFrame, Trip]) -> float:
        return float(trips["distance"].sum())

    with boundary.run("nightly") as nightly:
        total(GOOD)
    assert nightly.ok
    assert nightly.exit_status == 0
    assert nightly.summary == "nightly: 1 frame kept its schema"


def test_a_run_without_a_frame_is_not_fine() -> None:
    with boundary.run("nightly") as nightly:
        pass
    assert not nightly.ok
    with pytest.raises(RunError, match="nightly: no frame was checked"):
        nightly.require()


def test_a_broken_run_raises_with_every_report() -> None:
    nightly = boundary.run("nightly")
    nightly.check(Trip, BAD)
    with pytest.raises(RunError, match="1 of 1 frame broke its schema") as caught:
        nightly.require()
    assert caught.value.reports == nightly.reports
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.reports == nightly.reports
    assert str(again) == str(caught.value)
    fine = boundary.run("fine")
    fine.validate(Trip, GOOD)
    fine.require()


def test_a_run_within_a_run_is_a_part_of_it() -> None:
    with boundary.run("outer") as outer:
        Trip.check(GOOD)
        with boundary.run("inner") as inner:
            Trip.check(BAD)
    assert (len(outer.reports), len(inner.reports)) == (2, 1)
    assert not outer.ok
    assert active_runs() == ()


def test_an_error_ends_the_run_and_is_not_swallowed() -> None:
    nightly = boundary.run("nightly")
    with pytest.raises(BoundaryError), nightly:
        Trip.validate(BAD)
    assert active_runs() == ()
    assert len(nightly.reports) == 1


def test_threads_share_a_run_that_is_handed_to_them() -> None:
    with boundary.run("nightly") as nightly:
        threads = [threading.Thread(target=nightly.check, args=(Trip, GOOD)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        nightly.check(Trip, GOOD)
    assert len(nightly.reports) == 9


def test_tasks_belong_to_the_run_that_they_were_made_in() -> None:
    async def work(name: str, frame: pd.DataFrame) -> Run:
        with boundary.run(name) as mine:
            Trip.check(frame)
            await asyncio.sleep(0)
            Trip.check(frame)
        return mine

    async def both() -> list[Run]:
        return list(await asyncio.gather(work("good", GOOD), work("bad", BAD)))

    good, bad = asyncio.run(both())
    assert good.ok
    assert [report.ok for report in bad.reports] == [False, False]


def test_a_run_reads_as_one_report() -> None:
    with boundary.run("nightly") as nightly:
        Trip.check(BAD)
        Airport.check(AIRPORTS)
    text = str(nightly)
    assert text.splitlines()[0] == "✗ nightly: 1 of 2 frames broke its schema"
    assert "✗ Trip" in text
    assert "✓ Airport" in text
    plain = json.loads(json.dumps(nightly.to_dict()))
    assert (plain["run"], plain["ok"]) == ("nightly", False)
    assert [(each["call"], each["schema"], each["ok"]) for each in plain["checks"]] == [
        ("check", "Trip", False),
        ("check", "Airport", True),
    ]


def test_frames_of_a_run_are_what_later_frames_refer_to() -> None:
    with boundary.run("nightly") as nightly:
        seen = Handed(None, active_runs())
        assert seen.of(Airport) is None
        assert seen.absence(Airport) == "no frame of Airport was handed in"
        Airport.validate(AIRPORTS)
        Airport.validate(AIRPORTS)
        assert seen.of(Airport) is AIRPORTS
        other = AIRPORTS.head(1)
        assert Handed({Airport: other}, active_runs()).of(Airport) is other
        Airport.check(other)
        assert seen.of(Airport) is None
        assert seen.absence(Airport) == "there are several frames of Airport in the run 'nightly'"
    assert Handed(None, (nightly,)).of(Airport) is None


def test_a_frame_that_broke_its_schema_is_none_to_refer_to() -> None:
    twice = pl.DataFrame({"faa": ["JFK", "JFK", "LGA"]})
    with boundary.run("nightly"):
        seen = Handed(None, active_runs())
        Airport.check(twice)
        assert seen.of(Airport) is None
        assert seen.absence(Airport) == "no frame kept Airport in the run 'nightly'"
        good, _ = Airport.split(twice)
        assert seen.of(Airport) is good


def test_a_run_lets_its_frames_go_when_it_ends() -> None:
    frame = pd.DataFrame({"distance": [1.0]})
    gone = weakref.ref(frame)
    with boundary.run("nightly") as nightly:
        Trip.check(frame)
        del frame
        gc.collect()
        assert gone() is not None
    gc.collect()
    assert gone() is None
    assert nightly.ok


@pytest.mark.parametrize("given", [{"Airport": AIRPORTS}, {3: AIRPORTS}])
def test_what_is_no_schema_is_refused_as_a_key_of_references(given: Any) -> None:
    with pytest.raises(boundary.FrameError, match="which is not a schema"):
        Trip.check(GOOD, references=given)
    wrong: Any = [AIRPORTS]
    with pytest.raises(boundary.FrameError, match="references are not frames by their schemas"):
        Trip.check(GOOD, references=wrong)


class Leg(FeatureSchema):
    origin: str = field(references=Airport.c.faa)


def test_foreign_keys_are_looked_up_in_the_frames_of_the_run() -> None:
    legs = pd.DataFrame({"origin": ["JFK", "XXX", "LGA"]})
    alone = Leg.check(legs)
    assert not alone.ok
    assert [rule.because for rule in alone.not_run] == ["no frame of Airport was handed in"]
    with boundary.run("nightly") as nightly:
        Airport.validate(AIRPORTS)
        assert Leg.check(legs).counts["origin", "references"] == 1
        good, bad = Leg.split(legs)
        assert (len(good), len(bad)) == (2, 1)
        Airport.check(AIRPORTS.head(1))
        unclear = Leg.check(legs)
    assert not unclear.ok
    assert unclear.not_run[0].because == "there are several frames of Airport in the run 'nightly'"
    assert not nightly.ok


@pytest.mark.parametrize("output", ["text", "json", "markdown", "sarif", "github", "junit", "html"])
def test_a_run_is_rendered_as_one_document(output: str) -> None:
    nightly = boundary.run("nightly")
    nightly.check(Trip, BAD)
    nightly.check(Airport, AIRPORTS.vstack(AIRPORTS))
    page = nightly.render(output)
    assert "Trip" in page
    assert "Airport" in page


def test_threads_may_be_in_one_run_at_the_same_time() -> None:
    shared = boundary.run("shared")
    entered, left = threading.Event(), threading.Event()

    def second() -> None:
        with shared:
            entered.set()
            left.wait(30)
            Trip.check(GOOD)

    other = threading.Thread(target=second)
    with shared:
        other.start()
        entered.wait(30)
        Trip.check(GOOD)
    assert active_runs() == ()
    Trip.check(BAD)
    left.set()
    other.join()
    assert [report.ok for report in shared.reports] == [True, True]
