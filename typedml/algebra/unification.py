"""Unit variables at a call: what `U` is where `root: U**2 -> U` is given `km**2`.

>>> from typedml.algebra.registry import default_registry
>>> unit = default_registry().unit
>>> solution = bind([(unit("'U**2", variables=True), unit("km**2"))])
>>> str(solution["'U"])
'km'
"""

from __future__ import annotations

from typedml.algebra.meaning import Meaning
from typedml.algebra.monomial import Monomial
from typedml.algebra.solve import Conflict, extend, solve, substitute
from typedml.algebra.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Equation = tuple[Unit, Unit]


OPEN = "!"
"""Ends the name of a variable that is open on the side of what is given."""


def bind(equations: Iterable[Equation]) -> dict[str, Unit]:
    """Return what the variables of the left sides must be, so that they are the right sides.

    An equation that contradicts those before it is passed over: its two sides are found to differ later.
    """
    pairs: list[Equation] = []
    unknowns: set[str] = set()
    for pattern, given in equations:
        names = pattern.variables if given.origin is None else ()
        if names:
            pairs.append((pattern, given))
            unknowns.update(names, [name for name in given.variables if name.endswith(OPEN)])
    vectors: dict[str, Monomial] = {}
    held: list[Equation] = []
    for pattern, given in pairs:
        extended = extend(vectors, (pattern.vector, given.vector), unknowns)
        if extended is not None:
            vectors = extended
            held.append((pattern, given))
    known = {name: vector for name, vector in vectors.items() if unknowns.isdisjoint(vector.atoms)}
    spellings = _spellings(held, unknowns)
    return {name: Unit(vector, spellings.get(name)) for name, vector in known.items()}


def _spellings(equations: Sequence[Equation], unknowns: set[str]) -> dict[str, Monomial]:
    """Return how the solutions are spelled; nothing where two spellings of one unit meet."""
    solution = solve([(pattern.spelling, given.spelling) for pattern, given in equations], unknowns)
    if isinstance(solution, Conflict):
        return {}
    return {name: text for name, text in solution.items() if unknowns.isdisjoint(text.atoms)}


def bound(meaning: Meaning, solution: Mapping[str, Unit]) -> Meaning | None:
    """Return a meaning with its variables replaced, None if one of them is open."""
    if not all(name in solution for name in meaning.unit.variables):
        return None
    vectors = {name: unit.vector for name, unit in solution.items()}
    spellings = {name: unit.spelling for name, unit in solution.items()}
    unit = Unit(substitute(meaning.unit.vector, vectors), substitute(meaning.unit.spelling, spellings))
    return Meaning(meaning.kind, unit, meaning.cut, meaning.roles)


def freshened(meaning: Meaning) -> Meaning:
    """Return a meaning whose variables cannot be those of the caller's own body."""
    return Meaning(meaning.kind, _renamed(meaning.unit, "?"), meaning.cut, meaning.roles)


def loosened(unit: Unit) -> Unit:
    """Return a unit whose variables are to be solved for as well."""
    return _renamed(unit, OPEN)


def _renamed(unit: Unit, mark: str) -> Unit:
    names = {name: Monomial({name + mark: 1}) for name in unit.variables}
    return Unit(substitute(unit.vector, names), substitute(unit.spelling, names), unit.origin)
