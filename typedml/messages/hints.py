"""The hints: what would be right, as code with the names that stand in the source."""

from __future__ import annotations

from itertools import accumulate

from typedml.algebra.decibels import decibels
from typedml.algebra.edge_table import FALLING, edges_from, edges_through, written
from typedml.algebra.edges import constructor
from typedml.algebra.levels import logarithm_of, quantity
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.messages.wording import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.kind import Kind
    from typedml.algebra.unit import Unit

    Names = tuple[str | None, str | None]

NAMES = ("x", "y")
"""What operands are called whose source nobody handed in."""


def hint(
    mismatch: Mismatch, names: Names = (None, None), carriers: tuple[str, str] = ("float", "float")
) -> str:
    """Return what would be right."""
    called = _names(mismatch, names)
    remedy = mismatch.remedy
    if remedy is None:
        return _BY_REASON[mismatch.reason](mismatch, called)
    return _BY_ACTION[remedy.action](mismatch, remedy, called, _carrier(remedy, carriers))


def _names(mismatch: Mismatch, names: Names) -> tuple[str, str]:
    sides = (mismatch.left, mismatch.right)
    left, right = (
        name or _own_name(side) or default for name, side, default in zip(names, sides, NAMES, strict=True)
    )
    return left, right


def _own_name(side: Operand | None) -> str | None:
    return repr(side.value) if isinstance(side, Literal) else None


def _carrier(remedy: Remedy, carriers: tuple[str, str]) -> str:
    # What a conversion gives is a float, whatever went in.
    if remedy.action is Action.CONVERT:
        return "float"
    return carriers[1] if remedy.side is Side.RIGHT else carriers[0]


def _operand(remedy: Remedy, names: tuple[str, str]) -> str:
    return remedy.text or (names[1] if remedy.side is Side.RIGHT else names[0])


def _makes(remedy: Remedy, carrier: str) -> str:
    return "" if remedy.result is None else f" makes it {describe(remedy.result, carrier)}"


def _convert(mismatch: Mismatch, remedy: Remedy, names: tuple[str, str], carrier: str) -> str:
    source, target = remedy.arguments
    operand = _operand(remedy, names)
    if _is_conversion(operand):
        return f'convert to "{target}" at once, instead of to "{source}"'
    return f'convert({operand}, "{source}", "{target}"){_makes(remedy, carrier)}'


def _is_conversion(text: str) -> bool:
    """Say whether a text is one call of `convert`, whose closing parenthesis is its last character."""
    head, _, rest = text.partition("(")
    if head.rpartition(".")[2] != "convert" or not rest.endswith(")"):
        return False
    depths = accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in rest[:-1])
    return min(depths, default=0) >= 0


def _mark(mismatch: Mismatch, remedy: Remedy, names: tuple[str, str], carrier: str) -> str:
    marker, operand = remedy.arguments[0], _operand(remedy, names)
    text = f"{marker}({operand}){_makes(remedy, carrier)}"
    target = remedy.result
    if target is None or target.cut:
        return text
    if mismatch.reason in (Reason.NARROWER, Reason.MARKER_NEEDED) and not target.range.is_unbounded:
        return f"{text} after checking that it is in {target.range}"
    return text + _definition(target)


def _definition(target: Meaning) -> str:
    """Return how a marker that typedml does not ship is made."""
    unit = str(target.unit)
    shipped = target.kind is not None and target.unit == target.kind.default_unit
    name = constructor(target)
    return "" if shipped or name.startswith("Unit(") else f', with {name} = Unit("{unit}")'


def _cross(mismatch: Mismatch, remedy: Remedy, names: tuple[str, str], carrier: str) -> str:
    text = f"{written(remedy.arguments[0], _operand(remedy, names))}{_makes(remedy, carrier)}"
    return f"{text}, the larger the smaller: comparisons turn round" if FALLING in remedy.arguments else text


