"""What the algebra answers about one kind: operators, statistics, edges; nothing is told, all is asked for.

The pages of `typedml explain KIND` and the tables of the documentation are both made of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from typedml.algebra.catalogue import KINDS
from typedml.algebra.functions import apply
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.reading import read
from typedml.cli.explain_reading import symbol

OPERATIONS = (
    "{x} + {y}", "{x} - {y}", "{x} * {y}", "{x} / {y}", "{x} ** 2", "-{x}", "1 - {x}", "2 * {x}", "{x} / 2",
    "{x} + 1", "{x} < {y}", "{x} == {y}", "({x} + {y}) / 2", "{x} / ({x} + {y})",
)  # fmt: skip
"""What operators are asked about two values x and y of one kind."""

MOVED = ("{x} + {d}", "{x} - {d}", "{d} - {x}")
"""What they are asked about a point and a difference d."""

RELATED = ("{x} + {d}", "{x} * {d}")
"""What they are asked about a value and one of the parent d."""

STATISTICS = (
    "sum", "mean", "median", "quantile", "min", "max", "std", "var", "diff", "count", "circmean",
)  # fmt: skip
"""The statistics of the tables, one of each group that the algebra tells apart."""


class Answer(NamedTuple):
    """What was asked, and what the algebra says."""

    asked: str
    answer: Operand | Mismatch

    @property
    def meaning(self) -> str:
        """Return the meaning, or why there is none, in few words."""
        return self.answer.reason.value if isinstance(self.answer, Mismatch) else str(self.answer)

    @property
    def reason(self) -> Reason | None:
        """Return why there is no meaning, None if there is one."""
        return self.answer.reason if isinstance(self.answer, Mismatch) else None


def operations(meaning: Meaning) -> list[Answer]:
    """Return what operators do with two values of one meaning, and with differences between points."""
    names = named(meaning)
    templates = list(OPERATIONS)
    if meaning.kind is not None and meaning.kind.period is not None:
        templates.append(f"{{x}} % {meaning.kind.period:g}")
    if meaning.sort is Sort.TORSOR:
        templates += MOVED
    return asked(templates, names)


def with_parent(kind: Kind) -> list[Answer]:
    """Return what operators do with a value of a kind and one of its parent."""
    if kind.parent is None or kind.sort is not Sort.VECTOR:
        return []
    return asked(RELATED, named(Meaning(kind), Meaning(kind.parent)))


def named(meaning: Meaning, other: Meaning | None = None) -> dict[str, tuple[str, Meaning]]:
    """Return names for two values of a meaning, and for a difference, or another value, beside them."""
    if other is None:
        other = Meaning(None, meaning.unit.delta())
    difference = {"d"} if meaning.sort is Sort.TORSOR else set[str]()
    first = symbol(meaning, difference)
    second = symbol(meaning, {first, *difference})
    third = next(iter(difference), None) or symbol(other, {first, second})
    return {"x": (first, meaning), "y": (second, meaning), "d": (third, other)}


def asked(templates: Iterable[str], names: dict[str, tuple[str, Meaning]]) -> list[Answer]:
    """Return the answers to templates of expressions."""
    letters = {key: letter for key, (letter, _) in names.items()}
    operands = dict(names.values())
    texts = [template.format(**letters) for template in templates]
    return [Answer(text, judged(read(text, operands)).answer) for text in texts]


def statistics(meaning: Meaning) -> list[Answer]:
    """Return what each statistic of many such values is."""
    return [Answer(name, apply(name, meaning)) for name in STATISTICS]


def grouped(answers: Iterable[Answer]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what was asked by its meaning, and what is refused by its reason."""
    given: dict[str, list[str]] = {}
    refused: dict[str, list[str]] = {}
    for each in answers:
        into = refused if isinstance(each.answer, Mismatch) else given
        into.setdefault(each.meaning, []).append(each.asked)
    return _joined(given), _joined(refused)


def _joined(groups: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(meaning, ", ".join(texts)) for meaning, texts in groups.items()]


def children(kind: Kind) -> list[str]:
    """Return the names of the shipped kinds below a kind."""
    return [each.name for each in KINDS.values() if each.parent == kind]
