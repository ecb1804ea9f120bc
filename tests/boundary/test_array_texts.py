"""Rules across columns of Arrow text: compared in Arrow, with the answers that texts of Python give."""

from __future__ import annotations

import enum
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.boundary.tables import column, operation
from typedml.boundary.engines import array_rules
from typedml.boundary.engines.arrays import Cells, NumberCells, TextCells
from typedml.boundary.engines.lists import ListCells
from typedml.boundary.families import Family, Found
from typedml.declare.expression import Aggregate, Expression


class Tail(str, enum.Enum):  # noqa: UP042  # older than StrEnum, and shown otherwise
    """Text with a name."""

    FIRST = "N1"


A, B, SEATS = column("a", str), column("b", str), column("seats")
WORDS = ["", "N1", "N10", "n1", "ß", "é", "e\u0301", "\U0001f6e9", "\uffff", None]
CONDITIONS = {
    "equal": operation("==", A, B),
    "equal to a text": operation("==", A, "N1"),
    "a text equals it": operation("==", "é", B),
    "equal to a number": operation("==", A, 1),
    "less": operation("<", A, B),
    "at most": operation("<=", A, B),
    "greater": operation(">", A, B),
    "at least": operation(">=", A, "ß"),
    "a text is less": operation("<", "N1", B),
    "in": operation("is_in", A, ("N1", "ß")),
    "in texts and others": operation("is_in", B, ("N1", 1, None, b"N10")),
    "half a pair": operation("<", A, "\ud83d"),
    "in half a pair": operation("is_in", A, ("N1", "\ud83d")),
    "in a text of an enumeration": operation("is_in", A, (Tail.FIRST,)),
    "equal to a text of an enumeration": operation("==", A, Tail.FIRST),
    "in nothing": operation("is_in", B, ()),
    "null": operation("is_null", A),
    "not equal": operation("not", operation("==", A, B)),
    "not null": operation("not", operation("is_null", B)),
    "both": operation("and", operation("<", A, B), operation("is_in", A, ("N1",))),
    "either": operation("or", operation("is_null", A), operation("==", A, B)),
    "beside a number": operation("or", operation("==", A, "N1"), operation(">=", SEATS, 2)),
}
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS), st.integers(0, 3)), max_size=12)
TYPES = st.sampled_from([pa.string(), pa.large_string()])


def arrow_cells(texts: list[str | None], kind: Any, cut: int) -> TextCells:
    whole = pa.array(texts, kind)
    return TextCells(pa.chunked_array([whole[:cut], whole[cut:]]) if cut else whole)


def python_cells(texts: list[str | None]) -> Cells:
    return ListCells(texts, Found(Family.STR, "str"))


@pytest.mark.parametrize("name", CONDITIONS)
@settings(max_examples=40, deadline=None)
@given(TEXTS, TYPES, TYPES, st.integers(0, 5), st.integers(0, 5))
def test_arrow_answers_as_python_does(
    name: str, rows: list[tuple[Any, ...]], left: Any, right: Any, cut: int, other: int
) -> None:
    condition = CONDITIONS[name]
    a, b, seats = ([row[place] for row in rows] for place in range(3))
    numbers = NumberCells(np.array(seats, np.float64))
    arrow: dict[str, Cells] = {
        "a": arrow_cells(a, left, cut),
        "b": arrow_cells(b, right, other),
        "seats": numbers,
    }
    python: dict[str, Cells] = {"a": python_cells(a), "b": python_cells(b), "seats": numbers}
    found = array_rules.broken_rows(condition, arrow | {"seats": numbers}, len(rows))
    assert found.tolist() == array_rules.broken_rows(condition, python, len(rows)).tolist()


def broken(condition: Expression, a: list[str | None], b: list[str | None]) -> list[bool]:
    cells = {"a": arrow_cells(a, pa.string(), 0), "b": arrow_cells(b, pa.string(), 1)}
    return list(array_rules.broken_rows(condition, cells, len(a)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("equal", [False, True, False, False]),
        ("less", [True, False, False, False]),
        ("in", [False, True, False, False]),
        ("null", [True, True, False, True]),
        ("beside a number", None),
    ],
)
def test_no_text_of_arrow_becomes_one_of_python_to_be_compared(
    name: str, expected: list[bool] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TextCells, "as_objects", None)
    if expected is not None:
        assert broken(CONDITIONS[name], ["N1", "a", None, "ß"], ["N1", "b", "c", None]) == expected


def test_a_statistic_of_text_still_reads_it() -> None:
    same = operation("==", Aggregate("n_unique", A, (B,), A.operand), 1)
    assert broken(same, ["x", "y", "x", None], ["g", "g", "h", "h"]) == [True, True, False, False]
