"""A report in the form that every rendering reads, and the renderings of reports.

page = render(Flight.check(frame, profile=True), "html")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from typedml.boundary.report import FailingRow, Failure, FrameError, Report
from typedml.declare.plain import named
from typedml.renderings.finding import Check, Finding, Findings, Note, Place, Row, Severity, Skipped

_SEVERITIES: dict[str, Severity] = {"fail": "error", "warn": "warning"}


def render(reports: Report | Iterable[Report], output: str) -> str:
    """A report, or several, as text: "text", "json", "markdown", "sarif", "github", "junit" or "html".

    Raises: FrameError, if there is no such output, or this is no report.
    """
    from typedml.renderings.output import OUTPUTS
    from typedml.renderings.output import render as rendered

    if output not in OUTPUTS:
        raise FrameError(f"{output!r} is no output", f"they are {', '.join(OUTPUTS)}")
    return rendered([findings(report) for report in _told(reports)], output)


def _told(reports: Any) -> list[Report]:
    # A frame is iterable, too: over its columns.
    several = (
        isinstance(reports, Iterable) and not isinstance(reports, str) and not hasattr(reports, "columns")
    )
    kept = list(reports) if several else [reports]
    for report in kept:
        if not isinstance(report, Report):
            hint = 'check the frame first: render(check(Flight, frame), "html")'
            raise FrameError(f"{named(report)} is not a report", hint)
    return kept


def findings(report: Report, file: str = "", places: Mapping[str, Place] | None = None) -> Findings:
    """What a report tells; `file` is where its frame was read from.

    `places` says where in the source each column is declared, "@" and its name for a rule of the whole
    table, "" for the schema itself.
    """
    told = {"file": file} if file else {}
    return Findings(
        tool="validate",
        subject=report.schema,
        ok=report.ok,
        findings=tuple(_finding(failure, places or {}) for failure in report.failures),
        checks=tuple(Check(column or "", rule, count) for (column, rule), count in report.counts.items()),
        skipped=tuple(
            Skipped(rule.column or "", rule.rule, rule.because, rule.blocks, rule.hint)
            for rule in report.not_run
        ),
        notes=tuple(Note(note.fact, note.hint) for note in report.notes),
        file=file,
        extent=report.judged,
        facts={"rows": f"{report.rows:,}", **({"engine": report.engine} if report.engine else {})},
        profile=report.profile or (),
        data={**told, **report.to_dict()},
    )


def _finding(failure: Failure, places: Mapping[str, Place]) -> Finding:
    return Finding(
        code=failure.code,
        rule=failure.rule,
        message=failure.reason,
        severity=_SEVERITIES[failure.severity],
        hint=failure.hint,
        doc=failure.doc,
        about=failure.column or "",
        place=places.get(failure.column or f"@{failure.rule}", places.get("", Place())),
        count=failure.count,
        rows=tuple(map(_row, failure.rows)),
    )


def _row(row: FailingRow) -> Row:
    return Row(row.position, row.keys, row.values)
