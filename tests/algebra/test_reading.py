"""Expressions are read from Python's text as they are written, or refused with their place."""

from __future__ import annotations

import ast
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.algebra.shorthand import kind, unit
from typedml.algebra.expression import Call, Expression, Name, Number, Operation, Unary, walk
from typedml.algebra.meaning import UNKNOWN
from typedml.algebra.reading import DEEPEST, LONGEST, ExpressionError, read

NAMES = dict.fromkeys("a b p q w x xs ps ys df".split(), UNKNOWN)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("x.mean()", "mean(x)"),
        ("np.mean(x, axis=0, keepdims=True)", "mean(x)"),
        ("torch.nn.functional.softmax(x, dim=-1)", "softmax(x)"),
        ("np.average(x, weights=w)", "average(x, weights=w)"),
        ("(w * x).sum() / w.sum()", "sum(w * x) / sum(w)"),
        ("sum(p * x for p, x in zip(ps, xs))", "sum(ps * xs)"),
        ("sum(x**2 for x in xs) / len(xs)", "sum(xs ** 2) / len(xs)"),
        ("w @ x", "dot(w, x)"),
        ("a < b <= x", "all(a < b, b <= x)"),
        ("a > b and not x", "all(a > b, not x)"),
        ("a if p > q else b", "where(p > q, a, b)"),
        ("-2 * np.pi", "-2 * np.pi"),
        ("-a ** 2", "-a ** 2"),
        ("(-a) ** 2", "(-a) ** 2"),
        ("a - (b - x)", "a - (b - x)"),
        ("2 ** a ** b", "2 ** a ** b"),
        ("(2 ** a) ** b", "(2 ** a) ** b"),
        ("df['x'] / df['x'].max()", "df['x'] / max(df['x'])"),
        ("x.size", "len(x)"),
        ("x[1:] - x[:-1]", "x[1:] - x[:-1]"),
        ("np.array([a, b]).mean()", "mean(array(display(a, b)))"),
    ],
)
def test_an_expression_is_read_as_written(text: str, read_as: str) -> None:
    assert str(read(text, NAMES)) == read_as


def test_names_carry_what_they_mean_and_columns_what_their_frame_does() -> None:
    p, km = kind("Probability"), unit("km")
    found = read("p * d[1:]", {"p": p, "d": km})
    assert [(each.text, each.operand) for each in walk(found) if isinstance(each, Name)] == [
        ("p", p),
        ("d[1:]", km),
    ]


@pytest.mark.parametrize(
    ("text", "fact", "position"),
    [
        ("a + )", "no Python expression", 4),
        ("a + unheard", 'Nothing is known of "unheard"', 4),
        ("'text' + a", "is not a number", 0),
        ("a is b", "is not read", 0),
        ("a + True", "is not a number", 4),
        ("lambda: a", "is not read", 0),
        ("f()", "is given nothing", 0),
        ("np.float64", "is no number", 0),
        ("sum(x for x in xs if x)", "is not read", 3),
        ("sum(x for x, y in zip(xs))", "This loop is not read", 18),
        ("a[0](b)", "is not called by a name", 0),
        ("", "no Python expression", 0),
        ("a; b", "no Python expression", 1),
    ],
)
def test_what_is_no_expression_of_numbers_is_refused_with_its_place(
    text: str, fact: str, position: int
) -> None:
    with pytest.raises(ExpressionError, match=fact) as caught:
        read(text, NAMES)
    assert caught.value.position == position
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4000 + "a" + ")" * 4000,
        "-" * 5000 + "a",
        "a" + " + a" * 2000,
        "a" * (LONGEST + 1),
        "a\0b",
        "a" + ".sum()" * 1000,
        "9" * 9000,
        "a ** " * 500 + "a",
    ],
)
def test_deep_and_long_texts_are_refused_quickly(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ExpressionError):
        read(text, NAMES)
    assert time.perf_counter() - start < 1


def test_nesting_is_read_up_to_the_stated_depth() -> None:
    read("a" + " + a" * (DEEPEST - 1), NAMES)
    with pytest.raises(ExpressionError, match="nested too deeply"):
        read("a" + " + a" * (DEEPEST + 1), NAMES)


LEAVES = st.sampled_from([Name("a", UNKNOWN), Name("b", UNKNOWN), Number(2), Number(0.5)])


def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Operation, st.sampled_from("+ - * / // % **".split()), inner, inner),
        st.builds(Unary, st.just("-"), inner),
        st.builds(lambda x: Call("exp", (x,)), inner),
    )


@given(st.recursive(LEAVES, grown, max_leaves=8))
def test_the_text_of_an_expression_is_that_expression(expression: Expression) -> None:
    again = str(read(str(expression), NAMES))
    # `-2` is a number where it is read, and the negative of one where it was built.
    assert ast.dump(ast.parse(again)) == ast.dump(ast.parse(str(expression)))
