"""Mismatches: why two meanings do not go together, and what would - as structure, never as prose.

The sentences are made by `typedml.messages`, once for all layers; who finds a mismatch only says what it is.
"""

from __future__ import annotations

from enum import Enum

from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typedml.algebra.meaning import Meaning, Operand


class Reason(Enum):
    """Why an operation or a flow is refused; the value is its name in the documentation."""

    UNITS_DIFFER = "units differ"
    DIMENSIONS_DIFFER = "dimensions differ"
    ORIGINS_DIFFER = "origins differ"
    TAGS_DIFFER = "different things are counted"
    ANGLE_ALONE = "an angle is not a number"
    NUMBER_BESIDE_UNIT = "a number has no unit"
    UNKNOWN_BESIDE_UNIT = "nothing is declared of a number"
    NUMBER_NEEDED = "a pure number is needed"
    ANGLE_NEEDED = "an angle in radians is needed"
    THERE_ALREADY = "it is in that unit already"
    EXPONENT_UNKNOWN = "the unit depends on the exponent"
    KINDS_DIFFER = "kinds differ"
    SORTS_DIFFER = "points and differences are different things"
    NARROWER = "the parent is not the child"
    MARKER_NEEDED = "a plain number has no kind"
    POINTS_ADDED = "points do not add"
    POINT_SCALED = "points have no multiples"
    POINT_SUBTRACTED = "a point cannot be taken from a difference"
    CYCLE = "cyclic values have circular statistics only"
    ENCODED = "an encoded value has no arithmetic"
    OPAQUE = "no arithmetic on names and scores"
    UNORDERED = "names have no order"
    CUT_ARITHMETIC = "thresholds only compare"
    CUT_NEEDED = "a value is not a threshold"
    CUT_GIVEN = "a threshold is not a value"
    OUT_OF_RANGE = "outside of the range"
    LITERAL_GIVEN = "a literal has no unit"
    UNKNOWN_GIVEN = "nothing is declared of what is given"
    MEANING_LOST = "the meaning would be lost"
    NO_EDGE = "the function does not lead there"
    NO_MEAN = "the mean need not be a value of the kind"
    NOT_ORDINAL = "the order of names says nothing"
    CYCLE_NEEDED = "only cyclic values have circular statistics"
    STANDARDISED = "it is standardised already"
    ROLES_DIFFER = "roles differ"
    FITTED_ELSEWHERE = "fitted on rows that are held back"
    LABEL_GIVEN = "a label is not an input"
    KNOWN_LATER = "known only later"


UNIT, KIND, VALUE, ROLE = "typedml-unit", "typedml-kind", "typedml-value", "typedml-role"

CODES_OF: dict[Reason, str] = {
    Reason.UNITS_DIFFER: UNIT,
    Reason.DIMENSIONS_DIFFER: UNIT,
    Reason.ORIGINS_DIFFER: UNIT,
    Reason.TAGS_DIFFER: UNIT,
    Reason.ANGLE_ALONE: UNIT,
    Reason.NUMBER_BESIDE_UNIT: UNIT,
    Reason.UNKNOWN_BESIDE_UNIT: UNIT,
    Reason.NUMBER_NEEDED: UNIT,
    Reason.ANGLE_NEEDED: UNIT,
    Reason.THERE_ALREADY: UNIT,
    Reason.EXPONENT_UNKNOWN: UNIT,
    Reason.LITERAL_GIVEN: UNIT,
    Reason.UNKNOWN_GIVEN: UNIT,
    Reason.OUT_OF_RANGE: VALUE,
    Reason.ROLES_DIFFER: ROLE,
    Reason.FITTED_ELSEWHERE: ROLE,
    Reason.LABEL_GIVEN: ROLE,
    Reason.KNOWN_LATER: ROLE,
}
"""The error code of each reason that is not about kinds."""


class Action(Enum):
    """What would put a mismatch right."""

    CONVERT = "convert"
    MARK = "mark"
    CROSS = "cross"
    RAW = "raw"
    CONSTRUCT = "construct"
    SUBTRACT = "subtract"
    FLIP = "flip"


class Side(Enum):
    """Which operand a remedy is about; what flows is the left one, what it flows into the right one."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Remedy(Value):
    """One step that would be right.

    CONVERT `side` from and to the units in `arguments`; MARK or CONSTRUCT it with the marker in
    `arguments[0]`; CROSS to the other kind through the function in `arguments[0]`; leave the meaning by RAW;
    SUBTRACT a reference point; FLIP an operand over the fraction bar. `text` is the source of what is changed
    where that is not the operand itself, `result` what it makes of the whole.
    """

    __slots__ = ("action", "arguments", "result", "side", "text")

    action: Action
    side: Side
    arguments: tuple[str, ...]
    text: str | None
    result: Meaning | None

    def __init__(
        self,
        action: Action,
        side: Side,
        *arguments: str,
        text: str | None = None,
        result: Meaning | None = None,
    ) -> None:
        self._fill(action=action, side=side, arguments=arguments, text=text, result=result)


class Mismatch(Value):
    """A refused operation or flow: its error code, the reason, both sides and the remedy.

    `operation` is an operator, the name of a function, or "flow"; `right` is None for a single operand, and
    what is expected for a flow. `detail` is a fact that the two sides do not show: a range, an argument.
    `positions` are the places of both sides among the operands: (0, 2) in `min(a, b, c)` where c is at fault.
    """

    __slots__ = ("code", "detail", "left", "operation", "positions", "reason", "remedy", "right")

    code: str
    reason: Reason
    left: Operand
    right: Operand | None
    operation: str
    remedy: Remedy | None
    detail: str
    positions: tuple[int, int]

    def __init__(
        self,
        reason: Reason,
        left: Operand,
        right: Operand | None,
        operation: str,
        remedy: Remedy | None = None,
        detail: str = "",
        code: str | None = None,
        positions: tuple[int, int] = (0, 1),
    ) -> None:
        self._fill(code=code or CODES_OF.get(reason, KIND), reason=reason, left=left, right=right)
        self._fill(operation=operation, remedy=remedy, detail=detail, positions=positions)

    def within(self, operation: str) -> Mismatch:
        """Return the same mismatch as one of the operation that the user wrote."""
        return self if operation == self.operation else self._but(operation=operation)

    def towards(self, right: Operand | None) -> Mismatch:
        """Return the same mismatch with what the user declared as its right side, or with none."""
        return self._but(right=right)

    def with_remedy(self, remedy: Remedy | None) -> Mismatch:
        """Return the same mismatch with a better remedy."""
        return self._but(remedy=remedy)

    def at(self, left: int, right: int) -> Mismatch:
        """Return the same mismatch as one of the operands in these places."""
        return self._but(positions=(left, right))

    def _but(self, **changes: Any) -> Mismatch:
        return Mismatch(**{**{name: getattr(self, name) for name in Mismatch.__slots__}, **changes})
