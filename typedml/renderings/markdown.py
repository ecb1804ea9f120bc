"""Markdown, as GitHub reads it: a heading, a table of what is wrong, and the rows to blame.

Prose is escaped character by character; values stand in code spans, where nothing is markup, a mention or a
link: https://github.github.com/gfm/#backslash-escapes
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from typedml.renderings.cells import bare_rows, cell
from typedml.renderings.finding import Finding, Findings, Skipped
from typedml.renderings.inert import inert, inert_lines
from typedml.renderings.tables import Column, Table, is_right, sides

_MARKUP = re.compile(r"([\\`*_\[\]<>|~$])")
# GitHub makes links of names, numbers and addresses after Markdown has been read: no escape prevents it,
# a comment does, and is not copied with the text.
_LINKED = re.compile(r"([@#](?=\w)|:(?=//)|www(?=\.))")
_APART = "<!-- -->"
# What begins a heading, a quotation or a list where a line begins with it.
_START = re.compile(r"^(\s*\d*)([#+.)-])")
ARROWS = {"row": "", "input": "", "output": "→ ", "wanted": "✓ "}
_MARKS = {"error": "❌", "warning": "⚠️", "note": "ℹ️"}  # the sign itself


def render(runs: Sequence[Findings]) -> str:
    """Return a section for each subject."""
    return "\n".join(line for run in runs for line in _section(run)) + "\n"


def _section(run: Findings) -> Iterator[str]:
    yield f"## {'✅' if run.ok else '❌'} {prose(run.subject)}"
    yield ""
    file = f"{code(run.file)}: " if run.file else ""
    yield f"{file}{prose(run.outcome)}"
    yield ""
    for note in run.notes:
        yield f"> {prose(note.fact)}" + (f" *Hint:* {prose(note.hint)}" if note.hint else "")
        yield ""
    if run.findings:
        yield from _table(run)
        for finding in run.findings:
            yield from _details(finding)
    yield from _skipped(run)


def _table(run: Findings) -> Iterator[str]:
    counted = run.tool == "validate"
    yield "| | finding | code |" + (" rows |" if counted else "")
    yield "|---|---|---|" + ("---:|" if counted else "")
    for finding in run.findings:
        place = f" {code(_place(finding))}" if finding.place.file else ""
        row = f"| {_MARKS[finding.severity]} | {prose(finding.message)}{place} | {code(finding.code)} |"
        yield row + (f" {finding.count:,} |" if counted else "")
    yield ""


def _details(finding: Finding) -> Iterator[str]:
    said = [f"*Hint:* {prose(finding.hint)}"] if finding.hint else []
    said = ([prose(finding.doc)] if finding.doc else []) + said
    if not (said or finding.rows or finding.detail or finding.tables):
        return
    yield f"<details><summary>{_summary(finding)}</summary>"
    yield ""
    if bare_rows(finding):
        yield bare_rows(finding)
        yield ""
    elif finding.rows:
        yield from _rows(finding)
    yield from _counterexample(finding)
    if finding.detail:
        yield from fenced(finding.detail)
    for title, remark in finding.remarks:
        yield f"*{title}:* {code(remark) if title == 'Repeat' else prose(remark)}"
        yield ""
    for line in said:
        yield line
        yield ""
    yield "</details>"
    yield ""


def _counterexample(finding: Finding) -> Iterator[str]:
    for side, tables in sides(finding.tables):
        yield f"**{prose(side)}**"
        yield ""
        for table in tables:
            yield from _sides_table(table)


def _sides_table(table: Table) -> Iterator[str]:
    if table.title:
        yield code(table.title)
        yield ""
    if table.columns:
        yield "| " + " | ".join(map(_sides_head, table.columns)) + " |"
        yield "|" + "|".join("---:" if is_right(column) else "---" for column in table.columns) + "|"
    for row in range(table.rows):
        yield "| " + " | ".join(_sides_cell(column, row) for column in table.columns) + " |"
    yield ""
    if table.remark:
        yield prose(table.remark)
        yield ""


def _sides_head(column: Column) -> str:
    unit = f" {prose(f'[{column.unit}]')}" if column.unit else ""
    return f"{ARROWS[column.role]}{code(column.head)}{unit}"


def _sides_cell(column: Column, row: int) -> str:
    if row >= len(column.cells):
        return ""
    shown = code(column.cells[row])
    return f"**{shown}** ◀" if column.is_marked(row) else shown


def _summary(finding: Finding) -> str:
    # Inside of a tag Markdown is not read, so that entities are what keeps text to itself.
    return "".join(f"&#{ord(each)};" if each in "&<>@#*_`[]|\\~:/." else each for each in inert(finding.name))


def _rows(finding: Finding) -> Iterator[str]:
    first = finding.rows[0]
    names = [*first.keys, *first.values]
    yield "| row | " + " | ".join(code(name) for name in names) + " |"
    yield "|---:|" + "---|" * len(names)
    for row in finding.rows:
        cells = row.cells
        yield f"| {row.number} | " + " | ".join(code(cell(cells.get(name))) for name in names) + " |"
    if finding.more:
        yield f"| … | and {finding.more:,} more |"
    yield ""


def _skipped(run: Findings) -> Iterator[str]:
    for title, rules in run.not_run:
        yield f"**{title}**"
        yield ""
        yield from map(_skipped_line, rules)
        yield ""


def _skipped_line(rule: Skipped) -> str:
    hint = f" *Hint:* {prose(rule.hint)}" if rule.hint else ""
    return f"- {code(rule.name)} because {prose(rule.because)}{hint}"


def _place(finding: Finding) -> str:
    place = finding.place
    return f"{place.file}:{place.line}" if place.line else place.file


def prose(text: object) -> str:
    """Text in which no character is markup, no name is a mention, and no address a link."""
    escaped = _MARKUP.sub(r"\\\1", inert(text).replace("&", "&amp;"))
    escaped = _START.sub(r"\1\\\2", escaped).replace("\\<", "&lt;").replace("\\>", "&gt;")
    return _LINKED.sub(rf"\1{_APART}", escaped)


def code(text: object) -> str:
    """Text in a code span, fenced by more backticks than it has, with the bars that end a cell escaped."""
    shown = inert(text).replace("|", "\\|")
    ticks = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    space = " " if shown.startswith("`") or shown.endswith("`") or not shown else ""
    return f"{ticks}{space}{shown}{space}{ticks}"


def fenced(text: str) -> Iterator[str]:
    """Lines in a block of code, fenced by more backticks than any of them has."""
    shown = inert_lines(text)
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", shown)), default=0))
    yield f"{ticks}text"
    yield from shown.splitlines()
    yield ticks
    yield ""
