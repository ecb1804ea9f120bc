"""What decorators note about a function without touching it: an erased function costs nothing.

Notes are kept beside the function, keyed by it and gone with it.
"""

from __future__ import annotations

import re
import sys
import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typedml.algebra.unit import Unit
    from typedml.declare.feature_options import FeatureOptions


class Marking:
    """Whether a function is a feature or a conversion, and the local names its annotations may need.

    `converts` are the two units that a conversion names itself.
    """

    __slots__ = ("converts", "is_conversion", "local", "options")

    def __init__(self) -> None:
        self.options: FeatureOptions | None = None
        self.is_conversion = False
        self.converts: tuple[Unit, Unit] | None = None
        self.local: Mapping[str, Any] = {}


_markings: weakref.WeakKeyDictionary[Any, Marking] = weakref.WeakKeyDictionary()


def mark(function: Any, depth: int = 2) -> Marking:
    """The marking of a function, made if need be, with the names local to the caller `depth` frames up."""
    marking = _markings.setdefault(function, Marking())
    caller = sys._getframe(depth)
    if caller.f_locals is not caller.f_globals:
        # Only what its annotations name: all of a frame would keep the function itself alive.
        named = {name: caller.f_locals[name] for name in _names(function) if name in caller.f_locals}
        marking.local = {**marking.local, **named}
    return marking


def _names(function: Any) -> set[str]:
    """Every name in the annotations that are text, or hold text."""
    annotations = getattr(function, "__annotations__", {}).values()
    return set(re.findall(r"\w+", " ".join(map(str, annotations))))


def marking_of(function: Any) -> Marking:
    """The marking of a function; an empty one if it has none."""
    try:
        return _markings.get(function) or Marking()
    except TypeError:
        # Not everything callable can be weakly referenced.
        return Marking()
