"""Rules about a column as a whole that contradict its annotation: order, lengths, storage, references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from typedml.declare.bounds import high_end, is_nominal_field, low_end
from typedml.declare.declared import DeclaredField, DeclaredSchema
from typedml.declare.demands import Reference

Finding = tuple[str, str]
_ORDERS = ("increasing", "decreasing")
INTEGERS = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
FLOATS = ("float16", "float32", "float64")


def _order_is_defined(declared: DeclaredField) -> Iterator[Finding]:
    stated = [rule for rule in _ORDERS if getattr(declared.rules, rule) is not False]
    if len(stated) > 1:
        yield "increasing= and decreasing= leave one value.", "Keep one of them; isin=[...] for a constant."
    for rule in stated:
        order: object = getattr(declared.rules, rule)
        if not isinstance(order, bool | str) or order == "":
            fact = f"{rule}={order!r} is neither True nor False, nor the name of a field."
            yield fact, f'Write {rule}=True, or {rule}="departure" for the field that orders the rows.'
        elif order is True and declared.nullable:
            yield f"{rule}=True on a nullable column.", "A null has no place in an order: drop `| None`."
        if declared.base is bool or is_nominal_field(declared):
            yield f"{rule}={order!r} on values that have no order.", f"Leave {rule}= out."


def _unique_is_a_flag(declared: DeclaredField) -> Iterator[Finding]:
    unique: object = declared.rules.unique
    if not isinstance(unique, bool):
        yield f"unique={unique!r} is neither True nor False.", "Write unique=True."


def _lengths_are_possible(declared: DeclaredField) -> Iterator[Finding]:
    rules = declared.rules
    lengths: dict[str, Any] = {"min_length": rules.min_length, "max_length": rules.max_length}
    stated = {name: length for name, length in lengths.items() if length is not None}
    for name, length in stated.items():
        if type(length) is not int or length < 0:
            yield f"{name}={length!r} is no number of characters.", f"Write {name}=3."
            return
        if declared.base is not str:
            yield f"{name}={length!r} is for text, not for {declared.base.__name__}.", "Use gt= ge= lt= le=."
    if len(stated) == 2 and stated["min_length"] > stated["max_length"]:
        fact = f"min_length={rules.min_length} and max_length={rules.max_length} leave no value."
        yield fact, f"Swap them: min_length={rules.max_length}, max_length={rules.min_length}."


def _width_holds_the_values(declared: DeclaredField) -> Iterator[Finding]:
    width: object = declared.rules.width
    if width is None:
        return
    if width not in INTEGERS and width not in FLOATS:
        yield f"dtype={width!r} is no width of numbers.", f"Write one of {', '.join((*INTEGERS, *FLOATS))}."
    elif declared.base not in (int, float):
        fact = f"dtype={width!r} is for numbers, not for {declared.base.__name__}."
        yield fact, "Leave dtype= out: the annotation says what the values are."
    elif declared.base is int and width in FLOATS:
        yield f"dtype={width!r} holds no int.", "Annotate it float, or name the width of an integer."
    else:
        yield from _width_leaves_a_value(declared)


def _width_leaves_a_value(declared: DeclaredField) -> Iterator[Finding]:
    low, high = low_end(declared.rules), high_end(declared.rules)
    least, most = INTEGERS.get(declared.rules.width or "", (float("-inf"), float("inf")))
    values = declared.rules.isin or ()
    too_high = low is not None and isinstance(low.value, int | float) and low.value > most
    too_low = high is not None and isinstance(high.value, int | float) and high.value < least
    for end in (low if too_high else None, high if too_low else None):
        if end is not None:
            fact = f"{end.rule}={end.value!r} leaves no value of dtype={declared.rules.width!r}."
            yield fact, f"It holds {least:,} to {most:,}: name a wider dtype, or another bound."
    for value in values:
        if isinstance(value, int | float) and not least <= value <= most:
            yield (
                f"isin holds {value!r}, no {declared.rules.width}.",
                f"Drop {value!r}, or name a wider dtype.",
            )


def _reference_is_comparable(declared: DeclaredField) -> Iterator[Finding]:
    reference = declared.rules.references
    if reference is not None and declared.base is object:
        yield "references= on values of any type.", "Annotate what they are: str, or int."
    elif reference is not None and reference.schema is not None:
        yield from _single_reference(declared, reference)


def _single_reference(declared: DeclaredField, reference: Reference) -> Iterator[Finding]:
    assert reference.schema is not None
    schema: DeclaredSchema = reference.schema.__dict__["declared"]
    target = next(field for field in schema.fields if field.column == reference.targets[0])
    finding = incomparable(declared, target, f"{schema.name}.{target.name}")
    if finding is not None:
        yield finding


def incomparable(declared: DeclaredField, target: DeclaredField, name: str) -> Finding | None:
    """Why the values of a field never are those of the field that it refers to; None if they may be."""
    from typedml.algebra.mismatch import Mismatch
    from typedml.algebra.rules import combine

    bases = {declared.base, target.base}
    if len(bases) > 1 and not bases <= {int, float}:
        fact = f"references {name}, which holds {target.base.__name__}, not {declared.base.__name__}."
        return fact, "Declare both columns with one type."
    if declared.meaning is None or target.meaning is None:
        return None
    if not isinstance(combine("==", declared.meaning, target.meaning), Mismatch):
        return None
    fact = f'references {name}, which is "{target.meaning}", not "{declared.meaning}".'
    return fact, "Refer to a column of the same kind and unit."


def _severity_is_known(declared: DeclaredField) -> Iterator[Finding]:
    if declared.severity not in ("fail", "warn"):
        yield f"severity={declared.severity!r} is unknown.", 'Write severity="fail" or severity="warn".'
    elif declared.severity == "warn" and not declared.rules.stated:
        fact = 'severity="warn", but field(...) states no rule; what the annotation says always fails.'
        yield fact, 'State the rule that only warns: field(le=150, severity="warn").'


COLUMN_CHECKS: tuple[Callable[[DeclaredField], Iterator[Finding]], ...] = (
    _unique_is_a_flag,
    _order_is_defined,
    _lengths_are_possible,
    _width_holds_the_values,
    _reference_is_comparable,
    _severity_is_known,
)
