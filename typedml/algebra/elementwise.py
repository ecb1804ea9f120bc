"""Functions of single values: roots, exponentials, trigonometry, and the named edges between kinds."""

from __future__ import annotations

from typedml.algebra.alone import alone
from typedml.algebra.catalogue import DEGREE, KINDS, RADIAN
from typedml.algebra.closure import holder, kind_of, make, roles_of, unit_of
from typedml.algebra.edges import EDGES, conversion
from typedml.algebra.kind import Kind, Sort, nearest_common
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.ranges import Range
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Given, Level, Place, accepts
from typedml.algebra.unit import Unit

REFUSED_BY: dict[str, frozenset[str]] = {
    "exp": frozenset({"Probability"}),
    "log": frozenset({"LogDensity", "Logit"}),
}
"""Kinds (with their children) on which a function is a mistake though their unit is 1."""

EDGE_FUNCTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "expit": (("Logit", "Probability"),),
    "logit": (("Probability", "Logit"),),
    "softmax": (("Logit", "Simplex"),),
    "log_softmax": (("Logit", "LogProbability"),),
}
"""Functions that are nothing but edges, and what they lead to."""

ALONG: dict[str, tuple[tuple[str, str], ...]] = {
    name: tuple(pair for pair, function in EDGES.items() if function == name) for name in ("exp", "log")
}
"""The edges of functions that take plain numbers as well."""


