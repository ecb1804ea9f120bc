"""Unit variables at a call: what `U` is where `root: U**2 -> U` is given `km**2`.

>>> from typedml.algebra.registry import default_registry
>>> unit = default_registry().unit
>>> solution = bind([(unit("'U**2", variables=True), unit("km**2"))])
>>> str(solution["'U"])
'km'

Variables are constants unless they are open: the callee's own, and those of a function that is passed.
"""

from __future__ import annotations

from typedml.algebra.meaning import Meaning
from typedml.algebra.monomial import Monomial
from typedml.algebra.solve import Conflict, extend, solve, substitute
from typedml.algebra.unit import Unit
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Equation = tuple[Unit, Unit]


FRESH = "?"
"""Ends the name of a variable of the function that is called."""
OPEN = "!"
"""Ends the name of a variable that is open on the side of what is given."""
APART = "~"
"""Begins what tells the variables of one given function from those of the next."""


class Unifier(Value):
    """What open variables must be, most generally, and whether that makes all equations hold."""

    __slots__ = ("holds", "solution")
    solution: Mapping[str, Unit]
    holds: bool

    def __init__(self, solution: Mapping[str, Unit], holds: bool) -> None:
        self._fill(solution=solution, holds=holds)


def is_open(variable: str) -> bool:
    """Whether a variable is to be solved for."""
    return variable.endswith((FRESH, OPEN))


def unify(equations: Iterable[Equation]) -> Unifier:
    """Solve equations for the open variables of both sides.

    An equation that contradicts those before it is passed over: its two sides are found to differ later.
    """
    pairs = list(equations)
    names = {name for pair in pairs for unit in pair for name in unit.variables}
    return _unified(pairs, set(filter(is_open, names)))


def bind(equations: Iterable[Equation]) -> dict[str, Unit]:
    """Return what the variables of the left sides must be, so that they are the right sides.

    All of them are taken for open, and left out where they stay so.
    """
    pairs = [pair for pair in equations if pair[0].variables]
    unknowns = {name for pattern, _ in pairs for name in pattern.variables}
    unknowns.update(name for _, given in pairs for name in given.variables if name.endswith(OPEN))
    found = _unified(pairs, unknowns).solution
    return {name: unit for name, unit in found.items() if unknowns.isdisjoint(unit.vector.atoms)}


def _unified(pairs: Sequence[Equation], unknowns: Collection[str]) -> Unifier:
    vectors: dict[str, Monomial] = {}
    held: list[Equation] = []
    for pattern, given in pairs:
        apart = (pattern.origin is None) != (given.origin is None)
        extended = None if apart else extend(vectors, (pattern.vector, given.vector), unknowns)
        if extended is not None:
            vectors = extended
            held.append((pattern, given))
    # Two spellings of one unit may meet: then there is none for what follows from them.
    spelled = solve([(pattern.spelling, given.spelling) for pattern, given in held], unknowns)
    texts = {} if isinstance(spelled, Conflict) else spelled
    solution = {name: _spelled(vector, texts.get(name), unknowns) for name, vector in vectors.items()}
    return Unifier(solution, len(held) == len(pairs))


def _spelled(vector: Monomial, text: Monomial | None, unknowns: Collection[str]) -> Unit:
    """Return a unit as its author spelled it, where that leaves the same variables open."""
    alike = text is not None and all(vector.exponent(name) == text.exponent(name) for name in unknowns)
    return Unit(vector, text if alike else None)


def bound(meaning: Meaning, solution: Mapping[str, Unit]) -> Meaning | None:
    """Return a meaning with its variables replaced, None if one of them is open."""
    if not all(name in solution for name in meaning.unit.variables):
        return None
    return instance(meaning, solution)


def instance(meaning: Meaning, solution: Mapping[str, Unit]) -> Meaning:
    """Return a meaning with those of its variables replaced that are solved."""
    if not meaning.unit.variables:
        return meaning
    vectors = {name: unit.vector for name, unit in solution.items()}
    spellings = {name: unit.spelling for name, unit in solution.items()}
    unit = Unit(substitute(meaning.unit.vector, vectors), substitute(meaning.unit.spelling, spellings))
    return Meaning(meaning.kind, unit, meaning.cut, meaning.roles)


def freshened(meaning: Meaning, names: Collection[str] | None = None) -> Meaning:
    """Return a meaning some or all of whose variables are open, and not those of the caller's own body."""
    return Meaning(meaning.kind, _renamed(meaning.unit, FRESH, names), meaning.cut, meaning.roles)


def loosened(unit: Unit, names: Collection[str] | None = None, apart: int = 0) -> Unit:
    """Return a unit whose variables are to be solved for as well, apart from those of other arguments."""
    return _renamed(unit, f"{APART}{apart}{OPEN}", names)


def settled(meaning: Meaning, taken: Mapping[str, str]) -> Meaning:
    """Return a meaning whose open variables have the names that `readable` found for them."""
    names = {name: Monomial({taken[name]: 1}) for name in meaning.unit.variables if name in taken}
    unit = Unit(substitute(meaning.unit.vector, names), substitute(meaning.unit.spelling, names))
    return Meaning(meaning.kind, unit, meaning.cut, meaning.roles)


def readable(variables: Iterable[str], rigid: Collection[str]) -> dict[str, str]:
    """Return plain names for the open ones among variables, none of them taken, those first met first."""
    given = list(dict.fromkeys(variables))
    used = {*rigid, *(name for name in given if not is_open(name))}
    names: dict[str, str] = {}
    for variable in filter(is_open, given):
        plain = variable.rstrip(FRESH + OPEN).partition(APART)[0]
        count, name = 0, plain
        while name in used:
            count += 1
            name = f"{plain}{count}"
        used.add(name)
        names[variable] = name
    return names


def _renamed(unit: Unit, mark: str, wanted: Collection[str] | None = None) -> Unit:
    renamed = [name for name in unit.variables if wanted is None or name in wanted]
    if not renamed:
        return unit
    names = {name: Monomial({name + mark: 1}) for name in renamed}
    return Unit(substitute(unit.vector, names), substitute(unit.spelling, names), unit.origin)
