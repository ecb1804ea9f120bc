"""The law `relabel`: what is only a name may be another one."""

from __future__ import annotations

from collections.abc import Hashable

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.alignment import as_set, by_content, by_label
from typedml.laws.alterations import without_ties
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import unlike
from typedml.laws.feature import Feature
from typedml.laws.generate import case as case_of
from typedml.laws.inputs import inputs_of
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.renaming import Renaming, is_nominal, is_text, may_be_renamed, renaming_of
from typedml.laws.standing import unrenamed

ENOUGH = 2
IN_PLACE = frozenset({"each", "ordered"})
TRIALS = 3


def relabel(feature: Feature, case: Case) -> Verdict:
    """Renaming categories and identifiers, alike in all tables, renames them in the result, and no more."""
    verdict = _judge(feature, case)
    if not isinstance(verdict, Breach):
        return verdict
    # Names may decide between rows that are equal otherwise: that is an order, not a meaning.
    return unrenamed(feature) or _judge_distinct(feature, case, verdict)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing may be renamed."""
    if any(may_be_renamed(source) for source in inputs_of(declared)):
        return None
    return "a category or an identifier without `isin`, or a text without `pattern`"


def _judge_distinct(feature: Feature, case: Case, breach: Breach) -> Verdict:
    """The verdict on rows without ties: those of the case, or of others where it has too few."""
    distinct = without_ties(case)
    if distinct.rows == case.rows:
        return breach
    for trial in range(TRIALS):
        verdict = _judge(feature, distinct) if distinct.rows >= ENOUGH else None
        if isinstance(verdict, Breach):
            return verdict
        random = np.random.default_rng((case.number, trial))
        distinct = without_ties(case_of(feature.inputs, case.number, case.rows, random))
    return Wanting("rows without ties")


def _judge(feature: Feature, case: Case) -> Verdict:
    before, renaming = feature.outcome(case), renaming_of(case)
    if isinstance(before, Raised) or renaming is None or renaming.is_trivial:
        return Wanting("names that may be other ones, on a table on which it does not raise")
    renamed = renaming.case(case)
    after = feature.outcome(renamed)
    if isinstance(after, Raised):
        return _breach(feature, (case, before), (renamed, after), (), {})
    expected = renaming.outcome(before)
    marks: dict[str, Mask] = {}
    wanted: tuple[Output, ...] = ()
    readings = [expected.outputs, by_label(expected, after), by_content(expected, after)]
    if feature.options.rows not in IN_PLACE:
        readings.append(as_set(expected, after))
    for reading in readings:
        if reading is None or not _has_columns(reading, after):
            continue
        found = {
            label: mask
            for label, mask in unlike(feature, (case, renamed), reading, after).items()
            if not _names_alike(label, reading, after)
        }
        if not found:
            return None
        wanted, marks = (wanted, marks) if marks else (reading, found)
    if marks and _only_breaks_ties(feature, case, before, marks):
        return Wanting("a result that does not choose between names that come first alike")
    return _breach(feature, (case, before), (renamed, after), wanted, marks)


def _has_columns(expected: tuple[Output, ...], after: Outcome) -> bool:
    return {output.label for output in expected} == {output.label for output in after.outputs}


def _names_alike(label: str, expected: tuple[Output, ...], after: Outcome) -> bool:
    """True where both sides are names that differ by a renaming of their own: codes of a `Label`."""
    one = next(output for output in expected if output.label == label)
    two = next(output for output in after.outputs if output.label == label)
    if not (is_nominal(one.meaning) or is_text(one.values)) or len(one.values) != len(two.values):
        return False
    pairs: set[tuple[Hashable, Hashable]] = set(zip(_cells(one), _cells(two), strict=True))
    return len({left for left, _ in pairs}) == len(pairs) == len({right for _, right in pairs})


def _cells(output: Output) -> list[Hashable]:
    return [None if null else cell for cell, null in zip(output.values.tolist(), output.null, strict=True)]


def _only_breaks_ties(feature: Feature, case: Case, before: Outcome, marks: dict[str, Mask]) -> bool:
    """True where names that keep their alphabetical order keep the result, and the result is a name."""
    if not all(is_text(output.values) for output in before.outputs if output.label in marks):
        return False
    renaming = renaming_of(case)
    assert renaming is not None
    longer = Renaming({text: f"{text}x" if new != text else text for text, new in renaming.texts.items()}, {})
    renamed = longer.case(case)
    after = feature.outcome(renamed)
    expected = longer.outcome(before).outputs
    return isinstance(after, Outcome) and not unlike(feature, (case, renamed), expected, after)


def _breach(
    feature: Feature,
    first: tuple[Case, Outcome],
    second: tuple[Case, Outcome | Raised],
    expected: tuple[Output, ...],
    marks: dict[str, Mask],
) -> Breach:
    (case, before), (renamed, after) = first, second
    fact = f"; it raised {after}" if isinstance(after, Raised) else ""
    return Breach(
        statement=f"What is only a name may be another one in `{feature.name}`{fact}.",
        sides=(Side("before", case, before), Side("after (renamed in every table)", renamed, after)),
        marks=marks,
        expected=tuple(attrs.evolve(output) for output in expected if output.label in marks),
        diagnosis="it reads names as numbers, in their alphabetical order or letter by letter."
        if not fact
        else "it knows the names beforehand.",
        hint="count or encode by what rows have in common; declare codes as `LABEL`, known names by "
        "`field(isin=[...])`.",
    )
