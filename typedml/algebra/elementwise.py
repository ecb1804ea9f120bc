"""Functions of single values: roots, exponentials, logarithms, extremes, and operators by their names."""

from __future__ import annotations

from typedml.algebra.alone import alone
from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import holder, kind_of, make, roles_of, unit_of
from typedml.algebra.crossings import crossed, level_of, named_base, quantity_of, refusal, to_number
from typedml.algebra.flow import join
from typedml.algebra.kind import Kind, Sort, common_or_only
from typedml.algebra.meaning import NUMBER, UNKNOWN, Literal, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.ranges import UNIT_RANGE, Range
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Level
from typedml.algebra.unit import Unit


def keep(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what Python's own conversions give; digits to round to are no operand."""
    if name == "round" and len(operands) > 1:
        return operands[0]
    return alone(name, operands[0])


def pure(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a function of pure numbers: tags are dropped, kinds follow the edges."""
    for operand in operands:
        if isinstance(operand, Meaning):
            found = crossed(name, operand) or quantity_of(name, operand) or _impure(name, operand)
            if found is not None:
                return found
    return make(None, Unit.number(), *operands) if any(map(kind_or_unit, operands)) else UNKNOWN


def logarithm(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a logarithm; of a quantity it is a level re its unit."""
    base = named_base(operands) if name == "log" else name
    first = operands[0]
    if isinstance(first, Meaning) and first.sort is Sort.VECTOR and not first.is_pure:
        # Levels in a base that has no function of its own are not followed.
        return UNKNOWN if base is None else level_of(base, first)
    return named(name, pure(base or "log2", operands[:1], level))


def root(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a root: half or a third of the exponents."""
    power = {"sqrt": 1 / 2, "cbrt": 1 / 3, "square": 2}[name]
    found = combine("**", operands[0], Literal(power), level=level)
    return named(name, found)


def extreme(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the least or greatest of comparable values."""
    first = operands[0]
    if isinstance(first, Meaning) and first.kind is not None and first.kind.period is not None:
        return Mismatch(Reason.CYCLE, first, None, name)
    result = first
    for place, operand in enumerate(operands[1:] or operands, 1):
        compared = combine("<", result, operand, level=level)
        # Far out of the range a bound does nothing; what it leaves is told by the range of both.
        if isinstance(compared, Mismatch) and compared.reason is not Reason.OUT_OF_RANGE:
            return compared.within(name).at(place_of(result, operands[:place]), place)
        result = one_of(result, operand)
    return result


def operator_of(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what the operator behind a function gives; the third argument of numpy's is where to put it."""
    if len(operands) < 2:
        return UNKNOWN
    return named(name, combine(OPERATORS_OF[name], operands[0], operands[1], level=level))


OPERATORS_OF: dict[str, str] = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "floor_divide": "//",
    "mod": "%",
    "power": "**",
    "less": "<",
    "less_equal": "<=",
    "greater": ">",
    "greater_equal": ">=",
    "equal": "==",
    "not_equal": "!=",
    "isclose": "==",
    "allclose": "==",
    "bitwise_and": "&",
    "bitwise_or": "|",
    "bitwise_xor": "^",
    "left_shift": "<<",
    "right_shift": ">>",
}
"""The operator behind each function of two values."""


def signed(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what the sign behind a function gives."""
    return named(name, alone(SIGNS[name], operands[0]))


SIGNS: dict[str, str] = {"negative": "-", "positive": "+", "conjugate": "+", "invert": "~"}
"""The sign behind each function of one value."""


def reciprocal(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return one over a value."""
    return named(name, combine("/", Literal(1), operands[0], level=level))


def rectified(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the positive part of a value."""
    return extreme(name, (operands[0], Literal(0)), level)


def weighted_logarithm(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return `x * log(y)`, which is 0 where x is."""
    if len(operands) < 2:
        return UNKNOWN
    found = pure("log1p" if name == "xlog1py" else "log", operands[1:2], level)
    if not isinstance(found, Mismatch):
        found = combine("*", operands[0], found, level=level)
    return named(name, found)


def multiply_add(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return `x * y + z`."""
    if len(operands) < 3:
        return UNKNOWN
    found = combine("*", operands[0], operands[1], level=level)
    if not isinstance(found, Mismatch):
        found = combine("+", found, operands[2], level=level)
    return named(name, found)


def multiple(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a value times some number."""
    return named(name, combine("*", operands[0], NUMBER, level=level))


def dot(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a sum of products."""
    if len(operands) < 2:
        return UNKNOWN
    found = combine("*", operands[0], operands[1], level=level)
    if not isinstance(found, Mismatch):
        found = combine("+", found, found, level=level)
    return named(name, found)


def distance(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return how far apart values are, or those that follow one another as floats."""
    found = named(name, combine("-", operands[0], operands[-1], level=level))
    return make(None, found.unit, *operands) if isinstance(found, Meaning) else found


def blended(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return `a + w * (b - a)`, which has the kind of both ends where w is a share."""
    if len(operands) < 3:
        return UNKNOWN
    start, end, weight = operands[:3]
    apart = combine("-", start, end, level=level)
    if isinstance(apart, Mismatch):
        return named(name, apart)
    step = combine("*", apart, weight, level=level)
    if isinstance(step, Mismatch):
        return named(name, step)
    if not isinstance(weight, Unknown) and weight.range.within(UNIT_RANGE):
        return one_of(start, end)
    moved = combine("+", _unkinded(start), _unkinded(step), level=level)
    return named(name, moved)


def _unkinded(operand: Operand) -> Operand:
    """Return the plain unit of a vector: a sum of more than a whole leaves the range of its kind."""
    return operand.plain() if isinstance(operand, Meaning) and operand.sort is Sort.VECTOR else operand


def chosen(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what is known of a value that is one or the other, as a condition says.

    Two meanings that do not compare have no place in one array.
    """
    if len(operands) < 3:
        return UNKNOWN
    one, other = operands[1:3]
    both = isinstance(one, Meaning) and isinstance(other, Meaning)
    compared = combine("==", one, other, level=level) if both else UNKNOWN
    return compared.within(name) if isinstance(compared, Mismatch) else join(one, other)


def first_of(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the first operand without a range of its own: its sign is another's."""
    found = alone("-", operands[0])
    return named(name, found)


def sign(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the sign, a number: which side of zero a value lies on."""
    compared = combine("<", operands[0], Literal(0), level=level)
    if isinstance(compared, Mismatch):
        return compared.within(name)
    return make(None, Unit.number(), *operands) if isinstance(operands[0], Meaning) else UNKNOWN


def truth(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return whether all, any or none of several indicators hold, which is one; `x or y` is a value."""
    kinds = list(map(kind_of, operands))
    if not all(kind is not None and kind.is_indicator for kind in kinds):
        return UNKNOWN
    return make(KINDS["Binary"], Unit.number(), *operands)


def told(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a plain truth or number, whatever the operand."""
    return UNKNOWN


def named(name: str, found: Operand | Mismatch) -> Operand | Mismatch:
    """Return a refusal as that of the function of that name."""
    return found.within(name) if isinstance(found, Mismatch) else found


def place_of(met: Operand, operands: tuple[Operand, ...]) -> int:
    """Return which operand shows what those before it have in common: the first meaning, if there is one."""
    alike = (place for place, operand in enumerate(operands) if kind_or_unit(operand) == kind_or_unit(met))
    return next(alike, 0)


def kind_or_unit(operand: Operand) -> bool:
    """Say whether anything is declared of an operand."""
    return isinstance(operand, Meaning)


def _impure(name: str, operand: Meaning) -> Mismatch | None:
    """Return why a value is no pure number."""
    if operand.sort is Sort.OPAQUE:
        reason = Reason.CUT_ARITHMETIC if operand.cut else Reason.OPAQUE
        return Mismatch(reason, operand, None, name, Remedy(Action.RAW, Side.LEFT))
    refused = refusal(name, operand)
    if refused is not None or to_number(name, operand):
        return refused
    if operand.sort is Sort.TORSOR:
        return Mismatch(Reason.POINT_SCALED, operand, None, name, Remedy(Action.SUBTRACT, Side.LEFT))
    return None if operand.is_pure else Mismatch(Reason.NUMBER_NEEDED, operand, None, name)


def one_of(left: Operand, right: Operand) -> Operand:
    """Return what is known of the smaller or the larger of two comparable operands."""
    if not (isinstance(left, Meaning) or isinstance(right, Meaning)):
        return left if left == right else UNKNOWN
    if _are_cut_and_value(left, right):
        return UNKNOWN  # what is capped by a cut is no cut, and the cut is no value
    meaning = left if isinstance(left, Meaning) else right
    assert isinstance(meaning, Meaning)
    if meaning.sort is not Sort.VECTOR:
        mine, theirs = kind_of(left), kind_of(right)
        kind = common_or_only(mine, theirs)
        return Meaning(kind, meaning.unit, meaning.cut, roles_of(left, right))
    total = combine("+", left, right, level=Level.GRADUAL)
    return (
        make(held_by_both(left, right), unit_of(total), left, right)
        if isinstance(total, Meaning)
        else UNKNOWN
    )


def _are_cut_and_value(left: Operand, right: Operand) -> bool:
    cuts = [isinstance(each, Meaning) and each.cut for each in (left, right)]
    return any(cuts) and not all(cuts) and not (isinstance(left, Literal) or isinstance(right, Literal))


def held_by_both(left: Operand, right: Operand) -> Kind | None:
    """Return the nearest kind that holds whatever one or the other operand may be."""
    mine, theirs = kind_of(left), kind_of(right)
    both = common_or_only(mine, theirs)
    if both is None:
        return None
    spans = [operand.range for operand in (left, right) if isinstance(operand, Meaning | Literal)]
    if len(spans) < 2:
        return both if both.range.is_unbounded else None
    hull = Range(min(s.low for s in spans), max(s.high for s in spans))
    unit = unit_of(left) if mine else unit_of(right)
    integral = all(isinstance(operand, Meaning | Literal) and operand.integral for operand in (left, right))
    return holder(both, unit, hull, integral)
