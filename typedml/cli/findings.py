"""What mypy found, row by row: read from `--output=json`, said again as mypy says it, or in our own form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from typedml.cli.failure import escaped

if TYPE_CHECKING:
    from typedml.renderings.finding import Finding as OurFinding
    from typedml.renderings.finding import Findings

HINT = "Hint: "


class Finding(NamedTuple):
    """One error, or one note that belongs to no error; `row` is mypy's own line for machines."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    hints: tuple[str, ...]
    row: str

    @property
    def is_error(self) -> bool:
        """Whether it fails the run; a revealed type does not."""
        return self.severity == "error"

    def shown(self, columns: bool) -> Iterator[Text]:
        """Yield the lines in which mypy says it."""
        place = f"{self.file}:{self.line}:" + (f"{self.column + 1}:" if columns else "")
        code = f"  [{self.code}]" if self.code and self.is_error else ""
        style = "bold red" if self.is_error else "blue"
        yield Text.assemble(
            escaped(place), " ", (f"{self.severity}:", style), " ", escaped(self.message), (code, "yellow")
        )
        for hint in self.hints:
            yield Text.assemble(escaped(place), " ", ("note:", "blue"), " ", escaped(hint))


def read(output: str) -> tuple[list[Finding], list[str]]:
    """Return the findings in what mypy printed for machines, and the lines that are none."""
    found: list[Finding] = []
    others: list[str] = []
    for row in output.splitlines():
        finding = _finding(row)
        if finding is None:
            others.append(row)
        else:
            found.append(finding)
    return found, others


def _finding(row: str) -> Finding | None:
    if not row.startswith("{"):
        return None
    try:
        said = json.loads(row)
        hints = tuple(said["hint"].split("\n")) if said["hint"] else ()
        place = said["file"], said["line"], said["column"], said["severity"]
        return Finding(*place, said["code"] or "", said["message"], hints, row)
    except (ValueError, KeyError):
        return None


def as_findings(found: Sequence[Finding], subject: str, *, complete: bool) -> Findings:
    """Return the findings in the form that every rendering reads; `complete` is False if mypy gave up."""
    from typedml.renderings.finding import Findings, Skipped

    errors = [finding for finding in found if finding.is_error]
    gave_up = Skipped("", "mypy", "it could not check everything: see what it says", blocks=True)
    return Findings(
        tool="check",
        subject=subject,
        ok=complete and not errors,
        findings=tuple(map(_in_our_form, found)),
        skipped=() if complete else (gave_up,),
        facts={"files with errors": f"{files(errors):,}"} if errors else {},
    )


def _in_our_form(finding: Finding) -> OurFinding:
    from typedml.renderings.finding import Finding as OurFinding
    from typedml.renderings.finding import Place

    code = finding.code or "mypy"
    hints = [line.removeprefix(HINT) for line in finding.hints if line.startswith(HINT)]
    notes = [line for line in finding.hints if not line.startswith(HINT)]
    return OurFinding(
        code=code,
        rule=code,
        message=finding.message,
        severity="error" if finding.is_error else "note",
        hint="; ".join(hints),
        place=Place(finding.file, max(0, finding.line), max(0, finding.column + 1)),
        detail="\n".join(notes),
    )


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 file", "2 files".

    >>> counted(1, "entry"), counted(2, "entry")
    ('1 entry', '2 entries')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def files(found: Iterable[Finding]) -> int:
    """Return in how many files something was found."""
    return len({finding.file for finding in found})


def as_rows(found: Sequence[Finding]) -> str:
    """Return the findings as mypy printed them for machines."""
    return "".join(f"{finding.row}\n" for finding in found)
