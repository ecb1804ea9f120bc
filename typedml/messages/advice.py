"""Advice where no one step would be right: a sentence for each reason, with code where there is some."""

from __future__ import annotations

from typedml.algebra.catalogue import RADIAN
from typedml.algebra.edge_table import edges_from, edges_through
from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.mismatch import Action, Mismatch, Reason
from typedml.algebra.rules import combine
from typedml.messages.bases import base_shift, bases, is_based_otherwise
from typedml.messages.code import ATOM, PRODUCT, SUM, crossed, grouped
from typedml.messages.units import of_dimensions, of_origins, of_units, sides_of, unit_text
from typedml.messages.wording import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.kind import Kind
    from typedml.messages.units import Rates

    Names = tuple[str | None, str | None]
    Advice = Callable[[Mismatch, tuple[str, str]], str]


def advice(mismatch: Mismatch, names: tuple[str, str], rates: Rates | None = None) -> str:
    """Return what to do about a mismatch for which no remedy is known; `rates` finds a value in a unit."""
    if mismatch.reason is Reason.DIMENSIONS_DIFFER:
        kind = mismatch.left.kind if isinstance(mismatch.left, Meaning) else None
        encoded = kind is not None and kind.encoded and mismatch.operation == "flow"
        return _codec(mismatch, names) if encoded else of_dimensions(mismatch, names, rates)
    return _BY_REASON[mismatch.reason](mismatch, names)


def held(mismatch: Mismatch, carrier: str = "float") -> str:
    """Return what to do about a mismatch of what something holds, which is given as a whole."""
    ends = (mismatch.left, mismatch.right)
    given, wanted = reversed(ends) if mismatch.operation == "in" else ends
    if mismatch.reason is Reason.DIMENSIONS_DIFFER:
        return f"no conversion leads from {unit_text(given)} to {unit_text(wanted)}"
    remedy = mismatch.remedy
    if remedy is not None and remedy.action is Action.CONVERT:
        source, target = remedy.arguments
        return f'convert each from "{source}" to "{target}" where it comes from'
    return f"make each {describe(wanted or UNKNOWN, carrier)} where it comes from"


