"""Solving for unit variables is sound, complete and most general."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from typedml.algebra.monomial import ONE, Monomial, is_variable
from typedml.algebra.solve import Conflict, principal, rename_apart, solve, substitute

UNKNOWNS = ["'x", "'y", "'z", "'w"]
CONSTANTS = ["m", "s", "2", "'R"]
small = st.sampled_from([Fraction(n, d) for n in range(-4, 5) for d in (1, 2, 3)])
values = st.dictionaries(st.sampled_from(CONSTANTS), small, max_size=3).map(Monomial)
patterns = st.dictionaries(st.sampled_from(UNKNOWNS), small, max_size=3).map(Monomial)
sides = st.tuples(patterns, values).map(lambda pair: pair[0] * pair[1])
systems = st.lists(st.tuples(sides, sides), max_size=4)
few = settings(max_examples=50)
assignments = st.fixed_dictionaries(dict.fromkeys(UNKNOWNS, values))


def text(solution: dict[str, Monomial]) -> dict[str, str]:
    return {name: str(value) for name, value in solution.items()}


def rank(rows: list[list[Fraction]]) -> int:
    """Return the rank of a matrix, by elimination on numbers: an independent check."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


def is_consistent(system: list[tuple[Monomial, Monomial]]) -> bool:
    residues = [left / right for left, right in system]
    matrix = [[Fraction(residue.exponent(name)) for name in UNKNOWNS] for residue in residues]
    wider = [
        [*row, *(Fraction(r.exponent(c)) for c in CONSTANTS)] for row, r in zip(matrix, residues, strict=True)
    ]
    return rank(matrix) == rank(wider)


@few
@given(systems)
def test_a_solution_satisfies_every_equation(system: list[tuple[Monomial, Monomial]]) -> None:
    solution = solve(system, UNKNOWNS)
    if not isinstance(solution, Conflict):
        for left, right in system:
            assert substitute(left, solution) == substitute(right, solution)


@few
@given(systems)
def test_there_is_a_conflict_exactly_where_no_solution_exists(
    system: list[tuple[Monomial, Monomial]],
) -> None:
    solution = solve(system, UNKNOWNS)
    assert isinstance(solution, Conflict) != is_consistent(system)
    if isinstance(solution, Conflict):
        assert solution.equation == system[solution.index]
        assert solution.left != solution.right
        assert is_consistent(system[: solution.index])


@few
@given(st.lists(st.tuples(patterns, patterns), max_size=4), assignments)
def test_every_solution_is_an_instance_of_the_one_found(
    pairs: list[tuple[Monomial, Monomial]], planted: dict[str, Monomial]
) -> None:
    system = [(left, right * substitute(left / right, planted)) for left, right in pairs]
    for find in (solve, principal):
        solution = find(system, UNKNOWNS)
        assert not isinstance(solution, Conflict)
        rows = {name: solution.get(name, Monomial({name: 1})) for name in UNKNOWNS}
        free = {atom for row in rows.values() for atom in row.atoms if is_variable(atom)} - {"'R"}
        # The planted solution must be reached by some choice of the free parameters: solve for them.
        instance = solve([(rows[name], planted[name]) for name in UNKNOWNS], free)
        assert not isinstance(instance, Conflict)


@few
@given(systems)
def test_a_solution_is_triangular(system: list[tuple[Monomial, Monomial]]) -> None:
    solution = solve(system, UNKNOWNS)
    if not isinstance(solution, Conflict):
        assert not {atom for value in solution.values() for atom in value.atoms} & set(solution)


def test_the_sum_of_a_square_a_cube_and_a_fifth_power_has_kennedys_principal_type() -> None:
    x, y, z = (Monomial({name: 1}) for name in ("'x", "'y", "'z"))
    solution = principal([(x**2, y**3), (y**3, z**5)], ["'x", "'y", "'z"])
    assert not isinstance(solution, Conflict)
    assert text(solution) == {"'x": "'u**15", "'y": "'u**10", "'z": "'u**6"}
    assert str(substitute(x**2, solution)) == "'u**30"


def test_a_root_gives_the_unit_of_its_argument() -> None:
    found = solve([(Monomial({"'U": 2}), Monomial({"km": 2}))], {"'U"})
    assert found == {"'U": Monomial({"km": 1})}
    half = solve([(Monomial({"'U": 2}), Monomial({"m": 1}))], {"'U"})
    assert half == {"'U": Monomial({"m": Fraction(1, 2)})}


def test_an_unknown_that_nothing_determines_has_no_row() -> None:
    assert solve([(ONE, ONE)], {"'U"}) == {}
    assert solve([], []) == {}
    assert principal([], ["'U"]) == {"'U": Monomial({"'u": 1})}


def test_rigid_variables_are_constants() -> None:
    conflict = solve([(Monomial({"'R": 1}), Monomial({"'R": 2}))], {"'U"})
    assert isinstance(conflict, Conflict)
    assert conflict.index == 0


def test_a_conflict_says_what_the_earlier_equations_force() -> None:
    u = Monomial({"'U": 1})
    conflict = solve([(u, Monomial({"km": 1})), (u**2, Monomial({"m": 2}))], {"'U"})
    assert isinstance(conflict, Conflict)
    assert (conflict.index, str(conflict.left), str(conflict.right)) == (1, "km**2", "m**2")


def test_parameters_do_not_collide_with_names_in_use() -> None:
    solution = principal([(Monomial({"'x": 1}), Monomial({"'u": 1, "'y": 1}))], ["'x", "'y"])
    assert not isinstance(solution, Conflict)
    assert text(solution) == {"'x": "'u*'u1", "'y": "'u1"}


def test_renaming_apart_avoids_names_in_use_and_each_other() -> None:
    before = [Monomial({"'U": 2, "m": 1}), Monomial({"'V": 1, "'U": -1})]
    after, names = rename_apart(before, {"'U", "'U1"}, is_variable)
    assert names == {"'U": "'U2", "'V": "'V"}
    assert [str(monomial) for monomial in after] == ["'U2**2*m", "'U2**-1*'V"]
