"""Every hint with code is applied, and mypy is asked again: the error is gone and no other stands there."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs
import pytest

from tests.mypy.conftest import CASES, Answer, Mypy
from tests.mypy.hint_edits import crossings_stub, edits, form_of, mended
from tests.mypy.hinted_source import Edit, Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROW = re.compile(r"^(?P<file>[^:]+):(?P<where>[\d:]+): (?P<severity>error|note): (?P<text>.*)$")
HINT = "Hint: "
FACTOR = " is the factor between "
PLACES: Final = ("--hide-error-context", "--show-column-numbers", "--show-error-end")
# How many hints of the cases held code when this was written; there are more by now, or something broke.
LEAST: Final = 230


@attrs.frozen
class Hint:
    """A hint, and the error that it is beneath."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.place.fact}\n    {self.text}"


@attrs.frozen
class Trial:
    """One way to take a hint at its word."""

    hint: Hint
    edit: Edit


@attrs.frozen
class Outcome:
    """What became of hints: which worked, which did not and what mypy said then, and which hold no code."""

    applied: list[Hint]
    failed: dict[Hint, list[str]]
    advice: list[Hint]


def rows(output: str) -> Iterator[tuple[Place, str]]:
    """Yield the errors and notes that mypy printed, with their places."""
    for row in output.splitlines():
        match = ROW.match(row)
        if match is not None:
            line, column, *end = [*map(int, match["where"].split(":")), 1][:4]
            end_line, end_column = end if len(end) == 2 else (line, column)
            place = Place(match["file"], line, column, end_line, end_column, fact=match["text"])
            yield place, match["severity"]


def hints_of(output: str) -> Iterator[Hint]:
    """Yield the hints that mypy printed; each stands beneath what begins where it does."""
    begun: dict[tuple[str, int, int], Place] = {}
    for place, severity in rows(output):
        where = (place.file, place.line, place.column)
        if severity == "error" or FACTOR in place.fact:
            begun[where] = place
        elif place.fact.startswith(HINT):
            yield Hint(begun[where], place.fact.removeprefix(HINT))


def errors_of(output: str) -> dict[tuple[str, int], list[Place]]:
    """Return the errors that mypy printed, and what it noted of factors, by file and line."""
    found = defaultdict(list)
    for place, severity in rows(output):
        if severity == "error" or FACTOR in place.fact:
            found[place.file, place.line].append(place)
    return found


def batches(trials: list[Trial]) -> Iterator[list[Trial]]:
    """Yield trials that can be made in one copy of a file: one a line."""
    waiting = trials
    while waiting:
        lines: set[int] = set()
        later: list[Trial] = []
        now: list[Trial] = []
        for trial in waiting:
            (later if trial.hint.place.line in lines else now).append(trial)
            lines.add(trial.hint.place.line)
        yield now
        waiting = later


def apply_all(output: str, sources: dict[str, Source], folder: Path) -> Outcome:
    """Apply each hint of a run of mypy in a copy of its file, and let mypy check the copies."""
    hints = [hint for hint in hints_of(output) if hint.place.file in sources]
    coded = [hint for hint in hints if form_of(hint.text) is not None]
    runner, copies = Mypy(folder), {}
    for file, source in sources.items():
        runner.write(**{file.removesuffix(".py"): source.text})
        trials = [
            Trial(hint, edit)
            for hint in coded
            if hint.place.file == file
            for edit in edits(source, hint.place, hint.text)
        ]
        for number, batch in enumerate(batches(trials)):
            name = f"{file.removesuffix('.py')}__{number}"
            copies[f"{name}.py"] = batch
            runner.write(**{name: mended(source, [(t.edit, t.hint.text) for t in batch])})
    runner.write(crossings=crossings_stub())
    before, after = errors_of(output), errors_of(runner.run(*copies, *PLACES).output)
    good, bad = set(), defaultdict(list)
    for copy, batch in copies.items():
        for trial in batch:
            place = trial.hint.place
            there = before[place.file, place.line], after[copy, place.line]
            new = remaining(trial, sources[place.file], *there)
            bad[trial.hint].append(f"{trial.edit.text}: {new}")
            if not new:
                good.add(trial.hint)
    return Outcome(
        [hint for hint in coded if hint in good],
        {hint: bad.get(hint, ["nowhere to apply it"]) for hint in coded if hint not in good},
        [hint for hint in hints if hint not in coded],
    )


def remaining(trial: Trial, source: Source, before: list[Place], after: list[Place]) -> list[str]:
    """Return what mypy still says where a hint was applied, other than what it said of something else."""
    place, known = trial.hint.place, [each.fact for each in before]
    known.remove(place.fact)
    mine = [each for each in after if FACTOR not in each.fact or each.fact == place.fact]
    new = [each for each in mine if each.fact not in known and not _is_further_out(each, trial)]
    form, _ = form_of(trial.hint.text) or (None, None)
    if (form is not None and form.is_first_step) or source.has_several_at(place):
        new = [each for each in new if each.fact == place.fact and each.column == place.column]
    return [each.fact for each in new]


def _is_further_out(error: Place, trial: Trial) -> bool:
    """Say whether an error is about an operator around the refused one: another fault, hidden by it."""
    place, operator = trial.hint.place, "Unsupported operand types"
    if operator not in error.fact or operator not in place.fact:
        return False
    end = place.end_column + len(trial.edit.text) - (trial.edit.end - trial.edit.start)
    return error.column < place.column or error.end_column > end


@pytest.fixture(scope="module")
def outcome(answers: Answer, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    sources = {path.name: Source(path.read_text(encoding="utf-8")) for path in CASES.glob("*.py")}
    return apply_all(answers.output, sources, tmp_path_factory.mktemp("mended"))


def test_each_hint_with_code_mends_its_error(outcome: Outcome) -> None:
    problems = [f"{hint}\n    {tried}" for hint, tried in outcome.failed.items()]
    assert not problems, "\n".join([f"{len(problems)} of {len(outcome.applied) + len(problems)}", *problems])


def test_most_hints_hold_code_that_was_applied(outcome: Outcome) -> None:
    assert len(outcome.applied) >= LEAST
    assert len(outcome.applied) > len(outcome.advice)


WRONG: Final = """\
from typing import Annotated
from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]

def mixed(a: Km, m: Mile, p: Probability) -> Km:
    a + m
    q: Probability = p + p
    return m
"""


@pytest.mark.parametrize(
    ("right", "wrong", "failing"),
    [
        ("", "", []),
        ('convert(m, "mile", "km")', 'convert(m, "mile", "m")', [8, 10]),
        ('convert(m, "mile", "km")', 'convert(a, "km", "mile")', [10]),
        ('convert(m, "mile", "km")', "m", [8, 10]),
        ('convert(m, "mile", "km")', 'convert(other, "mile", "km")', [8, 10]),
        ("PROBABILITY(p + p)", "PROBABILITY(p) + p", [9]),
    ],
)
def test_a_wrong_hint_is_noticed(right: str, wrong: str, failing: list[int], mypy: Mypy) -> None:
    mypy.write(wrong=WRONG)
    output = mypy.run("wrong.py", *PLACES).output.replace(right, wrong)
    outcome = apply_all(output, {"wrong.py": Source(WRONG)}, mypy.folder)
    assert sorted(hint.place.line for hint in outcome.failed) == failing
    assert len(outcome.applied) == 3 - len(failing)
