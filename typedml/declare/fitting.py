"""Which plain types can carry which meanings: a probability is a number, not a `str`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typedml.algebra.kind import Kind
    from typedml.algebra.meaning import Meaning

NUMBERS: tuple[type, ...] = (int, float, Decimal, Fraction, complex)

# The nearest kind of a lineage that stands here gives the plain type of its values.
NATURAL_BASES: dict[str, type] = {
    "EpochSeconds": float,
    "EpochMillis": int,
    "EpochMicros": int,
    "EpochNanos": int,
    "Date": date,
    "Timestamp": datetime,
    "Label": int,
    "Category": str,
    "Identifier": str,
}

# Opaque kinds that are numbers all the same; every other opaque kind may be text.
NUMERIC_OPAQUE = frozenset({"Score"})


def natural_base(meaning: Meaning) -> type:
    """The plain type of a value of this meaning, where its annotation does not say."""
    if meaning.kind is None:
        return float
    for kind in meaning.kind.lineage:
        if kind.name in NATURAL_BASES:
            return NATURAL_BASES[kind.name]
    return int if meaning.kind.integral else float


def is_nominal(kind: Kind | None) -> bool:
    """True for a kind whose values are names rather than numbers."""
    from typedml.algebra.kind import Sort

    if kind is None or kind.sort is not Sort.OPAQUE:
        return False
    return not any(above.name in NUMERIC_OPAQUE for above in kind.lineage)


def is_instant(kind: Kind | None) -> bool:
    """True for a kind whose values are datetimes or dates."""
    return kind is not None and any(
        NATURAL_BASES.get(above.name) in (date, datetime) for above in kind.lineage
    )


def misfit(meaning: Meaning, base: type) -> tuple[str, str] | None:
    """Fact and hint where values of type `base` cannot carry `meaning`; None where they can."""
    kind = meaning.kind
    if base is object or is_nominal(kind) or (meaning.kind is None and meaning.cut):
        return None
    for family, test in _TESTS:
        if issubclass(base, family):
            hint = test(meaning)
            return None if hint is None else (f'A {base.__name__} cannot carry "{meaning}".', hint)
    return f'A {base.__name__} cannot carry "{meaning}".', "Annotate a number: Annotated[float, ...]."


def _bool_misfit(meaning: Meaning) -> str | None:
    fits = meaning.kind is not None and meaning.kind.is_named("Binary")
    return None if fits else "Annotate an indicator as Annotated[bool, BINARY], and a number as a float."


def _number_misfit(meaning: Meaning) -> str | None:
    fits = meaning.kind is None or not meaning.kind.is_named("Date")
    return None if fits else "Annotate a date: Annotated[datetime.date, DATE]."


def _text_misfit(meaning: Meaning) -> str:
    return "Annotate a number: Annotated[float, ...]; text can be an IDENTIFIER, a CATEGORY or a LABEL."


def _instant_misfit(meaning: Meaning) -> str | None:
    if is_instant(meaning.kind) and natural_base(meaning) in (date, datetime):
        return None
    if _is_clock(meaning):
        return None
    return "Mark a datetime with TIMESTAMP; EPOCH_SECONDS and its siblings are for numbers."


def _is_clock(meaning: Meaning) -> bool:
    """True for points in time that count from another zero than ours do, as of a zone of their own."""
    from typedml.algebra.catalogue import SECOND
    from typedml.algebra.kind import Sort

    kind = meaning.kind
    point = kind is not None and kind.sort is Sort.TORSOR and kind.period is None and kind.origin is not None
    named = kind is not None and any(above.name in NATURAL_BASES for above in kind.lineage)
    return point and not named and meaning.unit.dimension == SECOND.dimension


def _span_misfit(meaning: Meaning) -> str | None:
    fits = meaning.kind is not None and meaning.kind.is_named("Duration")
    return None if fits else "A timedelta knows its unit: mark it with DURATION, or annotate a float."


_TESTS = (
    (bool, _bool_misfit),
    (NUMBERS, _number_misfit),
    (str, _text_misfit),
    (bytes, _text_misfit),
    (date, _instant_misfit),
    (timedelta, _span_misfit),
)
