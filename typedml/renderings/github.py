"""Annotations of a pull request: a workflow command for each finding, and a line that says how it went.

    ::error file=flights.parquet,title=Flight distance%3A gt::distance > 0 failed in 3 of 9 rows

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from typedml.renderings.cells import lines_below, row_lines
from typedml.renderings.finding import Finding, Findings, Skipped
from typedml.renderings.inert import inert, inert_lines

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(runs: Sequence[Findings]) -> str:
    """Return the commands, each on a line of its own."""
    return "".join(f"{line}\n" for run in runs for line in _lines(run))


def _lines(run: Findings) -> Iterator[str]:
    for finding in run.findings:
        yield _command(_COMMANDS[finding.severity], _place(finding, run), _said(finding, run))
    for rule in run.blocked:
        yield _command(
            "error",
            {"file": run.file, "title": _title(rule, run)},
            _with_hint(f"not run: {rule.because}", rule.hint),
        )
    for note in run.notes:
        yield _command("notice", {"file": run.file, "title": run.subject}, _with_hint(note.fact, note.hint))
    yield f"{'✓' if run.ok else '✗'} {inert(run.subject)}  {run.outcome}"


def _place(finding: Finding, run: Findings) -> dict[str, object]:
    place = finding.place
    return {
        "file": place.file or run.file,
        "line": place.line,
        "col": place.column,
        "title": _title(finding, run),
    }


def _title(found: Finding | Skipped, run: Findings) -> str:
    code = f"  [{found.code}]" if isinstance(found, Finding) else ""
    return f"{run.subject}  {found.name}{code}" if run.tool != "check" else f"{found.rule}"


def _said(finding: Finding, run: Findings) -> str:
    told = [finding.message, finding.doc, *row_lines(finding), *lines_below(finding)]
    told += [f"in {run.file}"] if run.file and finding.place.file else []
    return _with_hint("\n".join(each for each in told if each), finding.hint)


def _with_hint(fact: str, hint: str) -> str:
    return f"{fact}\nHint: {hint}" if hint else fact


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    """A workflow command; no character of what it says can end it, or begin another."""
    stated = ",".join(
        f"{key}={_property(inert(value))}" for key, value in properties.items() if value not in ("", 0)
    )
    return f"::{name} {stated}::{_data(inert_lines(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
