"""What a law found: a breach with its two sides, or the word for want of which it could not be checked."""

from __future__ import annotations

from typing import final

import attrs

from typedml.laws.case import Case, Mask
from typedml.laws.outcome import Outcome, Output, Raised


@final
@attrs.frozen(eq=False)
class Side:
    """One call of a counterexample: what went in and what came out; `title` says what was changed."""

    title: str
    case: Case
    outcome: Outcome | Raised


@final
@attrs.frozen(eq=False)
class Breach:
    """A law that does not hold on a case.

    `statement` is the law in one sentence about this feature; `expected` the outputs as they should be on the
    last side, `marks` the rows that differ, by label of the output. `is_scoped` where it is about which rows
    reach which, `is_example` where the author gave what is shown.
    """

    statement: str
    sides: tuple[Side, ...]
    marks: dict[str, Mask] = attrs.field(factory=dict)
    expected: tuple[Output, ...] = ()
    diagnosis: str = ""
    hint: str = ""
    is_scoped: bool = False
    is_example: bool = False


@final
@attrs.frozen
class Wanting:
    """A law could not be checked on a case, for want of this word of the declaration."""

    word: str


Verdict = Breach | Wanting | None
"""None where the law holds."""
