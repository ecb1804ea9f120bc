"""Which values may add up over the parts of a whole: what a kind says, or else a unit alone.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> from typedml.algebra.registry import unit
>>> may_add_up(Meaning(KINDS["Count"])), may_add_up(Meaning(KINDS["Proportion"]))
(True, False)
>>> may_add_up(Meaning(unit=unit("mile"))), may_add_up(Meaning(unit=unit("mile/hour")))
(True, False)
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning


def may_add_up(meaning: Meaning) -> bool:
    """Say whether values may be parts of a whole; a rate, a point or a bare number is none.

    A length or a duration may be, though a mean of them is one too: only what is done with it tells.
    """
    if meaning.cut or meaning.unit.origin is not None:
        return False
    if meaning.kind is not None and meaning.kind.extensive is not None:
        return meaning.kind.extensive
    powers = [power for _, power in (*meaning.unit.dimension.items, *meaning.unit.tags.items)]
    return bool(powers) and all(power > 0 for power in powers)
