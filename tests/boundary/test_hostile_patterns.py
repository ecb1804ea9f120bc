"""A pattern takes a time that grows with the text alone, whatever it is; one that cannot is refused."""

from __future__ import annotations

import re
import time
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.boundary.tables import field, only_native, schema
from typedml.boundary import check, split
from typedml.boundary.automaton import MOST_STATES, Unreadable, automaton, is_tame
from typedml.boundary.families import Family, Found
from typedml.boundary.patterns import compiled, matcher
from typedml.boundary.planning import compile_plan
from typedml.boundary.stage import Survey, prepare
from typedml.errors import DeclarationError

HOSTILE = [
    r"(a+)+$",
    r"(a|a)*",
    r"(a|aa)+",
    r"(a*)*b",
    r"(\w+\s?)*$",
    r"a*a*a*a*a*b",
    r".*.*.*x",
    "a?" * 40 + "a" * 40,
    r"(?i)(A+)+",
    r"\b(a+)+\b",
    r"((a+)?){1,20}",
    r"(?P<x>(a+?)+?)",
    r"([a-z]+[a-z]+)*",
]
LETTERS = "aAbB1_ -\né"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=6)
atoms = st.sampled_from(
    ["a", "b", ".", r"\w", r"\d", r"\s", r"\W", "[ab]", "[^a]", "[a-z1]", r"[\s-]", "é", " "]
)
anchors = st.sampled_from(["^", "$", r"\Z", r"\A", r"\b", r"\B"])
counts = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "*?", "+?", "{2,}"])
patterns = st.recursive(
    atoms | anchors,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda ways: f"({'|'.join(ways)})"),
        st.builds("(?:{}){}".format, inner, counts),
    ),
    max_leaves=5,
)
engines = pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        pl.DataFrame,
        pl.LazyFrame,
        lambda table: pd.DataFrame({name: pd.Series(each, dtype=object) for name, each in table.items()}),
        lambda table: pd.DataFrame({name: pd.Categorical(each) for name, each in table.items()}),
    ],
    ids=["pandas", "polars", "lazy", "objects", "categories"],
)


@settings(max_examples=400, deadline=None)
@given(patterns, st.lists(TEXTS, min_size=1, max_size=12), st.sampled_from(["", "(?i)", "(?s)", "(?i)(?s)"]))
def test_all_ways_at_once_find_what_one_after_the_other_finds(
    pattern: str, texts: list[str], flags: str
) -> None:
    python = compiled(flags + pattern)
    matches = automaton(python.pattern)
    # Python before 3.14 finds no place between letters that are no letters of a word in an empty text.
    texts = [text for text in texts if text or r"\B" not in pattern]
    assert [matches(text) for text in texts] == [python.fullmatch(text) is not None for text in texts]


@pytest.mark.parametrize("pattern", HOSTILE)
@engines
def test_a_hostile_pattern_is_answered_in_less_than_a_second(make: Any, pattern: str) -> None:
    texts = ["a" * 10_000 + "!", "a" * 10_000, "a a " * 2_500 + "!", "a" * 40]
    declared = schema(field("x", str, pattern=pattern))
    begun = time.process_time()
    report = check(declared, make({"x": texts}))
    with only_native():
        again = check(declared, make({"x": texts}))
    split(declared, make({"x": texts}))
    assert time.process_time() - begun < 3
    assert report.counts == again.counts
    assert report.counts["x", "pattern"] >= 1


@pytest.mark.parametrize(
    ("pattern", "tame"),
    [
        ("[A-Z]{2}[0-9]+", True),
        (r"\d{4}-\d{2}-\d{2}", True),
        ("(a|b)c?", True),
        ("(ab){3}", True),
        ("a+b+", False),
        ("(a+)+", False),
        ("(a|b)*", True),
        ("(ab|a)*", False),
        ("(a?){2,3}", False),
        ("a?" * 9, False),
    ],
)
def test_python_is_asked_where_it_cannot_go_astray(pattern: str, tame: bool) -> None:
    assert is_tame(pattern) is tame


def test_what_was_found_once_is_kept_and_not_without_end() -> None:
    matches = matcher("(a|b|.)*x")
    texts = [
        "".join(chr(0x4E00 + (start + step) % 20_000) for step in range(50)) for start in range(0, 30_000, 50)
    ]
    for _ in range(2):
        assert not any(matches(text) for text in texts)
    assert matches(texts[0] + "x")


@pytest.mark.parametrize("pattern", [f"((a{{1,{MOST_STATES}}}){{1,9}}b?)+", "(?m)(^a+)+", "(?:(?i:a+)+)+"])
def test_a_pattern_without_a_bound_is_refused_before_a_row_is_judged(pattern: str) -> None:
    with pytest.raises(Unreadable):
        automaton(pattern)
    frames: list[Any] = [pl.DataFrame({"x": []}), pd.DataFrame({"x": ["a"]}), pl.LazyFrame({"x": ["a"]})]
    for frame in frames:
        with pytest.raises(DeclarationError, match="repeats repetitions") as caught:
            check(schema(field("x", str, pattern=pattern)), frame)
        assert caught.value.hint


def test_a_large_pattern_that_cannot_go_astray_is_fine() -> None:
    assert matcher("[a-z]{1,5000}")("a" * 5000)
    assert re.fullmatch("[a-z]{1,5000}", "a" * 5001) is None
    assert not matcher("[a-z]{1,5000}")("a" * 5001)


@pytest.mark.parametrize("pattern", [r"[^@\s]+@[^@\s]+\.[a-z]{2,}", r"[A-Z]+-\d+", "(a+)+"])
def test_a_library_of_linear_time_is_asked_every_portable_pattern(pattern: str) -> None:
    import duckdb

    declared = schema(field("x", str, pattern=pattern))
    texts = pl.DataFrame({"x": ["a@b.com", "IC-01", "aaa", "", "é"]})
    relation = duckdb.from_arrow(texts.to_arrow())
    told = check(declared, relation)
    assert told.counts == check(declared, texts).counts
    assert not told.not_run


def test_a_library_that_goes_back_is_not_asked_a_pattern_in_which_it_may_go_astray() -> None:
    declared = schema(field("x", str, pattern=r".+@.+"))
    seen = Survey(("x",), {"x": Found(Family.STR, "string")}, lacks=frozenset({"python", "linear"}))
    (not_run,) = prepare(compile_plan(declared), seen).not_run
    assert not_run.blocks
    assert "may take very long" in not_run.because
    bounded = schema(field("x", str, pattern=r".{1,60}@.+"))
    assert not prepare(compile_plan(bounded), seen).not_run
