"""Generated systems of unit equations: a known solution is found as the principal one, none as a Conflict."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typedml.algebra.monomial import ONE, Monomial, is_variable
from typedml.algebra.registry import default_registry
from typedml.algebra.solve import Conflict, principal, solve, substitute
from typedml.algebra.unification import bind

UNKNOWNS = ("'A", "'B", "'C", "'D")
CONSTANTS = ("m", "s", "kg", "2", "5", "pi", "#click", "'R")
EXPONENTS = [Fraction(n, d) for n in range(-5, 6) for d in (1, 2, 3, 5)]

Equation = tuple[Monomial, Monomial]

exponents = st.sampled_from(EXPONENTS)
nonzero = exponents.filter(bool)
constants = st.dictionaries(st.sampled_from(CONSTANTS), exponents, max_size=3).map(Monomial)
patterns = st.dictionaries(st.sampled_from(UNKNOWNS), nonzero, min_size=1, max_size=4).map(Monomial)
solutions = st.fixed_dictionaries(dict.fromkeys(UNKNOWNS, constants))


@st.composite
def planted(draw: st.DrawFn) -> tuple[list[Equation], dict[str, Monomial]]:
    """Return a system with unknowns on both sides, and one of its solutions."""
    known = draw(solutions)
    system = []
    for left, right in draw(st.lists(st.tuples(patterns, patterns | st.just(ONE)), min_size=1, max_size=6)):
        rest = substitute(left, known) / substitute(right, known)
        system.append((left, right * rest))
    return system, known


def is_instance(known: dict[str, Monomial], found: dict[str, Monomial]) -> bool:
    """Say whether some choice of the free parameters of the found solution makes it the known one."""
    rows = {name: found.get(name, Monomial({name: 1})) for name in UNKNOWNS}
    free = {atom for row in rows.values() for atom in row.atoms if is_variable(atom)} - {"'R"}
    return not isinstance(solve([(rows[name], known[name]) for name in UNKNOWNS], free), Conflict)


def holds(system: list[Equation], found: dict[str, Monomial]) -> bool:
    return all(substitute(left, found) == substitute(right, found) for left, right in system)


@given(planted())
def test_a_system_with_a_known_solution_is_solved_and_the_known_one_is_an_instance(
    case: tuple[list[Equation], dict[str, Monomial]],
) -> None:
    system, known = case
    for find in (solve, principal):
        found = find(system, UNKNOWNS)
        assert not isinstance(found, Conflict)
        assert holds(system, found)
        assert is_instance(known, found)


@given(planted(), st.randoms(use_true_random=False))
def test_the_order_of_the_equations_does_not_matter_to_what_is_solved(
    case: tuple[list[Equation], dict[str, Monomial]], chance: random.Random
) -> None:
    """Each of two most general solutions is an instance of the other, so they say the same."""
    system, _ = case
    shuffled = [pair[::-1] if chance.random() < 0.5 else pair for pair in chance.sample(system, len(system))]
    one, other = solve(system, UNKNOWNS), solve(shuffled, UNKNOWNS)
    assert not isinstance(one, Conflict)
    assert not isinstance(other, Conflict)
    assert len(one) == len(other)
    assert holds(system, other)


@given(planted(), constants.filter(bool), st.data())
def test_an_equation_that_contradicts_a_combination_of_others_is_a_conflict_that_names_one_of_them(
    case: tuple[list[Equation], dict[str, Monomial]], off: Monomial, data: st.DataObject
) -> None:
    system, _ = case
    weights = data.draw(st.lists(nonzero, min_size=len(system), max_size=len(system)))
    left = right = ONE
    for (one, other), weight in zip(system, weights, strict=True):
        left, right = left * one**weight, right * other**weight
    broken = [*system, (left, right * off)]
    place = data.draw(st.integers(0, len(system)))
    broken[place], broken[-1] = broken[-1], broken[place]
    found = solve(broken, UNKNOWNS)
    assert isinstance(found, Conflict)
    assert found.equation == broken[found.index]
    # What is named is really involved: without it there is a solution, with those before it there is none.
    assert not isinstance(solve(broken[: found.index], UNKNOWNS), Conflict)
    assert isinstance(solve(broken[: found.index + 1], UNKNOWNS), Conflict)
    assert found.left != found.right
    assert not {*found.left.atoms, *found.right.atoms} & ({*UNKNOWNS} - _left_over(found))


def _left_over(conflict: Conflict) -> set[str]:
    """Unknowns may stand on both sides of a conflict, as long as they cancel."""
    return {*conflict.left.atoms} & {*conflict.right.atoms}


@given(planted())
@settings(max_examples=50)
def test_principal_solutions_have_whole_exponents_of_their_parameters(
    case: tuple[list[Equation], dict[str, Monomial]],
) -> None:
    found = principal(case[0], UNKNOWNS)
    assert not isinstance(found, Conflict)
    assert set(found) == set(UNKNOWNS)
    parameters = {atom for row in found.values() for atom in row.atoms if is_variable(atom)} - {"'R"}
    assert all(row.exponent(atom).denominator == 1 for row in found.values() for atom in parameters)
    assert not parameters & set(UNKNOWNS)


@pytest.mark.parametrize("count", [4, 12, 40])
def test_a_triangle_of_equations_with_rational_exponents_is_solved_exactly(count: int) -> None:
    """x0 = m, x0**(1/2) * x1 = m, x0**(1/3) * x1**(1/2) * x2 = m, ...: no exponent is rounded."""
    names = [f"'X{i}" for i in range(count)]
    system = []
    for i, name in enumerate(names):
        row = Monomial({name: 1})
        for j in range(max(0, i - 3), i):
            row = row * Monomial({names[j]: Fraction(1, i - j + 1)})
        system.append((row, Monomial({"m": 1})))
    found = solve(system, names)
    assert not isinstance(found, Conflict)
    assert set(found) == set(names)
    assert holds(system, found)
    assert all(value.atoms in ((), ("m",)) for value in found.values())


def test_four_variables_of_one_call_are_bound_from_four_arguments() -> None:
    """f(a: U, b: U*V, c: V/W, d: W**2*X**(1/2)) at km, km*s, s/kg and kg**2*USD."""
    read = default_registry().unit
    patterns = ("'U", "'U*'V", "'V/'W", "'W**2*'X**(1/2)")
    given_units = ("km", "km*s", "s/kg", "kg**2*USD")
    found = bind((read(p, variables=True), read(u)) for p, u in zip(patterns, given_units, strict=True))
    assert {name: str(value) for name, value in found.items()} == {
        "'U": "km", "'V": "s", "'W": "kg", "'X": "USD**2"
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_calls_of_four_variables_are_bound_to_what_was_given(seed: int) -> None:
    for patterns, known, given_units in _calls(random.Random(seed)):
        found = bind(zip(patterns, given_units, strict=True))
        assert {name: found[name].vector for name in found} == known


def _calls(chance: random.Random) -> Iterator[tuple[list, dict[str, Monomial], list]]:  # type: ignore[type-arg]  # of units
    """Yield signatures in which four arguments determine four variables, and what was given for them."""
    from typedml.algebra.unit import Unit

    for _ in range(10):
        known = {
            name: Monomial({a: chance.choice(EXPONENTS) for a in chance.sample(CONSTANTS[:6], 2)})
            for name in UNKNOWNS
        }
        patterns = []
        for i, name in enumerate(UNKNOWNS):
            before = {other: chance.choice(EXPONENTS) for other in UNKNOWNS[:i]}
            patterns.append(Monomial({**before, name: chance.choice([e for e in EXPONENTS if e])}))
        chance.shuffle(patterns)
        yield [Unit(p) for p in patterns], known, [Unit(substitute(p, known)) for p in patterns]
