"""What a tool found about one subject: a frame before its schema, sources before mypy, a feature.

A rendering reads nothing else, so whatever is put in this form is told in every form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, final

import attrs

from typedml.renderings.profile import ColumnProfile
from typedml.renderings.tables import Table

Severity = Literal["error", "warning", "note"]


@final
@attrs.frozen
class Place:
    """Where something stands in a source file; lines and columns count from 1, and 0 is not known."""

    file: str = ""
    line: int = 0
    column: int = 0


@final
@attrs.frozen
class Row:
    """One row to blame: its position (from 0), the cells that name it, the cells that are wrong.

    `position` is None where rows have no order.
    """

    position: int | None
    keys: Mapping[str, object]
    values: Mapping[str, object]

    @property
    def number(self) -> str:
        """The position as a reader sees it."""
        return "-" if self.position is None else f"{self.position:,}"

    @property
    def cells(self) -> dict[str, object]:
        """What names the row, then what is wrong in it."""
        return {**self.keys, **self.values}


@final
@attrs.frozen
class Finding:
    """One thing that is wrong: `message` says the fact, `hint` what would be right.

    `about` is the column or function to blame, empty for all of the subject; `rule` is the short, stable name
    of what does not hold; `detail` is text with lines of its own. `tables` are the sides of a counterexample,
    `diagnosis` what is behind it, `repeat` the command that finds it again.
    """

    code: str
    rule: str
    message: str
    severity: Severity = "error"
    hint: str = ""
    doc: str = ""
    about: str = ""
    place: Place = Place()
    count: int = 1
    rows: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    detail: str = ""
    diagnosis: str = ""
    repeat: str = ""

    @property
    def name(self) -> str:
        """The rule with what it is about: "distance: gt"."""
        return f"{self.about}: {self.rule}" if self.about else self.rule

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """What is told below the tables, each with its title."""
        told = (("Diagnosis", self.diagnosis), ("Repeat", self.repeat))
        return tuple((title, said) for title, said in told if said)

    @property
    def more(self) -> int:
        """How many rows to blame are not in `rows`."""
        return max(0, self.count - len(self.rows))


@final
@attrs.frozen
class Check:
    """A rule that ran, and how often it did not hold."""

    about: str
    rule: str
    failing: int = 0


@final
@attrs.frozen
class Skipped:
    """A rule that did not run, and why; it `blocks` where nothing may be called fine without it.

    `hint` says what would make it run.
    """

    about: str
    rule: str
    because: str
    blocks: bool = False
    hint: str = ""

    @property
    def name(self) -> str:
        """The rule with what it is about."""
        return f"{self.about}: {self.rule}" if self.about else self.rule


@final
@attrs.frozen
class Note:
    """What a reader should know that no rule says."""

    fact: str
    hint: str = ""


@final
@attrs.frozen
class Findings:
    """All that a tool found about one subject.

    `tool` is the command ("validate", "check", "laws"); `extent` says how much was seen ("336,776 rows");
    `unit` what a check is called ("rule", "law"); `file` is what was read; `data` is what the tool tells
    programs, as plain data.
    """

    tool: str
    subject: str
    ok: bool
    findings: tuple[Finding, ...] = ()
    checks: tuple[Check, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Note, ...] = ()
    file: str = ""
    extent: str = ""
    unit: str = "rule"
    facts: Mapping[str, str] = attrs.field(factory=dict)
    profile: tuple[ColumnProfile, ...] = ()
    data: Any = attrs.field(factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that fail the subject."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are told and fail nothing."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")

    @property
    def blocked(self) -> tuple[Skipped, ...]:
        """The rules that had to run and could not."""
        return tuple(rule for rule in self.skipped if rule.blocks)

    @property
    def not_run(self) -> tuple[tuple[str, tuple[Skipped, ...]], ...]:
        """The rules that did not run, with a title for each of the two reasons why."""
        absent = tuple(rule for rule in self.skipped if not rule.blocks)
        title = "Not needed" if self.unit == "rule" else "Not checked"
        return tuple(each for each in (("Not run", self.blocked), (title, absent)) if each[1])

    @property
    def outcome(self) -> str:
        """The outcome in a few words: "3 of 29 rules failed in 336,776 rows"."""
        seen = f" in {self.extent}" if self.extent else ""
        ran = counted(len(self.checks), self.unit)
        if not self.checks:
            return self._outcome_of_findings(seen)
        if self.errors:
            warned = f", {_warn(len(self.warnings))}" if self.warnings else ""
            return f"{len(self.errors)} of {ran} failed{warned}{seen}"
        if not self.ok:
            return f"cannot be judged{seen}"
        if self.warnings:
            return f"{len(self.warnings)} of {ran} {'warns' if len(self.warnings) == 1 else 'warn'}{seen}"
        return f"{ran} {'holds' if len(self.checks) == 1 else 'hold'}{seen}"

    def _outcome_of_findings(self, seen: str) -> str:
        if self.ok and not self.findings:
            return f"nothing found{seen}" if self.tool == "check" else f"no {self.unit} ran{seen}"
        told = [counted(len(self.errors), "error")] if self.errors else []
        told += [counted(len(self.warnings), "warning")] if self.warnings else []
        notes = len(self.findings) - len(self.errors) - len(self.warnings)
        told += [counted(notes, "note")] if notes else []
        return (", ".join(told) or "cannot be judged") + seen


def _warn(number: int) -> str:
    return f"{number} {'warns' if number == 1 else 'warn'}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 file", "2 files".

    >>> counted(1, "breach"), counted(2, "entry"), counted(1500, "row")
    ('1 breach', '2 entries', '1,500 rows')
    """
    if noun.endswith("y"):
        plural = f"{noun[:-1]}ies"
    else:
        plural = f"{noun}es" if noun.endswith(("s", "ch", "x")) else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
