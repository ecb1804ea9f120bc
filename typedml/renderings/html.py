"""One page of HTML that needs nothing else: no script, no address, no font; it can be sent, kept and printed.

On top what the outcome is, then all columns at a glance, what failed with its rows, and a picture of each
column where the report has profiles. Light or dark as the reader's system is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from typedml.renderings.cells import bare_rows, cell, is_number
from typedml.renderings.finding import Finding, Findings, Skipped, counted
from typedml.renderings.html_columns import cards, glance
from typedml.renderings.html_tables import counterexample
from typedml.renderings.inert import inert_lines
from typedml.renderings.plots import HATCH
from typedml.renderings.tags import Markup, joined, name, prose, tag

# What a page may load: nothing, and its own style.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# More rules than these that did not run are folded away.
LONG = 8
_OUTCOMES = {True: ("pass", "✓"), False: ("fail", "✗")}


def render(runs: Sequence[Findings]) -> str:
    """Return the page."""
    subjects = ", ".join(run.subject for run in runs[:3]) + (" and more" if len(runs) > 3 else "")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"typedml: {subjects}"),
        tag("style", Markup(files("typedml.renderings").joinpath("page.css").read_text(encoding="utf-8"))),
    )
    contents = [_contents(runs)] if len(runs) > 1 else []
    articles = [_article(run, f"s{number}") for number, run in _failed_first(runs)]
    body = tag("body", HATCH, tag("main", *contents, *articles), _footer())
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}\n{body}\n</html>\n'


def _failed_first(runs: Sequence[Findings]) -> list[tuple[int, Findings]]:
    return sorted(enumerate(runs), key=lambda pair: pair[1].ok)


def _footer() -> Markup:
    said = (
        "Made by typedml. Text from the data is shown as text: nothing on this page loads or runs anything."
    )
    return tag("footer", said)


def _contents(runs: Sequence[Findings]) -> Markup:
    """One line for each subject, those that failed first."""
    lines = [
        tag("li", _mark(run), " ", tag("a", name(_title(run)), href=f"#s{number}"), f"  {run.outcome}")
        for number, run in _failed_first(runs)
    ]
    failed = sum(not run.ok for run in runs)
    return tag("nav", tag("h1", f"{failed} of {len(runs)} failed"), tag("ul", *lines), aria_label="Contents")


def _title(run: Findings) -> str:
    return f"{run.subject} ({run.file})" if run.file else run.subject


def _mark(run: Findings) -> Markup:
    kind, sign = _OUTCOMES[run.ok]
    said = "holds" if run.ok else "fails"
    return tag("span", sign, class_=f"mark {kind}", role="img", aria_label=said)


def _article(run: Findings, label: str) -> Markup:
    sections = [*_notes(run), *_findings(run), *_not_run(run)]
    columns = [glance(run, label), cards(run, label)] if run.profile else []
    return tag("article", _header(run), *columns[:1], *sections, *columns[1:], _checks(run), id=label)


def _header(run: Findings) -> Markup:
    kind, _ = _OUTCOMES[run.ok]
    file = tag("p", tag("code", name(run.file)), class_="file") if run.file else None
    title = tag("h1", _mark(run), " ", name(run.subject))
    return tag(
        "header", title, tag("p", run.outcome, class_="outcome"), file, _figures(run), class_=f"head {kind}"
    )


def _figures(run: Findings) -> Markup:
    """The numbers that a reader asks for first."""
    held = sum(1 for check in run.checks if not check.failing)
    breaches = sum(finding.count for finding in run.findings if finding.code == "typedml-value")
    told: list[tuple[str, str, str]] = [(value, what, "") for what, value in run.facts.items()]
    if run.checks:
        told.append((f"{held:,}", f"{run.unit}s held", "good" if held else ""))
        told.append((f"{len(run.errors):,}", "failed", "bad" if run.errors else ""))
    if run.warnings:
        told.append((f"{len(run.warnings):,}", "warned", "warned"))
    if run.blocked:
        told.append((f"{len(run.blocked):,}", "could not run", "warned"))
    if breaches:
        told.append((f"{breaches:,}", "breach" if breaches == 1 else "breaches", "bad"))
    tiles = [
        tag("div", tag("dt", what), tag("dd", name(value), class_=kind or None)) for value, what, kind in told
    ]
    return tag("dl", *tiles, class_="figures")


def _notes(run: Findings) -> Iterator[Markup]:
    for note in run.notes:
        hint = _proposal(note.hint) if note.hint else None
        yield tag("div", tag("strong", "Note: "), prose(note.fact), hint, class_="note")


def _proposal(hint: str) -> Markup:
    """A hint, as code where it is code to paste."""
    if hint.startswith("@"):
        return tag("pre", hint, class_="proposal")
    return tag("span", " ", prose(hint), class_="hint")


def _findings(run: Findings) -> Iterator[Markup]:
    if not run.findings:
        return
    shared = _shared_hints(run)
    blocks = [_finding(finding, shared) for finding in run.findings]
    hints = [tag("p", tag("strong", "Hint: "), prose(hint), class_="hint") for hint in shared]
    yield tag("section", tag("h2", "What was found"), tag("div", *blocks, class_="findings"), *hints)


def _shared_hints(run: Findings) -> list[str]:
    hints = [finding.hint for finding in run.findings if finding.hint]
    return [hint for hint in dict.fromkeys(hints) if hints.count(hint) > 1]


def _finding(finding: Finding, shared: Sequence[str]) -> Markup:
    said = "failed" if finding.severity == "error" and not finding.place.line else finding.severity
    wide = " wide" if "\n" in finding.detail or finding.tables else ""
    place = finding.place.file + (f":{finding.place.line}" if finding.place.line else "")
    head = (
        tag("span", said, class_=f"badge {finding.severity}"),
        " ",
        tag("strong", prose(finding.message)),
        " ",
        tag("code", finding.code, class_="code"),
        *((" ", tag("code", name(place), class_="code")) if place else ()),
    )
    hint = None
    if finding.hint and finding.hint not in shared:
        hint = tag("p", tag("strong", "Hint: "), prose(finding.hint), class_="hint")
    body = (
        tag("p", prose(finding.doc), class_="doc") if finding.doc else None,
        counterexample(finding.tables) if finding.tables else None,
        tag("pre", _lines(finding.detail)) if finding.detail else None,
        _rows(finding) if finding.rows else None,
        *(_remark(title, said) for title, said in finding.remarks),
        hint,
    )
    return tag("div", tag("p", *head, class_="said"), *body, class_=f"finding {finding.severity}{wide}")


def _remark(title: str, said: str) -> Markup:
    shown = tag("code", said) if title == "Repeat" else prose(said)
    return tag("p", tag("strong", f"{title}: "), shown, class_="remark")


def _lines(detail: str) -> Markup:
    """Lines of text, each escaped, in an element that keeps them."""
    return joined(inert_lines(detail).splitlines(), "\n")


def _rows(finding: Finding) -> Markup:
    if bare_rows(finding):
        return tag("p", bare_rows(finding), class_="dim")
    first = finding.rows[0]
    wrong = set(first.values)
    names = [*first.keys, *(each for each in first.values if each not in first.keys)]
    numeric = {each for each in names if all(is_number(row.cells.get(each)) for row in finding.rows)}
    heads = [tag("th", name(each), scope="col", class_=_kind(each, numeric, wrong)) for each in names]
    lines = [
        tag(
            "tr",
            tag("td", row.number, class_="number dim"),
            *(
                tag("td", name(cell(row.cells.get(each))), class_=_kind(each, numeric, wrong))
                for each in names
            ),
        )
        for row in finding.rows
    ]
    more = tag("p", f"… and {finding.more:,} more", class_="dim") if finding.more else None
    head = tag("thead", tag("tr", tag("th", "row", scope="col", class_="number"), *heads))
    return tag("div", tag("table", head, tag("tbody", *lines)), more, class_="rows")


def _kind(column: str, numeric: set[str], wrong: set[str]) -> str | None:
    kinds = (["number"] if column in numeric else []) + (["wrong"] if column in wrong else [])
    return " ".join(kinds) or None


def _not_run(run: Findings) -> Iterator[Markup]:
    for title, rules in run.not_run:
        listed = tag("ul", *map(_skipped, rules), class_="skipped")
        if len(rules) > LONG and not rules[0].blocks:
            yield tag("details", tag("summary", f"{title}: {counted(len(rules), run.unit)}"), listed)
        else:
            yield tag("section", tag("h2", title), listed)


def _skipped(rule: Skipped) -> Markup:
    hint = tag("span", " Hint: ", prose(rule.hint), class_="hint") if rule.hint else None
    return tag("li", tag("code", name(rule.name)), " because ", prose(rule.because), hint)


def _checks(run: Findings) -> Markup | None:
    """Every rule that ran with its count, folded away."""
    if not run.checks:
        return None
    lines = [
        tag(
            "tr",
            tag("td", name(check.about) if check.about else "(table)", class_=None if check.about else "dim"),
            tag("td", name(check.rule)),
            tag("td", f"{check.failing:,}", class_="number wrong" if check.failing else "number dim"),
        )
        for check in run.checks
    ]
    heads = [
        tag("th", each, scope="col", class_="number" if each == "failing" else None)
        for each in ("column" if run.unit == "rule" else "", run.unit, "failing")
    ]
    listed = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *lines))
    summary = tag("summary", f"All {counted(len(run.checks), run.unit)} that ran")
    return tag("details", summary, tag("div", listed, class_="rows"))
