"""The hints: what would be right, as code with the names that stand in the source.

A hint with code is worded in one of a few ways, so that a test can apply it: `X makes it "float[km]"`,
`X instead of Y: ...`, `X is a difference, ...`, `X is the plain number`.
"""

from __future__ import annotations

from typing import NamedTuple

from typedml.algebra.conversion import converted
from typedml.algebra.decibels import decibels, is_decibel_level
from typedml.algebra.edge_table import FALLING
from typedml.algebra.kind import Sort
from typedml.algebra.levels import logarithm_of, quantity
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.remedies import sound
from typedml.messages.advice import advice, exactly, held
from typedml.messages.code import SUM, argument_of, crossed, grouped, one_line
from typedml.messages.instants import counted, seconds
from typedml.messages.marks import Marking, marked
from typedml.messages.wording import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.unit import Unit
    from typedml.messages.advice import Names
    from typedml.messages.marks import Constants

    Functions = Callable[[Meaning, Meaning, str], str | None]

NAMES = ("x", "y")
"""What operands are called whose source nobody handed in."""

PLAIN = frozenset({"float", "int", "bool"})
"""What code of ours turns into floats; an exact number or an instant would be lost in one."""

BARE = frozenset(
    {Reason.NUMBER_BESIDE_UNIT, Reason.UNKNOWN_BESIDE_UNIT, Reason.LITERAL_GIVEN, Reason.UNKNOWN_GIVEN}
)
"""Where a number says nothing of its unit."""

TEXT = "str"
"""What names a thing as numbers do; a marker leaves it text."""

EACH = "each"
"""What one of many values is called."""


class Case(NamedTuple):
    """A mismatch with its remedy, the texts and plain types of both sides, and what else a caller knows."""

    mismatch: Mismatch
    remedy: Remedy
    names: tuple[str, str]
    carriers: tuple[str, str]
    among: str = ""
    constants: Constants | None = None
    whole: str = ""
    functions: Functions | None = None

    @property
    def operand(self) -> str:
        """Return the source of what is to be changed."""
        return self.remedy.text or (self.names[1] if self.remedy.side is Side.RIGHT else self.names[0])

    @property
    def carrier(self) -> str:
        """Return the plain type of what is to be changed."""
        return self.carriers[1] if self.remedy.side is Side.RIGHT else self.carriers[0]

    def code(self, text: str) -> str:
        """Return code for one value as code for all that it is among."""
        every = self.among if self.remedy.side is Side.LEFT else ""
        return every.replace("{}", text, 1) if every else text

    def makes(self, carrier: str) -> str:
        """Return the words for what the code gives."""
        if self.remedy.result is None:
            return ""
        what = EACH if self.among and self.remedy.side is Side.LEFT else "it"
        return f" makes {what} {describe(self.remedy.result, carrier)}"


