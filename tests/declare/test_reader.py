"""`read`: every way to declare gives the same data, and what cannot be read is reported."""

import dataclasses
import enum
import functools
import gc
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    NewType,
    NotRequired,
    Optional,
    Required,
    TypedDict,
    TypeVar,
)

import annotated_types as at
import attrs
import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pydantic
import pytest
from typing_extensions import TypeAliasType
from typing_extensions import TypedDict as OtherTypedDict

import typedml as t
from typedml import Unit, checked, conversion, feature, field
from typedml.declare.declared import ABSENT, DeclaredParameter
from typedml.declare.markings import marking_of
from typedml.declare.reader import read

Km = Annotated[float, Unit("km")]
T = TypeVar("T")


class Origin(enum.Enum):
    NEWARK = "EWR"
    KENNEDY = "JFK"


class Flight(t.FeatureSchema):
    distance: Km


@dataclasses.dataclass
class Point:
    """A point."""

    x: Km
    y: "Annotated[float, Unit('km')] | None" = None
    z: Annotated[float, at.Unit("km"), at.Ge(0)] = dataclasses.field(
        default=1.0, metadata={"typedml": field(lt=9)}
    )
    n: Annotated[int, at.Interval(gt=1, le=3)] = 2


@attrs.define
class Attrs:
    x: Km
    y: t.Probability | None = None


class Keys(TypedDict, total=False):
    x: Required[Km]
    y: t.Count


class MoreKeys(Keys):
    z: NotRequired[t.Probability]
    a: str


class OtherKeys(OtherTypedDict):
    x: NotRequired[Km]


class TextKeys(TypedDict, total=False):
    x: "Required[Annotated[unseen.Series[float], Unit('km')]]"  # type: ignore[name-defined]  # noqa: F821
    y: "NotRequired[Annotated[unseen.Series[float], Unit('km')]]"  # type: ignore[name-defined]  # noqa: F821


@dataclasses.dataclass
class TextPoint:
    limit: "ClassVar[unseen.Series]"  # type: ignore[name-defined]  # noqa: F821
    x: "Final[Annotated[unseen.Series[float], Unit('km')]]"  # type: ignore[name-defined]  # noqa: F821


class Pair(NamedTuple):
    x: Km
    n: int = 3


class Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")
    x: Km
    p: t.Probability = 0.5
    q: Annotated[t.Probability, pydantic.Field(gt=0.1)] | None = None
    r: float = pydantic.Field(ge=1, le=5, alias="R", description="rating")
    s: Annotated[str, pydantic.Field(pattern="a+")] = "a"


def shown(cls: type) -> list[tuple[str, str, bool, bool]]:
    return [(f.name, str(f.meaning), f.nullable, f.required) for f in read(cls).fields]


def test_a_dataclass_is_read() -> None:
    assert shown(Point) == [
        ("x", "km", False, True), ("y", "km", True, False),
        ("z", "km", False, False), ("n", "None", False, False),
    ]  # fmt: skip
    assert read(Point).field("z").rules.stated == {"ge": 0, "lt": 9}
    assert read(Point).field("n").rules.stated == {"gt": 1, "le": 3}
    assert read(Point).doc == "A point."
    assert read(Point) is read(Point)


def test_an_attrs_class_is_read() -> None:
    assert shown(Attrs) == [("x", "km", False, True), ("y", "Probability", True, False)]


def test_typed_dicts_are_read_with_what_they_require() -> None:
    assert shown(Keys) == [("x", "km", False, True), ("y", "Count", False, False)]
    assert shown(MoreKeys) == [
        ("x", "km", False, True), ("y", "Count", False, False),
        ("z", "Probability", False, False), ("a", "None", False, True),
    ]  # fmt: skip
    assert shown(OtherKeys) == [("x", "km", False, False)]
    assert shown(TextKeys) == [("x", "km", False, True), ("y", "km", False, False)]
    assert shown(TextPoint)[-1] == ("x", "km", False, True)


