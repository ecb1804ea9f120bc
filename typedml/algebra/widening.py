"""Widenings: all meanings that a value may stand for without a word, the nearest first.

>>> from typedml.algebra.catalogue import KINDS
>>> from typedml.algebra.meaning import Meaning
>>> [str(wider) for wider in widenings(Meaning(KINDS["Probability"]))]
['Probability', 'Proportion', '1']
"""

from __future__ import annotations

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.unit import Unit, is_tag


def widenings(meaning: Meaning) -> tuple[Meaning, ...]:
    """Return `meaning`, its ancestors and the plain unit, each also without what is counted."""
    own = Meaning(meaning.kind, meaning.unit, meaning.cut)
    kinds = meaning.kind.lineage if meaning.kind is not None else ()
    found = [own]
    for unit in (meaning.unit, _untagged(meaning.unit)):
        for kind in (*kinds, None):
            wider = Meaning(kind, unit, meaning.cut) if kind is None or kind.admits(unit) else own
            if wider not in found and flow(own, wider) is None:
                found.append(wider)
    return tuple(found)


def unspelled(meaning: Meaning) -> Meaning:
    """Return the same meaning with its unit written in base units, so that `km/h` and `kph` look alike."""
    return Meaning(meaning.kind, Unit(meaning.unit.vector, origin=meaning.unit.origin), meaning.cut)


def _untagged(unit: Unit) -> Unit:
    if unit.is_point:
        return unit
    names = {name for tag in unit.tags.atoms for name in (tag[1:], tag[1:] + "s")}
    return Unit(unit.vector.without(is_tag), unit.spelling.without(names.__contains__))