def hint(
    mismatch: Mismatch,
    names: Names = (None, None),
    carriers: tuple[str, str] = ("float", "float"),
    *,
    among: str = "",
    constants: Constants | None = None,
    whole: str = "",
    functions: Functions | None = None,
) -> str:
    """Return what would be right.

    Where the left side is each of many values, `among` is code for all of them with `{}` for that of one:
    `[{} for each in legs]`. `constants` finds the author's own name for a marker, and `whole` is the source
    of the operation with what belongs to it: `t * 1.8 + 32`. `functions` finds the author's own function that
    leads from one kind to another.
    """
    if among:
        names = (EACH, names[1])
    called = _names(mismatch, names)
    exact = next((each for each in carriers if each not in PLAIN), None)
    words = exactly(mismatch, exact, called) if exact is not None else ""
    if words or mismatch.operation == "in":
        return words or held(mismatch, carriers[0])
    remedy = sound(mismatch)
    if remedy is None or remedy.action is not Action.CROSS:
        remedy = (
            _through(mismatch, functions)
            or remedy
            or _to_point(mismatch)
            or (None if exact not in (None, TEXT) else _by_name(mismatch))
        )
    if remedy is None:
        return (
            held(mismatch, carriers[0])
            if among and mismatch.operation == "flow"
            else advice(mismatch, called)
        )
    return _BY_ACTION[remedy.action](
        Case(mismatch, remedy, called, carriers, among, constants, one_line(whole), functions)
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
        function = functions(source, target, "") if target.kind is not None and not source.cut else None
        if function is not None:
            remedy = Remedy(Action.CROSS, side, function, result=Meaning(target.kind, target.unit))
            if sound(mismatch.with_remedy(remedy)) is remedy:
                return remedy
    return None


def _to_point(mismatch: Mismatch) -> Remedy | None:
    """Return the conversion of a quantity to the points that it stands beside: of kelvins to "degC"."""
    left, right = mismatch.left, mismatch.right
    if mismatch.reason is not Reason.SORTS_DIFFER or mismatch.operation == "flow":
        return None
    if not (isinstance(left, Meaning) and isinstance(right, Meaning)):
        return None
    for side, source, target in ((Side.RIGHT, right, left), (Side.LEFT, left, right)):
        units = source.unit, target.unit
        if target.unit.is_point and source.unit.dimension == target.unit.dimension:
            reached = converted(source, *units)
            result = reached if isinstance(reached, Meaning) else None
            remedy = Remedy(Action.CONVERT, side, *map(str, units), result=result)
            if result is not None and sound(mismatch.with_remedy(remedy)) is remedy:
                return remedy
    return None


def _by_name(mismatch: Mismatch) -> Remedy | None:
    """Return the way out of one kind and into another where no edge leads there: by name, twice."""
    target = mismatch.right
    flows = mismatch.operation == "flow" and mismatch.reason is Reason.KINDS_DIFFER
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


def _convert(case: Case) -> str:
    source, target = case.remedy.arguments
    if source == target:
        return f'{case.operand} is in "{target}" already: use it as it is'
    if argument_of_conversion(case.operand):
        return f'convert to "{target}" at once, instead of to "{source}"'
    # What a conversion gives is a float, whatever went in.
    converting = f'convert({grouped(case.operand, 0)}, "{source}", "{target}")'
    is_whole = _is_whole(case)
    code = case.code(f"round({converting})" if is_whole else converting)
    turns = case.mismatch.reason is Reason.POINT_SCALED and case.mismatch.operation in ("*", "/")
    if turns and case.whole:
        return f"{code} instead of {case.whole}: it{_gives(case)}"
    return code + case.makes("int" if is_whole else "float")


def _is_whole(case: Case) -> bool:
    """Say whether whole numbers are wanted, as those of epoch milliseconds."""
    mismatch, is_left = case.mismatch, case.remedy.side is Side.LEFT
    wanted, carrier = (mismatch.right, "int") if is_left else (mismatch.left, case.carriers[0])
    if is_left and mismatch.operation != "flow":
        carrier = case.carriers[1]
    alike = mismatch.operation in ("flow", "+", "-") and carrier == "int"
    return alike and isinstance(wanted, Meaning) and wanted.sort is Sort.TORSOR and case.remedy.text is None


def _gives(case: Case) -> str:
    return "" if case.remedy.result is None else f" gives {describe(case.remedy.result)}"


def argument_of_conversion(text: str) -> bool:
    """Say whether a text is one call of `convert`, which has its target already."""
    head, _, rest = text.partition("(")
    if head.rpartition(".")[2] != "convert" or not rest.endswith(")"):
        return False
    depth = 0
    for letter in rest[:-1]:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return True


def _mark(case: Case) -> str:
    target = case.remedy.result
    if target is None:
        return case.code(f"{case.remedy.arguments[0]}({case.operand})")
    source = case.mismatch.right if case.remedy.side is Side.RIGHT else case.mismatch.left
    made = marked(Marking(target, source, case.operand, case.carrier), case.constants)
    text = case.code(made.code) + case.makes(made.carrier)
    text += counted(target, case.operand, made.carrier) if case.mismatch.reason in BARE else ""
    bounded = case.mismatch.reason in (Reason.NARROWER, Reason.MARKER_NEEDED) and not target.cut
    if bounded and not target.range.is_unbounded:
        text += f" after checking that it is in {target.range}"
    return text + made.definition


def _cross(case: Case) -> str:
    function = case.remedy.arguments[0]
    name, origin = _named(case, function)
    code = case.code(crossed(name, case.operand))
    if case.mismatch.reason is Reason.NO_EDGE and case.whole:
        return f"{code} instead of {case.whole}: it{_gives(case)}"
    text = code + case.makes("float") + origin
    return (
        f"{text}, the larger the smaller: comparisons turn round"
        if FALLING in case.remedy.arguments
        else text
    )


def _named(case: Case, function: str) -> tuple[str, str]:
    """Return the name of an edge's function, and where it is from if that is another module."""
    mismatch, target = case.mismatch, case.remedy.result
    source = mismatch.right if case.remedy.side is Side.RIGHT else mismatch.left
    found = None
    if case.functions is not None and isinstance(source, Meaning) and target is not None:
        found = case.functions(source, target, function) if function.isidentifier() else None
    module, _, name = (found or function).rpartition(":")
    return name, f", with {name} from {module}" if module else ""


def _raw(case: Case) -> str:
    mismatch, target = case.mismatch, case.mismatch.right
    plain = case.code(f"raw({case.operand})")
    if mismatch.operation == "flow" and isinstance(target, Meaning):
        made = marked(Marking(target, None, f"raw({case.operand})", case.carrier), case.constants)
        result = case._replace(remedy=Remedy(Action.RAW, Side.LEFT, result=target)).makes(made.carrier)
        mixed = ", if the two may really be mixed" if mismatch.reason is Reason.KINDS_DIFFER else ""
        return f"{case.code(made.code)}{result}{mixed}{made.definition}"
    symbol = not mismatch.operation.isidentifier()
    if (
        symbol
        and isinstance(target, Meaning)
        and isinstance(mismatch.left, Meaning)
        and _is_one_sort(mismatch)
    ):
        both = f"raw({case.names[0]}) {mismatch.operation} raw({case.names[1]})"
        return f"{both} takes the plain numbers, without their meanings"
    return f"{plain} is the plain number, without its meaning"


def _is_one_sort(mismatch: Mismatch) -> bool:
    """Say whether taking the meaning of one side only would leave it beside the other."""
    left, right = mismatch.left, mismatch.right
    assert isinstance(left, Meaning)
    assert isinstance(right, Meaning)
    return left.cut == right.cut


def _subtract(case: Case) -> str:
    mismatch, remedy, names = case.mismatch, case.remedy, case.names
    left = remedy.side is not Side.RIGHT
    points, name = (mismatch.left, names[0]) if left else (mismatch.right, names[1])
    if isinstance(points, Meaning) and logarithm_of(points.unit) and remedy.side is not Side.BOTH:
        return _level(points.unit, name)
    difference = (
        describe(Meaning(None, points.unit.delta())) if isinstance(points, Meaning) else "a difference"
    )
    if remedy.side is Side.BOTH:
        code = f"{grouped(names[0], SUM)} - {grouped(names[1], SUM + 1)}"
        if mismatch.operation == "+" and isinstance(points, Meaning) and is_decibel_level(points.unit):
            powers = " + ".join(f"10 ** ({grouped(name, SUM + 1)} / 10)" for name in names)
            return f"10 * log10({powers}) adds the powers; {code} is a gain, {difference}"
        return f"{code} is a difference, {difference}, which adds and scales"
    code = case.code(f"{grouped(name, SUM)} - reference")
    return f"subtract a reference first: {code} is {difference}, which adds and scales"


def _level(unit: Unit, name: str) -> str:
    """Return what may be done with the logarithm of a quantity instead of multiplying it."""
    inner = argument_of(name) or "x"
    number = f"{logarithm_of(unit)}({grouped(inner, SUM + 1)} / reference) is a number, which adds and scales"
    of = quantity("log10", unit)
    factors = [factor for factor in (10, 20) if of is not None and decibels(of, factor) is not None]
    if not factors:
        return number
    known = " or ".join(f"{factor} * log10({inner})" for factor in factors)
    return f'decibels of "{of}" are {known}; {number}'


def _flip(case: Case) -> str:
    remedy, result = case.remedy, case.makes("float")
    if remedy.arguments[0] == "invert":
        return f"1 / {grouped(case.names[0], SUM + 2)}{result}"
    verb, instead = (
        ("dividing", "multiplying") if remedy.arguments[0] == "divide" else ("multiplying", "dividing")
    )
    return f"{verb} by {remedy.text} instead of {instead} by it{result}"


def _construct(case: Case) -> str:
    """Return the number with its unit; of what is taken from a point, both that it may be."""
    mismatch, step = case.mismatch, case.remedy.result
    point, given = mismatch.left, mismatch.right if case.remedy.side is Side.RIGHT else mismatch.left
    asked = seconds(given, step, case.carrier) if step is not None else ""
    if asked:
        return asked
    if (
        mismatch.operation != "-"
        or case.remedy.side is Side.LEFT
        or not isinstance(point, Meaning)
        or step is None
    ):
        return _mark(case)
    if point.unit.delta() == point.unit and point.kind is None:
        return _mark(case)
    left, text = grouped(case.names[0], SUM), case.names[1]
    other = marked(Marking(point, mismatch.right, text, case.carrier), case.constants)
    shift = marked(Marking(step, mismatch.right, text, case.carrier), case.constants)
    return (
        f"{left} - {other.code} is a difference, {describe(step)};"
        f" {left} - {shift.code} is a point, {describe(point)}{shift.definition}"
    )


_BY_ACTION: dict[Action, Callable[[Case], str]] = {
    Action.CONVERT: _convert,
    Action.MARK: _mark,
    Action.CONSTRUCT: _construct,
    Action.CROSS: _cross,
    Action.RAW: _raw,
    Action.SUBTRACT: _subtract,
    Action.FLIP: _flip,
}
