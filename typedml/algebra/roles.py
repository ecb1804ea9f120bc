"""Roles: which rows a value comes from, what was fitted on them, and what is a label; never what it means.

>>> sorted(fitted(frozenset({"Test", "Target"})))
['fitted on Test']
>>> clash("-", frozenset({"Train"}), frozenset({"fitted on Test"}))
<Reason.FITTED_ELSEWHERE: 'fitted on rows that are held back'>

A value is of rows in a split, or was *fitted* on such rows: any statistic of them. What is fitted on `Train`
may touch everything; on `Validation`, all but `Train`; on `Test`, or on the `Unsplit` rows that hold it, test
rows only. Values without a role touch everything, since nobody said anything of them: a sum of model weights
is no statistic of rows.
"""

from __future__ import annotations

from itertools import combinations

from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason

TRAIN, VALIDATION, TEST, UNSPLIT, TARGET = "Train", "Validation", "Test", "Unsplit", "Target"
FITTED, AS_OF = "fitted on ", "as of "

SPLITS = frozenset({TRAIN, VALIDATION, TEST, UNSPLIT})
"""The roles of which a row has one; `Unsplit` rows are all of them, before there is a split."""

TOUCHED: dict[str, frozenset[str]] = {
    TRAIN: SPLITS,
    VALIDATION: SPLITS - {TRAIN},
    TEST: frozenset({TEST, UNSPLIT}),
    UNSPLIT: frozenset({TEST, UNSPLIT}),
}
"""The rows that may be touched by what was fitted on rows of a split."""

EQUALITIES = frozenset({"==", "!=", "equal", "not_equal", "isclose", "allclose"})
"""What rows of two splits may be compared by: so one looks for rows that are in both."""


def fitted(roles: frozenset[str]) -> frozenset[str]:
    """Return the roles of a statistic: it is of no row any more, but knows those it was fitted on.

    A label ends here: base rates and target encodings are features, of whatever rows they were fitted on.
    """
    return frozenset(FITTED + role if role in SPLITS else role for role in roles if role != TARGET)


def apart(operation: str, *operands: Operand) -> Mismatch | None:
    """Return why operands that go together by their meanings do not by their roles."""
    in_role = [
        (place, each) for place, each in enumerate(operands) if isinstance(each, Meaning) and each.roles
    ]
    for (here, left), (there, right) in combinations(in_role, 2):
        reason = clash(operation, left.roles, right.roles)
        if reason is not None:
            return Mismatch(reason, left, right, operation, positions=(here, there))
    return None


def clash(op: str, left: frozenset[str], right: frozenset[str]) -> Reason | None:
    """Return why values in these roles may not meet in one operation."""
    mine, theirs = left & SPLITS, right & SPLITS
    if mine and theirs and mine != theirs and op not in EQUALITIES:
        return Reason.ROLES_DIFFER
    held_back = _reaches(left, theirs) or _reaches(right, mine)
    return Reason.FITTED_ELSEWHERE if held_back else None


def flows_not(source: frozenset[str], target: frozenset[str]) -> Reason | None:
    """Return why a value in the roles of `source` may not stand where those of `target` are declared."""
    mine, theirs = source & SPLITS, target & SPLITS
    if mine and theirs and not mine <= theirs and UNSPLIT not in theirs:
        return Reason.ROLES_DIFFER
    if _reaches(source, theirs) or _exceeds(source, target):
        return Reason.FITTED_ELSEWHERE
    if TARGET in source and theirs and TARGET not in target:
        return Reason.LABEL_GIVEN
    return Reason.KNOWN_LATER if _is_later(source, target) else None


def _fits(roles: frozenset[str]) -> frozenset[str]:
    return frozenset(role.removeprefix(FITTED) for role in roles if role.startswith(FITTED))


def _reaches(roles: frozenset[str], rows: frozenset[str]) -> bool:
    """Say whether what was fitted would touch rows that it may not."""
    return bool(rows) and any(not rows <= TOUCHED.get(split, SPLITS) for split in _fits(roles))


def _exceeds(source: frozenset[str], target: frozenset[str]) -> bool:
    """Say whether a statistic was fitted on other rows than those that are declared."""
    wanted = _fits(target)
    return bool(wanted) and not _fits(source) <= wanted


def _is_later(source: frozenset[str], target: frozenset[str]) -> bool:
    """Say whether a value was known only after the time that is declared; ISO times order as texts."""
    known = max((role for role in source if role.startswith(AS_OF)), default="")
    wanted = min((role for role in target if role.startswith(AS_OF)), default="")
    return bool(wanted) and known > wanted
