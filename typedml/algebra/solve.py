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
        extended = extend(solution, equation, unknowns)
        if extended is None:
            return Conflict(index, equation, *(substitute(side, solution) for side in equation))
        solution = extended
    return solution


def extend(
    solution: dict[str, Monomial], equation: Equation, unknowns: Collection[str]
) -> dict[str, Monomial] | None:
    """Return a most general solution that satisfies one more equation, None if there is none."""
    residue = _residue(equation, solution)
    present = [atom for atom in residue if atom in unknowns]
    if not present:
        return None if residue else solution
    # An unknown to the power 1, if there is one, is solved for without a root.
    pivot = min([atom for atom in present if residue[atom] in (1, -1)] or present)
    scale = quotient(-1, residue.pop(pivot))
    found = {pivot: Monomial({atom: exponent * scale for atom, exponent in residue.items()})}
    for name, value in solution.items():
        # Nearly every value is closed already, and stays as it is.
        solution = solution | {name: substitute(value, found)} if pivot in dict(value.items) else solution
    return solution | found


def _residue(equation: Equation, solution: Mapping[str, Monomial]) -> dict[str, Exponent]:
    """Return the exponents of the left side over the right one, which an equation wants to be none."""
    left, right = equation
    exponents: dict[str, Exponent] = {}
    for name, power in (*left.items, *[(name, -power) for name, power in right.items]):
        if name not in solution:
            exponents[name] = exponents.get(name, 0) + power
            continue
        for atom, exponent in solution[name].items:
            exponents[atom] = exponents.get(atom, 0) + power * exponent
    return {atom: exponent for atom, exponent in exponents.items() if exponent}


def substitute(monomial: Monomial, solution: Mapping[str, Monomial]) -> Monomial:
    """Replace atoms by monomials, all at once."""
    replaced = [item for item in monomial.items if item[0] in solution]
    if not replaced:
        return monomial
    exponents = {atom: exponent for atom, exponent in monomial.items if atom not in solution}
    for name, power in replaced:
        for atom, exponent in solution[name].items:
            exponents[atom] = exponents.get(atom, 0) + exponent * power
    return Monomial(exponents)


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
