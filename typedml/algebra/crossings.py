"""Functions that cross between kinds: along the named edges, into levels and back.

>>> from typedml.algebra.meaning import Meaning
>>> print(along("expit", (Meaning(KINDS["Logit"]),), Level.STANDARD))
Probability
"""

from __future__ import annotations

from math import inf

from typedml.algebra.catalogue import KINDS
from typedml.algebra.closure import literal_of, make
from typedml.algebra.edge_table import Edge, edge_between, edge_of, edges_through, kind_named
from typedml.algebra.edges import cross
from typedml.algebra.errors import UnitError
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.levels import BASES, FORMULAS, INVERSES, level, logarithm_of, quantity
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Action, Mismatch, Reason, Remedy, Side
from typedml.algebra.rules import combine
from typedml.algebra.strictness import Given, Level, Place, accepts
from typedml.algebra.unit import Unit

REFUSED: dict[str, frozenset[str]] = {
    "exp2": frozenset({"Probability", "LogDensity"}),
    "exp10": frozenset({"Probability", "LogDensity"}),
    "log": frozenset({"LogDensity"}),
    "log2": frozenset({"LogDensity", "Logit"}),
    "log10": frozenset({"LogDensity", "Logit"}),
    "log1p": frozenset({"LogDensity", "Logit"}),
    "entropy": frozenset({"LogDensity"}),
    "entr": frozenset({"LogDensity"}),
}
"""Kinds (with their children) on which a function is a mistake though their unit is 1.

A kind that one of a function's edges leads to is refused anyway: `exp(Probability)`, `log(Logit)`.
"""

TO_NUMBERS: dict[str, frozenset[str]] = {
    "softplus": frozenset({"Logit"}),
}
"""Kinds of which a function of pure numbers gives a plain one, though they are points."""


EXPONENTIALS = frozenset({"expit", "log_expit", "softmax", "log_softmax"})
"""Functions that `exp` may be written for, and that take the numbers it takes."""

NORMALISING = frozenset({"softmax", "log_softmax"})
"""Those that bring exponentials to a sum of one, of whatever logarithm."""

LOSSES: dict[str, str] = {
    "cross_entropy": "Logit",
    "binary_cross_entropy": "Probability",
    "binary_cross_entropy_with_logits": "Logit",
    "nll_loss": "LogProbability",
}
"""What the losses of torch take first; that a softmax is in them already is what people forget."""


