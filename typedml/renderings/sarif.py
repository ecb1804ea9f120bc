"""SARIF 2.1.0, for code scanning: a run for each subject, a result for each finding.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from typedml.errors import CODES
from typedml.renderings import json
from typedml.renderings.cells import cell, lines_below
from typedml.renderings.finding import Finding, Findings, Note, Row, Skipped
from typedml.renderings.inert import inert

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(runs: Sequence[Findings]) -> str:
    """Return one log for all subjects."""
    return json.dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run) for run in runs]})


def _run(run: Findings) -> dict[str, Any]:
    codes = list(dict.fromkeys(finding.code for finding in run.findings))
    told = [_notification(rule) for rule in run.skipped] + [_note(note) for note in run.notes]
    invocation: dict[str, Any] = {"executionSuccessful": not run.blocked}
    if told:
        invocation["toolExecutionNotifications"] = told
    driver = {"name": "typedml", "rules": [_rule(code) for code in codes]}
    facts = {inert(name): inert(value) for name, value in run.facts.items()}
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": inert(f"typedml/{run.tool}/{run.subject}/")},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, run, codes) for finding in run.findings],
        "properties": {"subject": inert(run.subject), "outcome": inert(run.outcome), **facts},
    }


def _rule(code: str) -> dict[str, Any]:
    said = CODES.get(code, f"mypy reports this as {code}.")
    rule: dict[str, Any] = {"id": inert(code), "shortDescription": {"text": inert(said)}}
    if code in CODES:
        rule["help"] = {"text": f"`typedml explain {code}` shows a failing and a right case."}
    return rule


def _result(finding: Finding, run: Findings, codes: list[str]) -> dict[str, Any]:
    return {
        "ruleId": inert(finding.code),
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [_location(finding, run)],
        "occurrenceCount": max(1, finding.count),
        **({"analysisTarget": {"uri": uri(run.file)}} if run.file and finding.place.file else {}),
        "partialFingerprints": {"typedml/v1": _fingerprint(finding, run)},
        "properties": {"rule": inert(finding.name), "rows": [_row(row) for row in finding.rows]},
    }


def _message(finding: Finding) -> str:
    lines = [inert(finding.message), inert(finding.doc), *lines_below(finding)]
    lines += [f"Hint: {inert(finding.hint)}"] if finding.hint else []
    # SARIF reads [text](1) and {0} in a message as a link and a place to fill in.
    escaped = "\n".join(line for line in lines if line).replace("\\", "\\\\")
    return escaped.replace("[", "\\[").replace("]", "\\]").replace("{", "{{").replace("}", "}}")


def _location(finding: Finding, run: Findings) -> dict[str, Any]:
    location: dict[str, Any] = {}
    file = finding.place.file or run.file
    if file:
        location["physicalLocation"] = {"artifactLocation": {"uri": uri(file)}}
        if finding.place.line:
            region = {"startLine": finding.place.line}
            region |= {"startColumn": finding.place.column} if finding.place.column else {}
            location["physicalLocation"]["region"] = region
    name = inert(finding.about or run.subject)
    full = f"{inert(run.subject)}.{inert(finding.about)}" if finding.about else name
    location["logicalLocations"] = [{"name": name, "fullyQualifiedName": full, "kind": "member"}]
    return location


def uri(file: str) -> str:
    """A path as SARIF names it: relative to the current folder where it lies in it.

    >>> uri("data/a b.csv")
    'data/a%20b.csv'
    """
    path, here = PurePath(file), Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        path = path.relative_to(here)
    text = quote(path.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{text}" if path.is_absolute() else text


def _fingerprint(finding: Finding, run: Findings) -> str:
    """What stays the same while rows and lines come and go: the counts in a message do not."""
    what = finding.message if run.tool == "check" else ""
    parts = (run.tool, run.subject, finding.place.file, finding.code, finding.about, finding.rule, what)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _row(row: Row) -> dict[str, Any]:
    keys, values = (
        {inert(name): cell(value) for name, value in cells.items()} for cells in (row.keys, row.values)
    )
    return {"position": row.position, "keys": keys, "values": values}


def _notification(rule: Skipped) -> dict[str, Any]:
    text = f"{rule.name} did not run, because {rule.because}"
    text += f". Hint: {rule.hint}" if rule.hint else ""
    return {"level": "error" if rule.blocks else "note", "message": {"text": inert(text)}}


def _note(note: Note) -> dict[str, Any]:
    hint = f" Hint: {note.hint}" if note.hint else ""
    return {"level": "note", "message": {"text": inert(note.fact) + inert(hint)}}