def test_a_named_tuple_is_read() -> None:
    assert shown(Pair) == [("x", "km", False, True), ("n", "None", False, False)]


def test_a_pydantic_model_is_read() -> None:
    declared = read(Model)
    assert shown(Model)[:3] == [
        ("x", "km", False, True),
        ("p", "Probability", False, False),
        ("q", "Probability", True, False),
    ]
    assert declared.extra == "forbid"
    assert declared.columns == ("x", "p", "q", "R", "s")
    assert declared.field("q").rules.stated == {"gt": 0.1}
    assert declared.field("r").rules.stated == {"ge": 1, "le": 5}
    assert declared.field("r").doc == "rating"
    assert declared.field("s").rules.stated == {"pattern": "a+"}


def test_a_schema_is_its_own_declaration() -> None:
    assert read(Flight) is Flight.declared
    assert read(Flight.declared) is Flight.declared  # type: ignore[call-overload]


Named = TypeAliasType("Named", Annotated[float, Unit("km")])
Generic = TypeAliasType("Generic", Annotated[T, Unit("km")], type_params=(T,))
New = NewType("New", Km)
Bound = TypeVar("Bound", bound=float)
Choice = TypeVar("Choice", int, float)

ANNOTATIONS: list[tuple[Any, tuple[str, type, str, str | None, bool]]] = [
    (Km, ("km", float, "scalar", None, False)),
    (Km | None, ("km", float, "scalar", None, True)),
    (Optional[Km], ("km", float, "scalar", None, True)),  # noqa: UP045  # the old spelling is read too
    (Annotated[float | None, Unit("km")], ("km", float, "scalar", None, True)),
    (Annotated[int | float, Unit("km")], ("km", float, "scalar", None, False)),
    (Named, ("km", float, "scalar", None, False)),
    (Generic[float], ("km", float, "scalar", None, False)),
    (New, ("km", float, "scalar", None, False)),
    (Annotated[Bound, Unit("km")], ("km", float, "scalar", None, False)),
    (Annotated[Choice, Unit("km")], ("km", float, "scalar", None, False)),
    (Annotated[T, Unit("km")], ("km", float, "scalar", None, False)),
    (Annotated[np.float32, Unit("km")], ("km", float, "scalar", None, False)),
    (Annotated[datetime, t.TIMESTAMP], ("Timestamp", datetime, "scalar", None, False)),
    (t.Threshold[t.Probability], ("Threshold[Probability]", float, "scalar", None, False)),
    (Literal["a", "b"], ("None", str, "scalar", None, False)),
    (Literal["a", None], ("None", str, "scalar", None, True)),
    (Origin, ("None", str, "scalar", None, False)),
    (Origin | None, ("None", str, "scalar", None, True)),
    (Literal["a", 1], ("None", object, "scalar", None, False)),
    (list[Km], ("km", float, "list", None, False)),
    (Annotated[list[float], Unit("km")], ("km", float, "list", None, False)),
    (Sequence[Km], ("km", float, "list", None, False)),
    (tuple[Km, ...], ("km", float, "list", None, False)),
    (list, ("None", object, "list", None, False)),
    (dict[str, Km], ("km", float, "other", None, False)),
    (Mapping[str, float], ("None", float, "other", None, False)),
    (Iterator[Km], ("None", object, "other", None, False)),
    (Callable[[Km], Km], ("None", object, "other", None, False)),
    (Any, ("None", object, "other", None, False)),
    (None, ("None", type(None), "other", None, True)),
    (npt.NDArray[np.int64], ("None", int, "array", "numpy", False)),
    (Annotated[npt.NDArray[np.float64], t.PROBABILITY], ("Probability", float, "array", "numpy", False)),
    (Annotated[pd.Series, t.COUNT], ("Count", int, "series", "pandas", False)),
    (Annotated["pd.Series[float]", Unit("km")], ("km", float, "series", "pandas", False)),
    ("Annotated[pd.Series[float], Unit('km')] | None", ("km", float, "series", "pandas", True)),
    ("Optional[pd.Series[Km]]", ("km", float, "series", "pandas", True)),
    ("unknown.Series", ("None", object, "series", None, False)),
    ("unknown.NDArray[Any, Km]", ("None", object, "array", None, False)),
    (Annotated[pl.Series, Unit("km")], ("km", float, "series", "polars", False)),
    (Annotated[pl.Expr, Unit("km")], ("km", float, "series", "polars", False)),
    (Annotated[pd.DataFrame, Flight], ("None", object, "frame", "pandas", False)),
    (Annotated[pl.LazyFrame, Flight], ("None", object, "frame", "polars", False)),
    ("Annotated[unknown.DataFrame, Flight]", ("None", object, "frame", None, False)),
    (t.Train[Annotated[pd.DataFrame, Flight]], ("None", object, "frame", "pandas", False)),
    (Point, ("None", object, "other", None, False)),
]