def keep(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what Python's own conversions give; digits to round to are no operand."""
    if name == "round" and len(operands) > 1:
        return operands[0]
    return alone(name, operands[0])


def pure(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a function of pure numbers: tags are dropped, kinds follow the edges."""
    for operand in operands:
        if isinstance(operand, Meaning):
            found = _edge(name, operand) or _impure(name, operand)
            if found is not None:
                return found
    return make(None, Unit.number(), *operands) if any(map(kind_or_unit, operands)) else UNKNOWN


def logarithm(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a logarithm; of a quantity it is a level re its unit, of which nothing more is said."""
    first = operands[0]
    if isinstance(first, Meaning) and first.sort is Sort.VECTOR and not first.is_pure:
        return UNKNOWN
    return pure("log" if name == "log" and len(operands) == 1 else name, operands, level)


def root(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a root: half or a third of the exponents."""
    power = {"sqrt": 1 / 2, "cbrt": 1 / 3, "square": 2}[name]
    found = combine("**", operands[0], Literal(power), level=level)
    return named(name, found)


def trigonometric(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a trigonometric function, which takes radians or a pure number."""
    (operand,) = operands[:1]
    if not isinstance(operand, Meaning):
        return UNKNOWN
    in_radians = operand.sort is not Sort.OPAQUE and operand.unit.delta() == RADIAN
    if in_radians or (operand.sort is Sort.VECTOR and operand.is_pure):
        return make(None, Unit.number(), operand)
    return _angle_needed(name, operand)


def inverse(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return an inverse trigonometric function, which gives radians; of two sides their unit is one."""
    found = pure(name, operands, level) if len(operands) == 1 else combine("+", *operands[:2], level=level)
    return named(name, found) if isinstance(found, Mismatch) else make(None, RADIAN, *operands)


def turned(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return degrees as radians, or radians as degrees; a position becomes a plain angle."""
    source, target = (DEGREE, RADIAN) if name == "deg2rad" else (RADIAN, DEGREE)
    operand = operands[0]
    if not isinstance(operand, Meaning) or (operand.sort is Sort.VECTOR and operand.is_pure):
        return make(None, target, operand)
    if operand.sort is not Sort.OPAQUE and operand.unit.delta() == source:
        return make(None, target, operand)
    return _unturned(name, operand, source, target)


def _unturned(name: str, operand: Meaning, source: Unit, target: Unit) -> Mismatch:
    """Return why an angle is not turned: it is there already, or first to be brought to the other unit."""
    given, expected = operand.unit.delta(), Meaning(None, source)
    if operand.sort is Sort.OPAQUE or given.dimension != source.dimension:
        return Mismatch(Reason.DIMENSIONS_DIFFER, operand, expected, name)
    if given == target:
        return Mismatch(Reason.THERE_ALREADY, operand, expected, name, detail=str(target))
    return Mismatch(
        Reason.UNITS_DIFFER, operand, expected, name, conversion(Side.LEFT, given, source, expected)
    )


def hypotenuse(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the length of a vector, whose sides are in one unit."""
    side = operands[0]
    for place, operand in enumerate(operands[1:], 1):
        found = combine("+", side, operand, level=level)
        if isinstance(found, Mismatch):
            return found.within(name).at(_place_of(side, operands[:place]), place)
        side = found
    return make(None, side.unit, *operands) if isinstance(side, Meaning) else UNKNOWN


def extreme(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the least or greatest of comparable values."""
    first = operands[0]
    if isinstance(first, Meaning) and first.kind is not None and first.kind.period is not None:
        return Mismatch(Reason.CYCLE, first, None, name)
    result = first
    for place, operand in enumerate(operands[1:] or operands, 1):
        compared = combine("<", result, operand, level=level)
        if isinstance(compared, Mismatch):
            return compared.within(name).at(_place_of(result, operands[:place]), place)
        result = _one_of(result, operand)
    return result


def edge_function(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what lies across a named edge; plain numbers may cross where a library's stub would let them."""
    operand = operands[0]
    source, target = EDGE_FUNCTIONS[name][0]
    reached = Meaning(KINDS[target])
    if isinstance(operand, Meaning):
        if operand.kind is not None and operand.kind.is_named(source):
            return Meaning(reached.kind, reached.unit, operand.cut, operand.roles)
        if operand.kind is None and operand.unit.is_number:
            return reached.with_roles(operand.roles)
        return Mismatch(Reason.NO_EDGE, operand, Meaning(KINDS[source]), name, _crossing(operand, source))
    given = Given.LITERAL if isinstance(operand, Literal) else Given.UNKNOWN
    if accepts(level, given, Place.LIBRARY):
        return reached
    remedy = Remedy(Action.MARK, Side.LEFT, KINDS[source].marker, result=Meaning(KINDS[source]))
    return Mismatch(Reason.UNKNOWN_GIVEN, operand, Meaning(KINDS[source]), name, remedy)


def operator_of(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what the operator behind a function gives."""
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
    "remainder": "%",
    "power": "**",
}


def first_of(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the first operand without a range of its own: its sign is another's."""
    found = alone("-", operands[0])
    return named(name, found)


def told(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a plain truth or number, whatever the operand."""
    return UNKNOWN


def named(name: str, found: Operand | Mismatch) -> Operand | Mismatch:
    """Return a refusal as that of the function of that name."""
    return found.within(name) if isinstance(found, Mismatch) else found


def _place_of(met: Operand, operands: tuple[Operand, ...]) -> int:
    """Return which operand shows what those before it have in common: the first meaning, if there is one."""
    alike = (place for place, operand in enumerate(operands) if kind_or_unit(operand) == kind_or_unit(met))
    return next(alike, 0)


def kind_or_unit(operand: Operand) -> bool:
    """Say whether anything is declared of an operand."""
    return isinstance(operand, Meaning)


def _edge(name: str, operand: Meaning) -> Operand | None:
    kind = operand.kind
    for source, target in ALONG.get(name, ()):
        if kind is not None and kind.is_named(source):
            reached = Meaning(KINDS[target])
            return Meaning(reached.kind, reached.unit, operand.cut, operand.roles)
    return None


def _impure(name: str, operand: Meaning) -> Mismatch | None:
    """Return why a value is no pure number."""
    if operand.sort is Sort.OPAQUE:
        reason = Reason.CUT_ARITHMETIC if operand.cut else Reason.OPAQUE
        return Mismatch(reason, operand, None, name, Remedy(Action.RAW, Side.LEFT))
    refused = REFUSED_BY.get(name, frozenset())
    if operand.kind is not None and any(above.name in refused for above in operand.kind.lineage):
        return Mismatch(Reason.NO_EDGE, operand, None, name)
    if operand.sort is Sort.TORSOR:
        return Mismatch(Reason.POINT_SCALED, operand, None, name, Remedy(Action.SUBTRACT, Side.LEFT))
    return None if operand.is_pure else Mismatch(Reason.NUMBER_NEEDED, operand, None, name)


def _angle_needed(name: str, operand: Meaning) -> Mismatch:
    remedy = None
    if operand.sort is not Sort.OPAQUE and operand.unit.delta() == DEGREE:
        remedy = conversion(Side.LEFT, operand.unit.delta(), RADIAN, Meaning(None, RADIAN))
    return Mismatch(Reason.ANGLE_NEEDED, operand, Meaning(None, RADIAN), name, remedy)


def _one_of(left: Operand, right: Operand) -> Operand:
    """Return what is known of the smaller or the larger of two comparable operands."""
    if not (isinstance(left, Meaning) or isinstance(right, Meaning)):
        return left if left == right else UNKNOWN
    meaning = left if isinstance(left, Meaning) else right
    assert isinstance(meaning, Meaning)
    if meaning.sort is not Sort.VECTOR:
        mine, theirs = kind_of(left), kind_of(right)
        kind = nearest_common(mine, theirs) if mine and theirs else mine or theirs
        return Meaning(kind, meaning.unit, meaning.cut, roles_of(left, right))
    total = combine("+", left, right, level=Level.GRADUAL)
    return (
        make(_held_by_both(left, right), unit_of(total), left, right)
        if isinstance(total, Meaning)
        else UNKNOWN
    )


def _held_by_both(left: Operand, right: Operand) -> Kind | None:
    mine, theirs = kind_of(left), kind_of(right)
    both = nearest_common(mine, theirs) if mine and theirs else mine or theirs
    if both is None:
        return None
    spans = [operand.range for operand in (left, right) if isinstance(operand, Meaning | Literal)]
    if len(spans) < 2:
        return both if both.range.is_unbounded else None
    hull = Range(min(s.low for s in spans), max(s.high for s in spans))
    unit = unit_of(left) if mine else unit_of(right)
    integral = all(isinstance(operand, Meaning | Literal) and operand.integral for operand in (left, right))
    return holder(both, unit, hull, integral)


def _crossing(operand: Meaning, source: str) -> Remedy | None:
    for above in operand.kind.lineage if operand.kind is not None else ():
        function = EDGES.get((above.name, source))
        if function is not None:
            return Remedy(Action.CROSS, Side.LEFT, function, result=Meaning(KINDS[source]))
    return None
