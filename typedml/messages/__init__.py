"""One voice for all layers: sentences and hints made from the structure of a mismatch.

>>> from typedml.algebra.catalogue import HOUR, MINUTE
>>> from typedml.algebra.flow import flow
>>> from typedml.algebra.meaning import Meaning
>>> mismatch = flow(Meaning(None, MINUTE), Meaning(None, HOUR))
>>> print(render(mismatch, names=("air_time", None)).hint)
convert(air_time, "minute", "hour") makes it "float[hour]"
"""

from __future__ import annotations

from typing import NamedTuple

from typedml.algebra.mismatch import Mismatch
from typedml.algebra.remedies import remedy_for
from typedml.messages.advice import held
from typedml.messages.hints import hint
from typedml.messages.sentences import argument, assigned, fact, returned
from typedml.messages.wording import describe, spell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.messages.marks import Constants
    from typedml.messages.steps import Functions
    from typedml.messages.units import Rates

__all__ = [
    "Rendered",
    "argument",
    "assigned",
    "describe",
    "explain_mismatch",
    "fact",
    "held",
    "hint",
    "remedy_for",
    "render",
    "returned",
    "spell",
]


class Rendered(NamedTuple):
    """A message: the fact, and what would be right."""

    text: str
    hint: str


def render(
    mismatch: Mismatch,
    *,
    names: tuple[str | None, ...] = (None, None),
    carriers: tuple[str, ...] = ("float", "float"),
    sentence: str | None = None,
    among: str = "",
    constants: Constants | None = None,
    whole: str = "",
    functions: Functions | None = None,
    rates: Rates | None = None,
    missing: bool = False,
) -> Rendered:
    """Return the message of a mismatch.

    `names` are the source texts of both sides and `carriers` their plain types, each as far as known;
    `sentence` is the fact where the caller knows more of the place (`returned`, `argument`, mypy's words);
    the rest is for the hint.
    """
    left, right = (*names, None, None)[:2]
    both = (*carriers, "float", "float")[:2] if carriers else ("float", "float")
    pair = (both[0], both[1])
    found = hint(
        mismatch,
        (left, right),
        pair,
        among=among,
        constants=constants,
        whole=whole,
        functions=functions,
        rates=rates,
        missing=missing,
    )
    return Rendered(sentence or fact(mismatch, pair), found)


def explain_mismatch(mismatch: Mismatch, *carriers: str) -> Rendered:
    """Return the message of a mismatch of which nothing but the plain types of both sides is known."""
    return render(mismatch, carriers=carriers or ("float", "float"))