def _raw(mismatch: Mismatch, remedy: Remedy, names: tuple[str, str], carrier: str) -> str:
    return f"raw({_operand(remedy, names)}) is the plain number, without its meaning"


def _subtract(mismatch: Mismatch, remedy: Remedy, names: tuple[str, str], carrier: str) -> str:
    left = remedy.side is not Side.RIGHT
    points, name = (mismatch.left, names[0]) if left else (mismatch.right, names[1])
    difference = (
        describe(Meaning(None, points.unit.delta())) if isinstance(points, Meaning) else "a difference"
    )
    if isinstance(points, Meaning) and logarithm_of(points.unit) and remedy.side is not Side.BOTH:
        return _level(points.unit)
    if remedy.side is Side.BOTH:
        return f"{names[0]} - {names[1]} is a difference, {difference}, which adds and scales"
    return f"subtract a reference first: {name} - reference is {difference}, which adds and scales"


def _level(unit: Unit) -> str:
    """Return what may be done with the logarithm of a quantity instead of multiplying it."""
    number = f"{logarithm_of(unit)}(x / reference) is a number, which adds and scales"
    of = quantity("log10", unit)
    factors = [factor for factor in (10, 20) if of is not None and decibels(of, factor) is not None]
    if not factors:
        return number
    return f'decibels of "{of}" are {" or ".join(f"{factor} * log10(x)" for factor in factors)}; {number}'


def _origins(mismatch: Mismatch, names: tuple[str, str]) -> str:
    sides = [side.unit for side in (mismatch.left, mismatch.right) if isinstance(side, Meaning)]
    logarithms = [logarithm_of(unit) for unit in sides]
    if len(sides) < 2 or None in logarithms:
        return "bring both to one clock or zero point first"
    given, wanted = (
        (sides[0], sides[1]) if mismatch.operation in ("flow", "convert") else (sides[1], sides[0])
    )
    source, target = (quantity(str(logarithm_of(unit)), unit) for unit in (given, wanted))
    if logarithms[0] != logarithms[1] or source is None or target is None:
        return f'take one logarithm of both: {logarithm_of(wanted)}(x) of a value in "{target}"'
    if source.dimension != target.dimension:
        return f'no conversion leads from "{source}" to "{target}"'
    inner = f'{logarithms[0]}(convert(x, "{source}", "{target}"))'
    return f'convert before taking the logarithm: {inner} is in "{wanted}"'


def _flip(mismatch: Mismatch, remedy: Remedy, names: tuple[str, str], carrier: str) -> str:
    result = _makes(remedy, "float")
    if remedy.arguments[0] == "invert":
        return f"1 / ({names[0]}){result}"
    verb, instead = (
        ("dividing", "multiplying") if remedy.arguments[0] == "divide" else ("multiplying", "dividing")
    )
    return f"{verb} by {remedy.text} instead of {instead} by it{result}"


_BY_ACTION: dict[Action, Callable[[Mismatch, Remedy, tuple[str, str], str], str]] = {
    Action.CONVERT: _convert,
    Action.MARK: _mark,
    Action.CONSTRUCT: _mark,
    Action.CROSS: _cross,
    Action.RAW: _raw,
    Action.SUBTRACT: _subtract,
    Action.FLIP: _flip,
}


def _unit_text(operand: Operand | None) -> str:
    return f'"{operand.unit}"' if isinstance(operand, Meaning) else "no unit"


