"""Markers in pydantic models: validated, and shown in the JSON schema."""

import subprocess
import sys
from typing import Annotated, Any

import pydantic
import pytest

import typedml as t


class Model(pydantic.BaseModel):
    p: t.Probability
    speed: Annotated[float, t.Unit("km/hour")] = 1.0
    q: t.Probability | None = None
    many: list[t.Count] = []
    each: Annotated[list[float], t.PROBABILITY] = []
    optional: Annotated[float | None, t.PROBABILITY] = None
    cut: t.Threshold[t.Probability] = 0.5
    clicks: Annotated[int, t.COUNT, t.Unit("click")] = 0
    p_odd: Annotated[t.Probability, pydantic.Field(le=0.9)] = 0.5
    name: t.Category = "a"
    row: t.Train[float] = 1.0


GOOD: list[dict[str, Any]] = [
    {"p": 0.5},
    {"p": 1, "q": None, "optional": None},
    {"p": 0, "many": [3], "each": [0.5]},
]
BAD: list[tuple[dict[str, Any], str]] = [
    ({"p": 1.5}, "less than or equal to 1"),
    ({"p": float("nan")}, "finite number"),
    ({"p": 0.5, "q": -1}, "greater than or equal to 0"),
    ({"p": 0.5, "many": [-1]}, "outside of"),
    ({"p": 0.5, "each": [0.5, 2]}, "2.0 at position 1"),
    ({"p": 0.5, "optional": 2}, "outside of"),
    ({"p": 0.5, "cut": 2}, "less than or equal to 1"),
    ({"p": 0.5, "p_odd": 0.95}, "less than or equal to 0.9"),
]


@pytest.mark.parametrize("values", GOOD)
def test_a_model_accepts_what_its_kinds_hold(values: dict[str, Any]) -> None:
    assert Model(**values).p == values["p"]


@pytest.mark.parametrize(("values", "said"), BAD)
def test_a_model_refuses_what_its_kinds_do_not_hold(values: dict[str, Any], said: str) -> None:
    with pytest.raises(pydantic.ValidationError, match=said):
        Model(**values)


def test_the_json_schema_shows_bounds_unit_and_kind() -> None:
    shown = Model.model_json_schema()["properties"]
    assert shown["p"] == {"maximum": 1, "minimum": 0, "title": "P", "type": "number", "x-kind": "Probability"}
    assert shown["speed"]["x-unit"] == "km/hour"
    assert "minimum" not in shown["speed"]
    assert shown["q"]["anyOf"][0]["maximum"] == 1
    assert "maximum" not in shown["q"]["anyOf"][1]
    assert shown["many"]["items"]["minimum"] == 0
    assert shown["many"]["items"]["x-kind"] == "Count"
    assert shown["each"]["items"]["x-kind"] == shown["optional"]["anyOf"][0]["x-kind"] == "Probability"
    assert (shown["clicks"]["x-kind"], shown["clicks"]["x-unit"]) == ("Count", "click")
    assert (shown["p_odd"]["minimum"], shown["p_odd"]["maximum"]) == (0, 0.9)
    assert shown["name"]["x-kind"] == "Category"
    assert "x-kind" not in shown["row"]


def test_open_ends_are_exclusive() -> None:
    from typedml.algebra.ranges import Range

    share = t.Kind("OpenShare", range=Range(0, 1.5, low_open=True, high_open=True))

    class Open(pydantic.BaseModel):
        x: Annotated[float, share]

    shown = Open.model_json_schema()["properties"]["x"]
    assert (shown["exclusiveMinimum"], shown["exclusiveMaximum"]) == (0, 1.5)


def test_an_integer_has_integral_bounds() -> None:
    die = t.Kind("Die", range=(1, 6), integral=True)
    half = t.Kind("HalfOpen", range=(0.5, 6))

    class Throw(pydantic.BaseModel):
        x: Annotated[int, die]
        y: Annotated[int, half] = 1
        z: Annotated[float, die] = 1

    shown = Throw.model_json_schema()["properties"]
    assert [shown[name]["minimum"] for name in "xyz"] == [1, 0.5, 1]
    assert Throw(x=6).x == 6
    for values in ({"x": 7}, {"x": 1, "y": 0}, {"x": 1, "z": 1.5}):
        with pytest.raises(pydantic.ValidationError):
            Throw(**values)


def test_pydantic_is_not_imported_by_us() -> None:
    code = "import sys, typedml; typedml.PROBABILITY(0.5); print('pydantic' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True).stdout
        == "False\n"
    )


def test_markers_that_contradict_one_another_are_refused_when_the_model_is_made() -> None:
    with pytest.raises(t.DeclarationError, match="both Count and Probability") as caught:
        pydantic.create_model("Both", a=(Annotated[float, t.COUNT, t.PROBABILITY], ...))
    assert caught.value.hint
    made = pydantic.create_model("Narrower", a=(Annotated[float, t.PROPORTION, t.PROBABILITY], ...))
    assert made(a=0.5).model_dump() == {"a": 0.5}


HIDDEN: list[Any] = [
    Annotated[t.Count | None, t.PROBABILITY],
    Annotated[list[t.Count], t.PROBABILITY],
    Annotated[dict[str, t.Count], t.PROBABILITY],
    Annotated[list[t.Count | None] | None, t.PROBABILITY],
    Annotated[list[Annotated[float, t.Unit("km")]], t.Unit("mile")],
    Annotated[tuple[t.Count, ...], t.PROBABILITY],
]


@pytest.mark.parametrize("annotation", HIDDEN, ids=str)
def test_markers_that_contradict_one_another_inside_of_what_holds_them_are_refused(annotation: Any) -> None:
    with pytest.raises(t.DeclarationError, match="cannot be"):
        pydantic.create_model("Hidden", a=(annotation, ...))


def test_markers_that_agree_inside_of_what_holds_them_are_fine() -> None:
    made = pydantic.create_model(
        "Fine", a=(Annotated[list[t.Probability | None] | None, t.PROPORTION], ...), b=(t.Count | t.Rank, 1)
    )
    assert made(a=[0.5]).model_dump() == {"a": [0.5], "b": 1}


def test_a_kind_and_its_parent_show_as_the_kind_in_either_order() -> None:
    made = pydantic.create_model(
        "Both",
        a=(Annotated[float, t.PROPORTION, t.PROBABILITY], ...),
        b=(Annotated[float, t.PROBABILITY, t.PROPORTION], ...),
    )
    shown = made.model_json_schema()["properties"]
    assert [shown[name]["x-kind"] for name in "ab"] == ["Probability", "Probability"]
