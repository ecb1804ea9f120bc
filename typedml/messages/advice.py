"""Advice where no one step would be right: a sentence for each reason, with code where there is some."""

from __future__ import annotations

from typedml.algebra.edge_table import edges_from, edges_through
from typedml.algebra.flow import flow
from typedml.algebra.levels import logarithm_of, quantity
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.mismatch import UNIT, Action, Mismatch, Reason
from typedml.algebra.monomial import Monomial
from typedml.messages.code import ATOM, PRODUCT, SUM, argument_of, crossed, grouped
from typedml.messages.wording import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.kind import Kind
    from typedml.algebra.unit import Unit

    Names = tuple[str | None, str | None]
    Advice = Callable[[Mismatch, tuple[str, str]], str]

DAY_OF_HOURS = "datetime.fromtimestamp(seconds, zone).hour"


def advice(mismatch: Mismatch, names: tuple[str, str]) -> str:
    """Return what to do about a mismatch for which no remedy is known."""
    return _BY_REASON[mismatch.reason](mismatch, names)


def held(mismatch: Mismatch, carrier: str = "float") -> str:
    """Return what to do about a mismatch of what something holds, which is given as a whole."""
    ends = (mismatch.left, mismatch.right)
    given, wanted = reversed(ends) if mismatch.operation == "in" else ends
    if mismatch.reason is Reason.DIMENSIONS_DIFFER:
        return f"no conversion leads from {_unit_text(given)} to {_unit_text(wanted)}"
    remedy = mismatch.remedy
    if remedy is not None and remedy.action is Action.CONVERT:
        source, target = remedy.arguments
        return f'convert each from "{source}" to "{target}" where it comes from'
    return f"make each {describe(wanted or UNKNOWN, carrier)} where it comes from"


_BARE = frozenset(
    {Reason.NUMBER_BESIDE_UNIT, Reason.UNKNOWN_BESIDE_UNIT, Reason.LITERAL_GIVEN, Reason.UNKNOWN_GIVEN}
)


def exactly(mismatch: Mismatch, carrier: str, names: tuple[str, str]) -> str:
    """Return what to do about units where a value is no float: a `Decimal`, a `datetime`; else nothing."""
    given, wanted, name = _sides(mismatch, names)
    if mismatch.reason in _BARE:
        return f"give {name} as a {carrier}"
    if mismatch.reason is Reason.KINDS_DIFFER and mismatch.operation == "flow" and carrier != "str":
        return f"a {carrier} of {wanted} is needed"
    if mismatch.code != UNIT or not (isinstance(given, Meaning) and isinstance(wanted, Meaning)):
        return ""
    rate = _rate(given.unit, wanted.unit)
    if mismatch.reason is Reason.DIMENSIONS_DIFFER and rate is not None:
        code = f"{grouped(name, PRODUCT)} * rate"
        return f'{code} would be {describe(wanted, carrier)}, with a {carrier} in "{rate}"'
    return f"a {carrier} of {wanted} is needed, and convert() gives a float"


def _sides(mismatch: Mismatch, names: tuple[str, str]) -> tuple[Operand, Operand | None, str]:
    """Return what is given, what is wanted and the name of what is given: of two operands the right one."""
    if mismatch.operation in ("flow", "convert") or mismatch.right is None:
        return mismatch.left, mismatch.right, names[0]
    return mismatch.right, mismatch.left, names[1]


def _unit_text(operand: Operand | None) -> str:
    return f'"{operand.unit}"' if isinstance(operand, Meaning) else "no unit"