def _sorts(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, name = sides_of(mismatch, names)
    flows = mismatch.operation == "flow" and isinstance(given, Meaning) and isinstance(wanted, Meaning)
    if flows and isinstance(wanted, Meaning) and flow(given, Meaning(None, wanted.unit.delta())) is None:
        return f"add it to a reference: reference + {grouped(name, PRODUCT)} is {describe(wanted)}"
    return "a point minus a reference point is a difference"


def _scaled(mismatch: Mismatch, names: tuple[str, str]) -> str:
    kind = mismatch.left.kind if isinstance(mismatch.left, Meaning) else None
    if mismatch.operation == "%" and kind is not None and kind.period is not None:
        code = f"{grouped(names[0], PRODUCT)} % {kind.period:g}"
        return f"{code} instead of {names[0]} % {names[1]}: {kind} comes round after {kind.period:g}"
    return "only differences have multiples: subtract a reference first"


def _range(mismatch: Mismatch, names: tuple[str, str]) -> str:
    target = mismatch.right if isinstance(mismatch.right, Meaning) else mismatch.left
    if not isinstance(target, Meaning):
        return f"give a value in {mismatch.detail}"
    number, carrier = ("an integer", "int") if target.integral else ("a number", "float")
    return f"{describe(target, carrier)} takes {number} in {target.range}"


def _number(mismatch: Mismatch, names: tuple[str, str]) -> str:
    left = mismatch.left
    if mismatch.operation == "**" and isinstance(left, Meaning) and not left.is_pure:
        return _exponent(mismatch, names)
    # Of a power it is the exponent that must be a number.
    name = names[1] if mismatch.operation == "**" else names[0]
    code = f"{grouped(name, PRODUCT)} / reference"
    return f"divide by a value in the same unit first: {code} is a number"


def _in_unit(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return f'{names[0]} is in "{mismatch.detail}" already: use it as it is'


def _exponent(mismatch: Mismatch, names: tuple[str, str]) -> str:
    if mismatch.operation == "prod":
        return f"the unit would depend on how many there are: divide by a reference first, or raw({names[0]})"
    power = f"{grouped(names[0], ATOM)} ** 2"
    return f"write the exponent as a number, {power}, or divide by a reference value first"


def _edges_of(mismatch: Mismatch, names: tuple[str, str]) -> str:
    kind = mismatch.left.kind if isinstance(mismatch.left, Meaning) else None
    if kind is None:
        return f"raw({names[0]}) is the plain number, without its meaning"
    already = _already(mismatch.operation, kind, names[0])
    ways = [f"{crossed(each.function, names[0])} is {each.target}" for each in edges_from(kind)]
    # More than three are a list to read, and no hint.
    found = [already, *ways[:2]] if already else ways[:3]
    return "; ".join(found) or f"raw({names[0]}) is the plain number, without its meaning"


def _already(function: str, kind: Kind, name: str) -> str:
    """Say that a value is what the function would make of it."""
    for each in edges_through(function):
        if kind.is_named(each.target):
            return f"{name} is {kind} already: use it as it is"
        if each.reached.is_named(kind.name) and each.monotone is None:
            return f"{name} is {kind} already: {name} / {name}.sum() adds up to one"
    return ""


def _kinds(mismatch: Mismatch, names: tuple[str, str]) -> str:
    """Return how two kinds are mixed, where no edge leads from one to the other."""
    left, right = mismatch.left, mismatch.right
    if is_based_otherwise(left, right) and base_shift(left, right) is None:
        return bases(left, right)
    symbol = not mismatch.operation.isidentifier()
    if symbol and isinstance(left, Meaning) and isinstance(right, Meaning):
        shift = base_shift(right, left)
        if shift is not None:
            return f"raw({names[0]}) {mismatch.operation} raw({names[1]}){shift} counts both from one base"
        both = f"raw({names[0]}) {mismatch.operation} raw({names[1]})"
        return f"{both} takes the plain numbers, if the two may really be mixed"
    return f"raw({names[0]}) is the plain number, if the two may really be mixed"


def _tags(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, name = sides_of(mismatch, names)
    if mismatch.operation == "flow" and isinstance(wanted, Meaning) and isinstance(given, Meaning):
        return "what is counted differs; if both count one thing, declare them so"
    return f"what is counted differs; if both count one thing, declare them so, or drop the tag: raw({name})"


def _angle(mismatch: Mismatch, names: tuple[str, str]) -> str:
    """Return how a number becomes an angle, or an angle a number: by name, in radians."""
    given, wanted, name = sides_of(mismatch, names)
    angle, text = (given, name) if isinstance(given, Meaning) and given.unit.has_angle else (wanted, names[0])
    if mismatch.operation == "flow" and angle is wanted and isinstance(wanted, Meaning):
        if wanted.unit != RADIAN:
            return f'only an angle in "{RADIAN}" is a number: no conversion leads from "1" to "{wanted.unit}"'
        marker = wanted.kind.marker if wanted.kind is not None else f'Unit("{RADIAN}")'
        return f'{marker}(raw({name})) makes it {describe(wanted)}, if it is an angle in "{RADIAN}"'
    if not isinstance(angle, Meaning):
        return f'only an angle in "{RADIAN}" is a number'
    code = text if angle.unit == RADIAN else f'convert({text}, "{angle.unit}", "{RADIAN}")'
    return f'an angle in "{RADIAN}" becomes a number by its name: raw({code})'


def _codec(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return f"decode it first: raw({names[0]}) // 100 is the hour and raw({names[0]}) % 100 the minute"


def _turned(mismatch: Mismatch, names: tuple[str, str]) -> str:
    left, right = mismatch.left, mismatch.right
    if right is not None and isinstance(combine("-", right, left), Mismatch):
        return f"no conversion leads from {unit_text(left)} to {unit_text(right)}"
    return f"turn it round: {grouped(names[1], SUM)} - {grouped(names[0], PRODUCT)}"


def _added(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return f"{grouped(names[0], SUM)} - {grouped(names[1], PRODUCT)} is a difference, which adds and scales"


def _beside(mismatch: Mismatch, names: tuple[str, str]) -> str:
    sides = [side for side in (mismatch.left, mismatch.right) if isinstance(side, Meaning)]
    unit = sides[0].unit if sides else None
    if unit is not None and unit.variables:
        variable = str(unit).lstrip("'")
        return (
            f"a number has the unit of its caller's values only as a parameter: Annotated[float, {variable}]"
        )
    return "give the number its unit"


def _said(text: str) -> Advice:
    return lambda mismatch, names: text.format(left=names[0], right=names[1])


_BY_REASON: dict[Reason, Advice] = {
    Reason.UNITS_DIFFER: of_units,
    Reason.ORIGINS_DIFFER: of_origins,
    Reason.TAGS_DIFFER: _tags,
    Reason.ANGLE_ALONE: _angle,
    Reason.NUMBER_BESIDE_UNIT: _beside,
    Reason.UNKNOWN_BESIDE_UNIT: _said("declare the unit of the plain number"),
    Reason.NUMBER_NEEDED: _number,
    Reason.ANGLE_NEEDED: _said("an angle in radians or a pure number is needed"),
    Reason.THERE_ALREADY: _in_unit,
    Reason.EXPONENT_UNKNOWN: _exponent,
    Reason.KINDS_DIFFER: _kinds,
    Reason.SORTS_DIFFER: _sorts,
    Reason.NARROWER: _said("mark it after checking its range"),
    Reason.MARKER_NEEDED: _said("mark it after checking its range"),
    Reason.POINTS_ADDED: _added,
    Reason.POINT_SCALED: _scaled,
    Reason.POINT_SUBTRACTED: _turned,
    Reason.CYCLE: _said("take the circular mean: arctan2(mean of sines, mean of cosines)"),
    Reason.ENCODED: _codec,
    Reason.OPAQUE: _said("raw({left}) is the plain number, without its meaning"),
    Reason.UNORDERED: _said("names have no order: compare with == or !="),
    Reason.CUT_ARITHMETIC: _said("raw({left}) is the plain number, without its meaning"),
    Reason.CUT_NEEDED: _said("THRESHOLD({left}) makes it a threshold"),
    Reason.CUT_GIVEN: _said("raw({left}) is the plain number, without its meaning"),
    Reason.OUT_OF_RANGE: _range,
    Reason.LITERAL_GIVEN: _said("give the number its unit"),
    Reason.UNKNOWN_GIVEN: _said("declare what {left} means where it comes from"),
    Reason.MEANING_LOST: _said("raw({left}) is the plain number, without its meaning"),
    Reason.NO_EDGE: _edges_of,
    Reason.NO_MEAN: _said("the mean of raw({left}) is a plain number; min, max and mode are of the kind"),
    Reason.NOT_ORDINAL: _said("count, mode and nunique are what there is of names"),
    Reason.CYCLE_NEEDED: _said("{left} does not come round again: take the mean or std of it"),
    Reason.STANDARDISED: _said("{left} is standardised already: use it as it is"),
    Reason.ROLES_DIFFER: _said("fit on Train rows only, and only then look at the others"),
    Reason.FITTED_ELSEWHERE: _said("fit it on Train rows, which may touch all others"),
    Reason.LABEL_GIVEN: _said("leave the label out of the inputs, or declare Target[...] where it belongs"),
    Reason.KNOWN_LATER: _said("take what was known at that time, or declare the later one"),
}
