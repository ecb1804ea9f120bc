"""One step that makes an operation right, as code: convert, mark, cross, leave, subtract, turn over."""

from __future__ import annotations

from typing import NamedTuple

from typedml.algebra.decibels import decibels, is_decibel_level
from typedml.algebra.flow import flow
from typedml.algebra.kind import Sort
from typedml.algebra.levels import logarithm_of, quantity
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.unit import Unit
from typedml.messages.across import across, cross
from typedml.messages.bases import base_shift
from typedml.messages.code import ARGUMENT, SUM, argument_of, grouped
from typedml.messages.instants import counted, seconds
from typedml.messages.marks import Marking, marked
from typedml.messages.units import BARE, KEPT
from typedml.messages.wording import describe, spell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.messages.marks import Constants

    Functions = Callable[[Meaning, Meaning, str], str | None]

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
    missing: bool = False

    @property
    def operand(self) -> str:
        """Return the source of what is to be changed."""
        return self.remedy.text or (self.names[1] if self.remedy.side is Side.RIGHT else self.names[0])

    @property
    def carrier(self) -> str:
        """Return the plain type of what is to be changed."""
        return self.carriers[1] if self.remedy.side is Side.RIGHT else self.carriers[0]

    @property
    def values(self) -> str:
        """Return the source of all the values that the left side is one of."""
        return self.among.partition(" in ")[2].removesuffix("]")

    def code(self, text: str) -> str:
        """Return code for one value as code for all that it is among."""
        every = self.among if self.remedy.side is Side.LEFT else ""
        whole = every.replace("{}", text, 1) if every else text
        return f"None if {self.operand} is None else {whole}" if self.missing else whole

    def makes(self, carrier: str) -> str:
        """Return the words for what the code gives."""
        if self.remedy.result is None:
            return ""
        what = EACH if self.among and self.remedy.side is Side.LEFT else "it"
        made = spell(self.remedy.result, carrier) + (" | None" if self.missing else "")
        return f' makes {what} "{made}"'


def _convert(case: Case) -> str:
    source, target = case.remedy.arguments
    if source == target:
        return f'{case.operand} is in "{target}" already: use it as it is'
    if any(map(argument_of_conversion, (case.operand, case.values))):
        return f'convert to "{target}" at once, instead of to "{source}"'
    converting = f'convert({grouped(case.operand, 0)}, "{source}", "{target}")'
    is_whole = _is_whole(case)
    code = case.code(f"round({converting})" if is_whole else converting)
    turns = case.mismatch.reason is Reason.POINT_SCALED and case.mismatch.operation in ("*", "/")
    if turns and case.whole:
        return f"{code} instead of {case.whole}: it{_gives(case)}"
    made = case.carrier if case.carrier in KEPT else "float"
    return code + case.makes("int" if is_whole else made)


def _is_whole(case: Case) -> bool:
    """Say whether whole numbers are wanted, as those of epoch milliseconds."""
    mismatch, is_left = case.mismatch, case.remedy.side is Side.LEFT
    wanted, carrier = (mismatch.right, case.carriers[1]) if is_left else (mismatch.left, case.carriers[0])
    if carrier != "int" or case.remedy.text is not None:
        return False
    moves = mismatch.operation in ("+", "-") and isinstance(wanted, Meaning) and wanted.sort is Sort.TORSOR
    return moves or mismatch.operation == "flow"


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
    crossing = _crossing(source, target)
    if crossing is not None and crossing.remedy is not None:
        made, _ = across(case._replace(mismatch=crossing, remedy=crossing.remedy))
        return case.code(f"THRESHOLD({made.code})") + case.makes(made.carrier) + made.definition
    wanted = case.carriers[1] if case.mismatch.operation == "flow" else ""
    made = marked(Marking(target, source, case.operand, case.carrier, wanted), case.constants)
    text = case.code(made.code) + case.makes(made.carrier)
    text += counted(target, case.operand, made.carrier) if case.mismatch.reason in BARE else ""
    bounded = case.mismatch.reason in (Reason.NARROWER, Reason.MARKER_NEEDED) and not target.cut
    if bounded and not target.range.is_unbounded:
        text += f" after checking that it is in {target.range}"
    return text + made.definition


def _crossing(source: Operand | None, target: Meaning) -> Mismatch | None:
    """Return the step to another kind that a value takes before it is a cut on that."""
    if not target.cut or not isinstance(source, Meaning) or source.cut:
        return None
    found = flow(source, target.uncut)
    crosses = found is not None and found.remedy is not None and found.remedy.action is Action.CROSS
    return found if crosses else None


def _raw(case: Case) -> str:
    mismatch, target = case.mismatch, case.mismatch.right
    plain = case.code(f"raw({case.operand})")
    if mismatch.operation == "flow" and isinstance(target, Meaning):
        shift = base_shift(mismatch.left, target) or ""
        # Of `i - 1` the author took the step already.
        step = "" if shift and case.operand.endswith(shift) else shift
        made = marked(Marking(target, None, f"raw({case.operand}){step}", case.carrier), case.constants)
        result = case._replace(remedy=Remedy(Action.RAW, Side.LEFT, result=target)).makes(made.carrier)
        mixed = (
            ", if the two may really be mixed" if mismatch.reason is Reason.KINDS_DIFFER and not shift else ""
        )
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
    if step is not None and _is_share(step.unit):
        return _share(case, step)
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


def _is_share(unit: Unit) -> bool:
    """Say whether a unit is a factor alone, as percent is."""
    return (
        not unit.dimension
        and not unit.tags
        and not unit.is_point
        and not unit.variables
        and not unit.is_number
    )


def _share(case: Case, share: Meaning) -> str:
    """Return what to do about a bare number beside percents: 1 is all, others may be in either."""
    is_right = case.remedy.side is Side.RIGHT
    bare, other = (case.mismatch.right, case.names[0]) if is_right else (case.mismatch.left, case.names[1])
    one = Unit.number()
    code = f'convert({grouped(other, ARGUMENT)}, "{share.unit}", "{one}")'
    if isinstance(bare, Literal) and bare.value == 1 and case.mismatch.operation in ("+", "-"):
        return f"{code} makes it {describe(Meaning(None, one))}"
    number = grouped(case.operand, SUM)
    return f'{_mark(case)}, if {number} is in "{share.unit}"; in "{one}" it goes with {code}'


BY_ACTION: dict[Action, Callable[[Case], str]] = {
    Action.CONVERT: _convert,
    Action.MARK: _mark,
    Action.CONSTRUCT: _construct,
    Action.CROSS: cross,
    Action.RAW: _raw,
    Action.SUBTRACT: _subtract,
    Action.FLIP: _flip,
}
"""How each step is worded."""
