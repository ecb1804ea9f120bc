"""`@checked` for all that holds values: frames of every library, collections of them, and streams."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import inspect
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import attrs
import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import typedml as t
from typedml import FeatureSchema, Unit, checked, field
from typedml.boundary import BoundaryError

Km = Annotated[float, Unit("km")]


class Trip(FeatureSchema):
    distance: Km = field(gt=0)


Trips = Annotated[pd.DataFrame, Trip]
GOOD, BAD = pd.DataFrame({"distance": [1.0]}), pd.DataFrame({"distance": [-1.0]})
FRAMES: dict[str, tuple[Any, Callable[[list[float]], Any]]] = {
    "pandas": (pd.DataFrame, lambda values: pd.DataFrame({"distance": values})),
    "polars": (pl.DataFrame, lambda values: pl.DataFrame({"distance": values})),
    "lazy": (pl.LazyFrame, lambda values: pl.LazyFrame({"distance": values})),
    "arrow": (pa.Table, lambda values: pa.table({"distance": values})),
    "rows": (list[dict[str, Any]], lambda values: [{"distance": value} for value in values]),
    "numpy": (np.ndarray, lambda values: np.array([(v,) for v in values], [("distance", np.float64)])),
    "anything": (Any, lambda values: pl.DataFrame({"distance": values})),
}


def refused(call: Callable[[], object], *notes: str) -> None:
    with pytest.raises(BoundaryError, match="distance > 0 failed") as caught:
        call()
    assert caught.value.__notes__ == list(notes)


@pytest.mark.parametrize("library", FRAMES)
def test_a_frame_of_every_library_is_checked_where_it_enters_and_leaves(library: str) -> None:
    carrier, make = FRAMES[library]

    def take(trips: Any, given: Any) -> Any:
        return given

    take.__annotations__ = {"trips": Annotated[carrier, Trip], "return": Annotated[carrier, Trip]}
    both = checked(take)
    good, bad = make([1.0, 2.0]), make([1.0, -2.0])
    assert both(good, good) is good
    refused(lambda: both(bad, good), 'in take, parameter "trips"')
    refused(lambda: both(good, bad), "in take, result")


def test_a_frame_of_either_library_may_be_declared() -> None:
    @checked
    def f(trips: Annotated[pd.DataFrame | pl.DataFrame, Trip]) -> int:
        return len(trips)

    assert f(GOOD) == f(pl.from_pandas(GOOD)) == 1
    refused(lambda: f(pl.from_pandas(BAD)), 'in f, parameter "trips"')


def test_collections_of_frames_are_checked_one_by_one() -> None:
    @checked
    def f(
        parts: list[Trips],
        *more: Trips,
        named: Mapping[str, Trips] | None = None,
        pair: tuple[Trips, Km] | None = None,
        deep: dict[str, list[Trips]] | None = None,
        **others: Trips,
    ) -> Sequence[Trips]:
        return [*parts, *more]

    assert len(f([GOOD], GOOD, named={"a": GOOD}, pair=(GOOD, 1.0), deep={"a": [GOOD]}, other=GOOD)) == 2
    item = 'in f, parameter "{}", item'
    refused(lambda: f([GOOD, BAD]), item.format("parts"), "at position 1")
    refused(lambda: f([], GOOD, BAD), 'in f, parameter "more"')
    refused(lambda: f([], named={"a": GOOD, "b": BAD}), item.format("named"), "at 'b'")
    refused(lambda: f([], pair=(BAD, 1.0)), 'in f, parameter "pair"[0]')
    refused(lambda: f([], deep={"a": [BAD]}), item.format("deep") + ", item", "at position 0", "at 'a'")
    refused(lambda: f([], other=BAD), 'in f, parameter "others"')


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ((GOOD,), "1 values, where a tuple of 2 is declared"),
        (3, "3, where a tuple of 2"),
        (None, "None, where a tuple of 2"),
        ((GOOD, "far"), r"pair\"?\[1\]: 'far' is a str"),
    ],
)
def test_a_tuple_has_as_many_members_as_are_declared(value: Any, said: str) -> None:
    @checked
    def f(pair: tuple[Trips, Km]) -> None:
        return None

    with pytest.raises(t.CheckError, match=said) as caught:
        f(value)
    assert caught.value.hint


@pytest.mark.parametrize("value", [3, "JFK", None])
def test_what_is_no_collection_is_refused_where_one_is_declared(value: Any) -> None:
    @checked
    def f(parts: list[Trips]) -> None:
        return None

    with pytest.raises(t.CheckError, match="is no collection"):
        f(value)


def test_items_that_may_be_missing_may_be_missing() -> None:
    @checked
    def f(values: list[Km | None], frames: Sequence[Trips | None] = ()) -> None:
        return None

    f([1.0, None], [GOOD, None])
    with pytest.raises(t.CheckError, match=r"item: 'far' is a str") as caught:
        f([None, "far"])  # type: ignore[list-item]
    assert caught.value.__notes__ == ["at position 1"]


def test_a_named_tuple_comes_back_as_what_it_is() -> None:
    class Pair(NamedTuple):
        trips: Any
        number: t.Count

    @checked
    def f(pair: Any) -> tuple[Iterator[Trips], t.Count]:
        return pair

    pair = f(Pair(iter([GOOD, BAD]), 2))
    assert isinstance(pair, Pair)
    assert next(pair.trips) is GOOD
    refused(lambda: next(pair.trips), "in f, result[0], item", "at position 1")


def test_a_generator_is_checked_as_it_yields() -> None:
    @checked
    def parts(trips: Trips, others: Iterable[pd.DataFrame]) -> Iterator[Trips]:
        """Yield all."""
        yield trips
        yield from others

    assert inspect.isgeneratorfunction(parts)
    assert parts.__doc__ == "Yield all."
    assert list(inspect.signature(parts).parameters) == ["trips", "others"]
    stream = parts(GOOD, [GOOD, BAD])
    assert next(stream) is GOOD
    assert next(stream) is GOOD
    refused(lambda: next(stream), "in parts, yielded")
    assert list(stream) == []
    refused(lambda: next(parts(BAD, [])), 'in parts, parameter "trips"')


def test_what_is_sent_thrown_and_returned_passes_a_checked_generator() -> None:
    seen: list[Any] = []

    @checked
    def echo(start: Km) -> Generator[Km, float, t.Probability]:
        value = start
        try:
            while value >= 0:
                try:
                    value = yield value
                except KeyError as error:
                    seen.append(error)
                    value = 7.0
            return value + 1.5
        finally:
            seen.append("closed")

    stream = echo(1.0)
    assert next(stream) == 1.0
    assert stream.send(2.0) == 2.0
    assert stream.throw(KeyError("a")) == 7.0
    with pytest.raises(StopIteration) as caught:
        stream.send(-1.0)
    assert caught.value.value == 0.5
    assert [type(each) for each in seen] == [KeyError, str]
    ends = echo(1.0)
    next(ends)
    with pytest.raises(t.CheckError, match=r"echo, returned: 1\.25"):
        ends.send(-0.25)
    closed = echo(1.0)
    next(closed)
    closed.close()
    assert seen[-1] == "closed"
    with pytest.raises(t.CheckError, match="echo, parameter \"start\": 'far' is a str"):
        next(echo("far"))  # type: ignore[arg-type]


def test_a_generator_that_breaks_its_declaration_is_closed() -> None:
    closed: list[bool] = []

    @checked
    def parts() -> Iterator[Trips]:
        try:
            yield BAD
        finally:
            closed.append(True)

    refused(lambda: next(parts()), "in parts, yielded")
    assert closed == [True]


def test_a_generator_of_asyncio_is_checked_as_it_yields() -> None:
    seen: list[Any] = []

    @checked
    async def parts(trips: Trips, last: pd.DataFrame) -> AsyncIterator[Trips]:
        try:
            yield trips
            await asyncio.sleep(0)
            yield last
        finally:
            seen.append("closed")

    async def collect(first: Any, last: Any) -> list[Any]:
        return [part async for part in parts(first, last)]

    assert inspect.isasyncgenfunction(parts)
    assert [part is GOOD for part in asyncio.run(collect(GOOD, GOOD))] == [True, True]
    refused(lambda: asyncio.run(collect(GOOD, BAD)), "in parts, yielded")
    refused(lambda: asyncio.run(collect(BAD, GOOD)), 'in parts, parameter "trips"')
    assert seen == ["closed", "closed"]


def test_what_is_sent_and_thrown_passes_a_checked_generator_of_asyncio() -> None:
    @checked
    async def echo(value: Km) -> Any:
        while True:
            try:
                value = yield value
            except KeyError:
                value = 7.0

    async def talk() -> list[float]:
        stream = echo(1.0)
        found = [await anext(stream), await stream.asend(2.0), await stream.athrow(KeyError("a"))]
        await stream.aclose()
        return found

    assert asyncio.run(talk()) == [1.0, 2.0, 7.0]


def test_an_iterator_is_checked_as_it_passes_and_nothing_is_held() -> None:
    made: list[int] = []

    def source() -> Iterator[pd.DataFrame]:
        for number in range(3):
            made.append(number)
            yield GOOD if number < 2 else BAD

    @checked
    def lengths(parts: Iterable[Trips]) -> Iterator[t.Count]:
        return (len(part) for part in parts)

    counts = lengths(source())
    assert made == []
    assert next(counts) == 1
    assert made == [0]
    refused(lambda: list(counts), 'in lengths, parameter "parts", item', "at position 2")
    assert list(lengths([GOOD, GOOD])) == [1, 1]


def test_an_iterator_of_asyncio_is_checked_as_it_passes() -> None:
    @checked
    async def total(parts: AsyncIterator[Trips]) -> int:
        return sum([len(part) async for part in parts])

    async def source(*frames: Any) -> AsyncIterator[Any]:
        for frame in frames:
            yield frame

    async def run(*frames: Any) -> int:
        return await total(source(*frames))

    assert asyncio.run(run(GOOD, GOOD)) == 2
    refused(lambda: asyncio.run(run(GOOD, BAD)), 'in total, parameter "parts", item', "at position 1")


def test_numbers_in_a_stream_are_checked_too() -> None:
    @checked
    def shares(values: Iterable[t.Probability]) -> list[float]:
        return list(values)

    given: list[list[Any]] = [[0.5], [0.5, 1.5]]
    assert shares(iter(given[0])) == [0.5]
    with pytest.raises(t.CheckError, match=r"item: 1.5 is outside"):
        shares(iter(given[1]))


def test_methods_are_checked_in_either_order_of_decorators() -> None:
    class Model:
        @checked
        def fit(self, trips: Trips) -> Km:
            return float(trips["distance"].sum())

        @checked
        @classmethod
        def of(cls, trips: Trips) -> Any:
            return cls

        @classmethod
        @checked
        def made(cls, trips: Trips) -> Any:
            return cls

        @checked
        @staticmethod
        def longest(trips: Trips) -> Km:
            return float(trips["distance"].max())

    assert Model().fit(GOOD) == Model.longest(GOOD) == 1.0
    assert Model.of(GOOD) is Model.made(GOOD) is Model
    for name in ("fit", "of", "made", "longest"):
        call = functools.partial(getattr(Model(), name), BAD)
        refused(call, f'in {Model.__qualname__.rpartition(".")[2]}.{name}, parameter "trips"')


def test_the_init_of_a_class_is_checked() -> None:
    @checked
    @dataclasses.dataclass
    class Config:
        trips: Trips
        share: t.Probability = 0.5

    @checked
    @attrs.define
    class Settings:
        trips: Annotated[pd.DataFrame, Trip]

    @checked
    class Plain:
        def __init__(self, trips: Trips) -> None:
            self.trips = trips

    for made in (Config, Settings, Plain):
        assert inspect.isclass(made)
        assert made(GOOD).trips is GOOD
        with pytest.raises(BoundaryError, match="distance > 0 failed"):
            made(BAD)
    with pytest.raises(t.CheckError, match=r"1\.5 is outside"):
        Config(GOOD, 1.5)


def test_a_name_that_an_argument_shares_with_another_parameter_is_told_apart() -> None:
    @checked
    def f(p: t.Probability, /, *rest: t.Count, **more: Km) -> tuple[Any, ...]:
        return (p, *rest, *more.values())

    assert f(0.5, 3, p=7.0, rest=8.0) == (0.5, 3, 7.0, 8.0)
    with pytest.raises(t.CheckError, match='parameter "more"'):
        f(0.5, p="far")  # type: ignore[arg-type]


def test_arrays_in_collections_are_checked() -> None:
    @checked
    def f(parts: dict[str, Annotated[npt.NDArray[np.float64], t.PROBABILITY]]) -> None:
        return None

    f({"a": np.array([0.5])})
    with pytest.raises(t.CheckError, match=r"1\.5"):
        f({"a": np.array([0.5]), "b": np.array([1.5])})


def test_a_union_of_different_collections_is_refused() -> None:
    @checked
    def f(parts: list[Trips] | list[float]) -> None:
        return None

    with pytest.raises(t.DeclarationError, match="hold different things"):
        f([GOOD])
