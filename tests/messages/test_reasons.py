"""Why something is refused or allowed, in sentences: one for every reason, ground and statistic."""

import pytest

from typedml.algebra.catalogue import KINDS
from typedml.algebra.functions import FUNCTIONS, OF_MANY
from typedml.algebra.judgement import judged
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Reason
from typedml.algebra.reading import read
from typedml.algebra.statistics import CELLS
from typedml.algebra.verdict import Ground
from typedml.messages.grounds import ground
from typedml.messages.reasons import OF_STATISTICS, WHY, of_statistic

NAMES = {
    "p": Meaning(KINDS["Probability"]), "q": Meaning(KINDS["Probability"]), "z": Meaning(KINDS["Logit"]),
    "n": Meaning(KINDS["Count"]), "m": Meaning(KINDS["Count"]), "t": Meaning(KINDS["Celsius"]),
}  # fmt: skip


def test_every_reason_has_one_sentence() -> None:
    assert list(WHY) == list(Reason)
    assert all(said.endswith(".") and said[0].isupper() and len(said) <= 130 for said in WHY.values())
    assert len(set(WHY.values())) == len(WHY)


def test_every_statistic_has_a_sentence_and_no_sentence_is_of_nothing() -> None:
    assert [name for names in CELLS for name in names.split() if not of_statistic(name)] == []
    named = {name for names in OF_STATISTICS for name in names.split()}
    assert named <= OF_MANY | set(FUNCTIONS)
    assert of_statistic("expit") == ""


@pytest.mark.parametrize(
    ("text", "rests_on", "said"),
    [
        ("p * q", Ground.STEP, "the kind stays"),
        ("0.3 * p + 0.7 * q", Ground.MIXTURE, "The weights add to one"),
        ("n / (n + m)", Ground.PART, "A part of a whole"),
        ("1 / (1 + exp(-z))", Ground.SHAPE, "expit(z) written out"),
        ("p / (1 - p)", Ground.EDGE, "The named edge from Probability to Odds"),
        ("p + q - p * q", Ground.RANGE, "The expression as a whole lies in [0, 1]"),
    ],
)
def test_every_ground_has_its_sentence(text: str, rests_on: Ground, said: str) -> None:
    found = judged(read(text, NAMES))
    assert found.ground is rests_on
    assert said in ground(found)


def test_what_all_values_are_together_is_not_kept_by_arithmetic() -> None:
    share = {"s": Meaning(KINDS["Simplex"])}
    assert "A Simplex is what all values are together" in ground(judged(read("s / 2", share)))


def test_a_refusal_rests_on_nothing() -> None:
    assert ground(judged(read("p + z", NAMES))) == ""
