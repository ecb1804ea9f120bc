"""Code that gives a number a meaning: `KM(5.0)`, `THRESHOLD(PROBABILITY(x))`, `Unit("km/hour")(x)`.

>>> from typedml.algebra.catalogue import KINDS
>>> marked(Marking(Meaning(KINDS["Count"]), None, "n / 2", "float"), None).code
'COUNT(round(n / 2))'
"""

from __future__ import annotations

from typing import NamedTuple

from typedml.algebra.catalogue import KINDS
from typedml.algebra.flow import flow
from typedml.algebra.kind import marker_name
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action
from typedml.messages.code import crossed, grouped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from typedml.algebra.unit import Unit

    Constants: TypeAlias = Callable[[Meaning], str | None]

SHIPPED = frozenset(marker_name(name) for name in KINDS)


class Marking(NamedTuple):
    """What is to get which meaning: its meaning so far, its source and plain type, each where it is known.

    `wanted` is the plain type that must come of it.
    """

    target: Meaning
    source: Operand | None
    text: str
    carrier: str
    wanted: str = ""


class Marked(NamedTuple):
    """Code that gives a number its meaning, the plain type of that, and how its marker is made."""

    code: str
    carrier: str
    definition: str = ""


def marked(marking: Marking, constants: Constants | None) -> Marked:
    """Return the code that gives a number a meaning; a cut is one of a value that has its own first."""
    target, text = marking.target, marking.text
    if target.cut:
        inner = _value(marking._replace(target=target.uncut), constants)
        return inner._replace(code=f"THRESHOLD({inner.code})")
    name, definition = _own(target, constants) or _marker(target, constants is not None)
    is_integral = (target.integral and not isinstance(marking.source, Literal)) or marking.wanted == "int"
    whole = is_integral and marking.carrier == "float"
    carrier = "int" if whole else marking.carrier
    return Marked(f"{name}({_whole(text) if whole else grouped(text, 0)})", carrier, definition)


def _own(target: Meaning, constants: Constants | None) -> tuple[str, str] | None:
    """Return the author's name of a marker, and where it is from if that is another module."""
    found = constants(target) if constants is not None else None
    if found is None:
        return None
    module, _, name = found.rpartition(":")
    return name, f", with {name} from {module}" if module else ""


def _whole(text: str) -> str:
    return f"round({grouped(text, 0)})"


def _value(marking: Marking, constants: Constants | None) -> Marked:
    """Return the code for a value of which a cut is made, which may be one already."""
    target, source = marking.target, marking.source
    if isinstance(source, Meaning | Literal):
        found = flow(source.uncut if isinstance(source, Meaning) else source, target)
        if found is None:
            return Marked(marking.text, marking.carrier)
        remedy = found.remedy
        if remedy is not None and remedy.action is Action.CROSS:
            return Marked(crossed(remedy.arguments[0], marking.text), "float")
        if remedy is not None and remedy.action is Action.CONVERT:
            source_unit, target_unit = remedy.arguments
            return Marked(f'convert({marking.text}, "{source_unit}", "{target_unit}")', "float")
    return marked(marking, constants)


def _marker(target: Meaning, is_asked: bool) -> tuple[str, str]:
    """Return the name of a marker, and the words for how it is made where typedml does not ship it."""
    kind = target.kind
    if kind is not None and (target.unit == kind.default_unit or flow(Meaning(kind), target) is None):
        if not is_asked or KINDS.get(kind.name) == kind:
            return kind.marker, ""
        return kind.marker, f', with {kind.marker} = Kind("{kind.name}", ...) as it is declared'
    return unit_marker(target.unit)


def unit_marker(unit: Unit) -> tuple[str, str]:
    """Return the name of a unit's marker and how it is made; a compound unit has no name, nor one taken."""
    text = str(unit)
    name = text.upper()
    if not name.isidentifier() or not name.isascii() or name in SHIPPED:
        return f'Unit("{text}")', ""
    return name, f', with {name} = Unit("{text}")'
