"""Solving for unit variables: linear algebra over the exponents.

    >>> root = (Monomial({"'U": 2}), Monomial({"km": 2}))
    >>> str(solve([root], {"'U"})["'U"])
    'km'

After A. Kennedy, *Types for units-of-measure: theory and practice* (2009), over the rationals: roots are
units, so every system that is consistent has a most general solution, and elimination finds it.
"""

from __future__ import annotations

from typedml.algebra.monomial import Monomial, quotient
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from typedml.algebra.monomial import Exponent

    Equation = tuple[Monomial, Monomial]


class Conflict(Value):
    """An equation that contradicts those before it, which force `left` and `right` for its two sides."""

    __slots__ = ("equation", "index", "left", "right")
    index: int
    equation: Equation
    left: Monomial
    right: Monomial

    def __init__(self, index: int, equation: Equation, left: Monomial, right: Monomial) -> None:
        self._fill(index=index, equation=equation, left=left, right=right)


def solve(equations: Sequence[Equation], unknowns: Collection[str]) -> dict[str, Monomial] | Conflict:
    """Solve equations between monomials for the unknown atoms; all other atoms are constants.

    The solution is most general: an unknown that nothing determines stays as itself in the others' values
    and has no row of its own. At the first equation that cannot hold beside those before it: a Conflict.
    """
    solution: dict[str, Monomial] = {}
    for index, equation in enumerate(equations):
        left, right = (substitute(side, solution) for side in equation)
        residue = left / right
        pivot = _pivot(residue, unknowns)
        if pivot is None:
            if residue:
                return Conflict(index, equation, left, right)
            continue
        found = {pivot: _isolate(residue, pivot)}
        solution = {name: substitute(value, found) for name, value in solution.items()} | found
    return solution


def _pivot(residue: Monomial, unknowns: Collection[str]) -> str | None:
    """Choose the unknown to solve for: one to the power 1 if there is one, so that no root appears."""
    present = [(atom, exponent) for atom, exponent in residue.items if atom in unknowns]
    simple = [atom for atom, exponent in present if exponent in {1, -1}]
    return simple[0] if simple else present[0][0] if present else None


def _isolate(residue: Monomial, pivot: str) -> Monomial:
    """Solve `residue = 1` for one atom."""
    exponent = residue.exponent(pivot)
    return residue.without(lambda atom: atom == pivot) ** quotient(-1, exponent)


def substitute(monomial: Monomial, solution: Mapping[str, Monomial]) -> Monomial:
    """Replace atoms by monomials, all at once."""
    if not any(atom in solution for atom in monomial.atoms):
        return monomial
    result = monomial.without(solution.__contains__)
    for atom, exponent in monomial.items:
        if atom in solution:
            result = result * solution[atom] ** exponent
    return result


def principal(equations: Sequence[Equation], unknowns: Collection[str]) -> dict[str, Monomial] | Conflict:
    """Solve with whole exponents and a row for every unknown, in fresh parameters 'u, 'u1, ...

    Of x, y and z in `x**2 + y**3 + z**5` it says u**15, u**10 and u**6.
    """
    solution = solve(equations, unknowns)
    if isinstance(solution, Conflict):
        return solution
    rows = {name: solution.get(name, Monomial({name: 1})) for name in unknowns}
    taken = {atom for left, right in equations for atom in (*left.atoms, *right.atoms)}
    free = sorted({atom for row in rows.values() for atom in row.atoms if atom in unknowns})
    for atom, parameter in zip(free, _parameters(taken), strict=False):
        size = _denominator(row.exponent(atom) for row in rows.values())
        whole = {atom: Monomial({parameter: size})}
        rows = {name: substitute(row, whole) for name, row in rows.items()}
    return rows


def _parameters(taken: Collection[str]) -> Iterable[str]:
    number = 0
    while True:
        name = f"'u{number or ''}"
        if name not in taken:
            yield name
        number += 1


def _denominator(exponents: Iterable[Exponent]) -> int:
    from math import lcm

    return lcm(*(exponent.denominator for exponent in exponents))


def rename_apart(
    monomials: Iterable[Monomial], taken: Collection[str], renamed: Callable[[str], bool]
) -> tuple[list[Monomial], dict[str, str]]:
    """Rename the atoms that `renamed` selects so that none is in `taken`; returns the new names as well."""
    monomials = list(monomials)
    names: dict[str, str] = {}
    used = set(taken)
    for atom in dict.fromkeys(atom for monomial in monomials for atom in monomial.atoms if renamed(atom)):
        fresh, number = atom, 0
        while fresh in used:
            number += 1
            fresh = f"{atom}{number}"
        used.add(fresh)
        names[atom] = fresh
    values = {atom: Monomial({fresh: 1}) for atom, fresh in names.items()}
    return [substitute(monomial, values) for monomial in monomials], names
