"""What boundaries are measured beside finds what they find, and the drawings can be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import BY_NAME, MODULES, Row, by_hand
from benchmarks.__main__ import main
from benchmarks.flights import FRAMES, PLANTED, Flight, columns, planted
from benchmarks.measure import timed_side_by_side
from benchmarks.plot import write_log_log

BY_HAND: dict[str, Callable[[Any], bool]] = {
    "polars": by_hand.polars,
    "pandas, Arrow strings": by_hand.pandas,
    "pandas, object strings": by_hand.pandas,
    "pyarrow": by_hand.duckdb,
    "numpy columns": by_hand.numpy,
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_the_rules_by_hand_accept_a_clean_table_and_find_each_planted_failure(kind: str) -> None:
    assert BY_HAND[kind](FRAMES[kind](columns(200)))
    assert [name for name in PLANTED if BY_HAND[kind](FRAMES[kind](planted(name, 200)))] == []


@pytest.mark.parametrize(
    "kind", ["polars", "pyarrow", "pandas, Arrow strings", "pandas, object strings", "rows"]
)
def test_a_boundary_finds_each_planted_failure_in_one_row_of_one_column(kind: str) -> None:
    for name, (column, _) in PLANTED.items():
        report = Flight.check(FRAMES[kind](planted(name, 200)))
        assert [failure.column for failure in report.failures] == [column]
        assert report.failures[0].count == (2 if name == "unique" else 1)


def test_contestants_take_turns_at_being_first() -> None:
    order: list[str] = []
    times = timed_side_by_side({name: lambda name=name: order.append(name) for name in "ab"}, rounds=2)  # type: ignore[misc]
    assert order == ["a", "b", "b", "a"]
    least, middle, greatest = times["a"].spread
    assert 0 <= least <= middle <= greatest


def test_a_budget_bounds_the_ratio_or_the_figure() -> None:
    assert Row(what="", measured=2.0, unit="ms", reference=2.0, budget=1.05).within_budget
    assert Row(what="", measured=3.0, unit="ms", reference=2.0, budget=1.05).within_budget is False
    assert Row(what="", measured=3.0, unit="ms", budget=2.0).within_budget is False
    assert Row(what="", measured=3.0, unit="ms").within_budget is None


def test_a_benchmark_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "speed"]) == 2
    said = capsys.readouterr().err
    assert [name for name in MODULES + BY_NAME if name not in said] == []


def test_a_drawing_is_well_formed_and_says_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "drawing.svg"
    write_log_log(
        path, "a < b", ("rows", "ms"), {"one & two": [(10, 1), (1000, 50)], "flat": [(10, 1), (1000, 1)]}
    )
    drawing = ElementTree.parse(path).getroot()
    texts = [element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a < b", "rows", "ms", "one & two", "flat", "10", "100", "1k"} <= set(texts)


@pytest.mark.parametrize("name", ["boundary_rows.svg", "boundary_columns.svg"])
def test_the_drawings_of_the_documentation_are_there(name: str) -> None:
    docs = Path(__file__).parents[2] / "docs"
    ElementTree.parse(docs / name)
    assert f"]({name})" in (docs / "benchmarks.md").read_text(encoding="utf-8")
