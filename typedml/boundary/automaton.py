"""Regular expressions that are matched in one pass over a text, whatever the expression and the text.

Python's own matcher tries one way after the other: `(a+)+$` takes 2**30 steps to refuse 30 letters. Here all
ways are followed at once, one set of states for each character (Thompson 1968), and sets that were met are
kept. Python's parser reads the expression, so that both speak of the same one.

>>> wild = automaton("(a+)+$")
>>> wild("a" * 10_000), wild("a" * 10_000 + "b")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from re import _constants as code  # type: ignore[attr-defined]  # there is no public parser
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple, final

MOST_STATES = 1000
_MOST_KEPT = 20_000
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    code.CATEGORY_DIGIT: lambda letter: "0" <= letter <= "9",
    code.CATEGORY_SPACE: lambda letter: letter in " \t\n\r\f\v",
    code.CATEGORY_WORD: lambda letter: letter in _WORD,
    code.CATEGORY_NOT_DIGIT: lambda letter: not "0" <= letter <= "9",
    code.CATEGORY_NOT_SPACE: lambda letter: letter not in " \t\n\r\f\v",
    code.CATEGORY_NOT_WORD: lambda letter: letter not in _WORD,
}
Test = Callable[[str], bool]


class Unreadable(Exception):
    """An expression that has no automaton: it looks around or back, or it is too large."""


class _Place(NamedTuple):
    """Where a text is: at its start, after a letter of a word, before one; `next_letter` is "" at its end."""

    at_start: bool
    after_word: bool
    next_letter: str


class _State(NamedTuple):
    """One state: it takes a letter that `test` holds for, or goes on by itself, where `asks` holds."""

    test: Test | None
    asks: Callable[[_Place], bool] | None
    to: tuple[int, ...]


_ASKS: dict[Any, Callable[[_Place], bool]] = {
    code.AT_BEGINNING: lambda place: place.at_start,
    code.AT_BEGINNING_STRING: lambda place: place.at_start,
    code.AT_END: lambda place: not place.next_letter,
    code.AT_END_STRING: lambda place: not place.next_letter,
    code.AT_BOUNDARY: lambda place: place.after_word is not (place.next_letter in _WORD),
    code.AT_NON_BOUNDARY: lambda place: place.after_word is (place.next_letter in _WORD),
}


def automaton(pattern: str, flags: int = re.ASCII) -> Callable[[str], bool]:
    """Whether a whole text matches a pattern, as a function that takes one step for each letter.

    Raises: Unreadable, if there is no automaton of at most `MOST_STATES` states for it.
    """
    tree = parser.parse(pattern, flags)
    if tree.state.flags & ~(re.ASCII | re.DOTALL | re.IGNORECASE | re.VERBOSE):
        raise Unreadable(pattern)
    builder = _Builder(bool(tree.state.flags & re.IGNORECASE), bool(tree.state.flags & re.DOTALL))
    last = builder.add(_State(None, None, ()))
    first = builder.sequence(tree, last)
    return _Automaton(tuple(builder.states), first, last).matches


def is_tame(pattern: str, flags: int = re.ASCII) -> bool:
    """Whether Python's own matcher cannot go astray in a pattern.

    No repetition stands in another, no choice either, one at most has no end, and there are few: each
    optional part doubles the ways at worst.
    """
    repeats = list(_repeats(parser.parse(pattern, flags), inside=False))
    endless = sum(most == code.MAXREPEAT for _, most in repeats)
    return not any(inside for inside, _ in repeats) and endless <= 1 and len(repeats) <= _MOST_REPEATS


_MOST_REPEATS = 8


def _repeats(items: Any, inside: bool) -> Iterator[tuple[bool, Any]]:
    """The repetitions of no fixed number, and the choices in one: whether within another, and how often."""
    for operation, argument in items:
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT):
            least, most, body = argument
            if least != most:
                yield inside, most
            yield from _repeats(body, inside or most > 1)
        elif operation is code.BRANCH:
            if inside:
                yield True, 1
            for way in argument[1]:
                yield from _repeats(way, inside)
        elif operation is code.SUBPATTERN:
            yield from _repeats(argument[3], inside)


class _Builder:
    """Makes states from the end to the beginning: each is told where its successor is."""

    def __init__(self, any_case: bool, any_letter: bool) -> None:
        self.states: list[_State] = []
        self.any_case, self.any_letter = any_case, any_letter

    def add(self, state: _State) -> int:
        if len(self.states) >= MOST_STATES:
            raise Unreadable
        self.states.append(state)
        return len(self.states) - 1

    def sequence(self, items: Iterable[tuple[Any, Any]], to: int) -> int:
        for operation, argument in reversed(list(items)):
            to = self.item(operation, argument, to)
        return to

    def item(self, operation: Any, argument: Any, to: int) -> int:
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT):
            least, most, body = argument
            return self.repeat(least, most, body, to)
        if operation is code.BRANCH:
            return self.add(_State(None, None, tuple(self.sequence(way, to) for way in argument[1])))
        if operation is code.SUBPATTERN and not argument[1] and not argument[2]:
            return self.sequence(argument[3], to)
        if operation is code.AT and argument in _ASKS:
            return self.add(_State(None, _ASKS[argument], (to,)))
        return self.add(_State(self.test(operation, argument), None, (to,)))

    def repeat(self, least: int, most: int, body: Any, to: int) -> int:
        if most == code.MAXREPEAT:
            # The loop is a state before its body is there, and is told of it afterwards.
            loop = self.add(_State(None, None, ()))
            self.states[loop] = _State(None, None, (self.sequence(body, loop), to))
            to = loop
        else:
            end = to
            for _ in range(most - least):
                to = self.add(_State(None, None, (self.sequence(body, to), end)))
        for _ in range(least):
            to = self.sequence(body, to)
        return to

    def test(self, operation: Any, argument: Any) -> Test:
        """Whether a letter fits an item; where case says nothing, one that fits in either does."""
        if operation is code.NOT_LITERAL:
            wanted = self.test(code.LITERAL, argument)
            return lambda letter: not wanted(letter)
        if operation is code.IN:
            negated = argument[0][0] is code.NEGATE
            tests = [self.test(kind, value) for kind, value in argument[negated:]]
            return lambda letter: any(test(letter) for test in tests) is not negated
        plain = _test(operation, argument, self.any_letter)
        if not self.any_case or operation not in (code.LITERAL, code.RANGE):
            return plain
        return lambda letter: plain(letter) or (letter.isascii() and plain(letter.swapcase()))


def _test(operation: Any, argument: Any, any_letter: bool) -> Test:
    if operation is code.LITERAL:
        return lambda letter: ord(letter) == argument
    if operation is code.RANGE:
        return lambda letter: argument[0] <= ord(letter) <= argument[1]
    if operation is code.CATEGORY and argument in _CATEGORIES:
        return _CATEGORIES[argument]
    if operation is code.ANY:
        return lambda letter: any_letter or letter != "\n"
    raise Unreadable


@final
class _Automaton:
    """The states of an expression, and the sets of them that texts have led to."""

    def __init__(self, states: tuple[_State, ...], first: int, last: int) -> None:
        self.states, self.first, self.last = states, first, last
        self.steps: dict[tuple[frozenset[int], bool, bool, str], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        here, at_start, after_word = frozenset((self.first,)), True, False
        steps = self.steps
        for letter in text:
            key = (here, at_start, after_word, letter)
            known = steps.get(key)
            here = self._step(key) if known is None else known
            if not here:
                return False
            at_start, after_word = False, letter in _WORD
        return self.last in self._closure(here, _Place(at_start, after_word, ""))

    def _step(self, key: tuple[frozenset[int], bool, bool, str]) -> frozenset[int]:
        here, at_start, after_word, letter = key
        reached = (
            self.states[number] for number in self._closure(here, _Place(at_start, after_word, letter))
        )
        after = frozenset(state.to[0] for state in reached if state.test is not None and state.test(letter))
        if len(self.steps) >= _MOST_KEPT:
            self.steps.clear()
        self.steps[key] = after
        return after

    def _closure(self, here: frozenset[int], place: _Place) -> set[int]:
        """These states and all that are reached from them without a letter."""
        found, open_ones = set(here), list(here)
        while open_ones:
            state = self.states[open_ones.pop()]
            if state.test is None and (state.asks is None or state.asks(place)):
                new = [number for number in state.to if number not in found]
                found.update(new)
                open_ones += new
        return found