def parameter(annotation: Any) -> DeclaredParameter:
    def f(x: Any) -> None: ...

    f.__annotations__["x"] = annotation
    return read(f).parameters[0]


@pytest.mark.parametrize(("annotation", "expected"), ANNOTATIONS)
def test_an_annotation_is_read(annotation: Any, expected: tuple[Any, ...]) -> None:
    p = parameter(annotation)
    assert (str(p.meaning), p.base, p.carrier, p.library, p.nullable) == expected


def test_frames_and_records_know_their_schema_and_roles() -> None:
    assert parameter(Annotated[pd.DataFrame, Flight]).schema is Flight.declared
    assert parameter("Annotated[unknown.DataFrame, Flight]").schema is Flight.declared
    assert parameter(t.Train[Annotated[pd.DataFrame, Flight]]).roles == {"Train"}
    assert parameter(Point).schema == read(Point)
    assert parameter(Literal["a", "b"]).isin == ("a", "b")
    assert parameter(Origin).isin == ("EWR", "JFK")
    assert parameter(t.FeatureSchema).schema is None
    assert parameter(Km).is_declared
    assert parameter(Point).is_declared
    assert not parameter(float).is_declared


UNREADABLE: list[tuple[Any, str]] = [
    ("Nope", "NameError"),
    ("Annotated[float, NOPE]", "NameError"),
    ("list[Nope]", "NameError"),
    ("float |", "not an expression"),
    ("np.nothing", "AttributeError"),
    (Km | Annotated[float, Unit("m")], "different things"),
    (Km | str, "different things"),
    (dict[Km, float], "keys of a mapping"),
    (Annotated[float, Unit], "without saying which"),
    (Unit("km"), "the marker Unit"),
    (3, "is no type"),
    (Flight, "has no instances"),
    ("1" + "+1" * 100_000, "cannot be read"),
]


@pytest.mark.parametrize(("annotation", "said"), UNREADABLE)
def test_what_cannot_be_read_is_reported_with_its_owner(annotation: Any, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        parameter(annotation)
    assert caught.value.code == "typedml-unread"
    assert caught.value.hint
    assert '"x"' in caught.value.fact
    assert "f" in caught.value.fact


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (Annotated[str, t.PROBABILITY], "A str cannot carry"),
        (Annotated[float, t.PROBABILITY, t.COUNT], "both"),
        ("Annotated[float, Unit('kmm')]", "kmm"),
    ],
)
def test_a_contradictory_parameter_is_refused(annotation: Any, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said):
        parameter(annotation)


