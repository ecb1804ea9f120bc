"""A report of laws in the form that every rendering reads."""

from __future__ import annotations

from typing import Any

from typedml.laws.report import Failure, LawReport
from typedml.renderings.finding import Check, Finding, Findings, Note, Place, Skipped, counted

_HINT = "Hint: "


def findings(report: LawReport, place: Place | None = None) -> Findings:
    """What a report tells; `place` is where its feature is defined. One without a law is not fine."""
    broken = {failure.law for failure in report.failures}
    tables = sum(checked.tables for checked in report.checked)
    return Findings(
        tool="laws",
        subject=report.feature,
        ok=report.ok and bool(report.checked),
        findings=tuple(_finding(failure, place or Place()) for failure in report.failures),
        checks=tuple(Check("", each.law, int(each.law in broken)) for each in report.checked),
        skipped=tuple(Skipped("", each.law, _because(each.wanting), blocks=False) for each in report.skipped),
        notes=tuple(Note(note) for note in report.notes),
        extent=counted(tables, "table"),
        unit="law",
        facts={"tables": f"{tables:,}", "seed": str(report.seed)},
        data=_data(report),
    )


def _finding(failure: Failure, place: Place) -> Finding:
    """The law in a sentence, its counterexample as it is, and the hint apart from it."""
    statement, *lines = failure.message.split("\n")
    hints = [line.removeprefix(_HINT) for line in lines if line.startswith(_HINT)]
    detail = "\n".join(line for line in lines if not line.startswith(_HINT)).strip("\n")
    return Finding(
        code=failure.code,
        rule=failure.law,
        message=statement,
        hint="; ".join(hints),
        place=place,
        detail=detail,
    )


def _because(wanting: str) -> str:
    return f"it is {wanting}" if wanting.startswith("waived") else f"it wants {wanting}"


def _data(report: LawReport) -> dict[str, Any]:
    return {
        "feature": report.feature,
        "ok": report.ok,
        "failures": [{"law": failure.law, "message": failure.message} for failure in report.failures],
        "checked": {law.law: law.tables for law in report.checked},
        "not_checked": {law.law: law.wanting for law in report.skipped},
    }