def _dimensions(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, name = mismatch.left, mismatch.right, names[0]
    if mismatch.operation != "flow":
        # Of two operands the right one is brought to the left one.
        given, wanted, name = wanted or given, given, names[1]
    rate = _rate(given, wanted)
    if rate is None or wanted is None:
        return f"no conversion leads from {_unit_text(given)} to {_unit_text(wanted)}"
    return f'{name} * rate would be {describe(wanted)}, with a rate in "{rate}"'


def _rate(given: Operand, wanted: Operand | None) -> str | None:
    """Return the unit that leads from one unit to the other by multiplication, if anybody would name it."""
    if not (isinstance(given, Meaning) and isinstance(wanted, Meaning)):
        return None
    if given.unit.is_point or wanted.unit.is_point or given.unit.variables or wanted.unit.variables:
        return None
    return str(wanted.unit / given.unit)


def _range(mismatch: Mismatch, names: tuple[str, str]) -> str:
    target = mismatch.right if isinstance(mismatch.right, Meaning) else mismatch.left
    if not isinstance(target, Meaning):
        return f"give a value in {mismatch.detail}"
    number = "an integer" if target.integral else "a number"
    return f"{describe(target)} takes {number} in {target.range}"


def _in_unit(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return f'{names[0]} is in "{mismatch.detail}" already: use it as it is'


def _exponent(mismatch: Mismatch, names: tuple[str, str]) -> str:
    if mismatch.operation == "prod":
        return f"the unit would depend on how many there are: divide by a reference first, or raw({names[0]})"
    return f"write the exponent as a number, {names[0]} ** 2, or divide by a reference value first"


def _edges_of(mismatch: Mismatch, names: tuple[str, str]) -> str:
    kind = mismatch.left.kind if isinstance(mismatch.left, Meaning) else None
    if kind is None:
        return f"raw({names[0]}) is the plain number, without its meaning"
    found = [_already(mismatch.operation, kind, names[0])]
    found += [f"{written(each.function, names[0])} is {each.target}" for each in edges_from(kind)]
    return "; ".join(filter(None, found)) or f"raw({names[0]}) is the plain number, without its meaning"


def _already(function: str, kind: Kind, name: str) -> str:
    """Say that a value is what the function would make of it."""
    for each in edges_through(function):
        if kind.is_named(each.target):
            return f"{name} is {kind} already: use it as it is"
        if each.reached.is_named(kind.name) and each.monotone is None:
            return f"{name} is {kind} already: {name} / {name}.sum() adds up to one"
    return ""


def _tags(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return (
        f"what is counted differs; if both count one thing, declare them so, or drop the tag: raw({names[1]})"
    )


def _codec(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return f"decode it first: raw({names[0]}) // 100 is the hour and raw({names[0]}) % 100 the minute"


def _said(text: str) -> Callable[[Mismatch, tuple[str, str]], str]:
    return lambda mismatch, names: text.format(left=names[0], right=names[1])


_BY_REASON: dict[Reason, Callable[[Mismatch, tuple[str, str]], str]] = {
    Reason.UNITS_DIFFER: _said("convert one of them to the unit of the other"),
    Reason.DIMENSIONS_DIFFER: _dimensions,
    Reason.ORIGINS_DIFFER: _origins,
    Reason.TAGS_DIFFER: _tags,
    Reason.ANGLE_ALONE: _said(
        'an angle in radians becomes a number by its name: raw(convert(x, "degree", "radian"))'
    ),
    Reason.NUMBER_BESIDE_UNIT: _said("give the number its unit"),
    Reason.UNKNOWN_BESIDE_UNIT: _said("declare the unit of the plain number"),
    Reason.NUMBER_NEEDED: _said("divide by a value in the same unit first: {left} / reference is a number"),
    Reason.ANGLE_NEEDED: _said("an angle in radians or a pure number is needed"),
    Reason.THERE_ALREADY: _in_unit,
    Reason.EXPONENT_UNKNOWN: _exponent,
    Reason.KINDS_DIFFER: _said("raw({left}) is the plain number, if the two may really be mixed"),
    Reason.SORTS_DIFFER: _said("a point minus a reference point is a difference"),
    Reason.NARROWER: _said("mark it after checking its range"),
    Reason.MARKER_NEEDED: _said("mark it after checking its range"),
    Reason.POINTS_ADDED: _said("{left} - {right} is a difference, which adds and scales"),
    Reason.POINT_SCALED: _said("only differences have multiples: subtract a reference point first"),
    Reason.POINT_SUBTRACTED: _said("turn it round: {right} - {left}"),
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
