"""What is called the wrong way round, or with the wrong thing: an error that says so, and shows no value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from typedml import FeatureSchema, TypedmlError, Unit, boundary, rule
from typedml.boundary import FrameError, render, stamp, write_ipc, write_parquet
from typedml.boundary.files import FileError
from typedml.boundary.pandera import from_pandera, to_pandera
from typedml.declare.reader import read


class Line(FeatureSchema):
    price: Annotated[float, Unit("km")]


FRAMES: dict[str, tuple[Any, str]] = {
    "polars": (pl.DataFrame({"price": [77.5]}), "a polars DataFrame"),
    "pandas": (pd.DataFrame({"price": [77.5]}), "a pandas DataFrame"),
    "rows": ([{"price": 77.5}], "a list"),
    "path": ("price-77.5.parquet", "a str"),
}
SWAPPED: dict[str, Callable[[Any], object]] = {
    "check": lambda frame: boundary.check(frame, Line),
    "validate": lambda frame: boundary.validate(frame, Line),
    "split": lambda frame: boundary.split(frame, Line),
    "write_parquet": lambda frame: write_parquet(frame, Line, "x.parquet"),
    "write_ipc": lambda frame: write_ipc(frame, Line, "x.arrow"),
    "stamp": lambda frame: stamp(frame, Line),
    "to_pandera": lambda frame: to_pandera(frame),
}


@pytest.mark.parametrize("call", SWAPPED)
@pytest.mark.parametrize("library", FRAMES)
def test_swapped_arguments_are_told_without_a_value(call: str, library: str) -> None:
    frame, named = FRAMES[library]
    with pytest.raises(FrameError) as caught:
        SWAPPED[call](frame)
    assert caught.value.fact == f"{named} is not a schema; are the arguments swapped?"
    assert "check(Flight, frame)" in str(caught.value.hint)
    assert "77.5" not in str(caught.value)


@pytest.mark.parametrize("library", FRAMES)
@pytest.mark.parametrize(
    "call",
    [
        read,
        from_pandera,
        lambda frame: to_pandera(Line, frame),
        lambda frame: render(frame, "html"),
        lambda frame: render([frame], "json"),
    ],
)
def test_a_frame_where_something_else_is_meant_shows_no_value(call: Callable[..., Any], library: str) -> None:
    frame, _ = FRAMES[library]
    with pytest.raises(TypedmlError) as caught:
        call(frame)
    assert caught.value.hint
    if library != "path":
        assert "77.5" not in str(caught.value)


def test_a_schema_of_ones_own_is_none_of_pandera() -> None:
    with pytest.raises(TypedmlError, match="the class Line, which is no schema of pandera") as caught:
        from_pandera(Line)
    assert "to_pandera(" in str(caught.value.hint)


def test_a_frame_is_no_report() -> None:
    frame = pl.DataFrame({"price": [1.0]})
    with pytest.raises(FrameError, match="a polars DataFrame is not a report") as caught:
        render(frame, "html")  # type: ignore[arg-type]
    assert "render(check(" in str(caught.value.hint)
    with pytest.raises(FrameError, match="an int is not a report"):
        render([Line.check(frame), 3], "html")  # type: ignore[list-item]
    assert render({"a": Line.check(frame)}.values(), "json")


def test_a_statistic_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(AttributeError, match=r"`price` has no `\.median` in a rule\.\nHint: .*\.mean\(\)"):

        class Odd(FeatureSchema):
            price: float

            @rule
            def typical(c: Any) -> Any:
                return c.price <= c.price.median()

    with pytest.raises(AttributeError, match=r"`price / 2` has no `\.log` in a rule"):
        (Line.c.price / 2).log()  # type: ignore[attr-defined]


def test_a_column_is_text_for_those_who_probe_it() -> None:
    column = Line.c.price
    assert not any(hasattr(column, name) for name in ("__array__", "_repr_html_", "to_numpy", "shape"))
    assert getattr(column, "dtype", None) is None
    assert np.asarray([column]).dtype.kind == "U"
    assert pl.DataFrame({"price": [1.0]})[column].to_list() == [1.0]
    assert pd.DataFrame({"price": [1.0]})[column].tolist() == [1.0]


@pytest.mark.parametrize("write", [write_parquet, write_ipc])
def test_a_file_that_cannot_be_written_is_told(write: Callable[..., None], tmp_path: Path) -> None:
    frame = pl.DataFrame({"price": [1.0]})
    with pytest.raises(FileError, match="cannot be written: No such file") as caught:
        write(Line, frame, tmp_path / "absent" / "x.file")
    assert "mkdir -p" in str(caught.value.hint)
    with pytest.raises(FileError, match=r"cannot be written: .*(?i:is a directory)") as caught:
        write(Line, frame, tmp_path)
    assert caught.value.hint
