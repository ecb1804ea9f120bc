"""Which faults of a part the rest of an expression may make right."""

from __future__ import annotations

from typedml.algebra import mixtures
from typedml.algebra.meaning import Operand
from typedml.algebra.mismatch import Mismatch, Reason


def is_forgiven(answer: Operand | Mismatch) -> bool:
    """Say whether a mixture may mend the fault: points, and weights of unlike kinds, such as a count."""
    if not isinstance(answer, Mismatch) or answer.reason in mixtures.FORGIVEN:
        return isinstance(answer, Mismatch)
    weights = (answer.left, answer.right)
    return answer.reason is Reason.KINDS_DIFFER and all(map(mixtures.weighs, weights))


def may_be_mended(fault: Mismatch) -> bool:
    """Say whether the rest of an expression may make right what is wrong with a part of it.

    A mixture mends points and unlike weights, a period such as `% 360` bare numbers beside a unit, and
    `log(cut / (1 - cut))` is a cut on logits.
    """
    return is_forgiven(fault) or fault.reason in MENDED


MENDED = frozenset({Reason.NUMBER_BESIDE_UNIT, Reason.CUT_ARITHMETIC})
