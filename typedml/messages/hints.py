"""The hints: what would be right, as code with the names that stand in the source.

A hint with code is worded in one of a few ways, so that a test can apply it: `X makes it "float[km]"`,
`X instead of Y: ...`, `X is a difference, ...`, `X is the plain number`.
"""

from __future__ import annotations

from typedml.algebra.conversion import converted
from typedml.algebra.flow import flow
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.remedies import sound
from typedml.messages.advice import advice, held
from typedml.messages.bases import base_shift, is_based_otherwise
from typedml.messages.code import ARGUMENT, grouped, one_line
from typedml.messages.steps import BY_ACTION, EACH, Case
from typedml.messages.units import exactly

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.messages.advice import Names
    from typedml.messages.marks import Constants
    from typedml.messages.steps import Functions
    from typedml.messages.units import Rates

NAMES = ("x", "y")
"""What operands are called whose source nobody handed in."""

PLAIN = frozenset({"float", "int", "bool"})
"""What code of ours turns into floats; an exact number or an instant would be lost in one."""

CHECKED = frozenset({Reason.NARROWER, Reason.MARKER_NEEDED})
"""What is said by name, after a look at the range."""

TEXT = "str"
"""What names a thing as numbers do; a marker leaves it text."""


def hint(
    mismatch: Mismatch,
    names: Names = (None, None),
    carriers: tuple[str, str] = ("float", "float"),
    *,
    among: str = "",
    constants: Constants | None = None,
    whole: str = "",
    functions: Functions | None = None,
    rates: Rates | None = None,
    missing: bool = False,
) -> str:
    """Return what would be right.

    Where the left side is each of many values, `among` is code for all of them with `{}` for that of one:
    `[{} for each in legs]`. `constants` finds the author's own name for a marker, and `whole` is the source
    of the operation with what belongs to it: `t * 1.8 + 32`. `functions` finds the author's own function that
    leads from one kind to another, and `rates` the name of a value in a unit. What may be `missing` is None,
    and may be that where it goes.
    """
    if among:
        names = (EACH, names[1])
    called = _names(mismatch, names)
    exact = next((each for each in carriers if each not in PLAIN), None)
    words = exactly(mismatch, carriers, exact, called) if exact is not None else ""
    if words or mismatch.operation == "in":
        return words or held(mismatch, carriers[0])
    remedy = sound(mismatch)
    # What one conversion does needs no function of the author's.
    is_known = remedy is not None and remedy.action in (Action.CROSS, Action.CONVERT)
    if not is_known:
        remedy = (
            _through(mismatch, functions)
            or remedy
            or _to_point(mismatch)
            or (None if exact not in (None, TEXT) else _by_name(mismatch))
        )
    if remedy is None:
        mismatch = _once_converted(mismatch, called[0]) or mismatch
        remedy = mismatch.remedy if mismatch.reason in CHECKED else None
    if remedy is None:
        return (
            held(mismatch, carriers[0])
            if among and mismatch.operation == "flow"
            else advice(mismatch, called, rates)
        )
    return BY_ACTION[remedy.action](
        Case(mismatch, remedy, called, carriers, among, constants, one_line(whole), functions, missing)
    )


def _through(mismatch: Mismatch, functions: Functions | None) -> Remedy | None:
    """Return the step through a function of the author's own that leads from one kind to the other."""
    left, right = mismatch.left, mismatch.right
    if functions is None or mismatch.reason is Reason.NO_EDGE:
        return None
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return None
    ways = [(Side.LEFT, left, right), (Side.RIGHT, right, left)]
    for side, source, target in ways[:1] if mismatch.operation == "flow" else ways:
        # A plain number may be anything: no function of one kind is meant for it.
        is_crossed = target.kind is not None and source.kind is not None and not source.cut
        function = functions(source, target, "") if is_crossed else None
        if function is not None:
            remedy = Remedy(Action.CROSS, side, function, result=Meaning(target.kind, target.unit))
            if sound(mismatch.with_remedy(remedy)) is remedy:
                return remedy
    return None


def _to_point(mismatch: Mismatch) -> Remedy | None:
    """Return the conversion of a quantity to the points that it stands beside: of kelvins to "degC".

    Of what flows it is the one from points to a quantity with a name of its own: their differences have none.
    """
    left, right = mismatch.left, mismatch.right
    if mismatch.reason is not Reason.SORTS_DIFFER:
        return None
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return None
    flows = mismatch.operation == "flow"
    for side, source, target in ((Side.RIGHT, right, left), (Side.LEFT, left, right))[flows:]:
        units = source.unit, target.unit
        points = (
            source.unit.is_point and str(source.unit.delta()) != str(target.unit)
            if flows
            else target.unit.is_point
        )
        if points and source.unit.dimension == target.unit.dimension:
            reached = converted(source, *units)
            result = reached if isinstance(reached, Meaning) else None
            remedy = Remedy(Action.CONVERT, side, *map(str, units), result=result)
            if result is not None and sound(mismatch.with_remedy(remedy)) is remedy:
                return remedy
    return None


def _once_converted(mismatch: Mismatch, name: str) -> Mismatch | None:
    """Return what is left to do once units are converted: percents as shares are marked."""
    left, right, first = mismatch.left, mismatch.right, mismatch.remedy
    if mismatch.operation != "flow" or first is None or first.action is not Action.CONVERT:
        return None
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return None
    reached = converted(left, left.unit, right.unit)
    left_over = flow(reached, right) if not isinstance(reached, Mismatch) else None
    if left_over is None or left_over.reason not in CHECKED or left_over.remedy is None:
        return None
    source, target = first.arguments
    code, then = f'convert({grouped(name, ARGUMENT)}, "{source}", "{target}")', left_over.remedy
    return left_over.with_remedy(Remedy(then.action, Side.LEFT, *then.arguments, text=code, result=right))


def _by_name(mismatch: Mismatch) -> Remedy | None:
    """Return the way out of one kind and into another where no edge leads there: by name, twice."""
    target = mismatch.right
    flows = mismatch.operation == "flow" and mismatch.reason is Reason.KINDS_DIFFER
    if is_based_otherwise(mismatch.left, target) and base_shift(mismatch.left, target) is None:
        return None
    return Remedy(Action.RAW, Side.LEFT) if flows and isinstance(target, Meaning) and not target.cut else None


def _names(mismatch: Mismatch, names: Names) -> tuple[str, str]:
    sides = (mismatch.left, mismatch.right)
    left, right = (
        one_line(name) if name else _own_name(side) or default
        for name, side, default in zip(names, sides, NAMES, strict=True)
    )
    return left, right


def _own_name(side: Operand | None) -> str | None:
    return repr(side.value) if isinstance(side, Literal) else None