def loss(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return a loss, a plain number, of predictions on the scale that it takes."""
    operand, wanted = operands[0], _meaning(LOSSES[name])
    if not isinstance(operand, Meaning):
        return UNKNOWN
    if operand.cut:
        return Mismatch(Reason.CUT_ARITHMETIC, operand, None, name, Remedy(Action.RAW, Side.LEFT))
    plain = operand.kind is None and operand.unit.is_number
    if plain or (operand.kind is not None and operand.kind.is_named(LOSSES[name])):
        return make(None, Unit.number(), operand)
    remedy = None if operand.kind is None else _between(operand.kind, LOSSES[name])
    return Mismatch(Reason.NO_EDGE, operand, wanted, name, remedy)


def along(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return what lies across a named edge; plain numbers may cross where a library's stub would let them."""
    operand, first = operands[0], edges_through(name)[0]
    source = _meaning(first.source)
    if not isinstance(operand, Meaning):
        given = Given.LITERAL if isinstance(operand, Literal) else Given.UNKNOWN
        if accepts(level, given, Place.LIBRARY):
            return Meaning(first.reached)
        remedy = Remedy(Action.MARK, Side.LEFT, _marker(source), result=source)
        return Mismatch(Reason.UNKNOWN_GIVEN, operand, source, name, remedy)
    if operand.kind is None and operand.uncut.unit.is_number and not operand.cut:
        return make(first.reached, Unit.number(), operand)
    found = crossed(name, operand)
    if found is None and _is_exponent(name, operand, first):
        return make(first.reached, Unit.number(), operand)
    return found or Mismatch(Reason.NO_EDGE, operand, source, name, _way(operand, first))


def _is_exponent(name: str, operand: Meaning, edge: Edge) -> bool:
    """Say whether a function made of exponentials takes what an exponential takes, and is no mistake there.

    Logarithms of probabilities are brought to a sum of one by a softmax; a sigmoid of one is none of theirs.
    """
    kind = operand.kind
    if name not in EXPONENTIALS or operand.cut or operand.sort is not Sort.VECTOR or not operand.is_pure:
        return False
    if kind is None:
        return refusal("exp", operand) is None
    if kind.is_named("LogDensity"):
        return name in NORMALISING and not kind.is_named(edge.target)
    there = kind.is_named(edge.target) or edge.reached.descends_from(kind)
    return not there and _between(kind, edge.target) is None and refusal("exp", operand) is None


def crossed(name: str, operand: Meaning) -> Operand | Mismatch | None:
    """Return what a function makes of a kind that it has an edge from; a cut follows if it is monotone."""
    found = edge_of(name, operand.kind) if operand.kind is not None else None
    if found is None:
        return None
    if operand.cut and found.monotone is None:
        return Mismatch(Reason.CUT_ARITHMETIC, operand, None, name, Remedy(Action.RAW, Side.LEFT))
    return Meaning(found.reached, None, operand.cut, operand.roles)


def refusal(name: str, operand: Meaning) -> Mismatch | None:
    """Return why a function of pure numbers does not take a kind whose unit is 1, or a level."""
    kind = operand.kind
    if kind is not None and (_is_image(name, kind) or _is_refused(name, kind)):
        return Mismatch(Reason.NO_EDGE, operand, None, name)
    logarithm = logarithm_of(operand.unit)
    if logarithm is not None and name in INVERSES and not operand.cut:
        back = quantity(logarithm, operand.unit)
        remedy = Remedy(Action.CROSS, Side.LEFT, FORMULAS[logarithm], result=Meaning(None, back))
        return Mismatch(Reason.NO_EDGE, operand, None, name, remedy)
    return None


def _is_image(name: str, kind: Kind) -> bool:
    return any(kind.is_named(each.target) for each in edges_through(name))


def _is_refused(name: str, kind: Kind) -> bool:
    return any(above.name in REFUSED.get(name, ()) for above in kind.lineage)


def to_number(name: str, operand: Meaning) -> bool:
    """Say whether a function gives a plain number of a kind of points."""
    kinds = TO_NUMBERS.get(name, frozenset())
    return not operand.cut and operand.kind is not None and any(a.name in kinds for a in operand.kind.lineage)


def level_of(name: str, operand: Meaning) -> Operand | Mismatch:
    """Return the logarithm of a quantity: a level re its unit."""
    try:
        return make(None, level(name, operand.unit), operand)
    except UnitError:
        return Mismatch(Reason.NO_EDGE, operand, None, name)


def quantity_of(name: str, operand: Meaning) -> Meaning | None:
    """Return what an exponential makes of a level in its own base."""
    unit = quantity(INVERSES[name], operand.unit) if name in INVERSES and not operand.cut else None
    return None if unit is None else make(None, unit, operand)


def named_base(operands: tuple[Operand, ...]) -> str | None:
    """Return the logarithm that `log(x, base)` is: "log10" for 10; None for a base without a name."""
    if len(operands) < 2:
        return "log"
    value = literal_of(operands[1])
    return next((name for name, base in BASES.items() if base == value), None)


def log_sum(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the logarithm of a sum of exponentials, which moves with what it is taken of.

    The probabilities behind it may sum to more than one, so of log-probabilities a log-density is left.
    """
    first = operands[0]
    # Of many values; what stands beside them is the axis.
    if len(operands) > 1 and name != "logsumexp":
        compared = combine("<", *operands[:2], level=level)
        if isinstance(compared, Mismatch):
            return compared.within(name)
        first = next((each for each in operands if isinstance(each, Meaning)), first)
    if not isinstance(first, Meaning):
        return UNKNOWN
    base = "log2" if name == "logaddexp2" else "log"
    kept = first.kind is not None and (first.kind.scalable or first.kind.is_named("LogDensity"))
    if not first.cut and (logarithm_of(first.unit) == base or (kept and base == "log")):
        lineage = first.kind.lineage if first.kind is not None else ()
        kind = next((each for each in lineage if each.range.high == inf), None)
        return Meaning(kind, first.unit, False, first.roles)
    if kept or first.sort is not Sort.VECTOR:
        return Mismatch(Reason.NO_EDGE, first, None, name)
    if not first.is_pure:
        return Mismatch(Reason.NUMBER_NEEDED, first, None, name)
    return make(None, Unit.number(), *operands)


def sorting(name: str, operands: tuple[Operand, ...], level: Level) -> Operand | Mismatch:
    """Return the places that would sort comparable values."""
    operand = operands[0]
    compared = combine("<", operand, operand, level=level)
    if isinstance(compared, Mismatch):
        return Mismatch(compared.reason, operand, None, name)
    return make(KINDS["Index"], Unit.number(), operand)


def _way(operand: Meaning, wanted: Edge) -> Remedy | None:
    """Return the step that leads to where a function starts; none where its end is reached already."""
    if operand.kind is None or operand.cut or wanted.reached.descends_from(operand.kind):
        return None
    return None if operand.kind.is_named(wanted.target) else _between(operand.kind, wanted.source)


def _between(kind: Kind, target: str) -> Remedy | None:
    """Return the step from a kind, or an ancestor of it, to another kind."""
    found = next(filter(None, (edge_between(above.name, target) for above in kind.lineage)), None)
    return None if found is None else cross(Side.LEFT, found, _meaning(target))


def _meaning(name: str) -> Meaning:
    return Meaning(kind_named(name))


def _marker(meaning: Meaning) -> str:
    return meaning.kind.marker if meaning.kind is not None else ""
