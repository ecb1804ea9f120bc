"""A report of laws in the form that every rendering reads."""

from __future__ import annotations

from typing import Any

import attrs

from typedml.laws.report import Failure, LawReport, Unreached
from typedml.laws.report import Skipped as NotAsked
from typedml.renderings.finding import Check, Finding, Findings, Note, Place, Skipped, counted


def findings(report: LawReport, place: Place | None = None) -> Findings:
    """What a report tells; `place` is where its feature is defined. One without a law is not fine."""
    broken = {failure.law for failure in report.failures}
    tables = sum(checked.tables for checked in report.checked)
    return Findings(
        tool="laws",
        subject=report.feature,
        ok=report.ok,
        findings=tuple(_finding(failure, place or Place()) for failure in report.failures),
        checks=tuple(Check("", each.law, int(each.law in broken)) for each in report.checked),
        skipped=(*map(_unreached, report.unreached), *map(_skipped, report.skipped)),
        notes=(*(Note(note) for note in report.notes), *_request(report)),
        extent=counted(tables, "table"),
        unit="law",
        facts={"tables": f"{tables:,}", "seed": str(report.seed)},
        data=_data(report),
    )


def _finding(failure: Failure, place: Place) -> Finding:
    """The law in a sentence, and its counterexample in its parts."""
    return Finding(
        code=failure.code,
        rule=failure.law,
        message=f"{failure.law}: {failure.statement}",
        doc=failure.explanation,
        hint=failure.hint,
        place=place,
        tables=failure.tables,
        diagnosis=failure.diagnosis,
        repeat=failure.repeat,
    )


def _request(report: LawReport) -> tuple[Note, ...]:
    """What is asked of the author, with an example to start from."""
    if not report.undetermined:
        return ()
    hint = f"@feature({report.skeleton})" if report.skeleton else ""
    return (Note(report.request, hint),)


def _skipped(law: NotAsked) -> Skipped:
    return Skipped("", law.law, law.because, blocks=False)


def _unreached(law: Unreached) -> Skipped:
    because = f"it ran on {law.tables} of {law.of} tables only: {law.because}"
    return Skipped("", law.law, because, blocks=False)


def _failure(failure: Failure) -> dict[str, Any]:
    parts = ("law", "message", "statement", "explanation", "diagnosis", "repeat", "hint")
    told = {part: getattr(failure, part) for part in parts}
    return {**told, "tables": [attrs.asdict(table) for table in failure.tables]}


def _data(report: LawReport) -> dict[str, Any]:
    return {
        "feature": report.feature,
        "ok": report.ok,
        "unchecked": report.unchecked,
        "failures": [_failure(failure) for failure in report.failures],
        "checked": {law.law: law.tables for law in report.checked},
        "cut": {law.law: {"tables": law.tables, "of": law.of} for law in report.unreached},
        "determinacy": [attrs.asdict(each) for each in report.determinacy],
        "skeleton": report.skeleton,
        "not_checked": {law.law: law.wanting for law in report.skipped},
    }
