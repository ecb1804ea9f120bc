"""The grammar reads what it should, and says where a mistake is."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml import raw
from typedml.algebra.errors import UnitError
from typedml.algebra.grammar import Expression, parse, parse_definition


def attempt(read: Callable[[str], Expression], text: str) -> Expression | UnitError:
    """Return what a reader makes of a text, or its refusal; any other error is a failure."""
    try:
        return read(text)
    except UnitError as error:
        return error


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("km", "km"), ("km/hour", "hour**-1*km"), (" km / hour ", "hour**-1*km"), ("a/b*c", "a*b**-1*c"),
        ("a/(b*c)", "a*b**-1*c**-1"), ("m**2", "m**2"), ("m**-1", "m**-1"), ("m**+2", "m**2"), ("1", "1"),
        ("1/s", "s**-1"),
        ("m**(1/2)", "m**(1/2)"), ("m**(-3/4)", "m**(-3/4)"), ("(m/s)**2", "m**2*s**-2"), ("m**(2)", "m**2"),
        ("m*m", "m**2"), ("m/m", "1"), ("m**0", "1"), ("((m))", "m"), ("m**(2/4)", "m**(1/2)"), ("°C", "°C"),
        ("%", "%"), ("µm", "µm"), ("m\t/\ts", "m*s**-1"),
    ],
)  # fmt: skip
def test_expressions_become_monomials_over_names(text: str, canonical: str) -> None:
    assert str(parse(text).vector) == canonical


def test_every_name_is_placed_where_it_first_stands_even_if_it_cancels() -> None:
    assert dict(parse("km/hour*hour/km").positions) == {"km": 0, "hour": 3}


def test_variables_are_read_where_they_are_allowed() -> None:
    assert str(parse("'U**2*m", variables=True).vector) == "'U**2*m"


@pytest.mark.parametrize(
    ("text", "position", "fact", "hint"),
    [
        ("", 0, "is empty", 'the unit of pure numbers is "1"'),
        ("  ", 0, "is empty", 'is "1"'),
        ("m s", 2, '"s" follows "m" without an operator', 'write "m*s"'),
        ("m(s)", 1, '"(" follows "m"', 'write "m*('),
        ("m^2", 1, '"^" is not an operator', 'write "m**2"'),
        ("km²", 2, 'superscript "²"', 'write "km**2"'),
        ("km⁻¹/s", 2, 'superscript "⁻¹"', 'write "km**-1/s"'),
        ("m·s", 1, "MIDDLE DOT", 'write "*"'),
        ("m÷s", 1, "DIVISION SIGN", 'write "/"'),
        ("m**−1", 3, "MINUS SIGN", 'write "-"'),
        ("m\u00a0/s", 1, "NO-BREAK SPACE", "make up a unit"),
        ("m\u200b", 1, "ZERO WIDTH SPACE", "make up a unit"),
        ("m\n", 1, "U+000A", "make up a unit"),
        ("$", 0, "DOLLAR SIGN", 'write "USD"'),
        ("m!", 1, "EXCLAMATION MARK", "make up a unit"),
        ("m s⁻¹", 3, "superscript", "**-1"),
        ("m**1e9", 3, "too large", "up to 100"),
        ("m**101", 3, "too large", "up to 100"),
        ("m**(1/101)", 3, "too large", "up to 100"),
        ("m**999999999999", 3, "too large", "up to 100"),
        ("(m**100)**100", 10, "too large", "up to 100"),
        ("m**1e999999", 3, "too large", "smaller"),
        ("m**0.5", 3, "decimal", 'write "**(1/2)"'),
        ("m**x", 3, "not a number", 'write "m**2"'),
        ("m**", 3, "not a number", 'write "m**2"'),
        ("m**(1/0)", 3, "divided by zero", "write a number"),
        ("m**(1/2", 3, "not a number", "write"),
        ("m**2**3", 4, "power is raised to a power", "m**6"),
        ("1000*m", 0, "number 1000", "define one in the registry"),
        ("2*m", 0, "number 2", "define one in the registry"),
        ("m*1.5", 2, "number 1.5", "define one in the registry"),
        ("m/", 2, "missing at the end", "remove the operator"),
        ("*m", 0, 'missing before "*"', "write a unit there"),
        ("m//s", 2, 'missing before "/"', "write a unit there"),
        ("-m", 0, 'missing before "-"', "write a unit there"),
        ("(m", 0, '"(" is never closed', 'add ")"'),
        ("m)", 1, '")" has no "("', "remove it"),
        ("()", 1, 'missing before ")"', "write a unit"),
        ("(m s)", 3, "without an operator", 'write "m*s"'),
        ("s-1", 1, '"-" follows "s"', '"s**-1"'),
        ("m+s", 1, '"+" follows "m"', "joined by"),
        ("km per hour", 3, '"per" is not an operator', 'write "/"'),
        ("'U", 0, "unit variable 'U", "UnitVar"),
        ("'", 0, "quote is not followed by a name", "unit variable"),
    ],
)
def test_a_mistake_is_told_with_its_position_and_what_would_be_right(
    text: str, position: int, fact: str, hint: str
) -> None:
    with pytest.raises(UnitError) as caught:
        parse(text)
    error = caught.value
    assert fact in error.fact
    assert error.hint is not None
    assert hint in error.hint
    assert (error.text, error.position) == (text, position)
    assert str(error) == f"{error.fact}\nHint: {error.hint}"


@pytest.mark.parametrize(
    "text",
    ["(" * 400 + "m" + ")" * 400, "m" * 1_000_000, "m*" * 600_000, "(m**99)" * 100_000, "\u0301" * 1_000_000],
)
def test_hostile_texts_are_refused_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(UnitError) as caught:
        parse(text)
    assert raw(time.process_time() - start) < 0.2
    assert len(str(caught.value)) < 300
    assert len(caught.value.text) <= 1000


@given(st.text(alphabet="ms12/*()-^ '\u00b2.e", max_size=30))
def test_any_text_is_read_or_refused_with_a_position_inside_it(text: str) -> None:
    found = attempt(parse, text)
    if isinstance(found, UnitError):
        assert 0 <= found.position <= len(text)
        assert found.hint
    else:
        assert parse(str(found.vector)).vector == found.vector


@given(st.text(max_size=40))
def test_no_text_makes_the_parser_fail_otherwise(text: str) -> None:
    for read in (parse, parse_definition):
        found = attempt(read, text)
        assert isinstance(found, Expression) or found.hint


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("1e-3 * meter", "2**-3*5**-3*meter"), ("2150.42 cubic_inch", "2**-1*5**-2*19*5659*cubic_inch"),
        ("m^3/(kg s^2)", "kg**-1*m**3*s**-2"), ("(2 * h) ** 0.5", "2**(1/2)*h**(1/2)"), ("2**10", "2**10"),
        ("J K^-1", "J*K**-1"), ("60 * second", "2**2*3*5*second"), (".5", "2**-1"), ("4 / 6", "2*3**-1"),
    ],
)  # fmt: skip
def test_definitions_are_read_in_pints_dialect(text: str, canonical: str) -> None:
    assert str(parse_definition(text).vector) == canonical


@pytest.mark.parametrize("text", ["0", "0 * m", "-1 * m", "1e999999", "9" * 200, "m +"])
def test_definitions_without_a_positive_scale_are_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_definition(text)
