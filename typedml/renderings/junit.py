"""JUnit XML, as Jenkins, GitLab and Azure read it: a suite for each subject, a case for each rule.

A rule that had to run and could not is an error, one that does not apply is skipped, and a warning is a case
that passes and says so in its output.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from typedml.renderings.cells import lines_below, row_lines
from typedml.renderings.finding import Finding, Findings
from typedml.renderings.inert import inert


def render(runs: Sequence[Findings]) -> str:
    """Return one document for all subjects."""
    root = ET.Element("testsuites", name="typedml")
    suites = [_suite(run) for run in runs]
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(run: Findings) -> ET.Element:
    name = f"typedml {run.tool} {run.subject}"
    suite = ET.Element("testsuite", name=inert(name))
    if run.file:
        suite.set("file", inert(run.file))
    facts = {"outcome": run.outcome, **run.facts}
    properties = ET.SubElement(suite, "properties")
    for key, value in facts.items():
        ET.SubElement(properties, "property", name=inert(key), value=inert(value))
    cases = _cases(run)
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    for total, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(total, str(sum(case.find(tag) is not None for case in cases)))
    for note in run.notes:
        ET.SubElement(suite, "system-out").text = inert(f"note: {note.fact}")
    return suite


def _cases(run: Findings) -> list[ET.Element]:
    """A case for each rule that ran, each finding of no such rule, and each rule that did not run."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in run.findings:
        found.setdefault((finding.about, finding.rule), []).append(finding)
    cases = []
    for check in run.checks:
        case = _case(run, check.about, check.rule)
        for finding in found.pop((check.about, check.rule), ()):
            _tell(case, finding)
        cases.append(case)
    for finding in (each for rest in found.values() for each in rest):
        place = finding.place.file if run.tool == "check" else ""
        cases.append(_case(run, place or finding.about, _at_line(finding)))
        _tell(cases[-1], finding)
    for rule in run.skipped:
        cases.append(_case(run, rule.about, rule.rule))
        tag = "error" if rule.blocks else "skipped"
        told = ET.SubElement(cases[-1], tag, type="not run", message=inert(rule.because))
        told.text = inert(f"Hint: {rule.hint}") if rule.hint else None
    return cases or [_passed(run)]


def _passed(run: Findings) -> ET.Element:
    case = _case(run, "", run.tool)
    if not run.ok:
        ET.SubElement(case, "error", type="not run", message=inert(run.outcome))
    return case


def _at_line(finding: Finding) -> str:
    return f"{finding.rule} in line {finding.place.line}" if finding.place.line else finding.rule


def _case(run: Findings, about: str, rule: str) -> ET.Element:
    place = f"{run.subject}.{about}" if about else run.subject
    return ET.Element("testcase", classname=inert(place), name=inert(rule))


def _tell(case: ET.Element, finding: Finding) -> None:
    if finding.severity == "error":
        element = ET.SubElement(case, "failure", type=inert(finding.code), message=inert(finding.message))
    else:
        element = ET.SubElement(case, "system-out")
    element.text = "\n".join(_lines(finding))


def _lines(finding: Finding) -> list[str]:
    lines = [inert(finding.message), inert(finding.doc)]
    if finding.severity != "error":
        lines[0] = f"{finding.severity}: {lines[0]}"
    lines += row_lines(finding)
    lines += lines_below(finding)
    lines += [f"Hint: {inert(finding.hint)}"] if finding.hint else []
    return [line for line in lines if line]
