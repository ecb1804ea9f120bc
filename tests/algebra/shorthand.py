"""Short names for meanings, and the operands that tests range over."""

from __future__ import annotations

from math import inf, nan

from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.registry import default_registry


def unit(text: str) -> Meaning:
    """A plain unit; unit variables are allowed."""
    return Meaning(None, default_registry().unit(text, variables=True))


def kind(name: str, text: str | None = None) -> Meaning:
    """A shipped kind, in its own unit or another."""
    return Meaning(KINDS[name], None if text is None else unit(text).unit)


def cut(name: str) -> Meaning:
    """A threshold on a shipped kind, or on a unit."""
    base = kind(name) if name in KINDS else unit(name)
    return Meaning(base.kind, base.unit, True)


def read(text: str) -> Operand:
    """An operand by its text: `Probability`, `cut Probability`, `km/hour`, `2.0`, `?` for unknown."""
    if text == "?":
        return UNKNOWN
    if text.startswith("cut "):
        return cut(text.removeprefix("cut "))
    name, _, tag = text.partition(", ")
    if name in KINDS:
        return kind(name, tag or None)
    try:
        return Literal(int(text) if text.lstrip("-").isdigit() else float(text))
    except ValueError:
        return unit(text)


def told(found: Operand | Mismatch) -> str:
    """An answer as a text: the meaning, `?`, or the name of the reason."""
    if isinstance(found, Mismatch):
        return found.reason.name
    return "?" if found is UNKNOWN else str(found)


UNITS = (
    *("1", "km", "m", "minute", "km/hour", "rad", "deg", "1/s", "rad/s", "percent", "bit", "'U", "'U**2"),
    *("click", "view", "click/view", "km/flight", "USD", "EUR", "degC", "dB", "dBm"),
)
CUT = ("Probability", "Logit", "Count", "Celsius", "EpochMillis", "Label", "Score", "km", "degC")
LITERALS = (0, 1, 2, -1, 0.0, 0.5, -0.5, 1.5, 24, 360, inf, -inf, nan, 10**400, 1e-300)
MEANINGS = tuple(
    [kind(name) for name in KINDS] + [unit(text) for text in UNITS]
    + [cut(text) for text in CUT]
    + [kind("Duration", "minute"), kind("Money", "USD"), kind("Count", "click"), kind("Distance", "km")]
)  # fmt: skip
OPERANDS: tuple[Operand, ...] = (*MEANINGS, *(Literal(value) for value in LITERALS), UNKNOWN)