def _units(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, _ = _sides(mismatch, names)
    kind = wanted.kind if isinstance(wanted, Meaning) else None
    if kind is not None and kind.period is not None:
        clock = "the hour of a moment depends on the zone, take it from a clock there: "
        return clock + DAY_OF_HOURS if wanted_in_hours(wanted) else f"no conversion leads to {kind}"
    if isinstance(given, Meaning) and isinstance(wanted, Meaning) and wanted.kind is not None:
        return f"no conversion leads from {_unit_text(given)} to {wanted.kind}"
    return "convert one of them to the unit of the other"


def wanted_in_hours(wanted: Operand | None) -> bool:
    """Say whether the hours of a day are wanted."""
    kind = wanted.kind if isinstance(wanted, Meaning) else None
    return kind is not None and kind.period == 24 and str(kind.default_unit) == "hour"


def _dimensions(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, name = _sides(mismatch, names)
    nothing = f"no conversion leads from {_unit_text(given)} to {_unit_text(wanted)}"
    if not (isinstance(given, Meaning) and isinstance(wanted, Meaning)) or given.cut or wanted.cut:
        return nothing
    if given.unit.is_point and wanted.unit.variables:
        difference = describe(Meaning(None, given.unit.delta()))
        code = f"{grouped(name, SUM)} - reference"
        return f"subtract a reference first: {code} is {difference}, which adds and scales"
    if mismatch.operation == "convert" or flow(Meaning(None, wanted.unit), wanted) is not None:
        return nothing
    root = _root(given.unit, wanted.unit)
    if root is not None:
        return f"{grouped(name, ATOM)} {root} makes it {describe(wanted)}"
    rate = _rate(given.unit, wanted.unit)
    if rate is None:
        return nothing
    return f'{grouped(name, PRODUCT)} * rate would be {describe(wanted)}, with a rate in "{rate}"'


def _root(given: Unit, wanted: Unit) -> str | None:
    """Return the power that leads from one unit to the other: the root of a variance is a deviation."""
    if wanted.is_number or given.is_point or wanted.is_point:
        return None
    return "** 0.5" if given == wanted**2 else None


def _rate(given: Unit, wanted: Unit) -> str | None:
    """Return the unit that leads from one unit to the other by multiplication, if anybody would name it."""
    if not (_is_plain(given) and _is_plain(wanted)):
        return None
    return str(wanted / given)


def _is_plain(unit: Unit) -> bool:
    """Say whether a unit is one named unit, no power and no product."""
    exponents = [exponent for _, exponent in unit.spelling.items]
    return exponents == [1] and not unit.is_point and not unit.variables and unit.dimension != Monomial()


def _origins(mismatch: Mismatch, names: tuple[str, str]) -> str:
    sides = [side.unit for side in (mismatch.left, mismatch.right) if isinstance(side, Meaning)]
    logarithms = [logarithm_of(unit) for unit in sides]
    if len(sides) < 2 or None in logarithms:
        return "bring both to one clock or zero point first"
    flows = mismatch.operation in ("flow", "convert")
    given, wanted = (sides[0], sides[1]) if flows else (sides[1], sides[0])
    name = names[0] if flows else names[1]
    source, target = (quantity(str(logarithm_of(unit)), unit) for unit in (given, wanted))
    if logarithms[0] != logarithms[1] or source is None or target is None:
        return f'take one logarithm of both: {logarithm_of(wanted)}(x) of a value in "{target}"'
    if source.dimension != target.dimension:
        return f'no conversion leads from "{source}" to "{target}"'
    inner = argument_of(name)
    function = name.partition("(")[0] if inner else logarithms[0]
    code = f'{function}(convert({inner or "x"}, "{source}", "{target}"))'
    if inner is None:
        return f'convert before taking the logarithm: {code} is in "{wanted}"'
    return f'{code} instead of {name}: it is in "{wanted}"'


def _sorts(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, name = _sides(mismatch, names)
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
    symbol = not mismatch.operation.isidentifier()
    if symbol and isinstance(mismatch.left, Meaning) and isinstance(mismatch.right, Meaning):
        both = f"raw({names[0]}) {mismatch.operation} raw({names[1]})"
        return f"{both} takes the plain numbers, if the two may really be mixed"
    return f"raw({names[0]}) is the plain number, if the two may really be mixed"


def _tags(mismatch: Mismatch, names: tuple[str, str]) -> str:
    given, wanted, name = _sides(mismatch, names)
    if mismatch.operation == "flow" and isinstance(wanted, Meaning) and isinstance(given, Meaning):
        return "what is counted differs; if both count one thing, declare them so"
    return f"what is counted differs; if both count one thing, declare them so, or drop the tag: raw({name})"


def _codec(mismatch: Mismatch, names: tuple[str, str]) -> str:
    return f"decode it first: raw({names[0]}) // 100 is the hour and raw({names[0]}) % 100 the minute"


def _turned(mismatch: Mismatch, names: tuple[str, str]) -> str:
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
    Reason.UNITS_DIFFER: _units,
    Reason.DIMENSIONS_DIFFER: _dimensions,
    Reason.ORIGINS_DIFFER: _origins,
    Reason.TAGS_DIFFER: _tags,
    Reason.ANGLE_ALONE: _said(
        'an angle in radians becomes a number by its name: raw(convert(x, "degree", "radian"))'
    ),
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
