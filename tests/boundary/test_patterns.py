"""A portable pattern matches the same texts in Python, polars and Arrow; the others say so."""

from __future__ import annotations

import re

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typedml.boundary.patterns import compiled, portable

PIECES = [
    "a",
    "N",
    "1",
    ".",
    r"\d",
    r"\w",
    r"\s",
    r"\D",
    r"\.",
    r"\$",
    "[A-Z]",
    r"[\d-]",
    "[^a]",
    "(a|b)",
    "(?:N|1)",
    "^",
    "$",
    r"\Z",
    " ",
    "é",
]
REPEATS = ["", "*", "+", "?", "{2}", "{1,3}", "+?"]
TEXTS = st.text(st.sampled_from("aAbN019 .-@\n\t$é٣²\r"), max_size=5)
pieces = st.sampled_from(PIECES)
patterns = st.lists(
    st.one_of(
        pieces,
        st.builds(
            str.__add__, pieces.filter(lambda piece: piece not in {"^", "$", r"\Z"}), st.sampled_from(REPEATS)
        ),
    ),
    max_size=4,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(patterns, st.lists(TEXTS, min_size=1, max_size=20))
def test_all_engines_match_the_same_texts(pattern: str, texts: list[str]) -> None:
    syntax = portable(pattern)
    assert syntax is not None
    expected = [compiled(pattern).fullmatch(text) is not None for text in texts]
    assert pl.Series(texts).str.contains(syntax).to_list() == expected
    assert pc.match_substring_regex(pa.array(texts), syntax).to_pylist() == expected


@pytest.mark.parametrize(
    "pattern",
    [r"(?i)a", r"(?=a)", r"(?<!a)b", r"(a)\1", r"\bN", "a++", "[[a]", "[a&&b]", r"[\D]", "(?P<x>a)", "{a"],
)
def test_what_engines_read_differently_is_not_portable(pattern: str) -> None:
    assert portable(pattern) is None


def test_what_is_no_pattern_is_an_error_of_re() -> None:
    with pytest.raises(re.error):
        compiled("(")
