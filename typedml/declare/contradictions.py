"""Rules of a field that contradict each other, its type or its kind: refused when the class is made.

Each check looks at one declared field and yields a fact and a hint for each contradiction it sees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from typedml.declare.bounds import has_type, high_end, is_nominal_field, low_end
from typedml.declare.column_contradictions import COLUMN_CHECKS
from typedml.declare.declared import DeclaredField
from typedml.declare.fitting import misfit
from typedml.errors import DeclarationError

Finding = tuple[str, str]
# Look-around, back-references, atomic groups and possessive quantifiers: no engine but Python's has them all.
_PYTHON_ONLY = re.compile(r"\(\?(?:[=!>]|<[=!]|P=|\()|\\[1-9]|[*+?}]\+")


def refuse_contradictions(declared: DeclaredField, owner: str) -> None:
    """Check one field of the class `owner`.

    Raises: DeclarationError with the first contradiction.
    """
    for check in CHECKS:
        for fact, hint in check(declared):
            refuse(f"{owner}.{declared.name}: {fact}", hint)


def refuse(fact: str, hint: str, *, code: str | None = None) -> NoReturn:
    """Raise the error for one contradiction."""
    raise DeclarationError(fact, hint) if code is None else DeclarationError(fact, hint, code=code)


def _meaning_fits(declared: DeclaredField) -> Iterator[Finding]:
    if declared.meaning is not None:
        found = misfit(declared.meaning, declared.base)
        if found is not None:
            yield found


def _unit_is_known(declared: DeclaredField) -> Iterator[Finding]:
    if declared.meaning is not None and declared.meaning.unit.variables:
        fact = f'the unit variable of "{declared.meaning}" is open, and no call decides it for a column.'
        yield fact, 'Name the unit: Annotated[float, Unit("km")]. A UnitVar is for parameters of functions.'


def _column_is_named(declared: DeclaredField) -> Iterator[Finding]:
    column: object = declared.column
    if not isinstance(column, str) or not column:
        yield f"column={column!r} is not a name.", 'Write column="Distance (mi)", or leave it out.'


def _one_bound_a_side(declared: DeclaredField) -> Iterator[Finding]:
    rules = declared.rules
    for first, second in (("gt", "ge"), ("lt", "le")):
        a, b = getattr(rules, first), getattr(rules, second)
        if a is not None and b is not None:
            yield f"{first}={a!r} and {second}={b!r} bound the same side.", f"Keep {first}= or {second}=."


def _bounds_have_the_type(declared: DeclaredField) -> Iterator[Finding]:
    for end in filter(None, (low_end(declared.rules), high_end(declared.rules))):
        said = f"{end.rule}={end.value!r}"
        if declared.base in (str, bytes, bool) or is_nominal_field(declared):
            yield f"{said} bounds values that have no order in size.", "Use isin= or pattern=."
        elif not has_type(end.value, declared.base):
            yield f"{said} is no {declared.base.__name__}.", f"Give a {declared.base.__name__} as bound."
        elif end.value != end.value:
            yield f"{said}: nan bounds nothing.", "Give a number."


def _bounds_leave_a_value(declared: DeclaredField) -> Iterator[Finding]:
    low, high = low_end(declared.rules), high_end(declared.rules)
    if low is None or high is None:
        return
    said = f"{low.rule}={low.value!r} and {high.rule}={high.value!r}"
    if low.value > high.value or (low.value == high.value and (low.is_open or high.is_open)):
        equal = "Write isin=[...] for a single value."
        swapped = f"Swap them: {low.rule}={high.value!r}, {high.rule}={low.value!r}."
        yield f"{said} leave no value.", equal if low.value == high.value else swapped


def _bounds_are_inside_the_kind(declared: DeclaredField) -> Iterator[Finding]:
    meaning = declared.meaning
    for end in filter(None, (low_end(declared.rules), high_end(declared.rules))):
        if meaning is None or not isinstance(end.value, int | float) or math.isinf(end.value):
            continue
        if not meaning.range.low <= end.value <= meaning.range.high:
            fact = f"{end.rule}={end.value!r} is outside of {meaning.range}, the range of {meaning}."
            yield fact, f"Leave {end.rule}= out, or give a bound inside of {meaning.range}."


def _members_are_allowed(declared: DeclaredField) -> Iterator[Finding]:
    members = declared.rules.isin
    if members is None:
        return
    if not members:
        yield "isin=[] allows no value.", "List the values, or leave isin= out."
    yield from _values_are_allowed("isin", members, declared)


def _examples_are_allowed(declared: DeclaredField) -> Iterator[Finding]:
    yield from _values_are_allowed("examples", declared.examples, declared)
    members = declared.rules.isin
    for value in declared.examples:
        if value is not None and members is not None and value not in members:
            yield f"the example {value!r} is not in isin={list(members)!r}.", "Give an example that is."


def _values_are_allowed(rule: str, values: tuple[Any, ...], declared: DeclaredField) -> Iterator[Finding]:
    for value in values:
        if value is None:
            if not declared.nullable:
                yield f"{rule} holds None, but no value is null.", "Annotate it `| None`, or drop the None."
        elif not has_type(value, declared.base):
            yield f"{rule} holds {value!r}, no {declared.base.__name__}.", f"Drop {value!r}."
        else:
            outside = breaks(value, declared)
            if outside is not None:
                widen = f", or widen {outside}" if "=" in outside else ""
                yield f"{rule} holds {value!r}, which {outside} forbids.", f"Drop {value!r}{widen}."


def breaks(value: Any, declared: DeclaredField) -> str | None:
    """The bound, pattern or kind that `value` breaks, None if it keeps them."""
    low, high = low_end(declared.rules), high_end(declared.rules)
    if low is not None and not (value > low.value or (value == low.value and not low.is_open)):
        return f"{low.rule}={low.value!r}"
    if high is not None and not (value < high.value or (value == high.value and not high.is_open)):
        return f"{high.rule}={high.value!r}"
    pattern = declared.rules.pattern
    if pattern is not None and isinstance(value, str) and not re.fullmatch(pattern, value):
        return f"pattern={pattern!r}"
    rules = declared.rules
    if isinstance(value, str) and rules.min_length is not None and len(value) < rules.min_length:
        return f"min_length={rules.min_length}"
    if isinstance(value, str) and rules.max_length is not None and len(value) > rules.max_length:
        return f"max_length={rules.max_length}"
    meaning = declared.meaning
    if meaning is not None and isinstance(value, int | float) and not meaning.range.contains(value):
        return str(meaning)
    return None


def _pattern_is_portable(declared: DeclaredField) -> Iterator[Finding]:
    pattern = declared.rules.pattern
    if pattern is None:
        return
    if declared.base is not str:
        yield (
            f"pattern={pattern!r} is for text, not for {declared.base.__name__}.",
            "Use gt= ge= lt= le= or isin=.",
        )
        return
    try:
        re.compile(pattern)
    except (re.error, TypeError, OverflowError) as error:
        yield (
            f"pattern={pattern!r} is not a regular expression: {error}.",
            'For a literal text use isin=["..."].',
        )
        return
    if _PYTHON_ONLY.search(re.sub(r"\\\\", "", pattern)):
        fact = f"pattern={pattern!r} uses look-around, back-references or possessive matching."
        yield fact, "Engines differ there: say it without, or with a rule of its own."


def _null_share_is_possible(declared: DeclaredField) -> Iterator[Finding]:
    share: object = declared.rules.null_fraction
    if share is None:
        return
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
        yield f"null_fraction={share!r} is not a share in [0, 1].", "Write null_fraction=0.05 for 5 percent."
    if not declared.nullable:
        yield (
            f"null_fraction={share!r}, but no value may be null.",
            "Annotate it `| None`, or leave the rule out.",
        )


CHECKS: tuple[Callable[[DeclaredField], Iterator[Finding]], ...] = (
    _column_is_named,
    _meaning_fits,
    _unit_is_known,
    _one_bound_a_side,
    _bounds_have_the_type,
    _bounds_leave_a_value,
    _bounds_are_inside_the_kind,
    _members_are_allowed,
    _pattern_is_portable,
    _null_share_is_possible,
    _examples_are_allowed,
    *COLUMN_CHECKS,
)

__all__ = ["CHECKS", "breaks", "has_type", "high_end", "low_end", "refuse", "refuse_contradictions"]
