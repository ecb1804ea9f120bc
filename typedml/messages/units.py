"""Advice where units differ, and no one step leads from one to the other."""

from __future__ import annotations

from typedml.algebra.flow import flow
from typedml.algebra.levels import logarithm_of, quantity
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import UNIT, Mismatch, Reason
from typedml.messages.code import ATOM, PRODUCT, SUM, argument_of, grouped, is_mixed
from typedml.messages.wording import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.algebra.unit import Unit

    Rates = Callable[[Unit], str | None]

DAY_OF_HOURS = "datetime.fromtimestamp(seconds, zone).hour"

BARE = frozenset(
    {Reason.NUMBER_BESIDE_UNIT, Reason.UNKNOWN_BESIDE_UNIT, Reason.LITERAL_GIVEN, Reason.UNKNOWN_GIVEN}
)
"""Where a number says nothing of its unit."""

KEPT = frozenset({"Decimal", "Fraction", "complex", "float64", "float32", "float16", "longdouble"})
"""What `convert` gives back as it was given."""


def exactly(mismatch: Mismatch, carriers: tuple[str, str], carrier: str, names: tuple[str, str]) -> str:
    """Return what to do about units where a value is no float: a `Decimal`, a `datetime`; else nothing."""
    given, wanted, name = sides_of(mismatch, names)
    if mismatch.reason in BARE:
        bare = 1 if isinstance(mismatch.left, Meaning) else 0
        # What is of that class already lacks nothing but its meaning.
        return "" if carriers[bare] == carrier else f"give {names[bare]} as a {carrier}"
    if mismatch.operation == "flow" and carrier == carriers[1] != carriers[0] and carrier in KEPT:
        return f"give {name} as a {carrier}"
    if mismatch.reason is Reason.KINDS_DIFFER and mismatch.operation == "flow" and carrier != "str":
        return f"a {carrier} of {wanted} is needed"
    if mismatch.code != UNIT or not (isinstance(given, Meaning) and isinstance(wanted, Meaning)):
        return ""
    return "" if carrier in KEPT else f"a {carrier} of {wanted} is needed"


def of_units(mismatch: Mismatch, names: tuple[str, str]) -> str:
    """Return what to do about two units of one dimension where no step is known."""
    given, wanted, _ = sides_of(mismatch, names)
    kind = wanted.kind if isinstance(wanted, Meaning) else None
    if kind is not None and kind.period is not None:
        clock = "the hour of a moment depends on the zone, take it from a clock there: "
        return clock + DAY_OF_HOURS if wanted_in_hours(wanted) else f"no conversion leads to {kind}"
    if isinstance(given, Meaning) and isinstance(wanted, Meaning) and wanted.kind is not None:
        return f"no conversion leads from {unit_text(given)} to {wanted.kind}"
    return "convert one of them to the unit of the other"


def wanted_in_hours(wanted: Operand | None) -> bool:
    """Say whether the hours of a day are wanted."""
    kind = wanted.kind if isinstance(wanted, Meaning) else None
    return kind is not None and kind.period == 24 and str(kind.default_unit) == "hour"


def of_dimensions(mismatch: Mismatch, names: tuple[str, str], rates: Rates | None = None) -> str:
    """Return what leads from one dimension to another: a root, or a rate that the author has at hand."""
    given, wanted, name = sides_of(mismatch, names)
    nothing = f"no conversion leads from {unit_text(given)} to {unit_text(wanted)}"
    if not (isinstance(given, Meaning) and isinstance(wanted, Meaning)) or given.cut or wanted.cut:
        return nothing
    if given.unit.is_point and wanted.unit.variables:
        difference = describe(Meaning(None, given.unit.delta()))
        code = f"{grouped(name, SUM)} - reference"
        return f"subtract a reference first: {code} is {difference}, which adds and scales"
    if mismatch.operation == "convert" or flow(Meaning(None, wanted.unit), wanted) is not None:
        return nothing
    root = None if is_mixed(name) else _root(given.unit, wanted.unit)
    if root is not None:
        return f"{grouped(name, ATOM)} {root} makes it {describe(wanted)}"
    return _by_rate((given.unit, wanted), name, rates) or nothing


def _by_rate(ends: tuple[Unit, Meaning], name: str, rates: Rates | None) -> str:
    """Return the product with what is in just the unit that is missing, or the quotient by it."""
    given, wanted = ends
    if rates is None or not (_is_one(given) and _is_one(wanted.unit)):
        return ""
    for sign, unit in (("*", wanted.unit / given), ("/", given / wanted.unit)):
        rate = rates(unit)
        if rate is not None:
            return f"{grouped(name, PRODUCT)} {sign} {rate} makes it {describe(wanted)}"
    return ""


def _is_one(unit: Unit) -> bool:
    """Say whether a unit is one named unit, no power and no product: else what is missing is no rate."""
    exponents = [exponent for _, exponent in unit.spelling.items]
    return exponents == [1] and not unit.is_point and not unit.variables and bool(unit.dimension)


def _root(given: Unit, wanted: Unit) -> str | None:
    """Return the power that leads from one unit to the other: the root of a variance is a deviation."""
    if wanted.is_number or given.is_point or wanted.is_point:
        return None
    return "** 0.5" if given == wanted**2 else None


def of_origins(mismatch: Mismatch, names: tuple[str, str]) -> str:
    """Return what to do about two zero points: take one logarithm of both, or one clock."""
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
    if not source.converts_to(target):
        return f'no conversion leads from "{source}" to "{target}"'
    inner = argument_of(name)
    function = name.partition("(")[0] if inner else logarithms[0]
    code = f'{function}(convert({inner or "x"}, "{source}", "{target}"))'
    if inner is None:
        return f'convert before taking the logarithm: {code} is in "{wanted}"'
    return f'{code} instead of {name}: it is in "{wanted}"'


def sides_of(mismatch: Mismatch, names: tuple[str, str]) -> tuple[Operand, Operand | None, str]:
    """Return what is given, what is wanted and the name of what is given: of two operands the right one."""
    if mismatch.operation in ("flow", "convert") or mismatch.right is None:
        return mismatch.left, mismatch.right, names[0]
    return mismatch.right, mismatch.left, names[1]


def unit_text(operand: Operand | None) -> str:
    """Return the unit of an operand as it is quoted."""
    return f'"{operand.unit}"' if isinstance(operand, Meaning) else "no unit"