def test_a_signature_is_read_whole() -> None:
    def f(a: Km, b: Km = 2.0, *rest: Km, key: t.Count = 3, **more: Km) -> tuple[Km, t.Probability]:
        """Two results."""
        return a, 0.5

    declared = read(f)
    assert declared.name == "f"
    assert declared.doc == "Two results."
    assert declared.source is f
    assert [(p.name, p.default, p.keyword_only, p.carrier) for p in declared.parameters] == [
        ("a", ABSENT, False, "scalar"), ("b", 2.0, False, "scalar"), ("rest", ABSENT, False, "list"),
        ("key", 3, True, "scalar"), ("more", ABSENT, False, "scalar"),
    ]  # fmt: skip
    assert [str(result.meaning) for result in declared.results] == ["km", "Probability"]
    assert str(declared.parameter("b").meaning) == "km"
    assert declared.options is None
    assert repr(ABSENT) == "ABSENT"
    with pytest.raises(KeyError):
        declared.parameter("nope")


def test_a_default_outside_of_its_kind_is_refused() -> None:
    def f(p: t.Probability = 1.5) -> float:
        return p

    def fine(p: t.Probability = 0.5, q: t.Probability = None, r: Km = 3) -> float:  # type: ignore[assignment]
        return p

    with pytest.raises(t.DeclarationError, match=r'f, default of "p": 1\.5 is outside') as caught:
        read(f)
    assert caught.value.code == "typedml-value"
    assert len(read(fine).parameters) == 3


class Holder:
    def method(self, x: Km) -> Km:
        return x

    @classmethod
    def on_class(cls, x: Km) -> Km:
        return x

    @staticmethod
    def static(x: Km) -> Km:
        return x

    def __call__(self, x: Km) -> Km:
        return x


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (Holder.method, ["self", "x"]),
        (Holder().method, ["x"]),
        (Holder.on_class, ["x"]),
        (Holder.static, ["x"]),
        (Holder(), ["x"]),
        (functools.partial(Holder().method), ["x"]),
        (lambda x: x, ["x"]),
        (len, ["obj"]),
    ],
)
def test_methods_and_other_callables_are_read(function: Callable[..., Any], names: list[str]) -> None:
    declared = read(function)
    assert [p.name for p in declared.parameters] == names
    if names[-1] == "x" and getattr(function, "__name__", "") != "<lambda>":
        assert str(declared.parameters[-1].meaning) == str(declared.result.meaning) == "km"


def test_names_from_a_closure_and_from_the_decorators_frame_are_known() -> None:
    Local = Annotated[float, Unit("m")]

    def closed(x: "Local") -> object:
        return Local

    @feature
    def marked(x: "Local") -> float:
        return x

    @conversion
    def bare(x: "Local") -> float:
        return x

    @conversion("m", "km")
    def named(x: "Local") -> float:
        return x

    @checked
    def verified(x: "Local") -> float:
        return x

    @feature(rows="each")
    def optioned(x: "Annotated[float, Local.__metadata__[0]]") -> float:
        return x

    for function in (bare, named, verified, optioned):
        assert str(read(function).parameters[0].meaning) == "m"
    assert str(read(closed).parameters[0].meaning) == "m"
    assert str(read(marked).parameters[0].meaning) == "m"


def test_a_name_that_is_not_there_yet_and_a_callable_without_notes_are_no_hindrance() -> None:
    class Slotted:
        __slots__ = ()

        def __call__(self, x: Km) -> Km:
            return x

    def early(x: Km) -> object:
        return later

    assert str(read(early).parameters[0].meaning) == "km"
    later = 1
    assert str(read(Slotted()).parameters[0].meaning) == "km"
    assert marking_of(Slotted()).options is None
    assert early(1.0) == 1


def test_a_note_about_a_function_does_not_keep_it_alive() -> None:
    def make() -> "weakref.ref[Any]":
        @feature
        def gone(x: "Km") -> float:
            return x

        assert read(gone).options is not None
        return weakref.ref(gone)

    reference = make()
    gc.collect()
    assert reference() is None


@pytest.mark.parametrize("thing", [3, "x", int, Holder, t.FeatureSchema, max])
def test_what_declares_nothing_is_reported(thing: Any) -> None:
    with pytest.raises(t.DeclarationError) as caught:
        read(thing)
    assert caught.value.code == "typedml-unread"
    assert caught.value.hint
