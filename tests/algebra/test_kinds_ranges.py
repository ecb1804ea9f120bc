from __future__ import annotations

import operator
from math import inf, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from typedml.algebra.ranges import NON_NEGATIVE, UNBOUNDED, UNIT_RANGE, Range

ENDS = st.one_of(st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, 3.0, inf, -inf]), st.floats(-9, 9))
OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


@st.composite
def ranges_with_a_member(draw: st.DrawFn) -> tuple[Range, float]:
    low, high = sorted((draw(ENDS), draw(ENDS)))
    assume(low < high)
    member = draw(st.floats(max(low, -50.0), min(high, 50.0))) if low < 50 and high > -50 else low
    span = Range(low, high, draw(st.booleans()), draw(st.booleans()))
    assume(span.contains(member))
    return span, member


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_result_of_members_is_a_member_of_the_result(name: str) -> None:
    @given(ranges_with_a_member(), ranges_with_a_member())
    def holds(left: tuple[Range, float], right: tuple[Range, float]) -> None:
        function = OPERATIONS[name]
        try:
            value = function(left[1], right[1])
        except (ZeroDivisionError, OverflowError):
            assume(False)
        assume(not isinstance(value, complex) and value == value and abs(value) != inf)
        span = function(left[0], right[0])
        # Rounding may leave an end, or reach an open one.
        near = 1e-9 * max(1.0, abs(value))
        assert span.low - near <= value <= span.high + near, (left, right, value, span)

    holds()


def test_the_closure_of_probabilities() -> None:
    one = Range.at(1)
    assert (UNIT_RANGE * UNIT_RANGE).within(UNIT_RANGE)
    assert (one - UNIT_RANGE).within(UNIT_RANGE)
    assert (UNIT_RANGE ** Range.at(3)).within(UNIT_RANGE)
    assert (UNIT_RANGE**NON_NEGATIVE).within(UNIT_RANGE)
    assert not (UNIT_RANGE + UNIT_RANGE).within(UNIT_RANGE)
    assert not (UNIT_RANGE - UNIT_RANGE).within(UNIT_RANGE)
    assert not (UNIT_RANGE / UNIT_RANGE).within(UNIT_RANGE)
    assert not (Range.at(2) * UNIT_RANGE).within(UNIT_RANGE)


def test_open_ends_stay_open_where_they_are_not_reached() -> None:
    inside = Range(0, 1, True, True)
    assert inside * inside == Range(0, 1, True, True)
    assert inside + UNIT_RANGE == Range(0, 2, True, True)
    assert inside.within(UNIT_RANGE)
    assert not UNIT_RANGE.within(inside)
    assert not inside.contains(0)
    assert inside * Range.at(0) == Range.at(0)


def test_zero_and_infinity_do_not_make_nan() -> None:
    assert NON_NEGATIVE * UNIT_RANGE == NON_NEGATIVE
    assert NON_NEGATIVE - NON_NEGATIVE == UNBOUNDED
    assert UNIT_RANGE / Range(-1, 1) == UNBOUNDED
    assert Range.at(nan) == UNBOUNDED
    assert not UNIT_RANGE.contains(nan)


def test_rounding_moves_the_ends() -> None:
    span = Range(-1.5, 1.2)
    assert span.rounded() == Range(-2, 1)
    assert span.truncated() == Range(-1, 1)
    assert (span.floored(), span.ceiled()) == (Range(-2, 1), Range(-1, 2))
    assert abs(span) == Range(0, 1.5)
    assert UNBOUNDED.rounded() == UNBOUNDED


def test_a_range_shows_its_ends() -> None:
    assert str(Range(0, inf)) == "[0, inf)"
    assert str(Range(-inf, 0, False, True)) == "(-inf, 0)"
    assert repr(Range(0, 1, True)) == "Range(0.0, 1.0, low_open=True, high_open=False)"


@pytest.mark.parametrize("ends", [(1, 0), (nan, 1), (0, nan)])
def test_a_range_that_holds_nothing_is_refused(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="Hint: write"):
        Range(*ends)
