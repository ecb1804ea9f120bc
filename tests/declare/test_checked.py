"""`@checked` checks arguments and results, and says where."""

import asyncio
import dataclasses
import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pytest

import typedml as t
from typedml import FeatureSchema, Unit, checked

Km = Annotated[float, Unit("km")]


class Flight(FeatureSchema):
    distance: Km


@checked
def double(p: t.Probability, times: float = 2.0) -> t.Probability:
    """Double it."""
    return p * times


def test_a_checked_function_returns_what_it_returns() -> None:
    assert double(0.25) == 0.5
    assert double(p=0.25, times=4.0) == 1.0
    assert double.__name__ == "double"
    assert double.__doc__ == "Double it."
    assert list(inspect.signature(double).parameters) == ["p", "times"]


def test_an_argument_is_named_with_its_function_and_value() -> None:
    calls: list[Callable[[], object]] = [lambda: double(1.5), lambda: double(p=1.5)]
    for call in calls:
        with pytest.raises(
            t.CheckError, match=r'double, parameter "p": 1\.5 is outside of \[0, 1\]'
        ) as caught:
            call()
        assert caught.value.hint


def test_a_result_is_checked() -> None:
    with pytest.raises(t.CheckError, match=r"double, result: 1\.8 is outside"):
        double(0.9)


def test_what_is_not_declared_is_not_checked() -> None:
    @checked
    def free(x: float, y, *args, **kwargs):  # type: ignore[no-untyped-def]
        return x, y

    assert free("anything", None, 1, a=2) == ("anything", None)  # type: ignore[arg-type]


def test_every_kind_of_parameter_is_checked() -> None:
    @checked
    def f(
        a: Km, /, b: t.Probability | None, *rest: t.Count, key: Literal["x"] = "x", **more: t.Probability
    ) -> None:
        return None

    f(1.0, None, 3, 4, key="x", other=0.5)
    calls: list[Callable[[], object]] = [
        lambda: f("1", 0.5),  # type: ignore[arg-type]
        lambda: f(1.0, 1.5),
        lambda: f(1.0, b=1.5),
        lambda: f(1.0, 0.5, 3, -1),
        lambda: f(1.0, 0.5, other=2.0),
    ]
    for call in calls:
        with pytest.raises(t.CheckError, match="parameter"):
            call()


def test_nullable_and_listed_values_are_checked() -> None:
    @checked
    def f(x: Annotated[Literal[1, 2], Unit("km")] | None) -> None:
        return None

    f(None)
    f(2)
    with pytest.raises(t.CheckError, match=r"3 is none of \[1, 2\]"):
        f(3)  # type: ignore[arg-type]


def test_arrays_series_and_lists_are_checked() -> None:
    @checked
    def f(
        x: Annotated[npt.NDArray[np.float64], t.PROBABILITY], y: list[t.Count]
    ) -> Annotated["pd.Series[float]", t.PROBABILITY]:
        return pd.Series(x * 2)

    assert f(np.array([0.1]), [1]).tolist() == [0.2]
    for x, y, said in (
        ([0.1, 1.1], [1], '"x": 1.1 at position 1'),
        ([0.1], [-1], '"y": -1 at'),
        ([0.6], [1], "result: 1.2"),
    ):
        with pytest.raises(t.CheckError, match=said):
            f(np.array(x), y)


def test_results_in_a_tuple_are_checked_one_by_one() -> None:
    @checked
    def f(x: float) -> tuple[float, t.Probability]:
        return x, x

    assert f(0.5) == (0.5, 0.5)
    with pytest.raises(t.CheckError, match=r"f, result\[1\]: 2\.0"):
        f(2.0)


def test_a_coroutine_function_is_checked() -> None:
    @checked
    async def later(p: t.Probability) -> t.Probability:
        return p * 2

    assert inspect.iscoroutinefunction(later)
    assert asyncio.run(later(0.5)) == 1.0
    for value, said in ((2.0, "parameter"), (0.9, "result")):
        with pytest.raises(t.CheckError, match=said):
            asyncio.run(later(value))


def test_a_method_is_checked() -> None:
    class Model:
        @checked
        def predict(self, p: t.Probability) -> t.Probability:
            return p

        @staticmethod
        @checked
        def of(p: t.Probability) -> t.Probability:
            return p

    assert Model().predict(0.5) == Model.of(0.5) == 0.5
    with pytest.raises(t.CheckError, match=r'Model\.predict, parameter "p"'):
        Model().predict(2.0)


def test_a_frame_is_handed_to_the_boundary(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    class Boundary:
        @staticmethod
        def validate(schema: Any, frame: Any) -> Any:
            seen.append((schema, frame))
            return frame

    monkeypatch.setattr("typedml.declare.call_checking.import_module", lambda name: Boundary)

    @checked
    def f(frame: Annotated[pd.DataFrame, Flight]) -> Annotated[pd.DataFrame, Flight]:
        return frame

    @checked
    def maybe(frame: Annotated[pd.DataFrame, Flight] | None) -> None:
        return None

    frame = pd.DataFrame({"distance": [1.0]})
    assert f(frame) is frame
    assert seen == [(Flight.declared, frame)] * 2
    maybe(None)
    with pytest.raises(t.CheckError, match="the frame is None"):
        f(None)  # type: ignore[arg-type]


def test_a_frame_that_breaks_its_schema_is_named_with_its_parameter() -> None:
    @checked
    def f(frame: Annotated[pd.DataFrame, Flight]) -> int:
        return len(frame)

    assert f(pd.DataFrame({"distance": [1.0]})) == 1
    with pytest.raises(t.TypedmlError) as caught:
        f(pd.DataFrame({"distance": ["far"]}))
    assert caught.value.__notes__ == ['in f, parameter "frame"']


def test_a_frame_of_the_other_library_is_refused_with_its_conversion() -> None:
    @checked
    def of_pandas(flights: Annotated[pd.DataFrame, Flight]) -> int:
        return len(flights)

    @checked
    def of_polars(flights: Annotated[pl.DataFrame, Flight]) -> int:
        return len(flights)

    data = {"distance": [1.0, 2.0]}
    assert of_pandas(pd.DataFrame(data)) == of_polars(pl.DataFrame(data)) == 2
    swapped: list[tuple[Any, Any, str]] = [
        (of_pandas, pl.DataFrame(data), "to_pandas"),
        (of_pandas, pl.LazyFrame(data), "to_pandas"),
        (of_polars, pd.DataFrame(data), "from_pandas"),
    ]
    for function, frame, conversion in swapped:
        with pytest.raises(t.CheckError, match=r'parameter "flights".*is declared') as caught:
            function(frame)
        assert conversion in str(caught.value.hint)


def test_annotations_are_read_at_the_first_call() -> None:
    @checked
    def early(x: "Later") -> "Later":
        return x

    with pytest.raises(t.DeclarationError, match="Later"):
        early(1.0)
    globals()["Later"] = Km
    try:
        assert early(1.0) == 1.0
    finally:
        del globals()["Later"]


def test_a_record_is_left_to_where_it_was_made() -> None:
    @dataclasses.dataclass
    class Record:
        p: t.Probability

    @checked
    def f(record: Record) -> float:
        return record.p

    assert f(Record(2.0)) == 2.0


def test_what_cannot_be_checked_is_refused() -> None:
    for thing in (3, int, "text"):
        with pytest.raises(t.DeclarationError, match="checks functions"):
            checked(thing)  # type: ignore[type-var]


if False:
    Later = Km
